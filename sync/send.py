"""Carrying an attempt to Twilio: written down before the call, settled after it, never repeated blindly.

QUEUED    claimed by exactly one worker, then called.
PREPARING what has to stand at Twilio first is put there, step by step, however long that takes. Each step may be done
          again without harm, so a worker that died is simply followed by another.
SENDING   somebody is calling. Silent beyond its lease: the worker died, and the call may have arrived -> UNKNOWN.
UNKNOWN   read back on a schedule. Found: ACCEPTED. Not found to the end: NOT_APPLIED, and a person may send again.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from copy import copy
from datetime import datetime, timedelta
from time import monotonic
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone

import audit.record
from accounts.models import TwilioAccount, User
from accounts.secrets import SealBroken
from reviews import attempts
from reviews.attempts import LEASE
from reviews.contract import Kind, NotPrepared, Progress
from reviews.kinds import kind_of
from reviews.models import Attempt, AttemptStep, Review, Source
from sync.apply import apply, apply_gone
from sync.remote import twilio_for
from twilio_api.answer import Answer
from twilio_api.errors import Ambiguous, CredentialsRefused, GiveWay, Gone, Refused, Throttled, TwilioError, Unreachable

log = structlog.get_logger(__name__)
State = Attempt.State

# Between two tries of an attempt that never left, in seconds: doubling from the first to the last.
FIRST_WAIT, LONGEST_WAIT = 2, 300
# A claim that is older has nothing sent any more: with the call's own time it would come near the lease.
BEGINS_WITHIN = LEASE / 3


def carry(attempt_id: int) -> None:
    """Does whatever this attempt needs next. Safe to call at any time, any number of times."""
    attempt = Attempt.objects.filter(pk=attempt_id).first()
    if attempt is None or not attempt.is_open:
        return
    now = timezone.now()
    if attempt.state in Attempt.NOT_SENT:
        _prepare_and_send(attempt, now)
    elif attempt.due_at is None or attempt.due_at > now:
        return
    elif attempt.state == State.SENDING:
        _presume_dead(attempt, now)
    else:
        _read_back(attempt, now)


def withdraw(attempt_id: int) -> bool:
    """Takes an attempt back that was not sent. False when it was too late: somebody is sending it already."""
    with _locked(Attempt.objects.get(pk=attempt_id)) as (attempt, review):
        if attempt.state not in Attempt.NOT_SENT:
            return False
        attempts.settle(attempt, State.WITHDRAWN, review, answer=f"Taken back before it was sent.{_stays(attempt)}")
        return True


def settle_by_hand(attempt_id: int, by: User, *, arrived: bool, reason: str) -> bool:
    """Ends a doubt that Twilio will not end, on the word of somebody who looked elsewhere: the Console, or Twilio's
    support. Counted when it arrived, audited either way. False when it was in doubt no more."""
    with _locked(Attempt.objects.get(pk=attempt_id)) as (attempt, review):
        if attempt.state != State.UNKNOWN:
            return False
        state = State.ACCEPTED if arrived else State.NOT_APPLIED
        attempts.settle(attempt, state, review, answer=f"Settled by {by.display_name}: {reason}"[:500])
        told = {"attempt": attempt.number, "arrived": arrived, "reason": reason}
        audit.record.record(by, "attempt:settled", review.subject, str(review), **told)
        return True


def _prepare_and_send(attempt: Attempt, now: datetime) -> None:
    if not attempt.steps.filter(done_at=None).exists() or _prepare(attempt, now):
        _send(attempt, timezone.now())


def _prepare(attempt: Attempt, now: datetime) -> bool:
    """Carries the preparations on, in order. True when all are done and the attempt may be sent."""
    review = _claim(attempt, now, attempts.claim_preparation)
    if review is None:
        return False
    for step in attempt.steps.filter(done_at=None):
        try:
            progress = _prepare_step(attempt, review, step)
        except (Throttled, Unreachable, Ambiguous) as error:
            _prepare_later(attempt, error)
            return False
        except (Refused, SealBroken, NotPrepared) as error:
            _refused(attempt, error, during=step.words)
            return False
        if not _noted(attempt, step, progress):
            return False
    return Attempt.objects.filter(pk=attempt.pk, state=State.PREPARING).update(due_at=timezone.now()) == 1


def _prepare_step(attempt: Attempt, review: Review, step: AttemptStep) -> Progress:
    AttemptStep.objects.filter(pk=step.pk, began_at=None).update(began_at=timezone.now())
    log.info("attempt_preparing", attempt=attempt.pk, review=review.pk, step=step.key)
    return kind_of(review.kind).prepare(twilio_for(review.account), review, attempt.sending, step.key)


def _noted(attempt: Attempt, step: AttemptStep, progress: Progress) -> bool:
    """Writes the step down. True when the next one may follow: this one is done, and nobody took the attempt back."""
    with _locked(attempt) as (locked, _):
        if locked.state != State.PREPARING:
            return False
        attempts.looked_at(locked, step, progress, timezone.now())
    return progress.again is None


def _prepare_later(attempt: Attempt, error: TwilioError) -> None:
    with _locked(attempt) as (locked, _):
        if locked.state == State.PREPARING:
            attempts.prepare_later(locked, timezone.now() + wait_after(locked.tries, error), str(error))


def _send(attempt: Attempt, now: datetime) -> None:
    began = monotonic()
    review = _claim(attempt, now, attempts.claim)
    if review is None:
        return
    attempt.sent_at = now
    kind = kind_of(review.kind)
    log.info("attempt_sending", attempt=attempt.pk, review=review.pk, number=attempt.number)
    try:
        twilio = twilio_for(review.account)
        if _was_held_up(began, now):
            return _not_begun(attempt)
        answer = kind.send(twilio, review, attempt.sending)
    except (Throttled, Unreachable) as error:
        _later(attempt, error)
    except Ambiguous as error:
        _doubt(attempt, str(error))
    except (Refused, SealBroken) as error:
        _refused(attempt, error)
    else:
        _accepted(attempt, review.account, kind, answer)


def _was_held_up(began: float, claimed_at: datetime) -> bool:
    """By a frozen process or machine. The one clock stands still with the machine, the other may be set meanwhile."""
    return max(monotonic() - began, (timezone.now() - claimed_at).total_seconds()) > BEGINS_WITHIN.total_seconds()


def _not_begun(attempt: Attempt) -> None:
    """Whoever was taken for dead sends nothing. Who was not yet lets it be claimed anew: nothing has left."""
    with _locked(attempt) as (locked, _):
        if locked.state == State.SENDING and locked.sent_at == attempt.sent_at:
            attempts.requeue(locked, timezone.now(), "The worker was held up before it began to send.")


def _claim(attempt: Attempt, now: datetime, claim: Callable[[int, datetime], bool]) -> Review | None:
    """A person agreed to send this text over that one at this price. If any of it no longer holds, it is not sent, and
    None is returned, as where somebody else has it."""
    with _locked(attempt) as (locked, review):
        if locked.state not in Attempt.NOT_SENT:
            return None
        if why := _no_longer_agreed(locked, review, now):
            told = f"{why} Nothing was sent and nothing was spent.{_stays(locked)}"
            attempts.settle(locked, State.WITHDRAWN, review, answer=told)
            return None
        if not claim(locked.pk, now):
            return None
        if _has_begun(locked):
            # Days may have gone by since it was opened. What stands now is what an answer has to differ from.
            kind = kind_of(review.kind)
            attempts.stands_on(locked, kind.read(kind.payload(review)))
        return review


def _no_longer_agreed(attempt: Attempt, review: Review, now: datetime) -> str:
    """Why what the person agreed to does not hold any more, in a sentence; empty while it does."""
    kind = kind_of(review.kind)
    stands = kind.read(kind.payload(review))
    same_word = stands.twilio_status == attempt.fingerprint.get("twilio_status")
    # Once a preparation has begun, what stands is a mixture of the text before and ours.
    same_text = dict(stands.submission) == attempt.before or _has_begun(attempt)
    if review.gone_at or not same_word or not same_text:
        return "It changed at Twilio before this was sent."
    alone = copy(review)
    alone.attempt_open = False
    verdict = kind.verdict(alone, now)
    if not verdict.allowed or verdict.charge is None:
        return " ".join(verdict.reasons) or verdict.why
    if obstacles := kind.obstacles(review):
        return " ".join(obstacles)
    charge = verdict.charge
    if charge.fee > attempt.fee or (charge.needs_acknowledgement and attempt.fee_agreed_at is None):
        return f"It costs ${charge.fee:.2f} now, and that was not agreed to."
    return ""


def _has_begun(attempt: Attempt) -> bool:
    return attempt.steps.exclude(began_at=None).exists()


def _stays(attempt: Attempt) -> str:
    return " What was put in place before stays at Twilio." if _has_begun(attempt) else ""


def _accepted(attempt: Attempt, account: TwilioAccount, kind: Kind, answer: Answer) -> None:
    with _locked(attempt, account) as (locked, review):
        # Read by a poll in the meantime, the attempt may be settled already; then only the mirror is refreshed.
        if locked.is_open:
            attempts.settle(
                locked,
                State.ACCEPTED,
                review,
                answer_status=answer.status,
                request_id=answer.request_id[:40],
                answer="Twilio took the update.",
            )
        apply(account, kind, [answer], Source.ATTEMPT)


def _refused(attempt: Attempt, error: Refused | SealBroken | NotPrepared, *, during: str = "") -> None:
    told: dict[str, Any] = {"answer": f"{during}: {words_of(error)}"[:500] if during else words_of(error)}
    if isinstance(error, Refused):
        told |= {"answer_status": error.status, "answer_code": error.code}
    with _locked(attempt) as (locked, review):
        if locked.is_open:
            attempts.settle(locked, State.REFUSED, review, **told)


def words_of(error: Exception) -> str:
    """What Twilio said, or what to do where it let nobody in."""
    if isinstance(error, CredentialsRefused):
        return "Twilio refused the account’s credentials. Connect the account again, then send."
    return str(error)[:500]


def _later(attempt: Attempt, error: Throttled | Unreachable) -> None:
    with _locked(attempt) as (locked, _):
        if locked.state == State.SENDING:
            attempts.requeue(locked, timezone.now() + wait_after(locked.tries, error), str(error))


def wait_after(tries: int, error: TwilioError) -> timedelta:
    """How long to wait before what never happened is tried again: doubling, longer where Twilio says so."""
    if isinstance(error, GiveWay):  # nobody’s failure, and known to the second
        return timedelta(seconds=int(error.seconds) + FIRST_WAIT)
    wait = min(FIRST_WAIT * 2 ** min(tries, 10), LONGEST_WAIT)
    if isinstance(error, Throttled) and error.retry_after:
        wait = max(wait, int(error.retry_after) + 1)
    return timedelta(seconds=wait)


def _doubt(attempt: Attempt, why: str) -> None:
    with _locked(attempt) as (locked, _):
        if locked.state == State.SENDING:
            attempts.doubt(locked, timezone.now() + timedelta(seconds=settings.READ_BACK_SECONDS[0]), why)


def _presume_dead(attempt: Attempt, now: datetime) -> None:
    with _locked(attempt) as (locked, _):
        if locked.state == State.SENDING and locked.due_at and locked.due_at <= now:
            attempts.doubt(locked, now, "The worker that was sending this stopped before Twilio answered.")


def _read_back(attempt: Attempt, now: datetime) -> None:
    """Asks Twilio what it shows; apply settles the attempt when it is found."""
    if not Attempt.objects.filter(pk=attempt.pk, state=State.UNKNOWN, due_at__lte=now).update(
        due_at=now + LEASE, reads=F("reads") + 1
    ):
        return
    review = Review.objects.with_names().get(pk=attempt.review_id)
    kind = kind_of(review.kind)
    try:
        answer = kind.fetch(twilio_for(review.account), review)
    except Gone:
        if apply_gone(review, now):
            _not_applied(attempt, "Twilio has the item no more. Whether it took the update before, nobody can see now.")
        else:
            _read_again(attempt, "Twilio had it no more, and it was seen there since.", counted=False)
    except (TwilioError, SealBroken) as error:
        _read_again(attempt, str(error), counted=False)
    else:
        apply(review.account, kind, [answer], Source.ATTEMPT)
        _read_again(attempt, attempt.answer, counted=True)


def _read_again(attempt: Attempt, why: str, *, counted: bool) -> None:
    """Waits for the next reading, or gives up after the last: it was looked for and never came."""
    waits, now = settings.READ_BACK_SECONDS, timezone.now()
    with _locked(attempt) as (locked, _):
        if locked.state != State.UNKNOWN:
            return
        if not counted:
            locked.reads -= 1
        age = (now - (locked.sent_at or locked.created_at)).total_seconds()
        # However often somebody presses "Read again now": Twilio gets its whole time before we say it never arrived.
        done = counted and locked.reads >= len(waits) and age >= sum(waits)
        if not done:
            wait = float(waits[min(locked.reads, len(waits) - 1)])
            if not counted:
                # Twilio or the account's credentials are away, perhaps for days: ask ever less often, never give up.
                wait = max(wait, min(age / 4, LONGEST_WAIT))
            locked.due_at = now + timedelta(seconds=wait)
            locked.answer = why[:500]
            locked.save(update_fields=["reads", "due_at", "answer"])
    if done:
        _not_applied(attempt, "Twilio still shows the old text: the update never arrived. Nothing was spent.")


def _not_applied(attempt: Attempt, why: str) -> None:
    with _locked(attempt) as (locked, review):
        if locked.state == State.UNKNOWN:
            attempts.settle(locked, State.NOT_APPLIED, review, answer=why)


@contextmanager
def _locked(attempt: Attempt, account: TwilioAccount | None = None) -> Iterator[tuple[Attempt, Review]]:
    """A short transaction that holds the review's row and then the attempt's, in that order everywhere: both as they
    are now. The review's account is the one given, else read with it."""
    with transaction.atomic():
        rows = Review.objects.select_for_update(of=("self",))
        review = (rows if account else rows.select_related("account__parent")).get(pk=attempt.review_id)
        if account:
            review.account = account
        yield Attempt.objects.select_for_update().get(pk=attempt.pk), review
