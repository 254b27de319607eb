"""What stands at Twilio: a main account with twenty subaccounts, two hundred rejected campaigns and a few approved."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import Any

import requests

from accounts.models import TwilioAccount
from sandbox.handle import Account, Sandbox
from sync import streams
from sync.connect import connect, verify
from sync.foreground import Total, read_families, side_by_side
from sync.models import EventStream
from twilio_api.credentials import Credentials

SUBACCOUNTS = 20
REJECTED_EACH = 10
NEW_CAMPAIGNS = 4
# A text without frequency and rates, and the code for it: an edit cures it.
CODE = 30924
EDITS_ARE_FREE = "once-per-campaign"
MESSAGING = "messaging.twilio.com/v1"

type Payload = dict[str, Any]


@dataclass(frozen=True)
class World:
    """Campaigns are named by the SID of their service."""

    main: Account
    rejected: Sequence[str]
    # One in each subaccount, approved, and nobody resubmits it: its verdicts are news while others are sent.
    bystanders: Sequence[str]


def build(twilio: Sandbox) -> World:
    twilio.empty()
    main, rejected, bystanders = twilio.create_account("Northbeam Software"), list[str](), list[str]()
    for number in range(SUBACCOUNTS):
        name = f"Larkspur Bike Repair {number}"
        brand = twilio.register_brand(twilio.create_subaccount(main.sid, name).sid, name=name)
        bystanders.append(twilio.hang_campaign(brand, name=name))
        rejected += [twilio.hang_campaign(brand, name=name) for _ in range(REJECTED_EACH)]
    reject(twilio, rejected)
    return World(main, rejected, bystanders)


def somebody_new(twilio: Sandbox, world: World) -> None:
    """A subaccount that nobody has seen: it is found and read for the first time while all else goes on."""
    name = "Pelican Pizza"
    brand = twilio.register_brand(twilio.create_subaccount(world.main.sid, name).sid, name=name)
    for _ in range(NEW_CAMPAIGNS):
        twilio.hang_campaign(brand, name=name)


def reject(twilio: Sandbox, campaigns: Sequence[str]) -> None:
    for service in campaigns:
        twilio.reject(service, [CODE])


def read_for_the_first_time(world: World) -> None:
    """Connected as a person connects it, and read in the foreground. Edits are free, so rounds can go on for ever."""
    main = connect(verify(Credentials(account_sid=world.main.sid, secret=world.main.auth_token)))
    TwilioAccount.objects.update(policy_id=EDITS_ARE_FREE)
    assert not Total.of(read_families([main])).failures
    TwilioAccount.objects.update(policy_id=EDITS_ARE_FREE)


@contextmanager
def events_on() -> Iterator[None]:
    """Twilio tells of every change by itself, as long as this lasts."""
    main = TwilioAccount.objects.mains().get()
    streams.switch_on(main, None)
    side_by_side(streams.tend, _streaming())
    assert set(EventStream.objects.values_list("state", flat=True)) == {EventStream.State.ACTIVE}
    try:
        yield
    finally:
        streams.switch_off(main, None)
        side_by_side(streams.tend, _streaming())


def _streaming() -> list[int]:
    return list(EventStream.objects.values_list("pk", flat=True))


def shown_by(twilio: Sandbox) -> dict[tuple[str, str], Payload]:
    """Every brand and campaign as Twilio shows it now, asked without a line of the product: by kind and SID, or
    service and SID."""
    with ThreadPoolExecutor(8) as askers:
        of_accounts = askers.map(partial(_shown_in, twilio), twilio.accounts())
        return {key: payload for shown in of_accounts for key, payload in shown.items()}


def _shown_in(twilio: Sandbox, account: Account) -> dict[tuple[str, str], Payload]:
    shown: dict[tuple[str, str], Payload] = {}
    with requests.Session() as session:
        session.auth = (account.sid, account.auth_token)
        session.headers["X-Twilio-Api-Version"] = "v1.2"
        for brand in _listed(twilio, session, "a2p/BrandRegistrations", "data"):
            shown["brand", brand["sid"]] = brand
        for service in _listed(twilio, session, "Services", "services"):
            for campaign in _listed(twilio, session, f"Services/{service['sid']}/Compliance/Usa2p", "compliance"):
                shown["campaign", f"{service['sid']}/{campaign['sid']}"] = campaign
    return shown


def _listed(twilio: Sandbox, session: requests.Session, path: str, key: str) -> list[Payload]:
    answer = session.get(f"{twilio.base_url}/{MESSAGING}/{path}", params={"PageSize": "100"}, timeout=30)
    answer.raise_for_status()
    page = answer.json()
    assert not page["meta"]["next_page_url"], f"more than one page of {path}"
    rows: list[Payload] = page[key]
    return rows
