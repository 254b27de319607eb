"""Seats for those who wait for Twilio in front of a page: half of the web server's threads, no more.

The other half is for pages that come from here, and for Twilio's events, which have to be answered within five seconds.
"""

from dataclasses import dataclass
from threading import BoundedSemaphore

from twilio_api.errors import GiveWay
from twilio_api.limiter import Call, Limiter, Place

# The web server has sixteen threads (launch.crew.web, Dockerfile).
SEATS = 8
TRY_AGAIN_SECONDS = 5.0


class Seated:
    """A limiter for one person's calls: a seat first, then the account's own limit. Raises GiveWay at once where none
    is free."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter

    def before(self, account_sid: str, call: Call) -> Place:
        if not _free.acquire(blocking=False):
            raise GiveWay(TRY_AGAIN_SECONDS, "Too many people wait for Twilio just now.")
        try:
            return _Seat(self._limiter.before(account_sid, call))
        except BaseException:
            _free.release()
            raise


@dataclass(frozen=True, slots=True)
class _Seat:
    place: Place

    def after(self, status: int | None, retry_after: float | None = None) -> None:
        _free.release()
        self.place.after(status, retry_after)


_free = BoundedSemaphore(SEATS)
