"""A verification that nobody may edit is submitted anew: found by our reference, under the same review."""

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount, User
from reviews.models import Renewal, Review, Source
from reviews.renewals import Wish
from reviews.status import Status
from sandbox.handle import Sandbox
from sync import renewal_gate
from sync.apply import apply
from sync.gate import NotSent
from sync.poll import poll_account
from tests.renewal.conftest import carried, carried_to_the_end, confirm, order, typed
from tollfree import remote
from tollfree.models import TollfreeVerification
from twilio_api.answer import Answer

pytestmark = pytest.mark.django_db(transaction=True)
State = Renewal.State
WHY = "The sign-up page is a new one, with its own box for messages."


@pytest.fixture
def sid(account: TwilioAccount, twilio: Sandbox) -> str:
    """Rejected a day ago, and not to be edited."""
    sid = twilio.register_number(account.sid)
    twilio.reject(sid, [30475], edit_allowed=False)
    twilio.advance(86_400)
    return sid


@pytest.fixture
def review(sid: str, account: TwilioAccount) -> Review:
    poll_account(account.pk)
    return Review.objects.with_names().get(kind="tollfree")


@pytest.fixture
def planned(review: Review, ana: User) -> Renewal:
    renewal = renewal_gate.plan(review.pk, Wish(WHY), ana)
    return typed(renewal, ana, use_case_summary="Harbor Dental Tacoma answers patients who ticked the new box.")


@pytest.fixture
def deleted(planned: Renewal, marta: User) -> Renewal:
    assert carried(confirm(planned, marta)).state == State.DELETED
    return planned


@pytest.fixture
def ordered(deleted: Renewal, marta: User) -> Renewal:
    return order(deleted, marta)


def made(twilio: Sandbox) -> int:
    return twilio.counters().creates.get("verifications", 0)


def test_the_new_one_goes_on_under_the_same_review_and_another_sid(
    ordered: Renewal, review: Review, sid: str, account: TwilioAccount, twilio: Sandbox
) -> None:
    assert carried(ordered).state == State.CREATED
    again = Review.objects.get(kind="tollfree")
    assert again.pk == review.pk
    assert again.sid == ordered.new_sid != sid
    assert (again.status, again.gone_at, again.renewal) == (Status.IN_REVIEW, None, "")
    payload = TollfreeVerification.objects.get(review=again).payload
    assert payload["external_reference_id"] == ordered.reference
    assert payload["tollfree_phone_number_sid"] == ordered.snapshot["tollfree_phone_number_sid"]
    poll_account(account.pk)
    assert Review.objects.filter(kind="tollfree").count() == 1


@pytest.mark.parametrize("fault", ["drop_after", "time_out_after", "half_body"])
def test_one_that_arrived_without_an_answer_is_found_by_its_reference(
    fault: str, ordered: Renewal, twilio: Sandbox, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    before = made(twilio)
    getattr(twilio, fault)(method="POST")
    assert carried(ordered).is_in_doubt
    assert carried(ordered).state == State.CREATED
    assert made(twilio) == before + 1


def test_a_poll_that_sees_it_first_makes_no_second_item(
    ordered: Renewal, review: Review, account: TwilioAccount, twilio: Sandbox
) -> None:
    twilio.drop_after(method="POST")
    carried(ordered)
    poll_account(account.pk)
    ordered.refresh_from_db()
    assert ordered.state == State.CREATED
    assert [one.pk for one in Review.objects.filter(kind="tollfree")] == [review.pk]


def test_our_answer_after_a_poll_that_saw_it_first_changes_nothing(
    ordered: Renewal, review: Review, account: TwilioAccount, twilio: Sandbox
) -> None:
    twilio.drop_after(method="POST")
    carried(ordered)
    poll_account(account.pk)
    payload = dict(TollfreeVerification.objects.get(review=review).payload)
    apply(account, remote, [Answer(payload, timezone.now(), 201)], Source.ATTEMPT)
    assert Review.objects.filter(kind="tollfree").count() == 1
    assert review.renewals.get().state == State.CREATED


def test_a_list_that_lags_behind_shows_no_ghost(ordered: Renewal, review: Review, account: TwilioAccount) -> None:
    carried(ordered)
    apply(account, remote, [Answer(ordered.snapshot, timezone.now())], Source.POLL)
    assert Review.objects.filter(kind="tollfree").count() == 1
    assert Review.objects.get(pk=review.pk).sid == ordered.new_sid


def test_one_that_never_arrived_may_be_pressed_again(ordered: Renewal, marta: User, twilio: Sandbox) -> None:
    before = made(twilio)
    twilio.drop_before(method="POST")
    carried_to_the_end(ordered)
    assert (ordered.state, made(twilio)) == (State.DELETED, before)
    assert carried(order(ordered, marta)).state == State.CREATED


def test_one_for_the_same_number_from_the_console_ends_the_plan(
    deleted: Renewal, review: Review, account: TwilioAccount, twilio: Sandbox
) -> None:
    number = deleted.snapshot["tollfree_phone_number_sid"]
    new = twilio.create_verification(account.sid, tollfree_phone_number_sid=number, business_name="Harbor Dental")
    poll_account(account.pk)
    deleted.refresh_from_db()
    assert (deleted.state, deleted.new_sid) == (State.CREATED, new)
    assert "outside Redress" in deleted.answer
    assert Review.objects.get(kind="tollfree").pk == review.pk


def test_it_asks_no_fee_and_a_manager_all_the_same(deleted: Renewal, ana: User, marta: User) -> None:
    with pytest.raises(NotSent, match="Only a Manager"):
        order(deleted, ana)
    assert order(deleted, marta).fee == 0
    assert deleted.fee_agreed_at


def test_what_a_new_one_needs_is_asked_for(deleted: Renewal, marta: User) -> None:
    typed(deleted, marta, privacy_policy_url="", business_registration_number="")
    with pytest.raises(NotSent, match=r"since 2026-09-15.*Registration number"):
        order(deleted, marta)


def test_while_twilio_takes_an_edit_that_is_the_way(account: TwilioAccount, twilio: Sandbox, ana: User) -> None:
    sid = twilio.register_number(account.sid)
    twilio.reject(sid, [30475])
    poll_account(account.pk)
    review = Review.objects.with_names().get(kind="tollfree")
    offer = remote.renewal.offer(review)
    assert (offer.is_possible, offer.is_right) == (True, False)
    assert "Do not delete it to correct an address" in offer.cheaper
    with pytest.raises(NotSent, match="An edit would do"):
        renewal_gate.plan(review.pk, Wish(WHY), ana)
    assert renewal_gate.plan(review.pk, Wish(WHY, "customer_profile_sid"), ana)
