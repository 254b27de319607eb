"""The form of a repair: form <-> draft. The rulebook judges; the form only puts its words beside the right field."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping
from typing import Any, ClassVar, Protocol

from django import forms
from django.http import QueryDict

from reviews.payloads import tidy
from rulebook.findings import Finding, Severity
from rulebook.limits import limit_of


class Drafted(Protocol):
    """A kind's frozen draft."""

    def as_submission(self) -> dict[str, Any]: ...


type Judge = Callable[[Any], tuple[Finding, ...]]


class RepairForm(forms.Form):
    """What an update can change. Nothing is required here: what is missing is the rulebook's finding."""

    # Lists that have a box for each item: the draft's name of the list, and its boxes.
    boxed: ClassVar[Mapping[str, tuple[str, ...]]] = {}

    def __init__(
        self,
        *args: Any,
        judge: Judge,
        frozen: Collection[str] = (),
        offered: Collection[str] | None = None,
        **kwargs: Any,
    ) -> None:
        """`offered` are the fields this item has; without it, all of them."""
        super().__init__(*args, **kwargs)
        self._judge = judge
        for name in self.base_fields:
            if offered is not None and name not in offered:
                del self.fields[name]
        for name in frozen:
            self.fields[name].disabled = True

    @classmethod
    @abstractmethod
    def draft_of(cls, typed: Mapping[str, Any]) -> Any:
        """The draft these fields make, valid or not."""

    @classmethod
    @abstractmethod
    def fields_of(cls, submission: Mapping[str, Any]) -> dict[str, Any]:
        """A submission as form fields: what the form starts from."""

    @classmethod
    def typed_fields(cls, posted: Mapping[str, Any]) -> dict[str, Any]:
        """What a person typed, as it was typed and however long: every field of the form and nothing else. The size
        of a whole request is bounded by the settings; the rulebook says by how much a text is too long."""
        return {name: _typed(field, name, posted) for name, field in cls.base_fields.items()}

    def clean(self) -> dict[str, Any]:
        # Taken before anything is judged: Django drops the value of a field that has an error.
        self._draft = self.draft_of(self.cleaned_data)
        self._places = self.places_of(self.cleaned_data)
        self._findings = self._judge(self._draft)
        for finding in self._findings:
            if finding.severity == Severity.ERROR:
                self.add_error(self.control_of(finding.field) or None, finding.message)
        return self.cleaned_data

    def draft(self) -> Any:
        """The draft these fields make, valid or not. Only after `is_valid` or `full_clean`."""
        return self._draft

    def findings(self) -> tuple[Finding, ...]:
        """What the checks say of that draft. Only after `is_valid` or `full_clean`."""
        return self._findings

    def control_of(self, key: str) -> str:
        """The name of the form's field that holds this part of the draft; empty for what cannot be typed here."""
        name = self._places.get(key, key)
        return name if name in self.fields else ""

    def places_of(self, typed: Mapping[str, Any]) -> dict[str, str]:
        """Where a part of the draft stands under another name: items are sent without gaps, so the draft's second may
        stand in the form's third box. What is said of a whole list stands at its first box, or where one is missing."""
        places: dict[str, str] = {}
        for name, boxes in self.boxed.items():
            filled = [box for box in boxes if tidy(typed.get(box, ""))]
            missing = [box for box in boxes[:2] if box not in filled] if len(filled) < 2 else []
            places |= {**dict(zip(boxes, filled, strict=False)), name: [*missing, boxes[0]][0]}
        return places


def as_posted(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Kept fields as a browser would post them: an unticked box is absent."""
    return {name: value for name, value in fields.items() if value is not False}


def text_field(kind: str, key: str, label: str, *, rows: int, hint: str = "") -> forms.CharField:
    """A text as long as one likes. The limit is for the counter beside the field only; the rulebook judges."""
    field = forms.CharField(
        label=label,
        required=False,
        strip=False,
        help_text=hint,
        widget=forms.Textarea(attrs={"rows": rows}),
    )
    if limit := limit_of(kind, key):
        field.min_length, field.max_length = limit.min_length, limit.max_length
    return field


def line_field(label: str, *, hint: str = "", kind: str = "text") -> forms.CharField:
    """One line; `kind` is the input's type."""
    widget = forms.TextInput(attrs={"autocomplete": "off"})
    widget.input_type = kind
    return forms.CharField(label=label, required=False, help_text=hint, widget=widget)


def _typed(field: forms.Field, name: str, posted: Mapping[str, Any]) -> Any:
    if isinstance(field, forms.BooleanField):
        return name in posted and posted[name] not in ("", "false", False)
    if isinstance(field, forms.MultipleChoiceField):
        values = posted.getlist(name) if isinstance(posted, QueryDict) else posted.get(name) or []
        return [_plain(value) for value in values]
    return _plain(posted.get(name, ""))


def _plain(value: object) -> str:
    return str(value).replace("\x00", "")
