"""Who was told what: one row per change, person and channel, written before it is sent."""

from django.db import models
from django.utils import timezone

from accounts.models import User
from reviews.models import StatusChange


class Notice(models.Model):
    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"

    change = models.ForeignKey(StatusChange, on_delete=models.CASCADE, related_name="notices")
    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="notices")
    channel = models.CharField(max_length=10, choices=Channel)
    created_at = models.DateTimeField(default=timezone.now)
    # Set before the mail leaves, and taken back when it could not. A worker that dies in between leaves a doubt: the
    # mail may have arrived, and the next one says so.
    taken_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["change", "person", "channel"], name="nobody_told_twice"),
        ]
        indexes = [models.Index(fields=["person", "id"], name="notice_unsent", condition=models.Q(sent_at=None))]

    def __str__(self) -> str:
        return f"{self.person} about {self.change}"
