"""How calls go wrong on demand: rows that say whether the call is still carried out and how it ends."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from sandbox.errors import INTERNAL, TOO_MANY_REQUESTS, Refusal


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


class Faults:
    """The faults still to strike, in the order they were asked for."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def __len__(self) -> int:
        return len(self._waiting)

    def add(self, fault: Fault) -> None:
        self._waiting.append(fault)

    def clear(self) -> None:
        self._waiting.clear()

    def take(self, method: str, path: str) -> Fault | None:
        """The first fault that fits this call, used up by one."""
        fault = next((fault for fault in self._waiting if fault.fits(method, path)), None)
        if fault:
            fault.calls -= 1
            self._waiting = [fault for fault in self._waiting if fault.calls > 0]
        return fault
