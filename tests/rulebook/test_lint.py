import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rulebook.checks.limits import check_campaign_limits
from rulebook.checks.sizes import _CampaignTexts
from rulebook.findings import Severity
from rulebook.lint import CHECKS, check_of, lint
from rulebook.reading import Reading
from rulebook.submission import Business, Submission, from_case
from tests.rulebook.drafts import CAMPAIGN, TOLLFREE, VENDOR, campaign, counted, tollfree

WORDS = (
    "stop text message msg data rates the terms of agree privacy per week @ . ' \" [ { < % $ _ - / : ( http:// box by"
)
NONSENSE = st.one_of(
    st.text(max_size=400),
    st.text(alphabet="مرحبا שלום 你好 🙂👩‍👩‍👧‍👦 İıſß‮‫", max_size=400),
    st.lists(st.sampled_from(WORDS.split()), max_size=200).map(" ".join),
    st.lists(st.sampled_from(WORDS.split()), max_size=200).map("".join),
)
VALUES = st.one_of(NONSENSE, st.none(), st.booleans(), st.integers(), st.lists(NONSENSE, max_size=6))


@pytest.mark.parametrize("submission", [campaign(), tollfree(), campaign(isv=VENDOR), tollfree(isv=VENDOR)])
def test_it_is_silent_on_a_compliant_draft(submission: Submission) -> None:
    assert counted(submission) == []


def test_every_check_is_a_row_with_an_id_a_source_and_a_date() -> None:
    assert len({check.id for check in CHECKS}) == len(CHECKS)
    assert all(check.source and check.seen and check.issue for check in CHECKS)
    assert [check_of(check.id) for check in CHECKS] == list(CHECKS)


def test_the_limits_are_part_of_it() -> None:
    submission = campaign(description="Short.", message_flow="", message_samples=["One."], privacy_policy_url="")
    limits = set(check_campaign_limits(_CampaignTexts(Reading(submission))))
    assert limits
    assert limits <= set(lint(submission))


def test_errors_come_first() -> None:
    found = [finding.severity for finding in lint(campaign(description="Short.", privacy_policy_url=""))]
    assert found == sorted(found, key=list(Severity).index)


def test_a_field_that_is_not_there_is_not_checked() -> None:
    known = {key: value for key, value in CAMPAIGN.items() if not key.startswith(("opt_", "help_"))}
    flow = "Riders text WHEELS to (503) 555-0100. " + str(CAMPAIGN["message_flow"])
    found = {finding.field for finding in lint(Submission(kind="campaign", draft={**known, "message_flow": flow}))}
    assert not found & {"opt_in_keywords", "opt_in_message"}


@given(
    draft=st.fixed_dictionaries(dict.fromkeys([*CAMPAIGN, *TOLLFREE], VALUES)),
    kind=st.sampled_from(["campaign", "tollfree"]),
    name=st.text(max_size=40),
    website=st.one_of(st.text(max_size=40), st.sampled_from(["http://[", "https://xn--", "https://a.co.uk"])),
)
@settings(max_examples=60, deadline=None)
def test_no_text_makes_it_raise(draft: dict[str, Any], kind: str, name: str, website: str) -> None:
    submission = Submission(kind=kind, draft=draft, brand=Business(name, website), isv=Business(website, name))
    for finding in lint(submission):
        assert finding.message
        assert finding.span is None or 0 <= finding.span[0] <= finding.span[1]


@given(case=st.dictionaries(st.sampled_from(["kind", "brand", "isv", "draft", "status", "previous"]), VALUES))
@settings(max_examples=40, deadline=None)
def test_no_case_makes_it_raise(case: dict[str, Any]) -> None:
    lint(from_case(case))


HOSTILE = [
    "stop " * 20_000,
    "text the word stop to " * 5_000,
    "a." * 50_000,
    "agree to the terms and " * 5_000,
    "up to 4 messages a " * 5_000,
    "'" * 100_000,
    '"(' * 50_000,
    "[" * 100_000,
    "{{" * 50_000,
    "our partners and affiliates may " * 3_500,
    "by submitting your number " * 4_000,
    "https://" * 12_500,
    "1-800-" * 16_000,
    "🙂" * 100_000,
    "\u202eשלום " * 15_000,
    "İ" * 100_000,
    "<a " * 30_000,
    "_%x" * 30_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=lambda text: str(text)[:20])
def test_no_text_makes_it_slow(text: str) -> None:
    """A guard with much room: a pattern that backtracks takes minutes, not tenths of a second."""
    draft = {
        **CAMPAIGN,
        "description": text,
        "message_flow": text,
        "message_samples": [text] * 5,
        "opt_in_message": text,
    }
    started = time.process_time()
    lint(Submission(kind="campaign", draft=draft, brand=Business("Stop Text", "https://stop.example"), isv=VENDOR))
    assert time.process_time() - started < 2
