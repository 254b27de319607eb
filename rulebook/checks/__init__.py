"""Checks of a draft before it is sent: one module per theme, each a table of rows. `rulebook.lint` runs them all."""
