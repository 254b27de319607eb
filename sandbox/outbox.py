"""Events on their way to the sinks: parcels that wait for the courier, and how tests and demos bend them."""

import heapq
import itertools
import json
import threading
import time
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

KEPT_DELIVERIES = 10_000

_tie = itertools.count()


@dataclass(frozen=True, slots=True)
class Parcel:
    """One request to a sink. `content` is JSON; `token` is that of the account owning the sink, which signs."""

    destination: str
    token: str
    content: str
    posted_at: float = field(default_factory=time.time)
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try. `status` is None where no answer came, or where the courier does not go."""

    at: float
    destination: str
    status: int | None
    tries: int
    said: str = ""


@dataclass(slots=True)
class Bending:
    """How events are sent from now on. `same_ids`: one id for each thing and type, as a field report of 2026-09 saw."""

    copies: int = 1
    same_ids: bool = False
    as_text: bool = False  # data as JSON text
    hold: bool = False  # kept back until released


class Outbox:
    """Has a lock of its own: whoever posts holds the world's, the courier never does."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._waiting: list[tuple[float, int, Parcel]] = []
        self._held: list[tuple[str, str, dict[str, Any]]] = []
        self.bending = Bending()
        self.deliveries: deque[Delivery] = deque(maxlen=KEPT_DELIVERIES)

    def clear(self) -> None:
        with self._changed:
            self._waiting, self._held, self.bending = [], [], Bending()
            self.deliveries.clear()

    def post(self, destination: str, token: str, event: dict[str, Any]) -> None:
        """One event, bent as asked."""
        if self.bending.hold:
            self._held.append((destination, token, event))
            return
        for _ in range(self.bending.copies):
            self.put(Parcel(destination, token, json_of([event])))

    def release(self, *, backwards: bool, batched: bool) -> int:
        """Sends what was kept back, one request for each event or for each sink, and keeps nothing back any more."""
        held, self._held, self.bending.hold = self._held, [], False
        if backwards:
            held.reverse()
        if not batched:
            for destination, token, event in held:
                self.post(destination, token, event)
            return len(held)
        for destination, token in dict.fromkeys((destination, token) for destination, token, _ in held):
            together = [event for to, _, event in held if to == destination]
            for _ in range(self.bending.copies):
                self.put(Parcel(destination, token, json_of(together)))
        return len(held)

    def put(self, parcel: Parcel, delay: float = 0.0) -> None:
        with self._changed:
            heapq.heappush(self._waiting, (time.monotonic() + delay, next(_tie), parcel))
            self._changed.notify()

    def take(self) -> Parcel:
        """The next parcel that is due; waits for one."""
        with self._changed:
            while True:
                until_due = self._waiting[0][0] - time.monotonic() if self._waiting else None
                if until_due is not None and until_due <= 0:
                    return heapq.heappop(self._waiting)[2]
                self._changed.wait(until_due)


def json_of(events: Sequence[dict[str, Any]]) -> str:
    """Always an array, also of one event (Twilio's page on event delivery, 2026-11-22)."""
    return json.dumps(list(events))
