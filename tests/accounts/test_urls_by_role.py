"""Asks every address of the product as everybody. One that is not in the table of doors fails."""

from collections.abc import Callable, Iterable, Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import ROLE_ORDER, Role
from tests.accounts.doors import ANYBODY, DOORS, NOT_OURS, PROGRAM, Door, House
from tests.factories import make_user

OURS = {name: door for name, door in DOORS.items() if door.to not in (ANYBODY, PROGRAM)}


@pytest.fixture
def house(db: None) -> House:
    return House()


def names(patterns: Iterable[URLPattern | URLResolver], within: str = "") -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{within}{pattern.name}"
        else:
            yield from names(pattern.url_patterns, f"{within}{pattern.namespace}:" if pattern.namespace else within)


def address(name: str, door: Door, house: House) -> str:
    return reverse(name, args=door.args(house))


def test_every_address_is_in_the_table() -> None:
    found = {name for name in names(get_resolver().url_patterns) if not name.startswith(NOT_OURS)}
    assert found == set(DOORS)


def test_a_stranger_is_sent_to_sign_in(house: House, client: Client) -> None:
    sign_in = reverse("account_login")
    for name, door in OURS.items():
        url = address(name, door, house)
        for answer in (client.get(url), client.post(url)):
            assert answer.status_code == 302, name
            assert answer["Location"].startswith(sign_in), name


def test_a_role_below_is_refused(house: House, client_of: Callable[[Role], Client]) -> None:
    for role in ROLE_ORDER:
        client = client_of(Role(role))
        for name, door in OURS.items():
            if ROLE_ORDER.index(role) < ROLE_ORDER.index(door.to):
                url = address(name, door, house)
                assert client.post(url).status_code in ((403,) if door.post_only else (403, 405)), (name, role)
                assert client.get(url).status_code == (405 if door.post_only else 403), (name, role)


def test_its_role_and_those_above_are_let_in(house: House, client_of: Callable[[Role], Client]) -> None:
    for role in ROLE_ORDER:
        client = client_of(Role(role))
        for name, door in OURS.items():
            if ROLE_ORDER.index(role) >= ROLE_ORDER.index(door.to):
                answer = client.get(address(name, door, house))
                assert answer.status_code in ((405,) if door.post_only else (200, 204, 302)), (name, role)


def test_other_customers_do_not_exist(house: House, client: Client) -> None:
    client.force_login(make_user(Role.ADMINISTRATOR, all_customers=False))
    for name, door in OURS.items():
        if door.of_customer:
            url = address(name, door, house)
            answer = client.post(url) if door.post_only else client.get(url)
            assert answer.status_code == 404, name


def test_anybody_may_come_in_here(house: House, client: Client) -> None:
    for name, door in DOORS.items():
        if door.to == ANYBODY:
            assert client.get(address(name, door, house)).status_code == 200, name


def test_a_door_for_programs_opens_to_nobody_who_signs_nothing(
    house: House, client_of: Callable[[Role], Client]
) -> None:
    clients = (Client(), client_of(Role.ADMINISTRATOR))
    for name, door in DOORS.items():
        if door.to == PROGRAM:
            url = address(name, door, house)
            for client in clients:
                assert client.get(url).status_code == 405, name
                assert client.post(url, {}, content_type="application/json").status_code == 403, name


def test_the_admin_is_for_superusers_and_asks_for_the_second_step(client_of: Callable[[Role], Client]) -> None:
    answer = client_of(Role.ADMINISTRATOR).get(reverse("admin:index"))
    assert answer.status_code == 302
