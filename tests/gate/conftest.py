"""A rejected campaign that was read, and the draft that repairs it."""

import pytest

from accounts.models import Role, TwilioAccount, User
from campaigns import remote
from campaigns.draft import Draft
from reviews.models import Review
from sandbox.handle import Registration
from sync.poll import poll_account
from tests.factories import make_user

REPAIRED_FLOW = (
    "Customers tick an optional, unchecked box on https://larkspur.example/book that reads: I agree to receive "
    "offers by text from Larkspur Bike Repair. Message frequency varies. Message and data rates may apply. "
    "Reply STOP to opt out, HELP for help. Terms https://larkspur.example/terms Privacy "
    "https://larkspur.example/privacy."
)


@pytest.fixture
def rejected(account: TwilioAccount, registered: Registration) -> Review:
    poll_account(account.pk)
    return Review.objects.with_names().get(kind="campaign")


@pytest.fixture
def stands(rejected: Review) -> dict[str, object]:
    return dict(remote.read(remote.payload(rejected)).submission)


@pytest.fixture
def repaired(stands: dict[str, object]) -> Draft:
    return Draft.from_submission({**stands, "message_flow": REPAIRED_FLOW})


@pytest.fixture
def editor(db: None) -> User:
    return make_user(Role.EDITOR)


@pytest.fixture
def manager(db: None) -> User:
    return make_user(Role.MANAGER)
