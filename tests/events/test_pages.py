"""What the settings say of events, and who may switch them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Role, TwilioAccount
from audit.models import Entry
from sync.models import Event, EventStream
from sync.streams import PROVEN
from tests.events.conftest import PATH, stream_of
from tests.factories import campaign_payload, make_account, mirror, sid

pytestmark = pytest.mark.django_db
State = EventStream.State


@pytest.fixture
def main() -> TwilioAccount:
    return make_account(name="Northbeam Software")


@pytest.fixture
def admin(client_of: Callable[[Role], Client]) -> Client:
    return client_of(Role.ADMINISTRATOR)


def page(admin: Client, name: str, main: TwilioAccount) -> str:
    return admin.get(reverse(f"sync:{name}", args=[main.pk])).content.decode()


def an_event(account: TwilioAccount, **over: Any) -> Event:
    given = {"account": account, "digest": sid(""), "body": {}, "occurred_at": timezone.now(), "type": "x", **over}
    return Event.objects.create(**given)


def test_a_page_says_how_events_do(main: TwilioAccount, admin: Client, settings: Settings) -> None:
    assert "events are not switched on" in page(admin, "account", main).lower()
    now = timezone.now()
    stream = stream_of(main)
    says: dict[str, dict[str, Any]] = {
        "Working, last event 3 min ago": {"last_event_at": now - timedelta(minutes=3)},
        "nothing came for": {"last_event_at": now - PROVEN},
        "nothing has come yet": {"last_event_at": None, "active_since": now - timedelta(hours=1)},
        "Twilio refused the credentials.": {"state": State.BROKEN, "last_error": "Twilio refused the credentials."},
        "Being set up": {"state": State.MAKING},
        "Being switched off": {"state": State.LEAVING},
    }
    for words, columns in says.items():
        EventStream.objects.filter(pk=stream.pk).update(state=State.ACTIVE, last_error="")
        EventStream.objects.filter(pk=stream.pk).update(**columns)
        assert words in page(admin, "account", main)
    settings.PUBLIC_BASE_URL = ""
    EventStream.objects.all().delete()
    assert "PUBLIC_BASE_URL is not set" in page(admin, "account", main)
    assert "Switch events on" not in page(admin, "account", main)


def test_an_administrator_switches_on_and_off_and_it_is_written_down(main: TwilioAccount, admin: Client) -> None:
    below = make_account(parent=main)
    assert admin.post(reverse("sync:events_on", args=[main.pk])).status_code == 302
    assert set(EventStream.objects.values_list("account", flat=True)) == {main.pk, below.pk}
    admin.post(reverse("sync:events_on", args=[main.pk]))
    assert EventStream.objects.count() == 2
    assert admin.post(reverse("sync:events_off", args=[main.pk])).status_code == 302
    assert set(EventStream.objects.values_list("state", flat=True)) == {State.LEAVING}
    assert Entry.objects.filter(verb__startswith="events:").count() == 3


def test_how_far_it_is_with_many_accounts_is_told_until_all_are_done(main: TwilioAccount, admin: Client) -> None:
    for account in (main, make_account(parent=main), make_account(parent=main)):
        stream_of(account)
    url = reverse("sync:events", args=[main.pk])
    assert "hx-trigger" not in page(admin, "events", main)
    EventStream.objects.exclude(account=main).update(state=State.MAKING)
    assert "2 accounts to go." in page(admin, "account", main)
    assert f'hx-get="{url}" hx-trigger="every 3s"' in page(admin, "account", main)
    EventStream.objects.filter(account=main).update(state=State.LEAVING)
    piece = admin.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "3 accounts to go." in piece
    assert piece.lstrip().startswith('<section class="sheet" id="events-card"')
    EventStream.objects.update(state=State.ACTIVE)
    assert "hx-trigger" not in admin.get(url, headers={"HX-Request": "true"}).content.decode()


def test_nobody_waits_for_streams_that_are_not_made_meanwhile(
    main: TwilioAccount, admin: Client, settings: Settings
) -> None:
    stream_of(main)
    EventStream.objects.update(state=State.MAKING)
    settings.PUBLIC_BASE_URL = ""
    assert "to go." not in page(admin, "events", main)


def test_nothing_is_switched_on_where_nothing_arrives(main: TwilioAccount, admin: Client, settings: Settings) -> None:
    settings.PUBLIC_BASE_URL = "http://redress.example"
    answer = admin.post(reverse("sync:events_on", args=[main.pk]), follow=True)
    assert "Nothing was changed: PUBLIC_BASE_URL is not https." in answer.content.decode()
    assert not EventStream.objects.exists()


def test_what_came_in_is_shown_with_what_became_of_it(main: TwilioAccount, admin: Client) -> None:
    [review] = mirror(main, "campaign", campaign_payload())
    an_event(main, type="com.twilio.messaging.compliance.campaign-registration.campaign-failure", outcome="read",
             review=review)  # fmt: skip
    an_event(make_account(parent=main), outcome="odd", problem="Its data is not an object.", body={"odd": "<b>x</b>"})
    an_event(make_account(), outcome="read", type="of somebody else")
    shown = page(admin, "events", main)
    assert "campaign-registration.campaign-failure" in shown
    assert reverse("reviews:item", args=[review.pk]) in shown
    assert "Its data is not an object." in shown
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
    assert "of somebody else" not in shown
    assert "1 event could not be understood" in page(admin, "account", main)


def test_the_secret_of_the_address_stands_on_no_page(main: TwilioAccount, admin: Client) -> None:
    stream_of(main)
    assert PATH not in page(admin, "account", main) + page(admin, "events", main)


def test_the_pages_cost_the_same_for_many_accounts_and_events(
    main: TwilioAccount, admin: Client, django_assert_max_num_queries: Any
) -> None:
    stream_of(main)
    for count in (3, 12):
        for _ in range(count):
            stream_of(below := make_account(parent=main))
            an_event(below, outcome="read", review=mirror(below, "campaign", campaign_payload())[0])
        with django_assert_max_num_queries(20):
            page(admin, "account", main)
        with django_assert_max_num_queries(14):
            page(admin, "events", main)


def test_disconnecting_says_that_events_are_on_and_forgets_their_secrets(main: TwilioAccount, admin: Client) -> None:
    stream_of(main)
    url = reverse("sync:disconnect", args=[main.pk])
    assert "Events are on in 1 account" in admin.get(url).content.decode()
    admin.post(url, {"name": main.name})
    assert not EventStream.objects.exists()


def test_a_new_key_of_the_house_seals_the_streams_secrets_too(main: TwilioAccount, settings: Settings) -> None:
    stream_of(main)
    settings.SECRET_KEYS = [Fernet.generate_key().decode(), *settings.SECRET_KEYS]
    call_command("rotate_secrets")
    settings.SECRET_KEYS = settings.SECRET_KEYS[:1]
    assert EventStream.objects.get().path_secret() == PATH
