"""What is checked: one draft of a campaign or a toll-free verification, with what is known around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Business:
    """A business by name and website: the brand, or the vendor that submits for it."""

    name: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A draft in Twilio's snake_case field names. A field that is absent is unknown and not checked; None is empty.

    `status` is Twilio's word for what is registered now, `previous` the draft registered before, for an update only.
    """

    kind: str
    draft: Mapping[str, Any]
    brand: Business = Business()
    isv: Business | None = None
    status: str = "NEW"
    previous: Mapping[str, Any] | None = None

    def has(self, field: str) -> bool:
        return field in self.draft

    def text(self, field: str) -> str:
        """The field's text; a list comes as lines, anything else that is no text as nothing."""
        value = self.draft.get(field)
        return value if isinstance(value, str) else "\n".join(_texts(value))

    def texts(self, field: str) -> tuple[str, ...]:
        """The items of a list field; a single text counts as one item."""
        value = self.draft.get(field)
        return (value,) if isinstance(value, str) and value else _texts(value)

    def flag(self, field: str) -> bool:
        return self.draft.get(field) is True


def from_case(case: Mapping[str, Any]) -> Submission:
    """The submission of one row in the format of the labelled cases. Total: what is missing or odd counts as absent."""
    return Submission(
        kind=str(case.get("kind", "campaign")),
        draft=_mapping(case.get("draft")),
        brand=_business(case.get("brand")),
        isv=_business(case["isv"]) if case.get("isv") else None,
        status=str(case.get("status") or "NEW"),
        previous=_mapping(case["previous"]) if case.get("previous") else None,
    )


def _business(row: Any) -> Business:
    known = _mapping(row)
    return Business(str(known.get("name") or ""), str(known.get("website") or ""))


def _mapping(value: Any) -> Mapping[str, Any]:
    return MappingProxyType(dict(value)) if isinstance(value, Mapping) else NOTHING


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, Sequence) and not isinstance(value, str | bytes) else ()
