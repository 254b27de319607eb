"""The only place that writes a review's status. Each function runs inside a transaction that holds the review's row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from accounts.models import Assignment, TwilioAccount
from reviews import bulk
from reviews.contract import Reading
from reviews.models import Review, Source, StatusChange
from reviews.payloads import moment_of
from reviews.schedule import next_check
from reviews.status import Status


@dataclass(frozen=True, slots=True)
class Sight:
    """A reading with the moment it is true for and the digest of its payload."""

    reading: Reading
    as_of: datetime
    digest: str


def add(account: TwilioAccount, kind: str, sights: Sequence[Sight], source: Source) -> Sequence[Review]:
    """Writes reviews nobody saw before, in three statements. Their first change is born announced:
    importing five thousand old rejections tells nobody anything."""
    customers = dict(Assignment.objects.filter(account=account).values_list("subject_sid", "customer_id"))
    reviews = bulk.insert([_new(account, kind, sight, customers) for sight in sights])
    bulk.insert(
        [_change(review, None, sight, source, announced=True) for review, sight in zip(reviews, sights, strict=True)]
    )
    return reviews


def refresh(reviews: Iterable[tuple[Review, datetime]]) -> None:
    """Notes that these are still as we know them, at their new moments: one statement where their account is joined."""
    now = timezone.now()
    refreshed = []
    for review, as_of in reviews:
        review.as_of, review.next_check_at = as_of, _next_check(review, now)
        review.gone_at, review.problem = None, ""
        refreshed.append(review)
    bulk.update(refreshed, ["as_of", "next_check_at", "gone_at", "problem"])


def move(moved: Sequence[tuple[Review, Sight]], source: Source) -> int:
    """Takes over what Twilio shows now, in two statements. Returns how many changes were written: one for each, but
    where only small print differs."""
    changes = [change for review, sight in moved if (change := _moved(review, sight, source))]
    bulk.update([review for review, _ in moved], MOVED_FIELDS)
    bulk.insert(changes)
    return len(changes)


def _moved(review: Review, sight: Sight, source: Source) -> StatusChange | None:
    change = _change(review, review, sight, source) if _differs(review, sight.reading) else None
    _take_over(review, sight, restart_clock=change is not None)
    if change:
        # Whatever an appeal asked for, this is what came: it is ours to look at again.
        review.appealed_at = None
    return change


def reweigh(review: Review, status: Status) -> None:
    """Takes over what the same word and reasons come to by other house rules. It has stood as long as before, and
    nobody is told: those who set the rule know."""
    StatusChange.objects.create(
        review=review,
        source=Source.HOUSE,
        old_status=review.status,
        new_status=status,
        old_twilio_status=review.twilio_status,
        new_twilio_status=review.twilio_status,
        rejections=review.rejections,
        old_digest=review.digest,
        new_digest=review.digest,
        announced_at=timezone.now(),
    )
    review.status = status
    review.next_check_at = _next_check(review, timezone.now())
    review.save(update_fields=["status", "next_check_at"])


def mark_gone(review: Review, at: datetime) -> None:
    """Twilio has it no more. The row, its text and its history stay."""
    if review.gone_at is None:
        review.gone_at, review.as_of = at, at
        review.next_check_at = None
        review.save(update_fields=["gone_at", "as_of", "next_check_at"])


def mark_unreadable(reviews: Iterable[Review], problem: str) -> None:
    """The last good answer stays, with a mark that a newer one could not be read; as_of does not move. It is asked for
    again as often as if it could be: a statement each, where their account is joined."""
    now = timezone.now()
    for review in reviews:
        review.problem = problem[:300]
        review.next_check_at = None if review.gone_at else _next_check(review, now)
        review.save(update_fields=["problem", "next_check_at"])


MOVED_FIELDS = [
    "sid", "owner_sids", "title", "detail", "status", "twilio_status", "status_since", "rejections", "codes",
    "deadline", "editable", "digest", "as_of", "next_check_at", "gone_at", "problem",
    "appealed_at",
]  # fmt: skip


def _new(account: TwilioAccount, kind: str, sight: Sight, customers: dict[str, int]) -> Review:
    owner = next((customers[sid] for sid in sight.reading.owner_sids if sid in customers), account.customer_id)
    review = Review(account=account, kind=kind, remote_key=sight.reading.remote_key, customer_id=owner)
    _take_over(review, sight, restart_clock=True)
    # It had this status before we first looked: at least since Twilio last touched it.
    review.status_since = min(sight.as_of, moment_of(sight.reading.updated) or sight.as_of)
    review.next_check_at = _next_check(review, timezone.now())
    return review


def _take_over(review: Review, sight: Sight, *, restart_clock: bool) -> None:
    reading = sight.reading
    review.sid, review.owner_sids = reading.sid, list(reading.owner_sids)
    review.title, review.detail = reading.title[:200], reading.detail[:200]
    review.status, review.twilio_status = reading.status, reading.twilio_status[:100]
    review.rejections = [reason.as_json() for reason in reading.rejections]
    review.codes = list(dict.fromkeys(r.code for r in reading.rejections if r.code is not None))
    review.deadline, review.editable = reading.deadline, reading.editable
    review.digest, review.as_of = sight.digest, sight.as_of
    review.gone_at, review.problem = None, ""
    if restart_clock:
        review.status_since = sight.as_of
    review.next_check_at = _next_check(review, timezone.now())


def _next_check(review: Review, now: datetime) -> datetime:
    hears = review.account.hears_events
    return next_check(review.status, review.status_since, now, key=review.remote_key, hears=hears)


def _differs(review: Review, reading: Reading) -> bool:
    shown = [reason.as_json() for reason in reading.rejections]
    return (review.status, review.twilio_status, review.rejections) != (
        reading.status,
        reading.twilio_status[:100],
        shown,
    )


def _change(
    review: Review, old: Review | None, sight: Sight, source: Source, *, announced: bool = False
) -> StatusChange:
    return StatusChange(
        review=review,
        at=sight.as_of,
        source=source,
        old_status=old.status if old else "",
        new_status=sight.reading.status,
        old_twilio_status=old.twilio_status if old else "",
        new_twilio_status=sight.reading.twilio_status[:100],
        rejections=[reason.as_json() for reason in sight.reading.rejections],
        old_digest=old.digest if old else "",
        new_digest=sight.digest,
        announced_at=timezone.now() if announced else None,
    )
