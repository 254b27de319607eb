"""Deleting something and making it anew, whatever its kind: one plan, with a page for each thing a person decides."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import signed_in
from reviews.access import renewal_to_edit, renewal_to_read, renewal_to_spend, review_to_edit
from reviews.kinds import kind_of
from reviews.models import Renewal, Review
from reviews.payloads import tidy
from reviews.renewals import NewerText, open_renewal
from sync import renewal_gate
from sync.desk import AMOUNT, LONGEST_WORDS, revision_of
from sync.gate import NotSent
from sync.renewal_desk import RenewalDesk
from sync.renewal_forms import DeleteForm, WishForm
from sync.renewal_gate import Confirmation, Order, renewable_of


def start(request: HttpRequest, pk: int) -> HttpResponse:
    """What it costs, whether an edit would do, and why it is wanted all the same. A POST writes the plan down; nothing
    is deleted by it."""
    review = review_to_edit(request, pk)
    if renewal := open_renewal(review):
        return redirect("renewals:page", renewal.pk)
    try:
        renewable_of(review)
    except NotSent as refusal:
        return render(
            request, "renewal/start.html", _start_context(review) | {"not_sent": refusal.objections}, status=404
        )
    return _begin(request, review) if request.method == "POST" else _ask(request, review)


def page(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole plan, or the piece of it that asks again until nothing more happens by itself."""
    at = RenewalDesk(renewal_to_read(request, pk), signed_in(request))
    name = "renewal/plan.html#progress" if request.htmx else "renewal/plan.html"  # type: ignore[attr-defined]
    return render(request, name, at.page_context())


def form(request: HttpRequest, pk: int) -> HttpResponse:
    """The text of the new one, every field of it."""
    at = RenewalDesk(renewal_to_edit(request, pk), signed_in(request))
    if request.method == "POST":
        return _keep_and_go_on(request, at)
    if not at.may_type:
        return redirect("renewals:page", pk)
    return render(request, "renewal/form.html", at.form_context(at.form()))


@require_POST
def save(request: HttpRequest, pk: int) -> HttpResponse:
    """Saves as one types; 409 when another window holds a newer text."""
    at = RenewalDesk(renewal_to_edit(request, pk), signed_in(request))
    try:
        at = _kept(request, at)
    except NewerText as newer:
        context = at.newer_context(newer.renewal, request.POST)
        return render(request, "renewal/form.html#newer", context, status=409)
    except NotSent as refusal:
        return render(request, "renewal/form.html#refused", at.shared() | {"not_sent": refusal.objections}, status=409)
    typed = at.form(request.POST)
    typed.is_valid()
    return render(request, "renewal/form.html#live", at.form_context(typed))


@require_POST
def ask(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks Twilio again what may be chosen."""
    at = RenewalDesk(renewal_to_edit(request, pk), signed_in(request))
    at.ask_twilio()
    if at.renewal.options_problem:
        messages.warning(request, at.renewal.options_problem)
    return redirect("renewals:form", pk)


def delete(request: HttpRequest, pk: int) -> HttpResponse:
    """The typed name. The one page from which something is deleted."""
    at = RenewalDesk(renewal_to_spend(request, pk), signed_in(request))
    asked = DeleteForm(request.POST or None, offer=at.offer, initial={"seen": at.review.digest})
    if request.method != "POST" or not asked.is_valid():
        return render(request, "renewal/delete.html", _delete_context(at, asked))
    given = asked.cleaned_data
    try:
        said = Confirmation(given["name"], given["seen"], stops=bool(given.get("stops")))
        renewal_gate.confirm(pk, said, at.user)
    except NotSent as refusal:
        return _not_deleted(request, pk, refusal)
    return redirect("renewals:page", pk)


def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What differs from the old one, what it costs, and the one button that creates."""
    at = RenewalDesk(renewal_to_edit(request, pk), signed_in(request))
    if request.method != "POST":
        return render(request, "renewal/review.html", at.review_context())
    try:
        renewal_gate.create(pk, _order(request.POST), at.user)
    except NotSent as refusal:
        again = RenewalDesk(renewal_to_edit(request, pk), at.user)
        context = again.review_context(refusal.objections, request.POST)
        return render(request, "renewal/review.html", context, status=422)
    return redirect("renewals:page", pk)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    renewal = renewal_to_edit(request, pk)
    if renewal_gate.cancel(pk, signed_in(request)):
        messages.success(request, "The plan is cancelled. Its text is kept.")
    else:
        messages.warning(
            request, "It cannot be cancelled now: after the deletion that takes a Manager, and no call under way."
        )
    return redirect("renewals:page", renewal.pk)


@require_POST
def waive(request: HttpRequest, pk: int) -> HttpResponse:
    """Somebody knows that the brand needs no further repair."""
    renewal = renewal_to_edit(request, pk)
    renewal_gate.brand_is_right(renewal.pk, signed_in(request))
    return redirect("renewals:page", pk)


@require_POST
def look(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings the next reading forward, or the next look for what was sent. Nothing is sent twice by it."""
    renewal = renewal_to_edit(request, pk)
    Renewal.objects.filter(pk=renewal.pk, state__in=Renewal.AT_WORK).exclude(due_at=None).update(due_at=timezone.now())
    renewal_gate.hand_over(renewal)
    return redirect("renewals:page", pk)


def _ask(request: HttpRequest, review: Review) -> HttpResponse:
    wish = WishForm(offer=renewable_of(review).offer(review))
    return render(request, "renewal/start.html", _start_context(review) | {"form": wish})


def _begin(request: HttpRequest, review: Review) -> HttpResponse:
    wish = WishForm(request.POST, offer=renewable_of(review).offer(review))
    wish.is_valid()
    try:
        renewal = renewal_gate.plan(review.pk, wish.wish(), signed_in(request))
    except NotSent as refusal:
        for objection in refusal.objections:
            wish.add_error(objection.control if objection.control in wish.fields else None, objection.words)
        return render(request, "renewal/start.html", _start_context(review) | {"form": wish}, status=422)
    RenewalDesk(renewal, signed_in(request)).ask_twilio()
    return redirect("renewals:page", renewal.pk)


def _start_context(review: Review) -> dict[str, Any]:
    kind = kind_of(review.kind)
    offer = kind.renewal.offer(review) if kind.renewal else None
    shown = {"review": review, "kind": kind, "offer": offer, "charge": offer.charge if offer else None}
    return {**shown, "fix_url": kind.fix_url(review), "policy": review.account.policy, "now": timezone.now()}


def _kept(request: HttpRequest, at: RenewalDesk) -> RenewalDesk:
    """Saves what was typed; the desk with the text as it stands then."""
    fields = at.renewable.form_class.typed_fields(request.POST)
    revision, over = revision_of(request.POST), bool(request.POST.get("over"))
    renewal_gate.save(at.renewal.pk, at.user, fields, revision, over=over)
    return RenewalDesk(renewal_to_edit(request, at.renewal.pk), at.user)


def _keep_and_go_on(request: HttpRequest, at: RenewalDesk) -> HttpResponse:
    form = at.form(request.POST)
    try:
        at = _kept(request, at)
    except NewerText as newer:
        context = at.form_context(form) | at.newer_context(newer.renewal, request.POST)
        return render(request, "renewal/form.html", context, status=409)
    except NotSent as refusal:
        return render(request, "renewal/form.html", at.form_context(form, refusal.objections), status=409)
    if at.chose_another:
        at.ask_twilio()
    if request.POST.get("then") != "review":
        return redirect("renewals:form", at.renewal.pk)
    form = RenewalDesk(at.renewal, at.user).form(request.POST)
    if not form.is_valid():
        return render(request, "renewal/form.html", at.form_context(form), status=422)
    return redirect("renewals:review", at.renewal.pk)


def _delete_context(at: RenewalDesk, asked: DeleteForm) -> dict[str, Any]:
    hint = f"{at.review.title} (signs between the words may be left out)"
    return at.shared() | {"form": asked, "errors_left": at.errors_left, "name_hint": hint}


def _not_deleted(request: HttpRequest, pk: int, refusal: NotSent) -> HttpResponse:
    """The page with the words beside the right field, and what the item shows by now."""
    at = RenewalDesk(renewal_to_spend(request, pk), signed_in(request))
    asked = DeleteForm({**request.POST.dict(), "seen": at.review.digest}, offer=at.offer)
    asked.is_valid()
    for objection in refusal.objections:
        asked.add_error(objection.control if objection.control in asked.fields else None, objection.words)
    return render(request, "renewal/delete.html", _delete_context(at, asked), status=422)


def _order(posted: Mapping[str, Any]) -> Order:
    fee = str(posted.get("fee", ""))
    agreed = Decimal(fee) if posted.get("agreed") and AMOUNT.fullmatch(fee) else None
    return Order(revision_of(posted), agreed, tidy(str(posted.get("warnings_reason", "")))[:LONGEST_WORDS])
