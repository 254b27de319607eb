"""Who: the people who sign in, the customers they care for, and the Twilio accounts that are mirrored."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.secrets import seal, unseal
from rulebook.policy import DEFAULT_ID, PRESETS, FeePolicy, custom
from twilio_api.credentials import Credentials


class Role(models.TextChoices):
    """What a person may do. Each role may do everything that stands before it."""

    VIEWER = "viewer", "Viewer"
    EDITOR = "editor", "Editor"
    MANAGER = "manager", "Manager"
    ADMINISTRATOR = "administrator", "Administrator"


ROLE_ORDER = [role.value for role in Role]


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, role=Role.ADMINISTRATOR, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """A person who signs in with an e-mail address."""

    username = None  # type: ignore[assignment]
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120, blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.VIEWER)
    # Staff who care for some customers only see those; an empty list then means none, never all.
    all_customers = models.BooleanField(default=True)
    customers: models.ManyToManyField[Customer, Any] = models.ManyToManyField(
        "Customer", blank=True, related_name="people"
    )
    theme = models.CharField(max_length=5, blank=True, choices=[("light", "Light"), ("dark", "Dark")])
    keys_on = models.BooleanField(default=True)
    alerts_on = models.BooleanField(default=False)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        ordering = ["email"]

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return self.name or self.email

    @property
    def subject(self) -> str:
        """Their name in the audit trail, where they are the ones something was done to."""
        return f"user:{self.pk}"

    @property
    def initials(self) -> str:
        words = self.display_name.split("@")[0].replace(".", " ").split()
        return "".join(word[0] for word in words[:2]).upper()

    @property
    def role_label(self) -> str:
        return Role(self.role).label

    @property
    def is_administrator(self) -> bool:
        return self.may(Role.ADMINISTRATOR)

    def may(self, role: str) -> bool:
        """Whether this person's role reaches `role`."""
        return self.is_active and ROLE_ORDER.index(self.role) >= ROLE_ORDER.index(role)


class Customer(models.Model):
    """A secondary customer of the ISV: the business whose texts are reviewed."""

    name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["name"], name="customer_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def subject(self) -> str:
        """Its name in the audit trail."""
        return f"customer:{self.pk}"


class TwilioAccountQuerySet(models.QuerySet["TwilioAccount"]):
    def mirrored(self) -> TwilioAccountQuerySet:
        """Those that are read: connected, and open at Twilio."""
        return self.filter(disconnected_at=None, status=TwilioAccount.ACTIVE)

    def mains(self) -> TwilioAccountQuerySet:
        return self.filter(parent=None)

    def failing(self) -> TwilioAccountQuerySet:
        return self.mirrored().exclude(failing_since=None)


class TwilioAccount(models.Model):
    """A Twilio account that is mirrored: a main account, or a subaccount discovered from it."""

    ACTIVE = "active"

    sid = models.CharField(max_length=34, unique=True)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="subaccounts")
    name = models.CharField(max_length=200)
    status = models.CharField(max_length=20, default=ACTIVE)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="accounts")
    # Blank: the secret is the account's own auth token. Otherwise the API key whose secret it is.
    key_sid = models.CharField(max_length=34, blank=True)
    sealed_secret = models.TextField()
    connected_at = models.DateTimeField(auto_now_add=True)
    disconnected_at = models.DateTimeField(null=True, blank=True)

    # When it was last read as a whole, when it is due again, and who is reading it until when.
    last_read_at = models.DateTimeField(null=True, blank=True)
    next_poll_at = models.DateTimeField(default=timezone.now)
    lease_until = models.DateTimeField(null=True, blank=True)
    failing_since = models.DateTimeField(null=True, blank=True)
    # Readings in a row that failed: each next try comes later.
    failures = models.PositiveSmallIntegerField(default=0)
    # Whether its changes are told by events, so that it is asked less often: kept up by sync.hearing.
    hears_events = models.BooleanField(default=False)
    last_error = models.CharField(max_length=300, blank=True)

    # What a resubmission costs: kept at the main account, in force for its subaccounts. The amounts are those of an
    # account's own terms; a preset's are the rulebook's.
    policy_id = models.CharField(max_length=40, default=DEFAULT_ID)
    free_resubmissions = models.PositiveSmallIntegerField(null=True, blank=True)
    fee_per_resubmission = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    fee_to_recreate = models.DecimalField(max_digits=8, decimal_places=2, default=0)
    policy_since = models.DateTimeField(null=True, blank=True)
    policy_set_by = models.CharField(max_length=200, blank=True)

    objects = TwilioAccountQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        indexes = [models.Index(fields=["next_poll_at"], name="account_due", condition=Q(disconnected_at=None))]
        constraints = [
            models.CheckConstraint(
                condition=Q(fee_per_resubmission__gte=0, fee_to_recreate__gte=0), name="account_fees_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.sid})"

    @property
    def subject(self) -> str:
        """Its name in the audit trail."""
        return f"account:{self.pk}"

    @property
    def main(self) -> TwilioAccount:
        return self.parent or self

    @property
    def policy(self) -> FeePolicy:
        """The fee policy in force for everything in this account. Costs no query where the parent is joined."""
        main = self.main
        if preset := PRESETS.get(main.policy_id):
            return preset
        return custom(
            free_resubmissions=main.free_resubmissions,
            fee_per_resubmission=main.fee_per_resubmission,
            fee_to_recreate=main.fee_to_recreate,
            seen=(main.policy_since or main.connected_at).date(),
            source=f"Set by {main.policy_set_by}",
        )

    def credentials(self) -> Credentials:
        """Returns what Twilio asks for. Raises secrets.SealBroken when the key that sealed it is gone."""
        return Credentials(account_sid=self.sid, key_sid=self.key_sid, secret=unseal(self.sealed_secret))

    def seal(self, credentials: Credentials) -> None:
        """Takes over the credentials' key and secret; the caller saves."""
        self.key_sid = credentials.key_sid
        self.sealed_secret = seal(credentials.secret)


class Assignment(models.Model):
    """A brand or messaging service that belongs to another customer than its account's."""

    account = models.ForeignKey(TwilioAccount, on_delete=models.CASCADE, related_name="assignments")
    subject_sid = models.CharField(max_length=34)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="assignments")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "subject_sid"], name="one_customer_per_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_sid} belongs to {self.customer}"
