"""The sandbox sends over HTTP, the product takes in, a worker reads: the whole way, with all that goes wrong on it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db.models import Max
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from reviews.models import Review, Source, StatusChange
from reviews.status import Status
from sandbox.handle import Registration, Sandbox
from sync import prune, streams
from sync.models import Event, EventStream
from sync.poll import poll_account
from sync.singles import check_reviews
from sync.standing import missed, standing_of
from tests.events.conftest import arrived, cloud_event
from tests.factories import sid
from tests.sandbox.speaker import Speaker
from tests.sandbox.test_events import subscribe
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
Outcome = Event.Outcome
type Work = Callable[[TwilioAccount], list[str]]


@pytest.fixture
def read(account: TwilioAccount, registered: Registration, streaming: EventStream) -> TwilioAccount:
    poll_account(account.pk)
    Event.objects.all().delete()
    return account


def campaign() -> Review:
    return Review.objects.get(kind="campaign")


def test_a_test_event_comes_in_when_events_are_switched_on(streaming: EventStream) -> None:
    assert streams.events_work(streaming.account)
    assert standing_of(streaming, timezone.now()).words.startswith("Working, last event")


def test_a_verdict_is_known_at_once(read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work) -> None:
    twilio.approve(registered.service_sid)
    arrived(1, read)
    assert work(read) == [Outcome.READ]
    assert campaign().status == Status.APPROVED
    assert StatusChange.objects.filter(review=campaign(), source=Source.EVENT).exists()


def test_duplicates_disorder_and_ids_that_repeat_end_in_the_last_verdict(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    twilio.bend_events(hold=True, copies=3, same_ids=True, as_text=True)
    twilio.edit_elsewhere(registered.service_sid)
    twilio.reject(registered.service_sid, [30908])
    twilio.edit_elsewhere(registered.service_sid)
    twilio.reject(registered.service_sid, [30924])
    twilio.edit_elsewhere(registered.service_sid)
    twilio.approve(registered.service_sid)
    twilio.release_events(backwards=True)
    arrived(6, read)
    until(lambda: len(twilio.deliveries()) >= 18)
    assert Event.objects.count() == 6, "three of each came, one of each is kept"
    assert Event.objects.values("event_id").distinct().count() == 3, "one id for each type"
    work(read)
    assert campaign().status == Status.APPROVED
    assert {d.status for d in twilio.deliveries()} == {204}


def test_a_burst_of_two_hundred_about_one_thing_costs_few_readings(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    failure = "campaign-registration.campaign-failure"
    before = twilio.counters().calls.get("campaigns.fetch", 0)
    for _ in range(200):
        twilio.send_events(read.sid, [cloud_event(failure, messagingservicesid=registered.service_sid)])
    arrived(200, read)
    work(read)
    assert not Event.objects.filter(outcome="").exists()
    assert twilio.counters().calls.get("campaigns.fetch", 0) - before <= 2


def test_a_new_campaign_is_discovered(read: TwilioAccount, twilio: Sandbox, work: Work) -> None:
    other = twilio.register(read.sid, name="Pelican Pizza")
    TwilioAccount.objects.update(next_poll_at=timezone.now() + timedelta(hours=6))
    arrived(2, read)  # of the brand and of the campaign
    assert work(read) == [Outcome.DISCOVERY] * 2
    read.refresh_from_db()
    assert read.next_poll_at <= timezone.now()
    poll_account(read.pk)
    assert Review.objects.filter(remote_key__startswith=other.service_sid).exists()


def test_numbers_and_verifications_and_brands_come_the_same_way(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    number = twilio.register_number(read.sid)
    poll_account(read.pk)
    until(lambda: Event.objects.count() == 1)
    work(read)
    twilio.reject(number, [30513])
    twilio.reject(registered.brand_sid, [30795])
    twilio.tell_number(registered.service_sid, "+12535550142")
    arrived(4, read)
    work(read)
    assert Review.objects.get(kind="tollfree").twilio_status == "TWILIO_REJECTED"
    assert Review.objects.get(kind="brand").twilio_status == "FAILED"
    assert read.number_registrations.get().phone == "+12535550142"


def test_what_is_no_json_is_refused_and_brought_again(read: TwilioAccount, twilio: Sandbox) -> None:
    twilio.send_content(read.sid, "{")
    until(lambda: len([d for d in twilio.deliveries() if d.status == 400]) >= 2)
    assert not Event.objects.exists()


def test_an_event_refused_after_a_change_of_token_comes_in_once_the_token_is_known(
    read: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    kept = read.sealed_secret
    TwilioAccount.objects.update(sealed_secret=EventStream.objects.get().sealed_path)
    twilio.approve(registered.service_sid)
    until(lambda: any(d.status == 403 for d in twilio.deliveries()))
    assert not Event.objects.exists()
    TwilioAccount.objects.update(sealed_secret=kept)
    arrived(1, read)


def test_a_change_that_came_by_no_event_is_counted_as_missed(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    twilio.approve(registered.service_sid)
    arrived(1, read)
    work(read)
    twilio.bend_events(hold=True)
    twilio.reject(registered.service_sid, [30924])
    check_reviews(read.pk, [campaign().pk])
    found = StatusChange.objects.filter(source=Source.POLL).aggregate(at=Max("at"))["at"]
    assert missed([read], timezone.now()) == {}, "its event may still come"
    long_since = found + timedelta(minutes=11)
    assert missed([read], long_since) == {read.pk: 1}
    twilio.release_events()
    arrived(2, read)
    work(read)
    assert missed([read], long_since) == {}


def test_without_a_public_address_everything_still_works_by_asking(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, settings: Settings
) -> None:
    settings.PUBLIC_BASE_URL = ""
    poll_account(account.pk)
    twilio.approve(registered.service_sid)
    check_reviews(account.pk, [campaign().pk])
    assert campaign().status == Status.APPROVED
    assert standing_of(None, timezone.now()).words == "Polling only"
    assert not streams.events_work(account)
    assert missed([account], timezone.now() + timedelta(hours=1)) == {}


def test_a_signature_of_another_accounts_token_is_refused_over_http(
    read: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    """The sandbox signs for a stranger whose sink names our address."""
    stranger = twilio.create_account("Stranger")
    stream = EventStream.objects.select_related("account").get()
    service = twilio.register(stranger.sid, name="Stranger").service_sid
    _subscribe(twilio, stranger.sid, stranger.auth_token, streams.address_of(stream))
    twilio.approve(service)
    until(lambda: any(d.status == 403 for d in twilio.deliveries()))
    assert not Event.objects.exists()


def _subscribe(twilio: Sandbox, account_sid: str, token: str, destination: str) -> None:
    subscribe(Speaker(twilio.base_url, account_sid, token), destination)


def test_what_was_settled_long_ago_is_forgotten(read: TwilioAccount, settings: Settings) -> None:
    row = {"account": read, "body": {}, "occurred_at": timezone.now(), "type": "x"}
    long_ago = timezone.now() - timedelta(days=settings.EVENT_KEEP_DAYS + 1)
    for outcome, received in ((Outcome.READ, long_ago), (Outcome.WAITING, long_ago), (Outcome.READ, timezone.now())):
        Event.objects.create(**row, digest=sid(""), outcome=outcome, received_at=received)
    prune.prune(timezone.now())
    assert Event.objects.count() == 2
