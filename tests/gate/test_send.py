"""Carrying an attempt to Twilio, whatever Twilio or the network does: exactly one update, or none and it says so."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount, User
from campaigns import repair
from campaigns.draft import Draft
from reviews.attempts import LEASE
from reviews.models import Attempt, Review
from reviews.status import Status
from sandbox.handle import Registration, Sandbox
from sync import send
from sync.poll import poll_account
from tests.pace import pauses_are_over

pytestmark = pytest.mark.django_db(transaction=True)
State = Attempt.State


def submit(review: Review, draft: Draft, by: User, stands: dict[str, object]) -> Attempt:
    return repair.submit(review.pk, draft, by, based_on=stands)


@pytest.fixture
def attempt(rejected: Review, repaired: Draft, editor: User, stands: dict[str, object]) -> Attempt:
    return submit(rejected, repaired, editor, stands)


def carried(attempt: Attempt) -> Attempt:
    send.carry(attempt.pk)
    attempt.refresh_from_db()
    return attempt


def read_back_to_the_end(attempt: Attempt) -> Attempt:
    for _ in range(5):
        carried(attempt)
    return attempt


def test_an_accepted_update_is_counted_and_the_campaign_goes_back_into_review(
    attempt: Attempt, rejected: Review, twilio: Sandbox, registered: Registration
) -> None:
    assert carried(attempt).state == State.ACCEPTED
    rejected.refresh_from_db()
    assert (rejected.status, rejected.attempts_used, rejected.attempt_open) == (Status.IN_REVIEW, 1, False)
    assert twilio.counters().updates_of(registered.service_sid) == 1
    assert attempt.request_id.startswith("RQ")


def test_carrying_twice_sends_once(attempt: Attempt, twilio: Sandbox, registered: Registration) -> None:
    carried(attempt)
    carried(attempt)
    assert twilio.counters().updates_of(registered.service_sid) == 1


@pytest.mark.parametrize("others_looked", [False, True])
def test_whoever_was_frozen_after_the_claim_sends_nothing(
    others_looked: bool, attempt: Attempt, twilio: Sandbox, registered: Registration
) -> None:
    """Between its claim and its call the machine stands still for longer than the dead are given."""
    with time_machine.travel(timezone.now(), tick=True) as clock:

        def stand_still(execute: Any, sql: str, *given: Any) -> Any:
            if others_looked and "FOR UPDATE" in sql:  # once it was claimed: nothing is being sent before
                Attempt.objects.filter(state=State.SENDING).update(state=State.UNKNOWN, due_at=timezone.now())
            done = execute(sql, *given)
            if "tries" in sql and sql.startswith("UPDATE"):
                clock.shift(LEASE + timedelta(seconds=1))
            return done

        with connection.execute_wrapper(stand_still):
            send.carry(attempt.pk)
        attempt.refresh_from_db()
        assert attempt.state == (State.UNKNOWN if others_looked else State.QUEUED)
        assert twilio.counters().updates_of(registered.service_sid) == 0
        ended = read_back_to_the_end(attempt) if others_looked else carried(attempt)
    assert ended.state == (State.NOT_APPLIED if others_looked else State.ACCEPTED)
    assert twilio.counters().updates_of(registered.service_sid) == (0 if others_looked else 1)


def test_all_seven_fields_go_in_the_update(attempt: Attempt, twilio: Sandbox, repaired: Draft) -> None:
    assert len(repaired.params()) == 9
    assert carried(attempt).state == State.ACCEPTED


def test_a_refusal_spends_nothing_and_gives_twilios_words(
    attempt: Attempt, rejected: Review, twilio: Sandbox, registered: Registration
) -> None:
    twilio.set_status(registered.service_sid, "SUSPENDED")
    assert carried(attempt).state == State.REFUSED
    assert attempt.answer_code == 21729
    assert attempt.answer
    rejected.refresh_from_db()
    assert (rejected.attempts_used, rejected.attempt_open) == (0, False)


def test_a_429_waits_as_long_as_twilio_asks_and_goes_again(
    attempt: Attempt, twilio: Sandbox, registered: Registration
) -> None:
    twilio.throttle(retry_after=7, method="POST")
    before = timezone.now()
    assert carried(attempt).state == State.QUEUED
    assert attempt.due_at
    assert attempt.due_at >= before + timedelta(seconds=7)
    assert carried(attempt).state == State.QUEUED, "not before its time"
    Attempt.objects.update(due_at=timezone.now())
    pauses_are_over()
    assert carried(attempt).state == State.ACCEPTED
    assert twilio.counters().accepted_by("campaigns.update", registered.service_sid) == 1


@pytest.mark.parametrize("fault", ["server_error", "drop_before", "time_out_before"])
def test_an_update_that_never_arrived_may_be_sent_again_by_a_person(
    fault: str, attempt: Attempt, rejected: Review, twilio: Sandbox, registered: Registration,
    settings: Settings, repaired: Draft, editor: User, stands: dict[str, object],
) -> None:  # fmt: skip
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    getattr(twilio, fault)(method="POST")
    assert carried(attempt).state == State.UNKNOWN
    assert read_back_to_the_end(attempt).state == State.NOT_APPLIED
    rejected.refresh_from_db()
    assert (rejected.attempts_used, rejected.attempt_open) == (0, False)
    again = submit(rejected, repaired, editor, stands)
    assert carried(again).state == State.ACCEPTED
    assert twilio.counters().accepted_by("campaigns.update", registered.service_sid) == 1


@pytest.mark.parametrize("fault", ["drop_after", "time_out_after", "half_body", "wrong_json"])
def test_an_update_that_arrived_without_an_answer_is_found_and_never_repeated(
    fault: str, attempt: Attempt, rejected: Review, twilio: Sandbox, registered: Registration,
    settings: Settings,
) -> None:  # fmt: skip
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    getattr(twilio, fault)(method="POST")
    assert carried(attempt).state == State.UNKNOWN
    assert read_back_to_the_end(attempt).state == State.ACCEPTED
    rejected.refresh_from_db()
    assert (rejected.status, rejected.attempts_used) == (Status.IN_REVIEW, 1)
    assert twilio.counters().updates_of(registered.service_sid) == 1


def test_the_same_text_sent_again_without_an_answer_is_found_by_twilios_stamp(
    rejected: Review, editor: User, stands: dict[str, object], twilio: Sandbox, registered: Registration
) -> None:
    same = Draft.from_submission(stands)
    attempt = repair.submit(
        rejected.pk, same, editor, based_on=stands, note="The website was mended.", warnings_reason="As the note says."
    )
    twilio.advance(60)
    twilio.drop_after(method="POST")
    carried(attempt)
    twilio.reject(registered.service_sid, [30924])
    assert read_back_to_the_end(attempt).state == State.ACCEPTED


def test_a_read_back_that_fails_is_not_taken_for_an_answer(attempt: Attempt, twilio: Sandbox) -> None:
    twilio.drop_after(method="POST")
    carried(attempt)
    twilio.server_error(method="GET", calls=4)
    assert carried(attempt).state == State.UNKNOWN
    assert attempt.reads == 0


def test_a_dead_workers_attempt_is_read_back_and_not_sent_again(
    attempt: Attempt, twilio: Sandbox, registered: Registration
) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(state=State.SENDING, due_at=timezone.now())
    carried(attempt)
    assert read_back_to_the_end(attempt).state == State.NOT_APPLIED
    assert twilio.counters().updates_of(registered.service_sid) == 0


def test_an_attempt_that_somebody_is_sending_is_left_alone(attempt: Attempt) -> None:
    Attempt.objects.filter(pk=attempt.pk).update(state=State.SENDING, due_at=timezone.now() + timedelta(seconds=60))
    assert carried(attempt).state == State.SENDING


def test_a_poll_that_sees_the_update_first_settles_the_attempt_and_counts_once(
    attempt: Attempt, account: TwilioAccount, rejected: Review, twilio: Sandbox
) -> None:
    twilio.drop_after(method="POST")
    carried(attempt)
    poll_account(account.pk)
    attempt.refresh_from_db()
    rejected.refresh_from_db()
    assert attempt.state == State.ACCEPTED
    assert (rejected.attempts_used, rejected.attempts.count()) == (1, 1)


def test_nothing_is_sent_over_a_text_that_changed_at_twilio_meanwhile(
    attempt: Attempt, account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    twilio.edit_elsewhere(registered.service_sid, description="Larkspur Bike Repair, rewritten in the Console by us.")
    poll_account(account.pk)
    assert carried(attempt).state == State.WITHDRAWN
    assert twilio.counters().received_by("campaigns.update", registered.service_sid) == 0


def test_it_can_be_taken_back_before_it_is_sent_and_not_after(attempt: Attempt, rejected: Review) -> None:
    assert send.withdraw(attempt.pk)
    assert not send.withdraw(attempt.pk)
    assert carried(attempt).state == State.WITHDRAWN
    rejected.refresh_from_db()
    assert not rejected.attempt_open


def test_refused_credentials_are_said_and_nothing_is_spent(attempt: Attempt, account: TwilioAccount) -> None:
    TwilioAccount.objects.update(key_sid="SK" + "0" * 32)
    assert carried(attempt).state == State.REFUSED
    assert "credentials" in attempt.answer


def test_of_an_item_that_vanished_in_doubt_nobody_claims_to_know(
    attempt: Attempt, rejected: Review, twilio: Sandbox, registered: Registration
) -> None:
    twilio.drop_after(method="POST")
    carried(attempt)
    twilio.remove(registered.service_sid)
    assert carried(attempt).state == State.NOT_APPLIED
    rejected.refresh_from_db()
    assert rejected.gone_at
    assert "nobody can see" in attempt.answer


def test_an_unreachable_twilio_is_tried_again_later(attempt: Attempt, settings: Settings) -> None:
    settings.TWILIO_API_URL = "http://127.0.0.1:9"
    assert carried(attempt).state == State.QUEUED
    assert attempt.due_at
    assert attempt.due_at > timezone.now()
