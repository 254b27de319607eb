"""The list of everything: its filters, its pages, its file."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Customer
from audit.models import Entry
from reviews import items
from reviews.exports import harmless
from reviews.filters import MOST_CHOICES
from reviews.models import Review
from reviews.record import mark_gone
from tests.factories import (
    brand_payload,
    campaign_payload,
    error,
    make_account,
    make_customer,
    make_user,
    mirror,
    tollfree_payload,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer() -> Client:
    client = Client()
    client.force_login(make_user("viewer"))
    return client


@pytest.fixture
def mixed() -> dict[str, Review]:
    """One of each, under three customers."""
    number = "+18885550144"
    (brand,) = mirror(make_account(name="Hill Roofing"), "brand", brand_payload())
    campaign, approved = mirror(
        make_account(name="Pelican Pizza"),
        "campaign",
        campaign_payload(),
        campaign_payload(campaign_status="VERIFIED", errors=[]),
    )
    (tollfree,) = mirror(make_account(name="Tallgrass"), "tollfree", tollfree_payload(tollfree_phone_number=number))
    return {"brand": brand, "campaign": campaign, "approved": approved, "tollfree": tollfree}


def found(client: Client, **query: object) -> set[int]:
    page = client.get("/items/", query)  # type: ignore[arg-type]
    assert page.status_code == 200
    return {row.review.pk for row in page.context["items"].rows}


def pks(mixed: dict[str, Review], *names: str) -> set[int]:
    return {mixed[name].pk for name in names}


def test_without_a_filter_everything_is_there(viewer: Client, mixed: dict[str, Review]) -> None:
    assert found(viewer) == pks(mixed, *mixed)


def test_each_filter_narrows_and_together_they_narrow_more(viewer: Client, mixed: dict[str, Review]) -> None:
    assert found(viewer, state="approved") == pks(mixed, "approved")
    assert found(viewer, state=["approved", "needs_fix"]) == pks(mixed, *mixed)
    assert found(viewer, kind=["brand", "tollfree"]) == pks(mixed, "brand", "tollfree")
    assert found(viewer, code="30909") == pks(mixed, "campaign")
    assert found(viewer, customer=mixed["brand"].customer_id) == pks(mixed, "brand")
    assert found(viewer, account=mixed["campaign"].account_id) == pks(mixed, "campaign", "approved")
    assert found(viewer, account=mixed["campaign"].account_id, state="approved") == pks(mixed, "approved")


@pytest.mark.parametrize(
    ("said", "names"),
    [
        ("pelican", ("campaign", "approved")),
        ("Tallgrass Credit", ("tollfree",)),
        ("888 555", ("tollfree",)),
        ("(888) 555-0144", ("tollfree",)),
        ("30795", ("brand",)),
        ("nothing like this", ()),
    ],
)
def test_text_finds_names_numbers_and_codes(
    viewer: Client, mixed: dict[str, Review], said: str, names: tuple[str, ...]
) -> None:
    assert found(viewer, q=said) == pks(mixed, *names)


def test_text_finds_every_sid_an_item_hangs_on(viewer: Client, mixed: dict[str, Review]) -> None:
    campaign = mixed["campaign"]
    service_sid, sid = campaign.remote_key.split("/")
    assert found(viewer, q=sid) == found(viewer, q=service_sid) == pks(mixed, "campaign")
    assert found(viewer, q=campaign.account.sid) == pks(mixed, "campaign", "approved")
    assert campaign.pk in found(viewer, q=campaign.owner_sids[1])


def test_what_is_gone_stays_until_it_is_hidden(viewer: Client, mixed: dict[str, Review]) -> None:
    mark_gone(mixed["brand"], timezone.now())
    assert mixed["brand"].pk in found(viewer)
    assert mixed["brand"].pk not in found(viewer, gone="hide")
    assert found(viewer, gone="only") == pks(mixed, "brand")
    assert "gone from Twilio" in viewer.get("/items/").text


def test_a_value_that_cannot_be_read_is_said_and_narrows_nothing(viewer: Client, mixed: dict[str, Review]) -> None:
    page = viewer.get("/items/", {"code": "thirty", "state": "no-such", "customer": "x", "gone": "maybe"})
    assert "Enter a whole number." in page.text
    assert len(page.context["items"].rows) == len(mixed)


@pytest.mark.parametrize("name", ["customer", "account", "code", "after", "q"])
@pytest.mark.parametrize("digits", [20, 5000])
def test_a_number_beyond_all_there_are_breaks_nothing(viewer: Client, name: str, digits: int) -> None:
    assert viewer.get("/items/", {name: "9" * digits}).status_code == 200


def test_where_there_are_more_customers_than_a_list_helps_with_it_says_how_to_find_the_others(
    viewer: Client, mixed: dict[str, Review]
) -> None:
    hint = f"The first {MOST_CHOICES} by name. For another, put its name into Text."
    assert hint not in viewer.get("/items/").text
    Customer.objects.bulk_create(Customer(name=f"Aardvark {number}") for number in range(MOST_CHOICES))
    chosen = mixed["brand"].customer
    page = viewer.get("/items/", {"customer": chosen.pk}).text
    assert hint in page
    assert page.count('<option value="') > MOST_CHOICES
    assert f'<option value="{chosen.pk}" selected>{chosen.name}</option>' in page


def test_a_pill_takes_only_itself_away_and_unknown_words_stay(viewer: Client, mixed: dict[str, Review]) -> None:
    page = viewer.get("/items/?state=needs_fix&code=30909&utm=mail&after=x")
    pills = {pill.field: pill.without for pill in page.context["items"].filter.pills()}
    assert pills == {"state": "code=30909&utm=mail", "code": "state=needs_fix&utm=mail"}
    assert '<input type="hidden" name="utm" value="mail">' in page.text


def test_another_customers_items_and_names_do_not_exist(mixed: dict[str, Review]) -> None:
    mine = make_customer("Mine")
    user = make_user("viewer", all_customers=False)
    user.customers.add(mine)
    client = Client()
    client.force_login(user)

    page = client.get("/items/", {"customer": mixed["brand"].customer_id})

    assert found(client) == set()
    assert "Hill Roofing" not in page.text


@pytest.mark.parametrize("most", [items.MOST_COUNTED, 3])
def test_pages_hold_every_item_once_forwards_and_back(
    viewer: Client, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr(items, "MOST_COUNTED", most)
    mirror(make_account(), "campaign", *(campaign_payload() for _ in range(120)))
    pages, place = [], ""
    while True:
        shown = viewer.get("/items/", {"after": place}).context["items"]
        pages.append([row.review.pk for row in shown.rows])
        if not shown.page.after:
            break
        place = shown.page.after
    back = viewer.get("/items/", {"before": shown.page.before}).context["items"]

    assert [len(page) for page in pages] == [50, 50, 20]
    assert len({pk for page in pages for pk in page}) == 120
    assert [row.review.pk for row in back.rows] == pages[1]
    assert not viewer.get("/items/", {"before": back.page.before}).context["items"].page.before


@pytest.mark.parametrize("way", ["before", "after"])
def test_where_nothing_stands_beyond_a_place_any_more_the_first_page_does(viewer: Client, way: str) -> None:
    reviews = mirror(make_account(), "campaign", campaign_payload(), campaign_payload())
    end = timezone.now() + timedelta(days=1 if way == "before" else -365)
    shown = viewer.get("/items/", {way: f"0~{end.isoformat()}~1"}).context["items"]
    assert {row.review.pk for row in shown.rows} == {review.pk for review in reviews}
    assert (shown.page.before, shown.page.after) == ("", "")


def test_the_newest_change_of_state_comes_first(viewer: Client) -> None:
    reviews = mirror(make_account(), "campaign", *(campaign_payload() for _ in range(3)))
    for days, review in enumerate(reviews):
        Review.objects.filter(pk=review.pk).update(status_since=timezone.now() - timedelta(days=days))
    rows = viewer.get("/items/").context["items"].rows
    assert [row.review.pk for row in rows] == [review.pk for review in reviews]


def test_unknown_codes_and_empty_errors_are_shown_as_they_are(viewer: Client) -> None:
    odd = [{"error_code": None, "description": "Only words"}, {}, None, "30999", {"fields": ["X"]}, 12]
    mirror(make_account(), "campaign", campaign_payload(errors=odd), campaign_payload(errors=[error(39999)]))
    mirror(make_account(name="Bare"), "campaign", {"sid": "QE1", "messaging_service_sid": "MG1"})
    page = viewer.get("/items/").text
    assert "not in our catalogue" in page
    assert "Only words" in page
    assert "Twilio gives no state" in page


def test_forty_rows_cost_as_many_queries_as_ten(
    viewer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mirror(make_account(), "campaign", *(campaign_payload() for _ in range(10)))
    with django_assert_num_queries(9):
        viewer.get("/items/")
    for number in range(3):
        mirror(make_account(name=f"Account {number}"), "campaign", *(campaign_payload() for _ in range(10)))
    with django_assert_num_queries(9):
        viewer.get("/items/")


# --- the file --------------------------------------------------------------------------------------------------------


def exported(client: Client, **query: str) -> list[dict[str, str]]:
    answer = client.get("/items.csv", query)
    assert answer.streaming
    return list(csv.DictReader(StringIO(answer.getvalue().decode("utf-8-sig"))))


def test_the_file_holds_all_that_is_filtered_in_twilios_words_too(viewer: Client) -> None:
    mirror(make_account(), "campaign", *(campaign_payload() for _ in range(60)))
    mirror(make_account(name="Other"), "brand", brand_payload())

    lines = exported(viewer, kind="campaign")

    assert len(lines) == 60
    assert lines[0]["Twilio status"] == "FAILED"
    assert lines[0]["Codes"] == "30909"
    assert lines[0]["Flagged fields"] == "Opt-in description"


def test_taking_the_file_is_written_down(viewer: Client) -> None:
    exported(viewer, state="needs_fix")
    entry = Entry.objects.get(verb="items:exported")
    assert entry.detail == {"filter": "state=needs_fix"}


def test_no_cell_is_a_formula(viewer: Client) -> None:
    account = make_account(name="=HYPERLINK(1)")
    mirror(account, "tollfree", tollfree_payload(business_name="@SUM(1)"))
    (line,) = exported(viewer)
    assert (line["Customer"], line["Name"]) == ("'=HYPERLINK(1)", "'@SUM(1)")
    assert [harmless(cell) for cell in ("+1", "-1", "\t=1", "plain", "")] == ["'+1", "'-1", "'\t=1", "plain", ""]
