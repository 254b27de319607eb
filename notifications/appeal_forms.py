"""What people fill in about an appeal: the letter, where it goes, and what came back."""

from typing import Any, Final

from django import forms

from reviews.appeals import Text
from reviews.letters import LONGEST_LETTER, gaps_in, one_line
from reviews.models import Appeal

SUPPORT_CENTER: Final = "Twilio Support Center"


class LetterForm(forms.Form):
    """The letter and the two ways to send it. Whatever is typed can be kept; sending demands more."""

    subject = forms.CharField(max_length=250, required=False)
    text = forms.CharField(
        label="Letter",
        max_length=LONGEST_LETTER,
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 26}),
    )
    revision = forms.IntegerField(required=False, min_value=0, max_value=10**9, widget=forms.HiddenInput)
    to = forms.EmailField(label="Mail it to", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    how = forms.CharField(label="Where you sent it", max_length=200, required=False)
    ticket = forms.CharField(label="Ticket number", max_length=60, required=False, help_text="If you have it already.")

    def clean_subject(self) -> str:
        """On one line, whatever was posted: it becomes a header."""
        return one_line(self.cleaned_data["subject"])

    def clean_text(self) -> str:
        return str(self.cleaned_data["text"]).replace("\r\n", "\n").replace("\r", "\n")

    @property
    def can_be_kept(self) -> bool:
        return not {"subject", "text"} & set(self.errors)

    def typed(self, *, over: bool) -> Text:
        cleaned = self.cleaned_data
        return Text(cleaned["subject"], cleaned["text"], cleaned.get("revision") or 0, over=over)

    def demand_letter(self) -> None:
        for name in ("subject", "text"):
            if not str(self.cleaned_data.get(name, "")).strip() and name not in self.errors:
                self.add_error(name, "This cannot be empty.")

    def demand_mail(self) -> None:
        """A letter that is whole, and somebody to get it."""
        self.demand_letter()
        for gap in gaps_in(self.cleaned_data.get("text", "")):
            self.add_error("text", f"Still to be filled in, or taken out: {gap}")
        if not self.cleaned_data.get("to") and "to" not in self.errors:
            self.add_error("to", "Give the address it goes to, or copy the letter.")

    def demand_elsewhere(self) -> None:
        self.demand_letter()
        if not self.cleaned_data.get("how") and "how" not in self.errors:
            self.add_error("how", "Say where it went.")


class TicketForm(forms.Form):
    ticket = forms.CharField(label="Ticket number", max_length=60)


class AnswerForm(forms.Form):
    """What Twilio said."""

    outcome = forms.ChoiceField(label="What they decided", choices=Appeal.Outcome, widget=forms.RadioSelect)
    answer = forms.CharField(
        label="Their answer",
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="In their words, as far as you have them. Stays in the history with your name.",
    )
    ticket = forms.CharField(label="Ticket number", max_length=60, required=False)


def letter_of(appeal: Appeal, address: str) -> dict[str, Any]:
    """What the form begins with."""
    return {
        "subject": appeal.subject,
        "text": appeal.text,
        "revision": appeal.revision,
        "to": appeal.to or address,
        "how": SUPPORT_CENTER,
    }
