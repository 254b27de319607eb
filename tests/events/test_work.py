"""Working on events: hints that bring about a reading, and never a verdict of their own."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection, connections, transaction
from django.utils import timezone

from accounts.models import TwilioAccount
from accounts.secrets import seal
from reviews.models import Review, Source, StatusChange
from reviews.schedule import CLOCKS_DIFFER
from reviews.status import Status
from sandbox.handle import Registration, Sandbox
from sync import events
from sync.cloud_events import read_body
from sync.door import door_of
from sync.intake import keep
from sync.models import Event, EventStream
from sync.poll import poll_account
from tests.events.conftest import cloud_event, outcomes, stream_of
from tests.factories import sid

pytestmark = pytest.mark.django_db
Outcome = Event.Outcome
type Work = Callable[[TwilioAccount], list[str]]

FAILURE, SUBMITTED = "campaign-registration.campaign-failure", "campaign-registration.campaign-submitted"
BRAND = "brand-registration.brand-failure"


@pytest.fixture
def read(account: TwilioAccount, registered: Registration) -> TwilioAccount:
    """The account, read as a whole a while ago, with a stream."""
    poll_account(account.pk)
    age(timedelta(hours=1))
    stream_of(account)
    account.refresh_from_db()
    return account


def age(by: timedelta) -> None:
    """What was read was read that much earlier."""
    for review in Review.objects.all():
        Review.objects.filter(pk=review.pk).update(as_of=review.as_of - by)
    TwilioAccount.objects.update(last_read_at=timezone.now() - by, next_poll_at=timezone.now() + timedelta(hours=6))


def hear(account: TwilioAccount, *told: object) -> None:
    """As if they had just come in."""
    door = door_of(account.sid)
    assert door
    for one in told:
        body = one if isinstance(one, bytes) else json.dumps([one]).encode()
        assert keep(door, read_body(body, timezone.now()))


def wait(by: timedelta) -> None:
    """What came in came that much earlier."""
    for event in Event.objects.all():
        event.received_at, event.occurred_at = event.received_at - by, event.occurred_at - by
        event.save(update_fields=["received_at", "occurred_at"])


def about(registered: Registration, topic: str = FAILURE, at: datetime | None = None) -> dict[str, object]:
    return cloud_event(
        topic, at=at, messagingservicesid=registered.service_sid, campaignsid=sid("CM"), brandsid=registered.brand_sid
    )


def campaign() -> Review:
    return Review.objects.get(kind="campaign")


def reads(twilio: Sandbox, route: str = "campaigns.fetch") -> int:
    return twilio.counters().calls.get(route, 0)


def is_due(account: TwilioAccount) -> bool:
    account.refresh_from_db()
    return account.next_poll_at <= timezone.now()


# --- things that are known -------------------------------------------------------------------------------------------


def test_a_campaign_is_found_by_its_messaging_service_and_read(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    twilio.approve(registered.service_sid)
    hear(read, about(registered))
    assert work(read) == [Outcome.READ]
    assert campaign().status == Status.APPROVED, "Twilio's word counts, not the event's"
    change = StatusChange.objects.filter(review=campaign()).order_by("-pk").first()
    assert change
    assert change.source == Source.EVENT
    assert Event.objects.get().review == campaign()


def test_brands_and_verifications_are_found_by_their_sid(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    number = twilio.register_number(account.sid)
    poll_account(account.pk)
    age(timedelta(hours=1))
    stream_of(account)
    twilio.reject(registered.brand_sid, [30795])
    twilio.reject(number, [30513])
    hear(account, cloud_event(BRAND, brandsid=registered.brand_sid))
    hear(account, cloud_event("toll-free-verification.rejected", tollfreeverificationsid=number))
    assert work(account) == [Outcome.READ, Outcome.READ]
    assert Review.objects.get(kind="brand").status != Status.APPROVED
    assert Review.objects.get(kind="tollfree").twilio_status == "TWILIO_REJECTED"


def test_a_burst_about_one_thing_costs_one_reading(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    hear(read, *(about(registered) for _ in range(200)))
    before = reads(twilio)
    assert set(work(read)) == {Outcome.READ}
    assert len(outcomes(read)) == 200
    assert reads(twilio) == before + 1


def test_a_burst_that_goes_on_is_gathered(read: TwilioAccount, twilio: Sandbox, registered: Registration) -> None:
    hear(read, about(registered))
    events.work(read.pk)
    for _ in range(20):
        hear(read, about(registered))
        events.work(read.pk)
    assert reads(twilio) == 1
    assert outcomes(read).count("") == 20
    assert events.accounts_waiting(timezone.now()) == []
    assert events.accounts_waiting(timezone.now() + events.GATHERING) == [read.pk]


def test_older_news_causes_no_reading_and_is_counted(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    Review.objects.update(as_of=timezone.now())
    hear(read, about(registered, SUBMITTED, at=timezone.now() - timedelta(hours=3)))
    before = reads(twilio)
    assert work(read) == [Outcome.KNOWN]
    assert reads(twilio) == before


def test_what_was_read_clearly_after_the_event_came_is_not_read_again(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    hear(read, about(registered))
    wait(CLOCKS_DIFFER * 1.1)
    Review.objects.update(as_of=timezone.now())
    assert work(read) == [Outcome.KNOWN]


def test_twilios_clock_may_differ_a_little_and_hides_no_news(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    Review.objects.update(as_of=timezone.now())
    hear(read, about(registered, at=timezone.now() - timedelta(seconds=5)))
    assert work(read) == [Outcome.READ]


def test_a_workers_clock_may_be_ahead_a_little_and_hides_no_news(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    """It read the item a moment before the verdict, by its clock after it."""
    ahead = timezone.now() + timedelta(seconds=5)
    Review.objects.update(as_of=ahead)
    TwilioAccount.objects.update(last_read_at=ahead)
    hear(read, about(registered), cloud_event(BRAND, brandsid=sid("BN")))
    assert sorted(work(read)) == [Outcome.DISCOVERY, Outcome.READ]
    assert is_due(read)


def test_the_wrong_order_changes_no_verdict(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    twilio.approve(registered.service_sid)
    now = timezone.now()
    for topic, seconds in ((FAILURE, 0), (SUBMITTED, 60), ("campaign-registration.campaign-approved", 30)):
        hear(read, about(registered, topic, at=now - timedelta(seconds=seconds)))
        work(read)
        assert campaign().status == Status.APPROVED


def test_what_was_deleted_is_gone(read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work) -> None:
    twilio.remove(registered.service_sid)
    hear(read, about(registered, "campaign-registration.campaign-deleted"))
    assert work(read) == [Outcome.READ]
    assert campaign().gone_at
    assert is_due(read), "something new may have taken its place"


# --- things nobody knows ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "told",
    [
        cloud_event(FAILURE, messagingservicesid=sid("MG"), campaignsid=sid("CM")),
        cloud_event(FAILURE, campaignsid=sid("CM")),
        cloud_event(BRAND, brandsid=sid("BN")),
        cloud_event("toll-free-verification.requested", tollfreeverificationsid=sid("HH")),
        cloud_event("toll-free-verification.requested"),
        cloud_event("a2p-resource-cleanup-finished", brandsid=sid("BN")),
        cloud_event("number-registration.successful", phonenumber="no number"),
    ],
    ids=lambda told: told["type"].rsplit(".", 1)[-1],
)
def test_something_unknown_makes_the_account_due_and_is_no_error(
    read: TwilioAccount, told: dict[str, object], work: Work
) -> None:
    hear(read, told)
    assert work(read) == [Outcome.DISCOVERY]
    assert is_due(read)


def test_an_account_that_was_read_since_is_not_due_for_it(read: TwilioAccount, work: Work) -> None:
    hear(read, cloud_event(BRAND, brandsid=sid("BN")))
    wait(CLOCKS_DIFFER * 1.1)
    TwilioAccount.objects.update(last_read_at=timezone.now())
    work(read)
    assert not is_due(read)


@pytest.mark.django_db(transaction=True)
def test_something_unknown_is_settled_only_where_its_account_is_due_for_it(read: TwilioAccount) -> None:
    """A worker that ends between the two would have lost the news."""
    hear(read, cloud_event(BRAND, brandsid=sid("BN")))

    def cut_short() -> None:
        try:
            with connection.cursor() as cursor:
                cursor.execute("SET lock_timeout = '50ms'")
                events.work(read.pk)
                cursor.execute("RESET lock_timeout")  # the pool gives the connection to others
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as worker, transaction.atomic():
        TwilioAccount.objects.select_for_update().get(pk=read.pk)
        worker.submit(cut_short).result(30)
    assert outcomes(read) == [Outcome.WAITING]
    assert not is_due(read)


def test_a_sid_of_another_account_is_unknown_here(read: TwilioAccount, work: Work, registered: Registration) -> None:
    other = TwilioAccount.objects.create(sid=sid("AC"), name="Other", customer=read.customer, sealed_secret=seal("x"))
    stream_of(other)
    hear(other, about(registered))
    assert work(other) == [Outcome.DISCOVERY]
    assert campaign().account == read


@pytest.mark.parametrize("name", ["short-code-registration.done", "com.twilio.error-logs.error.logged", "x"])
def test_an_unknown_type_is_kept_and_counted(read: TwilioAccount, name: str, work: Work) -> None:
    hear(read, cloud_event(name, brandsid=sid("BN")))
    assert work(read) == [Outcome.UNKNOWN_TYPE]
    assert not is_due(read)


def test_a_test_event_is_one(read: TwilioAccount, work: Work) -> None:
    hear(read, cloud_event("com.twilio.eventstreams.test-event", test_id="1"))
    assert work(read) == [Outcome.TEST]


# --- when something fails --------------------------------------------------------------------------------------------


def test_a_reading_that_fails_leaves_its_events_waiting_ever_longer(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    twilio.server_error(path="Usa2p", calls=4)
    hear(read, about(registered), cloud_event(BRAND, brandsid=registered.brand_sid))
    assert sorted(work(read)) == ["", Outcome.READ], "the other thing has its turn"
    stream = EventStream.objects.get(account=read)
    assert stream.worked_until
    assert stream.worked_until > timezone.now() + timedelta(seconds=5)
    assert events.work(read.pk) == 0
    assert set(work(read)) == {Outcome.READ}


def test_after_several_failures_the_accounts_own_turn_takes_over(
    read: TwilioAccount, twilio: Sandbox, registered: Registration, work: Work
) -> None:
    TwilioAccount.objects.filter(pk=read.pk).update(sealed_secret=seal("refused"))
    hear(read, about(registered))
    for _ in events.PAUSES:
        assert work(read) == [""]
    assert work(read) == [Outcome.DISCOVERY]
    assert is_due(read)


def test_a_secret_that_cannot_be_opened_stops_no_worker(
    read: TwilioAccount, registered: Registration, work: Work
) -> None:
    hear(read, about(registered))
    TwilioAccount.objects.filter(pk=read.pk).update(sealed_secret="nonsense")
    assert work(read) == [""]
    assert "REDRESS_SECRET_KEYS" in Event.objects.get().problem


def test_a_fault_of_ours_is_not_tried_for_ever(read: TwilioAccount, registered: Registration, work: Work) -> None:
    hear(read, about(registered))
    Event.objects.update(body=["not", "an", "event"])
    for _ in events.PAUSES:
        assert work(read) == [""]
    assert work(read) == [Outcome.DISCOVERY]


def test_part_of_a_sid_finds_nothing(read: TwilioAccount, registered: Registration, work: Work) -> None:
    hear(read, cloud_event(BRAND, brandsid=registered.brand_sid[:20]))
    assert work(read) == [Outcome.DISCOVERY]


def test_one_worker_at_a_time_and_a_dead_one_is_followed_by_another(
    read: TwilioAccount, registered: Registration, work: Work
) -> None:
    hear(read, about(registered))
    EventStream.objects.update(worked_until=timezone.now() + events.LEASE)
    assert events.work(read.pk) == 0
    assert events.accounts_waiting(timezone.now()) == []
    EventStream.objects.update(worked_until=timezone.now() - timedelta(seconds=1))
    assert events.accounts_waiting(timezone.now()) == [read.pk]
    assert events.work(read.pk) == 1
    assert outcomes(read) == [Outcome.READ]
