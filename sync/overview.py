"""Accounts as the settings show them: what stands under each main account, and how a reading goes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, F, Func, IntegerField, Min, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import TwilioAccount, User
from reviews.models import Review
from reviews.paging import by_name
from reviews.queries import MOST_COUNTED, Bounded, bounded_counts
from reviews.status import Status
from reviews.words import age_text
from sync.limits import Standing, standings
from sync.models import PollRun, UnreadablePayload
from sync.poll import BEGUN_ANEW, RESUME_WITHIN

# Nothing has begun after this: then nobody works on the queue.
PATIENCE = timedelta(seconds=30)
# How fast it goes is measured over the last minutes, and not told before so much was read in at least so long.
MEASURED, AT_LEAST, ENOUGH = timedelta(minutes=5), timedelta(seconds=10), 3
# Subaccounts on a page, and the word in an address for only those that cannot be read.
SIZE, FAILING = 50, "failing"
# Without loading them: a large account has thousands.
PART_COUNT = Func(F("parts"), function="jsonb_array_length", output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Progress:
    """One pass over a main account and its subaccounts since a moment. Counts of accounts, then of items and calls.

    `rest` is how long it will take from now on, measured; None while nobody can tell."""

    since: datetime
    done: int
    total: int
    failing: int
    under_way: Sequence[PollRun]
    rest: timedelta | None
    seen: int
    changed: int
    failed: int
    calls: int

    @property
    def is_over(self) -> bool:
        return self.done >= self.total

    @property
    def is_stuck(self) -> bool:
        return not self.done and not self.under_way and timezone.now() - self.since > PATIENCE

    @property
    def left(self) -> str:
        """The rest in words; empty while nobody can tell."""
        if self.rest is None or self.is_over:
            return ""
        return "under a minute" if self.rest < timedelta(minutes=1) else age_text(self.rest)


@dataclass(frozen=True, slots=True)
class Below:
    """A page of the subaccounts of a main account, what was asked of it, and behind which one the next page begins.
    `total` counts all there are."""

    total: int
    words: str
    only_failing: bool
    rows: Sequence[TwilioAccount]
    after: str

    @property
    def is_narrowed(self) -> bool:
        return bool(self.words) or self.only_failing


def mains(user: User) -> QuerySet[TwilioAccount]:
    """The connected main accounts this person sees something of, with counts of what is below."""
    open_below = Q(subaccounts__disconnected_at=None, subaccounts__status=TwilioAccount.ACTIVE)
    accounts = TwilioAccount.objects.mains().filter(disconnected_at=None)
    if not user.all_customers:
        accounts = accounts.filter(pk__in=_main_ids(user))
    return accounts.annotate(
        below=Count("subaccounts", filter=open_below),
        closed=Count("subaccounts", filter=~Q(subaccounts__status=TwilioAccount.ACTIVE)),
        failing_below=Count("subaccounts", filter=open_below & Q(subaccounts__failing_since__isnull=False)),
        oldest_below=Min("subaccounts__last_read_at", filter=open_below),
    )


def visible(user: User) -> QuerySet[TwilioAccount]:
    """The accounts that are read and hold something of this person's customers."""
    accounts = TwilioAccount.objects.mirrored()
    if user.all_customers:
        return accounts
    mine = user.customers.all()
    return accounts.filter(Q(customer__in=mine) | Q(assignments__customer__in=mine)).distinct()


def family_of(main: TwilioAccount) -> Q:
    """The main account and its subaccounts, as a condition on accounts."""
    return Q(pk=main.pk) | Q(parent=main)


def below(main: TwilioAccount, asked: Mapping[str, str]) -> Below:
    """Its subaccounts by name, from behind `?after=` on. With `?name=` those whose name has it in it or whose SID it
    is, with `?only=failing` those that cannot be read."""
    everything = main.subaccounts.filter(disconnected_at=None)
    words, only_failing = asked.get("name", "").strip(), asked.get("only", "") == FAILING
    found = everything.select_related("stream")
    if words:
        found = found.filter(Q(name__icontains=words) | Q(sid=words))
    if only_failing:
        found = found.exclude(failing_since=None)
    rows, after = by_name(found, asked.get("after", ""), SIZE)
    return Below(everything.count(), words, only_failing, rows, after)


def unreadable(main: TwilioAccount) -> QuerySet[UnreadablePayload]:
    family = TwilioAccount.objects.filter(family_of(main))
    return UnreadablePayload.objects.filter(account__in=family).select_related("account")


def found(main: TwilioAccount) -> list[tuple[str, Bounded]]:
    """How many items stand in each status, in the order of the statuses; unknown ones only where there are any."""
    family = TwilioAccount.objects.filter(family_of(main))
    rows = Review.objects.present().filter(account__in=family)
    counts = bounded_counts(main, {status: rows.filter(status=status) for status in Status.values}, MOST_COUNTED)
    return [(status, counts[status]) for status in Status.values if status != Status.UNKNOWN or counts[status]]


def progress(main: TwilioAccount, since: datetime) -> Progress:
    """How far a reading is that was asked for at that moment."""
    now = timezone.now()
    family = TwilioAccount.objects.mirrored().filter(family_of(main))
    runs = PollRun.objects.filter(account__in=family, started_at__gte=since - RESUME_WITHIN)
    over = runs.filter(finished_at__gte=since).exclude(error=BEGUN_ANEW)
    going_on = runs.filter(finished_at=None, account__lease_until__gt=now).select_related("account").defer("parts")
    under_way = list(
        going_on.annotate(part_count=PART_COUNT).order_by("account_id", "-started_at").distinct("account_id")
    )
    done, total = over.values("account").distinct().count(), family.count()
    sums: dict[str, Any] = runs.filter(Q(finished_at=None) | Q(finished_at__gte=since)).aggregate(
        **{name: Sum(name, default=0) for name in ("seen", "changed", "failed", "calls")}
    )
    by_accounts = total - done > len(under_way)
    return Progress(
        since=since,
        done=done,
        total=total,
        failing=family.exclude(failing_since=None).count(),
        under_way=under_way[:5],
        rest=_rest(over, total - done, since, now) if by_accounts else _rest_of_runs(under_way, now),
        **sums,
    )


def asked(accounts: Sequence[TwilioAccount]) -> Sequence[Standing | None]:
    """How each of these accounts is asked now; None for each while Redis is away."""
    return standings(account.sid for account in accounts) or [None] * len(accounts)


def asked_since(main: TwilioAccount, asked: Mapping[str, str]) -> datetime | None:
    """The moment of `?since=`, else of the connection while something was never read, else None: nothing to watch."""
    try:
        since = parse_datetime(asked.get("since", ""))
    except ValueError:
        since = None
    if since and since.tzinfo:
        return since
    unread = TwilioAccount.objects.mirrored().filter(family_of(main), last_read_at=None, failing_since=None)
    return main.connected_at if unread.exists() else None


def _rest(over: QuerySet[PollRun], left: int, since: datetime, now: datetime) -> timedelta | None:
    """From how many accounts were read in the last minutes."""
    begin = max(since, now - MEASURED)
    lately = over.filter(finished_at__gte=begin).values("account").distinct().count()
    return _at_that_rate(lately, now - begin, left)


def _rest_of_runs(under_way: Sequence[PollRun], now: datetime) -> timedelta | None:
    """From how fast the parts of the last accounts are read; the slowest one counts."""
    rests = [_rest_of_run(run, now) for run in under_way]
    known = [rest for rest in rests if rest is not None]
    return max(known) if known and len(known) == len(rests) else None


def _rest_of_run(run: PollRun, now: datetime) -> timedelta | None:
    began, count = parse_datetime(run.cursor.get("began", "")), getattr(run, "part_count", 0)
    if began is None or "parts" not in run.cursor:
        return None
    return _at_that_rate(run.parts_read, now - began, count - run.parts_read)


def _at_that_rate(read: int, took: timedelta, left: int) -> timedelta | None:
    return took / read * left if read >= ENOUGH and took >= AT_LEAST else None


def _main_ids(user: User) -> list[int]:
    return [parent or pk for pk, parent in visible(user).values_list("pk", "parent_id")]
