"""When things are asked again: the pauses, and what they come to for a large portfolio over simulated days."""

from collections import Counter
from datetime import timedelta

import pytest
from django.conf import settings as django_settings
from django.core.checks.registry import registry
from pytest_django.fixtures import Settings

from benchmarks.life import DAY, HOUR, MINUTE, T0, life
from benchmarks.simulation import Scheduled, calls_of_a_reading, pages, readings
from config.checks import PACE, check_pace, check_pauses
from reviews.schedule import next_check, next_reading, stale_after
from reviews.status import Status
from tests.factories import sid

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
    assert next_check(Status.IN_REVIEW, T0, T0, hears=True) - T0 == MINUTE
    assert next_check(Status.IN_REVIEW, T0 - HOUR, T0, hears=True) - T0 == HOUR / 2
    assert next_check(Status.IN_REVIEW, T0 - DAY, T0, hears=True) - T0 == HOUR
    assert next_check(Status.NEEDS_FIX, T0, T0, hears=True) - T0 >= 3 * HOUR
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


@pytest.mark.parametrize("name", PACE)
@pytest.mark.parametrize("value", [0, 0.0, -1, float("nan"), float("inf"), float("-inf")])
def test_settings_that_would_never_let_anything_be_asked_are_refused(
    settings: Settings, name: str, value: float
) -> None:
    assert check_pace() == []
    setattr(settings, name, value)
    [message] = check_pace()
    assert (message.id, message.is_serious()) == ("redress.E009", True)
    assert f"Set {name} to a number above 0" in str(message.hint)
    assert check_pace in registry.get_checks()


# --- what they come to -----------------------------------------------------------------------------------------------


# (accounts, brands in each, campaigns in each, verifications in each): 50,000 items, the worst mixtures first.
PORTFOLIOS = {
    "campaigns wherever possible": (1000, 1, 49, 0),
    "few items in each account": (2500, 1, 19, 0),
    "a usual mixture": (1000, 15, 30, 5),
    "one account with all": (1, 15_000, 30_000, 5_000),
    "verifications": (1000, 0, 0, 50),
}


def keys(accounts: int) -> list[str]:
    return [sid("AC", f"portfolio {n}") for n in range(accounts)]


@pytest.mark.parametrize("portfolio", PORTFOLIOS)
def test_fifty_thousand_settled_items_cost_at_most_as_many_requests_a_day(portfolio: str) -> None:
    accounts, *items = PORTFOLIOS[portfolio]
    assert accounts * sum(items) == 50_000
    days = 29  # of which the first, in which all is read for the first time, does not count
    steady = sum(1 for _ in readings(keys(accounts), T0 + DAY, T0 + days * DAY))
    main = pages(accounts + 1) * (1 + days * DAY / timedelta(seconds=django_settings.CHECK_EVERY_SECONDS["settled"]))
    calls = steady * calls_of_a_reading(*items) + main
    assert calls / (days - 1) <= 50_000


def test_asking_alone_no_end_of_a_review_stands_unseen_for_ten_minutes() -> None:
    seen = Scheduled(life(accounts=20, days=2, seed=3), hears=False).run(T0 + DAY, T0 + 2 * DAY)
    assert len(seen.in_review) > 40
    assert max(seen.in_review) < 10 * MINUTE


def test_where_events_work_what_they_lost_is_found_within_the_longest_pause() -> None:
    seen = Scheduled(life(accounts=40, days=2, seed=3), hears=True).run(T0, T0 + 2 * DAY)
    assert sum(delay > MINUTE for delay in seen.in_review)  # events were lost
    assert max(seen.in_review) < HOUR + MINUTE


def test_the_load_is_even_over_the_day_although_all_were_read_at_once() -> None:
    hours = Counter((now - T0) // HOUR for now, _ in readings(keys(2000), T0, T0 + 8 * DAY))
    later = [hours[hour] for hour in range(32, 8 * 24)]
    assert max(later) < 1.6 * sum(later) / len(later)
