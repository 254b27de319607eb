"""Lanes for whole readings: so many calls of theirs are under way at the same time in one process, the rest waits.

A reading has a lane while Twilio answers it, and not while it writes. Who began first goes first: if all went forward
alike, accounts of the same size would all ask together and then all write together, while nobody asks.
"""

from dataclasses import dataclass
from functools import cache
from heapq import heappop, heappush
from itertools import count
from threading import Event, Lock

from django.conf import settings

from twilio_api.limiter import Call, Limiter, Place

_numbers = count()


class Lanes:
    """So many at a time; of those that wait, the lowest number comes first."""

    def __init__(self, free: int) -> None:
        self.free, self._lock = free, Lock()
        self._waiting = list[tuple[int, Event]]()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def enter(self, number: int) -> None:
        turn = Event()
        with self._lock:
            if self.free:
                self.free -= 1
                return
            heappush(self._waiting, (number, turn))
        turn.wait()

    def leave(self) -> None:
        """Whoever waits has the lane before anybody who comes now."""
        with self._lock:
            if self._waiting:
                heappop(self._waiting)[1].set()
            else:
                self.free += 1


class InLanes:
    """A limiter for one reading: the account's own, and then a lane of this process."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter, self._number = limiter, next(_numbers)
        self._lanes = lanes_of(settings.TWILIO_LANES)

    def before(self, account_sid: str, call: Call) -> Place:
        place = self._limiter.before(account_sid, call)
        self._lanes.enter(self._number)
        return _PlaceInLane(place, self._lanes)


@dataclass(frozen=True, slots=True)
class _PlaceInLane:
    place: Place
    lanes: Lanes

    def after(self, status: int | None, retry_after: float | None = None) -> None:
        self.lanes.leave()
        self.place.after(status, retry_after)


def lanes_of(number: int) -> Lanes:
    """Those of this process."""
    with _making:  # or threads that begin together would each make their own
        return _made(number)


_made, _making = cache(Lanes), Lock()
