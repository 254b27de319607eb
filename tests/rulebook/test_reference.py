"""The catalogue beside the list of known rejections, where that list is at hand: nothing on it is without a row."""

import json
from typing import Any

import pytest

from launch.places import ROOT
from rulebook.catalogue import FEEDBACK_WORDS, ROWS
from rulebook.explain import explain
from rulebook.routes import Route

LIST = ROOT.parent / "shared" / "reference" / "twilio" / "rejections.json"
pytestmark = pytest.mark.skipif(not LIST.exists(), reason="the list of known rejections is not here")

# Where the list leaves the choice open, the row has to have made one of these.
OPEN_ROUTES = {
    "fix_brand_then_recreate": {Route.FIX_BRAND, Route.EDIT},  # a brand itself is edited
    "edit_or_recreate": {Route.EDIT, Route.RECREATE},
    "appeal_or_edit": {Route.APPEAL, Route.EDIT},
    "edit_or_fix_brand": {Route.EDIT, Route.FIX_BRAND},
    "delete_other_then_create": {Route.RECREATE},
    "resend_otp": {Route.EDIT},
}
# 21727 and 21728 refuse the call itself: the values are corrected and sent again, nothing was made.
REFUSED_CALLS = {21727, 21728}


def entries() -> list[dict[str, Any]]:
    return list(json.loads(LIST.read_text())) if LIST.exists() else []


NUMBERED = [pytest.param(entry, id=f"{entry['applies_to']}-{entry['code']}") for entry in entries() if entry["code"]]
numbered = pytest.mark.parametrize("entry", NUMBERED)


@numbered
def test_it_has_a_row_of_its_own_kind(entry: dict[str, Any]) -> None:
    assert [row for row in ROWS if entry["applies_to"] in row.kinds and entry["code"] in row.codes]


@numbered
def test_its_route_is_the_lists_or_a_choice_the_list_leaves_open(entry: dict[str, Any]) -> None:
    route = explain(entry["applies_to"], entry["code"], entry["reason"], entry["fields"]).route
    allowed = OPEN_ROUTES.get(entry["route"]) or {Route(entry["route"])}
    assert route in allowed or entry["code"] in REFUSED_CALLS


@numbered
def test_a_row_never_promises_more_than_the_list(entry: dict[str, Any]) -> None:
    advice = explain(entry["applies_to"], entry["code"], entry["reason"], entry["fields"])
    if entry["resubmittable"] is False:
        assert advice.resubmittable is False
    if entry["resubmittable"] is True:
        assert advice.resubmittable is True


def test_the_old_feedback_words_stand_for_numbers() -> None:
    words = {entry["category"].split()[1] for entry in entries() if entry["category"].startswith("brand_feedback")}
    assert words <= set(FEEDBACK_WORDS)


def test_only_what_has_no_number_is_left() -> None:
    left = [entry["category"] for entry in entries() if not entry["code"]]
    assert [name for name in left if not name.startswith(("brand_feedback", "failure_reason", "Generic family"))] == []
