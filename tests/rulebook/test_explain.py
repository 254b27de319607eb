from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.explain import NOT_IN_CATALOGUE, explain, hardest
from rulebook.rejections import KINDS
from rulebook.routes import Route

UNHEARD_OF = 30989

kinds = st.sampled_from(KINDS) | st.text(max_size=20)
codes = st.none() | st.booleans() | st.integers() | st.integers(30000, 31000) | st.text() | st.floats()
names = st.lists(st.text(), max_size=5) | st.text() | st.none()


@given(kind=kinds, code=codes, description=st.text() | st.none(), fields=names)
def test_it_answers_whatever_it_is_asked(kind: str, code: Any, description: Any, fields: Any) -> None:
    advice = explain(kind, code, description, fields)
    assert advice.title
    assert advice.meaning
    assert advice.remedy
    assert advice.route in Route
    assert all(isinstance(name, str) for name in advice.fields)


@pytest.mark.parametrize("code", [10**9, "9" * 5000, -30924, 0, "", "   ", "٣٠٩٢٤", "30924.0", float("nan")])
def test_it_takes_no_nonsense_for_a_number(code: Any) -> None:
    advice = explain("campaign", code)
    assert (advice.code, advice.known, advice.url) == (None, False, "")


def test_it_survives_a_number_too_long_to_print() -> None:
    assert explain("campaign", 10**5000).code is None


@pytest.mark.parametrize("code", [30924, "30924", " 30924 ", "030924"])
def test_it_reads_a_number_however_it_is_written(code: int | str) -> None:
    advice = explain("campaign", code)
    assert advice.known
    assert advice.code == 30924
    assert advice.url == "https://www.twilio.com/docs/api/errors/30924"


def test_it_shows_the_flagged_fields_and_else_the_usual_ones() -> None:
    assert explain("campaign", 30886, fields=["SAMPLE_MESSAGE_2"]).fields == ("SAMPLE_MESSAGE_2",)
    assert explain("campaign", 30886).fields == ("USE_CASE_DESCRIPTION",)


def test_it_names_the_fields_of_the_kind_asked_for() -> None:
    assert explain("campaign", 30545).fields == ("MESSAGE_FLOW",)
    assert explain("tollfree", 30545).fields == ("OptInImageUrls", "OptInType", "AdditionalInformation")


def test_it_finds_a_number_listed_for_another_kind_and_says_so() -> None:
    advice = explain("campaign", 30476)
    assert advice.known
    assert advice.title == explain("tollfree", 30476).title
    assert advice.note.endswith("lists this number for toll-free verifications.")


def test_a_brand_fault_on_a_campaign_means_the_brand_comes_first() -> None:
    assert explain("brand", 30795).route is Route.EDIT
    assert explain("campaign", 30795).route is Route.FIX_BRAND


def test_a_brand_is_never_told_to_fix_the_brand_first() -> None:
    assert explain("campaign", 30894).route is Route.FIX_BRAND
    assert explain("brand", 30894).route is Route.EDIT


@pytest.mark.parametrize("kind", KINDS)
def test_an_unknown_number_keeps_what_twilio_said(kind: str) -> None:
    advice = explain(kind, UNHEARD_OF, "Refused because of the moon.", ["MOON_PHASE"])
    assert not advice.known
    assert advice.title == NOT_IN_CATALOGUE
    assert advice.meaning == "Refused because of the moon."
    assert advice.fields == ("MOON_PHASE",)
    assert advice.route is Route.EDIT
    assert advice.resubmittable is None
    assert advice.url.endswith("/30989")


@pytest.mark.parametrize(
    ("description", "title"),
    [
        ("Content Violation - SHAFT - Sex", "Adult content"),
        ("Content Violation - SHAFT - Hate", "Hateful or violent content"),
        ("Content Violation - SHAFT - Alcohol", "Alcohol content"),
        ("Content Violation - SHAFT - Marijuana", "Firearms, tobacco or cannabis content"),
        ("Content Violation", "Forbidden content"),
        ("Sex, Hate, Alcohol, Firearms, Tobacco", "Forbidden content"),
        ("", "Forbidden content"),
    ],
)
def test_one_number_for_several_faults_is_told_apart_by_its_description(description: str, title: str) -> None:
    assert explain("campaign", 30883, description).title == title


def test_a_flagged_terms_address_makes_30882_fixable() -> None:
    assert explain("campaign", 30882).route is Route.APPEAL
    assert explain("campaign", 30882, fields=["TERMS_AND_CONDITIONS_URL"]).route is Route.EDIT


def test_flagged_create_only_fields_make_30887_a_recreation() -> None:
    assert explain("campaign", 30887, "Invalid opt-out", ["MESSAGE_FLOW"]).route is Route.EDIT
    assert explain("campaign", 30887, "Invalid opt-out", ["OPT_OUT_MESSAGE"]).route is Route.RECREATE


@pytest.mark.parametrize(
    ("codes", "decides"),
    [
        ((30886, 30892, 30893), 30886),  # equals: the first
        ((30886, 30890), 30890),  # recreate over edit
        ((30890, 30894), 30894),  # brand first over recreate
        ((30886, 30994), 30994),  # an edit while the brand is pending would be wasted
        ((30994, 30900), 30900),  # waiting replaces no recreation
        ((30894, 30990), 30990),  # suspended: only Twilio moves it
        ((30990, 30883, 30886), 30883),  # refused for what it is
        ((30899, 30886), 30886),  # "a carrier refused" gives way to a stated cause
        ((30880, 30899), 30880),  # unless nobody states one
    ],
)
def test_the_hardest_route_decides(codes: tuple[int, ...], decides: int) -> None:
    decided = hardest(explain("campaign", code) for code in codes)
    assert decided is not None
    assert decided.code == decides


def test_nothing_is_hardest_of_nothing() -> None:
    assert hardest([]) is None


def test_what_is_final_and_lies_in_a_brand_is_no_edit_of_another_kind() -> None:
    assert explain("campaign", 30915).route is Route.FIX_BRAND
    assert explain("tollfree", 30915).route is Route.SUPPORT
