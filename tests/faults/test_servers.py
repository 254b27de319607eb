"""The servers below go away while texts are sent and every account is read: broker and database."""

import signal
from collections.abc import Callable

import pytest

from tests.faults.product import Memory
from tests.faults.rounds import Desk, play
from tests.waiting import until

AWAY = "503: The database cannot be reached"


def somebody_notices(desk: Desk, pressed: int) -> Callable[[], bool]:
    """Whether a page broke, or another press was taken, since so many were."""
    broken = sum(len(person.broken) for person in desk.people)
    return lambda: desk.pressed > pressed or sum(len(person.broken) for person in desk.people) > broken


def test_a_broker_that_forgets_everything_loses_nothing(desk: Desk) -> None:
    def trouble() -> None:
        for pressed, arrived in ((0.2, 0), (0.6, 0), (0, 0.75)):
            desk.wait(pressed=pressed, arrived=arrived)
            desk.at.redis.flushall()

    play(desk, "while the broker was flushed", trouble)


@pytest.mark.parametrize("memory", list(Memory))
def test_a_broker_that_goes_away_loses_and_repeats_nothing(desk: Desk, memory: Memory) -> None:
    def trouble() -> None:
        desk.wait(pressed=0.15)
        desk.at.redis.save()
        desk.wait(pressed=0.45)
        desk.at.stop_broker(memory)
        until(somebody_notices(desk, desk.pressed), 60)
        desk.at.start_broker()

    play(desk, f"while the broker was away, {memory}", trouble)


def test_a_database_that_restarts_loses_and_repeats_nothing(desk: Desk) -> None:
    def trouble() -> None:
        desk.wait(pressed=0.3, arrived=0.05)
        desk.at.stop_database(signal.SIGINT)
        until(somebody_notices(desk, desk.pressed), 60)
        desk.at.start_database()

    play(desk, "while the database restarted", trouble)


def test_a_database_that_crashes_for_a_while_is_said_to_be_away_and_is_found_again_at_once(desk: Desk) -> None:
    def trouble() -> None:
        desk.wait(pressed=0.3, arrived=0.05)
        said = [len(person.broken) for person in desk.people]
        desk.at.stop_database(signal.SIGQUIT)
        until(lambda: all(len(p.broken) >= n + 3 for p, n in zip(desk.people, said, strict=True)), 90)
        assert not desk.at.is_ready()
        assert {told for p, n in zip(desk.people, said, strict=True) for told in p.broken[n:]} == {AWAY}
        desk.at.start_database()
        until(desk.at.is_ready, 8)  # measured: two; without giving up soon the processes slept for another ten and more

    play(desk, "while the database was away", trouble)
