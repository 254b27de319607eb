"""A rejected campaign at Twilio that has to be made anew, people who may decide about it, and plans at each step."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Role, TwilioAccount, User
from reviews.models import Renewal, Review
from reviews.renewals import Wish
from sandbox.handle import Registration, Sandbox
from sync import renew, renewal_gate
from sync.poll import poll_account
from sync.renewal_desk import RenewalDesk
from sync.renewal_gate import Confirmation, Order
from tests.factories import make_user
from tests.pace import pauses_are_over

WHY = "The messages are customer care, not marketing."


@pytest.fixture
def ana(db: None) -> User:
    return make_user(Role.EDITOR, name="Ana Ruiz")


@pytest.fixture
def marta(db: None) -> User:
    return make_user(Role.MANAGER, name="Marta Lindqvist")


@pytest.fixture
def wrong_use_case(account: TwilioAccount, twilio: Sandbox) -> Registration:
    """A campaign that is fine but for its use case, rejected for it (30900) a day ago."""
    registered = twilio.register(account.sid)
    twilio.reject(registered.service_sid, [30900])
    twilio.advance(86_400)
    return registered


@pytest.fixture
def review(account: TwilioAccount, wrong_use_case: Registration) -> Review:
    poll_account(account.pk)
    return Review.objects.with_names().get(kind="campaign")


@pytest.fixture
def planned(review: Review, ana: User) -> Renewal:
    """Begun by Ana, with the use case changed."""
    renewal = renewal_gate.plan(review.pk, Wish(WHY), ana)
    RenewalDesk(renewal, ana).ask_twilio()
    return typed(renewal, ana, us_app_to_person_usecase="CUSTOMER_CARE")


@pytest.fixture
def confirmed(planned: Renewal, marta: User) -> Renewal:
    return confirm(planned, marta)


@pytest.fixture
def deleted(confirmed: Renewal) -> Renewal:
    assert carried(confirmed).state == Renewal.State.DELETED, confirmed.answer
    return confirmed


@pytest.fixture
def ordered(deleted: Renewal, marta: User) -> Renewal:
    return order(deleted, marta)


@pytest.fixture
def client_for() -> Callable[[User], Client]:
    def opened(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return opened


def typed(renewal: Renewal, by: User, **over: object) -> Renewal:
    renewal.refresh_from_db()
    renewal_gate.save(renewal.pk, by, {**renewal.fields, **over}, renewal.revision)
    renewal.refresh_from_db()
    return renewal


def confirm(renewal: Renewal, by: User, **over: object) -> Renewal:
    review = Review.objects.get(pk=renewal.review_id)
    said = {"name": review.title, "seen": review.digest, "stops": False, **over}
    renewal_gate.confirm(renewal.pk, Confirmation(str(said["name"]), str(said["seen"]), stops=bool(said["stops"])), by)
    renewal.refresh_from_db()
    return renewal


def order(renewal: Renewal, by: User) -> Renewal:
    """Agrees to what it costs and presses the button."""
    renewal.refresh_from_db()
    charge = renewal_gate.offer_of(Review.objects.with_names().get(pk=renewal.review_id)).charge
    renewal_gate.create(renewal.pk, Order(renewal.revision, charge.fee, "Only the use case was wrong."), by)
    renewal.refresh_from_db()
    return renewal


def carried(renewal: Renewal) -> Renewal:
    """One turn of a worker, now, and the pause is over that Twilio may have asked for."""
    pauses_are_over()
    Renewal.objects.filter(pk=renewal.pk).exclude(due_at=None).update(due_at=timezone.now())
    renew.carry(renewal.pk)
    renewal.refresh_from_db()
    return renewal


def carried_to_the_end(renewal: Renewal, turns: int = 6) -> Renewal:
    for _ in range(turns):
        carried(renewal)
    return renewal


def creations(twilio: Sandbox, registered: Registration) -> int:
    return twilio.counters().accepted_by("campaigns.create", registered.service_sid)


def deletions(twilio: Sandbox, registered: Registration) -> int:
    return twilio.counters().accepted_by("campaigns.delete", registered.service_sid)
