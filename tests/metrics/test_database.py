"""What the database tells: each figure moves when the thing moves, and more rows cost no more statements."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from accounts.secrets import seal
from reviews.models import Attempt, Renewal, Review, StatusChange
from sync.models import Event, EventStream, UnreadablePayload
from tests.factories import campaign_payload, make_account, mirror, sid
from tests.metrics.scrapes import Scraped, scrape

pytestmark = pytest.mark.django_db

IN_REVIEW = {"campaign_status": "IN_PROGRESS", "errors": []}
LATER = timedelta(days=1)


def ago(**time: float) -> datetime:
    return timezone.now() - timedelta(**time)


def account(**over: Any) -> TwilioAccount:
    return make_account(**{"next_poll_at": timezone.now() + LATER, **over})


def item(owner: TwilioAccount | None = None, **over: Any) -> Review:
    return mirror(owner or account(), "campaign", campaign_payload(**over))[0]


def attempt(review: Review | None = None, **over: Any) -> Attempt:
    return Attempt.objects.create(**{"review": review or item(), "number": 1, "by_name": "Ana Ruiz", **over})


def stream(owner: TwilioAccount | None = None, **over: Any) -> EventStream:
    return EventStream.objects.create(**{"account": owner or account(), "sealed_path": seal("a word"), **over})


def event(owner: TwilioAccount, **over: Any) -> Event:
    given = {"event_id": sid("EZ"), "digest": "d", "body": {}, "occurred_at": timezone.now(), **over}
    return Event.objects.create(account=owner, **given)


def due(work: str) -> float:
    return scrape()("redress_oldest_due_age_seconds", work=work)


def about(seconds: float) -> object:
    """As old as this, and the moments the test took."""
    return pytest.approx(seconds + 7, abs=8)


# --- due since -------------------------------------------------------------------------------------------------------


def test_an_empty_house_has_nothing_due_and_no_lag() -> None:
    told = scrape()
    works = ("attempts", "plans", "items", "accounts", "events", "announcements")
    assert [told("redress_oldest_due_age_seconds", work=work) for work in works] == [0] * 6
    assert told("redress_mirror_lag_seconds") == told("redress_in_review_lag_seconds") == 0


def test_an_attempt_is_due_while_it_is_open_and_its_moment_has_come() -> None:
    opened = attempt(due_at=timezone.now() + LATER)
    assert due("attempts") == 0
    Attempt.objects.update(due_at=ago(minutes=10))
    attempt(due_at=ago(minutes=2))
    assert due("attempts") == about(600)
    Attempt.objects.filter(pk=opened.pk).update(state=Attempt.State.ACCEPTED)
    assert due("attempts") == about(120)


def test_a_plan_is_due_while_a_worker_has_to_carry_it() -> None:
    agreed = {"state": Renewal.State.DELETING, "confirmed_at": timezone.now()}
    plan = Renewal.objects.create(review=item(), due_at=ago(minutes=5), **agreed)
    assert due("plans") == about(300)
    Renewal.objects.filter(pk=plan.pk).update(state=Renewal.State.PLANNED)
    assert due("plans") == 0


def test_an_item_is_due_unless_its_account_fails_or_it_is_gone() -> None:
    owner = account()
    Review.objects.filter(pk=item(owner).pk).update(next_check_at=ago(minutes=20))
    assert due("items") == about(1200)
    TwilioAccount.objects.update(failing_since=ago(hours=1))
    assert due("items") == 0
    TwilioAccount.objects.update(failing_since=None)
    Review.objects.update(gone_at=timezone.now())
    assert due("items") == 0


def test_an_account_is_due_unless_somebody_reads_it() -> None:
    owner = account(next_poll_at=ago(minutes=30))
    assert due("accounts") == about(1800)
    TwilioAccount.objects.filter(pk=owner.pk).update(lease_until=timezone.now() + LATER)
    assert due("accounts") == 0


def test_a_change_nobody_was_told_of_grows_old() -> None:
    item()
    assert due("announcements") == 0
    StatusChange.objects.update(announced_at=None, at=ago(minutes=7))
    assert due("announcements") == about(420)


# --- mirror ----------------------------------------------------------------------------------------------------------


def accounts(told: Scraped) -> tuple[float, float, float]:
    fresh, stale, failing = (told("redress_accounts", state=state) for state in ("fresh", "stale", "failing"))
    return fresh, stale, failing


def test_accounts_are_counted_by_the_rule_of_the_pages(settings: Settings) -> None:
    settings.STALE_AFTER_SECONDS = 3600
    account(last_read_at=ago(minutes=10))
    account(last_read_at=ago(hours=2))
    account(last_read_at=ago(minutes=10), failing_since=ago(minutes=5))
    account(last_read_at=ago(days=9), disconnected_at=timezone.now())
    told = scrape()
    assert accounts(told) == (1, 1, 1)
    assert told("redress_mirror_lag_seconds") == about(7200)
    TwilioAccount.objects.update(last_read_at=timezone.now(), failing_since=None)
    assert accounts(scrape()) == (3, 0, 0)
    assert scrape()("redress_mirror_lag_seconds") == about(0)


def test_an_account_that_was_never_read_lags_since_it_was_connected() -> None:
    account(last_read_at=timezone.now())
    never = account(last_read_at=None)
    TwilioAccount.objects.filter(pk=never.pk).update(connected_at=ago(hours=5))
    told = scrape()
    assert told("redress_mirror_lag_seconds") == about(18000)
    assert accounts(told) == (1, 1, 0)


def test_the_lag_in_review_is_that_of_the_item_read_longest_ago() -> None:
    owner = account()
    waiting, rejected = item(owner, **IN_REVIEW), item(owner)
    Review.objects.filter(pk=rejected.pk).update(as_of=ago(days=3))
    Review.objects.filter(pk=waiting.pk).update(as_of=ago(minutes=40))
    assert scrape()("redress_in_review_lag_seconds") == about(2400)
    TwilioAccount.objects.update(disconnected_at=timezone.now())
    assert scrape()("redress_in_review_lag_seconds") == 0
    TwilioAccount.objects.update(disconnected_at=None)
    Review.objects.filter(pk=waiting.pk).update(gone_at=timezone.now())
    assert scrape()("redress_in_review_lag_seconds") == 0


def test_unreadable_payloads_are_counted_once_each() -> None:
    owner = account()
    assert scrape()("redress_unreadable_payloads") == 0
    for digest in "ab":
        UnreadablePayload.objects.create(account=owner, kind="brand", digest=digest, payload={}, error="no sid")
    told = scrape()
    assert told("redress_unreadable_payloads") == 2
    assert accounts(told) == (1, 0, 0)


# --- events ----------------------------------------------------------------------------------------------------------


def test_waiting_events_are_counted_and_grow_old_until_they_are_settled() -> None:
    owner = stream().account
    event(owner, received_at=ago(minutes=3))
    oldest = event(owner, received_at=ago(hours=30))
    told = scrape()
    assert told("redress_events_waiting") == 2
    assert told("redress_oldest_due_age_seconds", work="events") == about(108_000)
    Event.objects.filter(pk=oldest.pk).update(outcome=Event.Outcome.READ)
    told = scrape()
    assert told("redress_events_waiting") == 1
    assert told("redress_oldest_due_age_seconds", work="events") == about(180)


def test_what_waits_where_events_are_switched_off_is_nobodys_work() -> None:
    event(account(), received_at=ago(hours=2))
    assert (scrape()("redress_events_waiting"), due("events")) == (0, 0)


def test_events_of_the_last_hour_are_told_by_outcome() -> None:
    owner = stream().account
    event(owner)
    for outcome in (Event.Outcome.READ, Event.Outcome.READ, Event.Outcome.ODD):
        event(owner, outcome=outcome, received_at=ago(minutes=59))
    event(owner, outcome=Event.Outcome.READ, received_at=ago(minutes=61))
    told = scrape()
    counts = {
        outcome: told("redress_events_last_hour", outcome=outcome) for outcome in ("waiting", "read", "odd", "test")
    }
    assert counts == {"waiting": 1, "read": 2, "odd": 1, "test": 0}


def test_streams_are_told_by_state_and_by_the_last_sign_of_life() -> None:
    assert not scrape().has("redress_event_last_received_timestamp_seconds")
    last = ago(hours=3)
    stream(state=EventStream.State.ACTIVE, last_event_at=last)
    stream(state=EventStream.State.BROKEN, last_event_at=ago(hours=9))
    told = scrape()
    states = [told("redress_event_streams", state=state) for state in ("making", "active", "broken", "leaving")]
    assert states == [0, 1, 1, 0]
    assert told("redress_event_last_received_timestamp_seconds") == pytest.approx(last.timestamp())


# --- attempts --------------------------------------------------------------------------------------------------------


def test_open_attempts_are_told_by_state() -> None:
    for state in (Attempt.State.QUEUED, Attempt.State.UNKNOWN, Attempt.State.UNKNOWN, Attempt.State.ACCEPTED):
        attempt(state=state, due_at=timezone.now() + LATER)
    told = scrape()
    states = [told("redress_attempts_open", state=state) for state in ("queued", "preparing", "sending", "unknown")]
    assert states == [1, 0, 0, 2]
    assert not told.has("redress_attempts_open", state="accepted")


def test_settled_attempts_of_the_last_hour_are_told_by_state_and_origin() -> None:
    accepted, refused = Attempt.State.ACCEPTED, Attempt.State.REFUSED
    attempt(state=refused, settled_at=ago(minutes=59))
    attempt(state=refused, settled_at=ago(minutes=61))
    attempt(state=accepted, settled_at=ago(minutes=1), origin=Attempt.ELSEWHERE)
    attempt(state=accepted, settled_at=ago(minutes=1))
    attempt(state=accepted, settled_at=ago(minutes=1))
    told = scrape()

    def settled(state: str, origin: str = "here") -> float:
        return told("redress_attempts_settled_last_hour", state=state, origin=origin)

    assert (settled("accepted"), settled("accepted", "elsewhere"), settled("refused")) == (2, 1, 1)
    assert settled("not_applied") == settled("withdrawn") == settled("refused", "elsewhere") == 0


# --- cost ------------------------------------------------------------------------------------------------------------


def a_house_of(rows: int) -> None:
    for number in range(rows):
        owner = account(next_poll_at=ago(minutes=number), last_read_at=ago(minutes=number))
        review = item(owner, **(IN_REVIEW if number % 2 else {}))
        attempt(review, state=list(Attempt.State)[number % 8], due_at=ago(minutes=1), settled_at=ago(minutes=1))
        event(stream(owner).account, outcome=list(Event.Outcome)[number % 8])
        UnreadablePayload.objects.create(account=owner, kind="brand", digest="a", payload={}, error="no sid")


def test_more_rows_take_no_more_statements() -> None:
    counted = []
    for rows in (10, 30):
        a_house_of(rows)
        with CaptureQueriesContext(connection) as asked:
            scrape()
        counted.append(len(asked))
    assert counted[0] == counted[1] < 20
