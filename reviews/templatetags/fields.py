"""One way to draw a form field: label, flag, counter, control, findings and errors beside it, hint."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from django import forms, template
from django.forms.boundfield import BoundField

register = template.Library()

_CHOICES: Final = (forms.RadioSelect, forms.CheckboxSelectMultiple)


@register.inclusion_tag("desk/_field.html")
def field(
    bound: BoundField,
    *,
    flagged: str | Iterable[object] | bool = "",
    findings: Iterable[object] | None = None,
    label: str = "",
    hint: str | bool = "",
    rows: int | None = None,
    css: str = "",
    placeholder: str | None = None,
    aside: str = "",
    aside_url: str = "",
) -> dict[str, Any]:
    """Draws one bound field.

    `flagged` says why it is ("flagged by 30924", a list of codes, or True), `findings` what our checks say of it:
    objects with a severity and a message. Pass `findings`, even an empty list, where checks run while typing: their
    place is then always there to be swapped, under the id of the field plus `_findings`. `hint=False` drops the
    form's help text, `placeholder=""` its placeholder; `aside` is a link at the end of the label's line.
    """
    # What the checks say stands once, where it is swapped while typing.
    checked = {str(getattr(finding, "message", "")) for finding in findings or ()}
    errors = [error for error in bound.errors if error not in checked]
    said = "" if hint is False else hint or bound.help_text
    counted = _is_counted(bound)
    described = {
        "error": bool(errors),
        "findings": findings is not None,
        "helptext": bool(said),
    }
    attrs: dict[str, Any] = {
        "class": " ".join(filter(None, [_control_class(bound), bound.field.widget.attrs.get("class"), css])),
        "aria-describedby": " ".join(f"{bound.auto_id}_{part}" for part, is_there in described.items() if is_there),
    }
    if rows:
        attrs["rows"] = rows
    if placeholder is not None:
        attrs["placeholder"] = placeholder or False
    if counted:
        # The browser would cut a pasted text in silence; the counter says how much is too much instead.
        attrs |= {"maxlength": False, "minlength": False}
    return {
        "field": bound,
        "control": bound.as_widget(attrs={name: value for name, value in attrs.items() if value != ""}),
        "shape": _shape(bound),
        "label": label or bound.label,
        "hint": said,
        "is_flagged": bool(flagged),
        "flag": _flag(flagged),
        "findings": findings,
        "errors": errors,
        "counter": _counter(bound) if counted else None,
        "aside": aside,
        "aside_url": aside_url,
    }


@register.inclusion_tag("desk/_below.html")
def below(field_id: str, findings: Iterable[object], *, oob: bool = False) -> dict[str, Any]:
    """What the checks say of one field; with `oob` it takes the place of the one on the page."""
    return {"id": f"{field_id}_findings", "findings": findings, "oob": oob}


def _shape(bound: BoundField) -> str:
    widget = bound.field.widget
    if widget.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    return "choices" if isinstance(widget, _CHOICES) else "text"


def _control_class(bound: BoundField) -> str:
    return "input" if _shape(bound) == "text" else ""


def _is_counted(bound: BoundField) -> bool:
    return isinstance(bound.field.widget, forms.Textarea) and bool(getattr(bound.field, "max_length", None))


def _counter(bound: BoundField) -> dict[str, int]:
    now = len(str(bound.value() or "").replace("\r\n", "\n"))
    return {
        "now": now,
        "min": getattr(bound.field, "min_length", None) or 0,
        "max": getattr(bound.field, "max_length", None) or 0,
    }


def _flag(flagged: str | Iterable[object] | bool) -> str:
    if isinstance(flagged, bool):
        return "flagged"
    return flagged if isinstance(flagged, str) else f"flagged by {', '.join(str(one) for one in flagged)}"
