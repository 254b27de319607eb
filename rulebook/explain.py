"""From Twilio's error number to what it means and what to do."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from rulebook.catalogue import FEEDBACK_WORDS, ROWS
from rulebook.fields import names_of
from rulebook.rejections import Rejection
from rulebook.routes import Route

ERROR_PAGE = "https://www.twilio.com/docs/api/errors/{code}"
LONGEST_CODE = 9  # digits; Twilio's have five

NOT_IN_CATALOGUE = "Not in our catalogue"
_KIND_NAMES = {"campaign": "campaigns", "brand": "brands", "tollfree": "toll-free verifications"}

_UNKNOWN_REMEDY: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "campaign": ("Read Twilio's page for the number.", "Correct the flagged fields.", "Resubmit the campaign."),
        "tollfree": (
            "Read Twilio's page for the number.",
            "Correct the flagged fields.",
            "Resubmit while Twilio allows the edit.",
        ),
        "brand": (
            "Read Twilio's page for the number.",
            "Correct the flagged facts in the customer profile or A2P profile.",
            "Resubmit the brand once the profile is approved.",
        ),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """What one rejection means and what to do about it.

    `code` is the number as asked, None when there was none. `fields` are the flagged ones; where Twilio flagged none,
    the ones the fault usually sits in. `url` is Twilio's page, "" without a number. `source` and `seen` say where our
    words come from. `note` holds doubts: sources that disagree, a number borrowed from another kind. `house_note` is
    what those who run the desk add to it; the catalogue leaves it empty.
    """

    code: int | None
    known: bool
    title: str
    category: str
    meaning: str
    remedy: tuple[str, ...]
    fields: tuple[str, ...]
    resubmittable: bool | None
    route: Route
    fails: str
    passes: str
    source: str
    seen: date | None
    url: str
    note: str
    states_cause: bool
    house_note: str = ""


def explain(kind: str, code: int | str | None, description: str = "", fields: Sequence[str] = ()) -> Advice:
    """Advice on one rejection; never raises.

    `description` and `fields` are Twilio's, from the same error. A number unknown for this kind is looked up under the
    others, since toll-free and campaign reviews share numbers since 2026-09-15. A number nobody knows yields
    known=False, Twilio's own words and the flagged fields, with route EDIT: Twilio takes an edit of a failed campaign,
    verification or brand, and refuses without loss where it does not.
    """
    number = _number(code)
    flagged = (fields,) if isinstance(fields, str) else tuple(str(field) for field in fields or ())
    rows = _ROWS_BY_KIND.get((kind, number)) or _ROWS_BY_CODE.get(number)
    if number is None or not rows:
        return _unknown(kind, number, description, flagged)
    return _known(kind, number, _pick(rows, description, flagged), flagged)


def rows_of(code: int) -> tuple[Rejection, ...]:
    """Every row that speaks of this number, whatever the kind; none where nobody knows it."""
    return _ROWS_BY_CODE.get(code, ())


def same_fault(kind: str, code: int) -> tuple[int, ...]:
    """Every number under which Twilio names the fault of this one to this kind, itself among them.

    A number that covers several faults is the same as no other: which of them is meant shows only in Twilio's words.
    """
    rows = _ROWS_BY_KIND.get((kind, code)) or _ROWS_BY_CODE.get(code, ())
    return rows[0].codes if len(rows) == 1 else (code,)


def hardest(advices: Iterable[Advice]) -> Advice | None:
    """The one whose route decides for all of them; the first of equals. None when there are none.

    A number that states no cause of its own gives way to those that do.
    """
    stated = tuple(advices)
    stated = tuple(advice for advice in stated if advice.states_cause) or stated
    return max(stated, key=lambda advice: advice.route.hardness, default=None)


def _number(code: int | str | None) -> int | None:
    if isinstance(code, str):
        digits = code.strip()
        if not (digits.isascii() and digits.isdecimal() and len(digits) <= LONGEST_CODE):
            return FEEDBACK_WORDS.get(digits.upper())
        code = int(digits)
    if isinstance(code, bool) or not isinstance(code, int):
        return None
    return code if 0 < code < 10**LONGEST_CODE else None


def _pick(rows: tuple[Rejection, ...], description: str, flagged: tuple[str, ...]) -> Rejection:
    """The row its words speak for; the general one when none or several do."""
    if len(rows) == 1:
        return rows[0]
    said = " ".join((description or "", *flagged)).casefold()
    meant = [row for row in rows if any(word in said for word in row.when)]
    return meant[0] if len(meant) == 1 else next((row for row in rows if not row.when), rows[0])


def _known(kind: str, number: int, row: Rejection, flagged: tuple[str, ...]) -> Advice:
    return Advice(
        code=number,
        known=True,
        title=row.title,
        category=row.category,
        meaning=row.meaning,
        remedy=row.remedy,
        fields=flagged or names_of(kind, row.fields),
        resubmittable=row.resubmittable,
        route=_route(kind, row),
        fails=row.fails,
        passes=row.passes,
        source=row.source,
        seen=row.seen,
        url=ERROR_PAGE.format(code=number),
        note=_note(kind, row),
        states_cause=row.states_cause,
    )


def _unknown(kind: str, number: int | None, description: str, flagged: tuple[str, ...]) -> Advice:
    return Advice(
        code=number,
        known=False,
        title=NOT_IN_CATALOGUE,
        category="",
        meaning=description or "Twilio gave no description.",
        remedy=_UNKNOWN_REMEDY.get(kind, _UNKNOWN_REMEDY["campaign"]),
        fields=flagged,
        resubmittable=None,
        route=Route.EDIT,
        fails="",
        passes="",
        source="",
        seen=None,
        url=ERROR_PAGE.format(code=number) if number else "",
        note="Twilio adds numbers. The words above are its own." if description else "",
        states_cause=True,
    )


def _route(kind: str, row: Rejection) -> Route:
    """A row borrowed from another kind keeps its route, except where a brand is meant."""
    if kind == "campaign" and row.kinds == ("brand",) and row.route is Route.EDIT:
        return Route.FIX_BRAND
    if kind != "campaign" and row.route is Route.FIX_BRAND:
        return Route.SUPPORT if row.resubmittable is False else Route.EDIT
    return row.route


def _note(kind: str, row: Rejection) -> str:
    if kind in row.kinds:
        return row.note
    listed = " and ".join(_KIND_NAMES[owner] for owner in row.kinds)
    return f"{row.note} Twilio's page lists this number for {listed}.".strip()


def _by_code(rows: Iterable[Rejection]) -> Mapping[int | None, tuple[Rejection, ...]]:
    found: dict[int | None, list[Rejection]] = defaultdict(list)
    for row in rows:
        for code in row.codes:
            found[code].append(row)
    return MappingProxyType({code: tuple(rows) for code, rows in found.items()})


def _by_kind(rows: Iterable[Rejection]) -> Mapping[tuple[str, int | None], tuple[Rejection, ...]]:
    found: dict[tuple[str, int | None], list[Rejection]] = defaultdict(list)
    for row in rows:
        for kind in row.kinds:
            for code in row.codes:
                found[kind, code].append(row)
    return MappingProxyType({key: tuple(rows) for key, rows in found.items()})


_ROWS_BY_CODE = _by_code(ROWS)
_ROWS_BY_KIND = _by_kind(ROWS)
