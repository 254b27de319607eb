"""What Redis knows: the queues, and how often Twilio was asked."""

import json
import math
import time
from collections.abc import Sequence

from django.conf import settings
from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily

from config.celery import QUEUED_AT
from config.metrics.families import gauges
from sync.due import QUEUE
from sync.limits import connection, totals


def tell() -> Sequence[Metric]:
    """Raises RedisError. Two round trips, whatever waits."""
    return [*_queues(), *_twilio()]


def _queues() -> list[Metric]:
    names = (settings.CELERY_TASK_DEFAULT_QUEUE, QUEUE)
    with connection().pipeline(transaction=False) as pipe:
        for name in names:
            pipe.llen(name)
            pipe.lindex(name, -1)  # new ones come in on the left, workers take from the right
        answers = pipe.execute()
    lengths, oldest = dict(zip(names, answers[::2], strict=True)), dict(zip(names, answers[1::2], strict=True))
    ages = {name: _age(message) for name, message in oldest.items()}
    return [
        gauges("redress_queue_messages", "Tasks that wait for a worker.", "queue", lengths),
        gauges(
            "redress_queue_oldest_message_age_seconds",
            "How long the oldest task has waited; 0 in an empty queue, missing where the task does not say.",
            "queue",
            {name: seconds for name, seconds in ages.items() if seconds is not None},
        ),
    ]


def _age(message: bytes | None) -> float | None:
    """In seconds. None where the message does not say since when it waits: whatever put it there, it breaks nothing."""
    if message is None:
        return 0.0
    try:
        moment = json.loads(message)["headers"][QUEUED_AT]
    except (ValueError, LookupError, TypeError, RecursionError):
        return None
    if not isinstance(moment, float) or not 0 < moment < math.inf:
        return None
    return max(time.time() - moment, 0.0)


def _twilio() -> list[Metric]:
    asked = totals()
    calls = CounterMetricFamily("redress_twilio_calls", "Calls that were let through to Twilio.", labels=["call"])
    calls.add_metric(["read"], asked.reads)
    calls.add_metric(["write"], asked.writes)
    throttled = CounterMetricFamily(
        "redress_twilio_throttled", "Calls that Twilio answered with 429.", value=asked.throttled
    )
    return [calls, throttled]
