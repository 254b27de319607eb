"""What an administrator may set: a note on a code, and what a check counts for."""

from typing import Any

from django import forms

from reviews.codes import LARGEST
from reviews.house_models import CheckRule, HouseNote
from rulebook.checks.check import Check
from rulebook.findings import Severity

AS_IS = ""


class NoteForm(forms.ModelForm[HouseNote]):
    """A note, another way out, or both. Saved for a code and kind that have one, it replaces that one."""

    code = forms.IntegerField(label="Code", min_value=1, max_value=LARGEST)

    class Meta:
        model = HouseNote
        fields = ("kind", "code", "note", "route")
        labels = {"kind": "On", "note": "Note", "route": "Way out"}
        help_texts = {
            "note": "Stands with the reason on every item that has it.",
            "route": "Empty keeps ours. It is offered at once; the states of the items follow in the background.",
        }
        widgets = {"note": forms.Textarea(attrs={"rows": 4})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("note") and not cleaned.get("route"):
            self.add_error("note", "Write a note, or pick a way out.")
        return cleaned

    def validate_constraints(self) -> None:
        """That the code has a note already is no error here: this one takes its place."""


class CheckForm(forms.Form):
    """What a check counts for. It can be switched down or off, never up."""

    counts_as = forms.ChoiceField(label="Counts as", required=False, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why", max_length=300, help_text="Stands in the list and in the activity.")

    def __init__(self, *args: Any, check: Check, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counts_as: Any = self.fields["counts_as"]
        counts_as.choices = choices_of(check)


def choices_of(check: Check) -> list[tuple[str, str]]:
    """As the rulebook says, each lighter severity, and off."""
    lighter = list(Severity)[list(Severity).index(check.severity) + 1 :]
    ours = [(AS_IS, f"{check.severity.title()}, as the rulebook says")]
    return [*ours, *((severity.value, severity.title()) for severity in lighter), (CheckRule.OFF, "Off")]
