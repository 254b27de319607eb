"""The desk: inbox, all items, one item. Reading only, but for the count an administrator may correct."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

import audit.record
from accounts.access import signed_in
from reviews.access import review_to_correct, review_to_read
from reviews.exports import csv_of
from reviews.filters import ItemFilter, without
from reviews.forms import CountForm
from reviews.inbox import read_inbox, read_tabs
from reviews.item import Item
from reviews.items import read_items
from reviews.queries import NEWEST

CSV_CHUNK = 2000


def home(request: HttpRequest) -> HttpResponse:
    signed_in(request)
    return redirect("reviews:inbox")


@require_GET
def inbox(request: HttpRequest) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    found = read_inbox(user, request.GET, now)
    counts = {"inbox": str(found.tabs.everything)}
    shown = {"inbox": found, "tabs": found.tabs, "freshness": found.tabs.freshness, "nav_counts": counts, "now": now}
    return render(request, "reviews/inbox.html", shown)


@require_GET
def inbox_counts(request: HttpRequest) -> HttpResponse:
    """What an open inbox asks every minute: the counts when they differ from what it shows, else 204."""
    tabs = read_tabs(signed_in(request), request.GET, timezone.now())
    is_known = request.GET.get("mark") == tabs.mark
    shown = {"tabs": tabs, "freshness": tabs.freshness, "is_poll": True}
    return HttpResponse(status=204) if is_known else render(request, "reviews/inbox.html#tabs", shown)


@require_GET
def items(request: HttpRequest) -> HttpResponse:
    user, now = signed_in(request), timezone.now()
    return render(request, "reviews/items.html", {"items": read_items(user, request.GET, now), "now": now})


@require_GET
def items_csv(request: HttpRequest) -> HttpResponseBase:
    """All that is filtered, not only the page that is shown."""
    user = signed_in(request)
    rows = ItemFilter(request.GET, user).apply().with_names().order_by(*NEWEST)
    audit.record.record(user, "items:exported", "items", "All items", filter=without(request.GET))
    return csv_of(rows.iterator(chunk_size=CSV_CHUNK), f"redress-items-{timezone.now():%Y-%m-%d}.csv")


@require_GET
def item(request: HttpRequest, pk: int) -> HttpResponse:
    review, user = review_to_read(request, pk), signed_in(request)
    shown = Item(review, user, timezone.now(), whole="older" in request.GET)
    return render(request, "reviews/item.html", {"item": shown, "review": review, "now": shown.now})


@require_POST
def correct_count(request: HttpRequest, pk: int) -> HttpResponse:
    review, user = review_to_correct(request, pk), signed_in(request)
    form = CountForm(request.POST)
    if form.is_valid():
        form.save(review, user)
        messages.success(request, "The count is corrected.")
        return redirect("reviews:item", pk)
    shown = Item(review, user, timezone.now())
    shown.count_form = form
    return render(request, "reviews/item.html", {"item": shown, "review": review, "now": shown.now}, status=422)


@require_GET
def keys(request: HttpRequest) -> HttpResponse:
    signed_in(request)
    return render(request, "desk/keys.html")
