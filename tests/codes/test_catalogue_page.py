"""The catalogue in the desk: looking a number up, narrowing by kind, way out and words, links that can be passed on."""

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from rulebook.catalogue import ROWS
from tests.factories import campaign_payload, error, make_account, make_user, mirror

pytestmark = pytest.mark.django_db
type Clients = Callable[[Role], Client]


@pytest.fixture
def viewer(client_of: Clients) -> Client:
    return client_of(Role.VIEWER)


@pytest.fixture
def admin(client_of: Clients) -> Client:
    return client_of(Role.ADMINISTRATOR)


def listed(client: Client, **query: str) -> set[int]:
    page = client.get("/codes/", query)
    assert page.status_code == 200
    return {row.code for row in page.context["filter"].rows}


def test_it_lists_every_row_and_leads_to_its_page(viewer: Client) -> None:
    page = viewer.get("/codes/")
    assert len(page.context["filter"].rows) == len(ROWS)
    assert 'href="/codes/30924/"' in page.text


def test_a_number_is_found_by_its_beginning_and_by_its_other_names(viewer: Client) -> None:
    assert listed(viewer, q="30924") == {30924}
    assert {30890, 30892, 30893} < listed(viewer, q="3089")
    assert listed(viewer, q="30824") == {30437}, "another number of the same fault"


def test_words_are_looked_for_in_all_that_a_row_says(viewer: Client) -> None:
    assert 30892 in listed(viewer, q="shortener SAMPLE")
    assert listed(viewer, q="zebra crossing") == set()
    assert "No code matches" in viewer.get("/codes/", {"q": "zebra crossing"}).text


def test_kind_and_way_out_narrow_together(viewer: Client) -> None:
    found = listed(viewer, kind="tollfree", route="appeal")
    assert found == {row.code for row in ROWS if "tollfree" in row.kinds and row.route == "appeal"}
    assert found


def test_a_filter_keeps_the_others_in_its_link(viewer: Client) -> None:
    page = viewer.get("/codes/", {"q": "consent", "kind": "campaign"}).text
    assert 'href="/codes/?q=consent&amp;kind=tollfree"' in page
    assert '<input type="hidden" name="kind" value="campaign">' in page


@pytest.mark.parametrize("query", [{"kind": "fax"}, {"route": "teleport"}, {"q": "x" * 101}])
def test_a_filter_it_cannot_read_is_said_and_narrows_nothing(viewer: Client, query: dict[str, str]) -> None:
    page = viewer.get("/codes/", query)
    assert page.status_code == 200
    assert 'role="alert"' in page.text
    assert len(page.context["filter"].rows) == len(ROWS)


# --- what is not in the catalogue ------------------------------------------------------------------------------------


def test_administrators_see_the_numbers_no_row_knows_most_frequent_first(admin: Client) -> None:
    account = make_account()
    for errors in ([error(30989)], [error(30989), error(30988)], [error(30924)]):
        mirror(account, "campaign", campaign_payload(errors=errors))
    unlisted = admin.get("/codes/").context["unlisted"]
    assert [(one.code, one.items) for one in unlisted] == [(30989, 2), (30988, 1)]


def test_others_do_not(viewer: Client) -> None:
    mirror(make_account(), "campaign", campaign_payload(errors=[error(30989)]))
    assert "Not in our catalogue" not in viewer.get("/codes/").text


def test_an_administrator_of_some_customers_sees_only_theirs(client: Client) -> None:
    mirror(make_account(), "campaign", campaign_payload(errors=[error(30989)]))
    client.force_login(make_user(Role.ADMINISTRATOR, all_customers=False))
    assert client.get("/codes/").context["unlisted"] == []


def test_forty_items_cost_as_many_queries_as_ten(
    admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = make_account()
    for size in (10, 30):
        errors = [[error(30950 + number)] for number in range(size)]
        mirror(account, "campaign", *(campaign_payload(errors=one) for one in errors))
        with django_assert_num_queries(5):
            admin.get("/codes/")
