"""Form <-> draft."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from campaigns.draft import Draft
from reviews.layout import Part
from reviews.payloads import tidy
from reviews.repair_form import RepairForm, line_field, text_field
from rulebook.limits import CAMPAIGN_FROZEN_WHEN_VERIFIED

SAMPLES = tuple(f"sample_{number}" for number in range(1, 6))

PARTS = (
    Part(("description",)),
    Part(("message_flow",)),
    Part(
        SAMPLES,
        "list",
        "Sample messages",
        "Two to five, as they would arrive. Put variable parts in [brackets].",
        least=2,
    ),
    Part(
        ("has_embedded_links", "has_embedded_phone", "direct_lending", "age_gated"),
        "flags",
        "The messages contain",
    ),
    Part(("privacy_policy_url", "terms_and_conditions_url"), "pair"),
)


class CampaignTexts(RepairForm):
    """What an update carries and a new campaign too."""

    boxed = {"message_samples": SAMPLES}

    description = text_field("campaign", "description", "Description", rows=3, hint="Who sends, to whom, and why.")
    message_flow = text_field(
        "campaign",
        "message_flow",
        "Opt-in description",
        rows=6,
        hint="How people agree, in the words they see when they do.",
    )
    sample_1 = text_field("campaign", "message_samples", "Sample 1", rows=2)
    sample_2 = text_field("campaign", "message_samples", "Sample 2", rows=2)
    sample_3 = text_field("campaign", "message_samples", "Sample 3", rows=2)
    sample_4 = text_field("campaign", "message_samples", "Sample 4", rows=2)
    sample_5 = text_field("campaign", "message_samples", "Sample 5", rows=2)
    has_embedded_links = forms.BooleanField(label="Links", required=False)
    has_embedded_phone = forms.BooleanField(label="Phone numbers", required=False)
    direct_lending = forms.BooleanField(label="Lending or loans", required=False)
    age_gated = forms.BooleanField(label="Age-gated content", required=False)
    privacy_policy_url = line_field("Privacy policy", kind="url")
    terms_and_conditions_url = line_field("Terms", kind="url")


class CampaignForm(CampaignTexts):
    @classmethod
    def draft_of(cls, typed: Mapping[str, Any]) -> Draft:
        value = typed.get
        return Draft(
            description=tidy(value("description", "")),
            message_flow=tidy(value("message_flow", "")),
            message_samples=tuple(text for name in SAMPLES if (text := tidy(value(name, "")))),
            has_embedded_links=bool(value("has_embedded_links")),
            has_embedded_phone=bool(value("has_embedded_phone")),
            age_gated=bool(value("age_gated")),
            direct_lending=bool(value("direct_lending")),
            privacy_policy_url=tidy(value("privacy_policy_url", "")),
            terms_and_conditions_url=tidy(value("terms_and_conditions_url", "")),
        )

    @classmethod
    def fields_of(cls, submission: Mapping[str, Any]) -> dict[str, Any]:
        draft = Draft.from_submission(submission)
        return {
            "description": draft.description,
            "message_flow": draft.message_flow,
            **dict(zip(SAMPLES, draft.message_samples, strict=False)),
            **{name: getattr(draft, name) for name in CAMPAIGN_FROZEN_WHEN_VERIFIED},
            "privacy_policy_url": draft.privacy_policy_url or "",
            "terms_and_conditions_url": draft.terms_and_conditions_url or "",
        }
