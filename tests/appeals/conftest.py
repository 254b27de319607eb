"""An item that is final, and a letter about it."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Role, TwilioAccount, User
from reviews import appeals
from reviews.models import Appeal, Review
from tests.factories import campaign_payload, error, make_account, make_user, mirror

FINAL = campaign_payload(errors=[error(30885, description="High risk")])


@pytest.fixture
def account() -> TwilioAccount:
    return make_account()


@pytest.fixture
def ana() -> User:
    return make_user(Role.EDITOR, name="Ana Ruiz", email="ana@isv.example")


@pytest.fixture
def editor(ana: User) -> Client:
    client = Client()
    client.force_login(ana)
    return client


@pytest.fixture
def review(account: TwilioAccount) -> Review:
    return mirror(account, "campaign", FINAL)[0]


@pytest.fixture
def appeal(review: Review, ana: User) -> Appeal:
    begun = appeals.begin(review.pk, ana)
    assert begun
    return begun


def post(client: Client, review: Review, name: str, **data: Any) -> HttpResponse:
    headers = data.pop("headers", {})
    answer = client.post(f"/items/{review.pk}/appeal/{name}/", data, headers=headers)
    assert isinstance(answer, HttpResponse)
    return answer


def page_of(client: Client, review: Review) -> str:
    answer = client.get(f"/items/{review.pk}/appeal/")
    assert answer.status_code == 200
    return answer.text
