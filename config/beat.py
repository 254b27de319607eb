"""What beat asks for, and how often. Each is asked for again soon, so a request that waits too long is dropped."""

from typing import Any

import environ
from celery.schedules import crontab


def schedule(env: environ.Env) -> dict[str, dict[str, Any]]:
    """The ticks in seconds; those that can be set are read from the environment."""
    poll = env.float("POLL_TICK_SECONDS", default=10.0)
    attempt = env.float("ATTEMPT_TICK_SECONDS", default=3.0)
    event = env.float("EVENT_TICK_SECONDS", default=3.0)
    notice = env.float("NOTICE_TICK_SECONDS", default=60.0)
    return {
        "fan out due accounts": _tick("sync.tasks.fan_out_due_accounts", poll, expires=10),
        "fan out due items": _tick("sync.tasks.fan_out_due_reviews", poll, expires=10),
        "fan out due attempts": _tick("sync.tasks.fan_out_due_attempts", attempt, expires=3),
        "fan out due renewals": _tick("sync.tasks.fan_out_due_renewals", attempt, expires=3),
        "fan out due dossiers": _tick("brands.tasks.fan_out_due_dossiers", 15.0, expires=10),
        "fan out waiting events": _tick("sync.tasks.fan_out_waiting_events", event, expires=3),
        "fan out due event streams": _tick("sync.tasks.fan_out_due_streams", 60.0, expires=55),
        "fan out unchecked texts": _tick("sync.tasks.fan_out_unchecked_texts", 20.0, expires=15),
        "set right what a wrong clock wrote": _tick("sync.tasks.set_clocks_right", 60.0, expires=55),
        "prune old rows": _tick("sync.tasks.prune_old_rows", crontab(hour=3, minute=17), expires=3600),
        "announce changes": _tick("notifications.tasks.fan_out_announcements", notice, expires=55),
        "mail appeals": _tick("notifications.tasks.fan_out_appeals", 20.0, expires=15),
    }


def _tick(task: str, every: float | crontab, *, expires: int) -> dict[str, Any]:
    """`every` and `expires` in seconds."""
    return {"task": task, "schedule": every, "options": {"expires": expires}}
