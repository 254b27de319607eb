"""Subaccounts: found under their main account, given a customer each, and kept up."""

from collections.abc import Callable, Iterable, Sequence

from django.db import transaction

from accounts.models import Customer, TwilioAccount
from accounts.secrets import SealBroken, seal, unseal
from reviews.payloads import storable, text
from sync.pages import in_pages
from twilio_api.answer import Answer, Payload
from twilio_api.credentials import Credentials

# What the columns take.
LONGEST_SID, LONGEST_NAME, LONGEST_STATUS = 34, 200, 20


def discover_subaccounts(
    main: TwilioAccount, listed: Iterable[Answer], page_done: Callable[[str], None] = lambda next_page: None
) -> int:
    """Brings the subaccounts of a main account up to date, as Twilio lists them. Returns how many are new. Raises what
    the listing raises.

    Twilio's list carries each subaccount's auth token, the only way to read it: a parent's own credentials show
    nothing of a subaccount (Messaging v1 has no account in its paths). The token is sealed and the rest dropped.
    Each page is kept before the next is asked for, and its accounts are due at once; `page_done` is told the address
    of the next page. Once the main account is disconnected nothing is kept any more.
    """
    new = 0
    for page in in_pages(listed):
        new += _keep_page(main, [answer.payload for answer in page])
        page_done(page[-1].next_page)
    return new


def hold_connected(main: TwilioAccount) -> bool:
    """Whether a main account is connected, and it stays so until the transaction ends. Whoever adds to its family, or
    puts it away, begins with this: none waits for the other half-way, and the second sees what the first has done."""
    # What only refers to the account, an event that comes in for one, need not wait: no key changes.
    rows = TwilioAccount.objects.select_for_update(no_key=True).filter(pk=main.pk, disconnected_at=None)
    return bool(rows.values_list("pk"))


@transaction.atomic
def _keep_page(main: TwilioAccount, payloads: Sequence[Payload]) -> int:
    """A constant number of statements, and one for each account that changed."""
    if not hold_connected(main):
        return 0
    by_sid = {text(payload, "sid"): payload for payload in map(storable, payloads)}
    known = {account.sid: account for account in TwilioAccount.objects.filter(parent=main, sid__in=by_sid)}
    for sid, payload in by_sid.items():
        if sid == main.sid:
            _keep_up(main, payload, token="")
        elif sid in known:
            _keep_up(known[sid], payload, token=text(payload, "auth_token"))
    return _add(main, {sid: payload for sid, payload in by_sid.items() if sid not in {main.sid, *known}})


def _add(main: TwilioAccount, by_sid: dict[str, Payload]) -> int:
    readable = {
        sid: payload
        for sid, payload in by_sid.items()
        if 0 < len(sid) <= LONGEST_SID and text(payload, "auth_token") and text(payload, "status") != "closed"
    }
    accounts = [_new(main, sid, payload) for sid, payload in readable.items()]
    customers = Customer.objects.bulk_create([Customer(name=account.name) for account in accounts])
    for account, customer in zip(accounts, customers, strict=True):
        account.customer = customer
    TwilioAccount.objects.bulk_create(accounts)
    return len(accounts)


def _new(main: TwilioAccount, sid: str, payload: Payload) -> TwilioAccount:
    name, status = _shown(payload)
    account = TwilioAccount(sid=sid, parent=main, name=name or sid, status=status or TwilioAccount.ACTIVE)
    account.seal(Credentials(account_sid=sid, secret=text(payload, "auth_token")))
    return account


def _shown(payload: Payload) -> tuple[str, str]:
    """Its name and its status, empty where it shows none."""
    return text(payload, "friendly_name")[:LONGEST_NAME], text(payload, "status")[:LONGEST_STATUS]


def _keep_up(account: TwilioAccount, payload: Payload, token: str) -> None:
    changed = {}
    for column, value in zip(("name", "status"), _shown(payload), strict=True):
        if value and getattr(account, column) != value:
            changed[column] = value
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
