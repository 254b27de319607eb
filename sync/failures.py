"""What stopped a reading, for people, and how long to leave an account alone after it."""

from datetime import timedelta

from accounts.secrets import SealBroken
from twilio_api.errors import CredentialsRefused, TwilioError

# After the first failure: recovery shows soon. Doubled with each further one where only a person can help, so that
# dead credentials, or a fault of ours, cost a call now and then; never so long that it goes unnoticed for a day when
# they have helped.
RETRY_AFTER, LONGEST_RETRY = timedelta(minutes=5), timedelta(hours=4)


def explain_failure(error: Exception) -> str:
    """What stopped a reading and what to do about it, for a person."""
    if isinstance(error, CredentialsRefused):
        return "Twilio refused the credentials. Connect the account again with its current auth token or a valid key."
    if isinstance(error, SealBroken):
        return "Its secret cannot be opened: the key in REDRESS_SECRET_KEYS is gone. Connect the account again."
    if isinstance(error, TwilioError):
        return str(error)
    # Its own words are for whoever mends it, and may hold what is nobody else's business.
    return f"Redress itself failed while reading this account ({type(error).__name__}). The log has the details."


def retry_after(error: Exception, failures: int) -> timedelta:
    """How long until an account is tried again that has failed so many times in a row."""
    if isinstance(error, TwilioError) and not isinstance(error, CredentialsRefused):
        return RETRY_AFTER
    return min(RETRY_AFTER * (1 << min(max(failures - 1, 0), 10)), LONGEST_RETRY)
