"""Which of Twilio's types of events are of use here: those the kinds ask for, and those about a whole account."""

from reviews.kinds import kinds
from sync.cloud_events import COMPLIANCE

# About an account as a whole, not about one of its things.
ABOUT_ACCOUNT = ("a2p-resource-cleanup-",)


def type_is_wanted(name: str) -> bool:
    """Whether this type of event is worth subscribing to."""
    return name.startswith(tuple(COMPLIANCE + topic for topic in wanted_topics()))


def wanted_topics() -> tuple[str, ...]:
    """How the topics begin that are of use here."""
    return (*(topic for kind in kinds().values() for topic in kind.topics), *ABOUT_ACCOUNT)
