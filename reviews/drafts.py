"""What people type, kept as they type it. Each person has their own draft of a review; nobody overwrites another's."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from reviews.contract import Submission
from reviews.models import Draft, Review

# Somebody who typed within this time counts as being at work on the item.
AT_WORK = timedelta(minutes=15)
SALT = "reviews.drafts.based_on"


class NewerDraft(Exception):
    """Another window of the same person has saved a newer text. Nothing was overwritten."""

    def __init__(self, draft: Draft) -> None:
        super().__init__("A newer text was saved in another window.")
        self.draft = draft


def draft_of(review: Review, user: User) -> Draft | None:
    return Draft.objects.kept().filter(review=review, user=user).first()


def keep(review: Review, user: User, fields: Mapping[str, Any], based_on: Submission, revision: int) -> Draft:
    """Saves what was typed. `revision` is the one the window knows, 0 for none. Raises NewerDraft when it is old."""
    mine = Draft.objects.filter(review=review, user=user)
    now = timezone.now()
    changed = {"fields": dict(fields), "revision": F("revision") + 1, "updated_at": now}
    if mine.kept().filter(revision=revision).update(**changed):
        return mine.get()
    if (existing := mine.first()) is None:
        return _create(review, user, fields, based_on, now)
    if existing.discarded_at is None:
        raise NewerDraft(existing)
    mine.update(**changed, based_on=dict(based_on), started_at=now, discarded_at=None)
    return mine.get()


def accept_change(review: Review, user: User, stands: Submission) -> None:
    """The person has seen what Twilio shows now: their draft counts as based on that."""
    Draft.objects.kept().filter(review=review, user=user).update(based_on=dict(stands), revision=F("revision") + 1)


def discard(review: Review, user: User) -> None:
    Draft.objects.kept().filter(review=review, user=user).update(discarded_at=timezone.now())


def restore(review: Review, user: User) -> bool:
    """Undoes `discard`. False when there is nothing to bring back."""
    return bool(Draft.objects.filter(review=review, user=user).exclude(discarded_at=None).update(discarded_at=None))


def others_at_work(review: Review, user: User) -> list[Draft]:
    return list(Draft.objects.others_at_work(review, user, timezone.now() - AT_WORK))


def sealed(submission: Submission) -> str:
    """What stood at Twilio when a page was made, carried in its form so that a later change is noticed."""
    return signing.dumps(dict(submission), salt=SALT, compress=True)


def unsealed(token: str, otherwise: Submission) -> Submission:
    """The submission that `sealed` carried, or `otherwise` when the token is not one of ours."""
    try:
        carried: dict[str, Any] = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return otherwise
    return carried


def _create(review: Review, user: User, fields: Mapping[str, Any], based_on: Submission, now: datetime) -> Draft:
    try:
        with transaction.atomic():
            return Draft.objects.create(
                review=review, user=user, fields=dict(fields), based_on=dict(based_on), started_at=now, updated_at=now
            )
    except IntegrityError:
        # Two first saves at once: the other one won, and this window has to be told.
        raise NewerDraft(Draft.objects.get(review=review, user=user)) from None
