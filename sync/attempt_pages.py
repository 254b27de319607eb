"""An attempt as it goes: queued, sending, accepted or refused in Twilio's words, unknown with what happens next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

import audit.record
from accounts.access import require, signed_in
from accounts.models import Role, User
from reviews.checked import recorded
from reviews.kinds import kind_of
from reviews.models import Attempt, Review
from reviews.paging import first
from reviews.queries import by_urgency, waiting
from reviews.status import REJECTED, Status
from reviews.verdicts import is_echo
from sync import send
from sync.forms import SettleForm
from sync.tasks import carry_attempt

State = Attempt.State


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the way. State: done, now, waiting (now, at somebody else), failed, next."""

    name: str
    note: str
    state: str


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole page, or the piece of it that asks again until nothing more will happen here."""
    attempt = _visible(signed_in(request), pk)
    name = "sync/attempt.html#progress" if request.htmx else "sync/attempt.html"  # type: ignore[attr-defined]
    return render(request, name, _context(attempt, signed_in(request)))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a queued attempt back, if nobody is sending it yet."""
    user = require(request, Role.EDITOR)
    attempt = _visible(user, pk)
    if send.withdraw(attempt.pk):
        review = attempt.review
        audit.record.record(user, "attempt:withdrawn", review.subject, str(review), attempt=attempt.number)
        attempt.refresh_from_db(fields=["answer"])
        messages.success(request, f"{attempt.answer} Nothing was sent and nothing was spent.")
    else:
        attempt.refresh_from_db(fields=["state"])
        goes_on = "it is being sent already" if attempt.is_open else "it is settled already"
        messages.warning(request, f"Too late: {goes_on}.")
    return redirect("attempts:page", pk)


@require_POST
def read_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks for the next reading of an unanswered attempt now instead of at its time. Never sends it again."""
    attempt = _visible(require(request, Role.EDITOR), pk)
    Attempt.objects.filter(pk=attempt.pk, state=State.UNKNOWN).update(due_at=timezone.now())
    transaction.on_commit(partial(carry_attempt.delay, attempt.pk), robust=True)
    return redirect("attempts:page", pk)


def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """An administrator ends a doubt that Twilio does not end. Asked and answered on a page of its own."""
    user = require(request, Role.ADMINISTRATOR)
    attempt = _visible(user, pk)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        messages.success(request, _settled_words(form.save(attempt, user)))
        return redirect("attempts:page", pk)
    shown = {"form": form, "attempt": attempt, "review": attempt.review}
    return render(request, "sync/settle.html", shown, status=422 if form.errors else 200)


def _settled_words(ended: bool) -> str:
    return "Settled, with your name and reason." if ended else "It was settled already. Nothing has changed."


def _visible(user: User, pk: int) -> Attempt:
    reviews = Review.objects.visible_to(user)
    attempts = Attempt.objects.select_related("review__customer", "review__account__parent")
    return get_object_or_404(attempts.filter(review__in=reviews), pk=pk)


def _context(attempt: Attempt, user: User) -> dict[str, Any]:
    review = attempt.review
    kind = kind_of(review.kind)
    now = timezone.now()
    is_latest = not review.attempts.filter(number__gt=attempt.number).exists()
    return {
        "attempt": attempt,
        "review": review,
        "kind": kind,
        "now": now,
        "headline": _headline(attempt),
        "sent_words": SENT_WORDS.get(State(attempt.state), "What was sent"),
        "is_latest": is_latest,
        "is_rejected_again": is_latest and _is_rejected_again(attempt, review),
        "steps": _steps(attempt, review, is_latest=is_latest),
        "every": _ask_again_after(attempt, review, is_latest=is_latest),
        "changes": [change for change in kind.compare(attempt.before, attempt.submission) if change.is_changed],
        "findings": recorded(review.kind, attempt.findings),
        "verdict": kind.verdict(review, now),
        "fix_url": kind.fix_url(review),
        "next_url": _next_url(review, user),
        "may_edit": user.may(Role.EDITOR),
        "may_settle": user.may(Role.ADMINISTRATOR),
    }


HEADLINES = {
    State.QUEUED: "Waiting for its turn",
    State.PREPARING: "Getting it ready at Twilio",
    State.SENDING: "Sending to Twilio",
    State.ACCEPTED: "Twilio took the update",
    State.REFUSED: "Twilio refused the update",
    State.UNKNOWN: "Twilio did not answer",
    State.NOT_APPLIED: "It never arrived",
    State.WITHDRAWN: "Taken back",
}


def _headline(attempt: Attempt) -> str:
    if not attempt.is_here:
        return "Resubmitted outside Redress"
    return "Not sent: something has to stand first" if _stopped_before(attempt) else HEADLINES[State(attempt.state)]


def _stopped_before(attempt: Attempt) -> bool:
    """Whether it was refused while it was being prepared."""
    return attempt.state == State.REFUSED and attempt.sent_at is None


SENT_WORDS = {
    State.QUEUED: "What will be sent",
    State.PREPARING: "What will be sent",
    State.SENDING: "What is being sent",
    State.UNKNOWN: "What may have been sent",
    State.WITHDRAWN: "What was to be sent",
}


def _is_rejected_again(attempt: Attempt, review: Review) -> bool:
    return attempt.state == State.ACCEPTED and review.status in REJECTED and not _is_old_verdict(review)


def _ask_again_after(attempt: Attempt, review: Review, *, is_latest: bool) -> int:
    """Seconds until the page asks again: often while it is on its way, seldom while reviewers look, then never."""
    if attempt.state == State.PREPARING and attempt.due_at and attempt.due_at > timezone.now() + timedelta(minutes=1):
        return 10
    if attempt.is_open:
        return 2
    waits = review.status == Status.IN_REVIEW or _is_old_verdict(review)
    return 10 if waits and is_latest and attempt.state == State.ACCEPTED else 0


def _is_old_verdict(review: Review) -> bool:
    return review.status in REJECTED and is_echo(review, timezone.now())


def _steps(attempt: Attempt, review: Review, *, is_latest: bool) -> list[Step]:
    queued = Step("Queued", _clock(attempt.created_at), "now" if attempt.state == State.QUEUED else "done")
    afterwards = _afterwards(attempt, review, is_latest=is_latest)
    return [queued, *_preparations(attempt), _sending(attempt), _answered(attempt), *afterwards]


def _preparations(attempt: Attempt) -> Iterator[Step]:
    """The first that is not done is where it stands: at us, or waiting for somebody else."""
    is_next = attempt.state in Attempt.NOT_SENT
    for step in attempt.steps.all():
        if step.done_at:
            yield Step(step.words, _clock(step.done_at), "done")
        elif not attempt.is_open:
            yield Step(step.words, step.note or "not done", "failed" if step.began_at else "next")
        else:
            yield Step(step.words, step.note, ("waiting" if step.note else "now") if is_next else "next")
            is_next = False


def _sending(attempt: Attempt) -> Step:
    if attempt.state in Attempt.NOT_SENT:
        tried = attempt.answer if attempt.state == State.QUEUED else ""
        return Step("Sending", tried or "one call to Twilio", "next")
    if attempt.state == State.WITHDRAWN or _stopped_before(attempt):
        return Step("Sending", "never sent", "failed")
    return Step("Sending", _clock(attempt.sent_at), "now" if attempt.state == State.SENDING else "done")


def _answered(attempt: Attempt) -> Step:
    if _stopped_before(attempt):
        return Step("Accepted?", "by Twilio", "next")
    match attempt.state:
        case State.ACCEPTED:
            return Step("Accepted", _clock(attempt.settled_at), "done")
        case State.REFUSED:
            return Step("Refused", f"HTTP {attempt.answer_status}" if attempt.answer_status else "", "failed")
        case State.UNKNOWN:
            return Step("Accepted?", f"read back {attempt.reads} times so far", "now")
        case State.NOT_APPLIED:
            return Step("Never arrived", f"read back {attempt.reads} times", "failed")
    return Step("Accepted?", "by Twilio", "next")


def _afterwards(attempt: Attempt, review: Review, *, is_latest: bool) -> list[Step]:
    if attempt.state != State.ACCEPTED or not is_latest:
        return [Step("In review", "at Twilio", "next"), Step("Verdict", "by Twilio’s reviewers", "next")]
    if review.status == Status.IN_REVIEW:
        return [Step("In review", review.twilio_status, "waiting"), Step("Verdict", "by Twilio’s reviewers", "next")]
    if _is_old_verdict(review):
        return [
            Step("In review", "Twilio still shows the old verdict", "waiting"),
            Step("Verdict", "by Twilio’s reviewers", "next"),
        ]
    word = Status(review.status).label
    state = "done" if review.status == Status.APPROVED else "failed"
    return [Step("In review", "over", "done"), Step(word, _clock(review.status_since), state)]


def _next_url(review: Review, user: User) -> str:
    """The next in the inbox's order."""
    now = timezone.now()
    following = first(by_urgency(waiting(user, now).exclude(pk=review.pk), now))
    return reverse("reviews:item", args=[following.pk]) if following else reverse("reviews:inbox")


def _clock(moment: datetime | None) -> str:
    return f"{moment:%H:%M:%S} UTC" if moment else ""
