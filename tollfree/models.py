"""The mirror of toll-free verifications."""

from django.db import models

from reviews.models import Review


class TollfreeVerification(models.Model):
    """A toll-free verification (HH…) as Twilio last showed it."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="tollfree")
    payload = models.JSONField()
    sid = models.CharField(max_length=34, unique=True)
    phone_number = models.CharField(max_length=20, blank=True, db_index=True)
    # The business's name as numbers of the same business are found by: without case, marks and legal form.
    business_key = models.CharField(max_length=200, blank=True, db_index=True)
    # What the number is for, in the words of those who run this desk. Twilio has no field for it.
    purpose = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.phone_number or self.sid
