"""The numbers of one business: which belong together, what each is for, and the sentence made of it."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.models import Role, TwilioAccount
from reviews.models import Draft, Review
from tests.campaigns.form import text_of, words_of
from tests.factories import make_account, make_customer, make_user, mirror, tollfree_payload
from tollfree.models import TollfreeVerification
from tollfree.numbers import Numbers, key_of

if TYPE_CHECKING:
    from django.test.client import _MonkeyPatchedWSGIResponse as Page

pytestmark = pytest.mark.django_db
MANY = [{"code": 30479, "reason": "Justification for more than 5 numbers"}]
SHARED = [{"code": 30478, "reason": "Single number used for several businesses"}]


def number(account: TwilioAccount, phone: str, **over: Any) -> Review:
    payload = tollfree_payload(tollfree_phone_number=phone, **{"rejection_reasons": MANY, **over})
    return mirror(account, "tollfree", payload)[0]


@pytest.fixture
def six() -> list[Review]:
    account = make_account(name="Tallgrass Credit Union")
    return [number(account, f"+1888555014{digit}") for digit in range(6)]


@pytest.fixture
def editor(client_of: Callable[[Role], Client]) -> Client:
    return client_of(Role.EDITOR)


def url(review: Review) -> str:
    return reverse("tollfree:numbers", args=[review.pk])


def boxes(page: Page) -> dict[str, str]:
    """What the form of this page would post."""
    found = re.findall(r'name="((?:purpose|was)_\d+)" value="([^"]*)"', text_of(page))
    return {name: unescape(value) for name, value in found}


def purpose_of(review: Review) -> str:
    return TollfreeVerification.objects.get(review=review).purpose


@pytest.mark.parametrize(
    "name", ["Tallgrass Credit Union", "TALLGRASS CREDIT UNION, LLC", "The Tallgrass Credit Union Inc."]
)
def test_a_business_is_the_same_whatever_its_case_and_legal_form(name: str) -> None:
    assert key_of(name) == key_of("Tallgrass Credit Union")


def test_numbers_of_one_business_belong_together_this_one_first(six: list[Review]) -> None:
    number(six[0].account, "+18885550199", business_name="Harbor Dental Tacoma")
    found = Numbers(six[3], make_user())
    assert found.rows[0].pk == six[3].pk
    assert {row.pk for row in found.rows} == {review.pk for review in six}
    assert found.needs_a_reason
    assert found.words.startswith("Tallgrass Credit Union uses 6 toll-free numbers")


def test_one_number_is_spoken_of_as_one() -> None:
    alone = Numbers(number(make_account(), "+18885550199", business_name="Harbor Dental Tacoma"), make_user())
    assert alone.words.startswith("Harbor Dental Tacoma uses one toll-free number:")


def test_numbers_without_a_business_are_nobodys_twins() -> None:
    account = make_account()
    first, _ = (number(account, f"+1888555014{digit}", business_name=None) for digit in (1, 2))
    assert [row.pk for row in Numbers(first, make_user()).rows] == [first.pk]


def test_other_installations_and_other_peoples_customers_stay_out(six: list[Review]) -> None:
    number(make_account(), "+18885550177")
    person = make_user(all_customers=False)
    person.customers.add(six[0].customer)
    other = number(six[0].account, "+18885550178")
    Review.objects.filter(pk=other.pk).update(customer=make_customer("Somebody else"))
    assert {row.pk for row in Numbers(six[0], person).rows} == {review.pk for review in six}


def test_what_is_typed_stays_with_the_numbers_and_survives_the_next_reading(six: list[Review], editor: Client) -> None:
    editor.post(url(six[0]), {f"purpose_{six[1].pk}": "Tacoma clinic, 12 Dock St", "purpose_999999": "no such"})
    number(six[1].account, "+18885550141", sid=six[1].sid, message_volume="10,000")
    assert "+1 888 555 0141: Tacoma clinic, 12 Dock St" in Numbers(six[0], make_user()).words
    assert "[what it is for]" in editor.get(url(six[0])).content.decode()


def test_a_page_opened_earlier_erases_nothing(six: list[Review], editor: Client) -> None:
    stale = boxes(editor.get(url(six[0])))
    editor.post(url(six[0]), {**stale, **{f"purpose_{review.pk}": f"Clinic {review.pk}" for review in six[1:]}})
    assert editor.post(url(six[0]), {**stale, f"purpose_{six[0].pk}": "Head office"}).status_code == 302
    kept = [purpose_of(review) for review in six]
    assert kept == ["Head office", *(f"Clinic {review.pk}" for review in six[1:])]


def test_what_a_colleague_wrote_meanwhile_is_overwritten_knowingly_or_not_at_all(
    six: list[Review], editor: Client
) -> None:
    own = f"purpose_{six[0].pk}"
    stale = boxes(editor.get(url(six[0])))
    editor.post(url(six[0]), {**stale, own: "Tacoma clinic"})
    page = editor.post(url(six[0]), {**stale, own: "Head office", "then": "draft"})
    assert page.status_code == 409
    assert (purpose_of(six[0]), Draft.objects.count()) == ("Tacoma clinic", 0)
    assert boxes(page)[own] == "Head office"
    assert "Written meanwhile: Tacoma clinic" in words_of(page)
    assert editor.post(url(six[0]), boxes(page)).status_code == 302
    assert purpose_of(six[0]) == "Head office"


def test_a_post_without_what_stood_there_overwrites_nothing(six: list[Review], editor: Client) -> None:
    for said, status in (("Tacoma clinic", 302), ("", 302), ("Head office", 409)):
        assert editor.post(url(six[0]), {f"purpose_{six[0].pk}": said}).status_code == status
        assert purpose_of(six[0]) == "Tacoma clinic"


def test_a_purpose_is_emptied_on_purpose(six: list[Review], editor: Client) -> None:
    own = f"purpose_{six[0].pk}"
    editor.post(url(six[0]), {own: "Tacoma clinic"})
    editor.post(url(six[0]), {**boxes(editor.get(url(six[0]))), own: ""})
    assert purpose_of(six[0]) == ""


def test_the_words_go_into_the_draft_once(six: list[Review], editor: Client) -> None:
    typed = {f"purpose_{review.pk}": f"Clinic {place}" for place, review in enumerate(six)}
    for _ in range(2):
        answer = editor.post(url(six[0]), {**typed, "then": "draft"})
        assert answer["Location"].endswith("/fix/#id_additional_information")
    said = Draft.objects.get().fields["additional_information"]
    assert said.count("+1 888 555 0145: Clinic 5") == 1


def test_a_shared_number_is_asked_who_uses_it(six: list[Review]) -> None:
    account = make_account(name="Northbeam")
    own = number(account, "+18885550160", rejection_reasons=SHARED)
    number(account, "+18885550161", business_name="Pier Pizza")
    found = Numbers(own, make_user())
    assert found.is_shared
    assert found.words.splitlines()[0] == "This number sends for Tallgrass Credit Union only."
    assert "+1 888 555 0161: Pier Pizza" in found.words


def test_a_viewer_reads_and_types_nothing(six: list[Review], client_of: Callable[[Role], Client]) -> None:
    viewer = client_of(Role.VIEWER)
    page = viewer.get(url(six[0])).content.decode()
    assert "not said yet" in page
    assert "<input class" not in page
    assert viewer.post(url(six[0]), {f"purpose_{six[0].pk}": "Mine"}).status_code == 403


def test_hostile_words_are_only_words(six: list[Review], editor: Client) -> None:
    editor.post(url(six[0]), {f"purpose_{six[0].pk}": '"><script>alert(1)</script>' + "x" * 400})
    page = editor.get(url(six[0])).content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_six_numbers_cost_as_many_statements_as_forty(six: list[Review], editor: Client) -> None:
    counts = []
    for digits in ((), range(10, 44)):
        for digit in digits:
            number(six[0].account, f"+18885551{digit}0")
        with CaptureQueriesContext(connection) as queries:
            editor.get(url(six[0]))
        counts.append(len(queries))
    assert counts[0] == counts[1]
