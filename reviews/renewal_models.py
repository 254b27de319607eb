"""Deleting a registration and making it anew: one row for each plan, kept for good."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from reviews.contract import Renewing


class RenewalStep(models.TextChoices):
    """Where the open plan of a review stands, as lists tell it: who is asked to do what."""

    PLANNED = "planned", "Finish the plan, or cancel it"
    DELETING = "deleting", "Being deleted at Twilio"
    # The brand has to be put right first, and approved.
    AWAITING = "awaiting", "Deleted; waits for its brand"
    READY = "ready", "Deleted; look at the new one and create it"
    REFUSED = "refused", "Deleted; Twilio did not take the new one"
    CREATING = "creating", "Being created at Twilio"


# A person is asked; everything else waits for Twilio or the brand.
FOR_US = (RenewalStep.PLANNED, RenewalStep.READY, RenewalStep.REFUSED)
# The old one is no more, and the new one not known yet.
BETWEEN = (RenewalStep.AWAITING, RenewalStep.READY, RenewalStep.REFUSED, RenewalStep.CREATING)


class Renewal(models.Model):
    """One plan to delete a registration at Twilio and to make it anew. It may live for days; each step is written down
    before it is done, so that a person or a worker who comes later goes on from there."""

    class State(models.TextChoices):
        PLANNED = "planned", "Planned"
        DELETING = "deleting", "Deleting"
        # Nothing stands at Twilio. Also where a creation that was refused or never arrived comes back to.
        DELETED = "deleted", "Deleted"
        # Sent, or about to be. Without an answer it is looked for, never sent again blindly.
        CREATING = "creating", "Creating"
        CREATED = "created", "Created"
        CANCELLED = "cancelled", "Cancelled"

    OPEN = (State.PLANNED, State.DELETING, State.DELETED, State.CREATING)
    AT_WORK = (State.DELETING, State.DELETED, State.CREATING)

    review = models.ForeignKey("reviews.Review", on_delete=models.CASCADE, related_name="renewals")
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    # Why an edit would not do, and the field that no update can change where that is the reason.
    why = models.TextField(max_length=2000)
    field = models.CharField(max_length=60, blank=True)
    # Everything Twilio showed of the old one, and the text it began on, in the fields of the call that creates.
    snapshot = models.JSONField(default=dict)
    before = models.JSONField(default=dict)
    old_key = models.CharField(max_length=80)

    # What was typed for the new one, valid or not. One text for all: the plan belongs to the desk, not to a person.
    fields = models.JSONField(default=dict)
    revision = models.PositiveIntegerField(default=1)
    edited_by_name = models.CharField(max_length=200, blank=True)
    edited_at = models.DateTimeField(default=timezone.now)
    # Texts that somebody wrote over on purpose: whose, when, and what they said.
    earlier = models.JSONField(default=list)
    # What Twilio said may be chosen, by field, and for which choice of the others that holds.
    options = models.JSONField(default=dict)
    options_for = models.CharField(max_length=80, blank=True)
    options_problem = models.CharField(max_length=300, blank=True)

    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="renewals")
    by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now)

    # The deletion: who typed the name and when. An approved one takes the word that its traffic stops.
    confirmed_by_name = models.CharField(max_length=200, blank=True)
    confirmed_at = models.DateTimeField(null=True)
    was_approved = models.BooleanField(default=False)
    delete_sent_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    brand_first = models.BooleanField(default=False)

    # The creation: what is sent, under which name it can be found again, and the fee that was agreed to.
    submission = models.JSONField(default=dict)
    reference = models.CharField(max_length=60, unique=True)
    findings = models.JSONField(default=list)
    warnings_reason = models.TextField(blank=True, max_length=2000)
    fee = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    fee_agreed_at = models.DateTimeField(null=True)
    fee_agreed_by_name = models.CharField(max_length=200, blank=True)
    policy = models.JSONField(default=dict)
    create_sent_at = models.DateTimeField(null=True)
    new_sid = models.CharField(max_length=34, blank=True)
    settled_at = models.DateTimeField(null=True)

    # When a worker looks at it next, how often it tried, and how often it looked for what may have been made.
    due_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    reads = models.PositiveSmallIntegerField(default=0)
    answer_status = models.PositiveSmallIntegerField(null=True)
    answer_code = models.IntegerField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(state__in=["planned", "deleting", "deleted", "creating"]),
                name="one_open_renewal",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["planned", "cancelled"]) | Q(confirmed_at__isnull=False),
                name="no_deletion_without_confirmation",
            ),
            models.CheckConstraint(
                # One that was registered outside Redress meanwhile was never sent from here.
                condition=Q(fee_agreed_at__isnull=False) | (Q(create_sent_at=None) & ~Q(state="creating")),
                name="no_creation_without_agreement",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["deleted", "creating", "created"]) | Q(deleted_at__isnull=False),
                name="no_creation_before_deletion",
            ),
            models.CheckConstraint(condition=Q(fee__gte=0), name="renewal_fee_not_negative"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="renewal_due",
                condition=Q(state__in=["deleting", "deleted", "creating"]),
            ),
        ]

    def __str__(self) -> str:
        return f"Renewal {self.pk} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def is_in_doubt(self) -> bool:
        """Sent, and nobody knows yet what became of it."""
        return self.state == self.State.CREATING and self.create_sent_at is not None

    @property
    def renewing(self) -> Renewing:
        return Renewing(self.snapshot, self.submission, self.reference)
