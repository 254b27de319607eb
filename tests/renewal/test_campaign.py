"""A campaign deleted and created again, whatever Twilio or the network does: once, and the history is one line."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount, User
from audit.models import Entry
from campaigns import remote
from campaigns.models import Campaign
from reviews.models import Attempt, Renewal, Review, Source
from reviews.renewal_models import RenewalStep
from reviews.status import Status
from sandbox.handle import Registration, Sandbox
from sync import renewal_gate
from sync.apply import apply
from sync.gate import NotSent
from sync.poll import poll_account
from tests.renewal.conftest import (
    carried,
    carried_to_the_end,
    confirm,
    creations,
    deletions,
    order,
    typed,
)
from twilio_api.answer import Answer

pytestmark = pytest.mark.django_db(transaction=True)
State = Renewal.State


def now_of(review: Review) -> Review:
    return Review.objects.with_names().get(pk=review.pk)


# --- the whole way ---


def test_the_old_one_is_deleted_and_the_new_one_created_under_the_same_review(
    ordered: Renewal, review: Review, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    assert carried(ordered).state == State.CREATED
    again = now_of(review)
    assert Review.objects.filter(kind="campaign").count() == 1
    assert (again.status, again.gone_at, again.renewal) == (Status.IN_REVIEW, None, "")
    assert Campaign.objects.get(review=review).use_case == "CUSTOMER_CARE"
    assert (deletions(twilio, wrong_use_case), creations(twilio, wrong_use_case)) == (1, 1)
    assert (ordered.fee, ordered.fee_agreed_by_name, ordered.confirmed_by_name) == (15, *["Marta Lindqvist"] * 2)
    assert ordered.request_id


def test_the_tries_count_from_zero_and_the_old_ones_stay(
    review: Review, ordered: Renewal, account: TwilioAccount
) -> None:
    old = Attempt.objects.create(review=review, number=1, state=Attempt.State.ACCEPTED, by_name="Ana Ruiz")
    Review.objects.filter(pk=review.pk).update(attempts_used=2)
    carried(ordered)
    assert (now_of(review).attempts_used, list(review.attempts.all())) == (0, [old])
    entry = Entry.objects.get(verb="count:restarted")
    assert entry.detail["was"] == 2
    poll_account(account.pk)
    assert now_of(review).attempts_used == 0, "the new one is no resubmission"


def test_a_numbers_messaging_service_stays(ordered: Renewal, review: Review, wrong_use_case: Registration) -> None:
    carried(ordered)
    assert now_of(review).remote_key == ordered.old_key
    assert wrong_use_case.service_sid in now_of(review).owner_sids


def test_everything_that_stood_is_kept_with_the_plan(planned: Renewal, review: Review) -> None:
    assert planned.snapshot == Campaign.objects.get(review=review).payload
    assert planned.before["opt_out_keywords"] == ["STOP"]


def test_every_field_of_the_call_is_sent(ordered: Renewal, review: Review, marta: User, twilio: Sandbox) -> None:
    carried(ordered)
    payload = Campaign.objects.get(review=review).payload
    for name, value in ordered.submission.items():
        assert payload[name] == (value or payload[name]), name


# --- deleting ---


def test_nothing_is_deleted_before_the_name_is_typed(
    planned: Renewal, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    assert carried(planned).state == State.PLANNED
    assert deletions(twilio, wrong_use_case) == 0


def test_the_item_is_being_made_anew_and_not_found_gone(deleted: Renewal, review: Review) -> None:
    again = now_of(review)
    assert again.gone_at
    assert again.renewal == RenewalStep.READY
    assert Review.objects.waiting_for_us().filter(pk=review.pk).exists()


def test_what_is_gone_already_counts_as_deleted(
    confirmed: Renewal, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.remove(wrong_use_case.service_sid)
    assert carried(confirmed).state == State.DELETED
    assert deletions(twilio, wrong_use_case) == 0


@pytest.mark.parametrize("fault", ["drop_after", "time_out_after", "half_body", "wrong_json"])
def test_a_deletion_that_arrived_without_an_answer_is_read_back(
    fault: str, confirmed: Renewal, twilio: Sandbox, wrong_use_case: Registration, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    getattr(twilio, fault)(method="DELETE")
    carried_to_the_end(confirmed, 3)
    assert confirmed.state == State.DELETED
    assert deletions(twilio, wrong_use_case) == 1


@pytest.mark.parametrize("fault", ["server_error", "drop_before", "time_out_before"])
def test_a_deletion_that_never_arrived_is_read_and_then_asked_again(
    fault: str, confirmed: Renewal, twilio: Sandbox, wrong_use_case: Registration, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    getattr(twilio, fault)(method="DELETE")
    assert carried(confirmed).state == State.DELETING
    assert confirmed.answer
    assert carried(confirmed).state == State.DELETED
    assert deletions(twilio, wrong_use_case) == 1


def test_a_429_waits_as_long_as_twilio_asks(confirmed: Renewal, twilio: Sandbox) -> None:
    twilio.throttle(retry_after=9, method="DELETE")
    assert carried(confirmed).state == State.DELETING
    assert confirmed.due_at
    assert confirmed.due_at > timezone.now() + timedelta(seconds=7)
    assert carried(confirmed).state == State.DELETED


def test_a_refused_deletion_goes_back_to_the_plan_with_twilios_words(
    confirmed: Renewal, twilio: Sandbox, wrong_use_case: Registration, review: Review, marta: User
) -> None:
    twilio.suspend(wrong_use_case.service_sid)
    poll_account(review.account_id)
    assert carried(confirmed).state == State.PLANNED
    assert confirmed.confirmed_at is None, "the name has to be typed again"
    assert "Nothing was deleted" in confirmed.answer
    with pytest.raises(NotSent, match="suspended"):
        confirm(confirmed, marta)


def test_what_was_approved_after_the_name_was_typed_is_not_deleted(
    confirmed: Renewal, twilio: Sandbox, wrong_use_case: Registration, marta: User, review: Review
) -> None:
    twilio.approve(wrong_use_case.service_sid)
    assert carried(confirmed).state == State.PLANNED
    assert "Nothing was deleted" in confirmed.answer
    assert deletions(twilio, wrong_use_case) == 0
    assert now_of(review).status == Status.APPROVED
    with pytest.raises(NotSent, match="traffic may stop"):
        confirm(confirmed, marta)
    assert carried(confirm(confirmed, marta, stops=True)).state == State.DELETED
    assert confirmed.was_approved


def test_a_new_one_made_in_the_console_meanwhile_is_never_deleted(
    confirmed: Renewal, twilio: Sandbox, wrong_use_case: Registration, review: Review
) -> None:
    """The dangerous case: our deletion is asked again while another campaign stands in the same service."""
    twilio.drop_before(method="DELETE")
    carried(confirmed)
    twilio.remove(wrong_use_case.service_sid)
    twilio.create_campaign(wrong_use_case.service_sid, brand_registration_sid=wrong_use_case.brand_sid)
    carried_to_the_end(confirmed)
    assert deletions(twilio, wrong_use_case) == 0
    assert confirmed.state == State.CANCELLED
    assert "outside Redress" in confirmed.answer
    assert (now_of(review).gone_at, now_of(review).renewal) == (None, "")


def test_a_list_that_lags_behind_does_not_raise_the_dead(
    deleted: Renewal, review: Review, account: TwilioAccount
) -> None:
    apply(account, remote, [Answer(deleted.snapshot, timezone.now())], Source.POLL)
    assert now_of(review).gone_at
    assert now_of(review).renewal == RenewalStep.READY


# --- creating ---


def test_nothing_is_created_before_somebody_agrees(
    deleted: Renewal, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    assert carried(deleted).state == State.DELETED
    assert creations(twilio, wrong_use_case) == 0


@pytest.mark.parametrize("fault", ["drop_after", "time_out_after", "half_body", "wrong_json"])
def test_a_creation_that_arrived_without_an_answer_is_found_and_never_repeated(
    fault: str, ordered: Renewal, review: Review, twilio: Sandbox, wrong_use_case: Registration, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    getattr(twilio, fault)(method="POST")
    carried(ordered)
    assert ordered.is_in_doubt
    assert now_of(review).renewal == RenewalStep.CREATING
    assert not Review.objects.waiting_for_us().filter(pk=review.pk).exists()
    assert carried(ordered).state == State.CREATED
    assert creations(twilio, wrong_use_case) == 1
    assert "Found at Twilio" in ordered.answer


@pytest.mark.parametrize("fault", ["server_error", "drop_before", "time_out_before"])
def test_a_creation_that_never_arrived_comes_back_and_the_agreement_holds(
    fault: str, ordered: Renewal, review: Review, twilio: Sandbox, wrong_use_case: Registration,
    settings: Settings, ana: User,
) -> None:  # fmt: skip
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    getattr(twilio, fault)(method="POST")
    carried_to_the_end(ordered)
    assert ordered.state == State.DELETED
    assert "never made" in ordered.answer
    assert creations(twilio, wrong_use_case) == 0
    agreed_at = ordered.fee_agreed_at
    again = renewal_gate.Order(ordered.revision, None, "Only the use case was wrong.")
    renewal_gate.create(ordered.pk, again, ana)
    assert carried(ordered).state == State.CREATED
    assert (ordered.fee_agreed_at, creations(twilio, wrong_use_case)) == (agreed_at, 1)


def test_another_text_takes_another_agreement(
    ordered: Renewal, twilio: Sandbox, ana: User, marta: User, settings: Settings
) -> None:
    twilio.drop_before(method="POST")
    carried_to_the_end(ordered)
    typed(ordered, ana, description="Another description of what Larkspur Bike Repair sends to its customers.")
    with pytest.raises(NotSent, match="Only a Manager"):
        renewal_gate.create(ordered.pk, renewal_gate.Order(ordered.revision, None, "x"), ana)
    with pytest.raises(NotSent, match="Accept the fee"):
        renewal_gate.create(ordered.pk, renewal_gate.Order(ordered.revision, None, "x"), marta)


def test_one_that_was_given_up_and_arrives_late_is_found(
    ordered: Renewal, review: Review, twilio: Sandbox, wrong_use_case: Registration, account: TwilioAccount
) -> None:
    twilio.drop_before(method="POST")
    carried_to_the_end(ordered)
    twilio.create_campaign(wrong_use_case.service_sid, brand_registration_sid=wrong_use_case.brand_sid)
    poll_account(account.pk)
    ordered.refresh_from_db()
    assert ordered.state == State.CREATED
    assert "Found at Twilio" in ordered.answer
    assert (now_of(review).gone_at, now_of(review).renewal) == (None, "")


def test_one_that_stands_already_is_not_created_a_second_time(
    ordered: Renewal, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.create_campaign(wrong_use_case.service_sid, brand_registration_sid=wrong_use_case.brand_sid)
    assert carried(ordered).state == State.CREATED
    assert twilio.counters().received_by("campaigns.create", wrong_use_case.service_sid) == 0


def test_a_refused_creation_comes_back_with_twilios_words_and_the_text(
    deleted: Renewal, review: Review, marta: User, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.set_status(wrong_use_case.brand_sid, "SUSPENDED")
    order(deleted, marta)
    assert carried(deleted).state == State.DELETED
    assert (deleted.answer_code, deleted.create_sent_at) == (21731, None)
    assert now_of(review).renewal == RenewalStep.REFUSED
    assert deleted.fields["us_app_to_person_usecase"] == "CUSTOMER_CARE"
    twilio.approve(wrong_use_case.brand_sid)
    assert carried(order(deleted, marta)).state == State.CREATED


def test_a_throttled_creation_goes_again_by_itself(
    ordered: Renewal, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.throttle(retry_after=9, method="POST")
    assert carried(ordered).state == State.CREATING
    assert ordered.create_sent_at is None
    assert carried(ordered).state == State.CREATED
    assert creations(twilio, wrong_use_case) == 1


def test_an_unreachable_twilio_is_tried_again(ordered: Renewal, settings: Settings, twilio: Sandbox) -> None:
    settings.TWILIO_API_URL, where = "http://127.0.0.1:9", settings.TWILIO_API_URL
    assert carried(ordered).state == State.CREATING
    settings.TWILIO_API_URL = where
    assert carried(ordered).state == State.CREATED


def test_a_dead_workers_creation_is_looked_for_and_not_sent_again(
    ordered: Renewal, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    Renewal.objects.filter(pk=ordered.pk).update(create_sent_at=timezone.now())
    carried_to_the_end(ordered)
    assert ordered.state == State.DELETED
    assert twilio.counters().received_by("campaigns.create", wrong_use_case.service_sid) == 0


def test_looking_again_and_again_does_not_make_twilio_late(
    ordered: Renewal, twilio: Sandbox, settings: Settings
) -> None:
    settings.READ_BACK_SECONDS = [0, 0, 3600]
    twilio.drop_before(method="POST")
    carried_to_the_end(ordered, 10)
    assert ordered.is_in_doubt


def test_a_look_that_fails_counts_for_nothing(ordered: Renewal, twilio: Sandbox) -> None:
    twilio.drop_after(method="POST")
    carried(ordered)
    twilio.server_error(method="GET", calls=4)
    carried(ordered)
    assert (ordered.is_in_doubt, ordered.reads) == (True, 0)


def test_what_costs_more_than_was_agreed_to_is_not_sent(
    ordered: Renewal, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    TwilioAccount.objects.update(policy_id="custom", fee_to_recreate=40)
    assert carried(ordered).state == State.DELETED
    assert "$40.00 now" in ordered.answer
    assert creations(twilio, wrong_use_case) == 0


def test_nor_for_an_account_that_was_disconnected(
    ordered: Renewal, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    TwilioAccount.objects.update(disconnected_at=timezone.now())
    assert carried(ordered).state == State.DELETED
    assert "not connected" in ordered.answer
    assert creations(twilio, wrong_use_case) == 0


def test_a_poll_that_sees_the_new_one_first_ends_the_plan(
    ordered: Renewal, review: Review, account: TwilioAccount, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.drop_after(method="POST")
    carried(ordered)
    poll_account(account.pk)
    ordered.refresh_from_db()
    assert ordered.state == State.CREATED
    assert Review.objects.filter(kind="campaign").count() == 1
    assert now_of(review).attempts_used == 0


def test_a_new_sid_goes_on_under_the_same_review(
    ordered: Renewal, review: Review, account: TwilioAccount, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    """Twilio's document calls the SID unique, its examples show one constant: both are right here."""
    twilio.drop_after(method="POST")
    carried(ordered)
    new = "QE" + "7" * 32
    twilio.override(wrong_use_case.service_sid, {"sid": new})
    poll_account(account.pk)
    again = now_of(review)
    assert Review.objects.filter(kind="campaign").count() == 1
    assert (again.sid, again.remote_key) == (new, f"{wrong_use_case.service_sid}/{new}")
    ordered.refresh_from_db()
    assert (ordered.state, ordered.new_sid) == (State.CREATED, new)


# --- a campaign made anew in the Console, without any plan ---


def test_a_campaign_made_anew_elsewhere_is_no_resubmission(
    review: Review, account: TwilioAccount, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    Review.objects.filter(pk=review.pk).update(attempts_used=3)
    twilio.remove(wrong_use_case.service_sid)
    twilio.create_campaign(wrong_use_case.service_sid, brand_registration_sid=wrong_use_case.brand_sid)
    poll_account(account.pk)
    assert (now_of(review).attempts_used, review.attempts.count()) == (0, 0)


# --- the database's word ---


def test_the_database_refuses_what_nobody_agreed_to(planned: Renewal, review: Review) -> None:
    now = timezone.now()
    broken: dict[str, dict[str, object]] = {
        "no_deletion_without_confirmation": {"state": State.DELETING},
        "no_creation_before_deletion": {"state": State.CREATING, "confirmed_at": now, "fee_agreed_at": now},
        "no_creation_without_agreement": {"state": State.CREATING, "confirmed_at": now, "deleted_at": now},
        "renewal_fee_not_negative": {"fee": -1},
    }
    for name, columns in broken.items():
        with pytest.raises(IntegrityError, match=name), transaction.atomic():
            Renewal.objects.filter(pk=planned.pk).update(**columns)
    with pytest.raises(IntegrityError, match="one_open_renewal"):
        Renewal.objects.create(review=review, why="Twice.", old_key="x", by_name="Ana", reference="another")
