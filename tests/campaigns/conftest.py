"""A rejected campaign as the mirror holds it, and browsers in front of its repair pages."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import Role, TwilioAccount, User
from brands.models import Bundle
from reviews.models import Review
from tests.campaigns.form import Window
from tests.factories import brand_payload, campaign_payload, make_account, make_user, mirror, sid


@pytest.fixture
def mirrored(db: None) -> TwilioAccount:
    return make_account(name="Larkspur Bike Repair")


@pytest.fixture
def review(mirrored: TwilioAccount) -> Review:
    profile = sid("BU", "of payloads")
    Bundle.objects.create(account=mirrored, sid=profile, name="Larkspur Bike Repair", payload={})
    mirror(mirrored, "brand", brand_payload(sid=sid("BN", "of payloads")))
    return mirror(mirrored, "campaign", campaign_payload())[0]


@pytest.fixture
def ana(db: None) -> User:
    return make_user(Role.EDITOR, name="Ana Ruiz")


@pytest.fixture
def marta(db: None) -> User:
    return make_user(Role.MANAGER, name="Marta Lindqvist")


@pytest.fixture
def window(review: Review) -> Callable[[User], Window]:
    """Opens the repair form of the campaign in a browser window of that person."""

    def opened(user: User) -> Window:
        client = Client()
        client.force_login(user)
        return Window(client, review)

    return opened
