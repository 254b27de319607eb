"""Items whose turn has come: read one by one or by a list, as many as find a place, and what is done with the rest."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from reviews.models import Review
from sandbox.handle import Registration, Sandbox
from sync import limits
from sync.due import claim_due_reviews
from sync.poll import poll_account
from sync.singles import check_reviews, check_reviews_quietly
from tests.factories import make_account
from tests.polling.conftest import make_due
from twilio_api.limiter import Call

pytestmark = pytest.mark.django_db


@pytest.fixture
def campaigns(account: TwilioAccount, twilio: Sandbox) -> list[Review]:
    """Six of one account, each with a brand of its own."""
    for number in range(6):
        twilio.register(account.sid, name=f"Larkspur {number}")
    poll_account(account.pk)
    Review.objects.update(next_check_at=timezone.now())  # in the order of their keys then
    return list(Review.objects.filter(kind="campaign").order_by("pk"))


def calls_for(twilio: Sandbox, act: Callable[[], object]) -> int:
    twilio.clear_journal()
    act()
    return len(twilio.calls())


def test_items_that_find_no_place_are_due_again_soon(
    account: TwilioAccount, registered: Registration, twilio: Sandbox, slow_limits: Settings
) -> None:
    poll_account(account.pk)
    ids = list(Review.objects.values_list("pk", flat=True))
    held = [limits.Shared().before(account.sid, Call.READ) for _ in range(4)]
    twilio.clear_journal()
    began = timezone.now()
    assert check_reviews(account.pk, ids).seen == 0
    assert twilio.calls() == []
    soon = [review.next_check_at for review in Review.objects.all() if review.next_check_at]
    assert len(soon) == 2
    assert all(began < moment < began + timedelta(seconds=30) for moment in soon)
    for place in held:
        place.after(200)
    assert check_reviews(account.pk, ids).seen == 2


def test_a_429_on_one_item_stops_the_account_for_all_workers_at_once(
    account: TwilioAccount, registered: Registration, twilio: Sandbox, slow_limits: Settings
) -> None:
    poll_account(account.pk)
    ids = list(Review.objects.values_list("pk", flat=True))
    twilio.clear_journal()
    twilio.throttle(retry_after=20)
    check_reviews(account.pk, ids)
    check_reviews(account.pk, ids)
    assert [call.status for call in twilio.calls()] == [429]
    [standing] = limits.standings([account.sid]) or []
    assert standing.throttled == 1
    assert standing.rate == pytest.approx(5, abs=1)


def test_items_of_refused_credentials_cost_one_call_and_wait(account: TwilioAccount, twilio: Sandbox) -> None:
    dead = make_account(sid=twilio.create_account("Dead").sid)
    ids = [review.pk for review in make_due(dead, 10)]
    check_reviews_quietly(dead.pk, ids)
    assert len(twilio.calls()) == 1
    dead.refresh_from_db()
    assert dead.failing_since
    assert claim_due_reviews(timezone.now()) == {}


def test_an_account_twilio_does_not_answer_for_holds_a_worker_for_three_items_only(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, settings: Settings
) -> None:
    settings.TWILIO_READ_AGAIN_SECONDS = []
    ids = [review.pk for review in make_due(account, 10)]
    twilio.drop_before(calls=100)
    tally = check_reviews(account.pk, ids)
    twilio.clear_faults()
    assert (tally.seen, tally.failed) == (3, 3)


def test_many_items_of_a_kind_are_read_by_its_listing_and_few_by_themselves(
    campaigns: list[Review], account: TwilioAccount, twilio: Sandbox
) -> None:
    brands = list(Review.objects.filter(kind="brand").values_list("pk", flat=True))
    assert calls_for(twilio, lambda: check_reviews(account.pk, brands)) == 2
    assert calls_for(twilio, lambda: check_reviews(account.pk, brands[:2])) == 2
    assert calls_for(twilio, lambda: check_reviews(account.pk, [one.pk for one in campaigns])) == 6
    twilio.clear_journal()
    check_reviews(account.pk, brands[:1])
    assert [call.route for call in twilio.calls()] == ["brands.fetch"]


def test_items_read_by_themselves_are_written_together_those_of_a_while(
    campaigns: list[Review], account: TwilioAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    def statements(pks: list[int]) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert check_reviews(account.pk, pks).seen == len(pks)
        return len(queries)

    pks = [review.pk for review in campaigns]
    monkeypatch.setattr("sync.singles.GATHER_SECONDS", 60)
    assert statements(pks[:2]) == statements(pks)
    monkeypatch.setattr("sync.singles.GATHER_SECONDS", 0)
    assert statements(pks[:2]) < statements(pks)


def test_what_was_answered_before_twilio_said_429_is_kept(
    campaigns: list[Review], account: TwilioAccount, twilio: Sandbox, settings: Settings
) -> None:
    settings.TWILIO_READ_AGAIN_SECONDS = []
    began, pks = timezone.now(), [review.pk for review in campaigns]
    twilio.throttle(path=campaigns[3].remote_key.partition("/")[0], retry_after=20)
    assert check_reviews(account.pk, pks).seen == 3
    read = Review.objects.filter(as_of__gte=began).order_by("pk")
    assert [review.pk for review in read] == pks[:3]


def test_what_a_listing_does_not_show_is_asked_for_by_itself(account: TwilioAccount, twilio: Sandbox) -> None:
    made = [twilio.register_number(account.sid, phone=f"+1844555014{number}") for number in range(5)]
    poll_account(account.pk)
    twilio.remove(made[0])
    tally = check_reviews(account.pk, list(Review.objects.values_list("pk", flat=True)))
    assert tally.seen == 5
    assert Review.objects.get(sid=made[0]).gone_at
    assert Review.objects.exclude(gone_at=None).count() == 1
