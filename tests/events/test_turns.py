"""Who writes, and how long the others wait for it: with a database that does what the test wants."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Semaphore

import pytest
from django.db import OperationalError
from psycopg.errors import LockNotAvailable

from sync import intake
from sync.door import Door
from sync.intake import Delivery, Intake, NotInTime
from tests.waiting import until


class Slow:
    """Each statement stands still until it is let go on."""

    def __init__(self) -> None:
        self.asked = list[Sequence[Delivery]]()
        self.patience = list[float]()
        self.is_locked = False
        self._gate = Semaphore(0)

    def write(self, deliveries: Sequence[Delivery], patience: float) -> None:
        self.asked.append(deliveries)
        self.patience.append(patience)
        assert self._gate.acquire(timeout=20)
        if self.is_locked:
            raise OperationalError("canceling statement due to lock timeout") from LockNotAvailable()
        for delivery in deliveries:
            delivery.was_let_in = True

    def let_go(self, statements: int = 1) -> None:
        self._gate.release(statements)


class Line:
    """Requests that come one after the other to the same intake, the first of which is being written."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.database = Slow()
        self.intake = Intake(self.database.write)
        self._pool = pool
        self.first = self._pool.submit(self.intake.keep, a_delivery())
        until(lambda: self.database.asked)

    def come(self, many: int) -> list[Future[bool]]:
        futures = [self._pool.submit(self.intake.keep, a_delivery()) for _ in range(many)]
        until(lambda: self.intake.waiting == many)
        return futures


def a_delivery() -> Delivery:
    return Delivery(Door(1, "", "", "", ""), [])


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


def test_whoever_gets_no_turn_gives_up_and_is_written_by_nobody(
    pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "PATIENCE", 0.1)
    line = Line(pool)
    late = a_delivery()
    with pytest.raises(NotInTime):
        line.intake.keep(late)
    line.database.let_go(2)
    assert line.first.result(10)
    assert line.intake.keep(a_delivery())
    assert all(late not in deliveries for deliveries in line.database.asked)


def test_what_another_has_in_hand_is_waited_for_no_longer(
    pool: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "PATIENCE", 1.5)
    line = Line(pool)
    both = line.come(2)
    line.database.let_go()
    until(lambda: any(future.done() for future in both))
    (late,) = [future for future in both if future.done()]
    assert isinstance(late.exception(), NotInTime)
    assert len(line.database.asked) == 2
    line.database.let_go()
    assert all(future.result(10) for future in both if future is not late)


def test_however_many_are_locked_out_a_turn_waits_no_longer_than_twice(pool: ThreadPoolExecutor) -> None:
    line = Line(pool)
    line.database.is_locked = True
    others = line.come(3)
    line.database.let_go(5)
    assert {type(future.exception(10)) for future in (line.first, *others)} == {OperationalError}
    assert [len(deliveries) for deliveries in line.database.asked] == [1, 3, 1, 1, 1]
    assert sum(line.database.patience[1:]) == pytest.approx(2 * intake.LOCKS)


def test_a_request_is_answered_while_twilio_waits() -> None:
    """The turn that is under way, and the next."""
    assert 2 * (2 * intake.LOCKS) <= intake.PATIENCE < 5
