"""What the three kinds share: the review, its history, and the attempts to get through it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Case, F, Q, When
from django.utils import timezone

from accounts.models import Customer, TwilioAccount, User
from reviews.appeal_models import Appeal as Appeal
from reviews.contract import Rejection, Sending
from reviews.house_models import CheckRule as CheckRule
from reviews.house_models import HouseNote as HouseNote
from reviews.renewal_models import FOR_US, RenewalStep
from reviews.renewal_models import Renewal as Renewal
from reviews.search import words_of_review
from reviews.status import REJECTED, WAITING_FOR_US, Rank, Status

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

# What the line of a list names besides the item itself, and whose policy it needs.
NAMES = ("customer", "account__parent")


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: User) -> ReviewQuerySet:
        """Those of the person's customers."""
        return self if user.all_customers else self.filter(customer__in=user.customers.all())

    def present(self) -> ReviewQuerySet:
        return self.filter(gone_at=None)

    def waiting_for_us(self) -> ReviewQuerySet:
        """The inbox: what a person has to look at."""
        return self.filter(is_for_us=True)

    def with_names(self) -> ReviewQuerySet:
        """Joined so that a row's customer, account and policy cost no further query."""
        return self.select_related(*NAMES)


# Items with an attempt or an appeal under way wait for Twilio, and one that is made anew is a person's when its plan
# is, gone or not.
FOR_A_PERSON = Q(renewal__in=FOR_US) | (
    (Q(status__in=WAITING_FOR_US, appealed_at=None) | ~Q(problem="")) & Q(gone_at=None, attempt_open=False, renewal="")
)
# What is gone is nobody's turn, whatever it was.
RANK = Case(
    When(gone_at__isnull=False, then=Rank.GONE),
    When(status__in=WAITING_FOR_US, then=Rank.WAITING),
    When(status=Status.IN_REVIEW, then=Rank.IN_REVIEW),
    When(status=Status.APPROVED, then=Rank.APPROVED),
    default=Rank.STOPPED,
)


class Review(models.Model):
    """One mirrored thing that somebody at Twilio or a carrier looks at. Only reviews.record writes its status."""

    kind = models.CharField(max_length=20)
    # Both are looked up by the indexes below that begin with them.
    account = models.ForeignKey(TwilioAccount, on_delete=models.PROTECT, related_name="reviews", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="reviews", db_index=False)
    # Unique in its account and kind. A campaign's SID alone is not: Twilio repeats it under each messaging service.
    remote_key = models.CharField(max_length=80)
    sid = models.CharField(max_length=34)
    owner_sids = ArrayField(models.CharField(max_length=34), default=list)
    title = models.CharField(max_length=200)
    detail = models.CharField(max_length=200, blank=True)

    status = models.CharField(max_length=20, choices=Status)
    twilio_status = models.CharField(max_length=100, blank=True)
    status_since = models.DateTimeField()
    rejections = models.JSONField(default=list)
    codes = ArrayField(models.IntegerField(), default=list)
    deadline = models.DateTimeField(null=True, blank=True)
    # What Twilio itself says about editing; None where it says nothing.
    editable = models.BooleanField(null=True)
    digest = models.CharField(max_length=64)

    attempts_used = models.PositiveSmallIntegerField(default=0)
    attempt_open = models.BooleanField(default=False)
    # When the last accepted submission was settled: until Twilio shows something newer, its old verdict is old truth.
    resubmitted_at = models.DateTimeField(null=True, blank=True)
    # Where the open plan to delete it and make it anew stands; empty where there is none.
    renewal = models.CharField(max_length=10, choices=RenewalStep, blank=True)
    # When the registration that stands was found to be a new one. What was tried before was tried on another.
    renewed_at = models.DateTimeField(null=True, blank=True)

    # When an appeal was sent that nobody has answered yet. Written by reviews.appeals; a change at Twilio ends it.
    appealed_at = models.DateTimeField(null=True, blank=True)

    # What our checks say of the text that stands: the worst severity, and the Twilio codes they would prevent.
    # Empty until it was checked; `checked_digest` and `checked_by` say which payload was, and by which rules.
    risk = models.CharField(max_length=10, blank=True)
    risk_codes = ArrayField(models.IntegerField(), default=list)
    checked_digest = models.CharField(max_length=64, blank=True)
    checked_by = models.CharField(max_length=80, blank=True)

    first_seen_at = models.DateTimeField(default=timezone.now)
    as_of = models.DateTimeField()
    next_check_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True, blank=True)
    # Why its last payload could not be read; the last good one stays.
    problem = models.CharField(max_length=300, blank=True)

    # Kept by the database itself: whether a person has to look at it, whether its text has changed since our checks
    # looked at it, the words it is found by, and where it stands on its customer's page.
    is_for_us = models.GeneratedField(
        expression=Case(When(FOR_A_PERSON, then=True), default=False),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    is_unchecked = models.GeneratedField(
        expression=Case(When(~Q(checked_digest=F("digest")), then=True), default=False),
        output_field=models.BooleanField(),
        db_persist=True,
    )
    words = models.GeneratedField(expression=words_of_review(), output_field=SearchVectorField(), db_persist=True)
    rank = models.GeneratedField(
        expression=RANK, output_field=models.PositiveSmallIntegerField(choices=Rank), db_persist=True
    )

    objects = ReviewQuerySet.as_manager()
    if TYPE_CHECKING:
        attempts: RelatedManager[Attempt]
        changes: RelatedManager[StatusChange]
        drafts: RelatedManager[Draft]
        appeals: RelatedManager[Appeal]
        renewals: RelatedManager[Renewal]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "remote_key"], name="one_review_per_thing"),
        ]
        indexes = [
            models.Index(fields=["-status_since", "-id"], name="review_newest"),
            models.Index(fields=["status", "-status_since", "-id"], name="review_by_status"),
            models.Index(fields=["customer", "-status_since", "-id"], name="review_by_customer"),
            models.Index(fields=["account", "-status_since", "-id"], name="review_by_account"),
            models.Index(fields=["kind", "-status_since", "-id"], name="review_by_kind"),
            models.Index(fields=["next_check_at"], name="review_due", condition=Q(gone_at=None)),
            models.Index(fields=["as_of"], name="review_lag", condition=Q(gone_at=None, status="in_review")),
            models.Index(fields=["sid"], name="review_sid"),
            models.Index(fields=["risk", "-status_since", "-id"], name="review_by_risk"),
            models.Index(fields=["checked_by"], name="review_checked", condition=Q(gone_at=None)),
            models.Index(fields=["id"], name="review_unchecked", condition=Q(gone_at=None, is_unchecked=True)),
            models.Index(fields=["renewal"], name="review_renewal", condition=~Q(renewal="")),
            models.Index(fields=["renewed_at"], name="review_renewed", condition=Q(renewed_at__isnull=False)),
            # The inbox: those with a deadline, the newest, and each of its tabs.
            models.Index(
                fields=["deadline", "-status_since", "-id"],
                name="review_waiting_due",
                condition=Q(is_for_us=True, deadline__isnull=False),
            ),
            # With what else decides whether a row is listed, so that counting looks at no row.
            models.Index(
                fields=["-status_since", "-id"],
                include=["status", "resubmitted_at", "renewal"],
                name="review_waiting",
                condition=Q(is_for_us=True),
            ),
            models.Index(
                fields=["status", "-status_since", "-id"], name="review_waiting_status", condition=Q(is_for_us=True)
            ),
            # The page of a customer: those with a deadline, and all of them.
            models.Index(
                fields=["customer", "deadline", "-status_since", "-id"],
                name="review_customer_due",
                condition=Q(rank=Rank.WAITING, deadline__isnull=False),
            ),
            models.Index(fields=["customer", "-rank", "-status_since", "-id"], name="review_by_rank"),
            models.Index(fields=["-status_since", "-id"], name="review_problem", condition=~Q(problem="")),
            models.Index(fields=["-status_since", "-id"], name="review_gone", condition=Q(gone_at__isnull=False)),
            models.Index(
                fields=["-status_since", "-id"], name="review_appealed", condition=Q(appealed_at__isnull=False)
            ),
            # What the catalogue counts of each code, without looking at a row.
            models.Index(
                fields=["id"],
                include=["codes", "status_since", "customer"],
                name="review_numbered",
                condition=Q(gone_at=None) & ~Q(codes=[]),
            ),
            GinIndex(fields=["words"], name="review_words"),
            GinIndex(fields=["codes"], name="review_codes"),
            GinIndex(fields=["owner_sids"], name="review_owners"),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.kind})"

    @property
    def subject(self) -> str:
        """Its name in the audit trail."""
        return f"review:{self.pk}"

    @property
    def reasons(self) -> tuple[Rejection, ...]:
        return tuple(
            Rejection(r.get("code"), r.get("description", ""), r.get("url", ""), tuple(r.get("fields", ())))
            for r in self.rejections
        )

    @property
    def is_rejected(self) -> bool:
        return self.status in REJECTED

    @property
    def flagged_fields(self) -> tuple[str, ...]:
        """Twilio's names of the flagged fields, each once, in the order they came."""
        return tuple(dict.fromkeys(name for reason in self.reasons for name in reason.fields))


class Source(models.TextChoices):
    """What made us see a change."""

    POLL = "poll", "poll"
    EVENT = "event", "event"
    ATTEMPT = "attempt", "attempt"
    OPERATOR = "operator", "read by hand"
    # Nothing changed at Twilio: the house set another way out for one of its codes.
    HOUSE = "house", "house rule"


class StatusChange(models.Model):
    """One change of a review, kept for good. Also the outbox: unannounced rows are still to be told."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField(default=timezone.now)
    source = models.CharField(max_length=10, choices=Source)
    old_status = models.CharField(max_length=20, blank=True)
    new_status = models.CharField(max_length=20)
    old_twilio_status = models.CharField(max_length=100, blank=True)
    new_twilio_status = models.CharField(max_length=100, blank=True)
    rejections = models.JSONField(default=list)
    old_digest = models.CharField(max_length=64, blank=True)
    new_digest = models.CharField(max_length=64)
    announced_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["review", "-at", "-id"], name="change_timeline"),
            models.Index(fields=["id"], name="change_outbox", condition=Q(announced_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.old_status or 'first seen'} -> {self.new_status}"

    @property
    def codes(self) -> list[int]:
        return [r["code"] for r in self.rejections if r.get("code") is not None]


class Attempt(models.Model):
    """One submission by us, or found to have been made elsewhere. Written down before the call, settled after it."""

    class State(models.TextChoices):
        QUEUED = "queued", "Queued"
        # What has to stand at Twilio first is being put there. Nothing is spent yet, and it may take days.
        PREPARING = "preparing", "Preparing"
        SENDING = "sending", "Sending"
        ACCEPTED = "accepted", "Accepted"
        REFUSED = "refused", "Refused"
        # No answer came: it may have arrived. Read back until that is known, never repeated blindly.
        UNKNOWN = "unknown", "Unknown"
        # Read back and not found: it never arrived, nothing was spent, a person may send it again.
        NOT_APPLIED = "not_applied", "Never arrived"
        # Taken back before it was sent, by a person or because the item changed meanwhile.
        WITHDRAWN = "withdrawn", "Taken back"

    OPEN = (State.QUEUED, State.PREPARING, State.SENDING, State.UNKNOWN)
    NOT_SENT = (State.QUEUED, State.PREPARING)
    HERE, ELSEWHERE = "here", "elsewhere"

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="attempts")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=12, choices=State, default=State.QUEUED)
    origin = models.CharField(max_length=10, choices=[(HERE, "here"), (ELSEWHERE, "elsewhere")], default=HERE)
    # The text that stood, the text that was sent, and what Twilio's answer looked like before.
    before = models.JSONField(default=dict)
    submission = models.JSONField(default=dict)
    fingerprint = models.JSONField(default=dict)
    findings = models.JSONField(default=list)
    note = models.TextField(blank=True, max_length=2000)
    # Why it was sent although our checks warned.
    warnings_reason = models.TextField(blank=True, max_length=2000)

    by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="attempts")
    by_name = models.CharField(max_length=200)
    over_allowance = models.BooleanField(default=False)
    fee = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    fee_agreed_at = models.DateTimeField(null=True)
    policy = models.JSONField(default=dict)

    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    # When a queued one is tried again, or an unanswered one is read back.
    due_at = models.DateTimeField(null=True)
    # When a task for it was last put into the queue, by the gate or a sweep.
    given_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    reads = models.PositiveSmallIntegerField(default=0)
    answer_status = models.PositiveSmallIntegerField(null=True)
    answer_code = models.IntegerField(null=True)
    answer = models.CharField(max_length=500, blank=True)
    request_id = models.CharField(max_length=40, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["review", "number"], name="attempt_numbers_unique"),
            models.UniqueConstraint(
                fields=["review"],
                condition=Q(state__in=["queued", "preparing", "sending", "unknown"]),
                name="one_open_attempt",
            ),
            models.CheckConstraint(
                condition=Q(origin="elsewhere") | Q(fee_agreed_at__isnull=False) | Q(over_allowance=False, fee=0),
                name="no_fee_without_agreement",
            ),
            models.CheckConstraint(condition=Q(fee__gte=0), name="attempt_fee_not_negative"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="attempt_due",
                condition=Q(state__in=["queued", "preparing", "sending", "unknown"]),
            ),
            models.Index(
                fields=["settled_at", "state", "origin"],
                name="attempt_settled",
                condition=Q(settled_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.number} ({self.state})"

    @property
    def is_open(self) -> bool:
        return self.state in self.OPEN

    @property
    def may_be_taken_back(self) -> bool:
        return self.state in self.NOT_SENT

    @property
    def sending(self) -> Sending:
        return Sending(self.before, self.submission, self.note)

    @property
    def is_here(self) -> bool:
        return self.origin == self.HERE


class AttemptStep(models.Model):
    """One thing that had to stand at Twilio before an attempt could be sent. Written down with the attempt, done once
    or found done, and kept."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="steps")
    position = models.PositiveSmallIntegerField()
    # The kind's name for it.
    key = models.CharField(max_length=60)
    words = models.CharField(max_length=200)
    # What was found at the last look: why it waits, or how it ended.
    note = models.CharField(max_length=500, blank=True)
    began_at = models.DateTimeField(null=True)
    looked_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["attempt", "position"]
        constraints = [models.UniqueConstraint(fields=["attempt", "position"], name="attempt_steps_in_order")]

    def __str__(self) -> str:
        return f"{self.words}: {'done' if self.done_at else 'open'}"


class DraftQuerySet(models.QuerySet["Draft"]):
    def others_at_work(self, review: Review, user: User, since: datetime) -> DraftQuerySet:
        """Drafts of other people on this review that were touched since then."""
        return self.kept().filter(review=review, updated_at__gte=since).exclude(user=user).select_related("user")

    def kept(self) -> DraftQuerySet:
        return self.filter(discarded_at=None)


class Draft(models.Model):
    """What one person has typed for one review. Each has their own, so nobody's text is ever overwritten."""

    review = models.ForeignKey(Review, on_delete=models.CASCADE, related_name="drafts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="drafts")
    # Form fields as typed, valid or not.
    fields = models.JSONField(default=dict)
    # The submission it was begun on: what Twilio showed then.
    based_on = models.JSONField(default=dict)
    # Raised by one with each save: a second window that saves over a newer text is told so.
    revision = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    # Discarded drafts stay for a while, so that a slip can be undone.
    discarded_at = models.DateTimeField(null=True)

    objects = DraftQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["review", "user"], name="one_draft_each")]

    def __str__(self) -> str:
        return f"Draft of {self.user} for {self.review}"
