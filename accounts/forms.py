"""What people fill in about themselves and each other."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import User


class NewPasswordForm(forms.Form):
    """A name and a password for somebody who has none yet."""

    name = forms.CharField(max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        strip=False,
        help_text="12 characters or more.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def clean(self) -> dict[str, Any]:
        """Judged with the name and address at hand: a password must not be like them."""
        cleaned = super().clean() or self.cleaned_data
        if password := cleaned.get("password"):
            try:
                validate_password(password, self.person(cleaned))
            except forms.ValidationError as error:
                self.add_error("password", error)
        return cleaned

    def person(self, cleaned: dict[str, Any]) -> User:
        return User(name=cleaned.get("name", ""), email=cleaned.get("email", ""))


class FirstAdministratorForm(NewPasswordForm):
    email = forms.EmailField(label="Work mail", widget=forms.EmailInput(attrs={"autocomplete": "username"}))

    field_order = ("email", "name", "password")
