"""The form of a new verification, and the draft it makes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from reviews.layout import Part
from reviews.payloads import text, tidy
from reviews.renewal_form import RenewalForm
from reviews.repair_form import line_field
from tollfree.draft import Draft, parameter
from tollfree.forms import PARTS as TEXT_PARTS
from tollfree.forms import TollfreeForm, TollfreeTexts
from twilio_api.answer import Payload
from twilio_api.client import Params

PROFILE = "customer_profile_sid"
PARTS = (*TEXT_PARTS, Part((PROFILE,)))


@dataclass(frozen=True, slots=True)
class NewVerification:
    """Every field of the call that submits one, but the number, which stays, and our reference, by which it is found.
    Source: Twilio's OpenAPI of 2026-04-14, CreateTollfreeVerification."""

    text: Draft
    customer_profile_sid: str = ""

    @classmethod
    def from_payload(cls, payload: Payload) -> NewVerification:
        return cls(Draft.from_payload(payload), text(payload, PROFILE))

    @classmethod
    def from_submission(cls, submission: Mapping[str, Any]) -> NewVerification:
        return cls(Draft.from_submission(submission), text(submission, PROFILE))

    def as_submission(self) -> dict[str, Any]:
        return {**self.text.as_submission(), PROFILE: self.customer_profile_sid}

    def params(self, number_sid: str, reference: str) -> Params:
        """Without what is empty: it was never given."""
        given = {name: value for name, value in self.as_submission().items() if value not in ("", [])}
        sent = {parameter(name): value for name, value in given.items()}
        return {**sent, "TollfreePhoneNumberSid": number_sid, "ExternalReferenceId": reference}


class TollfreeRenewalForm(RenewalForm, TollfreeTexts):
    customer_profile_sid = line_field("Customer profile", hint="BU…, if the business has one; empty otherwise.")

    @classmethod
    def draft_of(cls, typed: Mapping[str, Any]) -> NewVerification:
        return NewVerification(TollfreeForm.draft_of(typed), tidy(typed.get(PROFILE, "")))

    @classmethod
    def fields_of(cls, submission: Mapping[str, Any]) -> dict[str, Any]:
        return {**TollfreeForm.fields_of(submission), PROFILE: text(submission, PROFILE)}
