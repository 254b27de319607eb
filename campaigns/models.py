"""The mirror of A2P campaigns and of the messaging services they hang on."""

from django.db import models

from accounts.models import TwilioAccount
from reviews.models import Review


class MessagingService(models.Model):
    """A messaging service (MG…): campaigns are listed per service, and its name is what people call the campaign."""

    account = models.ForeignKey(TwilioAccount, on_delete=models.CASCADE, related_name="messaging_services")
    sid = models.CharField(max_length=34, unique=True)
    name = models.CharField(max_length=200)
    payload = models.JSONField()

    def __str__(self) -> str:
        return self.name


class Campaign(models.Model):
    """A campaign as Twilio last showed it. Its SID repeats under every service: the review's key holds both."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="campaign")
    payload = models.JSONField()
    brand_sid = models.CharField(max_length=34, blank=True, db_index=True)
    service_sid = models.CharField(max_length=34, db_index=True)
    use_case = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.use_case} on {self.service_sid}"
