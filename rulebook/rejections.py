"""What a catalogue row is. The rows stand in `rulebook/catalogue/`, the questions asked of them in `explain`."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from rulebook.routes import Route

KINDS = ("brand", "campaign", "tollfree")
KIND_NAMES = {"brand": "Brand", "campaign": "Campaign", "tollfree": "Toll-free verification"}
# What a number is about where nothing else tells: most of them name campaigns.
LIKELIEST_KIND = "campaign"


class Category(StrEnum):
    """What a rejection is about, for grouping."""

    DESCRIPTION = "Description and use case"
    SAMPLES = "Sample messages"
    LINKS = "Links"
    CONSENT = "Consent"
    EVIDENCE = "Opt-in evidence"
    POLICIES = "Privacy policy and terms"
    WEBSITE = "Website"
    REPLIES = "Keyword replies"
    AGE = "Age gate"
    BUSINESS = "Business details"
    FORBIDDEN = "Forbidden content"
    ABUSE = "Spam, phishing and fraud"
    NUMBERS = "Numbers"
    LIMITS = "Limits and eligibility"
    PROCESS = "Process"
    REQUEST = "Refused request"
    UNSTATED = "No cause stated"


class Confidence(StrEnum):
    """How good the source of a row is."""

    OFFICIAL = "Twilio's own page"
    SECONDARY = "public reports"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """One reason to be refused, as people who repair texts need it.

    `also` holds other numbers Twilio uses for the same fault: they share the row, so they share its remedy. Where one
    number covers several faults, each has a row and `when` holds the words that tell it apart, looked for in Twilio's
    description and flagged field names; the row without `when` stands for the number in general.

    `resubmittable` is None where sources are silent or disagree. `fields` carries Twilio's names of every kind the row
    serves. `fails` and `passes` are short examples, empty where words cannot show the fault. `states_cause` is False
    for numbers that only say "refused": a companion number then decides the route.
    """

    kinds: tuple[str, ...]
    code: int
    title: str
    category: Category
    meaning: str
    remedy: tuple[str, ...]
    fields: tuple[str, ...] = ()
    resubmittable: bool | None
    route: Route
    fails: str = ""
    passes: str = ""
    source: str
    seen: date
    confidence: Confidence
    also: tuple[int, ...] = ()
    when: tuple[str, ...] = ()
    note: str = ""
    states_cause: bool = True

    @property
    def codes(self) -> tuple[int, ...]:
        """Its own number first."""
        return (self.code, *self.also)
