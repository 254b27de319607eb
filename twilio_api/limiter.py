"""How fast an account may be asked: a bucket of tokens that drains with each read, slower after a 429 and faster again.

The arithmetic is here, pure; `Local` keeps it in one process. sync.limits keeps the same in Redis, for all of them.
Twilio names no numbers: it asks for one registration call per second (www.twilio.com/docs/messaging/compliance/
a2p-10dlc/onboarding-isv-api, 2026-11) and answers 429 where it is too much at once (error page 20429).
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from threading import Lock
from typing import Protocol

from twilio_api.errors import GiveWay

# On a 429 the rate is halved, at most once in CUT_SECONDS: several calls refused at once are one sign. Each answer
# that is none brings a twentieth of the full rate back.
CUT, CUT_SECONDS, RECOVERY = 0.5, 1.0, 0.05
# Nobody is ever slowed down to less than this share of the full rate.
LEAST_SHARE = 0.02
# Without a Retry-After the whole account pauses for the first, doubling to the last.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 30.0
# How long until a place that somebody else holds is looked for again.
LOOK_AGAIN = 0.05
# Shorter than this is no wait but a rounding.
NOTHING = 1e-4
# Longer than any call: a place held by a worker that was killed is free again after this.
LEASE_SECONDS = 60.0


class Call(StrEnum):
    READ = "read"
    # Registrations, and all else that changes something.
    WRITE = "write"

    @classmethod
    def of(cls, method: str) -> "Call":
        return cls.READ if method == "GET" else cls.WRITE


@dataclass(frozen=True, slots=True)
class Pace:
    """What one account may be asked: reads per second and at once, writes per second."""

    reads: float
    at_once: int
    writes: float = 1.0

    @property
    def least(self) -> float:
        return self.reads * LEAST_SHARE


class Place(Protocol):
    """The right to make one call."""

    def after(self, status: int | None, retry_after: float | None = None) -> None:
        """Gives it back. `status` is None where no answer came; `retry_after` in seconds, as Twilio said it."""


class Limiter(Protocol):
    def before(self, account_sid: str, call: Call) -> Place:
        """Waits a short while for a place. Raises GiveWay where that takes longer."""


@dataclass(slots=True)
class Bucket:
    """One account's arithmetic. Times in seconds, of any clock that only goes forward."""

    pace: Pace
    rate: float = field(init=False)
    tokens: float = field(init=False)
    at: float = 0.0
    # Nothing goes out before this: Twilio asked for a pause.
    paused_until: float = 0.0
    next_write: float = 0.0
    cut_at: float = -CUT_SECONDS
    strikes: int = 0
    held: int = 0

    def __post_init__(self) -> None:
        self.rate = self.pace.reads
        self.tokens = self._size()

    def take(self, call: Call, now: float) -> float:
        """Seconds to wait; 0 where a place was taken."""
        wait, tokens = max(self.paused_until - now, 0.0), self._tokens(now)
        if call is Call.WRITE:
            wait = max(wait, self.next_write - now)
        else:
            wait = max(wait, (1 - tokens) / self.rate, LOOK_AGAIN if self.held >= self.pace.at_once else 0.0)
        if wait > NOTHING:
            return wait
        if call is Call.WRITE:
            self.next_write = now + 1 / self.pace.writes
        else:
            self.tokens, self.at, self.held = tokens - 1, now, self.held + 1
        return 0.0

    def give_back(self, call: Call) -> None:
        if call is Call.READ:
            self.held = max(self.held - 1, 0)

    def answered(self, now: float, status: int, retry_after: float | None) -> None:
        if status != 429:
            self.strikes, self.rate = 0, min(self.pace.reads, self.rate + RECOVERY * self.pace.reads)
            return
        self.strikes += 1
        pause = retry_after if retry_after else min(FIRST_PAUSE * 2 ** (self.strikes - 1), LONGEST_PAUSE)
        self.paused_until = max(self.paused_until, now + pause)
        self.tokens, self.at = 0.0, now
        if now - self.cut_at >= CUT_SECONDS:
            self.rate, self.cut_at = max(self.rate * CUT, self.pace.least), now

    def _tokens(self, now: float) -> float:
        return min(self._size(), self.tokens + max(now - self.at, 0.0) * self.rate)

    def _size(self) -> float:
        """A second’s worth may go out at once."""
        return max(self.rate, 1.0)


def wait_for(take: Callable[[], float], patience: float, wait: Callable[[float], None] = time.sleep) -> None:
    """Asks until a place is there. Raises GiveWay as soon as it is plain that it takes longer than `patience`."""
    left = patience
    while (needed := take()) > 0:
        if needed > left:
            raise GiveWay(needed)
        wait(needed)
        left -= needed


class Unlimited:
    """Nobody counts: for a single call, and for tests of something else."""

    def before(self, account_sid: str, call: Call) -> Place:
        return self

    def after(self, status: int | None, retry_after: float | None = None) -> None:
        pass


class Local:
    """The limits of this process alone. Safe to share between threads."""

    def __init__(
        self,
        pace: Pace,
        patience: float = 1.0,
        *,
        clock: Callable[[], float] = time.monotonic,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.pace, self.patience = pace, patience
        self.clock, self.wait = clock, wait
        self._buckets: dict[str, Bucket] = {}
        self._lock = Lock()

    def before(self, account_sid: str, call: Call) -> Place:
        wait_for(lambda: self._take(account_sid, call), self.patience, self.wait)
        return _LocalPlace(self, account_sid, call)

    def bucket(self, account_sid: str) -> Bucket:
        return self._buckets.setdefault(account_sid, Bucket(self.pace, at=self.clock()))

    def give_back(self, account_sid: str, call: Call, status: int | None, retry_after: float | None) -> None:
        with self._lock:
            bucket = self.bucket(account_sid)
            bucket.give_back(call)
            if status is not None:
                bucket.answered(self.clock(), status, retry_after)

    def _take(self, account_sid: str, call: Call) -> float:
        with self._lock:
            return self.bucket(account_sid).take(call, self.clock())


@dataclass(frozen=True, slots=True)
class _LocalPlace:
    limiter: Local
    account_sid: str
    call: Call

    def after(self, status: int | None, retry_after: float | None = None) -> None:
        self.limiter.give_back(self.account_sid, self.call, status, retry_after)
