"""Subaccounts as Twilio lists them: odd ones stop nothing, and who is disconnected meanwhile stays so."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, TwilioAccount
from audit.models import Entry
from sync.discovery import discover_subaccounts
from tests.factories import make_account, sid
from tests.rows import somebody_waits_for_a_row
from tests.waiting import until
from twilio_api.answer import Answer

pytestmark = pytest.mark.django_db

TOKEN = "fedcba9876543210fedcba9876543210"


@pytest.fixture
def main() -> TwilioAccount:
    return make_account(name="Northbeam Software")


def shown(**over: object) -> Answer:
    """A subaccount as it stands on a list of its own."""
    payload = {"sid": sid("AC"), "friendly_name": "Harbor Dental", "status": "active", "auth_token": TOKEN, **over}
    return Answer(payload, timezone.now(), ends_page=True)


@pytest.mark.parametrize(
    ("odd", "name"),
    [
        ({"friendly_name": "Harbor\x00Dental"}, "Harbor\ufffdDental"),
        ({"friendly_name": "Harbor \ud83d"}, "Harbor ?"),
        ({"friendly_name": "Harbor " * 50}, ("Harbor " * 50)[:200]),
        ({"friendly_name": ["Harbor"]}, ""),
        ({"status": "active, in words that no column takes"}, "Harbor Dental"),
        ({"status": {"is": "active"}, "more": float("nan")}, "Harbor Dental"),
    ],
)
def test_what_is_said_in_odd_words_is_kept_new_or_known(main: TwilioAccount, odd: dict[str, object], name: str) -> None:
    listed = shown(**odd)
    assert [discover_subaccounts(main, [listed]) for _ in range(2)] == [1, 0]
    account = TwilioAccount.objects.get(sid=listed.payload["sid"])
    assert (account.name, account.customer.name) == (name or account.sid, name or account.sid)
    assert account.credentials().secret == TOKEN


@pytest.mark.parametrize("odd", ["", None, ["AC1"], "AC" + "0" * 33])
def test_what_has_no_sid_is_left_out(main: TwilioAccount, odd: object) -> None:
    other = shown()
    assert discover_subaccounts(main, [shown(sid=odd), other]) == 1
    assert TwilioAccount.objects.get(parent=main).sid == other.payload["sid"]


# --- disconnected meanwhile ------------------------------------------------------------------------------------------


@pytest.fixture
def disconnect(main: TwilioAccount, client_of: Callable[[Role], Client]) -> Callable[[], object]:
    """An administrator's press of the button."""
    admin, url = client_of(Role.ADMINISTRATOR), reverse("sync:disconnect", args=[main.pk])
    return lambda: admin.post(url, {"name": main.name})


def are_all_put_away() -> bool:
    return (
        not TwilioAccount.objects.exclude(sealed_secret="").exists() and not TwilioAccount.objects.mirrored().exists()
    )


def test_what_was_asked_for_before_the_account_was_disconnected_is_not_kept(
    main: TwilioAccount, disconnect: Callable[[], object]
) -> None:
    known = make_account(parent=main)

    def listed() -> Iterator[Answer]:
        disconnect()
        yield shown(sid=known.sid, friendly_name="Another name")
        yield shown()

    assert discover_subaccounts(main, listed()) == 0
    assert are_all_put_away()
    assert TwilioAccount.objects.count() == 2


class Pause:
    """Whoever has just run a statement that begins so waits until it may go on."""

    def __init__(self, begins: str) -> None:
        self.begins, self.reached, self.go_on = begins, Event(), Event()

    def __call__(self, execute: Any, sql: str, *given: Any) -> Any:
        done = execute(sql, *given)
        if sql.startswith(self.begins):
            self.reached.set()
            assert self.go_on.wait(20)
        return done


def overtaken(first: Callable[[], object], begins: str, second: Callable[[], object]) -> tuple[object, object]:
    """What two say of whom the second begins while the first stands in the midst of its work."""
    pause = Pause(begins)

    def paused() -> object:
        with connection.execute_wrapper(pause):
            return first()

    with ThreadPoolExecutor(2) as both:
        told = both.submit(apart, paused)
        assert pause.reached.wait(20)
        told_second = both.submit(apart, second)
        until(somebody_waits_for_a_row)
        pause.go_on.set()
        return told.result(20), told_second.result(20)


def apart(work: Callable[[], object]) -> object:
    try:
        return work()
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_subaccount_found_just_before_is_put_away_with_the_others(
    main: TwilioAccount, disconnect: Callable[[], object]
) -> None:
    page = [shown()]
    found, _ = overtaken(lambda: discover_subaccounts(main, page), 'INSERT INTO "accounts_twilioaccount"', disconnect)
    assert found == 1
    assert are_all_put_away()
    assert TwilioAccount.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_page_that_comes_while_it_is_put_away_is_not_kept(
    main: TwilioAccount, disconnect: Callable[[], object]
) -> None:
    page = [shown(sid=make_account(parent=main).sid, friendly_name="Another name"), shown()]
    _, found = overtaken(disconnect, 'UPDATE "accounts_twilioaccount"', lambda: discover_subaccounts(main, page))
    assert found == 0
    assert are_all_put_away()
    assert TwilioAccount.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_once_disconnect_once(main: TwilioAccount, disconnect: Callable[[], object]) -> None:
    overtaken(disconnect, 'UPDATE "accounts_twilioaccount"', disconnect)
    assert are_all_put_away()
    assert Entry.objects.filter(verb="account:disconnected").count() == 1
