"""How the repair form is laid out: its parts, flagged ones first, and what stands locked beside them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.forms.boundfield import BoundField

from campaigns import remote
from campaigns.forms import SAMPLES, CampaignForm
from reviews.contract import FieldView
from reviews.flags import flagged_keys
from reviews.models import Review
from reviews.verdicts import advices
from rulebook.fields import field_of
from rulebook.findings import Finding
from rulebook.limits import LOCKED
from rulebook.routes import Route

# The parts of the form in their usual order.
SHAPES = (
    ("text", ("description",)),
    ("text", ("message_flow",)),
    ("samples", tuple(SAMPLES)),
    ("flags", ("has_embedded_links", "has_embedded_phone", "direct_lending", "age_gated")),
    ("urls", ("privacy_policy_url", "terms_and_conditions_url")),
)


@dataclass(frozen=True, slots=True)
class Place:
    """A flagged field: its label and the id of its control on the page, where it has one."""

    label: str
    href: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """Fields that stand together, each with the reasons that flag it and with what our checks say of it."""

    shape: str
    fields: list[tuple[BoundField, str, Sequence[Finding]]]

    @property
    def is_flagged(self) -> bool:
        return any(flag for _, flag, _ in self.fields)


@dataclass(frozen=True, slots=True)
class LockedGroup:
    """Fields that no update carries, and what the other way is."""

    why: str
    route: Route
    rows: list[FieldView]


def blocks_of(form: CampaignForm, review: Review, said: Mapping[str, Sequence[Finding]]) -> list[Block]:
    """The form's parts, flagged ones first; `said` is what the checks say, by the name of the field."""
    blocks = [
        Block(shape, [(form[name], _flag(review, name), said.get(name, ())) for name in names])
        for shape, names in SHAPES
    ]
    return sorted(blocks, key=lambda block: not block.is_flagged)


def flagged_places(form: CampaignForm, review: Review) -> list[Place]:
    """Where each flagged field stands on this page; a name we do not know stays as Twilio gave it."""
    return [_place(form, review, name) for name in review.flagged_fields]


def locked_groups(review: Review) -> list[LockedGroup]:
    """What no update carries, by the reason why, so that the reason is said once."""
    shown = {view.key: view for view in remote.shown(review)}
    rows = [row for row in LOCKED if row.kind == review.kind and row.field in shown]
    return [
        LockedGroup(why, route, [shown[row.field] for row in group])
        for (why, route), group in groupby(rows, key=lambda row: (row.why, row.route))
    ]


def _flag(review: Review, name: str) -> str:
    """Why a field is flagged: "30924: Consent wording lacks disclosures"; empty where it is not."""
    flagged = flagged_keys(review)
    codes = flagged.get(name) or (flagged.get("message_samples", ()) if name in SAMPLES else ())
    titles = {advice.code: advice.title for advice in advices(review) if advice.known}
    return "; ".join(f"{code}: {titles[code]}" if code in titles else str(code) for code in codes)


def _place(form: CampaignForm, review: Review, name: str) -> Place:
    field = field_of(review.kind, name)
    key = SAMPLES[0] if field.key == "message_samples" else field.key
    if key in form.fields:
        return Place(str(form[key].label), form[key].id_for_label)
    if field.known:
        return Place(field.label, f"locked-{key}" if key else "", "locked")
    return Place(name)
