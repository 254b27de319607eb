"""An attempt's life: opened, claimed, settled, or found to have been made elsewhere.

Every function runs in a transaction that holds the review's row lock, except `claim`, which is one statement.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, F, Max, OuterRef
from django.utils import timezone

import audit.record
from accounts.models import User
from reviews.contract import Preparation, Progress, Reading, Submission
from reviews.models import Attempt, AttemptStep, Review
from reviews.status import REJECTED, Status
from rulebook.findings import Finding, Severity
from rulebook.policy import Charge, FeePolicy

# A worker that claimed an attempt and said nothing for this long is dead: longer than any call may take.
LEASE = timedelta(seconds=90)


@dataclass(frozen=True, slots=True)
class Order:
    """What a person asked to be sent, and under which conditions."""

    by: User
    submission: Submission
    before: Reading
    charge: Charge
    policy: FeePolicy
    agreed_at: datetime | None
    findings: tuple[Finding, ...] = ()
    note: str = ""
    warnings_reason: str = ""
    preparations: Sequence[Preparation] = ()

    @property
    def has_warnings(self) -> bool:
        return any(finding.severity == Severity.WARNING for finding in self.findings)


def open_attempt(review: Review, order: Order) -> Attempt:
    """Writes down a submission before it is sent, as one that was given to a worker: the caller has to do that once it
    is committed. Raises IntegrityError when one is open already, or a fee is not agreed to: the database is the last
    guard."""
    now = timezone.now()
    attempt = Attempt.objects.create(
        review=review,
        number=_next_number(review),
        before=dict(order.before.submission),
        submission=dict(order.submission),
        fingerprint=fingerprint(order.before),
        findings=[asdict(finding) for finding in order.findings],
        note=order.note,
        # Kept as a reason for warnings: where none stood there was nothing to pass over.
        warnings_reason=order.warnings_reason if order.has_warnings else "",
        by=order.by,
        by_name=order.by.display_name,
        over_allowance=order.charge.over_allowance,
        fee=order.charge.fee,
        fee_agreed_at=order.agreed_at,
        policy=policy_json(order.policy, order.charge),
        due_at=now,
        given_at=now,
    )
    AttemptStep.objects.bulk_create(
        AttemptStep(attempt=attempt, position=position, key=step.key, words=step.words)
        for position, step in enumerate(order.preparations, 1)
    )
    review.attempt_open = True
    review.save(update_fields=["attempt_open"])
    return attempt


def claim(attempt_id: int, now: datetime) -> bool:
    """Takes an attempt for sending: a queued one, or one whose preparations are all done. True for exactly one caller,
    however many ask at once."""
    unprepared = AttemptStep.objects.filter(attempt=OuterRef("pk"), done_at=None)
    return bool(
        Attempt.objects.filter(~Exists(unprepared), pk=attempt_id, state__in=Attempt.NOT_SENT, due_at__lte=now).update(
            state=Attempt.State.SENDING, sent_at=now, due_at=now + LEASE, tries=F("tries") + 1
        )
    )


def claim_preparation(attempt_id: int, now: datetime) -> bool:
    """Takes an attempt to carry its preparations on. True for exactly one caller until the lease is over: then whoever
    had it is dead, and the same step is done again, which does no harm."""
    return bool(
        Attempt.objects.filter(pk=attempt_id, state__in=Attempt.NOT_SENT, due_at__lte=now).update(
            state=Attempt.State.PREPARING, due_at=now + LEASE
        )
    )


def stands_on(attempt: Attempt, now: Reading) -> None:
    """What the attempt is sent over, where preparing it took its time: by this an arrival is told later."""
    attempt.fingerprint = fingerprint(now)
    attempt.save(update_fields=["fingerprint"])


def requeue(attempt: Attempt, due_at: datetime, why: str) -> None:
    """Nothing happened at Twilio: the same attempt is sent again later."""
    attempt.state, attempt.due_at, attempt.answer = Attempt.State.QUEUED, due_at, why[:500]
    attempt.sent_at = None
    attempt.save(update_fields=["state", "due_at", "answer", "sent_at"])


def looked_at(attempt: Attempt, step: AttemptStep, progress: Progress, now: datetime) -> None:
    """Writes down how far a preparation has come, and when to go on."""
    step.note, step.looked_at, step.done_at = progress.words[:500], now, now if progress.again is None else None
    step.save(update_fields=["note", "looked_at", "done_at"])
    attempt.due_at = now + (progress.again or LEASE)
    attempt.answer = progress.words[:500]
    attempt.save(update_fields=["due_at", "answer"])


def prepare_later(attempt: Attempt, due_at: datetime, why: str) -> None:
    """Nothing came of this look: the same step is done again later."""
    attempt.due_at, attempt.answer, attempt.tries = due_at, why[:500], attempt.tries + 1
    attempt.save(update_fields=["due_at", "answer", "tries"])


def doubt(attempt: Attempt, due_at: datetime, why: str) -> None:
    """No answer came: it may have arrived. From here on it is only read back, never sent again."""
    attempt.state, attempt.due_at, attempt.answer = Attempt.State.UNKNOWN, due_at, why[:500]
    attempt.save(update_fields=["state", "due_at", "answer"])


def settle(
    attempt: Attempt, state: Attempt.State, review: Review, *, old_until: datetime | None = None, **told: Any
) -> None:
    """Ends an attempt. An accepted one is counted, and only then: what Twilio refused has spent nothing.

    What Twilio showed before `old_until` (else before now) is the verdict on the text before this one."""
    was_open = attempt.is_open  # then no other of this review is: a constraint sees to it
    attempt.state, attempt.settled_at, attempt.due_at = state, timezone.now(), None
    for name, value in told.items():
        setattr(attempt, name, value)
    attempt.save(update_fields=["state", "settled_at", "due_at", *told])
    review.attempt_open = not was_open and review.attempts.filter(state__in=Attempt.OPEN).exists()
    if state == Attempt.State.ACCEPTED:
        review.attempts_used = F("attempts_used") + 1
        review.resubmitted_at = old_until or attempt.settled_at
    review.save(update_fields=["attempt_open", "attempts_used", "resubmitted_at"])


def found_elsewhere(review: Review, old: Reading, new: Reading, at: datetime) -> Attempt:
    """Writes down a resubmission that somebody made outside Redress, and counts it."""
    attempt = Attempt.objects.create(
        review=review,
        number=_next_number(review),
        origin=Attempt.ELSEWHERE,
        state=Attempt.State.ACCEPTED,
        before=dict(old.submission),
        submission=dict(new.submission),
        fingerprint=fingerprint(old),
        by_name="Somebody outside Redress",
        created_at=at,
        sent_at=at,
        settled_at=at,
    )
    review.attempts_used = F("attempts_used") + 1
    review.resubmitted_at = at
    review.save(update_fields=["attempts_used", "resubmitted_at"])
    return attempt


def correct_count(review: Review, used: int, by: User, reason: str) -> None:
    """Sets how many attempts are counted, because somebody knows better. Audited with the reason."""
    was, review.attempts_used = review.attempts_used, used
    review.save(update_fields=["attempts_used"])
    audit.record.record(by, "count:corrected", review.subject, str(review), was=was, now=used, reason=reason)


def of_what_stands(review: Review) -> list[Attempt]:
    """Newest first, those on the registration that stands: what was tried on one that was deleted since is history. No
    query where the review's attempts were prefetched."""
    since = review.renewed_at
    return [attempt for attempt in review.attempts.all() if since is None or attempt.created_at >= since]


def fingerprint(reading: Reading) -> dict[str, str]:
    """The few values that move when a resubmission arrives, even one of the same text."""
    return {"twilio_status": reading.twilio_status, "updated": reading.updated}


def is_resubmission(old: Reading, new: Reading) -> bool:
    """Whether what changed between two readings is a submission, not a verdict."""
    back_in_review = old.status in REJECTED and new.status == Status.IN_REVIEW
    rewritten = _differ(old.submission, new.submission) and old.status in (*REJECTED, Status.APPROVED)
    return back_in_review or rewritten


def has_arrived(attempt: Attempt, now: Reading) -> bool:
    """Whether this reading shows that the attempt reached Twilio."""
    shows_ours = _carries(now.submission, attempt.submission)
    shows_a_new_text = shows_ours and not _carries(now.submission, attempt.before)
    if attempt.state == Attempt.State.NOT_APPLIED:
        # Given up, perhaps long ago: only its own text can still speak for it.
        return shows_a_new_text
    went_back = attempt.fingerprint.get("twilio_status") != now.twilio_status and now.status == Status.IN_REVIEW
    return went_back or shows_a_new_text or (shows_ours and attempt.fingerprint != fingerprint(now))


def is_what_stood_before(attempt: Attempt, now: Reading) -> bool:
    """Whether this reading is the very one the attempt was made on, down to Twilio's stamp: an old picture."""
    same_text = _carries(now.submission, attempt.before)
    return bool(now.updated) and attempt.fingerprint == fingerprint(now) and same_text


def _carries(shown: Submission, sent: Mapping[str, Any]) -> bool:
    """A field Twilio does not show (the policy URLs, in the older answer shape) proves nothing either way."""
    return all(shown[key] == value for key, value in sent.items() if key in shown)


def _differ(old: Submission, new: Submission) -> bool:
    """Of fields that both readings show: one that appears or vanishes is another answer shape, not another text."""
    return any(old[key] != new[key] for key in old.keys() & new.keys())


def _next_number(review: Review) -> int:
    return (review.attempts.aggregate(last=Max("number"))["last"] or 0) + 1


def policy_json(policy: FeePolicy, charge: Charge) -> dict[str, Any]:
    """The policy in force and what it came to, as an attempt keeps them."""
    return {
        "id": policy.id,
        "label": policy.label if charge.by_policy else charge.why,
        "source": policy.source,
        "seen": policy.seen.isoformat(),
        "fee": _text(charge.fee),
        "at_most": _text(charge.at_most),
        "free_left_before": charge.free_left,
        "free_total": charge.free_total,
    }


def _text(amount: Decimal) -> str:
    return f"{amount:.2f}"
