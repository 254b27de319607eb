"""The catalogue of rejections: everybody may look a number up and see which of their items have it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import signed_in
from reviews.codes import LARGEST, Code, CodeFilter, unlisted
from reviews.kinds import kind_of


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    context = {"filter": CodeFilter(request.GET), "unlisted": unlisted(person) if person.is_administrator else []}
    return render(request, "codes/index.html", context)


@require_safe
def code(request: HttpRequest, number: int) -> HttpResponse:
    """Any number has a page: what Twilio adds tomorrow is shown with Twilio's words."""
    person = signed_in(request)
    found = Code(_readable(number), person)
    items = [(item, kind_of(item.kind).label) for item in found.items]
    return render(request, "codes/code.html", {"code": found, "items": items, "now": timezone.now()})


def _readable(number: int) -> int:
    if not 0 < number <= LARGEST:
        raise Http404("Twilio has no number like this.")
    return number
