"""How calls go wrong on demand: rows that say whether the call is still carried out and how it ends, faults for the
next calls, and weather that brings such faults by chance until it clears."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import accumulate
from random import Random
from types import MappingProxyType

from sandbox.errors import BAD_REQUEST, INTERNAL, TOO_MANY_REQUESTS, Refusal


class Ending(StrEnum):
    ANSWER = "answer"
    HANG = "hang"  # held until the client leaves or the seconds are over, then closed without a word
    DROP = "drop"
    HALF_BODY = "half_body"
    WRONG_JSON = "wrong_json"


@dataclass(frozen=True, slots=True)
class Mishap:
    carried_out: bool
    ending: Ending
    refusal: Refusal | None = None


MISHAPS: Mapping[str, Mishap] = MappingProxyType(
    {
        # A slow call is carried out at once and its answer held back: old news that arrives late.
        "slow": Mishap(True, Ending.ANSWER),
        "timeout_before": Mishap(False, Ending.HANG),
        "timeout_after": Mishap(True, Ending.HANG),
        # A 429 was not processed and is safe to repeat (error page 20429, 2026-11-22).
        "throttle": Mishap(False, Ending.ANSWER, TOO_MANY_REQUESTS),
        "server_error": Mishap(False, Ending.ANSWER, INTERNAL),
        "refuse": Mishap(False, Ending.ANSWER, BAD_REQUEST),
        "drop_before": Mishap(False, Ending.DROP),
        "drop_after": Mishap(True, Ending.DROP),
        "half_body": Mishap(True, Ending.HALF_BODY),
        "wrong_json": Mishap(True, Ending.WRONG_JSON),
    }
)


@dataclass(slots=True)
class Fault:
    """Strikes the next `calls` calls whose method and path fit; `path` is a regular expression searched in the path."""

    kind: str
    calls: int = 1
    method: str | None = None
    path: str = ""
    seconds: float = 0.0
    retry_after: int | None = None

    @property
    def mishap(self) -> Mishap:
        return MISHAPS[self.kind]

    def fits(self, method: str, path: str) -> bool:
        return self.calls > 0 and self.method in (None, method) and re.search(self.path, path) is not None


@dataclass(slots=True)
class Weather:
    """Bad weather: `shares` of all calls that fit, by kind of mishap: {"throttle": 0.2, "timeout_after": 0.05}.

    The rest goes well. The n-th call that fits meets the n-th draw, whoever makes it. Raises ValueError for shares that
    cannot be.
    """

    shares: Mapping[str, float]
    seed: int = 0
    method: str | None = None
    path: str = ""
    slow_seconds: float = 1.0
    hang_seconds: float = 0.0  # until the client leaves where it is 0
    retry_after: int | None = None  # named by a share of the 429s; None: by none
    retry_after_share: float = 0.5
    _random: Random = field(init=False, repr=False)

    def __post_init__(self) -> None:
        if unknown := self.shares.keys() - MISHAPS.keys():
            raise ValueError(f"no fault {', '.join(sorted(unknown))}; there are {', '.join(MISHAPS)}")
        if min(self.shares.values(), default=0) < 0 or sum(self.shares.values()) > 1 + 1e-9:
            raise ValueError("shares are 0 or more, and 1 at most together")
        re.compile(self.path)
        self._random = Random(self.seed)  # noqa: S311  repeated on purpose, guards nothing

    def fits(self, method: str, path: str) -> bool:
        return self.method in (None, method) and re.search(self.path, path) is not None

    def draw(self) -> Fault | None:
        """What the next call meets; None where it goes well. Each call takes two numbers, whatever comes of them."""
        lot, other = self._random.random(), self._random.random()
        reached = zip(self.shares, accumulate(self.shares.values()), strict=True)
        kind = next((kind for kind, until in reached if lot < until), None)
        if kind is None:
            return None
        retry_after = self.retry_after if other < self.retry_after_share else None
        return Fault(kind, seconds=self._seconds(kind), retry_after=retry_after)

    def _seconds(self, kind: str) -> float:
        if MISHAPS[kind].ending is Ending.HANG:
            return self.hang_seconds
        return self.slow_seconds if kind == "slow" else 0.0


class Faults:
    """The faults still to strike, in the order they were asked for, and after them the weather."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self.weather: Weather | None = None

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()
        self.weather = None

    def take(self, method: str, path: str) -> Fault | None:
        """The first fault that fits this call, used up by one; else what the weather brings."""
        fault = next((fault for fault in self._waiting if fault.fits(method, path)), None)
        if fault:
            fault.calls -= 1
            self._waiting = [fault for fault in self._waiting if fault.calls > 0]
            return fault
        return self.weather.draw() if self.weather and self.weather.fits(method, path) else None
