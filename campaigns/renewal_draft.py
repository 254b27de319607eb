"""A new campaign: every field of the call that creates one.

Source: Twilio's OpenAPI of 2026-04-14, CreateUsAppToPerson, and section 4.2 of the Campaign Edit guide.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from campaigns.draft import Draft
from reviews.payloads import flag, text, texts
from twilio_api.answer import Payload
from twilio_api.client import Params

KEYWORDS = ("opt_in_keywords", "opt_out_keywords", "help_keywords")
REPLIES = ("opt_in_message", "opt_out_message", "help_message")
# What an update carries too, and the parameters of the rest.
NEW_PARAMETERS = {
    "brand_registration_sid": "BrandRegistrationSid",
    "us_app_to_person_usecase": "UsAppToPersonUsecase",
    "subscriber_opt_in": "SubscriberOptIn",
    "opt_in_message": "OptInMessage",
    "opt_out_message": "OptOutMessage",
    "help_message": "HelpMessage",
    "opt_in_keywords": "OptInKeywords",
    "opt_out_keywords": "OptOutKeywords",
    "help_keywords": "HelpKeywords",
}


@dataclass(frozen=True, slots=True)
class NewCampaign:
    text: Draft
    brand_registration_sid: str = ""
    us_app_to_person_usecase: str = ""
    subscriber_opt_in: bool = False
    opt_in_message: str = ""
    opt_out_message: str = ""
    help_message: str = ""
    opt_in_keywords: tuple[str, ...] = field(default=())
    opt_out_keywords: tuple[str, ...] = field(default=())
    help_keywords: tuple[str, ...] = field(default=())

    @classmethod
    def from_payload(cls, payload: Payload) -> NewCampaign:
        """The campaign as Twilio showed it, to be made anew as it was."""
        return cls(
            text=Draft.from_payload(payload),
            brand_registration_sid=text(payload, "brand_registration_sid"),
            us_app_to_person_usecase=text(payload, "us_app_to_person_usecase"),
            subscriber_opt_in=flag(payload, "subscriber_opt_in"),
            opt_in_message=text(payload, "opt_in_message"),
            opt_out_message=text(payload, "opt_out_message"),
            help_message=text(payload, "help_message"),
            opt_in_keywords=tuple(texts(payload, "opt_in_keywords")),
            opt_out_keywords=tuple(texts(payload, "opt_out_keywords")),
            help_keywords=tuple(texts(payload, "help_keywords")),
        )

    @classmethod
    def from_submission(cls, submission: Mapping[str, Any]) -> NewCampaign:
        """The draft that `as_submission` made; what a submission lacks is blank."""
        known: dict[str, Any] = {name: submission[name] for name in NAMES if name in submission}
        known |= {name: tuple(known[name]) for name in KEYWORDS if name in known}
        return cls(text=Draft.from_submission(submission), **known)

    def as_submission(self) -> dict[str, Any]:
        """Plain JSON."""
        own = {name: getattr(self, name) for name in NAMES}
        lists = {name: list(own[name]) for name in KEYWORDS}
        text = {key: "" if value is None else value for key, value in asdict(self.text).items()}
        return {**text, "message_samples": list(self.text.message_samples), **own, **lists}

    def params(self) -> Params:
        """The parameters of the call. An empty reply or keyword is left out: Twilio fills in its own."""
        own = {parameter: getattr(self, name) for name, parameter in NEW_PARAMETERS.items()}
        given = {key: list(value) if isinstance(value, tuple) else value for key, value in own.items()}
        return {**self.text.params(), **{key: value for key, value in given.items() if value not in ("", [])}}


NAMES = tuple(one.name for one in fields(NewCampaign) if one.name != "text")
