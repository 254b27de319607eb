"""What happens at Twilio to a portfolio in some days, made up from a seed: reviews that end, new submissions, and
changes out of the blue. The kinds and their states have the shares of the sandbox's generated worlds."""

from __future__ import annotations

import heapq
import random
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from itertools import count
from math import exp, log

from brands import policy as brands
from campaigns import policy as campaigns
from reviews.status import Status
from sandbox import generate
from tollfree import policy as tollfree

T0 = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)

# Of fifty items in an account: with each campaign come half a brand and a tenth of a verification.
MIXTURE = {"brand": 16, "campaign": 31, "tollfree": 3}
SHARES = {
    "brand": (generate.BRAND_STATUSES, brands.WORDS),
    "campaign": (generate.CAMPAIGN_STATUSES, campaigns.WORDS),
    "tollfree": (generate.VERIFICATION_STATUSES, tollfree.WORDS),
}
# How long reviews take: a share of them, and the shortest and the longest of it, evenly on a scale of magnitudes. Some
# are answered by a machine; people take hours, and where they ask the registry, days.
REVIEWS_TAKE = (
    (0.15, timedelta(seconds=5), 5 * MINUTE),
    (0.35, 5 * MINUTE, 8 * HOUR),
    (0.50, 8 * HOUR, 9 * DAY),
)
REJECTED_OF_REVIEWED = 0.4
# Of what is submitted, so many were rejected before; the others were approved and are edited.
REJECTED_OF_SUBMITTED = 0.4
# So many submissions go out through Redress, which then knows at once; the others are made in Twilio's Console.
SUBMITTED_HERE = 0.8
OUT_OF_THE_BLUE_A_DAY = 30


@dataclass(slots=True)
class Item:
    """One registration as it is at Twilio."""

    key: str
    kind: str
    account: int
    status: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Change:
    """`is_ours` where Redress made it and was answered: nobody has to find it."""

    at: datetime
    item: int
    status: str
    is_ours: bool = False


@dataclass(frozen=True)
class Life:
    """How the items of these accounts (their SIDs) stood at the start, and what changed afterwards, in order."""

    accounts: Sequence[str]
    items: Sequence[Item]
    changes: Sequence[Change] = ()
    start: datetime = T0

    def mixture(self, account: int) -> Counter[str]:
        """How many of each kind it holds."""
        return self._mixtures[account]

    @cached_property
    def _mixtures(self) -> dict[int, Counter[str]]:
        found = defaultdict[int, Counter[str]](Counter)
        for item in self.items:
            found[item.account][item.kind] += 1
        return found


def life(accounts: int, days: int, seed: int) -> Life:
    """Fifty items in each account. As many reviews begin as end, so the shares stay."""
    dice = random.Random(seed)  # noqa: S311  repeatable, not secret
    items = [_item(dice, account, kind) for account in range(accounts) for kind, n in MIXTURE.items() for _ in range(n)]
    sids = [f"AC{dice.getrandbits(128):032x}" for _ in range(accounts)]
    return Life(sids, items, list(_changes(dice, items, T0 + days * DAY)))


def _item(dice: random.Random, account: int, kind: str) -> Item:
    shares, words = SHARES[kind]
    word = dice.choices(list(shares), weights=list(shares.values()))[0]
    since = T0 - dice.uniform(0.1, 9) * DAY
    return Item(f"{kind}{dice.getrandbits(128):032x}", kind, account, str(words[word]), since)


def _changes(dice: random.Random, items: Sequence[Item], end: datetime) -> Iterator[Change]:
    now_is = [item.status for item in items]
    coming, tie = list[tuple[datetime, int, Change]](), count()

    def plan(change: Change) -> None:
        heapq.heappush(coming, (change.at, next(tie), change))

    lengths = [_length(dice) for _ in range(20_000)]
    in_review = [index for index, status in enumerate(now_is) if status == Status.IN_REVIEW]
    # Who looks at some moment meets long reviews more often than short ones, somewhere in their course.
    met = dice.choices(lengths, weights=[length.total_seconds() for length in lengths], k=len(in_review))
    for index, length in zip(in_review, met, strict=True):
        gone_by = dice.random() * length
        items[index].since = T0 - gone_by
        plan(Change(T0 + length - gone_by, index, _verdict(dice)))
    begin_every = sum(lengths, timedelta()) / len(lengths) / len(in_review)
    for at in _moments(dice, begin_every, end):
        plan(Change(at, -1, Status.IN_REVIEW, dice.random() < SUBMITTED_HERE))
    for at in _moments(dice, DAY / OUT_OF_THE_BLUE_A_DAY, end):
        plan(Change(at, -1, dice.choice((Status.STOPPED, Status.NEEDS_FIX))))
    while coming and coming[0][0] < end:
        change = heapq.heappop(coming)[2]
        if change.item < 0:
            change = Change(change.at, _chosen(dice, now_is, change.status), change.status, change.is_ours)
            if change.status == Status.IN_REVIEW:
                plan(Change(change.at + dice.choice(lengths), change.item, _verdict(dice)))
        now_is[change.item] = change.status
        yield change


def _length(dice: random.Random) -> timedelta:
    _, shortest, longest = dice.choices(REVIEWS_TAKE, weights=[share for share, _, _ in REVIEWS_TAKE])[0]
    return timedelta(seconds=exp(dice.uniform(log(shortest.total_seconds()), log(longest.total_seconds()))))


def _verdict(dice: random.Random) -> str:
    return Status.NEEDS_FIX if dice.random() < REJECTED_OF_REVIEWED else Status.APPROVED


def _moments(dice: random.Random, mean: timedelta, end: datetime) -> Iterator[datetime]:
    at = T0
    while (at := at + dice.expovariate(1) * mean) < end:
        yield at


def _chosen(dice: random.Random, now_is: Sequence[str], becomes: str) -> int:
    """An item this may happen to."""
    was_rejected = becomes == Status.IN_REVIEW and dice.random() < REJECTED_OF_SUBMITTED
    before = Status.NEEDS_FIX if was_rejected else Status.APPROVED
    while now_is[index := dice.randrange(len(now_is))] != before:
        pass
    return index
