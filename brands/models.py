"""The mirror of A2P brand registrations and of the customer profiles behind them."""

from django.db import models

from accounts.models import TwilioAccount
from reviews.models import Review


class CustomerProfile(models.Model):
    """A TrustHub customer profile (BU…): it knows the business's name, which a brand's payload does not."""

    account = models.ForeignKey(TwilioAccount, on_delete=models.CASCADE, related_name="customer_profiles")
    sid = models.CharField(max_length=34, unique=True)
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=40, blank=True)
    payload = models.JSONField()

    def __str__(self) -> str:
        return self.name


class Brand(models.Model):
    """A brand registration (BN…) as Twilio last showed it."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="brand")
    payload = models.JSONField()
    sid = models.CharField(max_length=34, unique=True)
    profile_sid = models.CharField(max_length=34, blank=True, db_index=True)
    identity_status = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.sid
