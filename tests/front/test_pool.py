"""Connections of the pool: those that ended are never given out, and those that stand are not asked each time."""

from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connection
from psycopg_pool import ConnectionPool

from config import pool


@pytest.fixture
def where(db: None) -> dict[str, Any]:
    """How the tests' own database is reached."""
    return {**connection.get_connection_params(), "cursor_factory": None, "autocommit": True}


@pytest.fixture
def connections(where: dict[str, Any]) -> Iterator[ConnectionPool]:
    with ConnectionPool(kwargs=where, min_size=1, max_size=1, timeout=10, check=pool.check) as made:
        yield made


def pid(connections: ConnectionPool) -> int:
    with connections.connection() as given:
        return given.info.backend_pid


def end(backend: int, where: dict[str, Any]) -> None:
    with psycopg.connect(**where) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])


def test_a_connection_that_stands_is_given_again(connections: ConnectionPool) -> None:
    assert pid(connections) == pid(connections)


def test_one_that_the_server_ended_a_moment_after_it_was_used_is_not(
    connections: ConnectionPool, where: dict[str, Any]
) -> None:
    first = pid(connections)
    end(first, where)
    with connections.connection() as another:
        assert another.execute("SELECT 1").fetchone() == (1,)
        assert another.info.backend_pid != first


def test_the_product_checks_its_connections_this_way() -> None:
    assert settings.DATABASES["default"]["OPTIONS"]["pool"]["check"] is pool.check
