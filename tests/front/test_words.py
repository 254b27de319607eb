from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from reviews import words

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("left", "text", "level"),
    [
        (timedelta(0), "window over", "is-over"),
        (-HOUR, "window over", "is-over"),
        (timedelta(seconds=59), "under 1 min", "is-urgent"),
        (timedelta(minutes=1), "1 min", "is-urgent"),
        (timedelta(minutes=59, seconds=59), "59 min", "is-urgent"),
        (HOUR, "1 h 0 m", "is-urgent"),
        (timedelta(hours=9, minutes=12), "9 h 12 m", "is-urgent"),
        (timedelta(hours=24) - timedelta(seconds=1), "23 h 59 m", "is-urgent"),
        (timedelta(hours=24), "1 d 0 h", "is-soon"),
        (timedelta(hours=28), "1 d 4 h", "is-soon"),
        (timedelta(hours=72) - timedelta(seconds=1), "2 d 23 h", "is-soon"),
        (timedelta(hours=72), "3 d 0 h", "is-fine"),
        (timedelta(days=6, hours=17), "6 d 17 h", "is-fine"),
    ],
)
def test_a_clock_says_its_two_largest_units_and_how_urgent_it_is(left: timedelta, text: str, level: str) -> None:
    assert words.clock_text(left) == text
    assert words.clock_level(left) == level


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=59), "now"),
        (timedelta(minutes=20), "20 min"),
        (timedelta(minutes=119), "1 h"),
        (timedelta(hours=23), "23 h"),
        (timedelta(days=36), "36 d"),
        (timedelta(days=90), "3 mo"),
        (timedelta(days=800), "2 y"),
    ],
)
def test_an_age_is_said_in_one_unit(age: timedelta, text: str) -> None:
    assert words.age_text(age) == text


def test_an_exact_moment_names_its_zone() -> None:
    assert words.exact(datetime(2026, 11, 2, 23, 4, tzinfo=UTC)) == "2 Nov 2026, 23:04 UTC"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        words.exact(datetime(2026, 11, 2, 23, 4))


def test_the_machine_gets_utc_whatever_the_zone() -> None:
    tokyo = timezone(timedelta(hours=9))
    assert words.machine_time(datetime(2026, 11, 3, 8, 4, tzinfo=tokyo)) == "2026-11-02T23:04:00Z"


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (15, "$15.00"),
        ("0", "$0.00"),
        (Decimal("1234.5"), "$1,234.50"),
        (Decimal("-3"), "\N{MINUS SIGN}$3.00"),
        (None, "unknown"),
        ("", "unknown"),
    ],
)
def test_money_has_cents_and_what_is_unknown_is_not_zero(amount: Decimal | int | str | None, text: str) -> None:
    assert words.money(amount) == text


def test_a_sid_keeps_both_ends() -> None:
    assert words.middle_cut("QE3ffe2c1b0a4d5e6f7a8b9c0d1e4ffc54") == "QE3ffe…4ffc54"
    assert words.middle_cut("short") == "short"


def test_a_window_empties_from_its_last_tick() -> None:
    day = 86400
    assert words.ticks_left(7 * day) == [1.0] * 7
    assert words.ticks_left(1.5 * day) == [1.0, 0.5, 0, 0, 0, 0, 0]
    assert words.ticks_left(-day) == [0.0] * 7
    assert words.ticks_left(70 * day) == [1.0] * 7
