"""Numbers and moments as the desk says them. Pure: a test, a mail and a template get the same words.

`static/js/redress.js` says clocks and ages in the same words; `tests/front/test_script.py` holds the two together.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Final

URGENT: Final = timedelta(hours=24)
SOON: Final = timedelta(hours=72)
WINDOW: Final = timedelta(days=7)
# What follows the end of an edit window. Source: Twilio help article 9321443984155 and error page 30437, 2024 to 2025.
AT_ZERO: Final = "; after that an edit is still taken while Twilio allows it, but no longer reviewed first"

# What the first letters of a SID say. Source: www.twilio.com/docs/glossary/what-is-a-sid, seen 2026-11.
SID_WORDS: Final = {
    "BN": "Brand",
    "MG": "Service",
    "BU": "Profile",
    "QE": "Campaign",
    "HH": "Verification",
    "AC": "Account",
}

_MINUTE: Final = 60
_HOUR: Final = 60 * _MINUTE
_DAY: Final = 24 * _HOUR
_MONTH: Final = 30 * _DAY
_YEAR: Final = 365 * _DAY


def clock_text(left: timedelta) -> str:
    """What is left of a deadline, in the two largest units: "1 d 4 h", "9 h 12 m", "47 min"."""
    seconds = int(left.total_seconds())
    if seconds <= 0:
        return "window over"
    if seconds < _MINUTE:
        return "under 1 min"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h {seconds % _HOUR // _MINUTE} m"
    return f"{seconds // _DAY} d {seconds % _DAY // _HOUR} h"


def clock_level(left: timedelta) -> str:
    """Returns the class that colours a clock: is-urgent, is-soon, is-fine or is-over."""
    if left <= timedelta(0):
        return "is-over"
    if left < URGENT:
        return "is-urgent"
    return "is-soon" if left < SOON else "is-fine"


def age_text(age: timedelta) -> str:
    """How long ago, in one unit: "20 min", "5 h", "36 d", "4 mo". Days run to 90, so "36 d in review" stays exact."""
    seconds = max(int(age.total_seconds()), 0)
    if seconds < _MINUTE:
        return "now"
    if seconds < _HOUR:
        return f"{seconds // _MINUTE} min"
    if seconds < _DAY:
        return f"{seconds // _HOUR} h"
    if seconds < 90 * _DAY:
        return f"{seconds // _DAY} d"
    if seconds < 2 * _YEAR:
        return f"{seconds // _MONTH} mo"
    return f"{seconds // _YEAR} y"


def exact(moment: datetime) -> str:
    """The moment for a title, with its zone: "22 Nov 2026, 23:14 UTC". Raises ValueError if it has none."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone")
    return f"{moment.day} {moment:%b %Y, %H:%M} {moment.tzname()}"


def machine_time(moment: datetime) -> str:
    """The moment for <time datetime> and for the script: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def middle_cut(value: str, head: int = 6, tail: int = 6) -> str:
    """A SID keeps both ends, "QE3ffe…4ffc54": the prefix says what it is, the tail tells two apart."""
    if len(value) <= head + tail + 1:
        return value
    return f"{value[:head]}…{value[-tail:]}"


def sid_word(sid: str, otherwise: str = "SID") -> str:
    """What a SID names: "Brand", "Service"."""
    return SID_WORDS.get(sid[:2], otherwise)


def day(moment: datetime) -> str:
    """The day alone, in UTC: "22 Nov 2026"."""
    return f"{moment.astimezone(UTC).day} {moment.astimezone(UTC):%b %Y}"


def money(amount: Decimal | int | str | None) -> str:
    """US dollars, always with cents: "$15.00". An unknown amount is "unknown", never "$0.00"."""
    if amount is None or amount == "":
        return "unknown"
    dollars = Decimal(amount)
    sign = "\N{MINUS SIGN}" if dollars < 0 else ""
    return f"{sign}${abs(dollars):,.2f}"


def left_of(left: int, total: int) -> str:
    return f"{left} of {total}"


def ticks_left(seconds: float, window: timedelta = WINDOW, ticks: int = 7) -> list[float]:
    """How full each tick of a window is, 0 to 1. Filled means left, and the first tick empties last."""
    days = min(max(seconds / window.total_seconds() * ticks, 0.0), float(ticks))
    return [round(min(max(days - tick, 0.0), 1.0), 3) for tick in range(ticks)]
