"""An account with events switched on, and Twilio's hand: requests signed as Twilio signs them."""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from accounts.models import TwilioAccount
from accounts.secrets import seal
from sandbox.handle import Sandbox
from sync import events, streams
from sync.cloud_events import COMPLIANCE
from sync.models import Event, EventStream
from tests.factories import make_account, sid
from tests.waiting import until

TOKEN = "0123456789abcdef0123456789abcdef"
PATH = "a-word-nobody-guesses"


def milliseconds(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)


def cloud_event(topic: str, *, at: datetime | None = None, **payload: Any) -> dict[str, Any]:
    """One event as Twilio writes it; `payload` are its lower-case keys."""
    moment = at or timezone.now()
    return {
        "specversion": "1.0",
        "type": topic if topic.startswith("com.") else COMPLIANCE + topic,
        "source": sid("AB"),
        "id": sid("EZ"),
        "dataschema": "https://events-schemas.twilio.com/A2P.Any/2",
        "datacontenttype": "application/json",
        "time": moment.isoformat(),
        "data": {"updateddate": milliseconds(moment), **payload},
    }


@dataclass
class Twilio:
    """Twilio's side of one account's stream, in a test without a network."""

    stream: EventStream
    token: str = TOKEN
    path: str = PATH
    client: Client = field(default_factory=Client)

    def send(self, *told: dict[str, Any], **how: Any) -> HttpResponse:
        return self.send_body(json.dumps(list(told)).encode(), **how)

    def send_body(
        self,
        body: bytes,
        *,
        signed: bytes | None = None,
        mark: str | None = None,
        headers: Any = None,
        algorithm: str = "sha1",
    ) -> HttpResponse:
        """`signed` is what Twilio signed, where that is something else; `mark` a signature of one's own."""
        path = f"/hooks/twilio/{self.stream.account.sid}/{self.path}/"
        query = f"bodySHA256={hashlib.sha256(body if signed is None else signed).hexdigest()}"
        url = f"https://redress.example{path}?{query}"
        made = base64.b64encode(hmac.new(self.token.encode(), url.encode(), algorithm).digest()).decode()
        answer = self.client.post(
            f"{path}?{query}",
            body,
            content_type="application/json",
            headers={"X-Twilio-Signature": made if mark is None else mark, **(headers or {})},
        )
        assert isinstance(answer, HttpResponse)
        return answer


def stream_of(account: TwilioAccount, path: str = PATH) -> EventStream:
    now = timezone.now()
    return EventStream.objects.create(
        account=account, sealed_path=seal(path), state=EventStream.State.ACTIVE, active_since=now, checked_at=now
    )


@pytest.fixture
def hand(db: None) -> Twilio:
    return Twilio(stream_of(make_account()))


@pytest.fixture
def work() -> Callable[[TwilioAccount], list[str]]:
    """Works on what waits, as a worker does, however short ago the last pass was. Returns all outcomes."""

    def work(account: TwilioAccount) -> list[str]:
        EventStream.objects.filter(pk=account.pk).update(worked_until=None)
        events.work(account.pk)
        return outcomes(account)

    return work


def outcomes(account: TwilioAccount) -> list[str]:
    return list(Event.objects.filter(account=account).order_by("pk").values_list("outcome", flat=True))


@pytest.fixture
def public(transactional_db: None, plain: None, settings: Settings, twilio: Sandbox) -> Iterator[str]:
    """The product at an address the sandbox reaches. One server for each test: the shared one is made before
    `plain` says that plain http will do here."""
    server = LiveServer("127.0.0.1")
    settings.PUBLIC_BASE_URL = server.url
    yield str(server.url)
    server.stop()


@pytest.fixture
def streaming(public: str, account: TwilioAccount) -> EventStream:
    """The account with its sink and subscription at the sandbox, and the test event come in."""
    streams.switch_on(account, None)
    streams.tend(account.pk)
    until(lambda: EventStream.objects.get(account=account).last_event_at)
    Event.objects.all().delete()
    return EventStream.objects.select_related("account").get(account=account)


def arrived(count: int, account: TwilioAccount) -> Sequence[Event]:
    """Waits for so many events of the account to be written down; oldest first."""
    until(lambda: Event.objects.filter(account=account).count() >= count)
    return list(Event.objects.filter(account=account).order_by("pk"))
