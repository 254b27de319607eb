"""Customers: the list, one of them, and moving an item's brand or messaging service to another."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import require, signed_in
from accounts.models import Customer, Role, User
from reviews import customers, paging
from reviews.access import review_to_read
from reviews.customer_forms import ReassignForm, RenameForm
from reviews.kinds import kind_of

MOST_ACCOUNTS = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    rows, after = customers.listed(customers.visible_to(signed_in(request)), request.GET)
    asked = request.GET.get("q", "").strip()
    next_url = f"?{urlencode({'q': asked, 'after': after})}" if after else ""
    return render(request, "customers/list.html", {"rows": rows, "asked": asked, "next_url": next_url})


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    person, now = signed_in(request), timezone.now()
    customer = _customer(person, pk)
    found = paging.page(customers.stretches(customer, now), request.GET, customers.SIZE)
    accounts = list(customer.accounts.order_by("name")[: MOST_ACCOUNTS + 1])
    context = {
        "customer": customer,
        "figures": customers.figures(customer, now),
        "items": [(item, kind_of(item.kind).label) for item in found.rows],
        "page": found,
        "accounts": accounts[:MOST_ACCOUNTS],
        "has_more_accounts": len(accounts) > MOST_ACCOUNTS,
        "may_manage": person.may(Role.MANAGER),
        "now": now,
    }
    return render(request, "customers/page.html", context)


def rename(request: HttpRequest, pk: int) -> HttpResponse:
    manager = require(request, Role.MANAGER)
    customer = _customer(manager, pk)
    form = RenameForm(request.POST or None, instance=Customer(name=customer.name))
    if form.is_valid():
        customers.rename(customer, form.cleaned_data["name"], manager)
        return redirect("accounts:customer", pk)
    context = {"form": form, "customer": customer}
    return render(request, "customers/rename.html", context, status=422 if form.errors else 200)


def reassign(request: HttpRequest, review_pk: int) -> HttpResponse:
    manager = require(request, Role.MANAGER)
    review = review_to_read(request, review_pk)
    form = ReassignForm(request.POST or None, review=review, user=manager)
    if form.is_valid():
        customer, moved = customers.reassign(review.account, form.cleaned_data["subject"], form.to, manager)
        messages.success(request, f"Belongs to {customer.name} now. {moved} items moved.")
        return redirect("reviews:item", review_pk)
    context = {"form": form, "review": review}
    return render(request, "customers/reassign.html", context, status=422 if form.errors else 200)


def _customer(person: User, pk: int) -> Customer:
    return get_object_or_404(customers.visible_to(person), pk=pk)
