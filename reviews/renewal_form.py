"""The form of a new registration: every field of the call that creates, those that no update can change included."""

from __future__ import annotations

from typing import Any

from django import forms

from reviews.contract import Choices
from reviews.repair_form import RepairForm


class RenewalForm(RepairForm):
    """A repair form whose choices come from the mirror and from Twilio."""

    def __init__(self, *args: Any, choices: Choices | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, offered in (choices or {}).items():
            self._offer(name, offered)

    def said(self, name: str, value: str) -> str:
        """What stands, in words, where it is not among what is offered."""
        return value

    def _offer(self, name: str, offered: Any) -> None:
        """What stands is offered too, so that opening the form changes nothing; the checks say if it may not be."""
        widget, value = self.fields[name].widget, str(self[name].value() or "")
        known = {str(word) for word, _ in offered}
        stands = [(value, self.said(name, value))] if value and value not in known else []
        if isinstance(widget, forms.Select):
            widget.choices = [("", "Choose one"), *offered, *stands]


def choice_field(label: str, *, hint: str = "") -> forms.CharField:
    """One of what is offered when the form is opened; our checks judge, not the form."""
    return forms.CharField(
        label=label, required=False, help_text=hint, widget=forms.Select(choices=[("", "Choose one")])
    )
