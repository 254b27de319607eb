"""What a toll-free number may send while its verification stands as it does, with the date of the rule."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

SEEN = date(2026, 11, 22)
BLOCKED_SINCE = date(2024, 1, 31)
BLOCKED = "Texts to the United States and Canada are blocked: Twilio answers 30032."
BLOCKED_SOURCE = "Twilio error page 30032"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traffic:
    """`may_send` is None where nobody says. `since` is the day the rule took hold; `superseded` an older one that is
    still to be read, with who says so."""

    may_send: bool | None
    says: str
    source: str
    since: date | None = None
    seen: date = SEEN
    superseded: str = ""


_PENDING = Traffic(may_send=False, says=BLOCKED, source=BLOCKED_SOURCE, since=BLOCKED_SINCE)
_EDITABLE = Traffic(
    may_send=False,
    says=BLOCKED,
    source=BLOCKED_SOURCE,
    since=BLOCKED_SINCE,
    superseded="Twilio’s article on toll-free resubmission, written in 2023, lets texts go on for up to seven days "
    "after such a rejection. The rule of January 2024 is newer and knows no such days.",
)
_BY_WORD: Mapping[str, Traffic] = MappingProxyType(
    {
        "PENDING_REVIEW": _PENDING,
        "IN_REVIEW": _PENDING,
        "TWILIO_REJECTED": _PENDING,
        "TWILIO_APPROVED": Traffic(
            may_send=True, says="It may send to the United States and Canada.", source=BLOCKED_SOURCE
        ),
    }
)
UNKNOWN = Traffic(may_send=None, says="Not known: Twilio uses a word for its state that we do not know.", source="")


def traffic_of(twilio_status: str, *, may_be_edited: bool) -> Traffic:
    """What the number may send now. A word nobody knows stays unknown."""
    if twilio_status.upper() == "TWILIO_REJECTED" and may_be_edited:
        return _EDITABLE
    return _BY_WORD.get(twilio_status.upper(), UNKNOWN)
