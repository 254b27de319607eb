"""Two beats by mistake: every tick comes twice at the same moment, and two workers do what it gives out at once.
Real transactions, real broker. No item is read twice for one turn, nothing is sent twice, nobody is told twice."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
from threading import Barrier
from typing import Any

import pytest
from django.core import mail
from django.db import connections
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Role, TwilioAccount, User
from brands import dossier
from brands.models import Brand
from campaigns import repair
from campaigns.draft import Draft
from notifications.models import Notice
from notifications.tasks import fan_out_announcements, fan_out_appeals
from reviews import appeals, risk
from reviews.models import Appeal, Attempt, Renewal, Review, StatusChange
from sandbox.handle import Registration, Sandbox
from sync import due, streams, tasks
from sync.models import Event, EventStream, PollRun
from sync.poll import poll_account
from tests.events.conftest import cloud_event, stream_of
from tests.events.test_work import age, hear
from tests.factories import brand_payload, campaign_payload, error, make_account, make_user, mirror
from tests.faults.weather import given_out
from tests.gate.conftest import rejected as rejected
from tests.gate.conftest import repaired as repaired
from tests.gate.conftest import stands as stands
from tests.pace import pauses_are_over
from tests.renewal.conftest import ana as ana
from tests.renewal.conftest import confirmed as confirmed
from tests.renewal.conftest import creations, deletions, order
from tests.renewal.conftest import marta as marta
from tests.renewal.conftest import planned as planned
from tests.renewal.conftest import review as review
from tests.renewal.conftest import wrong_use_case as wrong_use_case

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = 5  # a race is not lost each time


@pytest.fixture(autouse=True)
def empty_queues() -> Iterator[None]:
    list(given_out())
    yield
    list(given_out())


def both[T](act: Callable[[], T]) -> list[T]:
    """What two that act at the same moment come to."""
    barrier = Barrier(2)

    def one() -> T:
        try:
            barrier.wait()
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return [done.result() for done in [pool.submit(one), pool.submit(one)]]


def all_at_once(jobs: Sequence[Callable[[], object]]) -> None:
    """All of these start at the same moment, each in a worker of its own."""
    if not jobs:
        return
    barrier = Barrier(len(jobs))

    def one(job: Callable[[], object]) -> None:
        try:
            barrier.wait()
            job()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(one, job) for job in jobs]:
            done.result()


def tick_twice(beat: Callable[[], object]) -> int:
    """The beat's task in two processes at once, and then all that they gave out. Returns how much that was."""
    pauses_are_over()
    both(beat)
    jobs = list(given_out())
    all_at_once(jobs)
    return len(jobs)


# --- reading ---


def test_an_account_and_an_item_are_given_out_once() -> None:
    accounts = [make_account() for _ in range(20)]
    for account in accounts:
        mirror(account, "campaign", *(campaign_payload() for _ in range(3)))
    for _ in range(ROUNDS):
        TwilioAccount.objects.update(next_poll_at=timezone.now())
        Review.objects.update(next_check_at=timezone.now())
        taken = both(lambda: due.claim_due_accounts(timezone.now()))
        assert sorted(taken[0] + taken[1]) == sorted(account.pk for account in accounts)
        given = both(lambda: due.claim_due_reviews(timezone.now()))
        items = [pk for part in given for pks in part.values() for pk in pks]
        assert sorted(items) == sorted(Review.objects.values_list("pk", flat=True))


def test_a_stream_and_a_dossier_are_given_out_once(settings: Settings) -> None:
    settings.PUBLIC_BASE_URL = "https://redress.example"
    accounts = [make_account() for _ in range(20)]
    for account in accounts:
        stream_of(account)
        mirror(account, "brand", brand_payload())
    for _ in range(ROUNDS):
        EventStream.objects.update(due_at=timezone.now())
        Brand.objects.update(dossier_due_at=timezone.now(), dossier_asked_at=None)
        for claim in (streams.claim_due, partial(dossier.claim_due, most=100)):
            taken = both(lambda claim=claim: claim(timezone.now()))  # type: ignore[misc]
            assert len(taken[0] + taken[1]) == len(set(taken[0] + taken[1])) == len(accounts)


def test_an_account_is_read_once_in_its_turn(account: TwilioAccount, twilio: Sandbox, registered: Registration) -> None:
    assert tick_twice(tasks.fan_out_due_accounts) == 1
    assert PollRun.objects.filter(stage="done").count() == 1
    assert reads(twilio, "campaigns.list") == 1


def test_an_item_is_read_once_in_its_turn(account: TwilioAccount, twilio: Sandbox, rejected: Review) -> None:
    before = reads(twilio, "campaigns.fetch")
    Review.objects.filter(pk=rejected.pk).update(next_check_at=timezone.now())
    tick_twice(tasks.fan_out_due_reviews)
    assert reads(twilio, "campaigns.fetch") == before + 1


def test_events_about_one_thing_are_one_reading(
    account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    poll_account(account.pk)
    age(timedelta(hours=1))
    stream_of(account)
    twilio.approve(registered.service_sid)
    told: dict[str, Any] = {"messagingservicesid": registered.service_sid}
    hear(account, *(cloud_event("campaign-registration.campaign-approved", **told) for _ in range(3)))
    assert tick_twice(tasks.fan_out_waiting_events) == 2
    assert reads(twilio, "campaigns.fetch") == 1
    assert not Event.objects.filter(outcome=Event.Outcome.WAITING).exists()


# --- sending ---


def test_an_attempt_is_sent_once(
    rejected: Review, repaired: Draft, stands: dict[str, object], twilio: Sandbox, registered: Registration
) -> None:
    repair.submit(rejected.pk, repaired, make_user(Role.EDITOR), based_on=stands)
    Attempt.objects.update(given_at=timezone.now() - due.EXPIRES)  # its task might be lost, and stands in the queue
    assert tick_twice(tasks.fan_out_due_attempts) == 2, "one of two ticks, and the click itself"
    assert Attempt.objects.get().state == Attempt.State.ACCEPTED
    assert twilio.counters().received_by("campaigns.update", registered.service_sid) == 1


def test_an_attempt_in_doubt_is_settled_once(
    rejected: Review, repaired: Draft, stands: dict[str, object], twilio: Sandbox, registered: Registration
) -> None:
    repair.submit(rejected.pk, repaired, make_user(Role.EDITOR), based_on=stands)
    twilio.time_out_after(0.01, method="POST")
    for _ in range(3):
        tick_twice(tasks.fan_out_due_attempts)
    rejected.refresh_from_db()
    assert (Attempt.objects.get().state, rejected.attempts_used) == (Attempt.State.ACCEPTED, 1)
    assert twilio.counters().received_by("campaigns.update", registered.service_sid) == 1


def test_a_plan_deletes_once_and_creates_once(
    confirmed: Renewal, marta: User, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    tick_twice(tasks.fan_out_due_renewals)
    order(confirmed, marta)
    tick_twice(tasks.fan_out_due_renewals)
    confirmed.refresh_from_db()
    assert confirmed.state == Renewal.State.CREATED
    assert (deletions(twilio, wrong_use_case), creations(twilio, wrong_use_case)) == (1, 1)


# --- telling ---


def test_everybody_is_told_once() -> None:
    people = [make_user(Role.EDITOR, alerts_on=True) for _ in range(3)]
    account = make_account()
    for _ in range(10):
        pending = campaign_payload(campaign_status="IN_PROGRESS", errors=[])
        mirror(account, "campaign", pending)
        mirror(account, "campaign", {**pending, "campaign_status": "VERIFIED"})
    tick_twice(fan_out_announcements)
    tick_twice(fan_out_announcements)  # those whose mail a colleague of the first tick had locked
    assert Notice.objects.filter(tries=1).exclude(sent_at=None).count() == Notice.objects.count() == 30
    assert not StatusChange.objects.filter(announced_at=None).exists()
    lines = Counter((message.to[0], line) for message in mail.outbox for line in told_of(str(message.body)))
    assert len(lines) == len(people) * 10
    assert set(lines.values()) == {1}


def test_a_letter_is_mailed_once() -> None:
    ana = make_user(Role.EDITOR)
    final = campaign_payload(errors=[error(30885, description="High risk")])
    appeal = appeals.begin(mirror(make_account(), "campaign", final)[0].pk, ana)
    assert appeal
    Appeal.objects.filter(pk=appeal.pk).update(
        state=Appeal.State.QUEUED, to="appeals@twilio.example", sender=ana, sender_name="Ana Ruiz"
    )
    assert tick_twice(fan_out_appeals) == 2
    appeal.refresh_from_db()
    assert (appeal.state, len(mail.outbox)) == (Appeal.State.SENT, 1)


# --- keeping house ---


def test_texts_are_checked_and_old_rows_pruned_without_a_quarrel() -> None:
    account = make_account()
    mirror(account, "campaign", *(campaign_payload() for _ in range(30)))
    old = timezone.now() - timedelta(days=4000)
    PollRun.objects.bulk_create(PollRun(account=account, started_at=old) for _ in range(2500))
    tick_twice(tasks.fan_out_unchecked_texts)
    while risk.unchecked().exists():  # a lane that was walked already is left to whoever walks it
        tick_twice(tasks.fan_out_unchecked_texts)
    both(tasks.prune_old_rows)
    both(tasks.set_clocks_right)
    assert not PollRun.objects.exists()


def reads(twilio: Sandbox, route: str) -> int:
    return twilio.counters().calls.get(route, 0)


def told_of(body: str) -> list[str]:
    return re.findall(r"/items/\d+", body)
