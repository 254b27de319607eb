"""Checks of a draft before it is sent. Each module takes the fields it reads and yields findings."""
