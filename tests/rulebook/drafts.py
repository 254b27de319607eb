"""Compliant drafts of invented businesses, to be spoiled in one place."""

from collections.abc import Mapping
from typing import Any

from rulebook.findings import Finding, Severity
from rulebook.lint import check_of, lint
from rulebook.submission import Business, Submission

LARKSPUR = Business("Larkspur Bike Repair", "https://larkspurbikes.example")
VENDOR = Business("Pelican Inbox LLC", "https://pelicaninbox.example")

WORDING = (
    "I agree to receive repair status texts from Larkspur Bike Repair. Message frequency varies. "
    "Message and data rates may apply. Reply STOP to opt out, HELP for help."
)
LINKS = "Privacy https://larkspurbikes.example/privacy Terms https://larkspurbikes.example/terms"
FLOW = f"Riders tick an optional, empty box on https://larkspurbikes.example/book: '{WORDING}' {LINKS}"
CAMPAIGN: Mapping[str, Any] = {
    "description": "Larkspur Bike Repair tells riders who booked a repair when the bicycle is ready for collection.",
    "message_flow": FLOW,
    "message_samples": [
        "Larkspur Bike Repair: your [Bike Model] is ready, we close at [Time]. Reply STOP to opt out.",
        "Larkspur Bike Repair: we found worn brake pads. Shall we replace them? Reply Y or N.",
    ],
    "us_app_to_person_usecase": "CUSTOMER_CARE",
    "has_embedded_links": False,
    "has_embedded_phone": False,
    "age_gated": False,
    "direct_lending": False,
    "privacy_policy_url": "https://larkspurbikes.example/privacy",
    "terms_and_conditions_url": "https://larkspurbikes.example/terms",
    "opt_in_message": None,
    "opt_in_keywords": [],
    "opt_out_message": None,
    "opt_out_keywords": ["STOP"],
    "help_message": None,
    "help_keywords": ["HELP"],
}
TOLLFREE: Mapping[str, Any] = {
    "business_name": "Larkspur Bike Repair",
    "business_website": "https://larkspurbikes.example",
    "business_street_address": "12 Chain Ring Rd",
    "business_city": "Salem",
    "business_state_province_region": "OR",
    "business_postal_code": "97301",
    "business_country": "US",
    "business_contact_first_name": "Nadia",
    "business_contact_last_name": "Okafor",
    "business_contact_email": "nadia@larkspurbikes.example",
    "business_contact_phone": "+15035550123",
    "business_registration_number": "61-2049971",
    "business_type": "PRIVATE_PROFIT",
    "use_case_categories": ["CUSTOMER_CARE"],
    "use_case_summary": "Larkspur Bike Repair tells riders who booked a repair when the bicycle is ready.",
    "production_message_sample": "Larkspur Bike Repair: your [Bike Model] is ready. Reply STOP to opt out.",
    "opt_in_image_urls": ["https://larkspurbikes.example/img/box.png"],
    "opt_in_type": "WEB_FORM",
    "opt_in_keywords": [],
    "opt_in_confirmation_message": None,
    "help_message_sample": None,
    "age_gated_content": False,
    "additional_information": FLOW,
    "privacy_policy_url": "https://larkspurbikes.example/privacy",
    "terms_and_conditions_url": "https://larkspurbikes.example/terms",
}


def campaign(brand: Business = LARKSPUR, isv: Business | None = None, **changes: Any) -> Submission:
    """A compliant campaign with these fields changed."""
    return Submission(kind="campaign", draft={**CAMPAIGN, **changes}, brand=brand, isv=isv)


def tollfree(brand: Business = LARKSPUR, isv: Business | None = None, **changes: Any) -> Submission:
    """A compliant toll-free verification with these fields changed."""
    return Submission(kind="tollfree", draft={**TOLLFREE, **changes}, brand=brand, isv=isv)


def counted(submission: Submission) -> list[Finding]:
    """Errors and warnings."""
    return [finding for finding in lint(submission) if finding.severity is not Severity.ADVICE]


def issues(submission: Submission) -> set[str]:
    """The names of the issues found."""
    return {check.issue for finding in counted(submission) if (check := check_of(finding.rule))}
