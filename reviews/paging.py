"""Pages by key: the last row of a page says where the next one begins, so page 400 costs what page 1 does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, DateTimeField, F, Field, Func, Model, Q, QuerySet
from django.db.models.fields.tuple_lookups import Tuple, TupleGreaterThan, TupleLessThan

# No row's number has more; of some thousand Python makes no number any more.
MOST_DIGITS = 20


@dataclass(frozen=True, slots=True)
class Stretch[Row: Model]:
    """Rows in an order that an index holds. `order` names columns as order_by does and ends in a unique one, `beside`
    what is joined to the rows of a page, and to no others that are gone through to find them."""

    rows: QuerySet[Row]
    order: tuple[str, ...]
    beside: tuple[str, ...] = ()

    def turned(self) -> "Stretch[Row]":
        """The same from its end."""
        return replace(self, order=tuple(_turned(name) for name in self.order))

    def read(self, most: int, values: Sequence[object]) -> QuerySet[Row]:
        """So many of them from behind these values on."""
        found = self.after(values)[:most]
        return among(found).select_related(*self.beside).order_by(*self.order) if self.beside else found

    def after(self, values: Sequence[object]) -> QuerySet[Row]:
        """In order, from behind these values of its columns on; all of it where there are none."""
        return self.rows.filter(_past(self.order, values)).order_by(*self.order)


@dataclass(frozen=True, slots=True)
class Page[Row]:
    """Rows in order, and where the pages before and after them begin ("" where there is none)."""

    rows: Sequence[Row]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Behind the row with these values in the stretch of this number."""

    stretch: int
    values: Sequence[object]


def page[Row: Model](stretches: Sequence[Stretch[Row]], asked: Mapping[str, str], size: int) -> Page[Row]:
    """The page that `?after=` or `?before=` asks for in these stretches, one behind the other; a statement for each
    that it touches.

    A place that cannot be read is the first page, and so is one that has nothing behind it any more.
    """
    backwards = _place(asked.get("before", ""), stretches)
    place = backwards or _place(asked.get("after", ""), stretches)
    found = _found(stretches, place, size + 1, is_backwards=backwards is not None)
    if place and not found:
        backwards = place = None
        found = _found(stretches, None, size + 1, is_backwards=False)
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    return Page(
        [row for _, row in found],
        before=_key(found[0], stretches) if found and (more if backwards else place) else "",
        after=_key(found[-1], stretches) if found and (more or backwards) else "",
    )


def by_name[Row: Model](rows: QuerySet[Row], behind: str, size: int) -> tuple[list[Row], str]:
    """A page of rows that have a name, in its order, from behind the row with this number on; and the number that the
    next page begins behind ("" where there is none). What is no row's number is the first page."""
    is_number = behind.isdecimal() and len(behind) <= MOST_DIGITS
    last = rows.model._default_manager.filter(pk=behind).values_list("name", "pk").first() if is_number else None
    past = _past(("name", "pk"), last) if last else Q()
    found = list(rows.filter(past).order_by("name", "pk")[: size + 1])
    return found[:size], str(found[size - 1].pk) if len(found) > size else ""


def among[Row: Model](rows: QuerySet[Row]) -> QuerySet[Row]:
    """The same rows, all of them found before anything else is asked: to the database's planner that is a statement of
    its own, and it looks them up by their keys."""
    return rows.model._default_manager.filter(_IsAmong(F("pk"), ArraySubquery(rows.values("pk"))))


class _IsAmong(Func):
    output_field: Field[Any, Any] = BooleanField()
    arg_joiner = " = ANY("
    template = "%(expressions)s)"


def first[Row: Model](stretches: Sequence[Stretch[Row]]) -> Row | None:
    """The first row of all."""
    return next((row for _, row in _found(stretches, None, 1, is_backwards=False)), None)


def _found[Row: Model](
    stretches: Sequence[Stretch[Row]], place: Place | None, most: int, *, is_backwards: bool
) -> list[tuple[int, Row]]:
    """Rows from the place on, each with the number of its stretch."""
    found: list[tuple[int, Row]] = []
    for number, stretch in _from(stretches, place, is_backwards=is_backwards):
        values = place.values if place and place.stretch == number else ()
        way = stretch.turned() if is_backwards else stretch
        found += [(number, row) for row in way.read(most - len(found), values)]
        if len(found) == most:
            break
    return found


def _from[Row: Model](
    stretches: Sequence[Stretch[Row]], place: Place | None, *, is_backwards: bool
) -> Sequence[tuple[int, Stretch[Row]]]:
    numbered = list(enumerate(stretches))
    if is_backwards:
        return numbered[place.stretch :: -1] if place else numbered[::-1]
    return numbered[place.stretch if place else 0 :]


def _past(order: Sequence[str], values: Sequence[object]) -> Q:
    """Past the values in the first column, or level there and past them in the next, and so on.

    Where all columns turn the same way it is a comparison of rows, and the database begins there in the index; with
    anything else it goes through what lies before."""
    columns, turned = [name.removeprefix("-") for name in order], [name.startswith("-") for name in order]
    if not values or any(turned) != all(turned):
        return _past_one_by_one(order, values)
    compare = TupleLessThan if all(turned) else TupleGreaterThan
    return Q(compare(Tuple(*columns), tuple(values)))


def _past_one_by_one(order: Sequence[str], values: Sequence[object]) -> Q:
    past, level = Q(), Q()
    for name, value in zip(order, values, strict=False):
        column = name.removeprefix("-")
        past |= level & Q(**{f"{column}__{'lt' if name.startswith('-') else 'gt'}": value})
        level &= Q(**{column: value})
    return past


def _turned(name: str) -> str:
    return name.removeprefix("-") if name.startswith("-") else f"-{name}"


def _key[Row: Model](found: tuple[int, Row], stretches: Sequence[Stretch[Row]]) -> str:
    number, row = found
    values = (getattr(row, name.removeprefix("-")) for name in stretches[number].order)
    return "~".join([str(number), *map(_text, values)])


def _text(value: Any) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _place[Row: Model](key: str, stretches: Sequence[Stretch[Row]]) -> Place | None:
    """The stretch's number and the values of its columns. None for what is no key of ours."""
    number, *texts = key.split("~")
    if not number.isdecimal() or len(number) > MOST_DIGITS or int(number) >= len(stretches):
        return None
    stretch = stretches[int(number)]
    try:
        found = [_value(stretch, name, text) for name, text in zip(stretch.order, texts, strict=True)]
    except ValueError:
        return None
    return Place(int(number), found)


def _value[Row: Model](stretch: Stretch[Row], name: str, text: str) -> datetime | int:
    """Raises ValueError for what the column cannot hold."""
    meta, column = stretch.rows.model._meta, name.removeprefix("-")
    if column == "pk" or not isinstance(meta.get_field(column), DateTimeField):
        return int(text)
    moment = datetime.fromisoformat(text)
    if not moment.tzinfo:
        raise ValueError(f"{text} is nowhere")
    return moment
