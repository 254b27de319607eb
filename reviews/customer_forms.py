from typing import Any

from django import forms
from django.db.models import QuerySet

from accounts.models import Customer, User
from reviews.customers import visible_to
from reviews.models import Review

# What a SID's first letters say it is.
SUBJECTS = {"MG": "This messaging service and its campaign", "BN": "This brand and everything under it"}


class RenameForm(forms.ModelForm[Customer]):
    class Meta:
        model = Customer
        fields = ("name",)


class ReassignForm(forms.Form):
    """Which of an item's owners belongs to another customer, and to which."""

    subject = forms.ChoiceField(label="What belongs to them", widget=forms.RadioSelect)
    customer = forms.ModelChoiceField(Customer.objects.none(), required=False, empty_label="Pick a customer")
    new_name = forms.CharField(max_length=200, required=False, label="Or a new customer, by name")

    def __init__(self, *args: Any, review: Review, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subject: Any = self.fields["subject"]
        subject.choices = [(sid, f"{SUBJECTS.get(sid[:2], 'Only this')}: {sid}") for sid in review.owner_sids]
        subject.initial = next(iter(review.owner_sids), None)
        customer: Any = self.fields["customer"]
        customer.queryset = _others(user, review)
        if not user.all_customers:
            # Whoever sees only some customers would lose sight of a new one at once.
            del self.fields["new_name"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if bool(cleaned.get("customer")) == bool(cleaned.get("new_name")) and not self.errors:
            self.add_error("customer", "Pick one, or name a new one; not both.")
        return cleaned

    @property
    def to(self) -> Customer | str:
        customer: Customer | None = self.cleaned_data["customer"]
        return customer or str(self.cleaned_data["new_name"])


def _others(user: User, review: Review) -> QuerySet[Customer]:
    return visible_to(user).exclude(pk=review.customer_id).order_by("name")
