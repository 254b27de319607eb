"""The servers below go away while two hundred texts are sent and every account is read: broker and database."""

import signal
from collections.abc import Callable

import pytest

from tests.faults.product import Memory
from tests.faults.rounds import Desk, play
from tests.waiting import until


def somebody_notices(desk: Desk, pressed: int) -> Callable[[], bool]:
    """Whether a page broke, or another press was taken, since so many were."""
    broken = sum(len(person.broken) for person in desk.people)
    return lambda: desk.pressed > pressed or sum(len(person.broken) for person in desk.people) > broken


def test_a_broker_that_forgets_everything_loses_nothing(desk: Desk) -> None:
    def trouble() -> None:
        for pressed, arrived in ((40, 0), (120, 0), (0, 150)):
            desk.wait(pressed=pressed, arrived=arrived)
            desk.at.redis.flushall()

    assert play(desk, "while the broker was flushed", trouble) == []


@pytest.mark.parametrize("memory", list(Memory))
def test_a_broker_that_goes_away_loses_and_repeats_nothing(desk: Desk, memory: Memory) -> None:
    def trouble() -> None:
        desk.wait(pressed=30)
        desk.at.redis.save()
        desk.wait(pressed=90)
        desk.at.stop_broker(memory)
        until(somebody_notices(desk, desk.pressed), 60)
        desk.at.start_broker()

    assert play(desk, f"while the broker was away, {memory}", trouble) == []


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGQUIT], ids=["fast", "immediate"])
def test_a_database_that_restarts_loses_and_repeats_nothing(desk: Desk, number: signal.Signals) -> None:
    def trouble() -> None:
        desk.wait(pressed=60, arrived=10)
        desk.at.stop_database(number)
        until(somebody_notices(desk, desk.pressed), 60)
        desk.at.start_database()

    assert play(desk, f"while the database was away, {number.name}", trouble) == []
