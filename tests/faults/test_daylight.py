"""Daylight saving: on a machine of New York or Berlin nothing jumps on the days on which clocks change there."""

import json
import os
import subprocess
import sys
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from launch.places import ROOT
from tests.faults.daylight import CHANGES

ZONES = ["America/New_York", "Europe/Berlin"]
by_change = pytest.mark.parametrize("change", CHANGES)


@cache
def told_in(zone: str) -> dict[str, Any]:
    """What the product says in a process that starts on a machine of this zone."""
    command = [sys.executable, "-m", "tests.faults.daylight"]
    given = {**os.environ, "TZ": zone, "DJANGO_SETTINGS_MODULE": "config.settings"}
    done = subprocess.run(command, cwd=ROOT, env=given, capture_output=True, text=True, check=True, timeout=60)
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told


@pytest.mark.parametrize("zone", ZONES)
def test_every_word_and_moment_is_the_same_as_on_a_machine_without_daylight_saving(zone: str) -> None:
    assert told_in(zone) == told_in("UTC")
    assert told_in(zone)["zone"] == ["UTC", "UTC"]


@pytest.mark.parametrize("zone", ZONES)
@by_change
def test_beat_prunes_once_a_day_at_the_same_moment(zone: str, change: str) -> None:
    prunes = [datetime.fromisoformat(moment) for moment in told_in(zone)["told"][change]["prunes"]]
    assert len(prunes) == 4
    assert {(moment.hour, moment.minute) for moment in prunes} == {(3, 17)}
    assert {after - before for before, after in pairwise(prunes)} == {timedelta(days=1)}


@pytest.mark.parametrize("zone", ZONES)
@by_change
def test_deadlines_count_down_and_ages_count_up_hour_by_hour(zone: str, change: str) -> None:
    told = told_in(zone)["told"][change]
    assert told["left"][:3] == ["1 d 2 h", "1 d 1 h", "1 d 0 h"]
    assert told["left"][3:26] == [f"{hours} h 30 m" for hours in range(23, 0, -1)]
    assert told["left"][26:28] == ["30 min", "window over"]
    assert told["ages"][:26] == ["now", *(f"{hours} h" for hours in range(1, 24)), "1 d", "1 d"]


@pytest.mark.parametrize("zone", ZONES)
@by_change
def test_due_within_three_days_begins_three_days_before(zone: str, change: str) -> None:
    """The hour of the change itself is exactly three days before, and not within."""
    assert told_in(zone)["told"][change]["soon"] == [*["is-fine"] * 27, *["is-soon"] * 26]


@pytest.mark.parametrize("zone", ZONES)
@by_change
def test_the_schedule_neither_skips_nor_repeats_an_hour(zone: str, change: str) -> None:
    told = told_in(zone)["told"][change]
    assert all(10 <= seconds <= 1800 for seconds in told["checks"])
    readings = [datetime.fromisoformat(moment) for moment in told["readings"]]
    assert readings == sorted(readings)
    assert {after - before for before, after in pairwise(sorted(set(readings)))} == {timedelta(hours=28)}


@pytest.mark.parametrize("zone", ZONES)
@by_change
def test_pages_say_utc_for_each_of_the_hours(zone: str, change: str) -> None:
    pages = told_in(zone)["told"][change]["pages"]
    hours = [CHANGES[change] + timedelta(hours=hour) for hour in range(-26, 27)]
    exact = [f"{at.day} {at:%b %Y, %H:%M} UTC / {at.day} {at:%b %Y} / {at:%Y-%m-%d %H:%M}" for at in hours]
    assert pages == exact
    assert told_in(zone)["told"][change]["read"] == [str(at) for at in hours]
