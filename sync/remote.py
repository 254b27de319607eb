"""An account's way to Twilio, with this installation's address and time limit."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from accounts.models import TwilioAccount
from sync.lanes import in_lanes
from sync.limits import PATIENCE, Shared
from sync.seats import Seated
from twilio_api.client import Twilio
from twilio_api.credentials import Credentials
from twilio_api.limiter import Limiter

# Longer than this and a person has given up looking.
AT_ONCE_SECONDS = 8.0
# A terminal has nothing better to do than to wait for its turn.
FOREGROUND_PATIENCE = 120.0


def twilio_for(account: TwilioAccount, *, patience: float = PATIENCE) -> Twilio:
    """Returns a client for this account, which waits `patience` seconds for its turn. Raises
    accounts.secrets.SealBroken when its secret cannot be opened."""
    return _twilio(account.credentials(), Shared(patience))


@contextmanager
def twilio_for_reading(account: TwilioAccount, patience: float) -> Iterator[Twilio]:
    """The same for an account's reading as a whole, whose calls go in lanes."""
    with in_lanes(Shared(patience)) as limiter:
        yield _twilio(account.credentials(), limiter)


def twilio_with(credentials: Credentials) -> Twilio:
    """The same for somebody who waits in front of a page for an account to be connected."""
    return _twilio(credentials, Seated(Shared(AT_ONCE_SECONDS)))


def twilio_at_once(account: TwilioAccount) -> Twilio:
    """The same for somebody who waits in front of a page: one short try. Raises accounts.secrets.SealBroken."""
    timeout = min(settings.TWILIO_TIMEOUT_SECONDS, AT_ONCE_SECONDS)
    return Twilio(
        account.credentials(),
        base_url=settings.TWILIO_API_URL,
        timeout=timeout,
        limiter=Seated(Shared(AT_ONCE_SECONDS / 2)),
        read_waits=(),
    )


def _twilio(credentials: Credentials, limiter: Limiter) -> Twilio:
    return Twilio(
        credentials,
        base_url=settings.TWILIO_API_URL,
        timeout=settings.TWILIO_TIMEOUT_SECONDS,
        limiter=limiter,
        read_waits=settings.TWILIO_READ_AGAIN_SECONDS,
    )
