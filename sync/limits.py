"""How fast each Twilio account is asked, counted in Redis for all workers and machines together.

The arithmetic is that of `twilio_api.limiter.Bucket`, in two scripts that Redis runs whole: before a call and after it.
Redis away: reads go on under a limit of this process alone, half as fast; writes wait. `standing` then says None.
"""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import uuid4

import structlog
from django.conf import settings
from redis import Redis, RedisError

from sync.limits_lua import AFTER, BEFORE, ENTER
from twilio_api.errors import GiveWay
from twilio_api.limiter import (
    CUT,
    CUT_SECONDS,
    FIRST_PAUSE,
    LEASE_SECONDS,
    LONGEST_PAUSE,
    LOOK_AGAIN,
    RECOVERY,
    Call,
    Local,
    Pace,
    Place,
    wait_for,
)

log = structlog.get_logger(__name__)

# A task that would wait longer than this for a place gives way to others.
PATIENCE = 1.0
# An update a person waits for may take its second; then it is queued again.
WRITE_PATIENCE = 3.0
# While nobody counts for all, a write waits this long and is tried again.
WITHOUT_REDIS = 30.0
# What is known of an account is forgotten after two days without a call.
KEEP_MS = 2 * 24 * 3600 * 1000
TASK_SECONDS = 300.0
PREFIX = "redress:pace:"
# Never forgotten, and only ever counted up.
TOTALS = "redress:twilio"

type Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Standing:
    """How an account is asked just now, and what was asked of it today (UTC)."""

    rate: float
    full_rate: float
    calls: int
    throttled: int
    # Seconds until Twilio may be asked again; 0 where it may be now.
    paused: float

    @property
    def is_slowed(self) -> bool:
        return self.rate < self.full_rate or self.paused > 0


@dataclass(frozen=True, slots=True)
class Totals:
    """What was asked of all accounts since Redis began to count, and how often Twilio answered 429."""

    reads: int
    writes: int
    throttled: int


def pace_of_settings() -> Pace:
    return Pace(settings.TWILIO_READS_PER_SECOND, settings.TWILIO_READS_AT_ONCE, settings.TWILIO_WRITES_PER_SECOND)


class Shared:
    """A limiter for `twilio_api.client.Twilio` that all processes share."""

    def __init__(
        self,
        patience: float = PATIENCE,
        *,
        pace: Pace | None = None,
        clock: Clock | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.patience, self.wait = patience, wait
        self._pace = pace or pace_of_settings()
        self._clock = clock

    def before(self, account_sid: str, call: Call) -> Place:
        ticket = uuid4().hex[:12]
        patience = max(self.patience, WRITE_PATIENCE) if call is Call.WRITE else self.patience
        try:
            wait_for(lambda: self.take(account_sid, call, ticket), patience, self.wait)
        except RedisError as error:
            return self._alone(account_sid, call, error)
        return _SharedPlace(self, account_sid, ticket)

    def take(self, account_sid: str, call: Call, ticket: str) -> float:
        """Seconds to wait; 0 where the place is taken, under this ticket."""
        pace = self._pace
        given = (
            self._now(), call, ticket, pace.reads, pace.at_once, _ms(1 / pace.writes), _ms(LOOK_AGAIN),
            _ms(LEASE_SECONDS), KEEP_MS,
        )  # fmt: skip
        return float(_run(BEFORE, _keys(account_sid), given)) / 1000

    def answered(self, account_sid: str, ticket: str, status: int | None, retry_after: float | None) -> None:
        pace = self._pace
        given = (
            self._now(), ticket, status or 0, _ms(retry_after or 0), pace.reads, pace.least, CUT, _ms(CUT_SECONDS),
            RECOVERY, _ms(FIRST_PAUSE), _ms(LONGEST_PAUSE), KEEP_MS,
        )  # fmt: skip
        try:
            _run(AFTER, _keys(account_sid), given)
        except RedisError as error:
            log.warning("pace_not_kept", error=str(error))

    def _alone(self, account_sid: str, call: Call, error: RedisError) -> Place:
        log.warning("pace_unknown", error=str(error), call=call)
        if call is Call.WRITE:
            raise GiveWay(WITHOUT_REDIS) from error
        return _of_this_process(self._pace).before(account_sid, call)

    def _now(self) -> str | int:
        """Empty: the server’s own clock, the only one that all machines share."""
        return _ms(self._clock()) if self._clock else ""


@dataclass(frozen=True, slots=True)
class _SharedPlace:
    limiter: Shared
    account_sid: str
    ticket: str

    def after(self, status: int | None, retry_after: float | None = None) -> None:
        self.limiter.answered(self.account_sid, self.ticket, status, retry_after)


@contextmanager
def task_of(account_sid: str) -> Iterator[bool]:
    """Whether one more task may work for this account: no more at once than it may have calls under way, so that
    one account never fills the workers. The place of a task that was killed is free again after five minutes."""
    key, ticket = f"{PREFIX}{account_sid}:tasks", uuid4().hex[:12]
    try:
        entered = bool(_run(ENTER, [key], ("", ticket, settings.TWILIO_READS_AT_ONCE, _ms(TASK_SECONDS))))
    except RedisError:
        yield True
        return
    try:
        yield entered
    finally:
        _leave(key, ticket)


def standings(account_sids: Iterable[str]) -> list[Standing] | None:
    """Of each account, in their order, in one round trip. None while Redis is away."""
    sids, full = list(account_sids), pace_of_settings().reads
    try:
        with connection().pipeline(transaction=False) as pipe:
            pipe.time()
            for sid in sids:
                pipe.hmget(_keys(sid)[0], "rate", "until", "day", "calls", "throttled")
            (seconds, micros), *rows = pipe.execute()
    except RedisError:
        return None
    now = seconds * 1000 + micros / 1000
    return [_standing(row, now, full) for row in rows]


def totals() -> Totals:
    """Over all accounts, in one short answer however many there are. Raises RedisError."""
    kept = connection().hmget(TOTALS, [Call.READ, Call.WRITE, "throttled"])
    return Totals(*(int(value or 0) for value in kept))


def connection() -> "Redis":
    return _connection(settings.REDIS_URL)


def _standing(row: Sequence[bytes | None], now: float, full: float) -> Standing:
    rate, until, day, calls, throttled = (float(value or 0) for value in row)
    is_today = day == now // 86_400_000
    return Standing(
        rate=min(rate or full, full),
        full_rate=full,
        calls=int(calls) if is_today else 0,
        throttled=int(throttled) if is_today else 0,
        paused=max(until - now, 0) / 1000,
    )


def _leave(key: str, ticket: str) -> None:
    try:
        connection().zrem(key, ticket)
    except RedisError as error:
        log.warning("pace_not_kept", error=str(error))


def _keys(account_sid: str) -> list[str]:
    return [f"{PREFIX}{account_sid}", f"{PREFIX}{account_sid}:calls", TOTALS]


def _run(script: str, keys: list[str], given: Sequence[object]) -> Any:
    return _script(settings.REDIS_URL, script)(keys=keys, args=[str(value) for value in given])


@cache
def _script(url: str, script: str) -> Any:
    return _connection(url).register_script(script)


@cache
def _connection(url: str) -> "Redis":
    """Thread-safe; each of its commands takes a connection of the pool."""
    return Redis.from_url(url, socket_timeout=2, socket_connect_timeout=1)


@cache
def _of_this_process(shared: Pace) -> Local:
    """Half as fast: nobody knows how many others go on by themselves."""
    return Local(Pace(shared.reads / 2, max(shared.at_once // 2, 1)), PATIENCE)


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
