"""Connecting a Twilio account: tried against Twilio first, and every way it can fail says what to do about it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from accounts.models import Customer, TwilioAccount, User
from audit.record import record
from reviews.payloads import storable, text
from sync.discovery import discover_subaccounts
from sync.remote import twilio_with
from twilio_api.answer import Answer, Payload
from twilio_api.client import Twilio
from twilio_api.credentials import Credentials
from twilio_api.errors import CredentialsRefused, Gone, TwilioError

ACCOUNT_SID: Final = re.compile(r"AC[0-9a-f]{32}")
KEY_SID: Final = re.compile(r"SK[0-9a-f]{32}")
# Twilio error page 20005.
ACCOUNT_NOT_ACTIVE: Final = 20005


class CannotConnect(Exception):
    """Why this account cannot be connected and what to do: one sentence or two for a person, never the secret."""


class AlreadyConnected(CannotConnect):
    """It is connected; only its secret can be replaced."""


@dataclass(frozen=True, slots=True)
class Verified:
    """A main account that Twilio lets us read."""

    credentials: Credentials
    name: str
    is_known: bool
    # It and its subaccounts as Twilio lists them, with their tokens.
    family: tuple[Answer, ...] = field(repr=False)

    @property
    def subaccounts(self) -> int:
        return max(len(self.family) - 1, 0)


def verify(credentials: Credentials) -> Verified:
    """Tries the credentials at Twilio, changing nothing anywhere. Raises CannotConnect."""
    _refuse_malformed(credentials)
    twilio = twilio_with(credentials)
    try:
        family = tuple(twilio.accounts())
        payload = storable(_own(family, credentials.account_sid) or twilio.account().payload)
        _refuse_unfit(payload, credentials.account_sid)
    except TwilioError as error:
        raise CannotConnect(_explain(error, credentials, twilio)) from error
    name = text(payload, "friendly_name")[:200] or credentials.account_sid
    is_known = TwilioAccount.objects.filter(sid=credentials.account_sid, disconnected_at=None).exists()
    return Verified(credentials, name, is_known, family)


def connect(verified: Verified, *, by: User | None = None, name: str = "", replace: bool = False) -> TwilioAccount:
    """Keeps a verified account, its secret sealed, and its subaccounts, all due to be read.

    Raises AlreadyConnected unless `replace` allows a new secret for an account that is connected.
    """
    account = _keep(verified, by=by, name=name, replace=replace)
    discover_subaccounts(account, verified.family)
    return account


@transaction.atomic
def _keep(verified: Verified, *, by: User | None, name: str, replace: bool) -> TwilioAccount:
    sid = verified.credentials.account_sid
    account = TwilioAccount.objects.select_for_update().filter(sid=sid).first()
    if account and account.disconnected_at is None and not replace:
        raise AlreadyConnected(f"{account.name} is connected already. Replace its secret instead.")
    verb = _verb(account)
    account = account or TwilioAccount(sid=sid, customer=Customer.objects.create(name=name or verified.name))
    account.name = name or account.name or verified.name
    account.seal(verified.credentials)
    account.status, account.disconnected_at = TwilioAccount.ACTIVE, None
    account.failing_since, account.failures, account.last_error = None, 0, ""
    account.next_poll_at = timezone.now()
    account.save()
    _wake(account)
    record(by, verb, account.subject, str(account), key=account.key_sid)
    return account


def _verb(known: TwilioAccount | None) -> str:
    if known is None:
        return "account:connected"
    return "account:reconnected" if known.disconnected_at else "account:secret_replaced"


def _wake(main: TwilioAccount) -> None:
    """Subaccounts that were put away with their main account come back with it, due at once."""
    now = timezone.now()
    main.subaccounts.update(disconnected_at=None, failing_since=None, failures=0, last_error="", next_poll_at=now)


def _refuse_malformed(credentials: Credentials) -> None:
    if not settings.SECRET_KEYS:
        raise CannotConnect("REDRESS_SECRET_KEYS is not set, so no secret can be kept. Set it and start again.")
    if not ACCOUNT_SID.fullmatch(credentials.account_sid):
        raise CannotConnect("An account SID is AC and 32 characters, 0-9 and a-f, as on the Console’s front page.")
    if credentials.key_sid and not KEY_SID.fullmatch(credentials.key_sid):
        raise CannotConnect("An API key SID is SK and 32 characters, 0-9 and a-f.")
    if not credentials.secret:
        raise CannotConnect("The secret is empty: give the account’s auth token, or the secret of the API key.")


def _own(family: Sequence[Answer], sid: str) -> Payload | None:
    """The account itself, as the list of its family shows it. A key of another account lists another family."""
    return next((answer.payload for answer in family if answer.payload.get("sid") == sid), None)


def _refuse_unfit(payload: Payload, sid: str) -> None:
    owner, status = str(payload.get("owner_account_sid") or sid), str(payload.get("status") or "active")
    if owner != sid:
        raise CannotConnect(f"{sid} is a subaccount of {owner}. Connect that one; its subaccounts come with it.")
    if status != TwilioAccount.ACTIVE:
        raise CannotConnect(f"The account is {status} at Twilio. Reactivate it in the Console, then connect it.")


def _explain(error: TwilioError, credentials: Credentials, twilio: Twilio) -> str:
    if isinstance(error, CredentialsRefused):
        return _explain_refusal(error, credentials, twilio)
    if isinstance(error, Gone):
        return f"Twilio knows no account {credentials.account_sid} for these credentials. Check the SID."
    return f"{error} Nothing was connected; try again in a moment."


def _explain_refusal(error: CredentialsRefused, credentials: Credentials, twilio: Twilio) -> str:
    if error.code == ACCOUNT_NOT_ACTIVE:
        return "The account is suspended or closed at Twilio. Reactivate it in the Console, then connect it."
    if not credentials.key_sid:
        return "Twilio refused the auth token. Copy it again from the Console’s front page."
    if _reads_messaging(twilio):
        return "This API key may not list subaccounts. Make a Main key in the Console, or use the account’s auth token."
    return "Twilio refused the API key. Check its SID and secret, and that it belongs to this account."


def _reads_messaging(twilio: Twilio) -> bool:
    """A Standard key is let in here and refused at the accounts (www.twilio.com/docs/iam/api-keys, 2026-11)."""
    try:
        next(twilio.brands(), None)
    except TwilioError:
        return False
    return True
