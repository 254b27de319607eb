"""A plan on the pages that are not its own: the inbox, the list, the item and its edit form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, User
from reviews.models import Renewal, Review
from tests.campaigns.form import text_of, words_of
from tests.factories import make_user
from tests.renewal.conftest import carried, order
from tests.renewal.form import Browser, start_url, window

pytestmark = pytest.mark.django_db(transaction=True)
State = Renewal.State


def test_the_inbox_asks_for_what_waits_for_us_and_not_for_the_rest(
    planned: Renewal, ana: User, marta: User, client_for: Browser
) -> None:
    inbox = client_for(ana)
    assert "Finish the plan, or cancel it" in words_of(inbox.get("/inbox/"))
    assert f'href="/renewals/of/{planned.review_id}/"' in text_of(inbox.get("/inbox/"))
    window(client_for, marta, planned).delete()
    assert "Larkspur" not in words_of(inbox.get("/inbox/")).split("Reason")[-1].split("oldest")[0]
    carried(planned)
    assert "Deleted; look at the new one and create it" in words_of(inbox.get("/inbox/"))
    order(planned, marta)
    assert "Being created at Twilio" in words_of(inbox.get("/items/"))


def test_the_items_page_shows_the_plan_and_not_that_it_was_found_gone(
    deleted: Renewal, review: Review, ana: User, client_for: Browser
) -> None:
    words = words_of(client_for(ana).get(f"/items/{review.pk}/"))
    assert "A plan to delete it and create it again is open." in words
    assert "Go on with the plan" in words
    assert "Found gone" not in words
    assert "Twilio does not have it any more" not in words


def test_the_history_reads_as_one_line(ordered: Renewal, review: Review, ana: User, client_for: Browser) -> None:
    carried(ordered)
    words = words_of(client_for(ana).get(f"/items/{review.pk}/")).split("Activity")[-1]
    told = [
        "Created again: the same history goes on", "In review", "accepted $15.00 for the new one",
        "Deleted at Twilio, to be created again", "typed its name, to delete it at Twilio",
        "Ana Ruiz began a plan to delete it and create it again", "First seen",
    ]  # fmt: skip
    assert all(part in words for part in told), words


def test_the_edit_form_is_closed_and_says_why(planned: Renewal, review: Review, ana: User, client_for: Browser) -> None:
    words = words_of(client_for(ana).get(f"/campaigns/{review.pk}/fix/"))
    assert "A plan to make it anew is open" in words


def test_the_item_offers_it_where_it_is_right(review: Review, ana: User, client_for: Browser) -> None:
    assert start_url(review) in text_of(client_for(ana).get(f"/items/{review.pk}/"))
    viewer = client_for(make_user(Role.VIEWER))
    assert start_url(review) not in text_of(viewer.get(f"/items/{review.pk}/"))


def test_hostile_texts_are_shown_and_not_run(deleted: Renewal, marta: User, client_for: Browser) -> None:
    hostile = '<script>alert(1)</script> "quoted" & <img src=x onerror=alert(2)> ' * 2
    at = window(client_for, marta, deleted)
    at.open()
    at.save(description=hostile, help_message=hostile, opt_in_keywords=hostile)
    Renewal.objects.update(why=hostile, answer=hostile[:400])
    for name in ("page", "form", "review", "delete"):
        page = text_of(at.get(name))
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("name", ["page", "form", "review"])
def test_a_plan_with_a_long_past_costs_as_many_queries(
    name: str, planned: Renewal, review: Review, ana: User, client_for: Browser
) -> None:
    at = window(client_for, ana, planned)
    at.get(name)
    with CaptureQueriesContext(connection) as few:
        at.get(name)
    old = {"review": review, "why": "Before.", "old_key": "x", "by_name": "Ana", "state": State.CANCELLED}
    Renewal.objects.bulk_create(Renewal(**old, reference=f"old {number}") for number in range(20))
    with CaptureQueriesContext(connection) as many:
        at.get(name)
    assert len(few) == len(many) <= 16, [query["sql"][:90] for query in many]


def test_an_inbox_of_plans_costs_as_many_queries_as_one(
    review: Review, planned: Renewal, ana: User, client_for: Browser
) -> None:
    client = client_for(ana)
    client.get("/inbox/")
    with CaptureQueriesContext(connection) as few:
        client.get("/inbox/")
    rows = [
        Review(**{f.attname: getattr(review, f.attname) for f in Review._meta.fields if f.name != "id"})
        for _ in range(20)
    ]
    for number, row in enumerate(rows):
        row.remote_key, row.renewal = f"MG/{number}", "planned"
    Review.objects.bulk_create(rows)
    with CaptureQueriesContext(connection) as many:
        client.get("/inbox/")
    assert len(few) == len(many)
