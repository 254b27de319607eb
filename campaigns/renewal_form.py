"""The form of a new campaign."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms

from campaigns.forms import PARTS as TEXT_PARTS
from campaigns.forms import CampaignForm, CampaignTexts
from campaigns.renewal_draft import KEYWORDS, REPLIES, NewCampaign
from campaigns.show import USE_CASES
from reviews.layout import Part
from reviews.payloads import tidy
from reviews.renewal_form import RenewalForm, choice_field
from reviews.repair_form import line_field, text_field

_OURS = "Empty unless you answer these yourself: with Twilio’s own or its advanced opt-out, Twilio fills it in."

PARTS = (
    Part(("us_app_to_person_usecase", "brand_registration_sid"), "pair"),
    *TEXT_PARTS,
    Part(("subscriber_opt_in",), "flags", "Consent"),
    Part(
        ("opt_in_keywords", "opt_in_message"),
        title="Keywords to opt in",
        hint="Only if people can text a word to begin: then both are needed.",
    ),
    Part(("opt_out_keywords", "opt_out_message"), title="Opting out", hint=_OURS),
    Part(("help_keywords", "help_message"), title="Help", hint=_OURS),
)


class CampaignRenewalForm(RenewalForm, CampaignTexts):
    us_app_to_person_usecase = choice_field("Use case", hint="What the brand may have, asked from Twilio.")
    brand_registration_sid = choice_field(
        "Brand", hint="Only an approved brand can carry a campaign. Save after a change: its use cases are asked anew."
    )
    subscriber_opt_in = forms.BooleanField(label="People opt in before they get messages", required=False)
    opt_in_message = text_field("campaign", "opt_in_message", "Opt-in reply", rows=2)
    opt_out_message = text_field("campaign", "opt_out_message", "Opt-out reply", rows=2)
    help_message = text_field("campaign", "help_message", "HELP reply", rows=2)
    opt_in_keywords = line_field("Opt-in keywords", hint="With commas between them: START, JOIN.")
    opt_out_keywords = line_field("Opt-out keywords", hint="With commas between them.")
    help_keywords = line_field("HELP keywords", hint="With commas between them.")

    def said(self, name: str, value: str) -> str:
        return USE_CASES.get(value, value)

    @classmethod
    def draft_of(cls, typed: Mapping[str, Any]) -> NewCampaign:
        value = typed.get
        return NewCampaign(
            text=CampaignForm.draft_of(typed),
            brand_registration_sid=tidy(value("brand_registration_sid", "")),
            us_app_to_person_usecase=tidy(value("us_app_to_person_usecase", "")),
            subscriber_opt_in=bool(value("subscriber_opt_in")),
            opt_in_message=tidy(value("opt_in_message", "")),
            opt_out_message=tidy(value("opt_out_message", "")),
            help_message=tidy(value("help_message", "")),
            opt_in_keywords=_words(value("opt_in_keywords", "")),
            opt_out_keywords=_words(value("opt_out_keywords", "")),
            help_keywords=_words(value("help_keywords", "")),
        )

    @classmethod
    def fields_of(cls, submission: Mapping[str, Any]) -> dict[str, Any]:
        draft = NewCampaign.from_submission(submission)
        return {
            **CampaignForm.fields_of(submission),
            "brand_registration_sid": draft.brand_registration_sid,
            "us_app_to_person_usecase": draft.us_app_to_person_usecase,
            "subscriber_opt_in": draft.subscriber_opt_in,
            **{name: getattr(draft, name) for name in REPLIES},
            **{name: ", ".join(getattr(draft, name)) for name in KEYWORDS},
        }


def _words(typed: str) -> tuple[str, ...]:
    return tuple(word for word in re.split(r"[,\s]+", tidy(typed)) if word)
