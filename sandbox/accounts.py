"""Accounts of the 2010 API, and who may speak: SID and token, or key and secret, by HTTP Basic."""

import base64
import binascii
import hmac

from sandbox import paging
from sandbox.call import Answer, Call
from sandbox.clock import rfc2822
from sandbox.errors import ACCOUNT_NOT_ACTIVE, NOT_FOUND, UNAUTHENTICATED, Refused
from sandbox.world import Account, Payload, World, new_sid

PATH = "/2010-04-01/Accounts"


def authenticate(world: World, header: str | None, *, manages_accounts: bool) -> Account:
    """The account that speaks. A standard key is refused where accounts are managed, as if it were unknown."""
    account = _account_of(world, *_credentials(header), manages_accounts=manages_accounts)
    if account is None or account.status == "closed":
        raise Refused(UNAUTHENTICATED)
    if account.status == "suspended" or world.accounts[account.owner_account_sid].status != "active":
        raise Refused(ACCOUNT_NOT_ACTIVE)
    return account


def _credentials(header: str | None) -> tuple[str, str]:
    scheme, _, encoded = (header or "").partition(" ")
    if scheme.lower() != "basic":
        raise Refused(UNAUTHENTICATED)
    try:
        user, _, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        raise Refused(UNAUTHENTICATED) from None
    return user, password


def _account_of(world: World, user: str, password: str, *, manages_accounts: bool) -> Account | None:
    account, secret = world.accounts.get(user), ""
    if account:
        secret = account.auth_token
    elif key := world.keys.get(user):
        if manages_accounts and not key.is_main:
            return None
        account, secret = world.accounts[key.account_sid], key.secret
    return account if hmac.compare_digest(secret.encode(), password.encode()) else None


def show(account: Account) -> Payload:
    """The token is shown, as in reality: whoever lists accounts must never store or log what comes back."""
    return {
        "sid": account.sid,
        "friendly_name": account.friendly_name,
        "status": account.status,
        "type": account.type,
        "owner_account_sid": account.owner_account_sid,
        "auth_token": account.auth_token,
        "date_created": rfc2822(account.date_created),
        "date_updated": rfc2822(account.date_updated),
        "uri": f"{PATH}/{account.sid}.json",
        "subresource_uris": {"incoming_phone_numbers": f"{PATH}/{account.sid}/IncomingPhoneNumbers.json"},
    }


def list_(world: World, call: Call) -> Answer:
    """The account itself and its subaccounts."""
    family = [call.account, *world.subaccounts(call.account.sid)]
    rows = [account for account in family if _fits(account, call)]
    return paging.answer_2010(call, "accounts", rows, lambda account: account.sid, show)


def fetch(world: World, call: Call) -> Answer:
    """A parent reads its subaccounts with its own credentials on this API only."""
    return Answer(200, show(named(world, call)))


def named(world: World, call: Call) -> Account:
    """The account in the path, the speaker's own or one of its subaccounts."""
    account = world.accounts.get(call.args["account"])
    if account is None or call.account.sid not in (account.sid, account.owner_account_sid):
        raise Refused(NOT_FOUND, path=call.path)
    return account


def add(world: World, fields: Payload) -> Account:
    """A main account owns itself."""
    sid, now = str(fields.get("sid") or new_sid("AC")), world.clock.now()
    account = Account(
        sid=sid,
        auth_token=str(fields.get("auth_token") or new_sid("")),
        friendly_name=str(fields.get("friendly_name", "Account")),
        owner_account_sid=str(fields.get("owner_account_sid") or sid),
        date_created=float(fields.get("date_created") or now),
        date_updated=now,
        status=str(fields.get("status", "active")),
    )
    world.accounts[sid] = account
    world.revision += 1
    return account


def _fits(account: Account, call: Call) -> bool:
    asked = (("Status", account.status), ("FriendlyName", account.friendly_name))
    return all(call.asked(name) in (None, value) for name, value in asked)
