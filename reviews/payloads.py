"""Reading Twilio's JSON without trust: null everywhere, numbers as text, lists that are none. Nothing here raises."""

import json
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from reviews.contract import Rejection
from twilio_api.answer import Payload

# What jsonb refuses, as JSON's text writes it; both halves of a whole pair look the same and are harmless.
NOT_STORABLE = re.compile(r"\\u0000|\\ud[89a-f]|NaN|Infinity")


def text(payload: Payload, key: str) -> str:
    """The value as tidy text: line ends as \\n, no space around; empty for null and for what is no text."""
    value = payload.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return tidy(str(value))


def texts(payload: Payload, key: str) -> list[str]:
    value = payload.get(key)
    items = value if isinstance(value, list) else [value]
    return [tidy(item) for item in items if isinstance(item, str) and item.strip()]


def flag(payload: Payload, key: str) -> bool:
    value = payload.get(key)
    return value if isinstance(value, bool) else str(value).lower() == "true"


def moment(payload: Payload, key: str) -> datetime | None:
    """An ISO-8601 moment with its zone (UTC where none is given), or None."""
    return moment_of(payload.get(key))


def moment_of(value: object) -> datetime | None:
    """The same for a value at hand, in UTC. None also for one that lies there before the year 1 or after 9999: the
    database would take it, and nobody could read its row again."""
    if not isinstance(value, str):
        return None
    try:
        parsed = datetime.fromisoformat(value)
        return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def rejections(items: object) -> tuple[Rejection, ...]:
    """The reasons in a list of error objects.

    Keys differ by resource, and those of toll-free reasons are not documented (gaps.md, OpenAPI of 2026-04-14):
    any of them is taken, and what cannot be read stays visible as text.
    """
    if not isinstance(items, list):
        return ()
    return tuple(reason for reason in map(_rejection, items) if reason)


def _rejection(item: object) -> Rejection | None:
    if isinstance(item, str | int) and str(item).strip():
        return Rejection(code=_code(item), description="" if _code(item) else str(item))
    if not isinstance(item, dict):
        return None
    code = next((c for c in map(_code, _values(item, CODE_KEYS)) if c is not None), None)
    words = next((str(w) for w in _values(item, WORD_KEYS) if isinstance(w, str)), "")
    fields = item.get("fields")
    names = tuple(str(name) for name in fields if name) if isinstance(fields, list) else ()
    url = item.get("url")
    safe_url = url if isinstance(url, str) and url.startswith("https://") else ""
    if code is None and not words and not names:
        return None
    return Rejection(code, words, safe_url, names)


CODE_KEYS = ("error_code", "code", "rejection_code", "registration_error_code")
WORD_KEYS = ("description", "reason", "rejection_reason", "message")


def _values(item: dict[str, Any], keys: Iterable[str]) -> list[Any]:
    return [item[key] for key in keys if item.get(key) is not None]


def _code(value: object) -> int | None:
    try:
        number = int(str(value))
    except ValueError:
        return None
    return number if 0 < number < 2**31 else None


def tidy(value: str) -> str:
    return value.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()


def storable(value: Any) -> Any:
    """The same JSON without the three things PostgreSQL's jsonb refuses: NUL characters, halves of surrogate pairs, and
    numbers that are none or too large, which stay as their text."""
    # Nearly always there are none, and to write it all costs a tenth of going through it piece by piece.
    return _replaced(value) if NOT_STORABLE.search(json.dumps(value)) else value


def _replaced(value: Any) -> Any:
    if isinstance(value, float):
        return value if isfinite(value) else str(value)
    if isinstance(value, str):
        return value.replace("\x00", "\ufffd").encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {_replaced(key): _replaced(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_replaced(item) for item in value]
    return value
