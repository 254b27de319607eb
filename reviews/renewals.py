"""A plan's life: opened, typed into, confirmed, deleted, created, cancelled.

Every function runs in a transaction that holds the review's row lock, except the claims, which are one statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from django.db.models import F
from django.utils import timezone

import audit.record
from accounts.models import User
from reviews.attempts import LEASE, policy_json
from reviews.contract import Awaited, Reading, Submission
from reviews.models import Renewal, Review
from reviews.record import mark_gone
from reviews.renewal_models import BETWEEN, RenewalStep
from rulebook.findings import Finding, Severity
from rulebook.policy import Charge, FeePolicy
from twilio_api.answer import Payload

State = Renewal.State

# How often it is asked whether the brand is approved: our own mirror answers, and that is read by the polls.
BRAND_LOOK = timedelta(seconds=30)


class NewerText(Exception):
    """Another window has saved a newer text of this plan. Nothing was overwritten."""

    def __init__(self, renewal: Renewal) -> None:
        super().__init__("A newer text was saved in another window.")
        self.renewal = renewal


@dataclass(frozen=True, slots=True)
class Wish:
    """Why somebody wants it made anew, and what an edit could not change."""

    why: str
    field: str = ""
    brand_first: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """What is created, under which conditions, and who agreed to them. `by` is None where an earlier word holds."""

    submission: Submission
    charge: Charge
    policy: FeePolicy
    by: User | None
    findings: Sequence[Finding] = ()
    warnings_reason: str = ""


def plan(
    review: Review, by: User, wish: Wish, snapshot: Payload, before: Submission, fields: Mapping[str, Any]
) -> Renewal:
    """Writes a plan down. Raises IntegrityError when one is open already: the database is the last guard."""
    renewal = Renewal.objects.create(
        review=review,
        why=wish.why,
        field=wish.field,
        brand_first=wish.brand_first,
        snapshot=dict(snapshot),
        before=dict(before),
        old_key=review.remote_key,
        fields=dict(fields),
        by=by,
        by_name=by.display_name,
        reference=f"redress-{uuid4().hex}",
    )
    _step(review, RenewalStep.PLANNED)
    return renewal


def keep(renewal: Renewal, by: User, fields: Mapping[str, Any], revision: int, *, over: bool = False) -> Renewal:
    """Saves what was typed. Raises NewerText when the window knows an older one, unless the person writes `over` it:
    that one is kept then, among the earlier ones."""
    if renewal.fields == fields:
        return renewal
    if renewal.revision != revision and not over:
        raise NewerText(renewal)
    if over:
        renewal.earlier = [*renewal.earlier, _kept(renewal)]
    renewal.fields, renewal.revision, renewal.edited_at = dict(fields), renewal.revision + 1, timezone.now()
    renewal.edited_by_name = by.display_name
    renewal.save(update_fields=["fields", "revision", "edited_at", "edited_by_name", "earlier"])
    return renewal


def confirm(
    renewal: Renewal, review: Review, by: User, snapshot: Payload, before: Submission, *, approved: bool
) -> None:
    """Takes the word of somebody who typed the name. What they saw then is what is deleted, or nothing is."""
    renewal.state, renewal.due_at, renewal.tries, renewal.answer = State.DELETING, timezone.now(), 0, ""
    renewal.confirmed_at, renewal.confirmed_by_name = timezone.now(), by.display_name
    renewal.snapshot, renewal.before, renewal.was_approved = dict(snapshot), dict(before), approved
    renewal.answer_status = renewal.answer_code = None
    renewal.save()
    _step(review, RenewalStep.DELETING)


def claim(renewal_id: int, state: State, now: datetime) -> bool:
    """Takes what is due, for as long as one step may take. True for one caller, however many ask at once."""
    due = Renewal.objects.filter(pk=renewal_id, state=state, due_at__lte=now)
    # Waiting for a brand is no try: it may go on for weeks.
    counted = {} if state == State.DELETED else {"tries": F("tries") + 1}
    return bool(due.update(due_at=now + LEASE, **counted))


def mark_deleting(renewal_id: int, now: datetime) -> bool:
    """The call to delete is made now."""
    ours = Renewal.objects.filter(pk=renewal_id, state=State.DELETING)
    return bool(ours.update(delete_sent_at=now, due_at=now + LEASE))


def mark_creating(renewal_id: int, now: datetime) -> bool:
    """The call that creates is made now: written down before, so that it is never made twice. True for one caller."""
    unsent = Renewal.objects.filter(pk=renewal_id, state=State.CREATING, create_sent_at=None)
    return bool(unsent.update(create_sent_at=now, due_at=now + LEASE))


def claim_look(renewal_id: int, now: datetime) -> bool:
    """Takes one that was sent without an answer, to look for what it made. True for one caller."""
    sent = Renewal.objects.filter(pk=renewal_id, state=State.CREATING, due_at__lte=now).exclude(create_sent_at=None)
    return bool(sent.update(due_at=now + LEASE, reads=F("reads") + 1))


def later(renewal: Renewal, due_at: datetime, why: str) -> None:
    """Nothing happened at Twilio, or nobody knows and it may be done again: the same step, later."""
    renewal.due_at, renewal.answer = due_at, why[:500]
    renewal.save(update_fields=["due_at", "answer"])


def unsent(renewal: Renewal, due_at: datetime, why: str) -> None:
    """The call that creates never left: it is made again later."""
    renewal.create_sent_at, renewal.due_at, renewal.answer = None, due_at, why[:500]
    renewal.save(update_fields=["create_sent_at", "due_at", "answer"])


def back_to_plan(renewal: Renewal, review: Review, why: str, **told: Any) -> None:
    """Nothing was deleted. The name has to be typed again before anything is."""
    renewal.state, renewal.due_at, renewal.answer = State.PLANNED, None, why[:500]
    renewal.confirmed_at, renewal.confirmed_by_name, renewal.delete_sent_at = None, "", None
    _tell(renewal, told)
    _step(review, RenewalStep.PLANNED)


def deleted(renewal: Renewal, review: Review, at: datetime, awaited: Awaited | None) -> None:
    """Twilio has the old one no more."""
    mark_gone(review, at)
    renewal.state, renewal.deleted_at, renewal.answer = State.DELETED, at, ""
    renewal.answer_status = renewal.answer_code = None
    wait(renewal, review, awaited)


def wait(renewal: Renewal, review: Review, awaited: Awaited | None) -> None:
    """Writes down whom a deleted one waits for: its brand, or a person."""
    renewal.due_at = timezone.now() + BRAND_LOOK if awaited else None
    renewal.save()
    _step(review, RenewalStep.AWAITING if awaited else _asked_for(renewal))


def agree(renewal: Renewal, review: Review, agreement: Agreement) -> None:
    """Writes down what is created before it is sent."""
    warned = any(finding.severity == Severity.WARNING for finding in agreement.findings)
    renewal.state, renewal.due_at, renewal.create_sent_at = State.CREATING, timezone.now(), None
    renewal.submission, renewal.findings = dict(agreement.submission), [asdict(f) for f in agreement.findings]
    renewal.warnings_reason = agreement.warnings_reason if warned else ""
    renewal.fee, renewal.policy = agreement.charge.fee, policy_json(agreement.policy, agreement.charge)
    if agreement.by:
        renewal.fee_agreed_at, renewal.fee_agreed_by_name = timezone.now(), agreement.by.display_name
    renewal.tries = renewal.reads = 0
    renewal.answer, renewal.answer_status, renewal.answer_code = "", None, None
    renewal.save()
    _step(review, RenewalStep.CREATING)


def not_created(renewal: Renewal, review: Review, why: str, **told: Any) -> None:
    """Nothing was made and nothing was spent: a person may press again. The word given for this text and this amount
    still holds, because nothing came of it."""
    renewal.state, renewal.due_at, renewal.answer = State.DELETED, None, why[:500]
    if told:
        renewal.create_sent_at = None
    _tell(renewal, told)
    _step(review, _asked_for(renewal))


def cancel(renewal: Renewal, review: Review, why: str) -> None:
    """Ends a plan without a new one. What was deleted stays deleted."""
    renewal.state, renewal.due_at, renewal.settled_at, renewal.answer = State.CANCELLED, None, timezone.now(), why[:500]
    renewal.save(update_fields=["state", "due_at", "settled_at", "answer"])
    _step(review, "")


def is_made_anew(review: Review, old: Reading, new: Reading) -> bool:
    """Whether another registration has taken the place of the one that stood, under the same key or a new one."""
    if old.sid != new.sid:
        return True
    if old.created and new.created:
        return old.created != new.created
    return review.gone_at is not None and review.renewal in BETWEEN


def begin_anew(review: Review, new: Reading, at: datetime) -> None:
    """Another registration stands now, made from here or elsewhere: its tries count from zero, the history goes on."""
    was, review.attempts_used = review.attempts_used, 0
    review.renewed_at = review.resubmitted_at = at
    review.save(update_fields=["attempts_used", "renewed_at", "resubmitted_at"])
    renewal = open_renewal(review)
    if was or not renewal:
        audit.record.record(None, "count:restarted", review.subject, str(review), was=was, sid=new.sid)
    if renewal:
        _end(renewal, review, new)


def open_renewal(review: Review) -> Renewal | None:
    return Renewal.objects.filter(review=review, state__in=Renewal.OPEN).first()


def _kept(renewal: Renewal) -> dict[str, Any]:
    return {"by": renewal.edited_by_name, "at": renewal.edited_at.isoformat(), "fields": renewal.fields}


def _end(renewal: Renewal, review: Review, new: Reading) -> None:
    if renewal.deleted_at is None:
        cancel(renewal, review, "It was deleted and registered anew outside Redress.")
        return
    renewal.state, renewal.settled_at, renewal.due_at = State.CREATED, timezone.now(), None
    renewal.new_sid = new.sid
    renewal.answer = renewal.answer if renewal.request_id else _found_words(renewal)
    renewal.save()
    _step(review, "")


def _found_words(renewal: Renewal) -> str:
    if renewal.create_sent_at:
        return "Found at Twilio when it was looked for."
    return "It was registered outside Redress while the plan was open."


def _asked_for(renewal: Renewal) -> RenewalStep:
    return RenewalStep.REFUSED if renewal.answer_status else RenewalStep.READY


def _tell(renewal: Renewal, told: Mapping[str, Any]) -> None:
    renewal.answer_status, renewal.answer_code = told.get("answer_status"), told.get("answer_code")
    renewal.save()


def _step(review: Review, step: str) -> None:
    review.renewal = step
    review.save(update_fields=["renewal"])
