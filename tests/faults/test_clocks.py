"""The machine's clock jumps an hour or a day ahead, work is done by it, and it is set right. Nothing is sent twice, and
nothing waits for the day that was written down. Twilio and the database keep the true time."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Thread

import pytest
import time_machine
from django.db import connections
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount, User
from brands import dossier
from brands.models import Brand
from campaigns import repair
from campaigns.draft import Draft
from reviews import attempts
from reviews.kinds import kind_of
from reviews.models import Appeal, Attempt, Renewal, Review, StatusChange
from reviews.schedule import next_check, next_reading
from reviews.status import Status
from sandbox.handle import Registration, Sandbox
from sync import due, events, limits, send, streams
from sync.clocks import set_right
from sync.models import Event, EventStream, PollRun
from sync.poll import poll_account
from sync.whole import LEASE
from tests.events.conftest import cloud_event, stream_of
from tests.events.test_work import hear
from tests.gate.conftest import editor as editor
from tests.gate.conftest import rejected as rejected
from tests.gate.conftest import repaired as repaired
from tests.gate.conftest import stands as stands
from tests.pace import pauses_are_over
from tests.renewal.conftest import ana as ana
from tests.renewal.conftest import carried as plan_carried
from tests.renewal.conftest import confirmed as confirmed
from tests.renewal.conftest import creations, order
from tests.renewal.conftest import marta as marta
from tests.renewal.conftest import planned as planned
from tests.renewal.conftest import review as review
from tests.renewal.conftest import wrong_use_case as wrong_use_case
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
State = Attempt.State
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
by_jump = pytest.mark.parametrize("jump", [HOUR, DAY], ids=["hour", "day"])


@contextmanager
def clock_off_by(jump: timedelta) -> Iterator[None]:
    """Inside the block this process's clock is wrong, and goes on."""
    with time_machine.travel(datetime.now().astimezone() + jump, tick=True):
        yield


@pytest.fixture
def submitted(rejected: Review, repaired: Draft, editor: User, stands: dict[str, object]) -> Attempt:
    return repair.submit(rejected.pk, repaired, editor, based_on=stands)


def updates(twilio: Sandbox, registered: Registration) -> int:
    return twilio.counters().accepted_by("campaigns.update", registered.service_sid)


def carried(attempt: Attempt) -> State:
    """One turn of a worker, if it is due, after the pause that Twilio may have asked for."""
    pauses_are_over()
    send.carry(attempt.pk)
    attempt.refresh_from_db()
    return State(attempt.state)


def campaign() -> Review:
    return Review.objects.with_names().get(kind="campaign")


# --- what was read by the wrong clock ---


@by_jump
def test_what_was_read_ahead_of_time_holds_back_no_later_answer(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, jump: timedelta
) -> None:
    with clock_off_by(jump):
        poll_account(account.pk)
    twilio.approve(registered.service_sid)
    poll_account(account.pk)
    assert campaign().status == Status.APPROVED
    assert campaign().as_of <= timezone.now()


@by_jump
def test_what_was_read_ahead_of_time_is_due_at_once_when_the_clock_is_right(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, jump: timedelta
) -> None:
    with clock_off_by(jump):
        poll_account(account.pk)
    assert not due.claim_due_reviews(timezone.now())
    set_right(timezone.now())
    now = timezone.now()
    assert due.claim_due_accounts(now) == [account.pk]
    assert sum(map(len, due.claim_due_reviews(now).values())) == Review.objects.count()
    assert not Review.objects.filter(as_of__gt=now).exists()
    assert not StatusChange.objects.filter(at__gt=now).exists()
    assert not PollRun.objects.filter(started_at__gt=now).exists()


@by_jump
def test_an_event_about_what_was_read_ahead_of_time_is_read_not_taken_for_known(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, jump: timedelta
) -> None:
    with clock_off_by(jump):
        poll_account(account.pk)
    stream_of(account)
    twilio.approve(registered.service_sid)
    hear(account, cloud_event("campaign-registration.campaign-approved", messagingservicesid=registered.service_sid))
    events.work(account.pk)
    assert Event.objects.get().outcome == Event.Outcome.READ
    assert campaign().status == Status.APPROVED


@by_jump
def test_papers_that_were_read_ahead_of_time_hold_back_no_later_ones(
    account: TwilioAccount, registered: Registration, jump: timedelta
) -> None:
    poll_account(account.pk)
    brand = Brand.objects.get()
    with clock_off_by(jump):
        dossier.read(brand.pk)
    set_right(timezone.now())
    assert dossier.claim_due(timezone.now(), 10) == [brand.pk]
    dossier.read(brand.pk)
    brand.refresh_from_db()
    assert brand.dossier_read_at
    assert brand.dossier_read_at <= timezone.now()
    assert brand.dossier_due_at is None


# --- leases of workers that died by the wrong clock ---


@by_jump
def test_a_reader_that_died_ahead_of_time_holds_no_account(
    account: TwilioAccount, registered: Registration, jump: timedelta
) -> None:
    TwilioAccount.objects.update(lease_until=timezone.now() + jump + LEASE, next_poll_at=timezone.now() + jump + LEASE)
    assert poll_account(account.pk) is None
    set_right(timezone.now())
    assert due.claim_due_accounts(timezone.now()) == [account.pk]
    run = poll_account(account.pk)
    assert run
    assert run.stage == "done"


@by_jump
def test_a_worker_that_died_ahead_of_time_holds_no_events_and_no_stream(
    account: TwilioAccount, registered: Registration, jump: timedelta
) -> None:
    ahead = timezone.now() + jump
    stream_of(account)
    hear(account, cloud_event("campaign-registration.campaign-failure", messagingservicesid=registered.service_sid))
    EventStream.objects.update(
        worked_until=ahead + events.LEASE, lease_until=ahead + streams.LEASE, last_event_at=ahead,
        due_at=ahead + streams.ALL_WELL, state=EventStream.State.LEAVING,
    )  # fmt: skip
    Event.objects.update(received_at=ahead)
    assert not events.accounts_waiting(timezone.now())
    set_right(timezone.now())
    now = timezone.now()
    assert events.accounts_waiting(now) == streams.claim_due(now) == [account.pk]
    assert not EventStream.objects.filter(last_event_at__gt=now).exists(), "silence would pass for a day of events"
    assert not Event.objects.filter(received_at__gt=now).exists()


@by_jump
def test_a_letter_that_a_worker_took_ahead_of_time_is_doubted_in_its_time(rejected: Review, jump: timedelta) -> None:
    appeal = Appeal.objects.create(
        review=rejected, state=Appeal.State.SENDING, claimed_at=timezone.now() + jump, subject="S", text="T"
    )
    set_right(timezone.now())
    appeal.refresh_from_db()
    assert appeal.claimed_at
    assert appeal.claimed_at <= timezone.now()


# --- attempts ---


@by_jump
def test_an_attempt_that_waits_ahead_of_time_is_sent_once_when_the_clock_is_right(
    submitted: Attempt, twilio: Sandbox, registered: Registration, jump: timedelta
) -> None:
    twilio.throttle(method="POST")
    with clock_off_by(jump):
        assert carried(submitted) == State.QUEUED
    set_right(timezone.now())
    assert carried(submitted) == State.ACCEPTED
    assert (carried(submitted), updates(twilio, registered)) == (State.ACCEPTED, 1)


@by_jump
def test_an_attempt_that_was_given_out_ahead_of_time_is_given_out_again(submitted: Attempt, jump: timedelta) -> None:
    with clock_off_by(jump):
        assert due.claim_due_attempts(timezone.now()) == [submitted.pk]
    set_right(timezone.now())
    assert due.claim_due_attempts(timezone.now() + due.EXPIRES * 1.1) == [submitted.pk]


@by_jump
def test_a_worker_that_died_while_sending_ahead_of_time_is_found_dead_after_its_lease(
    submitted: Attempt, twilio: Sandbox, registered: Registration, jump: timedelta
) -> None:
    with clock_off_by(jump):
        assert attempts.claim(submitted.pk, timezone.now())
    set_right(timezone.now())
    assert carried(submitted) == State.SENDING, "it may be alive: it gets its time"
    with clock_off_by(attempts.LEASE * 1.1):
        assert [carried(submitted) for _ in range(4)][-1] == State.NOT_APPLIED
    assert updates(twilio, registered) == 0


@by_jump
@pytest.mark.parametrize("arrives", [True, False])
def test_a_doubt_that_arose_ahead_of_time_ends_when_the_clock_is_right(
    submitted: Attempt, twilio: Sandbox, registered: Registration, jump: timedelta, arrives: bool
) -> None:
    (twilio.time_out_after if arrives else twilio.time_out_before)(0.01, method="POST")
    with clock_off_by(jump):
        assert carried(submitted) == State.UNKNOWN
    set_right(timezone.now())
    states = [carried(submitted) for _ in range(3)]
    assert states[-1] == (State.ACCEPTED if arrives else State.NOT_APPLIED)
    assert updates(twilio, registered) == arrives


@by_jump
def test_a_jump_while_one_is_being_sent_sends_it_no_second_time(
    submitted: Attempt, twilio: Sandbox, registered: Registration, jump: timedelta
) -> None:
    twilio.slow(1.0, method="POST")
    worker = Thread(target=_alone, args=(lambda: send.carry(submitted.pk),))
    worker.start()
    until(lambda: updates(twilio, registered) == 1)
    with clock_off_by(jump):
        assert carried(submitted) == State.UNKNOWN, "its lease seems over"
        assert carried(submitted) == State.ACCEPTED
        worker.join()
    set_right(timezone.now())
    assert (carried(submitted), campaign().attempts_used, updates(twilio, registered)) == (State.ACCEPTED, 1, 1)


@by_jump
def test_a_clock_that_fell_behind_sends_nothing_twice_and_goes_on_when_it_is_right(
    submitted: Attempt, twilio: Sandbox, registered: Registration, jump: timedelta
) -> None:
    twilio.time_out_after(0.01, method="POST")
    assert carried(submitted) == State.UNKNOWN
    with clock_off_by(-jump):
        assert {carried(submitted) for _ in range(3)} == {State.UNKNOWN}
    assert carried(submitted) == State.ACCEPTED
    assert updates(twilio, registered) == 1


@by_jump
def test_a_rejection_after_a_submission_ahead_of_time_is_no_echo(
    submitted: Attempt, account: TwilioAccount, twilio: Sandbox, registered: Registration, jump: timedelta
) -> None:
    with clock_off_by(jump):
        carried(submitted)
    set_right(timezone.now())
    twilio.reject(registered.service_sid, [30886])
    poll_account(account.pk)
    fallen = campaign()
    assert (fallen.is_rejected, fallen.attempts_used) == (True, 1)
    assert kind_of("campaign").verdict(fallen, timezone.now()).allowed, "it is not the old verdict once more"


# --- plans ---


@by_jump
def test_a_plan_that_went_on_ahead_of_time_creates_once(
    confirmed: Renewal, marta: User, twilio: Sandbox, wrong_use_case: Registration, jump: timedelta
) -> None:
    with clock_off_by(jump):
        assert plan_carried(confirmed).state == Renewal.State.DELETED
    set_right(timezone.now())
    confirmed.refresh_from_db()
    assert confirmed.deleted_at
    assert confirmed.deleted_at <= timezone.now(), "a brand approved since would count as approved before"
    with clock_off_by(jump):
        order(confirmed, marta)
        twilio.time_out_after(0.01, method="POST")
        assert plan_carried(confirmed).state == Renewal.State.CREATING
    Renewal.objects.update(due_at=timezone.now() + jump + attempts.LEASE)  # as its worker had left it
    set_right(timezone.now())
    confirmed.refresh_from_db()
    assert confirmed.due_at
    assert confirmed.due_at <= timezone.now()
    assert plan_carried(confirmed).state == Renewal.State.CREATED
    assert creations(twilio, wrong_use_case) == 1


# --- what keeps its own time, and what has none ---


def test_twilios_pause_is_counted_by_redis_whatever_our_clock_says(
    account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    twilio.throttle(retry_after=60)
    with clock_off_by(DAY):
        poll_account(account.pk)
        paused = (limits.standings([account.sid]) or [])[0].paused
    assert 50 < paused <= 60
    assert 50 < (limits.standings([account.sid]) or [])[0].paused <= 60
    pauses_are_over()


@pytest.mark.parametrize("jump", [HOUR, DAY, -HOUR, -DAY])
@pytest.mark.parametrize("status", Status)
def test_a_moment_in_the_schedule_is_never_further_away_than_its_pause(status: Status, jump: timedelta) -> None:
    now = timezone.now()
    assert now < next_check(status, now + jump, now) <= now + timedelta(hours=42)
    assert now < next_reading("AC1", now + jump) <= now + jump + timedelta(hours=32) or jump < HOUR


def test_where_all_clocks_go_right_nothing_is_touched(
    submitted: Attempt, account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    stream_of(account)
    assert not any(set_right(timezone.now()).values())
    carried(submitted)
    poll_account(account.pk)
    dossier.read(Brand.objects.get().pk)
    assert not any(set_right(timezone.now()).values())


def test_pauses_that_somebody_made_longer_than_those_with_events_are_no_mistake_of_a_clock(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, settings: Settings
) -> None:
    settings.CHECK_EVERY_SECONDS = {"in_review": 86400, "needs_fix": 604800, "settled": 2592000}
    poll_account(account.pk)
    now = timezone.now()
    Review.objects.filter(kind="brand").update(status=Status.IN_REVIEW, next_check_at=now + 0.9 * DAY)
    TwilioAccount.objects.update(next_poll_at=now + 30 * DAY)
    assert not any(set_right(now).values())


@by_jump
def test_a_clock_that_fell_behind_the_databases_takes_nothing_for_ahead(rejected: Review, jump: timedelta) -> None:
    with clock_off_by(-jump):
        assert not any(set_right(timezone.now()).values())
    assert campaign().as_of == rejected.as_of


def _alone(work: Callable[[], object]) -> None:
    try:
        work()
    finally:
        connections.close_all()
