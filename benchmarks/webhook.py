"""Events taken in per second, against a view that does nothing: same server, same middleware, same requests.

The rounds take turns, so whatever else the machine does meets both; each figure is the median of its rounds.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import multiprocessing
import os
import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from django.conf import settings
from django.utils import timezone

from accounts.models import Customer, TwilioAccount
from accounts.secrets import seal
from benchmarks.empty_view import PATH as EMPTY
from benchmarks.figures import Figure
from benchmarks.load import Round, send
from launch import crew
from launch.installation import Address
from launch.places import Place
from launch.serve import free
from sync.cloud_events import COMPLIANCE
from sync.models import Event, EventStream
from twilio_api.credentials import Credentials

LIMIT = 0.4
ACCOUNTS, CONNECTIONS = 20, 16
ROUNDS, A_ROUND = 7, 1000
A_BATCH = 20
WARMING = 300


@dataclass(frozen=True, slots=True)
class Sender:
    """Twilio, for one account: where it sends to, and what it signs with."""

    sid: str
    token: str
    secret: str

    def request(self, path: str, events: Sequence[dict[str, Any]]) -> bytes:
        """The bytes of one delivery. The proxy in front has taken the https off, as in production."""
        body = json.dumps(events).encode()
        target = f"{path}?bodySHA256={hashlib.sha256(body).hexdigest()}"
        url = f"{settings.PUBLIC_BASE_URL}{target}"
        mark = base64.b64encode(hmac.new(self.token.encode(), url.encode(), hashlib.sha1).digest()).decode()
        head = [
            f"POST {target} HTTP/1.1",
            "Host: redress.example",
            "X-Forwarded-Proto: https",
            "User-Agent: TwilioProxy/1.1",
            "Accept: */*",
            "Content-Type: application/json",
            f"Content-Length: {len(body)}",
            f"X-Twilio-Signature: {mark}",
        ]
        return "\r\n".join([*head, "", ""]).encode() + body

    @property
    def path(self) -> str:
        return f"/hooks/twilio/{self.sid}/{self.secret}/"


class Deliveries:
    """Requests nobody made before, for each account in turn; it remembers every event in them."""

    def __init__(self, senders: Sequence[Sender]) -> None:
        self._senders, self._dice = senders, random.Random(7)  # noqa: S311  repeatable, not secret
        self.told: list[str] = []

    def to_us(self, requests: int, events_in_each: int = 1) -> list[bytes]:
        return [sender.request(sender.path, events) for sender, events in self._made(requests, events_in_each)]

    def to_nobody(self, requests: int) -> list[bytes]:
        """The same for the empty view; nothing of it will be kept."""
        return [sender.request(EMPTY, events) for sender, events in self._made(requests, 1, remember=False)]

    def _made(
        self, requests: int, events_in_each: int, *, remember: bool = True
    ) -> Iterator[tuple[Sender, list[dict[str, Any]]]]:
        for number in range(requests):
            events = [self._event() for _ in range(events_in_each)]
            if remember:
                self.told += [event["id"] for event in events]
            yield self._senders[number % len(self._senders)], events

    def _event(self) -> dict[str, Any]:
        """As Twilio writes them (www.twilio.com/docs/events, event type A2P campaign registration, seen 2026-11)."""
        now = timezone.now()
        return {
            "specversion": "1.0",
            "type": f"{COMPLIANCE}campaign-registration.campaign-failure",
            "source": self._sid("AB"),
            "id": self._sid("EZ"),
            "dataschema": "https://events-schemas.twilio.com/A2P.CampaignRegistrationFailure/2",
            "datacontenttype": "application/json",
            "time": now.isoformat(),
            "data": {
                "accountsid": self._sid("AC"),
                "brandsid": self._sid("BN"),
                "campaignsid": self._sid("CM"),
                "messagingservicesid": self._sid("MG"),
                "campaignregistrationstatus": "failed",
                "updateddate": round(now.timestamp() * 1000),
                "externalcampaignid": "",
                "campaignregistrationerrors": [
                    {"errorcode": 30909, "fields": ["MESSAGE_FLOW"], "errormessage": "CTA does not meet requirements"}
                ],
            },
        }

    def _sid(self, prefix: str) -> str:
        return f"{prefix}{self._dice.getrandbits(128):032x}"


def measure() -> list[Figure]:
    deliveries = Deliveries(_senders(ACCOUNTS))
    with _server() as address, _clients() as clients:

        def deliver(requests: Sequence[bytes]) -> Round:
            return clients.submit(send, (address.host, address.port), requests, CONNECTIONS).result()

        deliver(deliveries.to_nobody(WARMING))
        deliver(deliveries.to_us(WARMING))
        rounds = [
            (
                deliver(deliveries.to_nobody(A_ROUND)),
                deliver(deliveries.to_us(A_ROUND)),
                deliver(deliveries.to_us(A_ROUND // A_BATCH * 2, A_BATCH)),
            )
            for _ in range(ROUNDS)
        ]
        again = deliveries.to_us(A_ROUND)
        for _ in range(2):
            deliver(again)
    _check(deliveries.told)
    return _figures(rounds)


def _figures(rounds: Sequence[tuple[Round, Round, Round]]) -> list[Figure]:
    empty, ours, batches = zip(*rounds, strict=True)
    each = [seconds * 1000 for one in ours for seconds in one.each]
    cuts = quantiles(each, n=100)
    return [
        Figure("empty view", median(one.per_second for one in empty), "requests/s"),
        Figure("one event in each request", median(one.per_second for one in ours), "events/s"),
        Figure(
            "one event in each request, against the empty view",
            median(mine.per_second / nothing.per_second for nothing, mine, _ in rounds),
            "",
            LIMIT,
        ),
        Figure(f"{A_BATCH} events in each request", median(one.per_second * A_BATCH for one in batches), "events/s"),
        Figure(f"{CONNECTIONS} clients at once, one event: p50", cuts[49], "ms"),
        Figure(f"{CONNECTIONS} clients at once, one event: p99", cuts[98], "ms"),
    ]


def _check(told: Sequence[str]) -> None:
    """A fast answer for an event that is not there, or twice, would be worth nothing."""
    kept = list(Event.objects.values_list("event_id", flat=True))
    if sorted(kept) != sorted(told):
        raise AssertionError(f"{len(told)} events were accepted, {len(kept)} are there ({len(set(kept))} different).")


def _senders(count: int) -> list[Sender]:
    """A main account and its subaccounts, each with events switched on."""
    dice, now = random.Random(11), timezone.now()  # noqa: S311  repeatable, not secret
    main, senders = None, []
    for number in range(count):
        sender = Sender(
            f"AC{dice.getrandbits(128):032x}", f"{dice.getrandbits(128):032x}", f"word-{number}-nobody-guesses"
        )
        customer = Customer.objects.create(name=f"Customer {number}")
        account = TwilioAccount(sid=sender.sid, name=customer.name, customer=customer, parent=main)
        account.seal(Credentials(account_sid=sender.sid, secret=sender.token))
        account.save()
        EventStream.objects.create(
            account=account, sealed_path=seal(sender.secret), state=EventStream.State.ACTIVE, active_since=now
        )
        main = main or account
        senders.append(sender)
    return senders


@contextmanager
def _server() -> Iterator[Address]:
    """As `./run` starts it, behind a proxy that speaks https."""
    place, address = Place(Path(os.environ["REDRESS_VAR"])), free(Address(port=0))
    ours = {"DJANGO_SETTINGS_MODULE": "benchmarks.empty_settings", "BEHIND_PROXY": "1"}
    with crew.web(place, ours, address) as web:
        web.wait_until(lambda: crew.answers(address))
        yield address


@contextmanager
def _clients() -> Iterator[ProcessPoolExecutor]:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        yield pool
