"""What PostgreSQL knows. Each statement reads an index of what is open, due or recent; none counts all there is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import Coalesce
from prometheus_client import Metric
from prometheus_client.core import GaugeMetricFamily

from accounts.models import TwilioAccount
from config.metrics.families import age, gauge, gauges
from reviews.freshness import freshness_over
from reviews.models import Attempt, Review, StatusChange
from reviews.status import Status
from sync import due
from sync.models import Event, EventStream

# Of what is settled only this much is counted. Events are deleted after a while, so a total would fall; and to count
# every attempt there ever was would cost more with each year.
RECENT = timedelta(hours=1)
# A database under water is not asked for long.
PATIENCE = "3s"


def tell(now: datetime) -> Sequence[Metric]:
    """Raises django.db.Error. The same number of statements however many rows there are."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}'")
        waiting = _waiting_events()
        return [_oldest_due(now, waiting), *_mirror(now), *_events(now, waiting), *_attempts(now)]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Events nobody has worked on yet."""

    count: int
    since: datetime | None


def _oldest_due(now: datetime, waiting: Waiting) -> Metric:
    since = {
        "attempts": _first(due.due_attempts(now), "due_at"),
        "plans": _first(due.due_renewals(now), "due_at"),
        "items": _first(due.due_reviews(now), "next_check_at"),
        "accounts": _first(due.due_accounts(now), "next_poll_at"),
        "events": waiting.since,
        "announcements": _first(StatusChange.objects.filter(announced_at=None), "at", by="pk"),
    }
    says = "How long the oldest work of this sort has been due, as the sweeps find it; 0 where none is."
    ages = {work: age(moment, now) for work, moment in since.items()}
    return gauges("redress_oldest_due_age_seconds", says, "work", ages)


def _mirror(now: datetime) -> list[Metric]:
    mirrored = TwilioAccount.objects.mirrored()
    told = freshness_over(mirrored, now)
    # One that was never read is as old as its connection: it must not be missing.
    oldest = mirrored.aggregate(at=Min(Coalesce("last_read_at", "connected_at")))["at"]
    in_review = Review.objects.present().filter(
        status=Status.IN_REVIEW, account__disconnected_at=None, account__status=TwilioAccount.ACTIVE
    )
    states = {"fresh": told.fresh, "stale": told.stale, "failing": told.failing}
    return [
        gauge("redress_mirror_lag_seconds", "Age of the oldest whole reading of an account.", age(oldest, now)),
        gauge(
            "redress_in_review_lag_seconds",
            "Age of the oldest reading of an item in review.",
            age(_first(in_review, "as_of"), now),
        ),
        gauges("redress_accounts", "Mirrored accounts by how their reading stands.", "state", states),
        gauge("redress_unreadable_payloads", "Payloads kept because nobody could read them.", told.unreadable),
    ]


def _events(now: datetime, waiting: Waiting) -> list[Metric]:
    recent = _counts(Event.objects.filter(received_at__gt=now - RECENT), "outcome")
    outcomes = {outcome.value or "waiting": recent.get((outcome.value,), 0) for outcome in Event.Outcome}
    streams = _counts(EventStream.objects.all(), "state")
    states = {state.value: streams.get((state.value,), 0) for state in EventStream.State}
    told = [
        gauges("redress_events_last_hour", "Events of the last hour by what came of them.", "outcome", outcomes),
        gauge("redress_events_waiting", "Events nobody has worked on yet.", waiting.count),
        gauges("redress_event_streams", "Accounts with events switched on, by state.", "state", states),
    ]
    if last := EventStream.objects.aggregate(at=Max("last_event_at"))["at"]:
        name = "redress_event_last_received_timestamp_seconds"
        told.append(gauge(name, "When the last event came, in seconds since 1970.", last.timestamp()))
    return told


def _attempts(now: datetime) -> list[Metric]:
    open_ones = _counts(Attempt.objects.filter(state__in=Attempt.OPEN), "state")
    states = {state.value: open_ones.get((state.value,), 0) for state in Attempt.OPEN}
    settled = GaugeMetricFamily(
        "redress_attempts_settled_last_hour",
        "Attempts that ended in the last hour, by how and by where they were made.",
        labels=["state", "origin"],
    )
    recent = _counts(Attempt.objects.filter(settled_at__gt=now - RECENT), "state", "origin")
    for state in sorted(set(Attempt.State) - set(Attempt.OPEN)):
        for origin in (Attempt.HERE, Attempt.ELSEWHERE):
            settled.add_metric([state.value, origin], recent.get((state.value, origin), 0))
    return [gauges("redress_attempts_open", "Attempts that are not settled yet.", "state", states), settled]


def _waiting_events() -> Waiting:
    """Of accounts whose events are switched on: in others nobody works on what waits."""
    heard = Event.objects.filter(outcome=Event.Outcome.WAITING, account__in=EventStream.objects.values("pk"))
    # Both in one: alone, the oldest would be looked for by age, through every event that was ever settled.
    return Waiting(**heard.aggregate(count=Count("pk"), since=Min("received_at")))


def _first(rows: QuerySet[Any], moment: str, *, by: str = "") -> datetime | None:
    """The earliest moment, in the order of the index that has them. Path not taken: MIN over a join reads every row."""
    first: datetime | None = rows.order_by(by or moment).values_list(moment, flat=True).first()
    return first


def _counts(rows: QuerySet[Any], *names: str) -> dict[tuple[str, ...], int]:
    return {tuple(key): count for *key, count in rows.order_by().values_list(*names).annotate(count=Count("*"))}
