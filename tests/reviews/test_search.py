"""What a text finds among all items: words by their beginnings, numbers however they are written, SIDs, customers."""

import pytest
from django.http import QueryDict

from accounts.models import User
from reviews import search
from reviews.filters import ItemFilter
from reviews.models import Review
from tests.factories import brand_payload, campaign_payload, make_account, make_user, mirror, tollfree_payload

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user("viewer")


@pytest.fixture
def verification() -> Review:
    payload = tollfree_payload(business_name="O’Hara & Søns Café", tollfree_phone_number="+18885550144")
    return mirror(make_account(name="Northbeam"), "tollfree", payload)[0]


def found(user: User, said: str) -> set[int]:
    asked = QueryDict(mutable=True)
    asked["q"] = said
    return set(ItemFilter(asked, user).apply().values_list("pk", flat=True))


@pytest.mark.parametrize(
    "said", ["hara", "O'Hara", "søn", "SØNS", "café", "o hara caf", "CAFÉ, hara!", "north", "northbeam"]
)
def test_the_beginning_of_each_word_will_do_in_any_order(user: User, verification: Review, said: str) -> None:
    assert found(user, said) == {verification.pk}


@pytest.mark.parametrize(
    "said", ["+18885550144", "1 888 555 0144", "(888) 555-0144", "888.555", "555-0144", "5550", "0144", "188855501"]
)
def test_a_number_is_found_however_it_is_written_and_by_its_end(user: User, verification: Review, said: str) -> None:
    assert found(user, said) == {verification.pk}


@pytest.mark.parametrize("said", ["ara", "8555014", "--", "' | 'x", "z' & 'q", "\\", "%", "hara zebra"])
def test_what_does_not_fit_finds_nothing_and_breaks_nothing(user: User, verification: Review, said: str) -> None:
    assert found(user, said) == set()


def test_a_new_name_is_found_and_the_old_one_no_more(user: User) -> None:
    account, payload = make_account(name="Northbeam"), tollfree_payload(business_name="Tallgrass")
    review = mirror(account, "tollfree", payload)[0]
    mirror(account, "tollfree", {**payload, "business_name": "Meadow"})
    assert (found(user, "tallgrass"), found(user, "meadow")) == (set(), {review.pk})


def test_more_customers_than_are_named_one_by_one_are_still_all_found(
    user: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "MOST_NAMED", 2)
    reviews = [mirror(make_account(name=f"Harbor {n}"), "brand", brand_payload())[0] for n in range(4)]
    assert found(user, "harbor") == {review.pk for review in reviews}


def test_a_person_finds_by_the_names_of_their_own_customers_only(verification: Review) -> None:
    mirror(make_account(name="Harbor"), "campaign", campaign_payload())
    stranger = make_user("viewer", all_customers=False)
    stranger.customers.add(verification.customer)
    assert found(stranger, "harbor") == set()
    assert found(stranger, "northbeam") == {verification.pk}
