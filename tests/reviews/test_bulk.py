"""Rows in one statement: what is read again is what was written, whatever it is."""

from datetime import UTC, datetime

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import TwilioAccount
from campaigns.models import Campaign, MessagingService
from reviews import bulk
from reviews.models import Review
from tests.factories import campaign_payload, make_account, mirror

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 11, 27, 16, 0, 1, 123456, tzinfo=UTC)


def review(account: TwilioAccount, number: int, **over: object) -> Review:
    fields = {
        "kind": "campaign",
        "account": account,
        "customer": account.customer,
        "remote_key": f"MG{number}/QE",
        "status": "approved",
        "status_since": MOMENT,
        "as_of": MOMENT,
        "owner_sids": ["MG1", 'with "quotes", {braces} and \\'],
        "codes": [30924, 30909],
        "rejections": [{"code": 30924, "words": "naïve 🙂 \u2028 'x' %s"}],
        **over,
    }
    return Review(**fields)


def test_what_is_inserted_comes_back_as_it_was(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    account = make_account()
    with django_assert_num_queries(1):
        rows = bulk.insert([review(account, number) for number in range(40)])
    for row in rows:
        again = Review.objects.get(pk=row.pk)
        for field in Review._meta.concrete_fields:
            assert getattr(again, field.attname) == getattr(row, field.attname), field.name


def test_an_update_touches_the_named_fields_of_the_given_rows_alone() -> None:
    account = make_account()
    one, two, other = bulk.insert([review(account, number) for number in range(3)])
    for row in (one, two):
        row.title, row.as_of, row.deadline, row.detail = "New", MOMENT, None, "not written"
    bulk.update([one, two], ["title", "as_of", "deadline"])
    assert list(Review.objects.order_by("pk").values_list("title", "detail")) == [("New", ""), ("New", ""), ("", "")]
    assert other.pk


def test_an_upsert_writes_what_is_new_and_updates_the_named_fields_of_the_rest() -> None:
    account = make_account()
    bulk.upsert(
        [MessagingService(account=account, sid="MG1", name="Old", payload={"n": 1})], unique="sid", update=["name"]
    )
    bulk.upsert(
        [MessagingService(account=account, sid=sid, name="New", payload={"n": 2}) for sid in ("MG1", "MG2")],
        unique="sid",
        update=["name"],
    )
    found = MessagingService.objects.order_by("sid").values_list("sid", "name", "payload")
    assert list(found) == [("MG1", "New", {"n": 1}), ("MG2", "New", {"n": 2})]


def test_nothing_is_no_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        bulk.insert([])
        bulk.update([], ["title"])
        bulk.upsert([], unique="sid", update=["name"])


def test_a_payload_keeps_its_numbers_and_nulls() -> None:
    told = campaign_payload(odd={"null": None, "deep": [1, 2.5, 12345678901234567890, {"": ""}]})
    (made,) = mirror(make_account(), "campaign", told)
    assert Campaign.objects.get(review=made).payload["odd"] == told["odd"]
