"""A plain HTTP client that speaks as one Twilio account, so a test sees answers and not a library's view of them."""

import base64
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import Any
from urllib.parse import urlencode, urlsplit

MESSAGING = "/messaging.twilio.com/v1"
TRUSTHUB = "/trusthub.twilio.com/v1"
API = "/api.twilio.com"

type Form = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Reply:
    status: int
    headers: Mapping[str, str]
    body: Any

    @property
    def code(self) -> int | None:
        """Of Twilio's error body."""
        code: int | None = self.body.get("code")
        return code


@dataclass(frozen=True)
class Speaker:
    base_url: str
    user: str
    password: str
    patience: float = 5.0

    def get(self, path: str, **headers: str) -> Reply:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, form: Form | None = None, **headers: str) -> Reply:
        return self._ask("POST", path, urlencode(form or {}, doseq=True), headers)

    def delete(self, path: str) -> Reply:
        return self._ask("DELETE", path, None, {})

    def follow(self, url: str) -> Reply:
        """An address Twilio gave, such as next_page_url."""
        return self.get("/" + url.removeprefix("https://"))

    def _ask(self, method: str, path: str, content: str | None, headers: Mapping[str, str]) -> Reply:
        connection = HTTPConnection(urlsplit(self.base_url).netloc, timeout=self.patience)
        try:
            connection.request(method, path, content, self._headers(headers))
            return _reply(connection.getresponse())
        finally:
            connection.close()

    def _headers(self, headers: Mapping[str, str]) -> dict[str, str]:
        basic = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {"Authorization": f"Basic {basic}", "Content-Type": "application/x-www-form-urlencoded", **named}


def _reply(response: HTTPResponse) -> Reply:
    content = response.read()
    return Reply(response.status, dict(response.headers), json.loads(content) if content else None)


def campaign_path(service_sid: str, sid: str = "QE2c6890da8086d771620e9b13fadeba0b") -> str:
    return f"{MESSAGING}/Services/{service_sid}/Compliance/Usa2p/{sid}"


def update_form(campaign: Mapping[str, Any], **changes: Any) -> dict[str, str | Sequence[str]]:
    """The seven fields an update needs, as the campaign has them now."""
    fields = {**campaign, **changes}
    return {
        "Description": fields["description"],
        "MessageFlow": fields["message_flow"],
        "MessageSamples": fields["message_samples"],
        "HasEmbeddedLinks": str(fields["has_embedded_links"]).lower(),
        "HasEmbeddedPhone": str(fields["has_embedded_phone"]).lower(),
        "AgeGated": str(fields["age_gated"]).lower(),
        "DirectLending": str(fields["direct_lending"]).lower(),
    }
