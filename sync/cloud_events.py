"""Events as Twilio writes them: CloudEvents in an array or alone, data as an object or as JSON text, moments as
milliseconds. Whatever comes is understood as far as it goes; nothing here raises but for a body that is no JSON.

Sources: www.twilio.com/docs/events/event-delivery-and-duplication and the pages of the event types, seen 2026-11.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from math import isfinite
from typing import Any

from reviews.payloads import moment_of, storable, text
from twilio_api.answer import Payload

COMPLIANCE = "com.twilio.messaging.compliance."
TEST = "com.twilio.eventstreams.test-event"
# Where an event says when it happened: its own words go before the envelope's, which some examples lack.
STAMPS = ("updateddate", "timestamp", "processeddate")
# Milliseconds are longer than this until the year 1973, seconds shorter until 5138.
MILLISECONDS_FROM = 10**11
# A clock may be a little ahead; a moment further in the future is none.
FUTURE = timedelta(days=1)
MOST_IN_A_BODY = 2000
# Twilio's events nest six deep. Thousands of levels take json.dumps of Python 3.13 more than the 2 MB of stack that a
# thread of the web server has, and that ends the process instead of raising.
DEEPEST = 100
BRACKETS = re.compile(r"[\[\]{}]")


class NotJson(Exception):
    """The body is no JSON, nests too deeply, or is nothing that could hold events."""


@dataclass(frozen=True, slots=True)
class CloudEvent:
    """One event, understood as far as it goes. `problem` says in words why it goes no further."""

    event_id: str
    type: str
    stamp: str
    digest: str
    at: datetime
    body: Any
    payload: Payload
    problem: str = ""

    @property
    def topic(self) -> str:
        """The type without what all of Twilio's compliance events begin with; empty for others."""
        return self.type.removeprefix(COMPLIANCE) if self.type.startswith(COMPLIANCE) else ""


def read_body(body: bytes, now: datetime) -> list[CloudEvent]:
    """Every event of a request's body. Raises NotJson."""
    try:
        told = _loaded(body)
    except ValueError:
        raise NotJson from None
    events = told if isinstance(told, list) else [told]
    if not all(isinstance(event, dict) for event in events) or len(events) > MOST_IN_A_BODY:
        raise NotJson
    return [understand(event, now) for event in events]


def _loaded(body: bytes) -> Any:
    """Raises NotJson or ValueError. What no jsonb takes can only stand in it as an escape, and that is rare."""
    told = json.loads(_shallow(body.decode()), parse_float=_finite, parse_constant=str)
    return storable(told) if b"\\u" in body else told


def _shallow(written: str) -> str:
    """The same text. Raises NotJson where it nests deeper than DEEPEST."""
    # An event alone has a handful of brackets, and then this is all that is looked at.
    if written.count("[") + written.count("{") > DEEPEST and max(_depths(written), default=0) > DEEPEST:
        raise NotJson
    return written


def _depths(written: str) -> Iterator[int]:
    """How deep it is after each bracket outside of strings. Right up to where it is no JSON: there a parser stops."""
    outside = "".join(written.replace("\\\\", "").replace('\\"', "").split('"')[::2])
    return accumulate(1 if bracket in "[{" else -1 for bracket in BRACKETS.findall(outside))


def _finite(written: str) -> float | str:
    """A number beyond what JSON may be written with again stays as its text."""
    number = float(written)
    return number if isfinite(number) else written


def understand(event: dict[str, Any], now: datetime) -> CloudEvent:
    """`now` stands in where nothing says when it happened."""
    payload, problem = _payload(event.get("data"))
    moments = {name: moment for name in STAMPS if (moment := moment_in(payload.get(name), now))}
    written = payload[next(iter(moments))] if moments else None
    # The latest counts: an older one may be that of the thing's creation, as in Twilio's own examples.
    at = max([*moments.values(), *filter(None, [moment_in(event.get("time"), now)])], default=now)
    name = text(event, "type")[:150]
    return CloudEvent(
        event_id=text(event, "id")[:100],
        type=name,
        stamp="" if written is None else str(written)[:40],
        digest=_digest(event.get("data")),
        at=at,
        body=event,
        payload=payload,
        problem=problem or ("" if name else "It does not say what type of event it is."),
    )


def moment_in(value: object, now: datetime) -> datetime | None:
    """Milliseconds or seconds since 1970, as a number or as text, or an ISO moment; None where it is none of these."""
    try:
        number = float(str(value)) if isinstance(value, int | float | str) and not isinstance(value, bool) else None
        seconds = number / 1000 if number is not None and number >= MILLISECONDS_FROM else number
        moment = datetime.fromtimestamp(seconds, UTC) if seconds else None
    except (ValueError, OverflowError, OSError):
        moment = moment_of(value)
    return moment if moment and moment - now < FUTURE else None


def _payload(data: object) -> tuple[Payload, str]:
    """The data with its keys in lower case, and why there is none."""
    if isinstance(data, str):
        try:
            data = storable(json.loads(_shallow(data)))
        except (ValueError, NotJson):
            return {}, "Its data is text, but not JSON."
    if not isinstance(data, dict):
        return {}, "Its data is not an object."
    return {str(key).lower(): value for key, value in data.items()}, ""


def _digest(data: object) -> str:
    """The same for the same words, whatever the order of the keys."""
    return hashlib.sha256(json.dumps(data, sort_keys=True).encode()).hexdigest()
