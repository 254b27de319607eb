"""What every page of the desk knows. Asked for only where a template uses it: two statements, none for strangers."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from accounts.models import User
from reviews.freshness import AccountsFreshness, freshness_of_accounts
from reviews.queries import MOST_COUNTED, bounded_count, waiting


def desk(request: HttpRequest) -> dict[str, Any]:
    """`demo`, and for people who are signed in `nav_counts` and `freshness`."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {"demo": settings.DEMO}

    def nav_counts() -> dict[str, str]:
        return {"inbox": str(bounded_count(waiting(user, timezone.now()), MOST_COUNTED))}

    def freshness() -> AccountsFreshness:
        return freshness_of_accounts(user, timezone.now())

    return {
        "demo": settings.DEMO,
        "nav_counts": SimpleLazyObject(nav_counts),
        "freshness": SimpleLazyObject(freshness),
    }
