"""Events within the limits of an account: streams and readings that give way, and what comes in during a reading."""

from datetime import timedelta
from time import monotonic

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from brands import dossier
from brands.models import Brand
from reviews.models import Review
from sandbox.handle import Registration, Sandbox
from sync import events, foreground, streams
from sync.models import Event, EventStream
from sync.poll import poll_account
from sync.whole import WholeReading
from tests.events.conftest import cloud_event, stream_of
from tests.factories import make_account, sid
from tests.pace import pauses_are_over
from twilio_api.errors import GiveWay

pytestmark = pytest.mark.django_db
State, Outcome = EventStream.State, Event.Outcome


@pytest.fixture
def near(settings: Settings) -> None:
    """An address at which nobody listens."""
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:9"


@pytest.fixture
def read(account: TwilioAccount, registered: Registration) -> TwilioAccount:
    poll_account(account.pk)
    account.refresh_from_db()
    return account


def came_in(account: TwilioAccount, registered: Registration, **over: object) -> Event:
    told = cloud_event("campaign-registration.campaign-failure", messagingservicesid=registered.service_sid)
    row = {"occurred_at": timezone.now(), "received_at": timezone.now(), "digest": sid(""), **over}
    return Event.objects.create(account=account, body=told, type=told["type"], **row)


@pytest.mark.usefixtures("near")
def test_a_stream_that_finds_no_place_stays_as_it_is_and_goes_on_where_it_stopped(
    account: TwilioAccount, twilio: Sandbox, settings: Settings
) -> None:
    settings.TWILIO_WRITES_PER_SECOND = 0.05
    streams.switch_on(account, None)
    stream = streams.tend(account.pk)
    assert stream
    assert (stream.state, stream.last_error, stream.lease_until) == (State.MAKING, "", None)
    assert timezone.now() < stream.due_at < timezone.now() + timedelta(seconds=25)
    assert twilio.counters().creates["sinks"] == 1
    settings.TWILIO_WRITES_PER_SECOND = 1000.0
    pauses_are_over()
    stream = streams.tend(account.pk)
    assert stream
    assert stream.state == State.ACTIVE
    assert twilio.counters().creates["sinks"] == twilio.counters().creates["subscriptions"] == 1


@pytest.mark.usefixtures("near")
def test_a_stream_whose_test_finds_no_place_is_tested_soon(
    account: TwilioAccount, twilio: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_way(*args: object) -> None:
        raise GiveWay(1.0)

    streams.switch_on(account, None)
    with monkeypatch.context() as patch:
        patch.setattr("twilio_api.client.Twilio.test_sink", give_way)
        stream = streams.tend(account.pk)
    assert stream
    assert (stream.state, stream.lease_until) == (State.ACTIVE, None)
    assert stream.due_at < timezone.now() + timedelta(minutes=1)
    streams.tend(account.pk)
    assert twilio.counters().calls["sink_tests.create"] == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("near")
def test_ten_accounts_get_their_streams_side_by_side_at_a_write_a_second_each(
    twilio: Sandbox, slow_limits: Settings
) -> None:
    accounts = []
    for number in range(10):
        there = twilio.create_account(f"Account {number}")
        account = make_account(sid=there.sid, name=there.friendly_name)
        account.seal(type(account.credentials())(there.sid, there.auth_token))
        account.save()
        streams.switch_on(account, None)
        accounts.append(account)
    began = monotonic()
    foreground.side_by_side(streams.tend, [account.pk for account in accounts])
    assert monotonic() - began < 15  # three writes each, in eight lanes
    assert EventStream.objects.filter(state=State.ACTIVE).count() == 10


def test_events_that_find_no_place_wait_without_a_try_being_counted(
    read: TwilioAccount, registered: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_way(*args: object) -> None:
        raise GiveWay(20.0)

    stream_of(read)
    event = came_in(read, registered)
    with monkeypatch.context() as patch:
        patch.setattr("sync.events.read_again", give_way)
        assert events.work(read.pk) == 0
    event.refresh_from_db()
    assert (event.outcome, event.tries) == (Outcome.WAITING, 0)
    until = EventStream.objects.get(account=read).worked_until
    assert until
    assert timedelta(seconds=15) < until - timezone.now() < timedelta(seconds=25)
    EventStream.objects.update(worked_until=None)
    assert events.work(read.pk) == 1


def test_what_an_event_brings_up_during_a_reading_is_read_right_after_it(
    read: TwilioAccount, registered: Registration, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = WholeReading.read

    def meanwhile(reading: WholeReading) -> None:
        whole(reading)
        came_in(read, registered, outcome=Outcome.DISCOVERY)

    with monkeypatch.context() as patch:
        patch.setattr(WholeReading, "read", meanwhile)
        poll_account(read.pk)
    read.refresh_from_db()
    assert read.next_poll_at <= timezone.now()
    poll_account(read.pk)
    read.refresh_from_db()
    assert read.next_poll_at > timezone.now() + timedelta(hours=1)


def test_papers_that_find_no_place_are_read_soon_and_nothing_is_said_to_be_wrong(
    account: TwilioAccount, twilio: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    def give_way(*args: object) -> None:
        raise GiveWay(1.0)

    twilio.register_brand(account.sid)
    poll_account(account.pk)
    monkeypatch.setattr("brands.dossier.read_dossier", give_way)
    dossier.read(Review.objects.get(kind="brand").pk)
    brand = Brand.objects.get()
    assert (brand.dossier_problem, brand.dossier_asked_at) == ("", None)
    assert brand.dossier_due_at
    assert brand.dossier_due_at < timezone.now() + timedelta(minutes=1)
