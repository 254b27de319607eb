"""Which reviews a person may see and work on: each function returns the object, or raises 404 or 403."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accounts.access import require, signed_in
from accounts.models import Role, User
from reviews.models import Review


def review_to_read(request: HttpRequest, pk: int) -> Review:
    """A review of one of the person's customers. Others do not exist for them: 404."""
    return _visible(signed_in(request), pk)


def review_to_edit(request: HttpRequest, pk: int) -> Review:
    """The same, for drafting and submitting. 403 below editor."""
    return _visible(require(request, Role.EDITOR), pk)


def review_to_correct(request: HttpRequest, pk: int) -> Review:
    """The same, for correcting what Redress counted. 403 below administrator."""
    return _visible(require(request, Role.ADMINISTRATOR), pk)


def _visible(user: User, pk: int) -> Review:
    return get_object_or_404(Review.objects.visible_to(user).with_names(), pk=pk)
