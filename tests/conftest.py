"""What every test may ask for: the sandbox as Twilio, an account in it that is connected here, and signed-in people."""

import os
from collections.abc import Callable, Iterator

import pytest
from django.conf import settings
from django.test import Client, TransactionTestCase, override_settings
from pytest_django.fixtures import Settings

from accounts.models import Role, TwilioAccount
from reviews import house
from sandbox.handle import Account, Registration, Sandbox, start_sandbox
from tests.factories import make_customer, make_user
from tests.rows import empty_tables
from tests.workers import parent_of_workers as parent_of_workers
from tests.workers import workers as workers
from twilio_api.credentials import Credentials

# Playwright leaves its event loop running in the process, and Django would refuse every later test its database.
os.environ.update(DJANGO_ALLOW_ASYNC_UNSAFE="true")
TransactionTestCase._fixture_teardown = empty_tables  # type: ignore[attr-defined]


@pytest.fixture(scope="session", autouse=True)
def plain() -> Iterator[None]:
    """The test client speaks plain http, nothing is collected, nobody waits before a read is repeated, and a password
    worth guarding takes long to hash."""
    uncollected = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        TWILIO_READ_AGAIN_SECONDS=[0.0, 0.0, 0.0],
        SECURE_SSL_REDIRECT=False,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        STORAGES={**settings.STORAGES, "staticfiles": uncollected},
    ):
        yield


@pytest.fixture(autouse=True)
def no_house_rules() -> None:
    """What an earlier test wrote is forgotten; a test without a database asks none."""
    house.without_rules()


@pytest.fixture(scope="session")
def running_sandbox() -> Iterator[Sandbox]:
    """One sandbox process for this worker; its reviewer never judges by itself."""
    with start_sandbox("--review-seconds", "3600") as sandbox:
        yield sandbox


@pytest.fixture
def twilio(running_sandbox: Sandbox, settings: Settings) -> Sandbox:
    """An empty Twilio, and our settings pointed at it."""
    running_sandbox.empty()
    settings.TWILIO_API_URL = running_sandbox.base_url
    settings.READ_BACK_SECONDS = [0, 0, 0]
    # tests/polling is about the limits; nobody else waits for a second between two updates.
    settings.TWILIO_READS_PER_SECOND = settings.TWILIO_WRITES_PER_SECOND = 1000.0
    return running_sandbox


@pytest.fixture
def at_twilio(twilio: Sandbox) -> Account:
    return twilio.create_account("Northbeam Software")


@pytest.fixture
def account(db: None, at_twilio: Account) -> TwilioAccount:
    """The main account, connected here and not read yet."""
    account = TwilioAccount(sid=at_twilio.sid, name=at_twilio.friendly_name, customer=make_customer("Northbeam"))
    account.seal(Credentials(account_sid=at_twilio.sid, secret=at_twilio.auth_token))
    account.save()
    return account


@pytest.fixture
def registered(twilio: Sandbox, account: TwilioAccount) -> Registration:
    """A brand, a service and a campaign at Twilio, rejected with 30924 for want of frequency and rates."""
    flow = (
        "Customers tick an optional, unchecked box on https://larkspur.example/book that reads: I agree to receive "
        "offers by text from Larkspur Bike Repair. Reply STOP to opt out, HELP for help."
    )
    registered = twilio.register(account.sid, message_flow=flow)
    twilio.reject(registered.service_sid, [30924])
    return registered


@pytest.fixture
def client_of(db: None) -> Callable[[Role], Client]:
    """A browser in which somebody of this role is signed in."""

    def signed_in(role: Role) -> Client:
        client = Client()
        client.force_login(make_user(role))
        return client

    return signed_in
