"""News by event: each account's stream at Twilio, and every event as it came."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import TwilioAccount
from accounts.secrets import unseal
from reviews.models import Review


class EventStream(models.Model):
    """An account whose news shall come by themselves: its sink and subscription at Twilio, and how well they do.

    There is a row for each account for which an administrator switched events on. Without it Redress only asks.
    """

    class State(models.TextChoices):
        MAKING = "making", "Being set up"
        ACTIVE = "active", "Active"
        BROKEN = "broken", "Not working"
        LEAVING = "leaving", "Being switched off"

    account = models.OneToOneField(TwilioAccount, on_delete=models.CASCADE, primary_key=True, related_name="stream")
    # The secret part of the address Twilio sends to: a second lock beside the signature.
    sealed_path = models.TextField()
    # What Twilio signs with, where the account was connected by an API key and its own secret is another.
    sealed_token = models.TextField(blank=True)
    sink_sid = models.CharField(max_length=34, blank=True)
    subscription_sid = models.CharField(max_length=34, blank=True)

    state = models.CharField(max_length=10, choices=State, default=State.MAKING)
    active_since = models.DateTimeField(null=True, blank=True)
    # When it was last found or made right, when it is looked at again, and who does so until when.
    checked_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

    # The last event that was signed rightly, a test included; and who works on the waiting ones until when.
    last_event_at = models.DateTimeField(null=True, blank=True)
    worked_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="stream_due")]

    def __str__(self) -> str:
        return f"events of {self.account}"

    def path_secret(self) -> str:
        """Raises secrets.SealBroken when the key that sealed it is gone."""
        return unseal(self.sealed_path)

    def token(self) -> str:
        """What Twilio signs this account's events with. Raises secrets.SealBroken."""
        return unseal(self.sealed_token or self.account.sealed_secret)


class Event(models.Model):
    """One event as Twilio sent it. The same one sent again is the same row; an id that says something new is not.

    Events are hints: they bring about a reading, and what Twilio shows then counts.
    """

    class Outcome(models.TextChoices):
        WAITING = "", "Waiting"
        READ = "read", "Item read"
        KNOWN = "known", "Known already"
        KEPT = "kept", "Kept"
        DISCOVERY = "discovery", "Account read"
        TEST = "test", "Test"
        UNKNOWN_TYPE = "unknown_type", "Unknown type"
        ODD = "odd", "Not understood"

    account = models.ForeignKey(TwilioAccount, on_delete=models.CASCADE, related_name="events")
    event_id = models.CharField(max_length=100, blank=True)
    type = models.CharField(max_length=150, blank=True)
    # When it happened, as Twilio writes it down in the event: milliseconds since 1970, or empty.
    stamp = models.CharField(max_length=40, blank=True)
    # Of what it says. Twilio's ids were seen to repeat with new content (field report, 2026-09).
    digest = models.CharField(max_length=64)
    body = models.JSONField()
    occurred_at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now)

    outcome = models.CharField(max_length=20, choices=Outcome, default=Outcome.WAITING, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True)
    review = models.ForeignKey(Review, on_delete=models.SET_NULL, null=True, blank=True, related_name="events")

    class Meta:
        ordering = ["-received_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "event_id", "type", "stamp", "digest"], name="one_row_per_event"
            ),
        ]
        indexes = [
            models.Index(fields=["account", "id"], name="event_waiting", condition=Q(outcome="")),
            models.Index(fields=["received_at"], name="event_by_age"),
            models.Index(fields=["account", "outcome"], name="event_by_outcome"),
        ]

    def __str__(self) -> str:
        return f"{self.type or 'odd event'} {self.event_id}"

    @property
    def topic(self) -> str:
        """The type without what all of Twilio's compliance events begin with."""
        return self.type.removeprefix("com.twilio.messaging.compliance.")
