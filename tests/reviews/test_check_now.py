"""Reading one item again by hand: what it finds becomes true, and whatever goes wrong is said."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import Role, TwilioAccount
from accounts.secrets import seal
from reviews.models import Review, Source, StatusChange
from sandbox.handle import Registration, Sandbox
from sync.limits import Shared
from sync.models import UnreadablePayload
from sync.poll import poll_account
from sync.seats import SEATS, Seated
from tests.factories import make_account, make_customer, make_user
from twilio_api.limiter import Call, Unlimited

pytestmark = pytest.mark.django_db
type Clients = Callable[[Role], Client]


@pytest.fixture
def campaign(registered: Registration, account: TwilioAccount) -> Review:
    poll_account(account.pk)
    return Review.objects.get(kind="campaign")


@pytest.fixture
def viewer(client_of: Clients) -> Client:
    return client_of(Role.VIEWER)


def check(client: Client, review: Review) -> str:
    """The words the person gets."""
    page = client.post(f"/items/{review.pk}/check/", follow=True)
    assert page.redirect_chain == [(f"/items/{review.pk}/", 302)]
    (message,) = page.context["messages"]
    assert str(message) in page.text.replace("&#x27;", "'")
    return str(message)


def test_what_changed_at_twilio_becomes_true_at_once(
    twilio: Sandbox, registered: Registration, campaign: Review, viewer: Client
) -> None:
    twilio.approve(registered.service_sid)

    assert check(viewer, campaign) == "Read just now: Needs fix became Approved."

    campaign.refresh_from_db()
    assert campaign.status == "approved"
    assert StatusChange.objects.filter(review=campaign).latest("pk").source == Source.OPERATOR


def test_an_unchanged_item_is_fresh_again(campaign: Review, viewer: Client) -> None:
    before = campaign.as_of
    assert check(viewer, campaign) == "Read just now: nothing has changed."
    assert check(viewer, campaign) == "Read just now: nothing has changed.", "a second press does no harm"
    campaign.refresh_from_db()
    assert campaign.as_of > before


def test_what_was_deleted_is_marked_gone(
    twilio: Sandbox, registered: Registration, campaign: Review, viewer: Client
) -> None:
    twilio.remove(registered.service_sid)
    assert check(viewer, campaign).startswith("Twilio does not have it any more.")
    campaign.refresh_from_db()
    assert campaign.gone_at is not None


def test_an_answer_nobody_can_read_keeps_the_last_good_one(
    twilio: Sandbox, registered: Registration, campaign: Review, viewer: Client
) -> None:
    twilio.override(registered.service_sid, missing=["sid"])
    assert check(viewer, campaign).startswith("Twilio answered, but not in a way we can read.")
    assert UnreadablePayload.objects.count() == 1
    campaign.refresh_from_db()
    assert campaign.status == "needs_fix"


def test_refused_credentials_say_what_to_do(campaign: Review, account: TwilioAccount, viewer: Client) -> None:
    account.sealed_secret = seal("0" * 32)
    account.save(update_fields=["sealed_secret"])
    assert "Connect the account again with its current auth token" in check(viewer, campaign)


def test_throttling_and_silence_are_said_and_asked_only_once(twilio: Sandbox, campaign: Review, viewer: Client) -> None:
    twilio.throttle(calls=5)
    assert "Twilio asks us to slow down." in check(viewer, campaign)
    twilio.clear_faults()
    twilio.server_error(calls=5)
    assert "did not answer properly" in check(viewer, campaign)
    twilio.clear_faults()
    assert check(viewer, campaign) == "Read just now: nothing has changed."


def test_where_many_wait_for_twilio_nobody_more_does(twilio: Sandbox, campaign: Review, viewer: Client) -> None:
    """The other half of the web server's threads is for pages, and for events that want an answer in five seconds."""
    taken = [Seated(Unlimited()).before(campaign.account.sid, Call.READ) for _ in range(SEATS)]
    twilio.clear_journal()
    assert check(viewer, campaign).startswith("Nothing was read. Too many people wait for Twilio just now. Try again")
    assert twilio.calls() == []
    for place in taken:
        place.after(200)
    twilio.server_error()
    assert "did not answer properly" in check(viewer, campaign)
    again = [Seated(Unlimited()).before(campaign.account.sid, Call.READ) for _ in range(SEATS)]
    for place in again:
        place.after(None)


def test_an_account_that_is_asked_as_often_as_it_may_be_keeps_no_seat(
    campaign: Review, viewer: Client, settings: Settings
) -> None:
    settings.TWILIO_READS_PER_SECOND, settings.TWILIO_READS_AT_ONCE = 10.0, 4
    Shared().before(campaign.account.sid, Call.READ).after(429, 60)
    for _ in range(SEATS + 1):
        assert "This account is asked as often as it may be." in check(viewer, campaign)


def test_an_unreachable_twilio_is_said(campaign: Review, viewer: Client, settings: Settings) -> None:
    settings.TWILIO_API_URL = "http://127.0.0.1:9"
    before = campaign.as_of
    assert check(viewer, campaign).startswith("Nothing was read. Twilio")
    campaign.refresh_from_db()
    assert campaign.as_of == before


def test_a_closed_account_is_not_asked(twilio: Sandbox, campaign: Review, viewer: Client) -> None:
    TwilioAccount.objects.update(status="closed")
    twilio.clear_journal()
    assert check(viewer, campaign) == "Its account is closed or disconnected, so it is not read any more."
    assert twilio.calls() == []


def test_only_those_who_may_see_the_item_may_ask_and_only_by_post(campaign: Review, client: Client) -> None:
    url = f"/items/{campaign.pk}/check/"
    assert "/sign-in/login/" in client.post(url).headers["Location"]
    user = make_user("manager", all_customers=False)
    user.customers.add(make_customer("Mine"))
    client.force_login(user)
    assert client.post(url).status_code == 404
    client.force_login(make_user("viewer"))
    assert client.get(url).status_code == 405


def test_a_secret_no_key_opens_is_said(campaign: Review, viewer: Client) -> None:
    other = make_account()
    TwilioAccount.objects.filter(pk=other.pk).update(sealed_secret="broken")
    Review.objects.filter(pk=campaign.pk).update(account=other)
    assert "REDRESS_SECRET_KEYS is gone" in check(viewer, campaign)
