"""Form <-> draft. The rulebook judges sizes and addresses; the form only puts its words beside the right field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from campaigns import checks
from campaigns.checks import Context
from campaigns.draft import Draft
from reviews.payloads import tidy
from rulebook.findings import Finding, Severity
from rulebook.limits import CAMPAIGN_FROZEN_WHEN_VERIFIED, limit_of

SAMPLES = [f"sample_{number}" for number in range(1, 6)]


def _text(label: str, limit_field: str, *, rows: int, hint: str = "") -> forms.CharField:
    field = forms.CharField(
        label=label,
        required=False,
        strip=False,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
    if limit := limit_of("campaign", limit_field):
        # For the counter beside the field only; the rulebook judges.
        field.min_length, field.max_length = limit.min_length, limit.max_length
    return field


def _url(label: str) -> forms.CharField:
    return forms.CharField(label=label, required=False, widget=forms.URLInput())


class CampaignForm(forms.Form):
    """What an update can change. Nothing is required here: a missing text is the rulebook's finding."""

    description = _text("Description", "description", rows=3, hint="Who sends, to whom, and why.")
    message_flow = _text(
        "Opt-in description", "message_flow", rows=6, hint="How people agree, in the words they see when they do."
    )
    sample_1 = _text("Sample 1", "message_samples", rows=2)
    sample_2 = _text("Sample 2", "message_samples", rows=2)
    sample_3 = _text("Sample 3", "message_samples", rows=2)
    sample_4 = _text("Sample 4", "message_samples", rows=2)
    sample_5 = _text("Sample 5", "message_samples", rows=2)
    has_embedded_links = forms.BooleanField(label="Links", required=False)
    has_embedded_phone = forms.BooleanField(label="Phone numbers", required=False)
    direct_lending = forms.BooleanField(label="Lending or loans", required=False)
    age_gated = forms.BooleanField(label="Age-gated content", required=False)
    privacy_policy_url = _url("Privacy policy")
    terms_and_conditions_url = _url("Terms")

    def __init__(self, *args: Any, context: Context, approved: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._context = context
        for name in CAMPAIGN_FROZEN_WHEN_VERIFIED if approved else ():
            self.fields[name].disabled = True

    def clean(self) -> dict[str, Any]:
        # Taken before anything is judged: Django drops the value of a field that has an error.
        self._draft = self._draft_of(self.cleaned_data)
        self._places = self._places_of(self.cleaned_data)
        self._findings = checks.run(self._draft, self._context)
        for finding in self._findings:
            if finding.severity == Severity.ERROR:
                self.add_error(self.control_of(finding.field) or None, finding.message)
        return self.cleaned_data

    def draft(self) -> Draft:
        """The draft these fields make, valid or not. Only after `is_valid` or `full_clean`."""
        return self._draft

    def findings(self) -> tuple[Finding, ...]:
        """What the checks say of that draft. Only after `is_valid` or `full_clean`."""
        return self._findings

    def control_of(self, key: str) -> str:
        """The name of the form's field that holds this part of the draft; empty for what cannot be typed here."""
        name = self._places.get(key, key)
        return name if name in self.fields else ""

    def _draft_of(self, typed: Mapping[str, Any]) -> Draft:
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

    def _places_of(self, typed: Mapping[str, Any]) -> dict[str, str]:
        """Samples are sent without gaps: the draft's second may stand in the form's third box. What is said of all
        of them stands at the first, or where one is missing."""
        filled = [name for name in SAMPLES if tidy(typed.get(name, ""))]
        missing = [name for name in SAMPLES[:2] if name not in filled] if len(filled) < 2 else []
        return {**dict(zip(SAMPLES, filled, strict=False)), "message_samples": [*missing, SAMPLES[0]][0]}


def fields_of(submission: Mapping[str, Any]) -> dict[str, Any]:
    """A submission as form fields: what the form starts from."""
    draft = Draft.from_submission(submission)
    samples = dict(zip(SAMPLES, draft.message_samples, strict=False))
    flags = {name: getattr(draft, name) for name in CAMPAIGN_FROZEN_WHEN_VERIFIED}
    return {
        "description": draft.description,
        "message_flow": draft.message_flow,
        **samples,
        **flags,
        "privacy_policy_url": draft.privacy_policy_url or "",
        "terms_and_conditions_url": draft.terms_and_conditions_url or "",
    }


def typed_fields(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a person typed, as it was typed and however long: every field of the form and nothing else. The size of
    a whole request is bounded by the settings; the rulebook says by how much a text is too long."""
    flags = {name: name in data and data[name] not in ("", "false", False) for name in CAMPAIGN_FROZEN_WHEN_VERIFIED}
    texts = {
        name: str(data.get(name, "")).replace("\x00", "") for name in CampaignForm.base_fields if name not in flags
    }
    return {**texts, **flags}
