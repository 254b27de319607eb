"""The first screen: what is on it, in which order, and for whom."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from reviews import drafts
from reviews.models import Review
from tests.factories import (
    brand_payload,
    campaign_payload,
    error,
    make_account,
    make_customer,
    make_user,
    mirror,
    tollfree_payload,
    twilio_time,
)

pytestmark = pytest.mark.django_db
type Clients = Callable[[Role], Client]

INBOX = "/inbox/"


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(make_user("editor", email="ana@isv.example"))
    return client


def names(client: Client, query: str = "") -> list[str]:
    """The customers in the list, from top to bottom."""
    page = client.get(f"{INBOX}{query}")
    return [row.review.customer.name for _, rows in page.context["inbox"].groups for row in rows]


def verification(name: str, closes_in: timedelta) -> Review:
    account = make_account(name=name)
    moment = twilio_time(timezone.now() + closes_in)
    return mirror(account, "tollfree", tollfree_payload(business_name=name, edit_expiration=moment))[0]


def test_the_soonest_deadline_comes_first_then_the_newest_and_what_is_over_presses_nobody(editor: Client) -> None:
    verification("Over", timedelta(days=-1))
    verification("Later", timedelta(days=5))
    verification("Soon", timedelta(hours=9))
    older, newer = (mirror(make_account(name=name), "campaign", campaign_payload())[0] for name in ("Older", "Newer"))
    hour = timedelta(hours=1)
    Review.objects.filter(pk=older.pk).update(status_since=timezone.now() - 200 * hour)
    Review.objects.filter(pk=newer.pk).update(status_since=timezone.now() - hour)
    Review.objects.filter(title="Over").update(status_since=timezone.now() - 100 * hour)

    assert names(editor) == ["Soon", "Later", "Newer", "Over", "Older"]


def test_it_holds_all_three_kinds_and_what_nobody_can_read_but_nothing_that_waits_for_others(editor: Client) -> None:
    mirror(make_account(name="Brand"), "brand", brand_payload())
    mirror(make_account(name="Campaign"), "campaign", campaign_payload())
    verification("Toll-free", timedelta(days=2))
    mirror(make_account(name="New word"), "campaign", campaign_payload(campaign_status="PAUSED", errors=[]))
    broken = mirror(make_account(name="Broken"), "campaign", campaign_payload(campaign_status="VERIFIED", errors=[]))
    Review.objects.filter(pk=broken[0].pk).update(problem="No SID.")
    mirror(make_account(name="Waits"), "campaign", campaign_payload(campaign_status="IN_PROGRESS", errors=[]))
    sent = mirror(make_account(name="Sent"), "campaign", campaign_payload())
    Review.objects.filter(pk=sent[0].pk).update(attempt_open=True)

    assert sorted(names(editor)) == ["Brand", "Broken", "Campaign", "New word", "Toll-free"]


def test_a_rejection_that_was_just_answered_is_not_asked_for_again(editor: Client) -> None:
    review = mirror(make_account(), "campaign", campaign_payload())[0]
    Review.objects.filter(pk=review.pk).update(resubmitted_at=timezone.now())
    assert names(editor) == []

    Review.objects.filter(pk=review.pk).update(status_since=timezone.now())
    assert names(editor) == ["Larkspur Bike Repair"], "Twilio has said no again since"


def test_each_tab_counts_and_shows_its_own(editor: Client) -> None:
    account, just_now = make_account(), twilio_time(timezone.now())
    verification("Due", timedelta(hours=30))
    mirror(account, "campaign", campaign_payload(campaign_status="PAUSED", errors=[], date_updated=just_now))
    mirror(account, "campaign", campaign_payload(errors=[error(30885)], date_updated=just_now))

    tabs = editor.get(INBOX).context["tabs"]

    assert {tab.slug: tab.count.number for tab in tabs.tabs} == {
        "all": 3, "due": 1, "new": 1, "decide": 1, "unknown": 1, "drafts": 0,
    }  # fmt: skip
    assert names(editor, "?tab=due") == ["Due"]
    assert names(editor, "?tab=no-such-tab") == names(editor), "an unknown tab is everything"
    assert b"No edit window" not in editor.get(f"{INBOX}?tab=due").content


def test_what_was_rejected_long_before_we_came_is_not_called_new(editor: Client) -> None:
    account, payload = make_account(), campaign_payload()
    mirror(account, "campaign", payload)
    assert b"newdot" not in editor.get(INBOX).content

    again = twilio_time(timezone.now())
    mirror(account, "campaign", {**payload, "campaign_status": "IN_PROGRESS", "errors": []})
    mirror(account, "campaign", {**payload, "date_updated": again})
    assert b"newdot" in editor.get(INBOX).content


def test_my_drafts_have_a_tab_and_others_do_not(editor: Client) -> None:
    review = mirror(make_account(), "campaign", campaign_payload())[0]
    other = mirror(make_account(name="Other"), "campaign", campaign_payload())[0]
    drafts.keep(review, editor.get(INBOX).wsgi_request.user, {"description": "x"}, {}, 0)  # type: ignore[arg-type]
    drafts.keep(other, make_user("editor"), {"description": "x"}, {}, 0)

    assert names(editor, "?tab=drafts") == ["Larkspur Bike Repair"]
    assert b"your draft" in editor.get(INBOX).content


def test_a_person_sees_the_items_of_their_customers_only() -> None:
    mine = make_customer("Mine")
    mirror(make_account(name="Mine", customer=mine), "campaign", campaign_payload())
    mirror(make_account(name="Theirs"), "campaign", campaign_payload())
    user = make_user("editor", all_customers=False)
    user.customers.add(mine)
    client = Client()
    client.force_login(user)

    page = client.get(INBOX)

    assert names(client) == ["Mine"]
    assert page.context["tabs"].everything.number == 1
    assert page.context["freshness"].total == 1


def test_a_viewer_is_offered_to_open_what_an_editor_may_fix(client_of: Clients) -> None:
    review = mirror(make_account(), "campaign", campaign_payload())[0]
    fix = reverse("campaigns:fix", args=[review.pk])

    assert fix not in client_of(Role.VIEWER).get(INBOX).text
    assert fix in client_of(Role.EDITOR).get(INBOX).text


def test_a_stranger_is_sent_to_sign_in(client: Client) -> None:
    for url in ("/", INBOX, "/inbox/counts/", "/items/", "/items.csv", "/items/1/", "/keys/"):
        assert "/sign-in/login/" in client.get(url).headers["Location"]


def test_it_says_which_accounts_fail_and_why(editor: Client) -> None:
    make_account(name="Fresh")
    make_account(
        name="Failing", failing_since=timezone.now(), last_error="Twilio refused the credentials. Connect it again."
    )
    make_account(name="Stale", last_read_at=timezone.now() - timedelta(days=2))

    page = editor.get(INBOX).text

    assert "1 of 3 accounts fresh" in page
    assert "1 account failing: Twilio refused the credentials" in page
    assert "1 not read in time" in page


def test_accounts_whose_first_reading_goes_on_are_not_called_late(editor: Client) -> None:
    make_account(name="Fresh")
    make_account(name="New", last_read_at=None)
    assert "1 not read yet" in editor.get(INBOX).text
    make_account(name="Stale", last_read_at=timezone.now() - timedelta(days=2))
    assert "2 not read in time" in editor.get(INBOX).text


def test_with_nothing_to_do_it_says_who_has(editor: Client) -> None:
    assert "No Twilio account is read yet" in editor.get(INBOX).text

    under_way = campaign_payload(campaign_status="IN_PROGRESS", errors=[])
    mirror(make_account(), "campaign", under_way, campaign_payload(campaign_status="VERIFIED", errors=[]))
    assert "1 registration is with Twilio or the carriers." in editor.get(INBOX).text


def test_it_shows_a_hundred_and_then_more(editor: Client) -> None:
    mirror(make_account(), "campaign", *(campaign_payload() for _ in range(103)))

    first = editor.get(INBOX)
    second = editor.get(INBOX, {"after": first.context["inbox"].page.after})

    shown = [review.pk for page in (first, second) for review in page.context["inbox"].page.rows]
    assert (len(first.context["inbox"].page.rows), len(second.context["inbox"].page.rows)) == (100, 3)
    assert len(set(shown)) == 103


def test_an_open_page_hears_of_news_and_otherwise_of_nothing(editor: Client) -> None:
    account = make_account()
    payload = campaign_payload()
    mirror(account, "campaign", payload)
    tabs = editor.get(INBOX).context["tabs"]
    asked = {"tab": "all", "seen": tabs.seen, "mark": tabs.mark}
    assert editor.get("/inbox/counts/", asked).status_code == 204

    mirror(account, "campaign", campaign_payload())
    answer = editor.get("/inbox/counts/", asked)
    assert answer.status_code == 200
    assert "1 new · Show" in answer.text
    assert "<table" not in answer.text, "rows never move under the reader"


JUNK = {
    "no key": "?after=x",
    "too few moments": "?after=2026-01-01~2026-01-01~9",
    "a moment that is none in UTC": "?after=1~9999-12-31T23:59:59-12:00~9",
    "a number beyond the database": "?seen=99999999999999999999",
    "a number beyond reading": f"?seen={'9' * 5000}",
}


@pytest.mark.parametrize("junk", JUNK.values(), ids=JUNK.keys())
def test_junk_in_the_address_breaks_nothing(editor: Client, junk: str) -> None:
    assert editor.get(f"{INBOX}{junk}").status_code == 200


def test_forty_rows_cost_as_many_queries_as_ten(
    editor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    mirror(make_account(), "campaign", *(campaign_payload() for _ in range(10)))
    with django_assert_num_queries(10):
        editor.get(INBOX)
    for number in range(3):
        mirror(make_account(name=f"Account {number}"), "campaign", *(campaign_payload() for _ in range(10)))
    with django_assert_num_queries(10):
        editor.get(INBOX)
