"""Repairing a campaign: the form, the drafts it leaves as one types, and the page that sends."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import signed_in
from campaigns import desk, repair
from campaigns.desk import Desk
from reviews import drafts
from reviews.access import review_to_edit
from reviews.drafts import NewerDraft
from sync.gate import NotSent


def fix(request: HttpRequest, pk: int) -> HttpResponse:
    """The repair form. A POST keeps what was typed before it judges it, so nothing is lost whatever is wrong."""
    at = Desk(review_to_edit(request, pk), signed_in(request))
    if request.method != "POST":
        return render(request, "campaigns/fix.html", at.fix_context(at.form()))
    return _keep_and_go_on(request, at)


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves as one types and answers with what the checks say so far; 409 when another window holds a newer text."""
    at = Desk(review_to_edit(request, pk), signed_in(request))
    form = at.form(request.POST)
    form.is_valid()
    try:
        at.keep(request.POST)
    except NewerDraft as newer:
        return render(request, "campaigns/fix.html#newer", at.newer_context(newer.draft, request.POST), status=409)
    return render(request, "campaigns/fix.html#live", at.fix_context(form))


@require_POST
def discard(request: HttpRequest, pk: int) -> HttpResponse:
    at = Desk(review_to_edit(request, pk), signed_in(request))
    drafts.discard(at.review, at.user)
    return redirect(f"{reverse('campaigns:fix', args=[pk])}?discarded")


@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    at = Desk(review_to_edit(request, pk), signed_in(request))
    drafts.restore(at.review, at.user)
    return redirect("campaigns:fix", pk)


@require_POST
def see_change(request: HttpRequest, pk: int) -> HttpResponse:
    """The person has looked at what changed at Twilio meanwhile."""
    at = Desk(review_to_edit(request, pk), signed_in(request))
    seen = drafts.unsealed(at.review, request.POST.get("seen", ""))
    if seen is not None:
        drafts.accept_change(at.review, at.user, seen)
    return redirect("campaigns:fix", pk)


@require_POST
def continue_from(request: HttpRequest, pk: int, draft_pk: int) -> HttpResponse:
    """Takes over a colleague's text as one's own draft; theirs stays as it is."""
    at = Desk(review_to_edit(request, pk), signed_in(request))
    at.take_over(draft_pk)
    return redirect("campaigns:fix", pk)


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs, what it costs, and the one button that sends."""
    at = Desk(review_to_edit(request, pk), signed_in(request))
    if request.method == "POST":
        return _send(request, at)
    return render(request, "campaigns/review.html", at.review_context()) if at.draft else redirect("campaigns:fix", pk)


def _keep_and_go_on(request: HttpRequest, at: Desk) -> HttpResponse:
    form = at.form(request.POST)
    try:
        at.keep(request.POST)
    except NewerDraft as newer:
        context = at.fix_context(form) | at.newer_context(newer.draft, request.POST)
        return render(request, "campaigns/fix.html", context, status=409)
    if request.POST.get("then") != "review":
        return redirect(f"{reverse('campaigns:fix', args=[at.review.pk])}?saved")
    if not form.is_valid():
        return render(request, "campaigns/fix.html", at.fix_context(form), status=422)
    return redirect("campaigns:review", at.review.pk)


def _send(request: HttpRequest, at: Desk) -> HttpResponse:
    try:
        consent = desk.consent_from(request.POST, at)
        attempt = repair.submit(
            at.review.pk,
            at.typed(),
            at.user,
            based_on=at.based_on,
            agreed_fee=consent.agreed_fee,
            note=consent.note,
            warnings_reason=consent.warnings_reason,
        )
    except NotSent as refusal:
        return _not_sent(request, at.afresh(), refusal)
    at.sent()
    return redirect("attempts:page", attempt.pk)


def _not_sent(request: HttpRequest, at: Desk, refusal: NotSent) -> HttpResponse:
    """The page it was sent from, with the words beside the right control; the form when the draft is gone."""
    if at.draft is None:
        context = at.fix_context(at.form(), refusal.objections)
        return render(request, "campaigns/fix.html", context, status=422)
    context = at.review_context(refusal.objections, request.POST)
    return render(request, "campaigns/review.html", context, status=422)
