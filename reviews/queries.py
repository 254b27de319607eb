"""What the lists ask of the database. Everything here is scoped to a person's customers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, F, Func, IntegerField, Model, Q, QuerySet, Subquery
from django.db.models.functions import Cast, Coalesce

from accounts.models import User
from reviews.models import Review, ReviewQuerySet, StatusChange
from reviews.paging import Stretch
from reviews.renewal_models import FOR_US
from reviews.status import REJECTED, Status
from reviews.verdicts import ECHO
from reviews.words import SOON

# A rejection is new for this long.
NEW = timedelta(hours=24)
# More than this is "999+": a number nobody reads is not worth counting on every page.
MOST_COUNTED = 999
NEWEST = ("-status_since", "-pk")


@dataclass(frozen=True, slots=True)
class Bounded:
    """A count that stops counting: "812", or "1,000+" where there are more."""

    number: int
    is_more: bool

    def __str__(self) -> str:
        return f"{self.number:,}+" if self.is_more else f"{self.number:,}"

    def __bool__(self) -> bool:
        return self.number > 0


def bounded_count(rows: QuerySet[Any], most: int) -> Bounded:
    return _bounded(rows.order_by()[: most + 1].count(), most)


def bounded_counts(beside: Model, rows: Mapping[str, QuerySet[Any]], most: int) -> dict[str, Bounded]:
    """Several of them in one statement, by their names; `beside` is any row that is there to be read with them."""
    counted = {f"count_of_{name}": _counted(found, most) for name, found in rows.items()}
    row: dict[str, Any] = {**beside.__class__._base_manager.filter(pk=beside.pk).values(**counted).get()}
    return {name: _bounded(row[f"count_of_{name}"], most) for name in rows}


def added(counts: Iterable[Bounded]) -> Bounded:
    """What they come to together."""
    known = list(counts)
    return Bounded(sum(count.number for count in known), is_more=any(count.is_more for count in known))


def first_value(rows: QuerySet[Any], column: str) -> Subquery:
    """The least value of this column, as an expression: the first that its index holds."""
    return Subquery(rows.order_by(column).values(column)[:1])


def _counted(rows: QuerySet[Any], most: int) -> Coalesce:
    """As far as it is worth counting, as an expression."""
    found = Cast(ArraySubquery(rows.order_by().values("pk")[: most + 1]), ArrayField(BigIntegerField()))
    return Coalesce(Func(found, function="cardinality"), 0, output_field=IntegerField())


def _bounded(counted: int, most: int) -> Bounded:
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


def by_urgency(rows: ReviewQuerySet, now: datetime) -> list[Stretch[Review]]:
    """Soonest deadline first, then the newest. A deadline that is over presses nobody any more."""
    return [
        Stretch(rows.filter(deadline__gt=now), ("deadline", *NEWEST)),
        Stretch(rows.exclude(deadline__gt=now), NEWEST),
    ]


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


def inbox_counts(user: User, rows: ReviewQuerySet, tabs: Mapping[str, Q]) -> dict[str, Bounded]:
    """How many of the waiting stand under each tab."""
    return bounded_counts(user, {name: rows.filter(condition) for name, condition in tabs.items()}, MOST_COUNTED)


def soonest_deadline(rows: ReviewQuerySet, now: datetime) -> datetime | None:
    return rows.filter(deadline__gt=now).order_by("deadline").values_list("deadline", flat=True).first()


def newest_change() -> int:
    """The number of the last change written: what comes later is new to whoever looks at the page now."""
    return StatusChange.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def changed_after(rows: ReviewQuerySet, change: int) -> int:
    """How many of these changed, of the newest changes at least."""
    newest = StatusChange.objects.filter(pk__gt=change).order_by("-pk").values("review")[: MOST_COUNTED + 1]
    return rows.filter(pk__in=newest).count()
