"""What Twilio's responses say: the answer in them, the page that follows, and what a refusal means for the caller.
Nothing in them is trusted to be what it should be."""

import json
from collections.abc import Mapping
from datetime import datetime
from math import isfinite
from typing import Any
from urllib.parse import urlsplit

from twilio.http.response import Response

from twilio_api.answer import Answer
from twilio_api.errors import Ambiguous, CredentialsRefused, Garbled, Gone, Refused, Throttled, TwilioError

# The 2010 API names its next pages without their host.
API = "https://api.twilio.com"
# A Retry-After of more seconds than this is taken for none: it would leave the account alone for days.
A_DAY = 86_400.0


def answer_of(response: Response, as_of: datetime) -> Answer:
    """Raises Garbled where it holds no object."""
    return Answer(_json(response), as_of, response.status_code, _header(response, "Twilio-Request-Id"))


def _json(response: Response) -> dict[str, Any]:
    try:
        body = json.loads(response.text)
    except ValueError:
        raise Garbled("Twilio's answer is not JSON.") from None
    except RecursionError:
        raise Garbled("Twilio's answer is nested too deeply.") from None
    if not isinstance(body, dict):
        raise Garbled("Twilio's answer is not an object.")
    return body


def _header(response: Response, name: str) -> str:
    headers = response.headers or {}
    return str(headers.get(name, "") or headers.get(name.lower(), ""))


def told_by(response: Response | None) -> tuple[int | None, float | None]:
    """What an answer says to whoever watches the pace."""
    if response is None:
        return None, None
    return response.status_code, _seconds(_header(response, "Retry-After"))


def next_page(page: Mapping[str, Any]) -> str:
    """The next page's address, in either dialect: `meta.next_page_url`, or the 2010 API's `next_page_uri`. Empty after
    the last page. Raises Garbled."""
    if uri := page.get("next_page_uri"):
        return _address(uri, API)
    meta = page.get("meta")
    url = meta.get("next_page_url") if isinstance(meta, dict) else None
    return _address(url) if url else ""


def _address(told: object, host: str = "") -> str:
    """What can be asked for, and kept to go on there. Whether it is Twilio's, the transport looks. Raises Garbled."""
    try:
        if isinstance(told, str) and told.isascii() and told.isprintable() and urlsplit(f"{host}{told}").hostname:
            return f"{host}{told}"
    except ValueError:
        pass  # a bracket that is never closed, for one
    raise Garbled("Twilio's list names a next page that is no address.")


def raise_for(response: Response) -> None:
    """Raises what a status other than success means. 5xx and 408 are ambiguous: the request did arrive."""
    status = response.status_code
    if status < 300:
        return
    if status == 429:
        raise Throttled(_seconds(_header(response, "Retry-After")))
    if status >= 500 or status == 408:
        raise Ambiguous(f"Twilio failed inside (HTTP {status}).")
    raise _refusal(status, response.text)


def _refusal(status: int, text: str) -> TwilioError:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        body = {}
    fields = body if isinstance(body, dict) else {}
    code = fields.get("code") if isinstance(fields.get("code"), int) else None
    kind = CredentialsRefused if status in (401, 403) else Gone if status == 404 else Refused
    return kind(status, code, _storable(str(fields.get("message") or f"HTTP {status}")))


def _storable(words: str) -> str:
    """Without NUL and halves of surrogate pairs, which neither a database nor a page takes."""
    return words.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()


def _seconds(text: str) -> float | None:
    """Also None for what is no length of time, and for more than a day."""
    try:
        seconds = float(text)
    except ValueError:
        return None
    return max(seconds, 0.0) if isfinite(seconds) and seconds <= A_DAY else None
