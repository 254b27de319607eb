"""A toll-free verification in words: labels, flagged fields, and what differs between two of them."""

from collections.abc import Sequence

from reviews.contract import FieldChange, FieldView, Submission
from reviews.flags import flagged_keys
from reviews.models import Review
from reviews.payloads import text
from rulebook.limits import LOCKED
from tollfree.draft import Draft
from tollfree.models import TollfreeVerification
from tollfree.words import said
from twilio_api.answer import Payload

# In the order of the form.
FIELDS = {
    "business_name": "Business name",
    "doing_business_as": "Doing business as",
    "business_website": "Website",
    "business_street_address": "Street",
    "business_street_address2": "Street, second line",
    "business_city": "City",
    "business_state_province_region": "State or region",
    "business_postal_code": "Postal code",
    "business_country": "Country",
    "business_contact_first_name": "Contact, first name",
    "business_contact_last_name": "Contact, last name",
    "business_contact_email": "Contact e-mail",
    "business_contact_phone": "Contact phone",
    "notification_email": "Notices go to",
    "use_case_categories": "Use cases",
    "use_case_summary": "Use case summary",
    "message_volume": "Messages per month",
    "age_gated_content": "Age-gated content",
    "additional_information": "Additional information",
    "opt_in_type": "Opt-in type",
    "opt_in_image_urls": "Opt-in pictures or pages",
    "opt_in_keywords": "Opt-in keywords",
    "privacy_policy_url": "Privacy policy",
    "terms_and_conditions_url": "Terms",
    "production_message_sample": "Sample message",
    "opt_in_confirmation_message": "Opt-in reply",
    "help_message_sample": "HELP reply",
    "business_type": "Business type",
    "business_registration_number": "Registration number",
    "business_registration_authority": "Registration authority",
    "business_registration_country": "Registration country",
    "business_registration_phone_number": "Registered phone",
    "vetting_provider": "Vetting provider",
    "vetting_id": "Vetting ID",
}


def lines(submission: Submission) -> dict[str, str]:
    """The submission as one text per field; lists one line each, Twilio's words with ours before them."""
    values = Draft.from_submission(submission).as_submission()
    return {name: _line(name, values[name]) for name in FIELDS}


def shown(review: Review) -> list[FieldView]:
    """What was submitted, and after it what no edit changes."""
    payload = dict(TollfreeVerification.objects.values_list("payload", flat=True).get(review=review))
    flagged = flagged_keys(review)
    rows = {name: (FIELDS[name], value) for name, value in lines(Draft.from_payload(payload).as_submission()).items()}
    rows |= {row.field: (row.label, _locked(payload, row.field)) for row in LOCKED if row.kind == review.kind}
    return [
        FieldView(name, label, value, flagged.get(name, ()), is_link=value.startswith("https://") and "\n" not in value)
        for name, (label, value) in rows.items()
    ]


def compare(before: Submission, after: Submission) -> Sequence[FieldChange]:
    """Every field of the two, in the order of the form."""
    old, new = lines(before), lines(after)
    return [FieldChange(name, label, old[name], new[name]) for name, label in FIELDS.items()]


def _locked(payload: Payload, field: str) -> str:
    """The number is known by its digits, not by its SID."""
    sid = text(payload, field)
    digits = text(payload, "tollfree_phone_number") if field == "tollfree_phone_number_sid" else ""
    return f"{digits} ({sid})" if digits and sid else digits or sid


def _line(name: str, value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return "\n".join(said(name, item) for item in value)
    return said(name, str(value))
