"""Lanes for whole readings: so many calls of theirs are under way at the same time in one process, the rest waits.

A reading has a lane while Twilio answers it, and not while it writes. Who began first goes first: if all went forward
alike, accounts of the same size would all ask together and then all write together, while nobody asks. Where no more
readings begin it is the other way round: whoever has asked least goes first, or the last to begin would end long after
the others, with most lanes empty.

One at a time writes: side by side each would be done only when nearly all are, and meanwhile the lanes stand empty.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from threading import Event, Lock
from time import monotonic

from django.conf import settings

from twilio_api.limiter import Call, Limiter, Place

# None began for so long: no more begin. Where they come and go, whoever began first is never passed by.
NONE_BEGAN_SECONDS = 0.5
# A write that waits for a lock of the database for longer holds up its own account only.
WRITES_ANYHOW_SECONDS = 2.0


@dataclass(slots=True, eq=False)
class Driver:
    """One reading, as the lanes know it."""

    number: int
    asked: int = 0
    turn: Event = field(default_factory=Event)


class Lanes:
    """So many at a time; whose turn it is of those that wait is said above."""

    def __init__(self, free: int, clock: Callable[[], float] = monotonic) -> None:
        self.free, self._lock = free, Lock()
        self._numbers, self._waiting = count(), list[Driver]()
        self._open = self._most = 0
        self._clock, self._began_at = clock, 0.0

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    @contextmanager
    def reading(self) -> Iterator[Driver]:
        """For as long as it goes on, with all its calls."""
        with self._lock:
            self._open += 1
            self._most, self._began_at = max(self._most, self._open), self._clock()
        try:
            yield Driver(next(self._numbers))
        finally:
            with self._lock:
                self._open -= 1

    def enter(self, driver: Driver) -> None:
        with self._lock:
            driver.asked += 1
            if self.free:
                self.free -= 1
                return
            driver.turn.clear()
            self._waiting.append(driver)
        driver.turn.wait()

    def leave(self) -> None:
        """Whoever waits has the lane before anybody who comes now."""
        with self._lock:
            if self._waiting:
                self._waiting.pop(self._next()).turn.set()
            else:
                self.free += 1

    def _next(self) -> int:
        """Fewer readings than there once were, and nobody took the place of the last that ended: they are all that is
        left."""
        is_ending = self._open < self._most and self._clock() - self._began_at >= NONE_BEGAN_SECONDS
        order = [(driver.asked if is_ending else 0, driver.number) for driver in self._waiting]
        return order.index(min(order))


class InLanes:
    """A limiter for one reading: the account's own, and then a lane of this process."""

    def __init__(self, limiter: Limiter, lanes: Lanes, driver: Driver) -> None:
        self._limiter, self._lanes, self._driver = limiter, lanes, driver

    def before(self, account_sid: str, call: Call) -> Place:
        place = self._limiter.before(account_sid, call)
        self._lanes.enter(self._driver)
        return _PlaceInLane(place, self._lanes)


@contextmanager
def in_lanes(limiter: Limiter) -> Iterator[InLanes]:
    """For one reading."""
    lanes = lanes_of(settings.TWILIO_LANES)
    with lanes.reading() as driver:
        yield InLanes(limiter, lanes, driver)


@dataclass(frozen=True, slots=True)
class _PlaceInLane:
    place: Place
    lanes: Lanes

    def after(self, status: int | None, retry_after: float | None = None) -> None:
        self.lanes.leave()
        self.place.after(status, retry_after)


@contextmanager
def writing_in_turn() -> Iterator[None]:
    """For what one reading writes."""
    is_ours = _writing.acquire(timeout=WRITES_ANYHOW_SECONDS)
    try:
        yield
    finally:
        if is_ours:
            _writing.release()


def lanes_of(number: int) -> Lanes:
    """Those of this process."""
    with _making:  # or threads that begin together would each make their own
        return _made(number)


_made, _making, _writing = cache(Lanes), Lock(), Lock()
