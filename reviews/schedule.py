"""When a review is asked again: often while somebody looks at it, seldom once it is settled, less where events tell.

Settled items are read with their account as a whole: a listing costs no more calls than its items and finds what is
new. Each account has its own moment in the pause, by its SID, so that the readings of all are spread evenly over it and
stay so however often somebody reads at once in between. All of it is pure: tests run it over simulated days.
"""

from datetime import UTC, datetime, timedelta
from math import ceil
from zlib import crc32

from django.conf import settings

from reviews.status import REJECTED, Status

# What just went into review is watched closely: some reviews take seconds. The pause grows with the time it waits.
# Where events tell of the verdict, asking only finds the few that were lost, and may take half as long as the review.
SHORTEST, SHARE_OF_AGE = timedelta(seconds=10), 4
SHORTEST_WITH_EVENTS, SHARE_WITH_EVENTS = timedelta(minutes=1), 2
# A reading just before an account's own moment counts for it: between two lie from an eighth of the pause to nine.
NEAR = 1 / 8
# A settled item comes up by itself only when its account's reading did not come: after the longest time between two.
OVERDUE = 1 + 2 * NEAR
# What somebody works or waits on is stale after this many of its pauses. Events do not make old truth younger: the same
# then, but for two of the longer pauses.
STALE_PAUSES, STALE_PAUSES_WITH_EVENTS = 16, 2
# Between Twilio's clock and ours, and between those of two machines here. A moment further ahead is a clock's mistake.
CLOCKS_DIFFER = timedelta(seconds=10)


def next_check(status: str, since: datetime, now: datetime, *, key: str = "", hears: bool = False) -> datetime:
    """Returns the moment this review should be read again if nothing is heard of it before.

    `since` is when it took its status, `key` what spreads it apart from others, `hears` whether events tell of it."""
    pause = longest_pause(status, hears=hears)
    if status in (Status.IN_REVIEW, Status.UNKNOWN):
        shortest, part = (SHORTEST_WITH_EVENTS, SHARE_WITH_EVENTS) if hears else (SHORTEST, SHARE_OF_AGE)
        return now + min(pause, max(shortest, (now - since) / part))
    if status in REJECTED:
        return now + pause * (1 - share(key) / 4)
    return now + pause * (OVERDUE + share(key) / 4)


def next_reading(key: str, now: datetime, *, hears: bool = False) -> datetime:
    """Returns the account's next own moment: `key` is its SID."""
    pause = longest_pause(Status.APPROVED, hears=hears).total_seconds()
    phase = share(key) * pause
    turns = ceil((now.timestamp() + pause * NEAR - phase) / pause)
    return datetime.fromtimestamp(turns * pause + phase, UTC)


def longest_pause(status: str, *, hears: bool = False) -> timedelta:
    every = settings.CHECK_WITH_EVENTS_SECONDS if hears else settings.CHECK_EVERY_SECONDS
    if status in (Status.IN_REVIEW, Status.UNKNOWN):
        return timedelta(seconds=every["in_review"])
    return timedelta(seconds=every["needs_fix" if status in REJECTED else "settled"])


def stale_after(status: str, *, hears: bool = False) -> timedelta:
    """How old an answer may be before it is called stale. Never less than the pause of its status and a reading."""
    settled = timedelta(seconds=settings.STALE_AFTER_SECONDS) + (extra_pause() if hears else timedelta())
    if status in (Status.APPROVED, Status.STOPPED):
        return settled
    pauses = STALE_PAUSES * longest_pause(status)
    return min(settled, max(pauses, STALE_PAUSES_WITH_EVENTS * longest_pause(status, hears=True)) if hears else pauses)


def extra_pause() -> timedelta:
    """By how much longer a settled account may go unread where events work."""
    settled = Status.APPROVED
    return (longest_pause(settled, hears=True) - longest_pause(settled)) * (1 + NEAR)


def share(key: str) -> float:
    """From 0 up to 1, always the same for the same key, evenly spread over many."""
    return crc32(key.encode()) / 2**32
