"""One number: what it means, what to do, what the house says of it, and which items have it now."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from reviews.codes import SHOWN
from reviews.models import HouseNote
from reviews.record import mark_gone
from rulebook.explain import explain
from tests.factories import campaign_payload, error, make_account, make_customer, make_user, mirror

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer(client_of: Callable[[Role], Client]) -> Client:
    return client_of(Role.VIEWER)


def items_of(client: Client, code: int = 30924) -> list[int]:
    return [item.pk for item, _ in client.get(f"/codes/{code}/").context["items"]]


def test_it_says_what_the_catalogue_knows(viewer: Client) -> None:
    page = viewer.get("/codes/30909/").text
    row = explain("campaign", 30909)
    for said in (
        row.title,
        row.route.label,
        "Opt-in description",
        "seen 22 Nov 2026",
        "https://www.twilio.com/docs/api/errors/30909",
    ):
        assert said in page, said
    assert row.source in page


def test_each_fault_of_a_number_has_its_place(viewer: Client) -> None:
    page = viewer.get("/codes/30883/").text
    assert "Adult content" in page
    assert "Alcohol content" in page


def test_other_numbers_of_the_fault_lead_to_their_pages(viewer: Client) -> None:
    assert 'href="/codes/30824/"' in viewer.get("/codes/30437/").text
    assert 'href="/codes/30437/"' in viewer.get("/codes/30824/").text


def test_the_house_note_stands_first(viewer: Client) -> None:
    HouseNote.objects.create(kind="campaign", code=30909, note="Name <the> form.", route="support", by_name="Ana Ruiz")
    page = viewer.get("/codes/30909/").text
    assert "Name &lt;the&gt; form." in page
    assert "Way out here: Ask Twilio Support." in page
    assert "Ana Ruiz" in page


def test_a_number_nobody_knows_has_a_page_with_twilios_words(viewer: Client) -> None:
    mirror(make_account(), "campaign", campaign_payload(errors=[error(30989, description="Because of the moon.")]))
    page = viewer.get("/codes/30989/").text
    assert "Not in our catalogue" in page
    assert "Because of the moon." in page


@pytest.mark.parametrize("number", ["0", "9999999999", "99999999999999999999999999"])
def test_what_can_be_no_number_of_twilios_is_not_found(viewer: Client, number: str) -> None:
    assert viewer.get(f"/codes/{number}/").status_code == 404


def test_it_lists_the_items_that_have_it_now(viewer: Client) -> None:
    account = make_account()
    ours, other, gone = mirror(
        account,
        "campaign",
        campaign_payload(errors=[error(30924), error(30909)]),
        campaign_payload(errors=[error(30909)]),
        campaign_payload(errors=[error(30924)]),
    )
    mark_gone(gone, timezone.now())
    assert items_of(viewer) == [ours.pk]
    assert set(items_of(viewer, 30909)) == {ours.pk, other.pk}
    assert 'href="/items/?code=30924&amp;gone=hide"' in viewer.get("/codes/30924/").text


def test_of_other_customers_it_tells_nothing(client: Client) -> None:
    mirror(make_account(), "campaign", campaign_payload(errors=[error(30989, description="Their secret.")]))
    person = make_user(Role.EDITOR, all_customers=False)
    person.customers.add(make_customer("Mine"))
    client.force_login(person)
    page = client.get("/codes/30989/").text
    assert "Their secret." not in page
    assert "None of your items." in page


def test_it_shows_the_newest_and_counts_the_rest(viewer: Client) -> None:
    account = make_account()
    mirror(account, "campaign", *(campaign_payload(errors=[error(30924)]) for _ in range(SHOWN + 3)))
    page = viewer.get("/codes/30924/")
    assert len(page.context["items"]) == SHOWN
    assert f"See all {SHOWN + 3} in the list" in page.text


def test_many_items_cost_as_many_queries_as_one(
    viewer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = make_account()
    for size in (1, 15):
        mirror(account, "campaign", *(campaign_payload(errors=[error(30924)]) for _ in range(size)))
        with django_assert_num_queries(7):
            viewer.get("/codes/30924/")


def test_lists_and_items_lead_to_the_page_of_a_code(viewer: Client) -> None:
    (review,) = mirror(make_account(), "campaign", campaign_payload(errors=[error(30924)]))
    for address in ("/inbox/", "/items/", reverse("reviews:item", args=[review.pk])):
        assert 'href="/codes/30924/"' in viewer.get(address).text, address


def test_an_item_shows_the_house_note_and_what_the_route_would_cure(viewer: Client) -> None:
    HouseNote.objects.create(kind="campaign", code=30924, note="Name the form first.", by_name="Ana Ruiz")
    payload = campaign_payload(errors=[error(30924), error(30890)])
    (review,) = mirror(make_account(), "campaign", payload)
    page = viewer.get(f"/items/{review.pk}/").text
    assert "Name the form first." in page
    assert "30890 decides: no lighter way cures it." in page
    assert "Would cure" in page
