"""A toll-free verification in words: labels, flagged fields, and what differs between two of them."""

from collections.abc import Sequence

from reviews.contract import FieldChange, FieldView, Submission
from reviews.flags import flagged_keys
from reviews.models import Review
from reviews.payloads import text, texts
from tollfree.models import TollfreeVerification
from twilio_api.answer import Payload

# What the edit call takes, as Twilio names it. Source: UpdateTollfreeVerification, OpenAPI of 2026-04-14.
FIELDS = {
    "business_name": "Business name",
    "doing_business_as": "Doing business as",
    "business_type": "Business type",
    "business_registration_number": "Registration number",
    "business_registration_authority": "Registration authority",
    "business_registration_country": "Registration country",
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
    "production_message_sample": "Sample message",
    "message_volume": "Messages per month",
    "opt_in_type": "Opt-in type",
    "opt_in_image_urls": "Opt-in images",
    "opt_in_keywords": "Opt-in keywords",
    "opt_in_confirmation_message": "Opt-in reply",
    "help_message_sample": "HELP reply",
    "privacy_policy_url": "Privacy policy",
    "terms_and_conditions_url": "Terms",
    "age_gated_content": "Age-gated content",
    "additional_information": "Additional information",
}


def submission_of(payload: Payload) -> dict[str, str]:
    """Every field of the edit call as text; lists one line each."""
    return {key: "\n".join(texts(payload, key)) or _plain(payload, key) for key in FIELDS}


def shown(review: Review) -> list[FieldView]:
    """What was submitted."""
    payload = dict(TollfreeVerification.objects.values_list("payload", flat=True).get(review=review))
    flagged = flagged_keys(review)
    return [
        FieldView(key, FIELDS[key], value, flagged.get(key, ()), is_link=value.startswith("https://"))
        for key, value in submission_of(payload).items()
    ]


def compare(before: Submission, after: Submission) -> Sequence[FieldChange]:
    """Every field of the two, in the order of the form."""
    return [FieldChange(key, name, before.get(key, ""), after.get(key, "")) for key, name in FIELDS.items()]


def _plain(payload: Payload, key: str) -> str:
    value = payload.get(key)
    return ("yes" if value else "no") if isinstance(value, bool) else text(payload, key)
