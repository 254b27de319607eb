"""What the lists ask of the database. Everything here is scoped to a person's customers."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import Case, Count, F, Min, Q, QuerySet, Value, When

from accounts.models import User
from reviews.models import Review, ReviewQuerySet, StatusChange
from reviews.renewal_models import FOR_US
from reviews.status import REJECTED, Status
from reviews.verdicts import ECHO
from reviews.words import SOON

# A rejection is new for this long.
NEW = timedelta(hours=24)
# Sorts after every deadline there is.
NEVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bounded:
    """A count that stops counting: "812", or "1,000+" where there are more."""

    number: int
    is_more: bool

    def __str__(self) -> str:
        return f"{self.number:,}+" if self.is_more else f"{self.number:,}"


def bounded_count(rows: QuerySet[Any], most: int) -> Bounded:
    counted = rows.order_by()[: most + 1].count()
    return Bounded(min(counted, most), counted > most)


def waiting(user: User, now: datetime) -> ReviewQuerySet:
    """The inbox. A rejection that was just answered is not in it: Twilio may show the new state late."""
    echo = Q(status__in=REJECTED, resubmitted_at__gt=F("status_since")) & Q(resubmitted_at__gt=now - ECHO)
    return Review.objects.visible_to(user).waiting_for_us().exclude(echo & Q(renewal=""))


def with_twilio(user: User) -> ReviewQuerySet:
    """What somebody else has to answer first."""
    theirs = Q(status=Status.IN_REVIEW) | Q(attempt_open=True) | Q(status__in=REJECTED, appealed_at__isnull=False)
    renewed = ~Q(renewal="") & ~Q(renewal__in=FOR_US)
    return Review.objects.visible_to(user).filter((theirs & Q(gone_at=None, renewal="")) | renewed)


def by_urgency(rows: ReviewQuerySet, now: datetime) -> ReviewQuerySet:
    """Soonest deadline first, then the newest. A deadline that is over presses nobody any more.

    For keyset paging by ("due", "-status_since", "-pk")."""
    return rows.annotate(due=Case(When(deadline__gt=now, then=F("deadline")), default=Value(NEVER)))


def inbox_tabs(now: datetime, drafts: list[int]) -> dict[str, Q]:
    """Which of the waiting stand under which tab, in the order of the tabs."""
    return {
        "all": ~Q(pk=None),
        "due": Q(deadline__gt=now, deadline__lt=now + SOON),
        "new": Q(status__in=REJECTED, status_since__gt=now - NEW),
        "decide": Q(status=Status.NEEDS_DECISION),
        "unknown": Q(status=Status.UNKNOWN) | ~Q(problem=""),
        "drafts": Q(pk__in=drafts),
    }


def inbox_figures(rows: ReviewQuerySet, tabs: dict[str, Q], now: datetime) -> dict[str, Any]:
    """The count of each tab and the soonest deadline, in one statement."""
    counts = {name: Count("pk", filter=condition) for name, condition in tabs.items()}
    return rows.aggregate(**counts, soonest=Min("deadline", filter=Q(deadline__gt=now)))


def newest_change() -> int:
    """The number of the last change written: what comes later is new to whoever looks at the page now."""
    return StatusChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def changed_after(rows: ReviewQuerySet, change: int) -> int:
    return rows.filter(changes__pk__gt=change).distinct().count()
