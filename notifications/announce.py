"""Telling people what changed: changes become notices in one transaction, notices become one mail per person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.template.loader import render_to_string
from django.utils import timezone

from accounts.models import User
from notifications.models import Notice
from reviews.kinds import kind_of
from reviews.models import StatusChange
from reviews.status import REJECTED, Status

# A change to these is news; that something went back into review is not.
TOLD: Final = (*REJECTED, Status.APPROVED, Status.STOPPED)
BATCH: Final = 500
# More than this and a mail helps nobody: the inbox has them all.
MOST_IN_A_MAIL: Final = 100
MOST_TRIES: Final = 5
# Whoever took notices and said nothing for so long is dead: longer than any task may run.
LEASE: Final = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class Line:
    """One change, as the mail tells it."""

    what: str
    twilio_word: str
    who: str
    which: str
    codes: str
    deadline: datetime | None
    review_id: int


@transaction.atomic
def write_notices() -> int:
    """Takes changes nobody was told of and writes down whom to tell. Returns how many changes were taken.

    Safe to run side by side: each change is taken once, by whoever comes first.
    """
    fresh = StatusChange.objects.filter(announced_at=None).select_related("review").order_by("pk")
    changes = list(fresh.select_for_update(skip_locked=True, of=("self",))[:BATCH])
    readers = _readers()
    Notice.objects.bulk_create(
        [
            Notice(change=change, person=person, channel=Notice.Channel.EMAIL)
            for change in changes
            if change.new_status in TOLD
            for person, customers in readers
            if person.all_customers or change.review.customer_id in customers
        ],
        ignore_conflicts=True,
    )
    StatusChange.objects.filter(pk__in=[change.pk for change in changes]).update(announced_at=timezone.now())
    return len(changes)


def people_to_mail() -> list[int]:
    """Those with notices that were not sent and may be tried again."""
    waiting = _waiting().filter(person__is_active=True, person__alerts_on=True)
    return list(waiting.order_by().values_list("person", flat=True).distinct())


def mail(person_id: int) -> int:
    """Sends one mail with everything this person was not told yet. Returns how many notices it holds; 0 sends nothing.

    A mail that cannot be sent leaves its error with its notices, and they wait for the next turn. Where a worker died
    over a mail nobody knows whether it left: its notices stand in the next one, which says so.
    """
    notices = _take(person_id)
    if not notices:
        return 0
    try:
        send_mail(_subject(notices), _text(notices), None, [notices[0].person.email])
    except OSError as error:  # smtplib's errors and those of the network are among these
        _give_back(notices, error)
        return 0
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=timezone.now())
    return len(notices)


def _waiting() -> QuerySet[Notice]:
    """Not sent, and nobody who lives is sending them."""
    free = Q(taken_at=None) | Q(taken_at__lt=timezone.now() - LEASE)
    return Notice.objects.filter(free, sent_at=None, tries__lt=MOST_TRIES)


def _readers() -> list[tuple[User, set[int]]]:
    people = User.objects.filter(is_active=True, alerts_on=True).prefetch_related("customers").order_by("pk")
    return [(person, {customer.pk for customer in person.customers.all()}) for person in people]


@transaction.atomic
def _take(person_id: int) -> list[Notice]:
    """Each with the moment an earlier worker took it that never came back: then it is in doubt."""
    waiting = _waiting().filter(person=person_id).order_by("pk")
    waiting = waiting.select_related("person", "change__review__customer")
    notices = list(waiting.select_for_update(skip_locked=True, of=("self",))[:MOST_IN_A_MAIL])
    taken = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    taken.update(taken_at=timezone.now(), tries=F("tries") + 1, error="")
    return notices


def _give_back(notices: Iterable[Notice], error: Exception) -> None:
    unsent = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
    unsent.update(taken_at=None, error=f"{type(error).__name__}: {error}"[:300])


def _subject(notices: Sequence[Notice]) -> str:
    """ "2 need a fix, 1 approved": what matters is read before the mail is opened."""
    counts = Counter(notice.change.new_status for notice in notices)
    return "Redress: " + ", ".join(f"{counts[status]} {WORDS[status]}" for status in TOLD if counts[status])


WORDS: Final = {
    Status.NEEDS_FIX: "to fix",
    Status.NEEDS_DECISION: "to decide",
    Status.APPROVED: "approved",
    Status.STOPPED: "stopped",
}


def _text(notices: Sequence[Notice]) -> str:
    shown = {
        "lines": [_line(notice.change) for notice in notices if not notice.taken_at],
        "doubtful": [_line(notice.change) for notice in notices if notice.taken_at],
        "base": settings.PUBLIC_BASE_URL,
    }
    return render_to_string("notifications/mail/changes.txt", shown)


def _line(change: StatusChange) -> Line:
    review = change.review
    return Line(
        what=Status(change.new_status).label,
        twilio_word=change.new_twilio_status,
        who=review.customer.name,
        which=f"{kind_of(review.kind).label.lower()} {review.title}",
        codes=", ".join(map(str, change.codes)) if change.new_status in REJECTED else "",
        deadline=review.deadline if change.new_status in REJECTED else None,
        review_id=review.pk,
    )
