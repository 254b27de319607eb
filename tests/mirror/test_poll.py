"""Reading accounts: everything in them, what is new, what is gone, and what stands in the way."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Customer, TwilioAccount
from config.celery import app
from reviews.kinds import kind_of, kinds
from reviews.models import Review
from reviews.status import Status
from sandbox.handle import Account, Registration, Sandbox
from sync.due import claim_due_accounts, claim_due_reviews
from sync.models import Event, PollRun, UnreadablePayload
from sync.poll import poll_account
from sync.singles import check_reviews
from sync.whole import LEASE
from tests.factories import brand_payload, mirror

pytestmark = pytest.mark.django_db


def read(account: TwilioAccount) -> PollRun:
    run = poll_account(account.pk)
    assert run
    account.refresh_from_db()
    return run


def test_one_pass_mirrors_every_kind_and_says_what_it_did(
    account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    twilio.register_number(account.sid)
    run = read(account)
    assert set(Review.objects.values_list("kind", flat=True)) == set(kinds())
    assert (run.seen, run.changed, run.failed, run.error) == (3, 3, 0, "")
    assert run.finished_at
    assert run.calls == len([call for call in twilio.calls() if call.method == "GET"])
    assert account.last_read_at == run.started_at


def test_names_come_from_where_people_know_them(account: TwilioAccount, registered: Registration) -> None:
    read(account)
    titles = dict(Review.objects.values_list("kind", "title"))
    assert titles == {"brand": "Larkspur Bike Repair", "campaign": "Larkspur Bike Repair marketing"}


def test_a_service_or_profile_shown_twice_or_with_odd_characters_stops_nothing(
    account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    odd = {"friendly_name": "Lark\x00spur"}
    for sid, twin in (
        (registered.service_sid, twilio.create_service(account.sid)),
        (registered.profile_sid, twilio.create_profile(account.sid)),
    ):
        twilio.override(sid, odd)
        twilio.override(twin, {**odd, "sid": sid})
    run = read(account)
    assert (run.error, run.failed) == ("", 0)
    assert Review.objects.get(kind="campaign").title == "Lark\ufffdspur"


def test_subaccounts_are_discovered_with_a_customer_each_and_kept_up(
    account: TwilioAccount, at_twilio: Account, twilio: Sandbox
) -> None:
    sub = twilio.create_subaccount(at_twilio.sid, "Harbor Dental Tacoma")
    read(account)
    found = TwilioAccount.objects.get(sid=sub.sid)
    assert (found.parent, found.customer.name) == (account, "Harbor Dental Tacoma")
    assert found.credentials().secret == sub.auth_token
    assert sub.auth_token not in found.sealed_secret
    twilio.suspend(sub.sid, status="closed")
    read(account)
    found.refresh_from_db()
    assert found.status == "closed"
    assert found not in TwilioAccount.objects.mirrored()
    assert Customer.objects.filter(name="Harbor Dental Tacoma").count() == 1


def test_a_subaccount_that_was_closed_before_we_came_is_left_out(
    account: TwilioAccount, at_twilio: Account, twilio: Sandbox
) -> None:
    sub = twilio.create_subaccount(at_twilio.sid, "Harbor Dental Tacoma")
    twilio.suspend(sub.sid, status="closed")
    read(account)
    assert not TwilioAccount.objects.filter(sid=sub.sid).exists()


def test_the_fan_outs_wait_behind_no_call_to_twilio() -> None:
    queues = {name: app.amqp.router.route({}, f"sync.tasks.{name}")["queue"].name for name in ROUTED}
    assert queues == ROUTED


ROUTED = {
    "fan_out_due_accounts": "default",
    "fan_out_due_reviews": "default",
    "fan_out_due_attempts": "default",
    "fan_out_unchecked_texts": "default",
    "check_texts": "default",
    "read_account": "twilio",
    "read_reviews": "twilio",
    "carry_attempt": "twilio",
    "fan_out_waiting_events": "default",
    "fan_out_due_streams": "default",
    "work_on_events": "twilio",
    "tend_stream": "twilio",
    "prune_old_rows": "default",
}


def test_a_subaccounts_items_are_read_with_its_own_token(
    account: TwilioAccount, at_twilio: Account, twilio: Sandbox
) -> None:
    sub = twilio.create_subaccount(at_twilio.sid, "Harbor Dental Tacoma")
    twilio.register(sub.sid, name="Harbor Dental Tacoma")
    read(account)
    assert not Review.objects.exists()
    read(TwilioAccount.objects.get(sid=sub.sid))
    assert Review.objects.filter(customer__name="Harbor Dental Tacoma").count() == 2


def test_what_vanished_is_marked_gone_and_its_text_stays(
    account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    read(account)
    twilio.remove(registered.service_sid)
    read(account)
    review = Review.objects.get(kind="campaign")
    assert review.gone_at
    assert kind_of("campaign").payload(review)["message_flow"]
    assert not kind_of("campaign").verdict(review, timezone.now()).allowed


def test_what_comes_back_is_no_longer_gone(account: TwilioAccount, registered: Registration) -> None:
    read(account)
    Review.objects.update(gone_at=timezone.now())
    read(account)
    assert not Review.objects.exclude(gone_at=None).exists()


def test_one_unreadable_item_does_not_stop_the_others(
    account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    other = twilio.register(account.sid, name="Pelican Pizza")
    read(account)
    twilio.override(other.service_sid, {"campaign_status": "VERIFIED"}, missing=["sid"])
    twilio.approve(registered.service_sid)
    run = read(account)
    assert run.failed == 1
    assert UnreadablePayload.objects.get().kind == "campaign"
    assert Review.objects.get(remote_key__startswith=registered.service_sid).status == Status.APPROVED
    assert not Review.objects.exclude(gone_at=None).exists(), "unread is not gone"
    twilio.override(other.service_sid)
    read(account)
    assert not UnreadablePayload.objects.exists()


def test_what_was_listed_some_turns_ago_and_cannot_be_read_is_not_asked_for_by_itself(
    account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    read(account)
    twilio.override(registered.service_sid, {"us_app_to_person_usecase": "X" * 61})
    twilio.clear_journal()
    turns = (poll_account(account.pk, turn=timedelta(0)) for _ in range(30))
    assert any(run and run.finished_at for run in turns)
    assert UnreadablePayload.objects.exists()
    assert [call for call in twilio.calls() if call.route == "campaigns.fetch"] == []


def test_what_an_event_brings_up_while_a_reading_ends_is_not_put_off_to_the_next_day(
    account: TwilioAccount, registered: Registration
) -> None:
    heard = list[Event]()

    def hear(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        """As another worker does it, just before this one writes down that the account was read."""
        if '"last_read_at" = ' in sql and not heard:
            heard.append(
                Event.objects.create(
                    account=account, digest="", body={}, occurred_at=timezone.now(), outcome=Event.Outcome.DISCOVERY
                )
            )
            TwilioAccount.objects.filter(pk=account.pk).update(next_poll_at=timezone.now())
        return execute(sql, params, many, context)

    with connection.execute_wrapper(hear):
        read(account)
    assert heard
    assert account.next_poll_at <= timezone.now()


def test_items_that_nobody_can_read_hold_up_no_later_stage_over_any_number_of_turns(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, settings: Settings
) -> None:
    settings.TWILIO_READ_AGAIN_SECONDS = []
    number = twilio.register_number(account.sid)
    strangers = mirror(account, "brand", *[brand_payload() for _ in range(3)], as_of=timezone.now() - timedelta(days=1))
    for stranger in strangers:
        twilio.server_error(path=stranger.sid, calls=100)
    turns = (poll_account(account.pk, turn=timedelta(0)) for _ in range(30))
    assert any(run and run.finished_at for run in turns)
    twilio.clear_faults()
    assert Review.objects.filter(sid=number).exists()
    assert Review.objects.present().filter(pk__in=[stranger.pk for stranger in strangers]).count() == 3


def test_refused_credentials_mark_the_account_and_say_what_to_do(account: TwilioAccount) -> None:
    TwilioAccount.objects.filter(pk=account.pk).update(key_sid="SK" + "0" * 32)
    run = read(account)
    assert "Connect the account again" in run.error
    assert account.failing_since
    assert account.last_error == run.error
    assert account.last_read_at is None
    assert account.next_poll_at > timezone.now()


def test_an_account_that_answers_again_is_no_longer_failing(account: TwilioAccount) -> None:
    TwilioAccount.objects.update(failing_since=timezone.now(), last_error="It failed.")
    read(account)
    assert (account.failing_since, account.last_error) == (None, "")


def test_a_secret_whose_key_is_gone_is_said_so(account: TwilioAccount) -> None:
    TwilioAccount.objects.update(sealed_secret="nonsense")
    assert "REDRESS_SECRET_KEYS" in read(account).error


def test_an_account_is_read_by_one_worker_at_a_time(account: TwilioAccount) -> None:
    TwilioAccount.objects.update(lease_until=timezone.now() + timedelta(minutes=1))
    assert poll_account(account.pk) is None
    TwilioAccount.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert poll_account(account.pk)


def test_due_accounts_are_given_out_once(account: TwilioAccount) -> None:
    now = timezone.now()
    assert claim_due_accounts(now) == [account.pk]
    assert claim_due_accounts(now) == []
    assert claim_due_accounts(now + LEASE + timedelta(seconds=1)) == [account.pk]


def test_a_disconnected_account_is_never_due(account: TwilioAccount) -> None:
    TwilioAccount.objects.update(disconnected_at=timezone.now())
    assert claim_due_accounts(timezone.now()) == []


def test_due_items_are_given_out_once_by_account(account: TwilioAccount, registered: Registration) -> None:
    read(account)
    Review.objects.update(next_check_at=timezone.now() - timedelta(seconds=1))
    claimed = claim_due_reviews(timezone.now())
    assert {key: len(value) for key, value in claimed.items()} == {account.pk: 2}
    assert claim_due_reviews(timezone.now()) == {}


def test_items_of_a_failing_account_wait_for_it(account: TwilioAccount, registered: Registration) -> None:
    read(account)
    Review.objects.update(next_check_at=timezone.now() - timedelta(seconds=1))
    TwilioAccount.objects.update(failing_since=timezone.now())
    assert claim_due_reviews(timezone.now()) == {}


def test_in_review_is_asked_often_and_settled_seldom(
    account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    read(account)
    twilio.set_status(registered.service_sid, "IN_PROGRESS")
    read(account)
    pauses = {
        review.kind: review.next_check_at - timezone.now() for review in Review.objects.all() if review.next_check_at
    }
    assert pauses["campaign"] <= timedelta(seconds=10)
    assert pauses["brand"] > timedelta(hours=5)


def test_single_items_are_read_again_and_one_that_fails_waits(
    account: TwilioAccount, twilio: Sandbox, registered: Registration
) -> None:
    read(account)
    twilio.approve(registered.service_sid)
    twilio.server_error(path="BrandRegistrations", calls=4)
    tally = check_reviews(account.pk, list(Review.objects.values_list("pk", flat=True)))
    assert (tally.seen, tally.failed) == (2, 1)
    assert Review.objects.get(kind="campaign").status == Status.APPROVED
