"""Customers: what is counted for whom, and moving a brand or messaging service between them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Assignment, Customer, Role, TwilioAccount
from audit.models import Entry
from reviews import customers
from reviews.customer_views import MOST_ACCOUNTS
from reviews.models import Review
from tests.factories import brand_payload, campaign_payload, make_account, make_customer, make_user, mirror, sid

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
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
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        manager.get(reverse("accounts:customer", args=[account.customer_id]))


def page_of(client: Client, customer: int, **place: str) -> Any:
    """What the template of a customer's page is given."""
    answer = client.get(reverse("accounts:customer", args=[customer]), place)
    assert answer.status_code == 200
    return answer.context


def test_a_page_costs_ten_statements_at_most_whatever_is_on_it(
    manager: Client, of_each: dict[str, Review], django_assert_max_num_queries: Callable[..., object]
) -> None:
    with django_assert_max_num_queries(10):  # type: ignore[attr-defined]
        page_of(manager, of_each["gone"].customer_id)


@pytest.fixture
def of_each(account: TwilioAccount) -> dict[str, Review]:
    """One customer's campaigns, one in each rank and two with deadlines, in the order in which they are shown."""
    reviews = mirror(account, "campaign", *(campaign_payload() for _ in range(9)))
    names = ("due", "due later", "newer", "overdue", "older", "review", "approved", "stopped", "gone")
    now, by_name = timezone.now(), dict(zip(names, reviews, strict=True))
    for days, (name, review) in enumerate(by_name.items()):
        status = {"older": "unknown", "review": "in_review", "approved": "approved", "stopped": "stopped"}.get(name)
        Review.objects.filter(pk=review.pk).update(
            status=status or review.status,
            status_since=now - timedelta(days=30 if name == "due" else days),
            deadline={"due": now + DAY, "due later": now + 2 * DAY, "overdue": now - DAY}.get(name),
            gone_at=now if name == "gone" else None,
        )
    return by_name


def test_what_waits_for_us_comes_first_and_what_is_gone_last(manager: Client, of_each: dict[str, Review]) -> None:
    context = page_of(manager, of_each["gone"].customer_id)
    assert [item.pk for item, _ in context["items"]] == [review.pk for review in of_each.values()]


def test_the_figures_leave_out_what_is_gone(manager: Client, of_each: dict[str, Review]) -> None:
    figures = page_of(manager, of_each["gone"].customer_id)["figures"]
    counts = (figures.total, figures.fine, figures.waiting, figures.in_review)
    assert [str(count) for count in counts] == ["8", "1", "5", "1"]
    moments = {name: Review.objects.get(pk=review.pk) for name, review in of_each.items()}
    assert figures.waiting_since == moments["due"].status_since
    assert figures.in_review_since == moments["review"].status_since
    assert figures.deadline == moments["due"].deadline


def test_the_page_of_somebody_without_items_says_so(manager: Client) -> None:
    context = page_of(manager, make_customer("Nobody yet").pk)
    assert not context["items"]
    assert (str(context["figures"].total), context["figures"].deadline) == ("0", None)


def test_nothing_is_counted_beyond_what_anybody_reads(
    manager: Client, account: TwilioAccount, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(customers, "MOST_COUNTED", 3)
    mirror(account, "campaign", *(campaign_payload() for _ in range(4)))
    mirror(account, "campaign", *(campaign_payload(campaign_status="VERIFIED", errors=[]) for _ in range(2)))
    answer = manager.get(reverse("accounts:customer", args=[account.customer_id]))
    assert "2 of 5+" in answer.text
    assert '<span class="big">3+</span>' in answer.text


def test_pages_of_a_customer_hold_every_item_once_forwards_and_back(
    manager: Client, of_each: dict[str, Review], account: TwilioAccount
) -> None:
    mirror(account, "campaign", *(campaign_payload() for _ in range(60)))
    mirror(account, "campaign", *(campaign_payload(campaign_status="VERIFIED", errors=[]) for _ in range(60)))
    first = page_of(manager, account.customer_id)
    second = page_of(manager, account.customer_id, after=first["page"].after)
    last = page_of(manager, account.customer_id, after=second["page"].after)
    back = page_of(manager, account.customer_id, before=last["page"].before)

    shown = [[item.pk for item, _ in context["items"]] for context in (first, second, last)]
    assert [len(page) for page in shown] == [50, 50, 29]
    assert len({pk for page in shown for pk in page}) == 129
    assert [item.pk for item, _ in back["items"]] == shown[1]
    assert not last["page"].after


@pytest.mark.parametrize(
    "place", ["1~x~y~z", "1~2~17~4", "1~2", "9~2~2026-01-01T00:00:00+00:00~4", "1~2~2026-01-01~4", f"1~{'9' * 30}"]
)
def test_a_place_that_cannot_be_read_is_the_first_page(manager: Client, campaigns: list[Review], place: str) -> None:
    assert len(page_of(manager, campaigns[0].customer_id, after=place)["items"]) == 3


@pytest.mark.parametrize("digits", [20, 4000])
def test_a_number_beyond_all_there_are_breaks_no_page(manager: Client, campaigns: list[Review], digits: int) -> None:
    many = "9" * digits
    for place in (f"1~{many}~2026-01-01T00:00:00+00:00~{many}", f"0~2026-01-01T00:00:00+00:00~{many}"):
        assert page_of(manager, campaigns[0].customer_id, after=place)["items"]


def test_of_many_accounts_the_first_are_named(manager: Client, account: TwilioAccount) -> None:
    for number in range(MOST_ACCOUNTS):
        make_account(name=f"Account {number:02}", customer=account.customer)
    context = page_of(manager, account.customer_id)
    assert (len(context["accounts"]), context["has_more_accounts"]) == (MOST_ACCOUNTS, True)
