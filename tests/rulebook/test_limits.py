from collections.abc import Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.checks.limits import check_campaign_limits
from rulebook.fields import FIELDS
from rulebook.findings import Finding, Severity
from rulebook.limits import (
    CAMPAIGN_FROZEN_WHEN_VERIFIED,
    CAMPAIGN_LIMITS,
    CAMPAIGN_UPDATE_REQUIRED,
    CAMPAIGN_UPDATE_URLS,
    LOCKED,
    TOLLFREE_CREATE_REQUIRED,
    TOLLFREE_LIMITS,
    limit_of,
)


@dataclass(frozen=True)
class Draft:
    description: str = "d" * 40
    message_flow: str = "f" * 40
    message_samples: Sequence[str] = ("s" * 20, "t" * 20)
    privacy_policy_url: str = "https://juniperdental.example/privacy"
    terms_and_conditions_url: str = "https://juniperdental.example/terms"


SMALLEST = Draft()
LARGEST = replace(SMALLEST, description="d" * 4096, message_flow="f" * 2048, message_samples=("s" * 1024,) * 5)


def findings(draft: Draft) -> list[Finding]:
    return list(check_campaign_limits(draft))


@pytest.mark.parametrize("draft", [SMALLEST, LARGEST])
def test_it_is_silent_at_the_limits(draft: Draft) -> None:
    assert findings(draft) == []


@pytest.mark.parametrize(
    ("draft", "rule", "field", "message", "span", "codes"),
    [
        (
            replace(SMALLEST, description="Messages for our customers."),
            *("L01", "description", "Description is 27 characters; Twilio takes 40 to 4096.", None, (21728,)),
        ),
        (
            replace(SMALLEST, description="d" * 4097),
            *("L01", "description", "Description is 4097 characters; Twilio takes 40 to 4096.", (4096, 4097), (21728,)),
        ),
        (
            replace(SMALLEST, description=" " * 60),
            *("L01", "description", "Description is empty; Twilio takes 40 to 4096 characters.", None, (21728,)),
        ),
        (
            replace(SMALLEST, message_flow="f"),
            *("L04", "message_flow", "Opt-in description is 1 character; Twilio takes 40 to 2048.", None, (21728,)),
        ),
        (
            replace(SMALLEST, message_flow="f" * 2050),
            *("L04", "message_flow", "Opt-in description is 2050 characters; Twilio takes 40 to 2048."),
            *((2048, 2050), (21728,)),
        ),
        (
            replace(SMALLEST, message_samples=("s" * 20,)),
            *("L16", "message_samples", "There is 1 sample message; Twilio takes 2 to 5.", None, (21728,)),
        ),
        (
            replace(SMALLEST, message_samples=("s" * 20,) * 6),
            *("L16", "message_samples", "There are 6 sample messages; Twilio takes 2 to 5.", None, (21728,)),
        ),
        (
            replace(SMALLEST, message_samples=("s" * 20, "Your order is ready")),
            *("L16", "sample_2", "Sample message 2 is 19 characters; Twilio takes 20 to 1024.", None, (21728,)),
        ),
        (
            replace(SMALLEST, privacy_policy_url=""),
            *("L31", "privacy_policy_url", "Privacy policy address is missing; Twilio wants a public https address."),
            *(None, (30933,)),
        ),
        (
            replace(SMALLEST, terms_and_conditions_url="http://juniperdental.example/terms"),
            *("L31", "terms_and_conditions_url", "Terms address is not a full https:// address.", None, (30934,)),
        ),
    ],
)
def test_it_says_what_twilio_would_refuse(
    draft: Draft, rule: str, field: str, message: str, span: tuple[int, int] | None, codes: tuple[int, ...]
) -> None:
    assert findings(draft) == [Finding(rule, field, Severity.ERROR, message, span, codes)]


def test_characters_are_counted_not_bytes() -> None:
    assert findings(replace(SMALLEST, description="é" * 4096)) == []


@pytest.mark.parametrize(
    "address",
    [
        "juniperdental.example/terms",
        "ftp://juniperdental.example",
        "https://",
        "https://terms",
        "https://[",
        "https://a b.example",
    ],
)
def test_an_address_without_scheme_or_host_is_no_address(address: str) -> None:
    assert [finding.rule for finding in findings(replace(SMALLEST, terms_and_conditions_url=address))] == ["L31"]


@given(
    st.builds(
        Draft,
        st.text(),
        st.text(),
        st.lists(st.text(), max_size=7).map(tuple),
        st.text(),
        st.text().map("https://".__add__),
    )
)
def test_any_draft_can_be_checked(draft: Draft) -> None:
    for finding in check_campaign_limits(draft):
        assert finding.severity is Severity.ERROR
        assert finding.message.endswith(".")


def test_limits_name_fields_people_know() -> None:
    keys = {(row.kind, row.key) for row in FIELDS}
    for row in (*CAMPAIGN_LIMITS, *TOLLFREE_LIMITS):
        assert (row.kind, row.field) in keys
        assert limit_of(row.kind, row.field) is row
    assert limit_of("campaign", "moon_phase") is None


def test_an_update_carries_seven_fields_and_two_addresses() -> None:
    assert len(CAMPAIGN_UPDATE_REQUIRED) == 7
    assert len(CAMPAIGN_UPDATE_URLS) == 2
    assert set(CAMPAIGN_FROZEN_WHEN_VERIFIED) < set(CAMPAIGN_UPDATE_REQUIRED)
    assert len(CAMPAIGN_FROZEN_WHEN_VERIFIED) == 4
    assert len(TOLLFREE_CREATE_REQUIRED) == 10


def test_a_locked_field_says_why_and_which_way_changes_it() -> None:
    editable = {*CAMPAIGN_UPDATE_REQUIRED, *CAMPAIGN_UPDATE_URLS}
    for row in LOCKED:
        assert row.why.endswith(".")
        assert row.route.label
        assert row.source
        assert row.kind != "campaign" or row.field not in editable
