"""What people type, kept as they type it. Each person has their own draft of a review; nobody overwrites another's."""

from collections.abc import Mapping
from datetime import timedelta
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


@transaction.atomic
def keep(
    review: Review, user: User, fields: Mapping[str, Any], based_on: Submission, revision: int, *, over: bool = False
) -> Draft:
    """Saves what was typed. `revision` is the one the window knows, 0 for none. Raises NewerDraft when it is old,
    unless the person has chosen to write `over` the newer text."""
    mine = Draft.objects.select_for_update().filter(review=review, user=user).first()
    if mine is None:
        return _create(review, user, fields, based_on)
    if mine.discarded_at is None and mine.fields == fields and not over:
        # The same text from a second click, or from saving while one types: nobody has lost anything.
        return mine
    # A window that was opened after the draft was discarded knows of none, and begins anew.
    knows_it = mine.revision == revision or (revision == 0 and mine.discarded_at is not None)
    if not knows_it and not over:
        raise NewerDraft(mine)
    if mine.discarded_at or over:
        mine.based_on = dict(based_on)
    if mine.discarded_at:
        mine.started_at, mine.discarded_at = timezone.now(), None
    mine.fields, mine.revision, mine.updated_at = dict(fields), mine.revision + 1, timezone.now()
    mine.save(update_fields=["fields", "based_on", "revision", "started_at", "updated_at", "discarded_at"])
    return mine


def accept_change(review: Review, user: User, stands: Submission) -> None:
    """The person has seen what Twilio shows now: their draft counts as based on that."""
    Draft.objects.kept().filter(review=review, user=user).update(based_on=dict(stands), revision=F("revision") + 1)


def discard(review: Review, user: User) -> None:
    Draft.objects.kept().filter(review=review, user=user).update(discarded_at=timezone.now())


def sent(draft: Draft) -> None:
    """The text lives in an attempt now. One that another window has saved since is not that text, and stays."""
    Draft.objects.kept().filter(pk=draft.pk, revision=draft.revision).update(discarded_at=timezone.now())


def restore(review: Review, user: User) -> bool:
    """Undoes `discard`. False when there is nothing to bring back."""
    return bool(Draft.objects.filter(review=review, user=user).exclude(discarded_at=None).update(discarded_at=None))


def others_at_work(review: Review, user: User) -> list[Draft]:
    return list(Draft.objects.others_at_work(review, user, timezone.now() - AT_WORK))


def sealed(review: Review, submission: Submission) -> str:
    """What stood at Twilio when a page was made, carried in its form so that a later change is noticed."""
    return signing.dumps(dict(submission), salt=f"{SALT}:{review.pk}", compress=True)


def unsealed(review: Review, token: str) -> Submission | None:
    """The submission that `sealed` carried; None when the token is not one of ours for this review."""
    try:
        carried: dict[str, Any] = signing.loads(token, salt=f"{SALT}:{review.pk}")
    except signing.BadSignature:
        return None
    return carried


def _create(review: Review, user: User, fields: Mapping[str, Any], based_on: Submission) -> Draft:
    try:
        with transaction.atomic():
            return Draft.objects.create(review=review, user=user, fields=dict(fields), based_on=dict(based_on))
    except IntegrityError:
        # Two first saves at once: the other one won, and this window has to be told.
        other = Draft.objects.get(review=review, user=user)
        if other.fields == fields:
            return other
        raise NewerDraft(other) from None
