"""The mirror of A2P campaigns, of the messaging services they hang on, and of the numbers that hang on those."""

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


class NumberRegistration(models.Model):
    """How far the registration of a phone number under a campaign has come. Only events tell: no API shows it."""

    class State(models.TextChoices):
        PENDING = "pending", "Being registered"
        REGISTERED = "registered", "Registered"
        FAILED = "failed", "Not registered"
        LEAVING = "leaving", "Being deregistered"
        LEFT = "left", "Deregistered"
        STUCK = "stuck", "Deregistration failed"

    account = models.ForeignKey(TwilioAccount, on_delete=models.CASCADE, related_name="number_registrations")
    phone = models.CharField(max_length=20)
    phone_sid = models.CharField(max_length=34, blank=True)
    service_sid = models.CharField(max_length=34, blank=True)
    state = models.CharField(max_length=10, choices=State)
    # Twilio's own word.
    twilio_status = models.CharField(max_length=60, blank=True)
    failure_reason = models.CharField(max_length=300, blank=True)
    occurred_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "phone"], name="one_registration_per_number")]
        indexes = [models.Index(fields=["account", "service_sid"], name="number_by_service")]

    def __str__(self) -> str:
        return f"{self.phone} {self.get_state_display()}"


class Campaign(models.Model):
    """A campaign as Twilio last showed it. Its SID repeats under every service: the review's key holds both."""

    review = models.OneToOneField(Review, on_delete=models.CASCADE, primary_key=True, related_name="campaign")
    payload = models.JSONField()
    brand_sid = models.CharField(max_length=34, blank=True, db_index=True)
    service_sid = models.CharField(max_length=34, db_index=True)
    use_case = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return f"{self.use_case} on {self.service_sid}"
