"""Where events tell of changes an account is asked less often; where they stop, at once more often again."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from reviews.freshness import freshness_of, freshness_of_accounts
from reviews.models import Review
from reviews.status import Status
from sync import hearing
from sync.models import EventStream
from sync.tasks import fan_out_due_streams
from tests.factories import campaign_payload, make_account, make_user, mirror

pytestmark = pytest.mark.django_db
UNDER_REVIEW = {"campaign_status": "IN_PROGRESS", "errors": [], "date_updated": "2026-09-01T00:00:00Z"}


def test_the_pauses_of_its_items_are_longer() -> None:
    account = make_account(hears_events=True)
    (review,) = mirror(account, "campaign", campaign_payload(**UNDER_REVIEW))
    assert review.next_check_at
    assert review.next_check_at > timezone.now() + timedelta(minutes=29)


def test_what_was_long_in_review_when_it_was_first_seen_is_not_asked_at_once_again() -> None:
    (review,) = mirror(make_account(), "campaign", campaign_payload(**UNDER_REVIEW))
    assert review.next_check_at
    assert review.next_check_at > timezone.now() + timedelta(minutes=8)


def test_where_events_stop_everything_moves_up_at_once() -> None:
    account = make_account(hears_events=True, next_poll_at=timezone.now() + timedelta(days=2))
    (waits,) = mirror(account, "campaign", campaign_payload(**UNDER_REVIEW))
    (rejected,) = mirror(account, "campaign", campaign_payload())
    hearing.keep_up(account)
    account.refresh_from_db()
    assert not account.hears_events
    within_their_pauses(waits, rejected)


def within_their_pauses(waits: Review, rejected: Review) -> None:
    """Those without events, and their account's too."""
    for review, within in ((waits, timedelta(minutes=10)), (rejected, timedelta(minutes=30))):
        review.refresh_from_db()
        assert review.next_check_at
        assert review.next_check_at <= timezone.now() + within
    assert waits.account_id == rejected.account_id
    assert TwilioAccount.objects.get(pk=waits.account_id).next_poll_at <= timezone.now() + timedelta(hours=32)


def test_what_a_reading_writes_that_began_before_events_stopped_moves_up_too() -> None:
    stale = make_account(hears_events=True, next_poll_at=timezone.now() + timedelta(days=2))
    TwilioAccount.objects.update(hears_events=False)
    (waits,) = mirror(stale, "campaign", campaign_payload(**UNDER_REVIEW))
    (rejected,) = mirror(stale, "campaign", campaign_payload())
    hearing.keep_all_up()
    within_their_pauses(waits, rejected)


def test_each_minute_all_accounts_are_looked_at_whose_events_began_or_stopped(settings: Settings) -> None:
    settings.PUBLIC_BASE_URL = "https://redress.example"
    now, later = timezone.now(), timezone.now() + timedelta(days=2)
    begins, goes_on, silent, off = (
        make_account(hears_events=hears, next_poll_at=later) for hears in (False, True, True, True)
    )
    for account, last in ((begins, now), (goes_on, now), (silent, now - timedelta(hours=27))):
        EventStream.objects.create(
            account=account, state=EventStream.State.ACTIVE, active_since=now, last_event_at=last, due_at=later
        )
    fan_out_due_streams()
    hears = TwilioAccount.objects.filter(hears_events=True)
    assert set(hears) == {begins, goes_on}
    moved_up = TwilioAccount.objects.filter(next_poll_at__lt=later).order_by("pk")
    assert list(moved_up) == [silent, off]


def test_an_account_that_hears_may_be_older_before_it_is_stale() -> None:
    now, admin = timezone.now(), make_user()
    old = now - timedelta(hours=50)
    make_account(last_read_at=old)
    hearing_one = make_account(last_read_at=old, hears_events=True)
    assert (freshness_of_accounts(admin, now).fresh, freshness_of_accounts(admin, now).stale) == (1, 1)
    TwilioAccount.objects.filter(pk=hearing_one.pk).update(last_read_at=now - timedelta(hours=72))
    assert freshness_of_accounts(admin, now).fresh == 0


@pytest.mark.parametrize(
    ("status", "hours", "is_stale"),
    [
        (Status.IN_REVIEW, 2, False),
        (Status.IN_REVIEW, 3, True),
        (Status.NEEDS_FIX, 7, False),
        (Status.NEEDS_FIX, 9, True),
        (Status.APPROVED, 35, False),
        (Status.APPROVED, 37, True),
    ],
)
def test_an_item_is_stale_by_the_pauses_of_its_status(status: Status, hours: int, is_stale: bool) -> None:
    now = timezone.now()
    (review,) = mirror(make_account(), "campaign", campaign_payload())
    review.status, review.as_of = status, now - timedelta(hours=hours)
    assert freshness_of(review, now).is_stale == is_stale
