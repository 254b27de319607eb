"""An appeal's life: drafted, sent, answered. The one place that writes appeals, and `Review.appealed_at` with them.

Every function is one transaction that holds the review's row and then the appeal's. What a person does is audited.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

import audit.record
from accounts.models import User
from reviews.appeal_facts import as_json, facts_of
from reviews.contract import Verdict
from reviews.kinds import kind_of
from reviews.letters import LONGEST_LETTER, write
from reviews.models import Appeal, Review
from reviews.status import Status
from reviews.verdicts import is_final
from rulebook.routes import Route

State = Appeal.State
# A worker that took a letter and said nothing for this long is dead: longer than any task may run.
LEASE = timedelta(minutes=10)
CHANGED = "Nothing was mailed: as it stands now there is nothing to appeal any more."


class NewerLetter(Exception):
    """Another window has saved a newer text, or the letter is on its way already. Nothing was overwritten."""


@dataclass(frozen=True, slots=True)
class Text:
    """A letter as somebody has it in front of them, and the revision they began on. `over`: they have seen that there
    is a newer one and want theirs all the same."""

    subject: str
    text: str
    revision: int
    over: bool = False


def is_appealable(review: Review, verdict: Verdict) -> bool:
    """Whether an appeal may move it: a rejection that is final or that only Twilio can take back, or a suspension.
    Never a way round an edit that would do."""
    if review.gone_at or review.appealed_at:
        return False
    if review.status == Status.STOPPED:
        return verdict.route is Route.SUPPORT
    return review.is_rejected and (verdict.route in (Route.APPEAL, Route.SUPPORT) or is_final(verdict.advices))


def begin(review_id: int, by: User) -> Appeal | None:
    """The open appeal, or a new one with the letter written from the record. None where there is nothing to appeal.
    However often it is pressed there is one."""
    with transaction.atomic():
        review = Review.objects.select_for_update(of=("self",)).with_names().get(pk=review_id)
        if known := review.appeals.filter(state__in=Appeal.OPEN).first():
            return known
        if not _may_begin(review):
            return None
        letter, name = write(facts_of(review, by)), by.display_name
        facts = as_json(review)
        appeal = Appeal.objects.create(
            review=review, subject=letter.subject, text=letter.text, facts=facts, by=by, by_name=name,
            updated_by_name=name,
        )  # fmt: skip
        _tell(appeal, review, by, "drafted")
        return appeal


def keep(appeal_id: int, by: User, typed: Text) -> Appeal:
    """Saves what was typed. Raises NewerLetter when it was begun on an older text, or is a draft no more."""
    with _locked(appeal_id) as (appeal, _):
        _keep(appeal, by, typed)
        return appeal


def rewrite(appeal_id: int, by: User) -> bool:
    """Writes the letter anew from what stands now. The text before is kept among the earlier ones."""
    with _locked(appeal_id) as (appeal, review):
        if appeal.state != State.DRAFTED:
            return False
        letter = write(facts_of(review, by))
        _keep(appeal, by, Text(letter.subject, letter.text, appeal.revision, over=True))
        appeal.facts = as_json(review)
        appeal.save(update_fields=["facts"])
        return True


def queue(appeal_id: int, by: User, to: str, revision: int) -> bool:
    """To be mailed to this address. False when it is a draft no more, or another text than the person saw."""
    with _locked(appeal_id) as (appeal, review):
        if appeal.state != State.DRAFTED or appeal.revision != revision:
            return False
        _save(appeal, state=State.QUEUED, to=to, how="", sender=by, sender_name=by.display_name, error="")
        _tell(appeal, review, by, "mailed", to=to)
        return True


def sent_elsewhere(appeal_id: int, by: User, how: str, ticket: str) -> bool:
    """A person has copied it and sent it themselves, and says where."""
    with _locked(appeal_id) as (appeal, review):
        if appeal.state != State.DRAFTED:
            return False
        _save(appeal, how=how, to="", ticket=ticket, sender=by, sender_name=by.display_name, error="")
        _sent(appeal, review, timezone.now())
        _tell(appeal, review, by, "sent", where=how, ticket=ticket)
        return True


def note_ticket(appeal_id: int, by: User, ticket: str) -> bool:
    with _locked(appeal_id) as (appeal, review):
        if appeal.state != State.SENT:
            return False
        _save(appeal, ticket=ticket)
        _tell(appeal, review, by, "ticket_noted", ticket=ticket)
        return True


def answered(appeal_id: int, by: User, outcome: str, answer: str, ticket: str) -> bool:
    """Records what Twilio said. The item is ours again; a change at Twilio shows by itself."""
    with _locked(appeal_id) as (appeal, review):
        if appeal.state != State.SENT:
            return False
        settled = {"settled_at": timezone.now(), "settled_by_name": by.display_name}
        _save(appeal, state=State.ANSWERED, outcome=outcome, answer=answer, ticket=ticket, **settled)
        _is_ours_again(review)
        _tell(appeal, review, by, "answered", outcome=outcome, ticket=ticket)
        return True


def withdraw(appeal_id: int, by: User) -> bool:
    """Puts a draft away, or gives up waiting for an answer. The text stays. False while it is on its way."""
    with _locked(appeal_id) as (appeal, review):
        if appeal.state not in (State.DRAFTED, State.SENT):
            return False
        _save(appeal, state=State.WITHDRAWN, settled_at=timezone.now(), settled_by_name=by.display_name)
        _is_ours_again(review)
        _tell(appeal, review, by, "withdrawn")
        return True


def settle(appeal_id: int, by: User, *, left: bool) -> bool:
    """Ends the doubt whether a letter left, on the word of somebody who looked. False when there is none."""
    with _locked(appeal_id) as (appeal, review):
        if appeal.state != State.UNKNOWN:
            return False
        if left:
            _sent(appeal, review, appeal.claimed_at or timezone.now())
        else:
            _save(appeal, state=State.DRAFTED, error="")
        _tell(appeal, review, by, "settled", left=left)
        return True


# --- what the worker that mails it does ------------------------------------------------------------------------------


def claim(appeal_id: int, now: datetime) -> Appeal | None:
    """Takes a letter that is to be mailed: for one caller only, and only while there is something to appeal."""
    with _locked(appeal_id) as (appeal, review):
        if appeal.state != State.QUEUED:
            return None
        if not _may_begin(review):
            _save(appeal, state=State.DRAFTED, error=CHANGED)
            return None
        _save(appeal, state=State.SENDING, claimed_at=now)
        return appeal


def left(appeal_id: int, now: datetime) -> None:
    """The mail server has taken it."""
    with _locked(appeal_id) as (appeal, review):
        if appeal.state in (State.SENDING, State.UNKNOWN):
            _sent(appeal, review, now)


def came_back(appeal_id: int, why: str) -> None:
    """The mail server refused it, or was not there: nothing left, and it is a draft again."""
    with _locked(appeal_id) as (appeal, _):
        if appeal.state == State.SENDING:
            _save(appeal, state=State.DRAFTED, error=why[:300])


def doubt(appeal_id: int, why: str, claimed_before: datetime | None = None) -> None:
    """Nobody knows whether it left. A person decides; it is never mailed again by itself."""
    with _locked(appeal_id) as (appeal, _):
        since = appeal.claimed_at
        is_due = claimed_before is None or (since is not None and since < claimed_before)
        if appeal.state == State.SENDING and is_due:
            _save(appeal, state=State.UNKNOWN, error=why[:300])


@contextmanager
def _locked(appeal_id: int) -> Iterator[tuple[Appeal, Review]]:
    """A short transaction that holds the review's row and then the appeal's, in that order everywhere."""
    with transaction.atomic():
        review = Review.objects.select_for_update(of=("self",)).with_names().get(appeals=appeal_id)
        yield Appeal.objects.select_for_update().get(pk=appeal_id), review


def _may_begin(review: Review) -> bool:
    return is_appealable(review, kind_of(review.kind).verdict(review, timezone.now()))


def _keep(appeal: Appeal, by: User, typed: Text) -> None:
    subject, text = typed.subject[:250], typed.text[:LONGEST_LETTER]
    if (appeal.subject, appeal.text) == (subject, text):
        # The same text from a second click: nobody has lost anything.
        return
    is_newer = appeal.revision != typed.revision and not typed.over
    if is_newer or appeal.state != State.DRAFTED:
        raise NewerLetter
    if typed.over:
        appeal.earlier = [*appeal.earlier, _kept(appeal)]
    now, name = timezone.now(), by.display_name
    appeal.revision += 1
    _save(appeal, subject=subject, text=text, updated_at=now, updated_by_name=name)
    appeal.save(update_fields=["revision", "earlier"])


def _kept(appeal: Appeal) -> dict[str, str]:
    said = {"by": appeal.updated_by_name, "at": appeal.updated_at.isoformat()}
    return {**said, "subject": appeal.subject, "text": appeal.text}


def _sent(appeal: Appeal, review: Review, now: datetime) -> None:
    _save(appeal, state=State.SENT, sent_at=now, error="")
    if review.status_since <= now:
        review.appealed_at = now
        review.save(update_fields=["appealed_at"])


def _is_ours_again(review: Review) -> None:
    review.appealed_at = None
    review.save(update_fields=["appealed_at"])


def _save(appeal: Appeal, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(appeal, name, value)
    appeal.save(update_fields=list(changes))


def _tell(appeal: Appeal, review: Review, by: User, what: str, **detail: Any) -> None:
    audit.record.record(by, f"appeal:{what}", review.subject, str(review), appeal=appeal.pk, **detail)
