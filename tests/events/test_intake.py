"""Several requests bring events at the same time: written together, and each with its own answer."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from functools import partial

import pytest
from django.db import DataError, OperationalError, connection, connections, transaction
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from accounts.models import TwilioAccount
from sync import intake
from sync.cloud_events import CloudEvent, read_body
from sync.door import Door, door_of
from sync.models import Event, EventStream
from tests.events.conftest import Twilio, cloud_event, stream_of
from tests.factories import make_account, sid
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
TOPIC = "brand-registration.brand-verified"
type Bring = Callable[..., Future[bool]]


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """However slow the machine is, nobody gives up before the test is ready for it."""
    monkeypatch.setattr(intake, "LOCKS", 20.0)
    monkeypatch.setattr(intake, "PATIENCE", 20.0)


@pytest.fixture
def door() -> Door:
    return new_door("one-word")


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(4) as pool:
        yield pool


@pytest.fixture
def bring(pool: ThreadPoolExecutor) -> Bring:
    """Each delivery in a thread of its own, as a request has."""
    return lambda door, *events: pool.submit(alone, intake.keep, door, events)


def alone[**P, T](do: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """With a connection of its own."""
    try:
        return do(*args, **kwargs)
    finally:
        connections.close_all()


def new_door(word: str) -> Door:
    account = make_account()
    stream_of(account, word)
    door = door_of(account.sid)
    assert door
    return door


def an_event() -> CloudEvent:
    told = cloud_event(TOPIC, brandsid=sid("BN"))
    (event,) = read_body(json.dumps([told]).encode(), timezone.now())
    return event


def while_one_is_written(bring: Bring, door: Door, *others: Callable[[], Future[bool]]) -> list[Future[bool]]:
    """The first cannot write yet; the others come meanwhile, and then all go on."""
    with nobody_writes():
        futures = [bring(door, an_event())]
        until(are_blocked)
        for begin in others:
            before = intake.of_this_process.waiting
            futures.append(begin())
            until(partial(some_more_wait, before))
    return futures


def some_more_wait(before: int) -> bool:
    return intake.of_this_process.waiting > before


@contextmanager
def nobody_writes() -> Iterator[None]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("LOCK TABLE sync_event IN EXCLUSIVE MODE")
        yield


def are_blocked() -> list[int]:
    """The database's processes that would write."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_locks WHERE NOT granted AND relation = 'sync_event'::regclass")
        return [pid for (pid,) in cursor.fetchall()]


def break_connections(pids: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pid) FROM unnest(%s) AS pid", [pids])


def test_what_comes_while_another_is_written_is_written_together(bring: Bring, door: Door) -> None:
    other, one, two = new_door("another-word"), an_event(), an_event()
    answers = while_one_is_written(bring, door, lambda: bring(door, one), lambda: bring(other, two, one))
    assert [answer.result(10) for answer in answers] == [True, True, True]
    moments = dict(Event.objects.values_list("pk", "received_at"))
    assert len(moments) == 4
    together = Event.objects.filter(event_id__in=[one.event_id, two.event_id])
    assert len(set(together.values_list("received_at", flat=True))) == 1
    assert set(together.values_list("account", "event_id")) == {
        (door.account_id, one.event_id), (other.account_id, one.event_id), (other.account_id, two.event_id),
    }  # fmt: skip
    assert not EventStream.objects.filter(last_event_at=None).exists()


def test_a_door_that_holds_no_longer_keeps_out_its_own_alone(bring: Bring, door: Door) -> None:
    closed = new_door("another-word")
    TwilioAccount.objects.filter(pk=closed.account_id).update(disconnected_at=timezone.now())
    kept = an_event()
    answers = while_one_is_written(bring, door, lambda: bring(closed, an_event()), lambda: bring(door, kept))
    assert [answer.result(10) for answer in answers] == [True, False, True]
    assert Event.objects.filter(account=closed.account_id).count() == 0
    assert Event.objects.filter(event_id=kept.event_id).exists()


def test_what_no_column_takes_keeps_nobody_else_out(bring: Bring, door: Door) -> None:
    kept, impossible = an_event(), replace(an_event(), type="x" * 500)
    answers = while_one_is_written(bring, door, lambda: bring(door, impossible), lambda: bring(door, kept))
    assert answers[2].result(10)
    assert isinstance(answers[1].exception(10), DataError)
    assert Event.objects.filter(event_id=kept.event_id).exists()
    assert not Event.objects.filter(event_id=impossible.event_id).exists()


def test_where_the_database_fails_every_request_is_told(bring: Bring, door: Door) -> None:
    """So that Twilio brings all of it again."""
    with nobody_writes():
        first = bring(door, an_event())
        until(are_blocked)
        others = [bring(door, an_event()) for _ in range(2)]
        until(lambda: intake.of_this_process.waiting == len(others))
        break_connections(until(are_blocked))
        assert isinstance(first.exception(10), OperationalError)
        until(lambda: not intake.of_this_process.waiting)
        break_connections(until(are_blocked))
        assert {type(other.exception(10)) for other in others} == {OperationalError}
    assert not Event.objects.exists()
    assert bring(door, an_event()).result(10)


# --- nobody waits for ever -------------------------------------------------------------------------------------------


def test_a_locked_table_is_not_waited_for_for_long(bring: Bring, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "LOCKS", 0.1)
    with nobody_writes():
        assert is_locked_out(bring(door, an_event()))
    assert not Event.objects.exists()
    assert bring(door, an_event()).result(10)


def test_twilio_is_asked_to_come_again_where_a_lock_is_in_the_way(
    pool: ThreadPoolExecutor, hand: Twilio, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LOCKS", 0.1)
    told = cloud_event(TOPIC, brandsid=sid("BN"))
    with nobody_writes():
        assert pool.submit(alone, hand.send, told).result(10).status_code == 503
    assert pool.submit(alone, hand.send, told).result(10).status_code == 204
    assert Event.objects.count() == 1


def test_one_accounts_locked_row_keeps_nobody_elses_events_out(
    bring: Bring, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake, "LOCKS", 0.5)
    other, kept = new_door("another-word"), an_event()
    with transaction.atomic():
        TwilioAccount.objects.select_for_update().get(pk=door.account_id)
        held = [bring(door, an_event()) for _ in range(2)]
        assert bring(other, kept).result(10)
        assert all(map(is_locked_out, held))
    assert Event.objects.get().event_id == kept.event_id


def test_a_held_stream_keeps_its_own_events_in(bring: Bring, door: Door) -> None:
    with transaction.atomic():
        EventStream.objects.select_for_update().get(pk=door.account_id)
        assert bring(door, an_event()).result(10)
    assert bring(door, an_event()).result(10)
    assert EventStream.objects.get().last_event_at
    assert Event.objects.count() == 2


def is_locked_out(answer: Future[bool]) -> bool:
    error = answer.exception(10)
    return isinstance(error, OperationalError) and isinstance(error.__cause__, LockNotAvailable)
