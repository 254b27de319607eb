"""Twilio's field names and ours, and what people call them.

Twilio writes the same field in several ways: campaign errors flag MESSAGE_FLOW, the API takes MessageFlow and answers
message_flow. Names are therefore matched without case and underscores. A name not in the table stays as it is.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

MOST_SAMPLES = 5


@dataclass(frozen=True, slots=True)
class Field:
    """One field of one kind. `key` is our draft key, None where a draft holds no such field; `name` is Twilio's."""

    kind: str
    name: str
    key: str | None
    label: str
    known: bool = True


def sample_key(number: int) -> str:
    """The draft key of a sample message, counted from 1."""
    return f"sample_{number}"


def field_of(kind: str, name: str) -> Field:
    """The field behind a name Twilio flags. Total: an unknown name has no key, its own text as label, known=False."""
    found = _FIELDS.get((kind, _folded(name)))
    return found or Field(kind, name, None, _readable(name), known=False)


def draft_key(kind: str, name: str) -> str | None:
    """Our draft key for a flagged name; None when no draft field answers to it."""
    return field_of(kind, name).key


def label_of(kind: str, name: str) -> str:
    """What people call the field."""
    return field_of(kind, name).label


def names_of(kind: str, names: Sequence[str]) -> tuple[str, ...]:
    """Those names that belong to this kind, in their order."""
    return tuple(name for name in names if field_of(kind, name).known)


def _folded(name: str) -> str:
    return name.replace("_", "").casefold()


def _readable(name: str) -> str:
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", name).replace("_", " ").strip()
    return words.capitalize() or "Unnamed field"


_CAMPAIGN = (
    Field("campaign", "USE_CASE_DESCRIPTION", "description", "Description"),
    Field("campaign", "DESCRIPTION", "description", "Description"),
    Field("campaign", "MESSAGE_FLOW", "message_flow", "Opt-in description"),
    Field("campaign", "MESSAGE_SAMPLES", "message_samples", "Sample messages"),
    *(
        Field("campaign", f"{prefix}_{number}", sample_key(number), f"Sample message {number}")
        for number in range(1, MOST_SAMPLES + 1)
        for prefix in ("SAMPLE_MESSAGE", "SAMPLE")
    ),
    Field("campaign", "EMBEDDED_LINK", "has_embedded_links", "Messages contain links"),
    Field("campaign", "EMBEDDED_LINKS", "has_embedded_links", "Messages contain links"),
    Field("campaign", "HAS_EMBEDDED_LINKS", "has_embedded_links", "Messages contain links"),
    Field("campaign", "EMBEDDED_PHONE", "has_embedded_phone", "Messages contain phone numbers"),
    Field("campaign", "HAS_EMBEDDED_PHONE", "has_embedded_phone", "Messages contain phone numbers"),
    Field("campaign", "AGE_GATED", "age_gated", "Age-gated content"),
    Field("campaign", "DIRECT_LENDING", "direct_lending", "Direct lending"),
    Field("campaign", "PRIVACY_POLICY_URL", "privacy_policy_url", "Privacy policy address"),
    Field("campaign", "TERMS_AND_CONDITIONS_URL", "terms_and_conditions_url", "Terms address"),
    Field("campaign", "USE_CASE", "us_app_to_person_usecase", "Use case"),
    Field("campaign", "US_APP_TO_PERSON_USECASE", "us_app_to_person_usecase", "Use case"),
    Field("campaign", "OPT_IN_MESSAGE", "opt_in_message", "Opt-in reply"),
    Field("campaign", "OPT_IN_KEYWORDS", "opt_in_keywords", "Opt-in keywords"),
    Field("campaign", "OPT_OUT_MESSAGE", "opt_out_message", "Opt-out reply"),
    Field("campaign", "OPT_OUT_KEYWORDS", "opt_out_keywords", "Opt-out keywords"),
    Field("campaign", "HELP_MESSAGE", "help_message", "HELP reply"),
    Field("campaign", "HELP_KEYWORDS", "help_keywords", "HELP keywords"),
    Field("campaign", "WEBSITE_URL", None, "Website"),
    Field("campaign", "BRAND", None, "Brand"),
    Field("campaign", "BRAND_SUPPORT_EMAIL", None, "Brand support email"),
    Field("campaign", "CAMPAIGN_ID", None, "Registry campaign ID"),
)

_TOLLFREE_LABELS = {
    "business_name": "Business name",
    "business_street_address": "Street address",
    "business_street_address2": "Street address, second line",
    "business_city": "City",
    "business_state_province_region": "State or province",
    "business_postal_code": "Postal code",
    "business_country": "Country",
    "business_website": "Website",
    "business_contact_first_name": "Contact first name",
    "business_contact_last_name": "Contact last name",
    "business_contact_email": "Contact email",
    "business_contact_phone": "Contact phone",
    "business_registration_number": "Registration number",
    "business_registration_authority": "Registration authority",
    "business_registration_country": "Registration country",
    "business_registration_phone_number": "Registered phone number",
    "business_type": "Business type",
    "doing_business_as": "Doing business as",
    "notification_email": "Notification email",
    "use_case_categories": "Use case categories",
    "use_case_summary": "Use case summary",
    "production_message_sample": "Sample message",
    "opt_in_image_urls": "Opt-in images",
    "opt_in_type": "Opt-in type",
    "opt_in_keywords": "Opt-in keywords",
    "opt_in_confirmation_message": "Opt-in confirmation message",
    "help_message_sample": "HELP reply",
    "message_volume": "Monthly volume",
    "additional_information": "Additional information",
    "age_gated_content": "Age-gated content",
    "privacy_policy_url": "Privacy policy address",
    "terms_and_conditions_url": "Terms address",
    "vetting_provider": "Vetting provider",
    "vetting_id": "Vetting ID",
    "edit_reason": "Reason for the edit",
    "tollfree_phone_number_sid": "Toll-free number",
}

# The facts of a brand live in its Trust Hub profile and bundle: Twilio's names of their attributes are our draft keys.
_BRAND_LABELS = {
    "friendly_name": "Profile name",
    "business_name": "Legal business name",
    "business_registration_number": "Tax ID or registration number",
    "business_registration_identifier": "Registration authority",
    "business_identity": "Business identity",
    "business_type": "Business type",
    "business_industry": "Industry",
    "business_regions_of_operation": "Regions of operation",
    "brand_type": "Brand type",
    "company_type": "Company type",
    "stock_ticker": "Stock ticker",
    "stock_exchange": "Stock exchange",
    "website_url": "Website",
    "social_media_profile_urls": "Social media pages",
    "first_name": "Representative first name",
    "last_name": "Representative last name",
    "email": "Representative email",
    "phone_number": "Representative phone",
    "mobile_phone_number": "Owner mobile number",
    "business_title": "Representative title",
    "job_position": "Representative position",
    "brand_contact_email": "Brand contact email",
    "street": "Street",
    "city": "City",
    "region": "State or region",
    "postal_code": "Postal code",
    "iso_country": "Country",
    "street_secondary": "Street, second line",
    "customer_name": "Name at this address",
    "brand_name": "Brand name",
    "vertical": "Line of business",
    "customer_profile_bundle_sid": "Customer profile",
    "a2p_profile_bundle_sid": "A2P profile",
}

FIELDS: tuple[Field, ...] = (
    *_CAMPAIGN,
    *(Field("tollfree", key, key, label) for key, label in _TOLLFREE_LABELS.items()),
    *(Field("brand", name, name, label) for name, label in _BRAND_LABELS.items()),
    *(
        Field("brand", f"second_{name}", f"second_{name}", f"Second r{_BRAND_LABELS[name][1:]}")
        for name in ("first_name", "last_name", "email", "phone_number", "business_title", "job_position")
    ),
)
_FIELDS: Mapping[tuple[str, str], Field] = MappingProxyType({(row.kind, _folded(row.name)): row for row in FIELDS})
