"""What may be changed of a campaign: seven required fields and two addresses, nothing else.

Source: Twilio's OpenAPI of 2026-04-14, UpdateUsAppToPerson; all seven go with every update, unchanged ones too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

from reviews.payloads import flag, text, texts
from twilio_api.answer import Payload
from twilio_api.client import Params

BLANK: Mapping[str, Any] = {
    "description": "",
    "message_flow": "",
    "has_embedded_links": False,
    "has_embedded_phone": False,
    "age_gated": False,
    "direct_lending": False,
}


@dataclass(frozen=True, slots=True)
class Draft:
    description: str
    message_flow: str
    message_samples: tuple[str, ...]
    has_embedded_links: bool
    has_embedded_phone: bool
    age_gated: bool
    direct_lending: bool
    # None: not shown by Twilio and not given, so nothing is known of it.
    privacy_policy_url: str | None = None
    terms_and_conditions_url: str | None = None

    @classmethod
    def from_payload(cls, payload: Payload) -> Draft:
        """The text as Twilio shows it. The addresses are absent from the older of its two answer shapes."""
        return cls(
            description=text(payload, "description"),
            message_flow=text(payload, "message_flow"),
            message_samples=tuple(texts(payload, "message_samples")),
            has_embedded_links=flag(payload, "has_embedded_links"),
            has_embedded_phone=flag(payload, "has_embedded_phone"),
            age_gated=flag(payload, "age_gated"),
            direct_lending=flag(payload, "direct_lending"),
            privacy_policy_url=text(payload, "privacy_policy_url") if "privacy_policy_url" in payload else None,
            terms_and_conditions_url=(
                text(payload, "terms_and_conditions_url") if "terms_and_conditions_url" in payload else None
            ),
        )

    @classmethod
    def from_submission(cls, submission: Mapping[str, Any]) -> Draft:
        """The draft that `as_submission` made; what a submission lacks is blank."""
        known = {field.name: submission[field.name] for field in fields(cls) if field.name in submission}
        return cls(**{**BLANK, **known, "message_samples": tuple(submission.get("message_samples", ()))})

    def as_submission(self) -> dict[str, Any]:
        """Plain JSON, without what nothing is known of."""
        values = {key: value for key, value in asdict(self).items() if value is not None}
        return {**values, "message_samples": list(self.message_samples)}

    def params(self) -> Params:
        """The update call's parameters. The addresses are sent whenever there is one: since 2026-06-30 a campaign
        without them is rejected with 30933 or 30934."""
        urls = {"PrivacyPolicyUrl": self.privacy_policy_url, "TermsAndConditionsUrl": self.terms_and_conditions_url}
        return {
            "Description": self.description,
            "MessageFlow": self.message_flow,
            "MessageSamples": list(self.message_samples),
            "HasEmbeddedLinks": self.has_embedded_links,
            "HasEmbeddedPhone": self.has_embedded_phone,
            "AgeGated": self.age_gated,
            "DirectLending": self.direct_lending,
            **{key: url for key, url in urls.items() if url},
        }
