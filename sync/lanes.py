"""Lanes for whole readings: so many of a process ask Twilio at the same time, and the others write meanwhile.

Accounts of the same size that begin together would all ask together, and then all write together while nobody asks. A
reading leaves its lane while it writes, and another that waits has it for as long.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from threading import BoundedSemaphore

from django.conf import settings


@contextmanager
def lane() -> Iterator[None]:
    """Waits for a lane of this process; it is given back at the end of the block."""
    with _lanes(settings.TWILIO_READINGS_AT_ONCE):
        yield


@contextmanager
def lane_left() -> Iterator[None]:
    """Inside a lane: leaves it for as long as the block takes, and waits for one afterwards, whatever happens."""
    lanes = _lanes(settings.TWILIO_READINGS_AT_ONCE)
    lanes.release()
    try:
        yield
    finally:
        lanes.acquire()


@cache
def _lanes(count: int) -> BoundedSemaphore:
    return BoundedSemaphore(count)
