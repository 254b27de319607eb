"""The kinds of review there are, by slug. Reached only through settings.REVIEW_KINDS: nobody asks for one by name."""

from functools import cache
from importlib import import_module
from typing import cast

from django.conf import settings

from reviews.contract import Kind


@cache
def kinds() -> dict[str, Kind]:
    """Every kind by its slug, in the order of settings.REVIEW_KINDS."""
    modules = [cast(Kind, import_module(path)) for path in settings.REVIEW_KINDS]
    return {module.slug: module for module in modules}


def kind_of(slug: str) -> Kind:
    """The kind with this slug. Raises KeyError for a kind no module stands for."""
    return kinds()[slug]
