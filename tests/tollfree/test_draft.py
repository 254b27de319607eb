"""What may be changed of a verification, as it is read, compared and sent."""

import json
from pathlib import Path

import pytest

from tests.factories import tollfree_payload
from tollfree.draft import NAMES, Draft
from tollfree.forms import PARTS, TollfreeForm
from tollfree.show import FIELDS, lines

OPENAPI = Path(__file__).parents[2].parent / "shared/reference/twilio/openapi/twilio_messaging_v1.json"


def test_a_payload_makes_a_draft_and_the_draft_a_submission_that_makes_it_again() -> None:
    draft = Draft.from_payload(tollfree_payload(opt_in_keywords=["JOIN"], age_gated_content=True))
    assert draft.opt_in_keywords == ("JOIN",)
    assert draft.age_gated_content is True
    assert Draft.from_submission(draft.as_submission()) == draft


def test_odd_payloads_make_a_draft_all_the_same() -> None:
    draft = Draft.from_payload({"use_case_categories": "MARKETING", "message_volume": 100, "business_name": None})
    assert (draft.use_case_categories, draft.message_volume, draft.business_name) == (("MARKETING",), "100", "")


def test_only_what_changed_is_sent_and_the_reason_with_it() -> None:
    before = Draft.from_payload(tollfree_payload()).as_submission()
    after = Draft.from_submission({**before, "business_street_address2": "Suite 4", "opt_in_keywords": ["JOIN"]})
    assert after.params(before, "Suite added.") == {
        "BusinessStreetAddress2": "Suite 4",
        "OptInKeywords": ["JOIN"],
        "EditReason": "Suite added.",
    }


def test_an_emptied_text_is_sent_as_empty() -> None:
    before = Draft.from_payload(tollfree_payload(doing_business_as="Tallgrass")).as_submission()
    assert Draft.from_submission({**before, "doing_business_as": ""}).params(before, "") == {"DoingBusinessAs": ""}


def test_every_field_has_a_label_a_place_in_the_form_and_a_way_there_and_back() -> None:
    placed = {name for part in PARTS for name in part.fields}
    boxed = {name for boxes in TollfreeForm.boxed.values() for name in boxes}
    assert set(FIELDS) == set(NAMES)
    assert placed == set(TollfreeForm.base_fields)
    assert placed - boxed | set(TollfreeForm.boxed) == set(NAMES)
    draft = Draft.from_payload(tollfree_payload(opt_in_keywords=["JOIN", "YES"]))
    assert TollfreeForm.draft_of(TollfreeForm.fields_of(draft.as_submission())) == draft


def test_the_update_call_takes_exactly_these_fields() -> None:
    if not OPENAPI.exists():
        pytest.skip("Twilio's OpenAPI document is not beside this checkout")
    path = json.loads(OPENAPI.read_text())["paths"]["/v1/Tollfree/Verifications/{Sid}"]["post"]
    taken = path["requestBody"]["content"]["application/x-www-form-urlencoded"]["schema"]["properties"]
    blank = dict.fromkeys(NAMES, object())
    assert set(Draft().params(blank, "Because.")) == set(taken)


def test_twilios_words_stand_beside_ours_and_unknown_ones_alone() -> None:
    said = lines(
        {"business_type": "NON_PROFIT", "opt_in_type": "SMOKE_SIGNAL", "use_case_categories": ["EVENTS", "K13"]}
    )
    assert said["business_type"] == "Non-profit (NON_PROFIT)"
    assert said["opt_in_type"] == "SMOKE_SIGNAL"
    assert said["use_case_categories"] == "Events (EVENTS)\nK13"
