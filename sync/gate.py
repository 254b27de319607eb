"""The gate: the one way to open an attempt. Everything that could spend a try or a fee is asked here again, under
the review's lock, whatever the page has checked before; the database's constraints stand behind it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from functools import partial

import psycopg
from django.db import IntegrityError, transaction
from django.utils import timezone

import audit.record
from accounts.models import Role, User
from reviews.attempts import Order, open_attempt
from reviews.contract import Reading, Sending, Submission, Verdict
from reviews.kinds import kind_of
from reviews.models import Attempt, Review
from rulebook.findings import Finding, Severity
from sync.tasks import carry_attempt


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a person wants sent, the text they saw standing at Twilio, and the fee they agreed to."""

    submission: Submission
    based_on: Submission
    findings: Sequence[Finding] = ()
    # None: no tick was given. Otherwise the amount that stood beside the tick.
    agreed_fee: Decimal | None = None
    note: str = ""
    # Why it is sent although a reviewer would likely refuse it.
    warnings_reason: str = ""


@dataclass(frozen=True, slots=True)
class Objection:
    """Why nothing was sent: in words, and the control beside which they belong (empty for the whole form)."""

    control: str
    words: str


class NotSent(Exception):
    """Nothing was written and nothing will be sent."""

    def __init__(self, objections: Sequence[Objection]) -> None:
        super().__init__(" ".join(objection.words for objection in objections))
        self.objections = tuple(objections)


# The constraints that a second submission at the same moment runs into.
ONE_AT_A_TIME = ("one_open_attempt", "attempt_numbers_unique")

type MoreObjections = Callable[[Review, Reading], Iterator[Objection]]


def submit(review_id: int, proposal: Proposal, by: User, more: MoreObjections | None = None) -> Attempt:
    """Opens an attempt and hands it to a worker once it is committed. `more` are the kind's own objections.

    Raises NotSent with every objection there is; then nothing has changed. Twenty calls at once open one attempt.
    """
    try:
        with transaction.atomic():
            review = Review.objects.select_for_update(of=("self",)).with_names().get(pk=review_id)
            attempt = _open(review, proposal, by, more)
    except IntegrityError as error:
        if broken_by(error) not in ONE_AT_A_TIME:
            raise
        raise NotSent([Objection("", "Another submission of this was opened at the same moment.")]) from error
    return attempt


def _open(review: Review, proposal: Proposal, by: User, more: MoreObjections | None) -> Attempt:
    kind, now = kind_of(review.kind), timezone.now()
    stands, verdict = kind.read(kind.payload(review)), kind.verdict(review, now)
    obstacles = [Objection("", words) for words in kind.obstacles(review)] if verdict.allowed else []
    objections = [
        *obstacles,
        *_objections(stands, verdict, proposal, by),
        *(more(review, stands) if more else ()),
    ]
    if objections or verdict.charge is None:
        raise NotSent(objections or [Objection("", "This kind cannot be resubmitted from here.")])
    order = Order(
        by=by,
        submission=proposal.submission,
        before=stands,
        charge=verdict.charge,
        policy=review.account.policy,
        agreed_at=now if verdict.charge.needs_acknowledgement else None,
        findings=tuple(proposal.findings),
        note=proposal.note,
        warnings_reason=proposal.warnings_reason,
        preparations=kind.preparations(review, Sending(stands.submission, proposal.submission, proposal.note)),
    )
    attempt = open_attempt(review, order)
    _tell(attempt, review, by)
    transaction.on_commit(partial(_hand_over, attempt.pk), robust=True)
    return attempt


def _hand_over(attempt_id: int) -> None:
    """Puts the task into the queue. Should the broker be away, the attempt is committed all the same and the next sweep
    finds it; should this process die before, a later one does."""
    try:
        carry_attempt.delay(attempt_id)
    except Exception:
        Attempt.objects.filter(pk=attempt_id).update(given_at=None)
        raise


def _objections(stands: Reading, verdict: Verdict, proposal: Proposal, by: User) -> Iterator[Objection]:
    if not verdict.allowed:
        yield from (Objection("", words) for words in verdict.reasons or (verdict.why,))
        return
    if dict(stands.submission) != dict(proposal.based_on):
        yield Objection("", "It changed at Twilio since you began. Look at the difference before you send.")
    yield from _by_role(verdict, by)
    yield from _by_fee(verdict, proposal)
    yield from (Objection(f.field, f.message) for f in proposal.findings if f.severity == Severity.ERROR)
    yield from by_warnings(proposal.findings, proposal.warnings_reason)
    if dict(stands.submission) == dict(proposal.submission) and not proposal.note.strip():
        words = "Nothing differs from what was rejected. Say in the note why the same text should pass."
        yield Objection("note", words)


def _by_role(verdict: Verdict, by: User) -> Iterator[Objection]:
    charge = verdict.charge
    if not by.may(Role.EDITOR):
        yield Objection("", f"Your role is {by.role_label}. Resubmitting needs Editor or above.")
    elif charge and charge.needs_acknowledgement and not by.may(Role.MANAGER):
        yield Objection("agreed_fee", f"This costs ${charge.fee:.2f}. Only a Manager or above may spend that.")
    elif verdict.needs_manager and not by.may(Role.MANAGER):
        yield Objection("", "This is approved. Only a Manager or above may send it back into review.")


def _by_fee(verdict: Verdict, proposal: Proposal) -> Iterator[Objection]:
    charge = verdict.charge
    if charge is None or not charge.needs_acknowledgement:
        return
    if proposal.agreed_fee is None:
        yield Objection("agreed_fee", f"Accept the fee of ${charge.fee:.2f} first. Nothing was sent.")
    elif proposal.agreed_fee != charge.fee:
        yield Objection(
            "agreed_fee",
            f"The fee is ${charge.fee:.2f} now, not ${proposal.agreed_fee:.2f}. Accept the new one. Nothing was sent.",
        )


def by_warnings(findings: Sequence[Finding], reason: str) -> Iterator[Objection]:
    """Passing over a warning takes a reason."""
    warnings = sum(finding.severity == Severity.WARNING for finding in findings)
    if warnings and not reason.strip():
        stand = "1 warning stands" if warnings == 1 else f"{warnings} warnings stand"
        yield Objection("warnings_reason", f"{stand}. Mend the text, or say why it should be sent all the same.")


def broken_by(error: IntegrityError) -> str:
    """The name of the constraint."""
    cause = error.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, psycopg.Error) else ""


def _tell(attempt: Attempt, review: Review, by: User) -> None:
    audit.record.record(
        by,
        f"{review.kind}:resubmitted",
        review.subject,
        str(review),
        attempt=attempt.number,
        fee=f"{attempt.fee:.2f}",
        agreed=_iso(attempt.fee_agreed_at),
        account=review.account.sid,
        customer=review.customer.name,
    )


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
