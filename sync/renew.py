"""Carrying a plan to Twilio: delete, wait for the brand, create. Written down before each call, settled after it.

DELETING  read first, then deleted: a 204 or a 404 means gone. Without an answer it is read again, and deleted again if
          it still stands. Twice does no harm, as long as what stands is what was confirmed: so that is compared.
DELETED   waits for the brand where it has to be approved first, else for a person.
CREATING  looked for, then created, once. Silent beyond its lease, or without an answer: looked for on a schedule, never
          sent again. Found: CREATED. Not found to the end, or refused: DELETED again, and a person may press again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.secrets import SealBroken
from reviews import renewals
from reviews.contract import Awaited, Kind, Renewable, Unreadable
from reviews.kinds import kind_of
from reviews.models import Renewal, Review, Source
from sync.apply import apply
from sync.remote import twilio_for
from sync.send import LONGEST_WAIT, wait_after, words_of
from twilio_api.answer import Answer
from twilio_api.errors import Ambiguous, Gone, Refused, Throttled, TwilioError, Unreachable

log = structlog.get_logger(__name__)
State = Renewal.State

CREATED = 201
# What a worker says that has only looked so far.
NOT_SENT = None
NEVER_CAME = "Looked for until the end and not found: the new one was never made, and nothing was spent."
CHANGED = "It changed at Twilio after the deletion was confirmed. Nothing was deleted: look at it and confirm again."


def carry(renewal_id: int) -> None:
    """Does whatever this plan needs next. Safe to call at any time, any number of times."""
    renewal, now = Renewal.objects.filter(pk=renewal_id).first(), timezone.now()
    if renewal is None or renewal.due_at is None or renewal.due_at > now:
        return
    if renewal.state == State.DELETING:
        _delete(renewal, now)
    elif renewal.state == State.DELETED:
        _ask_for_the_brand(renewal, now)
    elif renewal.is_in_doubt:
        _look(renewal, now)
    elif renewal.state == State.CREATING:
        _create(renewal, now)


def awaited_by(renewal: Renewal, review: Review, renewable: Renewable) -> Awaited | None:
    """What has to be approved before the text as it is typed now can be sent."""
    submission = renewable.form_class.draft_of(renewal.fields).as_submission()
    since = renewal.deleted_at or timezone.now() if renewal.brand_first else None
    return renewable.awaited(review, submission, since)


# --- deleting ---


def _delete(renewal: Renewal, now: datetime) -> None:
    if not renewals.claim(renewal.pk, State.DELETING, now):
        return
    review = Review.objects.with_names().get(pk=renewal.review_id)
    kind, renewable = _kind_of(review)
    log.info("renewal_deleting", renewal=renewal.pk, review=review.pk)
    try:
        twilio = twilio_for(review.account)
        answer = kind.fetch(twilio, review)
        if _is_as_confirmed(renewal, kind, answer) and renewals.mark_deleting(renewal.pk, timezone.now()):
            renewable.delete(twilio, review)
            _deleted(renewal, renewable)
    except Gone:
        _deleted(renewal, renewable)
    except (Throttled, Unreachable, Ambiguous) as error:
        _delete_later(renewal, error)
    except (Refused, SealBroken, Unreadable) as error:
        _not_deleted(renewal, words_of(error), **_told(error))


def _is_as_confirmed(renewal: Renewal, kind: Kind, answer: Answer) -> bool:
    """What stands is what the person saw. Else nothing is deleted: it may carry traffic by now, or be a new one."""
    with _locked(renewal.pk) as (locked, review):
        was, now = kind.read(locked.snapshot), kind.read(answer.payload)
        same = (was.created, was.twilio_status, dict(was.submission)) == (
            now.created,
            now.twilio_status,
            dict(now.submission),
        )
        if not same and locked.state == State.DELETING:
            renewals.back_to_plan(locked, review, CHANGED)
        apply(review.account, kind, [answer], Source.ATTEMPT)
        return same


def _deleted(renewal: Renewal, renewable: Renewable) -> None:
    with _locked(renewal.pk) as (locked, review):
        if locked.state == State.DELETING:
            locked.deleted_at = timezone.now()
            renewals.deleted(locked, review, locked.deleted_at, awaited_by(locked, review, renewable))


def _delete_later(renewal: Renewal, error: TwilioError) -> None:
    with _locked(renewal.pk) as (locked, _):
        if locked.state == State.DELETING:
            renewals.later(locked, timezone.now() + wait_after(locked.tries, error), str(error))


def _not_deleted(renewal: Renewal, why: str, **told: Any) -> None:
    with _locked(renewal.pk) as (locked, review):
        if locked.state == State.DELETING:
            renewals.back_to_plan(locked, review, f"Nothing was deleted. {why}", **told)


def _ask_for_the_brand(renewal: Renewal, now: datetime) -> None:
    if renewals.claim(renewal.pk, State.DELETED, now):
        with _locked(renewal.pk) as (locked, review):
            if locked.state == State.DELETED:
                _, renewable = _kind_of(review)
                renewals.wait(locked, review, awaited_by(locked, review, renewable))


# --- creating ---


def _create(renewal: Renewal, now: datetime) -> None:
    if not renewals.claim(renewal.pk, State.CREATING, now) or not _is_still_agreed(renewal):
        return
    renewal.refresh_from_db()
    review = Review.objects.with_names().get(pk=renewal.review_id)
    kind, renewable = _kind_of(review)
    try:
        twilio = twilio_for(review.account)
        found = renewable.find(twilio, review, renewal.renewing)
    except (Refused, SealBroken) as error:
        _refused(renewal, error, NOT_SENT)
    except TwilioError as error:
        _create_later(renewal, error, NOT_SENT)
    else:
        _created(renewal, kind, found) if found else _send(renewal, review, kind, renewable)


def _send(renewal: Renewal, review: Review, kind: Kind, renewable: Renewable) -> None:
    """The one call that creates. True once for each time a person has pressed."""
    twilio, sent_at = twilio_for(review.account), timezone.now()
    if not renewals.mark_creating(renewal.pk, sent_at):
        return
    log.info("renewal_creating", renewal=renewal.pk, review=review.pk)
    try:
        answer = renewable.create(twilio, review, renewal.renewing)
    except (Throttled, Unreachable) as error:
        _create_later(renewal, error, sent_at)
    except Ambiguous as error:
        _doubt(renewal, str(error), sent_at)
    except (Refused, SealBroken) as error:
        _refused(renewal, error, sent_at)
    else:
        _created(renewal, kind, answer)


def _is_still_agreed(renewal: Renewal) -> bool:
    """A person agreed to this text at this price, with the brand approved. If any of it changed, it is not sent."""
    with _locked(renewal.pk) as (locked, review):
        if not _is_ours(locked, NOT_SENT):
            return False
        _, renewable = _kind_of(review)
        why = _no_longer_agreed(locked, review, renewable)
        if why:
            renewals.not_created(locked, review, f"{why} Nothing was sent and nothing was spent.")
        return not why


def _no_longer_agreed(renewal: Renewal, review: Review, renewable: Renewable) -> str:
    alone = copy(review)
    alone.renewal = ""
    offer = renewable.offer(alone)
    if offer.hindrance:
        return offer.hindrance
    if offer.charge.fee > renewal.fee:
        return f"It costs ${offer.charge.fee:.2f} now, and that was not agreed to."
    since = renewal.deleted_at if renewal.brand_first else None
    awaited = renewable.awaited(review, renewal.submission, since)
    return awaited.words if awaited else ""


def _created(renewal: Renewal, kind: Kind, answer: Answer) -> None:
    """The answer goes through the one door like any other, and there the plan ends: whoever sees the new one first,
    this call or a poll."""
    with _locked(renewal.pk) as (locked, review):
        if locked.state == State.CREATING and answer.status == CREATED:
            locked.answer_status, locked.answer = answer.status, "Twilio took the new one."
            locked.request_id = answer.request_id[:40]
            locked.save(update_fields=["answer_status", "request_id", "answer"])
        apply(review.account, kind, [answer], Source.ATTEMPT)


def _create_later(renewal: Renewal, error: TwilioError, sent_at: datetime | None) -> None:
    with _locked(renewal.pk) as (locked, _):
        if _is_ours(locked, sent_at):
            renewals.unsent(locked, timezone.now() + wait_after(locked.tries, error), str(error))


def _doubt(renewal: Renewal, why: str, sent_at: datetime) -> None:
    with _locked(renewal.pk) as (locked, _):
        if _is_ours(locked, sent_at):
            renewals.later(locked, timezone.now() + timedelta(seconds=settings.READ_BACK_SECONDS[0]), why)


def _refused(renewal: Renewal, error: Refused | SealBroken, sent_at: datetime | None) -> None:
    with _locked(renewal.pk) as (locked, review):
        if _is_ours(locked, sent_at):
            renewals.not_created(locked, review, words_of(error), **_told(error))


def _is_ours(renewal: Renewal, sent_at: datetime | None) -> bool:
    """Whether the call that stands written down is still the one this worker made at `sent_at`. A worker that came
    late knows nothing of what another has sent meanwhile, and must not take its mark away."""
    return renewal.state == State.CREATING and renewal.create_sent_at == sent_at


def _look(renewal: Renewal, now: datetime) -> None:
    if not renewals.claim_look(renewal.pk, now):
        return
    review = Review.objects.with_names().get(pk=renewal.review_id)
    kind, renewable = _kind_of(review)
    try:
        found = renewable.find(twilio_for(review.account), review, renewal.renewing)
    except (TwilioError, SealBroken) as error:
        _look_again(renewal, str(error), counted=False)
        return
    if found:
        _created(renewal, kind, found)
    else:
        _look_again(renewal, renewal.answer, counted=True)


def _look_again(renewal: Renewal, why: str, *, counted: bool) -> None:
    """Waits for the next look, or gives up after the last: Twilio had its whole time."""
    waits, now = settings.READ_BACK_SECONDS, timezone.now()
    with _locked(renewal.pk) as (locked, review):
        if not locked.is_in_doubt:
            return
        locked.reads -= not counted
        age = (now - (locked.create_sent_at or now)).total_seconds()
        if counted and locked.reads >= len(waits) and age >= sum(waits):
            renewals.not_created(locked, review, NEVER_CAME)
            return
        wait = float(waits[min(locked.reads, len(waits) - 1)])
        # Twilio or the account's credentials are away, perhaps for days: look ever less often, never give up.
        wait = wait if counted else max(wait, min(age / 4, LONGEST_WAIT))
        locked.save(update_fields=["reads"])
        renewals.later(locked, now + timedelta(seconds=wait), why)


def _kind_of(review: Review) -> tuple[Kind, Renewable]:
    kind = kind_of(review.kind)
    if kind.renewal is None:
        raise ValueError(f"{kind.label} is not made anew here.")
    return kind, kind.renewal


def _told(error: Exception) -> dict[str, Any]:
    return {"answer_status": error.status, "answer_code": error.code} if isinstance(error, Refused) else {}


@contextmanager
def _locked(renewal_id: int) -> Iterator[tuple[Renewal, Review]]:
    """A short transaction that holds the review's row and then the plan's, in that order everywhere."""
    with transaction.atomic():
        review = Review.objects.select_for_update(of=("self",)).with_names().get(renewals=renewal_id)
        yield Renewal.objects.select_for_update().get(pk=renewal_id), review
