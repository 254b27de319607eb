"""How a repair form is laid out: its parts, flagged ones first, and what stands locked beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.forms.boundfield import BoundField

from reviews.contract import FieldView, Kind
from reviews.flags import flagged_keys, likely_keys
from reviews.models import Review
from reviews.repair_form import RepairForm
from reviews.verdicts import advices
from rulebook.fields import field_of
from rulebook.findings import Finding
from rulebook.limits import LOCKED
from rulebook.routes import Route


@dataclass(frozen=True, slots=True)
class Part:
    """Fields that stand together in the form, and how: "stack", "pair" (side by side), "list" (one box an item, empty
    ones folded away after the first `least`), "flags" (boxes to tick) or "choices" (one question with many)."""

    fields: tuple[str, ...]
    shape: str = "stack"
    title: str = ""
    hint: str = ""
    least: int = 1


@dataclass(frozen=True, slots=True)
class Place:
    """A flagged field: its label and the id of its control on the page, where it has one."""

    label: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A part with its bound fields, each with the reasons that flag it and with what our checks say of it."""

    part: Part
    fields: list[tuple[BoundField, str, Sequence[Finding]]]

    @property
    def is_flagged(self) -> bool:
        return any(flag for _, flag, _ in self.fields)

    @property
    def is_frozen(self) -> bool:
        return all(field.field.disabled for field, _, _ in self.fields)


@dataclass(frozen=True, slots=True)
class LockedGroup:
    """Fields that no update carries, and what the other way is."""

    why: str
    route: Route
    rows: list[FieldView]


def blocks_of(
    form: RepairForm, parts: Sequence[Part], review: Review, said: Mapping[str, Sequence[Finding]]
) -> list[Block]:
    """The form's parts, flagged ones first; `said` is what the checks say, by the name of the field."""
    flags = _flags(form, review)
    offered = [(part, [name for name in part.fields if name in form.fields]) for part in parts]
    blocks = [
        Block(part, [(form[name], flags.get(name, ""), said.get(name, ())) for name in names])
        for part, names in offered
        if names
    ]
    return sorted(blocks, key=lambda block: not block.is_flagged)


def flagged_places(form: RepairForm, review: Review) -> list[Place]:
    """Where each flagged field stands on this page; a name we do not know stays as Twilio gave it."""
    return list(dict.fromkeys(_place(form, review, name) for name in review.flagged_fields))


def likely_places(form: RepairForm, review: Review) -> list[Place]:
    """Where the faults of reasons that flag nothing usually sit."""
    return list(dict.fromkeys(_place(form, review, key) for key in likely_keys(review)))


def locked_groups(kind: Kind, review: Review) -> list[LockedGroup]:
    """What no update carries, by the reason why, so that the reason is said once."""
    shown = {view.key: view for view in kind.shown(review)}
    rows = [row for row in LOCKED if row.kind == review.kind and row.field in shown]
    return [
        LockedGroup(why, route, [shown[row.field] for row in group])
        for (why, route), group in groupby(rows, key=lambda row: (row.why, row.route))
    ]


def _flags(form: RepairForm, review: Review) -> dict[str, str]:
    """Why each flagged field is: "flagged by 30924: Consent wording lacks disclosures"."""
    titles = {advice.code: advice.title for advice in advices(review) if advice.known}
    flags: dict[str, str] = {}
    for verb, found in (("flagged by", flagged_keys(review)), ("usual place of", likely_keys(review))):
        for key, codes in found.items():
            words = "; ".join(f"{code}: {titles[code]}" if code in titles else str(code) for code in codes)
            for name in form.boxed.get(key, (key,)):
                flags.setdefault(name, f"{verb} {words}")
    return flags


def _place(form: RepairForm, review: Review, name: str) -> Place:
    field = field_of(review.kind, name)
    key = form.boxed.get(field.key or "", (field.key or "",))[0]
    if key in form.fields:
        return Place(str(form[key].label), form[key].id_for_label)
    if field.known:
        return Place(field.label, f"locked-{key}" if key else "", "locked")
    return Place(name)
