"""What is left where Twilio takes no edit: which way applies to which reason, and to whom no channel is offered."""

import pytest

from rulebook.alternatives import NAMED, UNNAMED, Way, alternatives
from rulebook.catalogue import ROWS
from rulebook.explain import explain

FORBIDDEN = [
    code for row in ROWS if "tollfree" in row.kinds and row.resubmittable is False and row.route == "appeal"
    for code in row.codes
]  # fmt: skip
NEVER = {
    "spam": 30442, "phishing": 30480, "fraud": 30444, "deceptive marketing": 30470, "illegal substances": 30469,
    "hate": 30455, "adult content": 30441, "sale of leads": 30468, "debt collection": 30460, "credit repair": 30467,
    "phishing, newer number": 30853, "simulated phishing": 30567,
}  # fmt: skip


def ways(*codes: int) -> list[Way]:
    return [alternative.way for alternative in alternatives("tollfree", [explain("tollfree", c) for c in codes])]


@pytest.mark.parametrize("code", sorted(NAMED))
def test_cannabis_may_go_by_mail_behind_an_age_gate_where_it_is_legal(code: int) -> None:
    found = alternatives("tollfree", [explain("tollfree", code)])
    (mail,) = [one for one in found if one.way is Way.EMAIL]
    assert mail.conditions == ("Proper age gating is in place.", "Recipients are where the substance is legal.")
    assert Way.VOICE in ways(code)


@pytest.mark.parametrize("code", sorted(UNNAMED))
def test_a_lawful_trade_the_article_does_not_name_is_told_to_ask_first(code: int) -> None:
    found = alternatives("tollfree", [explain("tollfree", code)])
    (mail,) = [one for one in found if one.way is Way.EMAIL]
    assert "Ask Twilio before you build on it." in mail.conditions


@pytest.mark.parametrize("family", NEVER)
def test_no_channel_is_offered_where_the_sender_the_consent_or_the_substance_is_the_fault(family: str) -> None:
    assert not {Way.EMAIL, Way.VOICE} & set(ways(NEVER[family]))


def test_every_family_not_listed_is_offered_no_channel() -> None:
    for code in set(FORBIDDEN) - NAMED - UNNAMED:
        assert not {Way.EMAIL, Way.VOICE} & set(ways(code)), code


def test_one_reason_that_allows_no_channel_decides_for_all() -> None:
    assert ways(30459, 30444) == [Way.APPEAL]
    assert not {Way.EMAIL, Way.VOICE} & set(ways(30459, 30469))


def test_two_families_get_the_more_careful_words() -> None:
    found = alternatives("tollfree", [explain("tollfree", code) for code in (30459, 30457)])
    assert "without naming this one" in next(one.says for one in found if one.way is Way.EMAIL)


def test_abuse_is_only_appealed() -> None:
    assert ways(30480) == [Way.APPEAL]


def test_forbidden_content_may_come_back_as_another_program() -> None:
    assert ways(30461)[:2] == [Way.APPEAL, Way.RENEWAL]


def test_what_could_be_corrected_but_takes_no_edit_any_more_is_verified_anew() -> None:
    assert ways(30473) == [Way.RENEWAL, Way.APPEAL]
    assert ways() == [Way.RENEWAL, Way.APPEAL]


def test_the_correctable_reason_beside_a_final_one_allows_nothing_more() -> None:
    assert ways(30473, 30459) == ways(30459)


@pytest.mark.parametrize("kind", ["campaign", "brand"])
def test_other_kinds_have_none(kind: str) -> None:
    assert alternatives(kind, [explain(kind, 30459)]) == ()
