"""The script somebody would write instead: the Twilio library, a loop over accounts and services, one thread."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client


class ToSandbox(TwilioHttpClient):
    """The library's own client with its pool of open connections; only the address is another."""

    def __init__(self, base_url: str) -> None:
        super().__init__(pool_connections=True)
        self.base_url, self.calls = base_url, 0

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> Response:  # type: ignore[override]
        self.calls += 1
        parts = urlsplit(url)
        query = f"?{parts.query}" if parts.query else ""
        return super().request(method, f"{self.base_url}/{parts.netloc}{parts.path}{query}", *args, **kwargs)


def read_everything(main_sid: str, token: str, http: TwilioHttpClient) -> list[Any]:
    """Returns all brands, campaigns and verifications of the account and its subaccounts, kept in memory."""
    found: list[Any] = []
    main = client(main_sid, token, http)
    for account in main.api.v2010.accounts.list(status="active"):
        found += read_account(client(str(account.sid), str(account.auth_token), http))
    return found


def client(sid: str, token: str, http: TwilioHttpClient) -> Client:
    return Client(sid, token, http_client=http)  # type: ignore[no-untyped-call]


def read_account(twilio: Client) -> list[Any]:
    messaging = twilio.messaging.v1
    found: list[Any] = [*messaging.brand_registrations.list(), *messaging.tollfree_verifications.list()]
    for service in messaging.services.list():
        try:
            found += messaging.services(str(service.sid)).us_app_to_person.list()
        except TwilioException as error:
            found.append(error)
    return found
