"""What beat asks for, and how often. Each is asked for again soon, so a request that waits too long is dropped."""

from typing import Any

import environ
from celery.schedules import crontab


def schedule(env: environ.Env) -> dict[str, dict[str, Any]]:
    """The ticks in seconds; those that can be set are read from the environment."""
    return {
        "fan out due accounts": {
            "task": "sync.tasks.fan_out_due_accounts",
            "schedule": env.float("POLL_TICK_SECONDS", default=10.0),
            "options": {"expires": 10},
        },
        "fan out due items": {
            "task": "sync.tasks.fan_out_due_reviews",
            "schedule": env.float("POLL_TICK_SECONDS", default=10.0),
            "options": {"expires": 10},
        },
        "fan out due attempts": {
            "task": "sync.tasks.fan_out_due_attempts",
            "schedule": env.float("ATTEMPT_TICK_SECONDS", default=3.0),
            "options": {"expires": 3},
        },
        "fan out due renewals": {
            "task": "sync.tasks.fan_out_due_renewals",
            "schedule": env.float("ATTEMPT_TICK_SECONDS", default=3.0),
            "options": {"expires": 3},
        },
        "fan out due dossiers": {
            "task": "brands.tasks.fan_out_due_dossiers",
            "schedule": 15.0,
            "options": {"expires": 10},
        },
        "fan out waiting events": {
            "task": "sync.tasks.fan_out_waiting_events",
            "schedule": env.float("EVENT_TICK_SECONDS", default=3.0),
            "options": {"expires": 3},
        },
        "fan out due event streams": {
            "task": "sync.tasks.fan_out_due_streams",
            "schedule": 60.0,
            "options": {"expires": 55},
        },
        "fan out unchecked texts": {
            "task": "sync.tasks.fan_out_unchecked_texts",
            "schedule": 20.0,
            "options": {"expires": 15},
        },
        "set right what a wrong clock wrote": {
            "task": "sync.tasks.set_clocks_right",
            "schedule": 60.0,
            "options": {"expires": 55},
        },
        "prune old rows": {
            "task": "sync.tasks.prune_old_rows",
            "schedule": crontab(hour=3, minute=17),
            "options": {"expires": 3600},
        },
        "announce changes": {
            "task": "notifications.tasks.fan_out_announcements",
            "schedule": env.float("NOTICE_TICK_SECONDS", default=60.0),
            "options": {"expires": 55},
        },
        "mail appeals": {
            "task": "notifications.tasks.fan_out_appeals",
            "schedule": 20.0,
            "options": {"expires": 15},
        },
    }
