"""One sandbox process for all tests here; each test starts with an empty world."""

from collections.abc import Iterator

import pytest

from sandbox.handle import Account, RegisteredBrand, Registration, Sandbox, start_sandbox
from tests.sandbox.speaker import Speaker

REVIEW_SECONDS = 20.0


@pytest.fixture(scope="session")
def running() -> Iterator[Sandbox]:
    with start_sandbox("--review-seconds", str(REVIEW_SECONDS)) as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(running: Sandbox) -> Sandbox:
    running.empty()
    return running


@pytest.fixture
def account(sandbox: Sandbox) -> Account:
    return sandbox.create_account("Northbeam Software")


@pytest.fixture
def subaccount(sandbox: Sandbox, account: Account) -> Account:
    return sandbox.create_subaccount(account.sid, "Larkspur Bike Repair")


@pytest.fixture
def speaker(sandbox: Sandbox, account: Account) -> Speaker:
    return speaks_as(sandbox, account)


@pytest.fixture
def registration(sandbox: Sandbox, account: Account) -> Registration:
    return sandbox.register(account.sid)


@pytest.fixture
def brand(sandbox: Sandbox, account: Account) -> RegisteredBrand:
    """Without campaigns."""
    return sandbox.register_brand(account.sid)


def speaks_as(sandbox: Sandbox, account: Account) -> Speaker:
    return Speaker(sandbox.base_url, account.sid, account.auth_token)
