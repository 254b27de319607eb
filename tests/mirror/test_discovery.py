"""Subaccounts as Twilio lists them: odd ones stop nothing."""

import pytest
from django.utils import timezone

from accounts.models import TwilioAccount
from sync.discovery import discover_subaccounts
from tests.factories import make_account, sid
from twilio_api.answer import Answer

pytestmark = pytest.mark.django_db

TOKEN = "fedcba9876543210fedcba9876543210"


@pytest.fixture
def main() -> TwilioAccount:
    return make_account(name="Northbeam Software")


def shown(**over: object) -> Answer:
    """A subaccount as it stands on a list of its own."""
    payload = {"sid": sid("AC"), "friendly_name": "Harbor Dental", "status": "active", "auth_token": TOKEN, **over}
    return Answer(payload, timezone.now(), ends_page=True)


@pytest.mark.parametrize(
    ("odd", "name"),
    [
        ({"friendly_name": "Harbor\x00Dental"}, "Harbor\ufffdDental"),
        ({"friendly_name": "Harbor \ud83d"}, "Harbor ?"),
        ({"friendly_name": "Harbor " * 50}, ("Harbor " * 50)[:200]),
        ({"friendly_name": ["Harbor"]}, ""),
        ({"status": "active, in words that no column takes"}, "Harbor Dental"),
        ({"status": {"is": "active"}, "more": float("nan")}, "Harbor Dental"),
    ],
)
def test_what_is_said_in_odd_words_is_kept_new_or_known(main: TwilioAccount, odd: dict[str, object], name: str) -> None:
    listed = shown(**odd)
    assert [discover_subaccounts(main, [listed]) for _ in range(2)] == [1, 0]
    account = TwilioAccount.objects.get(sid=listed.payload["sid"])
    assert (account.name, account.customer.name) == (name or account.sid, name or account.sid)
    assert account.credentials().secret == TOKEN


@pytest.mark.parametrize("odd", ["", None, ["AC1"], "AC" + "0" * 33])
def test_what_has_no_sid_is_left_out(main: TwilioAccount, odd: object) -> None:
    other = shown()
    assert discover_subaccounts(main, [shown(sid=odd), other]) == 1
    assert TwilioAccount.objects.get(parent=main).sid == other.payload["sid"]
