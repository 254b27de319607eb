"""What a verification's page shows besides: its window day by day, what the number may send, and its siblings."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from reviews.models import Review
from tests.campaigns.form import words_of
from tests.factories import make_account, mirror, tollfree_payload, twilio_time
from tollfree.panels import Window

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer(client_of: Callable[[Role], Client]) -> Client:
    return client_of(Role.VIEWER)


def words(client: Client, **over: Any) -> str:
    (review,) = mirror(make_account(), "tollfree", tollfree_payload(**over))
    return words_of(client.get(reverse("reviews:item", args=[review.pk])))


def test_a_running_window_is_drawn_with_what_follows_it(viewer: Client) -> None:
    page = words(viewer)
    assert "left for a prioritised review" in page
    assert "it queues like a new one" in page
    assert "Today" in page


def test_a_window_that_is_over_says_that_an_edit_is_still_taken(viewer: Client) -> None:
    page = words(viewer, edit_expiration=twilio_time(timezone.now() - timedelta(days=2)))
    assert "the priority is gone since" in page
    assert "Twilio still takes an edit" in page
    assert "Today" not in page


@pytest.mark.parametrize("over", [{"edit_allowed": False}, {"edit_expiration": None}, {"status": "IN_REVIEW"}])
def test_where_no_window_runs_none_is_drawn(viewer: Client, over: dict[str, Any]) -> None:
    assert "prioritised review" not in words(viewer, **over)


def test_the_number_says_what_it_can_do_and_since_when(viewer: Client) -> None:
    page = words(viewer)
    assert "Twilio answers 30032" in page
    assert "in force since 31 Jan 2024" in page
    assert "seven days" in page
    assert "It may send" in words(viewer, status="TWILIO_APPROVED", rejection_reasons=None)


def test_siblings_stand_where_a_reviewer_asks_about_them(viewer: Client) -> None:
    assert "Numbers of this business" in words(viewer, rejection_reasons=[{"code": 30479, "reason": "Why so many?"}])
    assert "Who uses which number" in words(viewer, rejection_reasons=[{"code": 30478, "reason": "Shared"}])
    assert "Numbers of this business" not in words(viewer)


def test_the_window_empties_from_its_first_day_and_fills_no_more_than_seven() -> None:
    now = timezone.now()
    days = Window(now + timedelta(days=2, hours=12), now).days
    assert [round(day.left, 1) for day in days] == [0.0, 0.0, 0.0, 0.0, 0.5, 1.0, 1.0]
    assert [day.is_now for day in days].index(True) == 4
    assert [day.note for day in days if day.note] == ["rejected", "72 h left", "24 h left"]
    assert all(day.left == 1.0 for day in Window(now + timedelta(days=40), now).days)


def test_an_item_costs_as_many_statements_with_many_siblings_as_with_one(
    viewer: Client, django_assert_max_num_queries: Any
) -> None:
    account = make_account()
    many = [{"code": 30479, "reason": "Why so many?"}]
    reviews: list[Review] = []
    for number in range(30):
        payload = tollfree_payload(tollfree_phone_number=f"+188855501{number:02}", rejection_reasons=many)
        reviews += mirror(account, "tollfree", payload)
    with django_assert_max_num_queries(22):
        viewer.get(reverse("reviews:item", args=[reviews[0].pk]))
