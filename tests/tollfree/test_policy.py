"""The gate follows edit_allowed and edit_expiration, nothing else."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from reviews.contract import Verdict
from reviews.status import Status
from rulebook.routes import Route
from tests.factories import make_account, mirror, tollfree_payload, twilio_time
from tollfree.remote import verdict

pytestmark = pytest.mark.django_db


def judged(**over: Any) -> tuple[str, Verdict]:
    (review,) = mirror(make_account(), "tollfree", tollfree_payload(**over))
    return review.status, verdict(review, timezone.now())


def test_within_the_window_it_may_be_edited_for_nothing() -> None:
    status, found = judged()
    assert (status, found.allowed, found.route) == (Status.NEEDS_FIX, True, Route.EDIT)
    assert found.charge is not None
    assert found.charge.fee == found.charge.at_most == 0
    assert (found.charge.free_left, found.charge.needs_acknowledgement) == (None, False)
    assert found.deadline is not None
    assert "reviewed before new ones" in found.why


def test_after_the_window_it_is_still_taken_and_no_longer_first() -> None:
    status, found = judged(edit_expiration=twilio_time(timezone.now() - timedelta(hours=1)))
    assert (status, found.allowed) == (Status.NEEDS_FIX, True)
    assert "no longer reviewed first" in found.why


def test_without_a_window_twilios_word_suffices() -> None:
    assert judged(edit_expiration=None)[1].allowed


@pytest.mark.parametrize("allowed", [False, None, "true", 1])
def test_nothing_but_a_plain_true_opens_the_form(allowed: object) -> None:
    status, found = judged(edit_allowed=allowed)
    assert (status, found.allowed, found.charge) == (Status.NEEDS_DECISION, False, None)


@pytest.mark.parametrize("word", ["PENDING_REVIEW", "IN_REVIEW", "TWILIO_APPROVED", "SOMETHING_NEW"])
def test_in_no_other_state_is_it_edited(word: str) -> None:
    assert not judged(status=word, rejection_reasons=None)[1].allowed


def test_old_payloads_with_a_single_reason_are_explained_too() -> None:
    reasons = {"rejection_reasons": None, "rejection_reason": "Cannot validate the website", "error_code": 30473}
    _, found = judged(**reasons)
    assert [advice.code for advice in found.advices] == [30473]


def test_several_reasons_stand_side_by_side_and_an_unknown_one_with_twilios_words() -> None:
    reasons = [{"code": 30473, "reason": "Website"}, {"code": 39998, "reason": "Something of tomorrow"}]
    _, found = judged(rejection_reasons=reasons)
    assert [(advice.code, advice.known) for advice in found.advices] == [(30473, True), (39998, False)]
    assert found.advices[1].meaning == "Something of tomorrow"
