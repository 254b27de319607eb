"""What people fill in about themselves and each other."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import Customer, Role, User
from accounts.people import Grant


class NewPasswordForm(forms.Form):
    """A name and a password for somebody who has none yet. `person` is whom the password must not resemble."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        strip=False,
        help_text="12 characters or more.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, known_as: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known_as = known_as

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            like = User(name=cleaned.get("name", ""), email=cleaned.get("email") or self.known_as)
            try:
                validate_password(password, like)
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned


class FirstAdministratorForm(NewPasswordForm):
    email = forms.EmailField(label="Work mail", widget=forms.EmailInput(attrs={"autocomplete": "username"}))

    field_order = ("email", "name", "password")


class ProfileForm(forms.ModelForm[User]):
    class Meta:
        model = User
        fields = ("name", "theme", "keys_on", "alerts_on")
        labels = {
            "keys_on": "Single keys press buttons",
            "alerts_on": "Mail me when something is rejected, approved or stopped",
        }
        help_texts = {
            "keys_on": "j, k, f and the others. No key ever sends anything to Twilio.",
            "alerts_on": "One mail for everything that changed since the last one. Only your customers.",
        }

    theme = forms.ChoiceField(
        required=False,
        choices=[("", "As the system"), ("light", "Light"), ("dark", "Dark")],
        widget=forms.RadioSelect,
    )


class GrantForm(forms.Form):
    """What a person may do, and for which customers."""

    role = forms.ChoiceField(
        choices=[
            (Role.VIEWER, "Viewer: reads"),
            (Role.EDITOR, "Editor: also drafts, and resubmits where it is free"),
            (Role.MANAGER, "Manager: also agrees to fees"),
            (Role.ADMINISTRATOR, "Administrator: also accounts, people and fee policies"),
        ],
        initial=Role.EDITOR,
        widget=forms.RadioSelect,
    )
    all_customers = forms.BooleanField(required=False, initial=True, label="All customers, also future ones")
    customers = forms.ModelMultipleChoiceField(
        Customer.objects.all(),
        required=False,
        label="Or only these",
        help_text="Hold Ctrl or Cmd to pick several.",
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("all_customers") and not cleaned.get("customers"):
            self.add_error("customers", "Pick at least one customer, or all of them.")
        return cleaned

    def grant(self) -> Grant:
        everybody = self.cleaned_data["all_customers"]
        chosen = () if everybody else tuple(self.cleaned_data["customers"])
        return Grant(role=self.cleaned_data["role"], all_customers=everybody, customers=chosen)


class InvitationForm(GrantForm):
    email = forms.EmailField(label="Work mail")
    name = forms.CharField(max_length=120, required=False, help_text="They can change it when they join.")

    field_order = ("email", "name", "role", "all_customers", "customers")

    def clean_email(self) -> str:
        email = User.objects.normalize_email(self.cleaned_data["email"]).lower()
        if User.objects.filter(email=email).exists():
            raise forms.ValidationError("Somebody with this address is here already.")
        return email
