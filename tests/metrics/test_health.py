"""Up, and able to work: told in time whatever is away, without sign-in and over plain http."""

import json
from pathlib import Path
from time import monotonic

import pytest
from django.db import connection as database
from django.test import Client
from psycopg_pool import ConnectionPool, PoolTimeout

from tests.metrics.conftest import NOBODY_LISTENS, Answer, Elsewhere
from tests.waiting import until

READY, HERE = "/health/ready", {"database": True, "broker": True}
NO_DATABASE, NO_BROKER = {**HERE, "database": False}, {**HERE, "broker": False}


def state(answer: Answer) -> tuple[int, dict[str, bool]]:
    return answer.status, json.loads(answer.text)


def test_it_is_ready_when_both_answer(db: None) -> None:
    answer = Client().get(READY)
    assert (answer.status_code, answer.json()) == (200, HERE)


def test_behind_https_too_it_answers_a_plain_probe(from_another_process: Elsewhere) -> None:
    assert from_another_process("/health/live").status == 200
    assert state(from_another_process(READY)) == (200, HERE)
    assert from_another_process("/").status == 301


@pytest.mark.parametrize("pool", ["1", "0"])
def test_a_database_that_is_away_is_named_at_once(from_another_process: Elsewhere, pool: str) -> None:
    url = f"postgresql://redress@{NOBODY_LISTENS}/redress"
    answer = from_another_process(READY, DATABASE_URL=url, DATABASE_POOL=pool)
    assert state(answer) == (503, NO_DATABASE)
    assert answer.seconds < 2


def test_a_broker_that_is_away_is_named_at_once(from_another_process: Elsewhere) -> None:
    answer = from_another_process(READY, REDIS_URL=f"redis://{NOBODY_LISTENS}/0")
    assert state(answer) == (503, NO_BROKER)
    assert answer.seconds < 2


def test_servers_that_hang_are_waited_for_two_seconds_each(from_another_process: Elsewhere, hanging: str) -> None:
    url = f"postgresql://redress@{hanging}/redress"
    answer = from_another_process(READY, DATABASE_URL=url, REDIS_URL=f"redis://{hanging}/0")
    assert state(answer) == (503, {"database": False, "broker": False})
    assert 3 < answer.seconds < 6


def test_it_is_alive_whatever_is_away(from_another_process: Elsewhere) -> None:
    away = {
        "DATABASE_URL": f"postgresql://redress@{NOBODY_LISTENS}/redress",
        "REDIS_URL": f"redis://{NOBODY_LISTENS}/0",
    }
    answer = from_another_process("/health/live", **away)
    assert (answer.status, answer.text) == (200, "live")


def test_what_is_ready_works_although_the_database_was_away_for_long(db: None, tmp_path: Path) -> None:
    """Away: no socket stands where the pool of the settings looks for it."""
    asked = database.get_connection_params()
    there = Path(str(asked["host"])) / ".s.PGSQL.5432"
    with ConnectionPool(kwargs={**asked, "host": str(tmp_path)}, **database.settings_dict["OPTIONS"]["pool"]) as pool:
        for seconds in (10, 6):
            with pytest.raises(PoolTimeout):
                pool.getconn(seconds)
        (tmp_path / there.name).symlink_to(there)
        back = monotonic()
        until(lambda: works(pool))
    assert monotonic() - back < 8


def works(pool: ConnectionPool) -> bool:
    try:
        with pool.connection(2) as connection:
            return connection.execute("SELECT 1").fetchone() == (1,)
    except PoolTimeout:
        return False
