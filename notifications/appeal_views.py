"""An appeal's page: the letter as it is written, the two ways to send it, and what came back."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import signed_in
from notifications.appeal_forms import AnswerForm, LetterForm, TicketForm
from notifications.appeal_page import AppealPage
from notifications.tasks import mail_appeal
from reviews import appeals
from reviews.access import review_to_edit, review_to_read
from reviews.appeals import NewerLetter

TEMPLATE = "appeals/page.html"
TOO_LATE = "Nothing has changed: it stands otherwise by now."

type Send = Callable[[AppealPage, LetterForm], bool]


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    return _shown(request, AppealPage(review_to_read(request, pk), signed_in(request)))


@require_POST
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes the letter; however often it is pressed, there is one."""
    if appeals.begin(review_to_edit(request, pk).pk, signed_in(request)) is None:
        messages.warning(request, "There is nothing to appeal as it stands now.")
    return redirect("appeals:page", pk)


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps the letter as one types, and by its button; 409 when there is a newer one."""
    at = _at(request, pk)
    form = LetterForm(request.POST)
    if not form.is_valid() and not form.can_be_kept:
        return _shown(request, at.with_form(form), "#refused", 422)
    try:
        at.keep(form, over="over" in request.POST)
    except NewerLetter:
        return _shown(request, at.with_newer(form), "#newer", 409)
    return _shown(request, at, "#saved") if _is_htmx(request) else redirect("appeals:page", pk)


@require_POST
def rewrite(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes the letter anew from what stands now; the old text is kept."""
    return _acted(request, pk, appeals.rewrite(_at(request, pk).latest_pk, signed_in(request)))


@require_POST
def mail(request: HttpRequest, pk: int) -> HttpResponse:
    return _send(request, pk, LetterForm.demand_mail, _queue)


@require_POST
def elsewhere(request: HttpRequest, pk: int) -> HttpResponse:
    return _send(request, pk, LetterForm.demand_elsewhere, _sent_elsewhere)


@require_POST
def ticket(request: HttpRequest, pk: int) -> HttpResponse:
    at, form = _at(request, pk), TicketForm(request.POST)
    if not form.is_valid():
        return _shown(request, at.with_ticket(form), status=422)
    return _acted(request, pk, appeals.note_ticket(at.latest_pk, at.user, form.cleaned_data["ticket"]))


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Records what Twilio said; the item is back in the inbox."""
    at, form = _at(request, pk), AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, at.with_answer(form), status=422)
    return _acted(request, pk, appeals.answered(at.latest_pk, at.user, **form.cleaned_data))


@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """A person has looked whether the letter left."""
    at = _at(request, pk)
    return _acted(request, pk, appeals.settle(at.latest_pk, at.user, left=request.POST.get("left") == "1"))


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    at = _at(request, pk)
    return _acted(request, pk, appeals.withdraw(at.latest_pk, at.user))


def _at(request: HttpRequest, pk: int) -> AppealPage:
    """The page of an item, for somebody who may write its appeal."""
    return AppealPage(review_to_edit(request, pk), signed_in(request))


def _send(request: HttpRequest, pk: int, demand: Callable[[LetterForm], None], send: Send) -> HttpResponse:
    """What is typed is kept before it is judged, so nothing is lost whatever is wrong."""
    at, form = _at(request, pk), LetterForm(request.POST)
    form.is_valid()
    try:
        if form.can_be_kept:
            at.keep(form, over=False)
    except NewerLetter:
        return _shown(request, at.with_newer(form), status=409)
    demand(form)
    if form.errors:
        return _shown(request, at.with_form(form), status=422)
    return _acted(request, pk, send(at, form))


def _queue(at: AppealPage, form: LetterForm) -> bool:
    with transaction.atomic():
        queued = appeals.queue(at.latest_pk, at.user, form.cleaned_data["to"], at.revision)
        # Should the broker be away, the letter is committed all the same and the next sweep finds it.
        transaction.on_commit(partial(mail_appeal.delay, at.latest_pk), robust=True)
    return queued


def _sent_elsewhere(at: AppealPage, form: LetterForm) -> bool:
    return appeals.sent_elsewhere(at.latest_pk, at.user, form.cleaned_data["how"], form.cleaned_data["ticket"])


def _acted(request: HttpRequest, pk: int, done: bool) -> HttpResponse:
    if not done:
        messages.warning(request, TOO_LATE)
    return redirect("appeals:page", pk)


def _shown(request: HttpRequest, at: AppealPage, partial_name: str = "", status: int = 200) -> HttpResponse:
    """The whole page, or the piece of it that a script asked for."""
    name = f"{TEMPLATE}{partial_name}" if _is_htmx(request) else TEMPLATE
    return render(request, name, {"at": at, "review": at.review, "now": at.now}, status=status)


def _is_htmx(request: HttpRequest) -> bool:
    return bool(request.htmx)  # type: ignore[attr-defined]
