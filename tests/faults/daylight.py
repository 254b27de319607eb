"""What the product says and plans around the days on which clocks change, as JSON. Run in a process of its own, because
the zone of a machine is set before anything starts."""

import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import django
import time_machine
from django.conf import settings
from django.template import Context, Template

from reviews.payloads import moment_of
from reviews.schedule import next_check, next_reading
from reviews.words import SOON, age_text, clock_level, clock_text, machine_time

# The moments at which New York and Berlin change their clocks in 2026, both ways.
CHANGES = {
    "New York, spring": datetime(2026, 3, 8, 7, tzinfo=UTC),
    "New York, autumn": datetime(2026, 11, 1, 6, tzinfo=UTC),
    "Berlin, spring": datetime(2026, 3, 29, 1, tzinfo=UTC),
    "Berlin, autumn": datetime(2026, 10, 25, 1, tzinfo=UTC),
}
PAGE = "{% load desk %}{{ moment|exact }} / {{ moment|day }} / {{ moment|date:'Y-m-d H:i' }}"


def main() -> None:
    django.setup()
    told = {name: around(change) for name, change in CHANGES.items()}
    sys.stdout.write(json.dumps({"zone": time.tzname, "told": told}))


def around(change: datetime) -> dict[str, object]:
    hours = [change + timedelta(hours=hour) for hour in range(-26, 27)]
    deadline = change + timedelta(minutes=30)
    return {
        "prunes": [moment.isoformat() for moment in prunes(change)],
        "checks": [(next_check("in_review", change - timedelta(days=1), now) - now).total_seconds() for now in hours],
        "readings": [next_reading("AC1", now).isoformat() for now in hours],
        "left": [clock_text(deadline - now) for now in hours],
        "soon": [clock_level(change + SOON - now) for now in hours],
        "ages": [age_text(now - hours[0]) for now in hours],
        "read": [str(moment_of(machine_time(now))) for now in hours],
        "pages": [Template(PAGE).render(Context({"moment": now})) for now in hours],
    }


def prunes(change: datetime) -> Iterator[datetime]:
    """When beat, with its own rule, prunes around that day."""
    rule = settings.CELERY_BEAT_SCHEDULE["prune old rows"]["schedule"]
    last = now = change - timedelta(days=2)
    while now < change + timedelta(days=2):
        with time_machine.travel(now, tick=False):
            is_due, seconds = rule.is_due(last)
        if is_due:
            last = now
            yield now
        now += timedelta(seconds=max(seconds, 1))


if __name__ == "__main__":
    main()
