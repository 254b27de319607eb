"""Who is read when: turns over accounts, readings that give way, and accounts that hold up nobody."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import pairwise
from threading import Event

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from campaigns import repair
from campaigns.draft import Draft
from reviews.kinds import kind_of
from reviews.models import Attempt, Review
from reviews.status import Status
from sandbox.handle import Account, Registration, Sandbox
from sync import due, limits, send, tasks
from sync.due import claim_due_accounts, claim_due_reviews
from sync.failures import LONGEST_RETRY, RETRY_AFTER
from sync.models import PollRun
from sync.poll import poll_account, poll_in_turn
from sync.singles import check_reviews_quietly
from sync.tasks import fan_out_due_attempts, fan_out_due_reviews
from tests.factories import make_account, make_user
from tests.polling.conftest import make_due
from twilio_api.limiter import Call

pytestmark = pytest.mark.django_db


def connected(twilio: Sandbox, name: str) -> TwilioAccount:
    """A main account of its own at Twilio, connected here."""
    there = twilio.create_account(name)
    account = make_account(sid=there.sid, name=name)
    account.seal(type(account.credentials())(there.sid, there.auth_token))
    account.save()
    return account


# --- turns -----------------------------------------------------------------------------------------------------------


def test_items_are_given_out_in_turns_over_accounts() -> None:
    noisy, quiet = make_account(), make_account()
    make_due(noisy, 30)
    make_due(quiet, 2)
    Review.objects.filter(account=quiet).update(next_check_at=timezone.now())
    claimed = claim_due_reviews(timezone.now(), most=8)
    assert {pk: len(ids) for pk, ids in claimed.items()} == {noisy.pk: 6, quiet.pk: 2}


def test_no_account_gets_more_than_its_share_of_a_tick() -> None:
    noisy = make_account()
    make_due(noisy, 12)
    assert [len(ids) for ids in claim_due_reviews(timezone.now(), each=5).values()] == [5]
    assert [len(ids) for ids in claim_due_reviews(timezone.now(), each=5).values()] == [5]
    assert [len(ids) for ids in claim_due_reviews(timezone.now(), each=5).values()] == [2]


def test_accounts_are_given_out_in_turns_over_main_accounts() -> None:
    large, small = make_account(name="Large"), make_account(name="Small")
    for _ in range(6):
        make_account(parent=large)
    TwilioAccount.objects.filter(pk=small.pk).update(next_poll_at=timezone.now())
    assert small.pk in claim_due_accounts(timezone.now(), most=2)


def test_no_more_is_given_out_than_workers_soon_take() -> None:
    limits.connection().rpush(due.QUEUE, *range(due.MOST_WAITING - 1))
    assert due.room() == 1
    limits.connection().rpush(due.QUEUE, *range(5))
    assert due.room() == 0
    make_account()
    assert claim_due_accounts(timezone.now(), due.room()) == []


def test_items_fill_the_queue_no_further_than_workers_soon_take_however_long_those_are_away() -> None:
    for _ in range(6):
        make_due(make_account(), 1)
    limits.connection().rpush(due.QUEUE, *["waits"] * (due.MOST_WITH_ITEMS - 4))
    fan_out_due_reviews()
    assert limits.connection().llen(due.QUEUE) == due.MOST_WITH_ITEMS
    Review.objects.update(next_check_at=timezone.now() - timedelta(minutes=1))
    fan_out_due_reviews()
    assert limits.connection().llen(due.QUEUE) == due.MOST_WITH_ITEMS
    assert not Review.objects.filter(next_check_at__gt=timezone.now()).exists(), "what is not given out stays due"


def test_while_no_worker_runs_the_sweeps_leave_only_so_much_behind() -> None:
    review = make_due(make_account(), 1)[0]
    attempt = Attempt.objects.create(review=review, number=1, due_at=timezone.now())
    limits.connection().rpush(due.QUEUE, *["waits"] * (due.MOST_OF_ALL - 1))
    for _ in range(3):
        fan_out_due_attempts()
    assert limits.connection().llen(due.QUEUE) == due.MOST_OF_ALL
    assert due.due_attempts(timezone.now()).get() == attempt


def test_an_attempt_whose_task_waits_is_not_given_out_again() -> None:
    now = timezone.now()
    attempt = Attempt.objects.create(review=make_due(make_account(), 1)[0], number=1, due_at=now)
    assert due.claim_due_attempts(now) == [attempt.pk]
    assert due.claim_due_attempts(now + timedelta(seconds=3)) == []
    assert due.claim_due_attempts(now + due.EXPIRES) == [attempt.pk], "by now the first task is worth nothing"


def test_an_attempt_that_is_due_anew_is_given_out_at_once() -> None:
    now = timezone.now()
    attempt = Attempt.objects.create(review=make_due(make_account(), 1)[0], number=1, due_at=now)
    assert due.claim_due_attempts(now) == [attempt.pk]
    Attempt.objects.update(due_at=now + timedelta(seconds=2))
    assert due.claim_due_attempts(now + timedelta(seconds=1)) == []
    assert due.claim_due_attempts(now + timedelta(seconds=2)) == [attempt.pk]


def test_accounts_to_be_read_as_a_whole_leave_room_for_items() -> None:
    make_due(make_account(), 1)
    limits.connection().rpush(due.QUEUE, *["waits"] * due.MOST_WAITING)
    fan_out_due_reviews()
    assert limits.connection().llen(due.QUEUE) == due.MOST_WAITING + 1


def test_more_is_given_out_while_the_queue_runs_low_and_by_one_of_all_who_ask() -> None:
    redis = limits.connection()
    redis.rpush(due.QUEUE, *["waits"] * due.LOW)
    assert not due.runs_low("accounts")
    redis.lpop(due.QUEUE)
    assert [due.runs_low("accounts") for _ in range(3)] == [True, False, False]
    assert due.runs_low("streams")
    assert 0 < redis.pttl(f"{due.FILLING}:accounts") <= due.FILLING_MS


def test_whoever_has_read_an_account_or_tended_its_stream_has_more_given_out() -> None:
    for task in (tasks.read_account, tasks.tend_stream):
        limits.connection().flushdb()
        task(make_account(disconnected_at=timezone.now()).pk)
        assert limits.connection().llen("default") == 1


@pytest.mark.django_db(transaction=True)
def test_two_ticks_at_once_take_nothing_twice_and_wait_for_nobody() -> None:
    account = make_account()
    make_due(account, 4)
    taken, done = Event(), Event()

    def hold() -> list[int]:
        with transaction.atomic():
            claimed = claim_due_reviews(timezone.now(), each=2)
            taken.set()
            assert done.wait(20)
        connection.close()
        return claimed[account.pk]

    with ThreadPoolExecutor(1) as other:
        first = other.submit(hold)
        assert taken.wait(20)
        second = claim_due_reviews(timezone.now())
        done.set()
        ids = [*first.result(), *second[account.pk]]
    assert len(ids) == len(set(ids)) == 4


def test_an_account_that_was_given_out_twice_is_read_once(account: TwilioAccount, twilio: Sandbox) -> None:
    claim_due_accounts(timezone.now())
    assert poll_in_turn(account.pk)
    assert poll_in_turn(account.pk) is None
    assert poll_account(account.pk), "who asks for it gets it"


# --- giving way ------------------------------------------------------------------------------------------------------


def test_a_reading_that_finds_no_place_gives_way_and_goes_on_where_it_stopped(
    account: TwilioAccount, twilio: Sandbox, slow_limits: Settings
) -> None:
    for number in range(6):
        twilio.register(account.sid, name=f"Larkspur {number}")
    twilio.throttle(path="Usa2p", retry_after=2)
    began = timezone.now()
    run = poll_account(account.pk)
    account.refresh_from_db()
    assert run
    assert (run.finished_at, run.error, account.failing_since) == (None, "", None)
    assert began < account.next_poll_at <= timezone.now() + timedelta(seconds=6)
    assert Review.objects.filter(kind="brand").count() == 6
    limits.connection().flushdb()  # the two seconds are over
    again = poll_account(account.pk)
    assert again
    assert again.pk == run.pk
    assert again.finished_at
    lists = [call.path for call in twilio.calls() if call.status == 200]
    assert len(lists) == len(set(lists)), "nothing is read twice"
    assert again.calls == len([call for call in twilio.calls() if call.method == "GET"])


def test_a_large_account_lets_others_go_first_after_its_turn(account: TwilioAccount, twilio: Sandbox) -> None:
    for number in range(3):
        twilio.register(account.sid, name=f"Larkspur {number}")
    turns = 0
    while True:
        run = poll_account(account.pk, turn=timedelta(0))
        assert run
        turns += 1
        if run.finished_at:
            break
        account.refresh_from_db()
        assert account.next_poll_at <= timezone.now()
        assert account.lease_until is None
    assert turns > 3
    assert Review.objects.count() == 6
    assert PollRun.objects.count() == 1
    account.refresh_from_db()
    assert account.last_read_at == run.started_at


# --- neighbours ------------------------------------------------------------------------------------------------------


def test_a_noisy_account_does_not_hold_up_another(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, settings: Settings
) -> None:
    """Its tasks find its places taken and end at once; the neighbour is read while they are."""
    settings.TWILIO_READS_AT_ONCE = 2
    poll_account(account.pk)
    ids = list(Review.objects.values_list("pk", flat=True))
    quiet = connected(twilio, "Quiet")
    twilio.register(quiet.sid, name="Pelican Pizza")
    with limits.task_of(account.sid), limits.task_of(account.sid):
        twilio.clear_journal()
        for _ in range(20):
            check_reviews_quietly(account.pk, ids)
        assert twilio.calls() == []
        run = poll_account(quiet.pk)
    assert run
    assert (run.error, run.seen) == ("", 2)
    assert {call.account for call in twilio.calls()} == {quiet.sid}


def test_dead_credentials_cost_one_call_ever_more_seldom_and_hold_up_nobody(
    account: TwilioAccount, twilio: Sandbox, at_twilio: Account
) -> None:
    dead = make_account(parent=account, sid=twilio.create_subaccount(at_twilio.sid).sid)
    pauses = []
    for _ in range(8):
        twilio.clear_journal()
        before = timezone.now()
        run = poll_account(dead.pk)
        dead.refresh_from_db()
        assert run
        assert "refused" in run.error
        assert [call.status for call in twilio.calls()] == [401]
        pauses.append(round((dead.next_poll_at - before) / RETRY_AFTER))
    assert pauses == [1, 2, 4, 8, 16, 32, 48, 48]
    assert LONGEST_RETRY / RETRY_AFTER == 48
    poll_account(account.pk)
    account.refresh_from_db()
    assert account.failing_since is None


# --- writes ----------------------------------------------------------------------------------------------------------


def test_registrations_of_one_account_go_out_a_second_apart(
    account: TwilioAccount, twilio: Sandbox, slow_limits: Settings
) -> None:
    for number in range(3):
        service = twilio.register(account.sid, name=f"Larkspur {number}").service_sid
        twilio.reject(service, [30924])
    poll_account(account.pk)
    limits.connection().flushdb()
    attempts = [submitted(review) for review in Review.objects.with_names().filter(kind="campaign")]
    for attempt in attempts:
        send.carry(attempt.pk)
    assert list(Attempt.objects.values_list("state", flat=True)) == [Attempt.State.ACCEPTED] * 3
    at = [call.at for call in twilio.calls() if call.method == "POST"]
    assert len(at) == 3
    assert min(later - earlier for earlier, later in pairwise(at)) > 0.9


def test_an_update_that_finds_no_place_is_queued_again_and_nothing_is_spent(
    account: TwilioAccount, registered: Registration, twilio: Sandbox, slow_limits: Settings
) -> None:
    poll_account(account.pk)
    attempt = submitted(Review.objects.with_names().get(kind="campaign"))
    limits.Shared().before(account.sid, Call.READ).after(429, 60)
    send.carry(attempt.pk)
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.QUEUED
    assert attempt.due_at
    assert attempt.due_at > timezone.now() + timedelta(seconds=50)
    assert not [call for call in twilio.calls() if call.method == "POST"]
    assert Review.objects.get(kind="campaign").status == Status.NEEDS_FIX


def submitted(review: Review) -> Attempt:
    kind = kind_of("campaign")
    stands = dict(kind.read(kind.payload(review)).submission)
    flow = f"{stands['message_flow']} Message frequency varies. Message and data rates may apply."
    draft = Draft.from_submission({**stands, "message_flow": flow})
    return repair.submit(
        review.pk, draft, make_user(), based_on=stands, warnings_reason="A test of the pace, not of the text."
    )
