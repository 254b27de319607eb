"""When a clock was wrong: what it wrote down is set right, so that nothing stands still until the day it names.

A machine's clock that jumps an hour ahead, and back, leaves turns an hour away, leases nobody holds, and answers that
look newer than all that come after them. Each row of settings.SET_RIGHT names a function that brings one table back to
now: what has happened cannot lie ahead, and no turn lies further away than its longest pause. Each does nothing where
all clocks go right, and may run as often as one likes.
"""

from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

import structlog
from django.conf import settings
from django.db import connection
from django.db.models import Model, Q, QuerySet
from django.utils.module_loading import import_string

from accounts.models import TwilioAccount
from reviews import attempts as attempt_rules
from reviews.locks import update_held
from reviews.models import Appeal, Attempt, Renewal, Review, StatusChange
from reviews.schedule import CLOCKS_DIFFER, NEAR, OVERDUE, longest_pause
from reviews.status import REJECTED, Status
from sync import streams as stream_rules
from sync.failures import LONGEST_RETRY
from sync.models import Event, EventStream, PollRun
from sync.whole import LEASE

log = structlog.get_logger(__name__)

# No attempt, plan or event waits longer than this by itself: half an hour is the longest, for an approval.
LONGEST_WAIT = timedelta(minutes=31)
# An account that nobody has read yet is read at once, or as soon as Twilio lets us.
UNREAD = timedelta(minutes=10)


def set_right(now: datetime) -> dict[str, int]:
    """Returns how many rows were set right, by the name of the function. Where this machine's clock has fallen behind
    that of the database, the database's counts: else all that is true would be taken for ahead."""
    now = max(now, _database_now())
    mended = {path.rpartition(".")[2]: import_string(path)(now) for path in settings.SET_RIGHT}
    if any(mended.values()):
        log.warning("clock_was_wrong", **mended)
    return mended


def reviews(now: datetime) -> int:
    """What was read by the wrong clock is read again now."""
    moments = ("as_of", "status_since", "resubmitted_at", "renewed_at")
    ahead = bring_back(Review.objects.all(), now, *moments)
    bring_back(StatusChange.objects.filter(review__in=ahead), now, "at")
    later = Review.objects.present().filter(pk__in=ahead, next_check_at__gt=now)
    read_again = update_held(later, next_check_at=now)
    return read_again + sum(
        bring_up(Review.objects.present().filter(status__in=statuses), now, "next_check_at", longest + LEASE)
        for statuses, longest in _longest_of_items()
    )


def attempts(now: datetime) -> int:
    """One that is being sent gets its time again; a worker that is alive has its answer by then."""
    open_ones = Attempt.objects.filter(state__in=Attempt.OPEN)
    sending, lease = open_ones.filter(state=Attempt.State.SENDING), attempt_rules.LEASE
    moved = len(bring_back(Attempt.objects.filter(origin=Attempt.HERE), now, "sent_at", "settled_at", "given_at"))
    moved += bring_up(sending, now, "due_at", lease * 2, to=now + lease)
    return moved + bring_up(open_ones, now, "due_at", _longest_wait())


def renewals(now: datetime) -> int:
    """The moment of a deletion counts: a brand has to be approved after it."""
    moved = len(bring_back(Renewal.objects.all(), now, "deleted_at", "create_sent_at"))
    return moved + bring_up(Renewal.objects.filter(state__in=Renewal.AT_WORK), now, "due_at", _longest_wait())


def accounts(now: datetime) -> int:
    """Those that were read by the wrong clock are read again; their own moments are long ones and prove nothing."""
    runs = bring_back(PollRun.objects.all(), now, "started_at")
    ahead = {*bring_back(TwilioAccount.objects.all(), now, "last_read_at", "failing_since")}
    ahead |= {*PollRun.objects.filter(pk__in=runs).values_list("account", flat=True)}
    moved = update_held(TwilioAccount.objects.filter(pk__in=ahead, next_poll_at__gt=now), next_poll_at=now)
    rows, settled = TwilioAccount.objects.all(), _longest(Status.APPROVED) * (1 + NEAR)
    moved += bring_up(rows, now, "lease_until", LEASE * 2)
    moved += bring_up(rows.filter(last_read_at=None, failing_since=None), now, "next_poll_at", UNREAD)
    moved += bring_up(rows.exclude(failing_since=None), now, "next_poll_at", LONGEST_RETRY + LEASE)
    return moved + bring_up(rows, now, "next_poll_at", settled + LEASE)


def streams(now: datetime) -> int:
    """And the events that came by them."""
    rows = EventStream.objects.all()
    moved = len(bring_back(rows, now, "last_event_at")) + len(bring_back(Event.objects.all(), now, "received_at"))
    moved += bring_up(rows, now, "worked_until", LONGEST_WAIT)
    moved += bring_up(rows, now, "lease_until", stream_rules.LEASE * 2)
    return moved + bring_up(rows, now, "due_at", stream_rules.ALL_WELL + stream_rules.LEASE)


def appeals(now: datetime) -> int:
    return len(bring_back(Appeal.objects.filter(state=Appeal.State.SENDING), now, "claimed_at"))


def bring_back[M: Model](rows: QuerySet[M], now: datetime, *moments: str) -> list[int]:
    """Moments of what has happened: those that lie ahead become now. Returns the rows that had one."""
    ahead = reduce(or_, (Q(**{f"{moment}__gt": now + CLOCKS_DIFFER}) for moment in moments))
    pks = list(rows.filter(ahead).values_list("pk", flat=True))
    for moment in moments if pks else ():
        update_held(rows.filter(**{"pk__in": pks, f"{moment}__gt": now}), **{moment: now})
    return pks


def bring_up(rows: QuerySet[Any], now: datetime, turn: str, longest: timedelta, *, to: datetime | None = None) -> int:
    """A turn that lies further away than its longest pause has come. Returns how many there were."""
    return update_held(rows.filter(**{f"{turn}__gt": now + longest + CLOCKS_DIFFER}), **{turn: to or now})


def _longest_of_items() -> list[tuple[tuple[str, ...], timedelta]]:
    return [
        ((Status.IN_REVIEW, Status.UNKNOWN), _longest(Status.IN_REVIEW)),
        (REJECTED, _longest(REJECTED[0])),
        ((Status.APPROVED, Status.STOPPED), _longest(Status.APPROVED) * (OVERDUE + 0.25)),
    ]


def _longest(status: str) -> timedelta:
    """With events or without: settings may make either the longer one."""
    return max(longest_pause(status), longest_pause(status, hears=True))


def _longest_wait() -> timedelta:
    return max(LONGEST_WAIT, timedelta(seconds=max(settings.READ_BACK_SECONDS)))


def _database_now() -> datetime:
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        found: datetime = cursor.fetchone()[0]
    return found
