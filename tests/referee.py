"""Twilio's own OpenAPI documents as the referee of requests and answers. They lie beside the project, not in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse

DOCUMENTS = Path(__file__).resolve().parents[2] / "shared" / "reference" / "twilio" / "openapi"
DOCUMENT_OF_HOST = {
    "messaging.twilio.com": "twilio_messaging_v1.json",
    "trusthub.twilio.com": "twilio_trusthub_v1.json",
    "api.twilio.com": "twilio_api_v2010.json",
    "events.twilio.com": "twilio_events_v1.json",
}
needs_documents = pytest.mark.skipif(
    not DOCUMENTS.is_dir(), reason=f"Twilio's OpenAPI documents are not at ../shared ({DOCUMENTS.name})"
)


@dataclass(frozen=True, slots=True)
class Sent:
    """A request as it left for the sandbox, and the answer that came."""

    method: str
    url: str
    headers: Mapping[str, Any]
    body: str
    status: int
    content: bytes


@dataclass
class Referee:
    """Judges each request and its answer, and keeps what it judged."""

    judged: list[tuple[str, str, int]] = field(default_factory=list)

    def judge(self, sent: Sent) -> None:
        """Raises openapi-core's errors for a request or an answer that Twilio's documents do not allow."""
        host, path, request = _as_twilio_sees_it(sent)
        document = _document(host)
        document.validate_request(request)
        self.judged.append((request.method.upper(), path, sent.status))
        if sent.status != 204:  # described without a body, and the documents describe no error answer
            document.validate_response(request, MockResponse(sent.content, sent.status, {}, "application/json"))


def _as_twilio_sees_it(sent: Sent) -> tuple[str, str, MockRequest]:
    url = urlsplit(sent.url)
    host, _, path = url.path.removeprefix("/").partition("/")
    query = dict(part.split("=", 1) for part in url.query.split("&") if part)
    request = MockRequest(
        f"https://{host}",
        sent.method,
        f"/{path}",
        args=query,
        headers=dict(sent.headers),
        data=sent.body.encode(),
        content_type=str(sent.headers.get("Content-Type", "")),
    )
    return host, f"/{path}", request


@cache
def _document(host: str) -> OpenAPI:
    """Twilio's document, but for one slip: its own examples show null where a $ref to an enum cannot be nullable."""
    document = json.loads((DOCUMENTS / DOCUMENT_OF_HOST[host]).read_text())
    for schema in document["components"]["schemas"].values():
        if "enum" in schema:
            schema |= {"nullable": True, "enum": [*schema["enum"], None]}
    return OpenAPI.from_dict(document)
