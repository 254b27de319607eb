"""A campaign's submission in words: labels, flagged fields, and what differs between two of them."""

from collections.abc import Sequence

from campaigns.draft import Draft
from campaigns.models import Campaign
from reviews.contract import FieldChange, FieldView, Submission
from reviews.flags import flagged_keys
from reviews.models import Review
from reviews.payloads import text, texts
from rulebook.limits import LOCKED
from twilio_api.answer import Payload

# Twilio's codes as the Console words them. Source: Twilio's OpenAPI of 2026-04-14, UsAppToPersonUsecase.
USE_CASES = {
    "2FA": "Two-factor authentication",
    "ACCOUNT_NOTIFICATION": "Account notification",
    "AGENTS_FRANCHISES": "Agents and franchises",
    "CHARITY": "Charity",
    "CUSTOMER_CARE": "Customer care",
    "DELIVERY_NOTIFICATION": "Delivery notification",
    "EMERGENCY": "Emergency",
    "FRAUD_ALERT": "Fraud alert",
    "HIGHER_EDUCATION": "Higher education",
    "K12_EDUCATION": "K-12 education",
    "LOW_VOLUME": "Low-volume mixed",
    "MARKETING": "Marketing",
    "MIXED": "Mixed",
    "POLITICAL": "Political",
    "POLLING_VOTING": "Polling and voting",
    "PROXY": "Proxy",
    "PUBLIC_SERVICE_ANNOUNCEMENT": "Public service announcement",
    "SECURITY_ALERT": "Security alert",
    "SOCIAL": "Social",
    "SOLE_PROPRIETOR": "Sole proprietor",
    "SWEEPSTAKE": "Sweepstake",
}
LABELS = {
    "description": "Description",
    "message_flow": "Opt-in description",
    "has_embedded_links": "Links",
    "has_embedded_phone": "Phone numbers",
    "direct_lending": "Lending or loans",
    "age_gated": "Age-gated content",
    "privacy_policy_url": "Privacy policy",
    "terms_and_conditions_url": "Terms",
}

# The order of the form.
ORDER = [*list(LABELS)[:2], *(f"sample_{number}" for number in range(1, 6)), *list(LABELS)[2:]]


def lines(submission: Submission) -> dict[str, str]:
    """The submission as one text per field, samples numbered, in the order of the form."""
    draft = Draft.from_submission(submission)
    samples = {f"sample_{number}": sample for number, sample in enumerate(draft.message_samples, 1)}
    flags = {key: "yes" if getattr(draft, key) else "no" for key in LABELS if key.startswith(("has_", "dir", "age"))}
    urls = {"privacy_policy_url": draft.privacy_policy_url, "terms_and_conditions_url": draft.terms_and_conditions_url}
    shown_urls = {key: "not shown by Twilio" if url is None else url for key, url in urls.items()}
    return {"description": draft.description, "message_flow": draft.message_flow, **samples, **flags, **shown_urls}


def label_of(key: str) -> str:
    return LABELS.get(key) or key.replace("sample_", "Sample ")


def shown(review: Review) -> list[FieldView]:
    """What was submitted, and after it what an update cannot change."""
    payload = dict(Campaign.objects.values_list("payload", flat=True).get(review=review))
    flagged = flagged_keys(review)
    rows = {key: (label_of(key), value) for key, value in lines(Draft.from_payload(payload).as_submission()).items()}
    for row in LOCKED:
        if row.kind == review.kind:
            rows[row.field] = (row.label, _locked_value(payload, row.field))
    return [
        FieldView(key, label, value, flagged.get(key, ()), is_link=value.startswith("https://"))
        for key, (label, value) in rows.items()
    ]


def _locked_value(payload: Payload, field: str) -> str:
    if isinstance(payload.get(field), bool):
        return "yes" if payload[field] else "no"
    value = ", ".join(texts(payload, field)) or text(payload, field)
    return USE_CASES.get(value, value)


def compare(before: Submission, after: Submission) -> Sequence[FieldChange]:
    """Every field of the two, in the order of the form."""
    old, new = lines(before), lines(after)
    keys = [*(key for key in ORDER if key in new or key in old), *sorted((old.keys() | new.keys()) - set(ORDER))]
    return [FieldChange(key, label_of(key), old.get(key, ""), new.get(key, "")) for key in keys]
