"""What a toll-free number may send, by the state of its verification."""

import pytest

from rulebook.traffic import BLOCKED_SINCE, traffic_of


@pytest.mark.parametrize("word", ["PENDING_REVIEW", "IN_REVIEW", "TWILIO_REJECTED", "twilio_rejected"])
@pytest.mark.parametrize("may_be_edited", [True, False])
def test_everything_but_an_approved_number_is_blocked_since_a_day_that_is_named(word: str, may_be_edited: bool) -> None:
    found = traffic_of(word, may_be_edited=may_be_edited)
    assert found.may_send is False
    assert "30032" in found.says
    assert found.since == BLOCKED_SINCE


def test_the_older_word_of_seven_days_is_shown_as_superseded_where_it_would_apply() -> None:
    assert "seven days" in traffic_of("TWILIO_REJECTED", may_be_edited=True).superseded
    assert not traffic_of("TWILIO_REJECTED", may_be_edited=False).superseded


def test_an_approved_number_sends_and_an_unknown_word_promises_nothing() -> None:
    assert traffic_of("TWILIO_APPROVED", may_be_edited=False).may_send is True
    assert traffic_of("PAUSED", may_be_edited=False).may_send is None
