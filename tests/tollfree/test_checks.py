"""What Twilio's form would refuse is said before anything is sent."""

from typing import Any

import pytest

from reviews import house
from rulebook.findings import Severity
from tests.factories import tollfree_payload
from tollfree import checks
from tollfree.checks import Context
from tollfree.draft import Draft

COMPLETE: dict[str, Any] = tollfree_payload(
    notification_email="care@northbeam.example",
    business_street_address="1 Main St",
    business_city="Salina",
    business_state_province_region="KS",
    business_postal_code="67401",
    business_country="US",
    business_contact_first_name="Omar",
    business_contact_last_name="Gunderson",
    business_contact_email="omar@tallgrass.example",
    business_contact_phone="+17855550143",
    business_type="PRIVATE_PROFIT",
    business_registration_number="48-1234321",
    business_registration_authority="EIN",
    business_registration_country="US",
    production_message_sample="Tallgrass Credit Union: see you on [Date]. Reply STOP to opt out.",
)


def errors(**over: Any) -> dict[str, str]:
    """What would be refused, by field."""
    house.without_rules()
    draft = Draft.from_submission({**Draft.from_payload(COMPLETE).as_submission(), **over})
    found = checks.run(draft, Context(COMPLETE))
    return {finding.field: finding.message for finding in found if finding.severity == Severity.ERROR}


def test_a_complete_draft_is_taken() -> None:
    assert errors() == {}


@pytest.mark.parametrize("name", checks.REQUIRED)
def test_what_creation_demands_cannot_be_emptied(name: str) -> None:
    empty: Any = [] if name in ("use_case_categories", "opt_in_image_urls") else ""
    assert set(errors(**{name: empty})) >= {name}


@pytest.mark.parametrize(
    ("name", "wrong", "right"),
    [
        ("business_contact_phone", "785-555-0143", "+17855550143"),
        ("business_registration_phone_number", "+0123", "+17855550143"),
        ("business_country", "USA", "CA"),
        ("business_registration_country", "us", "US"),
        ("notification_email", "care at northbeam", "care@northbeam.example"),
        ("privacy_policy_url", "tallgrass.example/privacy", "https://tallgrass.example/privacy"),
        ("vetting_id", "x" * 501, "x" * 500),
        ("business_type", "LLC", "NON_PROFIT"),
        ("opt_in_type", "FORM", "VERBAL"),
        ("use_case_categories", ["NEWS"], ["EVENTS"]),
    ],
)
def test_a_wrong_value_is_said_at_its_field(name: str, wrong: object, right: object) -> None:
    assert name in errors(**{name: wrong})
    assert name not in errors(**{name: right})


def test_a_picture_is_refused_in_its_own_box() -> None:
    images = ["https://tallgrass.example/optin.png", "http://tallgrass.example/two.png"]
    assert set(errors(opt_in_image_urls=images)) == {"opt_in_image_2"}


def test_a_number_goes_with_its_authority_and_country() -> None:
    assert set(errors(business_registration_authority="", business_registration_country="")) == {
        "business_registration_authority",
        "business_registration_country",
    }
    assert errors(business_type="SOLE_PROPRIETOR", business_registration_authority="") == {}


def test_a_list_that_stands_cannot_be_emptied_by_an_edit() -> None:
    draft = Draft.from_submission({**Draft.from_payload(COMPLETE).as_submission(), "opt_in_keywords": []})
    found = checks.run(draft, Context({**COMPLETE, "opt_in_keywords": ["JOIN"]}))
    assert any(finding.field == "opt_in_keywords" and finding.severity == Severity.ERROR for finding in found)


def test_a_word_that_twilio_shows_and_we_do_not_know_may_stay() -> None:
    odd = {**COMPLETE, "opt_in_type": "HOLOGRAM", "use_case_categories": ["K13"]}
    found = checks.run(Draft.from_payload(odd), Context(odd))
    assert not [f for f in found if f.field in ("opt_in_type", "use_case_categories") and f.rule == "form"]
