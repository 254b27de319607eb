"""Repairing an item, whatever its kind: the form, the drafts it leaves as one types, and the page that sends."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_POST

from accounts.access import signed_in
from reviews import drafts
from reviews.access import review_to_edit
from reviews.drafts import NewerDraft
from sync.desk import Desk, consent_from
from sync.gate import NotSent

type DeskOf = type[Desk]


def repair_urls(desk: DeskOf) -> list[URLPattern]:
    """The addresses of a kind that can be repaired here."""
    given = {"desk": desk}
    return [
        path("<int:pk>/fix/", fix, given, name="fix"),
        path("<int:pk>/fix/save/", save, given, name="save"),
        path("<int:pk>/fix/discard/", discard, given, name="discard"),
        path("<int:pk>/fix/restore/", restore, given, name="restore"),
        path("<int:pk>/fix/see-change/", see_change, given, name="see_change"),
        path("<int:pk>/fix/continue-from/<int:draft_pk>/", continue_from, given, name="continue_from"),
        path("<int:pk>/review/", review, given, name="review"),
    ]


def fix(request: HttpRequest, pk: int, desk: DeskOf) -> HttpResponse:
    """The repair form. A POST keeps what was typed before it judges it, so nothing is lost whatever is wrong."""
    at = desk(review_to_edit(request, pk), signed_in(request))
    if request.method != "POST":
        return render(request, "repair/fix.html", at.fix_context(at.form()))
    return _keep_and_go_on(request, at)


@require_POST
def save(request: HttpRequest, pk: int, desk: DeskOf) -> HttpResponse:
    """Saves as one types and answers with what the checks say so far; 409 when another window holds a newer text."""
    at = desk(review_to_edit(request, pk), signed_in(request))
    form = at.form(request.POST)
    form.is_valid()
    try:
        at.keep(request.POST)
    except NewerDraft as newer:
        return render(request, "repair/fix.html#newer", at.newer_context(newer.draft, request.POST), status=409)
    return render(request, "repair/fix.html#live", at.fix_context(form))


@require_POST
def discard(request: HttpRequest, pk: int, desk: DeskOf) -> HttpResponse:
    at = desk(review_to_edit(request, pk), signed_in(request))
    drafts.discard(at.review, at.user)
    return redirect(f"{at.url('fix')}?discarded")


@require_POST
def restore(request: HttpRequest, pk: int, desk: DeskOf) -> HttpResponse:
    at = desk(review_to_edit(request, pk), signed_in(request))
    drafts.restore(at.review, at.user)
    return redirect(at.url("fix"))


@require_POST
def see_change(request: HttpRequest, pk: int, desk: DeskOf) -> HttpResponse:
    """The person has looked at what changed at Twilio meanwhile."""
    at = desk(review_to_edit(request, pk), signed_in(request))
    seen = drafts.unsealed(at.review, request.POST.get("seen", ""))
    if seen is not None:
        drafts.accept_change(at.review, at.user, seen)
    return redirect(at.url("fix"))


@require_POST
def continue_from(request: HttpRequest, pk: int, draft_pk: int, desk: DeskOf) -> HttpResponse:
    """Takes over a colleague's text as one's own draft; theirs stays as it is."""
    at = desk(review_to_edit(request, pk), signed_in(request))
    at.take_over(draft_pk)
    return redirect(at.url("fix"))


def review(request: HttpRequest, pk: int, desk: DeskOf) -> HttpResponse:
    """What differs, what it costs, and the one button that sends."""
    at = desk(review_to_edit(request, pk), signed_in(request))
    if request.method == "POST":
        return _send(request, at)
    return render(request, "repair/review.html", at.review_context()) if at.draft else redirect(at.url("fix"))


def _keep_and_go_on(request: HttpRequest, at: Desk) -> HttpResponse:
    form = at.form(request.POST)
    try:
        at.keep(request.POST)
    except NewerDraft as newer:
        context = at.fix_context(form) | at.newer_context(newer.draft, request.POST)
        return render(request, "repair/fix.html", context, status=409)
    if request.POST.get("then") != "review":
        return redirect(f"{at.url('fix')}?saved")
    if not form.is_valid():
        return render(request, "repair/fix.html", at.fix_context(form), status=422)
    return redirect(at.url("review"))


def _send(request: HttpRequest, at: Desk) -> HttpResponse:
    try:
        attempt = at.submit(at.typed(), consent_from(request.POST, at))
    except NotSent as refusal:
        return _not_sent(request, at.afresh(), refusal)
    return redirect("attempts:page", attempt.pk)


def _not_sent(request: HttpRequest, at: Desk, refusal: NotSent) -> HttpResponse:
    """The page it was sent from, with the words beside the right control; the form when the draft is gone."""
    if at.draft is None:
        context = at.fix_context(at.form(), refusal.objections)
        return render(request, "repair/fix.html", context, status=422)
    context = at.review_context(refusal.objections, request.POST)
    return render(request, "repair/review.html", context, status=422)
