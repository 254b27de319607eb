"""When a review is asked again: often while somebody looks at it, seldom once it is settled."""

from datetime import datetime, timedelta

from django.conf import settings

from reviews.status import REJECTED, Status

# What just went into review is watched closely: some reviews take seconds. The pause grows with the time it waits.
SHORTEST = timedelta(seconds=10)
SHARE_OF_AGE = 4


def next_check(status: str, since: datetime, now: datetime) -> datetime:
    """Returns the moment this review should be read again if nothing is heard of it before.

    `since` is when it took its status."""
    every = settings.CHECK_EVERY_SECONDS
    if status in (Status.IN_REVIEW, Status.UNKNOWN):
        longest = timedelta(seconds=every["in_review"])
        return now + min(longest, max(SHORTEST, (now - since) / SHARE_OF_AGE))
    if status in REJECTED:
        return now + timedelta(seconds=every["needs_fix"])
    return now + timedelta(seconds=every["settled"])
