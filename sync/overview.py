"""Accounts as the settings show them: what stands under each main account, and how a reading goes."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import TwilioAccount, User
from reviews.models import Review
from reviews.status import Status
from reviews.words import age_text
from sync.models import PollRun, UnreadablePayload

# Nothing has begun after this: then nobody works on the queue.
PATIENCE = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Progress:
    """One pass over a main account and its subaccounts since a moment. Counts of accounts, then of items."""

    since: datetime
    done: int
    total: int
    failing: int
    under_way: list[PollRun]
    seen: int
    changed: int
    failed: int

    @property
    def is_over(self) -> bool:
        return self.done >= self.total

    @property
    def is_stuck(self) -> bool:
        return not self.done and not self.under_way and timezone.now() - self.since > PATIENCE

    @property
    def left(self) -> str:
        """About how long it will take from now on, in words; empty while nobody can tell."""
        if not self.done or self.is_over:
            return ""
        left = (timezone.now() - self.since) / self.done * (self.total - self.done)
        return "under a minute" if left < timedelta(minutes=1) else age_text(left)


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


def below(main: TwilioAccount) -> QuerySet[TwilioAccount]:
    """Its subaccounts, those that cannot be read first."""
    found = main.subaccounts.filter(disconnected_at=None).select_related("stream")
    return found.order_by("failing_since", "name")[:500]


def unreadable(main: TwilioAccount) -> QuerySet[UnreadablePayload]:
    family = TwilioAccount.objects.filter(family_of(main))
    return UnreadablePayload.objects.filter(account__in=family).select_related("account")


def found(main: TwilioAccount) -> list[tuple[str, int]]:
    """How many items stand in each status, in the order of the statuses; unknown ones only where there are any."""
    family = TwilioAccount.objects.filter(family_of(main))
    rows = Review.objects.present().filter(account__in=family).order_by().values_list("status").annotate(Count("pk"))
    counts: Mapping[str, int] = dict(rows)
    known = [status for status in Status.values if status != Status.UNKNOWN or counts.get(status)]
    return [(status, counts.get(status, 0)) for status in known]


def progress(main: TwilioAccount, since: datetime) -> Progress:
    """How far a reading is that was asked for at that moment."""
    family = TwilioAccount.objects.mirrored().filter(family_of(main))
    runs = PollRun.objects.filter(account__in=family, started_at__gte=since - timedelta(minutes=10))
    over = runs.filter(finished_at__gte=since)
    under_way = runs.filter(finished_at=None, account__lease_until__gt=timezone.now()).select_related("account")
    sums: dict[str, Any] = over.aggregate(seen=Sum("seen"), changed=Sum("changed"), failed=Sum("failed"))
    return Progress(
        since=since,
        done=over.values("account").distinct().count(),
        total=family.count(),
        failing=family.exclude(failing_since=None).count(),
        under_way=list(under_way[:5]),
        **{name: number or 0 for name, number in sums.items()},
    )


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


def _main_ids(user: User) -> list[int]:
    return [parent or pk for pk, parent in visible(user).values_list("pk", "parent_id")]
