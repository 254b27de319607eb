"""Pages by key: the last row of a page says where the next one begins, so page 400 costs what page 1 does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Page[Row]:
    """Rows in order, and where the pages before and after them begin ("" where there is none)."""

    rows: Sequence[Row]
    before: str = ""
    after: str = ""


def page[Row: Model](rows: QuerySet[Row], order: Sequence[str], asked: Mapping[str, str], size: int) -> Page[Row]:
    """The page that `?after=` or `?before=` asks for. `order` names columns as order_by does and ends in a unique one.

    A place that cannot be read is the first page.
    """
    backwards = _place(asked.get("before", ""), len(order))
    place = backwards or _place(asked.get("after", ""), len(order))
    direction = [_turned(name) for name in order] if backwards else list(order)
    found = list(_from(rows, direction, place).order_by(*direction)[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    return Page(
        found,
        before=_key(found[0], order) if found and (more if backwards else place) else "",
        after=_key(found[-1], order) if found and (more or backwards) else "",
    )


def _from[Row: Model](rows: QuerySet[Row], order: Sequence[str], place: Sequence[object]) -> QuerySet[Row]:
    """Those past the place: past it in the first column, or level there and past it in the next, and so on."""
    past, level = Q(), Q()
    for name, value in zip(order, place, strict=False):
        column = name.removeprefix("-")
        past |= level & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        level &= Q(**{column: value})
    return rows.filter(past)


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _key(row: Model, order: Sequence[str]) -> str:
    return "~".join(_text(getattr(row, name.removeprefix("-"))) for name in order)


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _place(key: str, columns: int) -> list[object]:
    """The values in a key: moments, and a number at the end. Empty for what is no key of ours."""
    *moments, number = key.split("~")
    try:
        place = [*(datetime.fromisoformat(moment) for moment in moments), int(number)]
    except ValueError:
        return []
    is_ours = len(place) == columns and all(moment.tzinfo for moment in place[:-1] if isinstance(moment, datetime))
    return place if is_ours else []
