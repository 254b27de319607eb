"""Which reviews a person may see and work on: each function returns the object, or raises 404 or 403."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import require, signed_in
from accounts.models import Role, User
from reviews.models import Renewal, Review


def review_to_read(request: HttpRequest, pk: int) -> Review:
    """A review of one of the person's customers. Others do not exist for them: 404."""
    return _visible(signed_in(request), pk)


def review_to_edit(request: HttpRequest, pk: int) -> Review:
    """The same, for drafting and submitting. 403 below editor."""
    return _visible(require(request, Role.EDITOR), pk)


def renewal_to_read(request: HttpRequest, pk: int) -> Renewal:
    """A plan to make something of the person's customers anew."""
    return _renewal(signed_in(request), pk)


def renewal_to_edit(request: HttpRequest, pk: int) -> Renewal:
    """The same, for typing and deciding; what costs or deletes asks for more at the gate. 403 below editor."""
    return _renewal(require(request, Role.EDITOR), pk)


def renewal_to_spend(request: HttpRequest, pk: int) -> Renewal:
    """The same, for what deletes. 403 below manager."""
    return _renewal(require(request, Role.MANAGER), pk)


def review_to_correct(request: HttpRequest, pk: int) -> Review:
    """The same, for correcting what Redress counted. 403 below administrator."""
    return _visible(require(request, Role.ADMINISTRATOR), pk)


def _renewal(user: User, pk: int) -> Renewal:
    plans = Renewal.objects.select_related("review__customer", "review__account__parent")
    return get_object_or_404(plans.filter(review__in=Review.objects.visible_to(user)), pk=pk)


def _visible(user: User, pk: int) -> Review:
    return get_object_or_404(Review.objects.visible_to(user).with_names(), pk=pk)
