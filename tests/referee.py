"""Twilio's own OpenAPI documents as the referee of requests and answers. They lie beside the project, not in it."""

import json
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from openapi_core import OpenAPI
from openapi_core.testing import MockRequest, MockResponse
from requests import PreparedRequest
from requests import Response as RawResponse

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


class Referee:
    """A hook for the library's HTTP client: judges each request and its answer, and keeps what it judged."""

    def __init__(self) -> None:
        self.judged: list[tuple[str, str, int]] = []

    def judge(self, response: RawResponse, *args: Any, **kwargs: Any) -> None:
        """Raises openapi-core's errors for a request or an answer that Twilio's documents do not allow."""
        host, path, request = _as_twilio_sees_it(response.request)
        document = _document(host)
        document.validate_request(request)
        self.judged.append((request.method.upper(), path, response.status_code))
        if response.status_code != 204:  # described without a body, and the documents describe no error answer
            content = response.content
            document.validate_response(request, MockResponse(content, response.status_code, {}, "application/json"))


def _as_twilio_sees_it(sent: PreparedRequest) -> tuple[str, str, MockRequest]:
    url = urlsplit(str(sent.url))
    host, _, path = url.path.removeprefix("/").partition("/")
    query = dict(part.split("=", 1) for part in url.query.split("&") if part)
    body = sent.body if isinstance(sent.body, bytes) else (sent.body or "").encode()
    request = MockRequest(
        f"https://{host}",
        str(sent.method),
        f"/{path}",
        args=query,
        headers=dict(sent.headers),
        data=body,
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
