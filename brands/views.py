"""The pieces of a brand's page that ask Twilio, or ask again; the repair pages are those all kinds share."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from accounts.access import signed_in
from brands import actions, asking, dossier
from brands.forms import VettingForm
from brands.models import Brand
from brands.panels import Behind, is_reading
from reviews.access import review_to_edit, review_to_read
from reviews.models import Review


@require_GET
def behind(request: HttpRequest, pk: int) -> HttpResponse:
    """The dossier as a piece of the page, asked for until it is read; without htmx the page itself."""
    review = review_to_read(request, pk)
    brand = _brand(review)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_at(review, "dossier"))
    found = Behind(brand, dossier.papers_of(brand), timezone.now())
    shown = {"review": review, "shown": {"behind": found}, "now": found.now}
    response = render(request, "brands/_dossier.html", shown)
    if "first" in request.GET and not found.is_reading:
        # The first reading fills other parts of the page too.
        response["HX-Refresh"] = "true"
    return response


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Has the dossier read again. Whoever may see it may ask."""
    review = review_to_read(request, pk)
    _brand(review)
    asking.ask(review, timezone.now(), at_once=True)
    return redirect(_at(review, "dossier"))


@require_GET
def papers(request: HttpRequest, pk: int) -> HttpResponse:
    """What stands above the form, asked for until there is a form to fill in: then the page is loaded anew."""
    review = review_to_edit(request, pk)
    brand = _brand(review)
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect("brands:fix", pk)
    shown = {"review": review, "brand": brand, "is_reading": is_reading(brand, timezone.now())}
    response = render(request, "brands/_unread.html", shown)
    if brand.dossier_read_at:
        response["HX-Refresh"] = "true"
    return response


@require_POST
def otp(request: HttpRequest, pk: int) -> HttpResponse:
    review, user = review_to_edit(request, pk), signed_in(request)
    _brand(review)
    outcome = actions.resend_otp(review, user)
    messages.add_message(request, outcome.level, outcome.words)
    return redirect(_at(review, "registration"))


@require_POST
def vetting(request: HttpRequest, pk: int) -> HttpResponse:
    review, user = review_to_edit(request, pk), signed_in(request)
    _brand(review)
    form = VettingForm(request.POST)
    if not form.is_valid():
        words = " ".join(str(error) for errors in form.errors.values() for error in errors)
        messages.error(request, f"Nothing was imported. {words}")
        return redirect(_at(review, "registration"))
    asked = form.cleaned_data
    outcome = actions.import_vetting(review, user, asked["provider"], asked["vetting_id"])
    messages.add_message(request, outcome.level, outcome.words)
    return redirect(_at(review, "registration"))


def _brand(review: Review) -> Brand:
    return get_object_or_404(Brand, review=review)


def _at(review: Review, place: str) -> str:
    return f"{reverse('reviews:item', args=[review.pk])}#{place}"
