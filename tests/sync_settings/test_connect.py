"""Connecting a Twilio account, by command and in the browser: one way in, and a sentence for each way it fails."""

import io
from collections.abc import Callable

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import Role, TwilioAccount
from audit.models import Entry
from reviews.models import Review
from sandbox.handle import Account, Sandbox
from sync.connect import AlreadyConnected, CannotConnect, connect, verify
from sync.models import PollRun
from twilio_api.credentials import Credentials

pytestmark = pytest.mark.django_db


def credentials(at: Account, **over: str) -> Credentials:
    return Credentials(**{"account_sid": at.sid, "secret": at.auth_token, **over})


def refusal(tried: Credentials) -> str:
    with pytest.raises(CannotConnect) as caught:
        verify(tried)
    return str(caught.value)


# --- verifying -------------------------------------------------------------------------------------------------------


def test_it_verifies_an_auth_token_and_counts_subaccounts(twilio: Sandbox, at_twilio: Account) -> None:
    twilio.create_subaccount(at_twilio.sid, "Larkspur Bike Repair")
    verified = verify(credentials(at_twilio))
    assert (verified.name, verified.subaccounts, verified.is_known) == ("Northbeam Software", 1, False)
    assert [call.route for call in twilio.calls()] == ["accounts.list"]


def test_it_verifies_a_main_key(twilio: Sandbox, at_twilio: Account) -> None:
    key = twilio.create_key(at_twilio.sid, is_main=True)
    assert verify(credentials(at_twilio, key_sid=key.sid, secret=key.secret)).name == "Northbeam Software"


@pytest.mark.parametrize(
    ("over", "words"),
    [
        ({"account_sid": "AC123"}, "An account SID is AC and 32 characters"),
        ({"account_sid": "SK" + "0" * 32}, "An account SID is AC and 32 characters"),
        ({"key_sid": "AC" + "0" * 32}, "An API key SID is SK and 32 characters"),
        ({"secret": ""}, "The secret is empty"),
        ({"secret": "wrong"}, "Twilio refused the auth token"),
        ({"key_sid": "SK" + "0" * 32}, "Twilio refused the API key"),
    ],
)
def test_what_cannot_be_right_is_said(at_twilio: Account, over: dict[str, str], words: str) -> None:
    assert refusal(credentials(at_twilio, **over)).startswith(words)


def test_a_key_that_may_not_list_subaccounts_is_told_from_a_wrong_one(twilio: Sandbox, at_twilio: Account) -> None:
    key = twilio.create_key(at_twilio.sid)
    assert refusal(credentials(at_twilio, key_sid=key.sid, secret=key.secret)).startswith("This API key may not list")


def test_a_subaccount_is_refused_and_its_owner_named(twilio: Sandbox, at_twilio: Account) -> None:
    below = twilio.create_subaccount(at_twilio.sid)
    assert f"is a subaccount of {at_twilio.sid}" in refusal(credentials(below))


def test_a_suspended_account_is_said_to_be_one(twilio: Sandbox, at_twilio: Account) -> None:
    twilio.suspend(at_twilio.sid)
    assert refusal(credentials(at_twilio)).startswith("The account is suspended or closed")


def test_an_unreachable_twilio_is_said(at_twilio: Account, settings: Settings) -> None:
    settings.TWILIO_API_URL = "http://127.0.0.1:9"
    assert "could not be reached" in refusal(credentials(at_twilio))


def test_a_missing_key_for_secrets_is_said_before_anything_is_asked(at_twilio: Account, settings: Settings) -> None:
    settings.SECRET_KEYS = []
    assert refusal(credentials(at_twilio)).startswith("REDRESS_SECRET_KEYS is not set")


# --- keeping ---------------------------------------------------------------------------------------------------------


def test_connecting_seals_the_secret_and_finds_subaccounts(twilio: Sandbox, at_twilio: Account) -> None:
    below = twilio.create_subaccount(at_twilio.sid, "Larkspur Bike Repair")
    main = connect(verify(credentials(at_twilio)))
    assert at_twilio.auth_token not in main.sealed_secret
    assert main.credentials().secret == at_twilio.auth_token
    sub = TwilioAccount.objects.get(parent=main)
    assert (sub.sid, sub.customer.name) == (below.sid, "Larkspur Bike Repair")
    assert Entry.objects.get().verb == "account:connected"


def test_connecting_twice_is_refused_unless_the_secret_is_to_be_replaced(twilio: Sandbox, at_twilio: Account) -> None:
    verified = verify(credentials(at_twilio))
    connect(verified)
    with pytest.raises(AlreadyConnected):
        connect(verified)
    key = twilio.create_key(at_twilio.sid, is_main=True)
    main = connect(verify(credentials(at_twilio, key_sid=key.sid, secret=key.secret)), replace=True)
    assert (main.key_sid, main.credentials().secret) == (key.sid, key.secret)
    assert TwilioAccount.objects.count() == 1


def test_subaccounts_whose_seal_is_broken_are_healed_by_connecting_again(twilio: Sandbox, at_twilio: Account) -> None:
    below = twilio.create_subaccount(at_twilio.sid)
    connect(verify(credentials(at_twilio)))
    TwilioAccount.objects.update(sealed_secret="sealed with a key that is gone")
    connect(verify(credentials(at_twilio)), replace=True)
    assert TwilioAccount.objects.get(sid=below.sid).credentials().secret == below.auth_token


def test_odd_characters_in_names_keep_nobody_from_connecting(twilio: Sandbox) -> None:
    odd = twilio.create_account("Northbeam\x00 \ud83d")
    twilio.create_subaccount(odd.sid, "Larkspur\x00 \ud83d")
    main = connect(verify(credentials(odd)))
    assert main.name == "Northbeam\ufffd ?"
    assert TwilioAccount.objects.get(parent=main).name == "Larkspur\ufffd ?"


# --- the command -----------------------------------------------------------------------------------------------------


def run(monkeypatch: pytest.MonkeyPatch, secret: str, *words: str) -> str:
    """What the command prints when the secret comes on standard input."""
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{secret}\n"))
    out = io.StringIO()
    call_command("connect", *words, stdout=out, stderr=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_command_connects_and_reads_everything_once(
    twilio: Sandbox, at_twilio: Account, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    below = twilio.create_subaccount(at_twilio.sid, "Larkspur Bike Repair")
    twilio.register(below.sid)
    told = run(monkeypatch, at_twilio.auth_token, at_twilio.sid)
    assert "Connected Northbeam Software, 1 subaccounts." in told
    assert "2 accounts, 2 items seen, 2 changed, 0 not understood" in told
    assert Review.objects.filter(account__sid=below.sid).count() == 2
    captured = capfd.readouterr()
    assert at_twilio.auth_token not in told + captured.out + captured.err


def test_the_command_never_shows_a_secret_that_failed(
    at_twilio: Account, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(CommandError) as caught:
        run(monkeypatch, "a-wrong-secret", at_twilio.sid)
    captured = capfd.readouterr()
    assert "a-wrong-secret" not in f"{caught.value}{captured.out}{captured.err}"
    assert caught.value.__cause__ is None
    assert not TwilioAccount.objects.exists()


def test_the_command_wants_to_be_told_to_replace(
    account: TwilioAccount, at_twilio: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(CommandError, match="--replace"):
        run(monkeypatch, at_twilio.auth_token, at_twilio.sid)
    assert "Connected" in run(monkeypatch, at_twilio.auth_token, at_twilio.sid, "--replace", "--no-read")


@pytest.mark.django_db(transaction=True)
def test_sync_reads_all_accounts_and_sums_them_up(twilio: Sandbox, account: TwilioAccount) -> None:
    below = twilio.create_subaccount(account.sid, "Larkspur Bike Repair")
    twilio.register(below.sid)
    out = io.StringIO()
    call_command("sync", stdout=out)
    assert "2 accounts, 2 items seen, 2 changed, 0 not understood" in out.getvalue()


def test_sync_of_an_unknown_account_says_how_to_connect_one(account: TwilioAccount) -> None:
    with pytest.raises(CommandError, match=r"manage\.py connect"):
        call_command("sync", "--account", "AC" + "0" * 32, stdout=io.StringIO())


@pytest.mark.django_db(transaction=True)
def test_sync_names_each_account_that_could_not_be_read(twilio: Sandbox, account: TwilioAccount) -> None:
    account.seal(Credentials(account_sid=account.sid, secret="revoked"))
    account.save()
    out = io.StringIO()
    with pytest.raises(CommandError, match="1 of 1 accounts could not be read"):
        call_command("sync", stdout=out)
    assert "Not read: Northbeam Software" in out.getvalue()
    assert "Twilio refused the credentials" in PollRun.objects.get().error


def test_rotating_seals_with_the_newest_key(account: TwilioAccount, at_twilio: Account, settings: Settings) -> None:
    old = settings.SECRET_KEYS[0]
    settings.SECRET_KEYS = ["Zm9yIHRlc3RzIG9ubHksIG5vdGhpbmcgZWxzZSEhISE=", old]
    call_command("rotate_secrets", stdout=io.StringIO())
    settings.SECRET_KEYS = settings.SECRET_KEYS[:1]
    account.refresh_from_db()
    assert account.credentials().secret == at_twilio.auth_token


def test_rotating_names_what_no_key_opens(account: TwilioAccount) -> None:
    TwilioAccount.objects.update(sealed_secret="sealed with a key that is gone")
    with pytest.raises(CommandError, match="Northbeam Software"):
        call_command("rotate_secrets", stdout=io.StringIO())


# --- the browser -----------------------------------------------------------------------------------------------------


def test_the_form_connects_and_leads_to_the_progress(
    twilio: Sandbox, at_twilio: Account, client_of: Callable[[Role], Client]
) -> None:
    form = {"account_sid": at_twilio.sid, "key_sid": "", "secret": at_twilio.auth_token}
    answer = client_of(Role.ADMINISTRATOR).post(reverse("sync:connect"), form)
    main = TwilioAccount.objects.get()
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("sync:account", args=[main.pk]) + "?since=")


def test_the_form_says_why_not_and_never_repeats_the_secret(
    at_twilio: Account, client_of: Callable[[Role], Client]
) -> None:
    form = {"account_sid": at_twilio.sid, "key_sid": "", "secret": "a-wrong-secret"}
    answer = client_of(Role.ADMINISTRATOR).post(reverse("sync:connect"), form)
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Twilio refused the auth token" in page
    assert "a-wrong-secret" not in page
    assert not TwilioAccount.objects.exists()


def test_sending_the_form_twice_makes_one_account(at_twilio: Account, client_of: Callable[[Role], Client]) -> None:
    client = client_of(Role.ADMINISTRATOR)
    form = {"account_sid": at_twilio.sid, "key_sid": "", "secret": at_twilio.auth_token}
    client.post(reverse("sync:connect"), form)
    answer = client.post(reverse("sync:connect"), form)
    assert answer.status_code == 422
    assert "is connected already" in answer.content.decode()
    assert TwilioAccount.objects.count() == 1
