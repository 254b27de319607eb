"""An account's way to Twilio, with this installation's address and time limit."""

from django.conf import settings

from accounts.models import TwilioAccount
from twilio_api.client import Twilio
from twilio_api.credentials import Credentials


def twilio_for(account: TwilioAccount) -> Twilio:
    """Returns a client for this account. Raises accounts.secrets.SealBroken when its secret cannot be opened."""
    return twilio_with(account.credentials())


def twilio_with(credentials: Credentials) -> Twilio:
    return Twilio(credentials, base_url=settings.TWILIO_API_URL, timeout=settings.TWILIO_TIMEOUT_SECONDS)
