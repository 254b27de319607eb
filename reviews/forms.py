from django import forms
from django.db import transaction

from accounts.models import User
from reviews import attempts
from reviews.models import Review

MOST_ATTEMPTS = 999


class CountForm(forms.Form):
    """How many attempts are counted, when an administrator knows better than Redress."""

    used = forms.IntegerField(label="Attempts used", min_value=0, max_value=MOST_ATTEMPTS)
    reason = forms.CharField(label="Why", max_length=300, help_text="Stays in the history with your name.")

    def save(self, review: Review, by: User) -> None:
        """Sets the count under the review's lock."""
        with transaction.atomic():
            locked = Review.objects.select_for_update().get(pk=review.pk)
            attempts.correct_count(locked, self.cleaned_data["used"], by, self.cleaned_data["reason"])
