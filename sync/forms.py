"""What an administrator fills in about Twilio accounts. A secret goes in and never comes back."""

from decimal import Decimal
from typing import Any, Final

from django import forms

from accounts.models import TwilioAccount, User
from reviews.models import Attempt
from rulebook.policy import FREE, PRESETS
from sync import send
from twilio_api.credentials import Credentials

OWN_TERMS: Final = "custom"


def _sid(**attrs: str) -> forms.TextInput:
    return forms.TextInput(attrs={"class": "is-mono", "autocomplete": "off", "spellcheck": "false", **attrs})


class SecretForm(forms.Form):
    """The way in for an account that is known: its auth token, or an API key with its secret."""

    key_sid = forms.CharField(
        required=False,
        max_length=34,
        label="API key SID",
        help_text="Empty if the secret is the account’s auth token. A key must be a Main key.",
        widget=_sid(placeholder="SK…"),
    )
    secret = forms.CharField(
        max_length=100,
        label="Secret",
        help_text="The auth token, or the API key’s secret.",
        widget=forms.PasswordInput(attrs={"class": "is-mono", "autocomplete": "off"}),
    )

    def credentials(self, account_sid: str) -> Credentials:
        return Credentials(
            account_sid=account_sid, key_sid=self.cleaned_data["key_sid"], secret=self.cleaned_data["secret"]
        )


class ConnectForm(SecretForm):
    account_sid = forms.CharField(
        max_length=34,
        label="Account SID",
        help_text="34 characters, from the Console’s front page. The main account: its subaccounts come with it.",
        widget=_sid(placeholder="AC…"),
    )

    field_order = ("account_sid", "key_sid", "secret")


class DisconnectForm(forms.Form):
    """The name typed as it stands, by hand: nothing is put away on a slip."""

    name = forms.CharField(max_length=200, label="Type its name", widget=_sid())

    def __init__(self, *args: Any, account: TwilioAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.account = account

    def clean_name(self) -> str:
        typed = str(self.cleaned_data["name"])
        if typed != self.account.name:
            raise forms.ValidationError(f"This is not “{self.account.name}”.")
        return typed


class PolicyForm(forms.Form):
    """One of the presets, or the account's own terms."""

    policy_id = forms.ChoiceField(
        choices=[*((preset.id, preset.label) for preset in PRESETS.values()), (OWN_TERMS, "Own terms")],
        widget=forms.RadioSelect,
        label="Policy",
    )
    free_resubmissions = forms.IntegerField(
        required=False, min_value=0, max_value=99, help_text="Per campaign. Empty: every resubmission is free."
    )
    fee_per_resubmission = forms.DecimalField(
        required=False, min_value=0, max_value=9999, decimal_places=2, label="Fee per resubmission, $"
    )
    fee_to_recreate = forms.DecimalField(
        required=False, min_value=0, max_value=9999, decimal_places=2, label="Fee for a new campaign, $"
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("policy_id") == OWN_TERMS:
            for name in ("fee_per_resubmission", "fee_to_recreate"):
                if cleaned.get(name) is None and name not in self.errors:
                    self.add_error(name, "Own terms need this amount; 0 if it is free.")
        return cleaned

    def columns(self) -> dict[str, str | int | Decimal | None]:
        """What the account keeps. A preset's amounts are the rulebook's, so none are kept beside it."""
        given = self.cleaned_data
        if given["policy_id"] != OWN_TERMS:
            nothing = {"free_resubmissions": None, "fee_per_resubmission": FREE, "fee_to_recreate": FREE}
            return {"policy_id": given["policy_id"], **nothing}
        return {name: given[name] for name in self.fields}


class SettleForm(forms.Form):
    """What became of an update that Twilio never answered, from somebody who looked."""

    outcome = forms.ChoiceField(
        label="What became of it",
        choices=[("arrived", "It arrived: count the try"), ("lost", "It never arrived: nothing was spent")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label="How you know", max_length=300, help_text="Stays in the history with your name: the Console, a ticket."
    )

    def save(self, attempt: Attempt, by: User) -> bool:
        """False when it was settled meanwhile."""
        arrived = self.cleaned_data["outcome"] == "arrived"
        return send.settle_by_hand(attempt.pk, by, arrived=arrived, reason=self.cleaned_data["reason"])
