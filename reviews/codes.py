"""The catalogue of rejections as the desk shows it: to look a number up, and to see who has it now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.db.models import Count, F, Func, IntegerField, Max
from django.http import QueryDict

from accounts.models import User
from reviews.contract import Rejection as Said
from reviews.filters import Choice, without
from reviews.house_models import HouseNote
from reviews.models import Review, ReviewQuerySet
from reviews.queries import NEWEST, Bounded, bounded_count
from rulebook.catalogue import ROWS
from rulebook.document import AGAIN, applies_to, field_labels
from rulebook.explain import Advice, explain, rows_of
from rulebook.rejections import KIND_NAMES, LIKELIEST_KIND, Rejection
from rulebook.routes import Route

SHOWN = 20
MOST_COUNTED = 1000
LARGEST = 999_999_999  # what rulebook.explain still takes for a number


class CodeFilter(forms.Form):
    """What narrows the catalogue. A value that cannot be read is said and narrows nothing."""

    q = forms.CharField(label="Number or words", required=False, max_length=100)
    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "All kinds"), *KIND_NAMES.items()])
    route = forms.ChoiceField(
        label="Way out",
        required=False,
        choices=[("", "Every way out"), *((r.value, r.label) for r in Route)],
        widget=forms.Select(attrs={"class": "input"}),
    )

    def __init__(self, asked: QueryDict) -> None:
        super().__init__(asked)
        self.asked = asked
        self.is_valid()

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())

    @cached_property
    def rows(self) -> list[Rejection]:
        """The rows that fit, by number; those that speak of one fault of a number after the general one."""
        return sorted((row for row in ROWS if self._fits(row)), key=lambda row: (row.code, row.when))

    def kinds(self) -> list[Choice]:
        """One link for each kind alone, and one for all of them; the other filters stay."""
        chosen, kept = self.cleaned_data.get("kind", ""), without(self.asked, "kind")
        links = [("", "All"), *((kind, word.split()[0]) for kind, word in KIND_NAMES.items())]
        return [Choice(word, f"{kept}&kind={kind}".strip("&"), kind == chosen) for kind, word in links]

    def _fits(self, row: Rejection) -> bool:
        kind, route = self.cleaned_data.get("kind"), self.cleaned_data.get("route")
        fits = (not kind or kind in row.kinds) and (not route or row.route == route)
        return fits and _speaks_of(row, self.cleaned_data.get("q", ""))


@dataclass(frozen=True, slots=True)
class Fault:
    """One row of the catalogue on its number's page."""

    row: Rejection

    @property
    def applies_to(self) -> str:
        return applies_to(self.row)

    @property
    def fields(self) -> tuple[str, ...]:
        return field_labels(self.row)

    @property
    def again(self) -> str:
        return AGAIN[self.row.resubmittable]


@dataclass(frozen=True, slots=True)
class Unlisted:
    """A number that Twilio sent and the catalogue does not know, with how many items have it now."""

    code: int
    items: int


class Code:
    """One number in front of one person: what is known of it, and the items that have it now."""

    def __init__(self, number: int, user: User) -> None:
        self.number, self.user = number, user
        self.faults = [Fault(row) for row in rows_of(number)]

    @cached_property
    def advice(self) -> Advice:
        """For a number that is in no row, with what Twilio said of it last."""
        newest = self.items[0] if self.items else None
        said = next((r for r in newest.reasons if r.code == self.number), Said(None)) if newest else Said(None)
        return explain(newest.kind if newest else LIKELIEST_KIND, self.number, said.description, said.fields)

    @property
    def title(self) -> str:
        return self.faults[0].row.title if self.faults else self.advice.title

    @property
    def aliases(self) -> list[int]:
        """Other numbers of the same fault."""
        numbers = {code for fault in self.faults for code in fault.row.codes}
        return sorted(numbers - {self.number})

    @property
    def kind(self) -> str:
        """The kind a new note is most likely about."""
        return self.faults[0].row.kinds[0] if self.faults else LIKELIEST_KIND

    @cached_property
    def notes(self) -> list[HouseNote]:
        return list(HouseNote.objects.filter(code__in=[self.number, *self.aliases]))

    @cached_property
    def items(self) -> list[Review]:
        """The newest of the person's items that have it."""
        return list(self._found().with_names().order_by(*NEWEST)[:SHOWN])

    @cached_property
    def count(self) -> Bounded:
        return bounded_count(self._found(), MOST_COUNTED)

    @property
    def has_more(self) -> bool:
        return self.count.number > SHOWN

    def _found(self) -> ReviewQuerySet:
        return Review.objects.visible_to(self.user).present().filter(codes__contains=[self.number])


class _Unnest(Func):
    """One row for each number of the array."""

    function = "unnest"
    arity = 1
    set_returning = True
    output_field = IntegerField()


def unlisted(user: User) -> list[Unlisted]:
    """What the mirror holds and the catalogue does not know, most frequent first; in one statement."""
    numbered = Review.objects.visible_to(user).present().exclude(codes=[]).annotate(number=_Unnest(F("codes")))
    counted = numbered.values("number").annotate(items=Count("pk"), last=Max("status_since"))
    return [
        Unlisted(row["number"], row["items"]) for row in counted.order_by("-items", "-last") if _is_new(row["number"])
    ]


def _is_new(number: Any) -> bool:
    return isinstance(number, int) and not rows_of(number)


def _speaks_of(row: Rejection, asked: str) -> bool:
    """Whether a number begins with it, or every word of it stands in the row."""
    said = asked.strip().casefold()
    if said.isdecimal():
        return any(str(code).startswith(said) for code in row.codes)
    text = " ".join(_texts(row)).casefold()
    return all(word in text for word in said.split())


def _texts(row: Rejection) -> Iterator[str]:
    yield from (row.title, row.meaning, row.category, row.note, row.fails, row.passes)
    yield from _flat((row.remedy, row.when, field_labels(row)))


def _flat(groups: Iterable[Iterable[str]]) -> Iterator[str]:
    for group in groups:
        yield from group
