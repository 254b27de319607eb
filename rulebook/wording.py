"""Texts to start from: consent sentence, opt-in confirmation, help and stop replies, with the brand's name in them.

Every one of them passes our checks when the kind of messages is a concrete one; the tests ask the checks. What is not
known stands in [brackets]. Replies keep to Twilio's 20 to 320 characters whatever is put in.
"""

from collections.abc import Mapping
from enum import StrEnum
from textwrap import shorten

from rulebook.domains import addresses, mailboxes
from rulebook.opt_in_types import OptInType
from rulebook.submission import Business, Submission

# Longer names and kinds are cut in replies, so that these stay below Twilio's 320 characters.
LONGEST_NAME = 80
LONGEST_KIND = 60
LONGEST_CONTACT = 100
RATES = "Message and data rates may apply."
KEYWORDS = "Reply STOP to opt out or HELP for help."


class Frequency(StrEnum):
    """How often messages come."""

    VARIES = "varies"
    ONE_PER_REQUEST = "per_request"
    TWO_A_MONTH = "2_month"
    FOUR_A_MONTH = "4_month"
    TEN_A_MONTH = "10_month"
    DAILY = "daily"

    @property
    def words(self) -> str:
        return _FREQUENCIES[self]


_FREQUENCIES = {
    Frequency.VARIES: "Message frequency varies",
    Frequency.ONE_PER_REQUEST: "One message per request",
    Frequency.TWO_A_MONTH: "Up to 2 messages a month",
    Frequency.FOUR_A_MONTH: "Up to 4 messages a month",
    Frequency.TEN_A_MONTH: "Up to 10 messages a month",
    Frequency.DAILY: "Up to 1 message a day",
}
# What a campaign of Twilio's use case sends. Those that say nothing of the content are left out.
_KINDS = {
    "2FA": "one-time passcodes",
    "ACCOUNT_NOTIFICATION": "account alerts",
    "CHARITY": "donation updates",
    "CUSTOMER_CARE": "appointment reminders",
    "DELIVERY_NOTIFICATION": "delivery updates",
    "EMERGENCY": "emergency alerts",
    "FRAUD_ALERT": "fraud alerts",
    "FRAUD_ALERT_MESSAGING": "fraud alerts",
    "HIGHER_EDUCATION": "campus notices",
    "K12_EDUCATION": "school notices",
    "MARKETING": "special offers",
    "POLLING_VOTING": "surveys",
    "PUBLIC_SERVICE_ANNOUNCEMENT": "public announcements",
    "SECURITY_ALERT": "security alerts",
    "TWO_FACTOR_AUTHENTICATION": "one-time passcodes",
}
KINDS = tuple(dict.fromkeys(("appointment reminders", "order updates", *_KINDS.values())))


def kind_for(use_case: str) -> str:
    """What such a use case is likely to send."""
    return _KINDS.get(use_case, KINDS[0])


def consent_sentence(
    brand: str,
    message_kind: str,
    frequency: Frequency,
    optin_type: OptInType,
    terms_url: str,
    privacy_url: str,
    keyword: str = "",
) -> str:
    """What people read or hear before they agree."""
    name, kind = _name(brand), _kind(message_kind)
    terms, privacy = terms_url or "[terms address]", privacy_url or "[privacy address]"
    opening = {
        OptInType.KEYWORD: f"Text {keyword or '[keyword]'} to [number] to get {kind} by text message from {name}.",
        OptInType.VERBAL: f"May {name} send you {kind} by text message? You are free to say no.",
    }.get(optin_type, f"I agree to receive {kind} by text message from {name}. This is optional.")
    return f"{opening} {frequency.words}. {RATES} {KEYWORDS} Terms: {terms}. Privacy: {privacy}."


def opt_in_confirmation(brand: str, message_kind: str, frequency: Frequency) -> str:
    """The reply to somebody who has just agreed."""
    return f"{_name(brand)}: you are signed up for {_kind(message_kind)}. {frequency.words}. {RATES} {KEYWORDS}"


def help_reply(brand: str, contact: str) -> str:
    """The reply to HELP."""
    return f"{_name(brand)}: for help, {_reach(_one_line(contact, LONGEST_CONTACT))}. Reply STOP to opt out."


def stop_reply(brand: str) -> str:
    """The reply to STOP."""
    return f"{_name(brand)}: you are unsubscribed and will receive no more messages. Reply START to join again."


def _reach(contact: str) -> str:
    if any(mailboxes(contact)):
        return f"write to {contact}"
    if addresses(contact):
        return f"see {contact}"
    return f"call {contact}" if contact else "contact [phone, e-mail or web address]"


def _name(brand: str) -> str:
    return _one_line(brand, LONGEST_NAME) or "[brand]"


def _kind(message_kind: str) -> str:
    return _one_line(message_kind, LONGEST_KIND) or "[kind of messages]"


def _one_line(text: str, longest: int) -> str:
    """The text on one line, cut between words, or within the one word it is."""
    return shorten(text, longest, placeholder="") or text.strip()[:longest]


def as_submission(replies: Mapping[str, str], brand: str) -> Submission:
    """Replies as the checks can look at them, whatever they are for: in the field names of a campaign."""
    return Submission(kind="campaign", draft=replies, brand=Business(brand))
