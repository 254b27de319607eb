"""Starts Redress on one machine: embedded PostgreSQL and Valkey, the sandbox, web, workers and beat; and the tests."""
