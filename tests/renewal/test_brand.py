"""The brand in between: put right and approved after the deletion, or left as it is by somebody's word."""

import pytest
from django.utils import timezone

from accounts.models import TwilioAccount, User
from reviews.models import Renewal, Review
from reviews.renewal_models import RenewalStep
from reviews.renewals import Wish
from sandbox.handle import Registration, Sandbox
from sync import renewal_gate
from sync.gate import NotSent
from sync.poll import poll_account
from sync.renewal_desk import RenewalDesk
from tests.renewal.conftest import carried, confirm, creations, order

pytestmark = pytest.mark.django_db(transaction=True)
State = Renewal.State


@pytest.fixture
def at_fault(account: TwilioAccount, twilio: Sandbox) -> Registration:
    """A campaign that was rejected a day ago because of its brand, which is rejected itself by now."""
    registered = twilio.register(account.sid)
    twilio.reject(registered.service_sid, [30881])
    twilio.reject(registered.brand_sid, [30795])
    twilio.advance(86_400)
    return registered


@pytest.fixture
def review(account: TwilioAccount, at_fault: Registration) -> Review:
    poll_account(account.pk)
    return Review.objects.with_names().get(kind="campaign")


@pytest.fixture
def deleted(review: Review, ana: User, marta: User) -> Renewal:
    renewal = renewal_gate.plan(review.pk, Wish("The support address was wrong.", brand_first=True), ana)
    assert carried(confirm(renewal, marta)).state == State.DELETED
    return renewal


def step_of(renewal: Renewal) -> str:
    return Review.objects.get(pk=renewal.review_id).renewal


def test_it_waits_for_the_brand_and_nobody_is_asked(
    deleted: Renewal, marta: User, twilio: Sandbox, at_fault: Registration
) -> None:
    assert step_of(deleted) == RenewalStep.AWAITING
    assert not Review.objects.waiting_for_us().filter(kind="campaign").exists()
    with pytest.raises(NotSent, match="is not approved: needs fix"):
        order(deleted, marta)
    assert creations(twilio, at_fault) == 0


def test_the_brands_approval_brings_it_back_to_the_inbox(
    deleted: Renewal, marta: User, twilio: Sandbox, at_fault: Registration, account: TwilioAccount
) -> None:
    twilio.approve(at_fault.brand_sid)
    assert step_of(carried(deleted)) == RenewalStep.AWAITING, "not read yet"
    poll_account(account.pk)
    assert step_of(carried(deleted)) == RenewalStep.READY
    assert deleted.due_at is None
    assert Review.objects.waiting_for_us().filter(kind="campaign").exists()
    assert carried(order(deleted, marta)).state == State.CREATED


def test_an_approval_from_before_the_deletion_is_not_the_one_that_is_awaited(
    review: Review, ana: User, marta: User, twilio: Sandbox, at_fault: Registration, account: TwilioAccount
) -> None:
    twilio.approve(at_fault.brand_sid)
    poll_account(account.pk)
    renewal = renewal_gate.plan(review.pk, Wish("The support address was wrong.", brand_first=True), ana)
    carried(confirm(renewal, marta))
    assert step_of(renewal) == RenewalStep.AWAITING
    with pytest.raises(NotSent, match="not approved anew"):
        order(renewal, marta)
    renewal_gate.brand_is_right(renewal.pk, ana)
    assert step_of(renewal) == RenewalStep.READY
    assert carried(order(renewal, marta)).state == State.CREATED


def test_waiting_for_weeks_is_no_try(deleted: Renewal) -> None:
    tries = deleted.tries
    for _ in range(5):
        carried(deleted)
    assert deleted.tries == tries
    assert deleted.due_at
    assert deleted.due_at > timezone.now()


def test_a_brand_that_may_register_nothing_says_so(deleted: Renewal, ana: User) -> None:
    RenewalDesk(Renewal.objects.select_related("review__account__parent").get(pk=deleted.pk), ana).ask_twilio()
    deleted.refresh_from_db()
    assert "offers this brand nothing" in deleted.options_problem


def test_a_brand_that_fell_after_the_agreement_stops_the_creation(
    deleted: Renewal, marta: User, twilio: Sandbox, at_fault: Registration, account: TwilioAccount
) -> None:
    twilio.approve(at_fault.brand_sid)
    poll_account(account.pk)
    carried(deleted)
    order(deleted, marta)
    twilio.reject(at_fault.brand_sid, [30795])
    poll_account(account.pk)
    assert carried(deleted).state == State.DELETED
    assert "not approved" in deleted.answer
    assert twilio.counters().received_by("campaigns.create", at_fault.service_sid) == 0
