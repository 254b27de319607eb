"""What may be changed of a toll-free verification: every field of the edit call, and only what changed is sent.

Source: Twilio's OpenAPI of 2026-04-14, UpdateTollfreeVerification. `EditReason` goes with them: it is the
attempt's note.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from reviews.payloads import flag, text, texts
from twilio_api.answer import Payload
from twilio_api.client import Params

LISTS = ("use_case_categories", "opt_in_image_urls", "opt_in_keywords")
FLAG = "age_gated_content"


@dataclass(frozen=True, slots=True)
class Draft:
    business_name: str = ""
    doing_business_as: str = ""
    business_website: str = ""
    business_street_address: str = ""
    business_street_address2: str = ""
    business_city: str = ""
    business_state_province_region: str = ""
    business_postal_code: str = ""
    business_country: str = ""
    business_contact_first_name: str = ""
    business_contact_last_name: str = ""
    business_contact_email: str = ""
    business_contact_phone: str = ""
    notification_email: str = ""
    use_case_categories: tuple[str, ...] = ()
    use_case_summary: str = ""
    message_volume: str = ""
    age_gated_content: bool = False
    additional_information: str = ""
    opt_in_type: str = ""
    opt_in_image_urls: tuple[str, ...] = ()
    opt_in_keywords: tuple[str, ...] = ()
    privacy_policy_url: str = ""
    terms_and_conditions_url: str = ""
    production_message_sample: str = ""
    opt_in_confirmation_message: str = ""
    help_message_sample: str = ""
    business_type: str = ""
    business_registration_number: str = ""
    business_registration_authority: str = ""
    business_registration_country: str = ""
    business_registration_phone_number: str = ""
    vetting_provider: str = ""
    vetting_id: str = ""

    @classmethod
    def from_payload(cls, payload: Payload) -> Draft:
        """The text as Twilio shows it."""
        return cls(**{name: _read(payload, name) for name in NAMES})

    @classmethod
    def from_submission(cls, submission: Mapping[str, Any]) -> Draft:
        """The draft that `as_submission` made; what a submission lacks is blank."""
        known: dict[str, Any] = {name: submission[name] for name in NAMES if name in submission}
        return cls(**known | {name: tuple(known[name]) for name in LISTS if name in known})

    def as_submission(self) -> dict[str, Any]:
        """Plain JSON."""
        return {name: list(value) if name in LISTS else value for name, value in asdict(self).items()}

    def params(self, before: Mapping[str, Any], reason: str) -> Params:
        """The edit call's parameters: what differs from `before`, and the reason for the edit."""
        changed = {name: value for name, value in self.as_submission().items() if value != before.get(name)}
        return {parameter(name): value for name, value in changed.items()} | ({"EditReason": reason} if reason else {})


NAMES = tuple(field.name for field in fields(Draft))


def _read(payload: Payload, name: str) -> Any:
    if name in LISTS:
        return tuple(texts(payload, name))
    return flag(payload, name) if name == FLAG else text(payload, name)


def parameter(name: str) -> str:
    """business_street_address2 is sent as BusinessStreetAddress2."""
    return "".join(word.capitalize() for word in name.split("_"))
