"""Simulated days: which calls the product's schedule makes for a life at Twilio, and when it sees each change.

The rules are the product's own functions (reviews.schedule, sync.singles); here is only what carries them out: the
ticks of beat, and what a reading costs. benchmarks.rehearsal holds the calls against those of a real run.
"""

from __future__ import annotations

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from itertools import count

from django.conf import settings

from benchmarks.life import DAY, MINUTE, Change, Life
from reviews.contract import Parted
from reviews.kinds import kind_of
from reviews.schedule import next_check, next_reading
from reviews.status import Status
from sync.singles import is_cheaper_listed
from twilio_api.client import PAGE_SIZE

FIXED_PAUSE = 5 * MINUTE
# From a tick of beat to the answer: the queue, the call and the writing down.
TAKES = timedelta(seconds=1)
# Twilio's own way to us, and the worker's.
EVENT_TAKES = (2.0, 10.0)
EVENTS_LOST = 0.02
TICK = timedelta(seconds=float(settings.CELERY_BEAT_SCHEDULE["fan out due items"]["schedule"]))
# The daily look at an account's sink and subscription, and the test sent.
LOOK_AT_STREAM = 5


@dataclass(slots=True)
class Seen:
    """What a simulation comes to: calls by what they were for, and how long each change stood unseen."""

    calls: Counter[str] = field(default_factory=Counter)
    delays: list[timedelta] = field(default_factory=list)
    in_review: list[timedelta] = field(default_factory=list)  # those of them that ended a review


def calls_of_a_reading(brands: int, campaigns: int, verifications: int) -> int:
    """Of an account as a whole: profiles, brands, services, verifications, and each service's campaign."""
    return calls_of_a_list("brand", brands) + pages(campaigns) + pages(verifications) + campaigns


def calls_of_a_list(kind: str, items: int) -> int:
    """Brands lack their names: the profiles are listed first."""
    return pages(items) * (2 if kind == "brand" else 1)


def pages(items: int) -> int:
    return max(-(-items // PAGE_SIZE), 1)


def readings(
    keys: Sequence[str], start: datetime, end: datetime, *, hears: bool = False
) -> Iterator[tuple[datetime, int]]:
    """Every reading of every account by its place, each at its own moments."""
    waiting = [(next_reading(key, start, hears=hears), place) for place, key in enumerate(keys)]
    heapq.heapify(waiting)
    while waiting[0][0] < end:
        now, place = heapq.heappop(waiting)
        yield now, place
        heapq.heappush(waiting, (next_reading(keys[place], now, hears=hears), place))


class Fixed:
    """Everything read every five minutes, each account at its own moment."""

    def __init__(self, life: Life, seed: int = 5) -> None:
        self._life = life
        self._dice = random.Random(seed)  # noqa: S311  repeatable, not secret

    def run(self, counted_from: datetime, end: datetime) -> Seen:
        seen, accounts = Seen(), len(self._life.accounts)
        each = sum(calls_of_a_reading(*_mixture(self._life, account)) for account in range(accounts))
        seen.calls["whole"] = round((each + pages(accounts)) * ((end - counted_from) / FIXED_PAUSE))
        for change in self._life.changes:
            if change.at >= counted_from and not change.is_ours:
                seen.delays.append(self._dice.random() * FIXED_PAUSE + TAKES)
        return seen


class Scheduled:
    """As the product does it. `due` says when each item is next asked for; without it all were read at the start."""

    def __init__(
        self, life: Life, *, hears: bool, tick: timedelta = TICK, due: Sequence[datetime] = (), seed: int = 5
    ) -> None:
        self._life, self._hears, self._tick = life, hears, tick
        self._dice = random.Random(seed)  # noqa: S311  repeatable, not secret
        self._known = [(item.status, item.since) for item in life.items]
        self._truth = [item.status for item in life.items]
        self._unseen = defaultdict[int, list[Change]](list)
        self._queue = list[tuple[datetime, int]]()
        self._due = [life.start] * len(life.items)
        for index in range(len(life.items)):
            self._plan(index, life.start)
        for index, moment in enumerate(due):
            self._due[index] = moment
            heapq.heappush(self._queue, (moment, index))
        self._tie = count()
        self.seen = Seen()

    def run(self, counted_from: datetime, end: datetime) -> Seen:
        """Changes, events, accounts and items, each at its moment."""
        changes, is_counted = iter(self._life.changes), False
        moments = list(self._moments(end))
        heapq.heapify(moments)
        change = next(changes, None)
        while moments:
            at, _, what, place = heapq.heappop(moments)
            while change and change.at <= at:
                if event := self._happen(change):
                    heapq.heappush(moments, (event, next(self._tie), "event", change.item))
                change = next(changes, None)
            if at >= end:
                break
            if at >= counted_from and not is_counted:
                self._start_counting(counted_from)
                is_counted = True
            if what == "tick":
                self._read_due(at)
                heapq.heappush(moments, (at + self._tick, next(self._tie), "tick", 0))
            elif what == "event":
                self._read([place], at)
                self.seen.calls["event"] += 1
            elif what == "account":
                self._read_account(place, at)
            else:
                self.seen.calls["stream"] += LOOK_AT_STREAM
        self._see_the_rest(end)
        return self.seen

    def _start_counting(self, since: datetime) -> None:
        self.seen = Seen()
        for index, unseen in self._unseen.items():
            self._unseen[index] = [change for change in unseen if change.at >= since]

    def _see_the_rest(self, end: datetime) -> None:
        """What stands unseen at the end is seen at its next turn, which is known by now."""
        for index, unseen in self._unseen.items():
            own = next_reading(self._life.accounts[self._life.items[index].account], end, hears=self._hears)
            at = min(own, max(self._due[index], end))
            self._note(unseen, self._known[index][0], at)

    def _note(self, unseen: Sequence[Change], known: str, at: datetime) -> None:
        delays = [at + TAKES - change.at for change in unseen]
        self.seen.delays += delays
        if known == Status.IN_REVIEW:
            self.seen.in_review += delays

    def _moments(self, end: datetime) -> Iterator[tuple[datetime, int, str, int]]:
        start = self._life.start
        yield start, next(self._tie), "tick", 0
        for at, place in readings(self._life.accounts, start, end, hears=self._hears):
            yield at, next(self._tie), "account", place
        if self._hears:
            for place in range(len(self._life.accounts)):
                for day in range((end - start) // DAY):
                    yield start + (day + self._dice.random()) * DAY, next(self._tie), "stream", place

    def _happen(self, change: Change) -> datetime | None:
        """Returns when an event about it comes in, if one does."""
        self._truth[change.item] = change.status
        if change.is_ours:
            self._unseen[change.item].clear()
            self._known[change.item] = (change.status, change.at)
            self._plan(change.item, change.at)
        else:
            self._unseen[change.item].append(change)
        if not self._hears or self._dice.random() < EVENTS_LOST:
            return None
        return change.at + timedelta(seconds=self._dice.uniform(*EVENT_TAKES))

    def _read_due(self, now: datetime) -> None:
        due = defaultdict[tuple[int, str], list[int]](list)
        while self._queue and self._queue[0][0] <= now:
            at, index = heapq.heappop(self._queue)
            if self._due[index] == at:
                item = self._life.items[index]
                due[item.account, item.kind].append(index)
        for (account, kind), indexes in due.items():
            there = self._there[account, kind]
            if not isinstance(kind_of(kind), Parted) and is_cheaper_listed(len(indexes), len(there)):
                self.seen.calls["listed"] += calls_of_a_list(kind, len(there))
                self._read(there, now)
            else:
                self.seen.calls["single"] += len(indexes)
                self._read(indexes, now)

    def _read_account(self, account: int, now: datetime) -> None:
        self.seen.calls["whole"] += calls_of_a_reading(*_mixture(self._life, account))
        if account == 0:
            self.seen.calls["whole"] += pages(len(self._life.accounts))
        for (owner, _), indexes in self._there.items():
            if owner == account:
                self._read(indexes, now)

    def _read(self, indexes: Sequence[int], now: datetime) -> None:
        """Shows what is true when the call is made; it is known when it was answered."""
        for index in indexes:
            status, _ = self._known[index]
            self._note(self._unseen.pop(index, []), status, now)
            if self._truth[index] != status:
                self._known[index] = (self._truth[index], now)
            self._plan(index, now + TAKES)

    def _plan(self, index: int, now: datetime) -> None:
        status, since = self._known[index]
        key = self._life.items[index].key
        self._due[index] = next_check(status, since, now, key=key, hears=self._hears)
        heapq.heappush(self._queue, (self._due[index], index))

    @cached_property
    def _there(self) -> Mapping[tuple[int, str], Sequence[int]]:
        there = defaultdict[tuple[int, str], list[int]](list)
        for index, item in enumerate(self._life.items):
            there[item.account, item.kind].append(index)
        return there


def _mixture(life: Life, account: int) -> tuple[int, int, int]:
    each = life.mixture(account)
    return each["brand"], each["campaign"], each["tollfree"]
