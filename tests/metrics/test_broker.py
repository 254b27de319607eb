"""The queues and Twilio's calls: what a real publisher puts in, and what a real consumer takes out."""

from datetime import timedelta

import pytest
import time_machine
from celery import current_app
from django.utils import timezone
from pytest_django.fixtures import Settings

from sync.limits import PREFIX, Shared, connection
from sync.tasks import carry_attempt, prune_old_rows, read_account
from tests.factories import sid
from tests.metrics.conftest import NOBODY_LISTENS, Elsewhere
from tests.metrics.scrapes import scrape, scraped
from twilio_api.limiter import Call

pytestmark = pytest.mark.django_db

AGE, LENGTH = "redress_queue_oldest_message_age_seconds", "redress_queue_messages"
DAY = timedelta(days=1).total_seconds()


def take_one(queue: str) -> None:
    """As a worker does."""
    with current_app.connection_for_read() as broker, broker.SimpleQueue(queue) as tasks:
        tasks.get(timeout=5).ack()


def test_an_empty_queue_is_told_as_empty() -> None:
    told = scrape()
    for queue in ("default", "twilio"):
        assert (told(LENGTH, queue=queue), told(AGE, queue=queue)) == (0, 0)
    assert told("redress_up", part="broker") == told("redress_up", part="database") == 1


def test_each_queue_has_its_own_length() -> None:
    prune_old_rows.delay()
    read_account.delay(1)
    carry_attempt.delay(1)
    assert (scrape()(LENGTH, queue="default"), scrape()(LENGTH, queue="twilio")) == (1, 2)


def test_the_age_is_that_of_the_task_a_worker_takes_next() -> None:
    now = timezone.now()
    for seconds in (300, 120, 0):
        with time_machine.travel(now - timedelta(seconds=seconds), tick=False):
            read_account.delay(seconds)
    assert 300 <= scrape()(AGE, queue="twilio") < 315
    take_one("twilio")
    assert 120 <= scrape()(AGE, queue="twilio") < 135
    take_one("twilio")
    assert scrape()(AGE, queue="twilio") < 15
    take_one("twilio")
    assert (scrape()(AGE, queue="twilio"), scrape()(LENGTH, queue="twilio")) == (0, 0)


def test_a_clock_that_is_ahead_makes_nothing_younger_than_nothing() -> None:
    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        read_account.delay(1)
    assert scrape()(AGE, queue="twilio") == 0


@pytest.mark.parametrize(
    "message",
    [
        b"", b"no JSON", b"\xff\xfe", b"[]", b"7", b"null", b'"headers"', b"{}", b'{"headers": null}',
        b'{"headers": {}}', b'{"headers": {"redress_queued_at": "soon"}}', b'{"headers": {"redress_queued_at": true}}',
        b'{"headers": {"redress_queued_at": NaN}}', b'{"headers": {"redress_queued_at": 1e999}}',
        b'{"headers": {"redress_queued_at": -5.0}}', b'{"headers": {"redress_queued_at": ' + b"9" * 400 + b"}}",
        b"[" * 200_000,
    ],
)  # fmt: skip
def test_a_message_without_a_readable_moment_is_counted_and_breaks_nothing(message: bytes) -> None:
    connection().lpush("twilio", message)
    told = scrape()
    assert told(LENGTH, queue="twilio") == 1
    assert not told.has(AGE, queue="twilio")
    assert told(AGE, queue="default") == 0
    assert told("redress_up", part="broker") == 1


def calls() -> tuple[float, float, float]:
    told = scrape()
    return (
        told("redress_twilio_calls_total", call="read"),
        told("redress_twilio_calls_total", call="write"),
        told("redress_twilio_throttled_total"),
    )


def test_calls_and_refusals_are_counted_over_all_accounts() -> None:
    assert calls() == (0, 0, 0)
    one, other, limiter = sid("AC"), sid("AC"), Shared()
    limiter.before(one, Call.READ).after(200)
    limiter.before(other, Call.READ).after(None)
    limiter.before(one, Call.WRITE).after(200)
    assert calls() == (2, 1, 0)
    limiter.before(other, Call.READ).after(429, 60.0)
    assert calls() == (3, 1, 1)


def test_calls_that_were_not_let_through_are_not_counted() -> None:
    account, limiter = sid("AC"), Shared()
    limiter.before(account, Call.READ).after(429, 60.0)
    assert limiter.take(account, Call.READ, "a ticket") > 0
    assert calls() == (1, 0, 1)


def test_the_counters_never_go_down_when_an_accounts_day_ends_or_it_is_forgotten() -> None:
    account = sid("AC")
    days = iter((20_000 * DAY, 20_001 * DAY))
    limiter = Shared(clock=lambda: next(days))
    for ticket in ("today", "tomorrow"):
        assert limiter.take(account, Call.READ, ticket) == 0
    assert connection().hget(f"{PREFIX}{account}", "calls") == b"1"
    connection().delete(*connection().scan_iter(f"{PREFIX}*"))
    assert calls() == (2, 0, 0)


def test_a_broker_that_is_away_takes_only_its_own_part(settings: Settings) -> None:
    settings.REDIS_URL = f"redis://{NOBODY_LISTENS}/0"
    told = scrape()
    assert (told("redress_up", part="broker"), told("redress_up", part="database")) == (0, 1)
    assert told.has("redress_mirror_lag_seconds")
    assert told.names.isdisjoint({AGE, LENGTH, "redress_twilio_calls_total"})


def test_a_database_that_is_away_takes_only_its_own_part(from_another_process: Elsewhere, hanging: str) -> None:
    read_account.delay(1)
    for server in (NOBODY_LISTENS, hanging):
        answer = from_another_process("/metrics", DATABASE_URL=f"postgresql://redress@{server}/redress")
        told = scraped(answer.text)
        assert (answer.status, told("redress_up", part="broker"), told("redress_up", part="database")) == (200, 1, 0)
        assert told(LENGTH, queue="twilio") >= 1  # what earlier tests woke may be asked for meanwhile
        assert not told.has("redress_mirror_lag_seconds")
        assert answer.seconds < 5


def test_with_both_away_it_still_says_so(from_another_process: Elsewhere) -> None:
    away = {
        "DATABASE_URL": f"postgresql://redress@{NOBODY_LISTENS}/redress",
        "REDIS_URL": f"redis://{NOBODY_LISTENS}/0",
    }
    answer = from_another_process("/metrics", **away)
    assert answer.status == 200
    told = scraped(answer.text)
    assert (told("redress_up", part="broker"), told("redress_up", part="database")) == (0, 0)
    assert told.names == {"redress_up"}
