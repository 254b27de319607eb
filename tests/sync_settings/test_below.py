"""The subaccounts on a main account's page: some on each page of many, looked for by name, kept fresh while all are
read."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, TwilioAccount
from sync.overview import SIZE
from sync.views import MOST_FAILING, MOST_UNREADABLE
from tests.factories import make_account, make_customer, sid
from tests.sync_settings.test_accounts import HTMX

pytestmark = pytest.mark.django_db

NAMES = [f"Bakery {number:03}" for number in range(SIZE + 12)]

type Asked = Callable[..., Any]


@pytest.fixture
def main() -> TwilioAccount:
    main = make_account(name="Northbeam Software")
    add_below(main, NAMES)
    return main


def add_below(main: TwilioAccount, names: list[str], **given: Any) -> None:
    customer = make_customer("Bakeries")
    TwilioAccount.objects.bulk_create(
        TwilioAccount(sid=sid("AC"), parent=main, name=name, customer=customer, **given) for name in names
    )


@pytest.fixture
def asked(client_of: Callable[[Role], Client], main: TwilioAccount) -> Asked:
    """The main account's page as an administrator sees it."""
    admin, url = client_of(Role.ADMINISTRATOR), reverse("sync:account", args=[main.pk])
    return lambda query="", **asked: admin.get(f"{url}?{query}" if query else url, **asked)


def names_on(page: Any) -> list[str]:
    return [account.name for account, _, _ in page.context["rows"]]


def test_all_are_counted_and_stand_on_pages_one_behind_the_other(asked: Asked) -> None:
    first = asked()
    assert f"{len(NAMES)} subaccounts" in first.text
    second = asked(first.context["queries"]["next"])
    assert (names_on(first), names_on(second)) == (NAMES[:SIZE], NAMES[SIZE:])
    assert 'rel="next"' in first.text
    assert 'rel="next"' not in second.text


@pytest.mark.parametrize("place", ["99999999999", "9" * 20, "9" * 400, "-1", "half", "٣", "²"])
def test_a_place_that_is_none_is_the_first_page(asked: Asked, place: str) -> None:
    assert names_on(asked(data={"after": place})) == NAMES[:SIZE]


def test_one_is_found_by_a_part_of_its_name_and_by_its_sid(asked: Asked, main: TwilioAccount) -> None:
    last = main.subaccounts.get(name=NAMES[-1])
    for words in ("ery 061", f" {last.sid} "):
        page = asked(data={"name": words})
        assert names_on(page) == [last.name]
        assert f"{len(NAMES)} subaccounts" in page.text


def test_what_matches_nothing_says_so_and_leads_back(asked: Asked) -> None:
    page = asked(data={"name": "<i>Florist", "since": timezone.now().isoformat()})
    assert "“&lt;i&gt;Florist”" in page.text
    assert page.context["queries"]["all"].startswith("since=")
    assert names_on(asked(page.context["queries"]["all"])) == NAMES[:SIZE]


def test_what_no_name_holds_breaks_nothing(asked: Asked) -> None:
    for words in ("%_\\", "x" * 5000):
        assert names_on(asked(data={"name": words})) == []


def test_those_that_cannot_be_read_stand_alone(asked: Asked, main: TwilioAccount) -> None:
    assert "All of them can be read." in asked(data={"only": "failing"}).text
    failing = main.subaccounts.filter(name__in=NAMES[-3:])
    failing.update(failing_since=timezone.now(), last_error="Twilio refused the credentials.")
    assert names_on(asked(data={"only": "failing"})) == NAMES[-3:]
    assert names_on(asked(asked().context["queries"]["failing"])) == NAMES[-3:]


def test_few_need_no_search(client_of: Callable[[Role], Client]) -> None:
    alone = make_account(name="Alone")
    add_below(alone, NAMES[:3])
    page = client_of(Role.ADMINISTRATOR).get(reverse("sync:account", args=[alone.pk])).content.decode()
    assert 'role="search" aria-label="Subaccounts"' not in page
    assert "3 subaccounts" in page


def test_while_it_is_read_what_is_typed_and_what_is_pressed_stay(asked: Asked) -> None:
    """Every two seconds the figures and the list are replaced: nothing with a field or a form in it."""
    page = asked(data={"name": "Bakery"})
    assert 'hx-trigger="every 2s"' in page.text
    assert "Switch events on" in page.text or "Events are not switched on" in page.text
    piece = asked(data={"name": "Bakery"}, headers=HTMX).text
    for part in ("standing", "rows", "figures"):
        assert f'id="{part}" hx-swap-oob="true"' in piece
        assert f'id="{part}"' in page.text
    assert NAMES[0] in piece
    assert "<form" not in piece
    assert "<input" not in piece


def test_a_page_costs_the_same_however_many_there_are(
    asked: Asked, main: TwilioAccount, django_assert_max_num_queries: Callable[..., Any]
) -> None:
    add_below(main, [f"Florist {number:04}" for number in range(400)])
    with django_assert_max_num_queries(22):
        page = asked()
    assert f"{len(NAMES) + 400} subaccounts" in page.text
    assert len(names_on(page)) == SIZE


def test_more_failing_accounts_than_are_listed_are_counted(
    main: TwilioAccount, client_of: Callable[[Role], Client]
) -> None:
    add_below(main, [f"Florist {number}" for number in range(MOST_FAILING + 1)], failing_since=timezone.now())
    page = client_of(Role.VIEWER).get(reverse("sync:accounts")).content.decode()
    assert f'<span class="count is-hot">{MOST_FAILING + 1}</span>' in page
    assert f"here the {MOST_FAILING} that have failed longest" in page


def test_more_unreadable_answers_than_are_shown_are_counted(
    main: TwilioAccount, client_of: Callable[[Role], Client]
) -> None:
    for number in range(MOST_UNREADABLE + 1):
        main.unreadable.create(kind="brand", digest=str(number), payload={}, error="A brand without a SID.")
    page = client_of(Role.ADMINISTRATOR).get(reverse("sync:unreadable", args=[main.pk])).content.decode()
    assert f"The latest {MOST_UNREADABLE} of {MOST_UNREADABLE + 1}." in page
