"""Customers: what is counted for whom, and moving a brand or messaging service between them."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Assignment, Customer, Role, TwilioAccount
from audit.models import Entry
from reviews.models import Review
from tests.factories import brand_payload, campaign_payload, make_account, make_customer, make_user, mirror, sid

pytestmark = pytest.mark.django_db

BRAND, SERVICE = sid("BN", "the brand"), sid("MG", "the service")


@pytest.fixture
def account() -> TwilioAccount:
    return make_account(name="Northbeam Software")


@pytest.fixture
def campaigns(account: TwilioAccount) -> list[Review]:
    """Two campaigns of one brand, the first with the service SERVICE."""
    mirror(account, "brand", brand_payload(sid=BRAND))
    first = campaign_payload(messaging_service_sid=SERVICE, brand_registration_sid=BRAND)
    return mirror(account, "campaign", first, campaign_payload(brand_registration_sid=BRAND))


@pytest.fixture
def manager(client_of: Callable[[Role], Client]) -> Client:
    return client_of(Role.MANAGER)


def owners() -> dict[str, int]:
    return {review.remote_key: review.customer_id for review in Review.objects.all()}


def move(client: Client, review: Review, subject: str, **to: object) -> int:
    return client.post(reverse("accounts:reassign", args=[review.pk]), {"subject": subject, **to}).status_code


def test_a_brand_moves_with_everything_under_it(manager: Client, campaigns: list[Review]) -> None:
    assert move(manager, campaigns[0], BRAND, new_name="Quarry Auto Glass") == 302
    quarry = Customer.objects.get(name="Quarry Auto Glass")
    assert set(owners().values()) == {quarry.pk}
    entry = Entry.objects.get()
    assert (entry.verb, entry.detail) == ("customer:reassigned", {"what": BRAND, "items": 3})


def test_the_nearest_owner_wins(manager: Client, campaigns: list[Review], account: TwilioAccount) -> None:
    quarry, wren = make_customer("Quarry Auto Glass"), make_customer("Wren & Co.")
    move(manager, campaigns[0], SERVICE, customer=wren.pk)
    move(manager, campaigns[1], BRAND, customer=quarry.pk)
    assert owners()[campaigns[0].remote_key] == wren.pk
    assert owners()[campaigns[1].remote_key] == quarry.pk


def test_what_appears_later_follows(manager: Client, campaigns: list[Review], account: TwilioAccount) -> None:
    quarry = make_customer("Quarry Auto Glass")
    move(manager, campaigns[0], BRAND, customer=quarry.pk)
    (later,) = mirror(account, "campaign", campaign_payload(brand_registration_sid=BRAND))
    assert later.customer_id == quarry.pk


def test_moving_twice_keeps_one_assignment(manager: Client, campaigns: list[Review]) -> None:
    quarry, wren = make_customer("Quarry Auto Glass"), make_customer("Wren & Co.")
    for customer in (quarry, quarry, wren):
        move(manager, campaigns[0], BRAND, customer=customer.pk)
    assert [assignment.customer for assignment in Assignment.objects.all()] == [wren]


@pytest.mark.parametrize("to", [{}, {"new_name": "  "}, {"customer": 999999}])
def test_nobody_to_move_to_is_refused(manager: Client, campaigns: list[Review], to: dict[str, object]) -> None:
    assert move(manager, campaigns[0], BRAND, **to) == 422
    assert not Assignment.objects.exists()


def test_only_owners_of_the_item_can_be_moved(manager: Client, campaigns: list[Review]) -> None:
    assert move(manager, campaigns[0], sid("BN"), new_name="Quarry Auto Glass") == 422


def test_somebody_with_few_customers_moves_between_these_only(client: Client, campaigns: list[Review]) -> None:
    person = make_user(Role.MANAGER, all_customers=False)
    person.customers.add(campaigns[0].customer)
    client.force_login(person)
    stranger = make_customer("Wren & Co.")
    assert move(client, campaigns[0], BRAND, customer=stranger.pk) == 422
    assert move(client, campaigns[0], BRAND, new_name="A new one") == 422


def test_renaming_is_written_down(manager: Client) -> None:
    customer = make_customer("Larkspur")
    manager.post(reverse("accounts:rename_customer", args=[customer.pk]), {"name": "Larkspur Bike Repair"})
    customer.refresh_from_db()
    assert customer.name == "Larkspur Bike Repair"
    assert Entry.objects.get().detail == {"before": "Larkspur"}


def test_the_list_counts_finds_and_pages(manager: Client, campaigns: list[Review]) -> None:
    for number in range(55):
        make_customer(f"Customer {number:02}")
    page = manager.get(reverse("accounts:customers"))
    assert len(page.context["rows"]) == 50
    rest = manager.get(reverse("accounts:customers") + page.context["next_url"])
    (row,) = [row for row in rest.context["rows"] if row.total]
    assert (row.customer.name, row.rejected) == ("Northbeam Software", [("needs_fix", 3)])
    found = manager.get(reverse("accounts:customers"), {"q": "northbeam"})
    assert [row.customer.name for row in found.context["rows"]] == ["Northbeam Software"]


def test_the_list_shows_the_persons_customers_only(client: Client, campaigns: list[Review]) -> None:
    client.force_login(make_user(Role.VIEWER, all_customers=False))
    assert not client.get(reverse("accounts:customers")).context["rows"]


def test_list_and_page_cost_the_same_for_many(
    manager: Client, account: TwilioAccount, django_assert_max_num_queries: Callable[..., object]
) -> None:
    mirror(account, "campaign", *(campaign_payload() for _ in range(30)))
    for number in range(40):
        make_customer(f"Customer {number:02}")
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        manager.get(reverse("accounts:customers"))
    with django_assert_max_num_queries(9):  # type: ignore[attr-defined]
        manager.get(reverse("accounts:customer", args=[account.customer_id]))
