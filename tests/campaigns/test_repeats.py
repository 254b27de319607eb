"""The same code twice in a row: what changed since is shown, and whether the flagged field was touched at all."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from campaigns import remote
from reviews.models import Attempt, Review, StatusChange
from tests.campaigns.form import GOOD_FLOW, Window, words_of
from tests.factories import campaign_payload, error, mirror

pytestmark = pytest.mark.django_db

type Open = Callable[[User], Window]

OTHERWISE = "Larkspur Bike Repair texts customers who booked a repair with seasonal offers and new arrivals."
TWICE = "Rejected with 30909 twice in a row."


def answered(review: Review, *codes: int, **sent: object) -> None:
    """Yesterday's accepted attempt changed these fields; today Twilio rejects it with these codes."""
    stood = dict(remote.read(remote.payload(review)).submission)
    yesterday = timezone.now() - timedelta(days=1)
    StatusChange.objects.update(at=yesterday - timedelta(days=1))
    Attempt.objects.create(
        review=review, number=1, state=Attempt.State.ACCEPTED, by_name="Ana Ruiz", before=stood,
        submission={**stood, **sent}, created_at=yesterday, settled_at=yesterday,
    )  # fmt: skip
    Review.objects.update(attempts_used=1, resubmitted_at=yesterday)
    errors = [error(code, "MESSAGE_FLOW") for code in codes]
    now = {**campaign_payload(), **remote.payload(review), **sent}
    mirror(review.account, "campaign", {**now, "campaign_status": "IN_PROGRESS", "errors": []})
    mirror(review.account, "campaign", {**now, "errors": errors, "date_updated": "2026-11-21T10:00:00Z"})


def test_a_flagged_field_that_nobody_touched_is_named(window: Open, review: Review, ana: User) -> None:
    answered(review, 30909, description=OTHERWISE)
    at = window(ana)
    page = words_of(at.open())
    assert TWICE in page
    assert "Attempt 1 changed Description." in page
    assert "Flagged both times and never touched: Opt-in description." in page


def test_the_review_page_says_it_too(window: Open, review: Review, ana: User) -> None:
    answered(review, 30909, description=OTHERWISE)
    at = window(ana)
    at.open()
    at.go_on(message_flow=GOOD_FLOW)
    assert TWICE in words_of(at.ask_review())
    assert at.resubmit().status_code == 302, "it is a notice, and stops nobody"


def test_a_flagged_field_that_was_changed_was_not_changed_enough(window: Open, review: Review, ana: User) -> None:
    answered(review, 30924, 30909, message_flow=GOOD_FLOW)
    page = words_of(window(ana).open())
    assert TWICE in page, "30924 is new"
    assert "changed Opt-in description." in page
    assert "changed, and not enough" in page


def test_another_code_is_another_matter(window: Open, review: Review, ana: User) -> None:
    answered(review, 30924, message_flow=GOOD_FLOW)
    assert "twice in a row" not in words_of(window(ana).open())


def test_a_first_rejection_is_no_second(window: Open, ana: User) -> None:
    assert "twice in a row" not in words_of(window(ana).open())


def test_the_echo_of_the_old_verdict_is_no_second(window: Open, review: Review, ana: User) -> None:
    answered(review, 30909, message_flow=GOOD_FLOW)
    Review.objects.update(resubmitted_at=timezone.now())
    assert "twice in a row" not in words_of(window(ana).open())
