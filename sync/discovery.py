"""Subaccounts: found under their main account, given a customer each, and kept up."""

from collections.abc import Mapping
from typing import Any

from accounts.models import Customer, TwilioAccount
from accounts.secrets import SealBroken, seal, unseal
from twilio_api.client import Twilio
from twilio_api.credentials import Credentials


def discover_subaccounts(main: TwilioAccount, twilio: Twilio) -> int:
    """Brings the subaccounts of a main account up to date. Returns how many are new. Raises a TwilioError.

    Twilio's list carries each subaccount's auth token, the only way to read it: a parent's own credentials show
    nothing of a subaccount (Messaging v1 has no account in its paths). The token is sealed and the rest dropped.
    """
    known = {account.sid: account for account in TwilioAccount.objects.filter(parent=main)}
    new = 0
    for answer in twilio.accounts():
        payload = answer.payload
        sid = str(payload.get("sid") or "")
        if sid == main.sid:
            _keep_up(main, payload, token="")
        elif sid in known:
            _keep_up(known[sid], payload, token=str(payload.get("auth_token") or ""))
        elif sid and payload.get("auth_token") and payload.get("status") != "closed":
            new += 1
            _add(main, sid, payload)
    return new


def _add(main: TwilioAccount, sid: str, payload: Mapping[str, Any]) -> None:
    name = str(payload.get("friendly_name") or sid)[:200]
    account = TwilioAccount(sid=sid, parent=main, name=name, status=str(payload.get("status") or "active"))
    account.seal(Credentials(account_sid=sid, secret=str(payload["auth_token"])))
    account.customer = Customer.objects.create(name=name)
    account.save(force_insert=True)


def _keep_up(account: TwilioAccount, payload: Mapping[str, Any], token: str) -> None:
    changed = {}
    for column, value in (("name", payload.get("friendly_name")), ("status", payload.get("status"))):
        if value and getattr(account, column) != str(value)[:200]:
            changed[column] = str(value)[:200]
    if token and not account.key_sid and _opened(account) != token:
        changed["sealed_secret"] = seal(token)
    if changed:
        TwilioAccount.objects.filter(pk=account.pk).update(**changed)


def _opened(account: TwilioAccount) -> str:
    """Its token as we keep it; empty when the key that sealed it is gone, and the new token heals that."""
    try:
        return unseal(account.sealed_secret)
    except SealBroken:
        return ""
