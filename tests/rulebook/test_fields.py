import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.fields import FIELDS, draft_key, field_of, label_of, names_of


@pytest.mark.parametrize(
    ("kind", "name", "key", "label"),
    [
        ("campaign", "MESSAGE_FLOW", "message_flow", "Opt-in description"),
        ("campaign", "MessageFlow", "message_flow", "Opt-in description"),
        ("campaign", "USE_CASE_DESCRIPTION", "description", "Description"),
        ("campaign", "SAMPLE_MESSAGE_1", "sample_1", "Sample message 1"),
        ("campaign", "SAMPLE_MESSAGE_5", "sample_5", "Sample message 5"),
        ("campaign", "EMBEDDED_PHONE", "has_embedded_phone", "Messages contain phone numbers"),
        ("campaign", "PRIVACY_POLICY_URL", "privacy_policy_url", "Privacy policy address"),
        ("campaign", "OPT_OUT_MESSAGE", "opt_out_message", "Opt-out reply"),
        ("campaign", "WEBSITE_URL", None, "Website"),
        ("tollfree", "ProductionMessageSample", "production_message_sample", "Sample message"),
        ("tollfree", "production_message_sample", "production_message_sample", "Sample message"),
        ("brand", "business_registration_number", "business_registration_number", "Tax ID or registration number"),
    ],
)
def test_twilios_name_leads_to_our_field(kind: str, name: str, key: str | None, label: str) -> None:
    assert draft_key(kind, name) == key
    assert label_of(kind, name) == label


@pytest.mark.parametrize(
    ("name", "label"),
    [("SAMPLE_MESSAGE_6", "Sample message 6"), ("MoonPhase", "Moon phase"), ("", "Unnamed field")],
)
def test_an_unknown_name_stays_visible(name: str, label: str) -> None:
    field = field_of("campaign", name)
    assert (field.name, field.key, field.label, field.known) == (name, None, label, False)


@given(kind=st.text(), name=st.text())
def test_any_name_has_a_label(kind: str, name: str) -> None:
    assert label_of(kind, name)


def test_names_of_other_kinds_are_left_out() -> None:
    assert names_of("tollfree", ("MESSAGE_FLOW", "OptInType", "BusinessName")) == ("OptInType", "BusinessName")


def test_no_name_is_listed_twice() -> None:
    names = [(row.kind, row.name.replace("_", "").casefold()) for row in FIELDS]
    assert len(set(names)) == len(names)
