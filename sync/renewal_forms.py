"""What is asked before a plan begins, and before anything is deleted."""

from typing import Any

from django import forms

from reviews.contract import Offer
from reviews.payloads import tidy
from reviews.renewals import Wish


class WishForm(forms.Form):
    """Why it has to be made anew. The gate judges; the form only puts its words beside the right field."""

    field = forms.CharField(label="What no edit can change", required=False)
    why = forms.CharField(
        label="Why, and what will be different",
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stays in the history. Not sent to Twilio.",
    )
    brand_first = forms.BooleanField(
        label="The brand has to be put right in between",
        required=False,
        help_text="A brand that has campaigns cannot be edited. The plan waits until it is approved anew.",
    )

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        none = "None in particular" if offer.is_right else "Choose one"
        self.fields["field"].widget = forms.Select(choices=[("", none), *offer.fields])
        self.fields["brand_first"].initial = bool(offer.brand_first)
        if offer.brand_first is None:
            del self.fields["brand_first"]

    def wish(self) -> Wish:
        """What was asked for. Only after `is_valid`, right or not."""
        given = self.cleaned_data.get
        return Wish(tidy(given("why") or ""), given("field") or "", bool(given("brand_first")))


class DeleteForm(forms.Form):
    """The name typed as it stands, by hand: nothing is deleted on a slip."""

    name = forms.CharField(
        label="Type its name",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"class": "is-mono", "autocomplete": "off", "spellcheck": "false"}),
    )
    stops = forms.BooleanField(label="Its messages may stop until the new one is approved", required=False)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)

    def __init__(self, *args: Any, offer: Offer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not offer.stops_traffic:
            del self.fields["stops"]
