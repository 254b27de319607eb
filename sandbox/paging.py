"""Lists: `PageSize` 1 to 1000, 50 by default; `Page` and `PageToken` are to be followed, not understood."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from sandbox.call import Answer, Call
from sandbox.errors import INVALID_PAGE_SIZE, INVALID_PARAMETER, Refused
from sandbox.world import Payload, Resource

DEFAULT_PAGE_SIZE = 50
MOST_PAGE_SIZE = 1000
_PAGING = ("PageSize", "Page", "PageToken")


@dataclass(frozen=True, slots=True)
class Page[T]:
    """A piece of a list, and the queries that lead to its neighbours; None where there is no neighbour."""

    rows: Sequence[T]
    number: int
    size: int
    start: int
    query: str
    first: str
    previous: str | None
    next: str | None


def cut[T](call: Call, rows: Sequence[T], key: Callable[[T], str]) -> Page[T]:
    """The asked page. Its token names the last row before it, so rows added or deleted meanwhile shift nothing."""
    size, number = _page_size(call), _whole(call, "Page", 0)
    start = _start(call, rows, key, number * size)
    shown = rows[start : start + size]
    more = start + size < len(rows)
    return Page(
        rows=shown,
        number=number,
        size=size,
        start=start,
        query=_query(call, size, number, call.asked("PageToken")),
        first=_query(call, size, 0),
        previous=_query(call, size, number - 1, _token_before(rows, key, start - size)) if number else None,
        next=_query(call, size, number + 1, "PA" + key(shown[-1])) if more else None,
    )


def answer(call: Call, name: str, resources: Sequence[Resource], show: Callable[[Resource], Payload]) -> Answer:
    """A list as all APIs but the one of 2010 give it: the rows under `name`, and `meta`."""
    page = cut(call, resources, lambda resource: resource.key)
    base = f"https://{call.host}{call.path}"
    meta = {
        "page": page.number,
        "page_size": page.size,
        "first_page_url": base + page.first,
        "previous_page_url": base + page.previous if page.previous else None,
        "url": base + page.query,
        "next_page_url": base + page.next if page.next else None,
        "key": name,
    }
    return Answer(200, {name: [show(resource) for resource in page.rows], "meta": meta})


def answer_2010[T](
    call: Call, name: str, rows: Sequence[T], key: Callable[[T], str], show: Callable[[T], Payload]
) -> Answer:
    """A list as the 2010 API gives it: relative `..._uri`, no `meta`."""
    page = cut(call, rows, key)
    return Answer(
        200,
        {
            name: [show(row) for row in page.rows],
            "page": page.number,
            "page_size": page.size,
            "start": page.start,
            "end": max(page.start + len(page.rows) - 1, 0),
            "uri": call.path + page.query,
            "first_page_uri": call.path + page.first,
            "previous_page_uri": call.path + page.previous if page.previous else None,
            "next_page_uri": call.path + page.next if page.next else None,
        },
    )


def _page_size(call: Call) -> int:
    size = _whole(call, "PageSize", DEFAULT_PAGE_SIZE)
    if not 1 <= size <= MOST_PAGE_SIZE:
        raise Refused(INVALID_PAGE_SIZE)
    return size


def _whole(call: Call, name: str, default: int) -> int:
    asked = call.asked(name)
    if asked is None:
        return default
    if not asked.isdecimal():
        raise Refused(INVALID_PARAMETER, name=name, value=asked)
    return int(asked)


def _start[T](call: Call, rows: Sequence[T], key: Callable[[T], str], otherwise: int) -> int:
    """Behind the row the token names; without a token, or where its row is gone, by the number of the page."""
    last_seen = (call.asked("PageToken") or "").removeprefix("PA")
    return next((index + 1 for index, row in enumerate(rows) if key(row) == last_seen), otherwise)


def _token_before[T](rows: Sequence[T], key: Callable[[T], str], start: int) -> str | None:
    return "PA" + key(rows[start - 1]) if start > 0 else None


def _query(call: Call, size: int, number: int, token: str | None = None) -> str:
    kept = [(name, value) for name, values in call.query.items() if name not in _PAGING for value in values]
    paging = [("PageSize", str(size)), ("Page", str(number))] + ([("PageToken", token)] if token else [])
    return "?" + urlencode(kept + paging)
