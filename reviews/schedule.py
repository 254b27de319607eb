"""When a review is asked again: often while somebody looks at it, seldom once it is settled."""

from datetime import datetime, timedelta

from django.conf import settings

from reviews.status import REJECTED, Status


def next_check(status: str, now: datetime) -> datetime:
    """Returns the moment this review should be read again if nothing is heard of it before."""
    every = settings.CHECK_EVERY_SECONDS
    if status in (Status.IN_REVIEW, Status.UNKNOWN):
        return now + timedelta(seconds=every["in_review"])
    if status in REJECTED:
        return now + timedelta(seconds=every["needs_fix"])
    return now + timedelta(seconds=every["settled"])
