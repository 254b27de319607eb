"""When things are asked again: the pauses, and what they come to for a large portfolio over simulated days."""

import heapq
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from config.checks import check_pauses
from reviews.schedule import next_check, next_reading, stale_after
from reviews.status import Status
from tests.factories import sid
from twilio_api.client import PAGE_SIZE

T0 = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
SETTLED = (Status.APPROVED, Status.STOPPED)


# --- the pauses ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("age", [timedelta(0), MINUTE, HOUR, DAY, 90 * DAY])
@pytest.mark.parametrize("status", [Status.IN_REVIEW, Status.UNKNOWN])
def test_in_review_is_seen_within_ten_minutes_however_long_it_takes(status: Status, age: timedelta) -> None:
    pause = next_check(status, T0 - age, T0) - T0
    tick = timedelta(seconds=float(django_settings.CELERY_BEAT_SCHEDULE["fan out due items"]["schedule"]))
    assert timedelta(seconds=10) <= pause <= 10 * MINUTE - tick
    assert pause <= max(timedelta(seconds=10), age / 4)


@pytest.mark.parametrize("status", [Status.NEEDS_FIX, Status.NEEDS_DECISION])
def test_rejected_is_asked_every_half_hour_and_not_all_at_once(status: Status) -> None:
    pauses = {next_check(status, T0, T0, key=sid("BN", n)) - T0 for n in range(500)}
    assert min(pauses) >= 22 * MINUTE
    assert max(pauses) <= 30 * MINUTE
    assert len(pauses) > 450


def test_where_events_work_everything_is_asked_less_often() -> None:
    assert next_check(Status.IN_REVIEW, T0 - DAY, T0, hears=True) - T0 == 30 * MINUTE
    gaps = [next_reading(sid("AC", n), T0 + 3 * DAY, hears=True) - (T0 + 3 * DAY) for n in range(200)]
    assert max(gaps) > 2 * DAY - HOUR


@pytest.mark.parametrize("hears", [False, True])
@pytest.mark.parametrize("status", Status.values)
def test_nothing_is_stale_within_its_pause(status: str, hears: bool) -> None:
    """A settled item waits for its account's own moment, and a reading may take an hour."""
    own = [next_reading(sid("AC", n), T0, hears=hears) - T0 for n in range(300)]
    pause = max(own) if status in SETTLED else next_check(status, T0 - 90 * DAY, T0, hears=hears) - T0
    assert pause + HOUR < stale_after(status, hears=hears)


@pytest.mark.parametrize("hears", [False, True])
def test_a_settled_item_comes_up_by_itself_only_when_its_accounts_reading_did_not_come(hears: bool) -> None:
    last = max(next_reading(sid("AC", n), T0, hears=hears) for n in range(300))
    first = min(next_check(status, T0, T0, key=sid("QE", n), hears=hears) for n in range(300) for status in SETTLED)
    assert first > last


def test_an_accounts_moment_stays_its_own_whatever_is_read_in_between() -> None:
    key, period = sid("AC", 1), timedelta(seconds=django_settings.CHECK_EVERY_SECONDS["settled"])
    regular = next_reading(key, T0)
    for hours in range(1, 24):
        again = next_reading(key, T0 + hours * HOUR)
        assert (again - regular) % period in (timedelta(0), period)


def test_settings_that_would_call_everything_stale_say_so(settings: Settings) -> None:
    assert check_pauses() == []
    settings.STALE_AFTER_SECONDS = settings.CHECK_EVERY_SECONDS["settled"]
    settings.TWILIO_WRITES_PER_SECOND = 5
    settings.TWILIO_API_URL = ""
    assert [message.id for message in check_pauses()] == ["redress.W007", "redress.W008"]


# --- what they come to -----------------------------------------------------------------------------------------------


# (accounts, brands in each, campaigns in each, verifications in each): 50,000 items, the worst mixtures first.
PORTFOLIOS = {
    "campaigns wherever possible": (1000, 1, 49, 0),
    "few items in each account": (2500, 1, 19, 0),
    "a usual mixture": (1000, 15, 30, 5),
    "one account with all": (1, 15_000, 30_000, 5_000),
    "verifications": (1000, 0, 0, 50),
}


def calls_of_a_reading(brands: int, campaigns: int, verifications: int) -> int:
    """Profiles, brands, services, verifications, and each service's campaign."""
    return pages(brands) * 2 + pages(campaigns) + pages(verifications) + campaigns


def pages(items: int) -> int:
    return max(-(-items // PAGE_SIZE), 1)


def readings(accounts: int, days: int) -> Iterator[tuple[datetime, str]]:
    """Every reading of every account, all of them read at once in the beginning."""
    waiting = [(T0, sid("AC", f"portfolio {n}")) for n in range(accounts)]
    while waiting[0][0] < T0 + days * DAY:
        now, key = heapq.heappop(waiting)
        yield now, key
        heapq.heappush(waiting, (next_reading(key, now), key))


@pytest.mark.parametrize("portfolio", PORTFOLIOS)
def test_fifty_thousand_settled_items_cost_at_most_as_many_requests_a_day(portfolio: str) -> None:
    accounts, *items = PORTFOLIOS[portfolio]
    assert accounts * sum(items) == 50_000
    days = 29  # of which the first, in which all is read for the first time, does not count
    steady = sum(1 for now, _ in readings(accounts, days) if now >= T0 + DAY)
    main = pages(accounts + 1) * (1 + days * DAY / timedelta(seconds=django_settings.CHECK_EVERY_SECONDS["settled"]))
    calls = steady * calls_of_a_reading(*items) + main
    assert calls / (days - 1) <= 50_000


def test_the_load_is_even_over_the_day_although_all_were_read_at_once() -> None:
    hours = Counter((now - T0) // HOUR for now, _ in readings(2000, 8))
    assert hours[0] >= 2000
    later = [hours[hour] for hour in range(32, 8 * 24)]
    assert max(later) < 1.6 * sum(later) / len(later)
