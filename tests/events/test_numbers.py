"""Phone numbers under a campaign: only events tell how far their registration is, and they come in any order."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import permutations

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, TwilioAccount
from campaigns import registrations
from campaigns.models import NumberRegistration
from reviews.contract import News
from reviews.kinds import kinds
from tests.factories import campaign_payload, make_account, mirror, sid

pytestmark = pytest.mark.django_db
State = NumberRegistration.State
NOW = timezone.now()


@pytest.fixture
def account() -> TwilioAccount:
    return make_account()


def news(topic: str, at: datetime = NOW, **over: object) -> News:
    payload = {
        "phonenumber": "12535550142",
        "phonenumbersid": sid("PN", 1),
        "messagingservicesid": sid("MG", 1),
        "externalstatus": "word",
        "failurereason": "",
        **over,
    }
    return News(topic, payload, at)


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_whatever_the_order_the_newest_counts(account: TwilioAccount, order: tuple[int, ...]) -> None:
    told = [
        news("number-registration.pending", NOW),
        news("number-registration.failed", NOW + timedelta(seconds=1), failurereason="30034"),
        news("number-registration.successful", NOW + timedelta(seconds=2)),
    ]
    for index in order:
        assert registrations.keep(account, told[index])
    number = NumberRegistration.objects.get()
    assert (number.phone, number.state, number.failure_reason) == ("+12535550142", State.REGISTERED, "")


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_of_two_in_the_same_millisecond_the_end_counts(account: TwilioAccount, order: tuple[int, int]) -> None:
    told = [news("number-registration.pending"), news("number-registration.successful")]
    for index in order:
        registrations.keep(account, told[index])
    assert NumberRegistration.objects.get().state == State.REGISTERED


@pytest.mark.parametrize(("topic", "state"), registrations.STATE_OF.items())
def test_every_word_has_a_state(account: TwilioAccount, topic: str, state: State) -> None:
    registrations.keep(account, news(topic))
    assert NumberRegistration.objects.get().state == state


@pytest.mark.parametrize("phone", ["12535550142", "+12535550142"])
def test_a_number_is_the_same_with_and_without_its_plus_sign(account: TwilioAccount, phone: str) -> None:
    registrations.keep(account, news("number-registration.pending"))
    registrations.keep(account, news("number-registration.successful", NOW + timedelta(1), phonenumber=phone))
    assert NumberRegistration.objects.get().state == State.REGISTERED


@pytest.mark.parametrize("phone", ["", None, "no number", "1" * 40, "１２３x"])
def test_what_is_no_number_is_not_kept(account: TwilioAccount, phone: object) -> None:
    assert not registrations.keep(account, news("number-registration.pending", phonenumber=phone))
    assert not NumberRegistration.objects.exists()


def test_an_unknown_word_is_not_kept(account: TwilioAccount) -> None:
    assert not registrations.keep(account, news("number-registration.pondering"))


def test_the_same_number_in_another_account_is_another(account: TwilioAccount) -> None:
    registrations.keep(account, news("number-registration.pending"))
    registrations.keep(make_account(), news("number-registration.failed"))
    assert NumberRegistration.objects.count() == 2


def test_they_stand_under_their_campaign_those_in_trouble_first(
    account: TwilioAccount, client_of: Callable[[Role], Client]
) -> None:
    [review] = mirror(account, "campaign", campaign_payload(messaging_service_sid=sid("MG", 1)))
    [other] = mirror(account, "campaign", campaign_payload())
    registrations.keep(account, news("number-registration.successful"))
    failed = news("number-registration.failed", phonenumber="12535550199", failurereason="Assigned elsewhere <b>")
    registrations.keep(account, failed)
    assert [view.phone for view in registrations.under(review)] == ["+12535550199", "+12535550142"]
    client = client_of(Role.VIEWER)
    page = client.get(reverse("reviews:item", args=[review.pk])).content.decode()
    assert "+12535550142" in page
    assert "Not registered" in page
    assert "Assigned elsewhere &lt;b&gt;" in page
    assert 'id="numbers"' not in client.get(reverse("reviews:item", args=[other.pk])).content.decode()


def test_each_topic_belongs_to_one_kind() -> None:
    topics = [topic for kind in kinds().values() for topic in kind.topics]
    assert len(set(topics)) == len(topics)
    assert not [(a, b) for a in topics for b in topics if a != b and a.startswith(b)]
