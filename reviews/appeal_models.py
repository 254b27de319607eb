"""An appeal: the letter about one review, from its first draft to the answer. Written by `reviews.appeals` alone."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User


class Appeal(models.Model):
    """One letter that asks Twilio to look again. Drafted by anybody at the item, sent by one, answered by Twilio."""

    class State(models.TextChoices):
        DRAFTED = "drafted", "Drafted"
        # To be mailed from here: written down before any worker takes it.
        QUEUED = "queued", "To be mailed"
        SENDING = "sending", "Being mailed"
        # The mail server did not say whether it took the letter, or the worker died. Never mailed again unasked.
        UNKNOWN = "unknown", "Perhaps mailed"
        SENT = "sent", "Sent"
        ANSWERED = "answered", "Answered"
        # Discarded as a draft, or given up without an answer.
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Outcome(models.TextChoices):
        GRANTED = "granted", "Granted"
        REFUSED = "refused", "Refused"
        OTHER = "other", "Something else"

    ON_ITS_WAY = (State.QUEUED, State.SENDING)
    OPEN = (State.DRAFTED, *ON_ITS_WAY, State.UNKNOWN, State.SENT)

    review = models.ForeignKey("reviews.Review", on_delete=models.CASCADE, related_name="appeals")
    state = models.CharField(max_length=12, choices=State, default=State.DRAFTED)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    # Raised by one with each save: a second window that saves over a newer text is told so.
    revision = models.PositiveIntegerField(default=1)
    # Texts that somebody wrote over on purpose: whose, when, and what they said.
    earlier = models.JSONField(default=list)
    # What stood when it was written: Twilio's word, the codes, the SIDs, the payload's digest.
    facts = models.JSONField(default=dict)

    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="appeals")
    by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by_name = models.CharField(max_length=200)

    # Where it is mailed to from here; empty where it was copied and sent elsewhere, and `how` says where.
    to = models.EmailField(blank=True)
    how = models.CharField(max_length=200, blank=True)
    sender = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="sent_appeals")
    sender_name = models.CharField(max_length=200, blank=True)
    # When a worker took it. One that says nothing for long is dead.
    claimed_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True)
    ticket = models.CharField(max_length=60, blank=True)

    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(state__in=["drafted", "queued", "sending", "unknown", "sent"]),
                name="one_open_appeal",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["sent", "answered"]) | Q(sent_at__isnull=False), name="appeal_sent_at_some_time"
            ),
            models.CheckConstraint(condition=~Q(state="answered") | ~Q(outcome=""), name="appeal_answer_has_outcome"),
        ]
        indexes = [
            models.Index(fields=["claimed_at"], name="appeal_mail", condition=Q(state__in=["queued", "sending"])),
        ]

    def __str__(self) -> str:
        return f"{self.subject} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_on_its_way(self) -> bool:
        return self.state in self.ON_ITS_WAY

    @property
    def sent_by(self) -> str:
        """How it went, in words."""
        return f"mailed to {self.to}" if self.to else self.how or "sent elsewhere"
