"""The same code twice in a row: what the last submission changed, and whether it touched what was flagged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from reviews.contract import FieldChange
from reviews.flags import flagged_keys
from reviews.kinds import kind_of
from reviews.models import Attempt, Review
from reviews.status import REJECTED
from reviews.verdicts import is_echo
from rulebook.fields import label_of


@dataclass(frozen=True, slots=True)
class Repeat:
    """The last accepted submission came back with codes it had been rejected with before."""

    codes: tuple[int, ...]
    attempt: Attempt
    # Labels of what that submission changed, and of what these codes flag and it left as it was.
    changed: tuple[str, ...]
    untouched: tuple[str, ...]


def repeat_of(review: Review, attempts: Iterable[Attempt], now: datetime) -> Repeat | None:
    """None where the last submission was no rejected one, or was rejected for other reasons."""
    # What was tried on a registration that was deleted since is another matter.
    ours = (one for one in attempts if review.renewed_at is None or one.created_at >= review.renewed_at)
    accepted = (attempt for attempt in ours if attempt.state == Attempt.State.ACCEPTED)
    last = next(accepted, None)
    if last is None or not review.is_rejected or is_echo(review, now):
        return None
    before = _codes_before(review, last)
    codes = tuple(dict.fromkeys(reason.code for reason in review.reasons if reason.code in before and reason.code))
    return _repeat(review, last, codes) if codes else None


def _codes_before(review: Review, attempt: Attempt) -> list[int]:
    """Of the rejection that the attempt answered."""
    answered = review.changes.filter(at__lt=attempt.created_at, new_status__in=REJECTED).first()
    return answered.codes if answered else []


def _repeat(review: Review, attempt: Attempt, codes: tuple[int, ...]) -> Repeat:
    fields = kind_of(review.kind).compare(attempt.before, attempt.submission)
    changed = [field for field in fields if field.is_changed]
    touched = {_flagged_as(field) for field in changed} | {field.key for field in changed}
    editable = {_flagged_as(field) for field in fields} | {field.key for field in fields}
    flagged = [key for key, by in flagged_keys(review).items() if set(by) & set(codes) and key in editable]
    untouched = tuple(label_of(review.kind, key) for key in flagged if key not in touched)
    return Repeat(codes, attempt, tuple(field.label for field in changed), untouched)


def _flagged_as(field: FieldChange) -> str:
    """Twilio flags all samples together."""
    return "message_samples" if field.key.startswith("sample_") else field.key
