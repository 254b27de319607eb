"""The mirror of toll-free verifications."""

from django.db import models

from reviews.models import Review


class TollfreeVerification(models.Model):
    """A toll-free verification (HH…) as Twilio last showed it."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="tollfree")
    payload = models.JSONField()
    sid = models.CharField(max_length=34, unique=True)
    phone_number = models.CharField(max_length=20, blank=True, db_index=True)

    def __str__(self) -> str:
        return self.phone_number or self.sid
