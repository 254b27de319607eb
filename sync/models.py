"""How news travels: one row per reading of an account, and the payloads that could not be read."""

from django.db import models
from django.utils import timezone

from accounts.models import TwilioAccount
from sync.stream_models import Event as Event
from sync.stream_models import EventStream as EventStream


class PollRun(models.Model):
    """One reading of one account, from its first call to its last, however often it paused or was killed in between.

    One without an end is under way, or was interrupted and goes on at the account's next turn."""

    account = models.ForeignKey(TwilioAccount, on_delete=models.CASCADE, related_name="runs")
    started_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True)
    stage = models.CharField(max_length=40, blank=True)
    seen = models.PositiveIntegerField(default=0)
    changed = models.PositiveIntegerField(default=0)
    failed = models.PositiveIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)
    # Empty when all went well; otherwise what stopped it, in words.
    error = models.CharField(max_length=300, blank=True)
    # Where it goes on: the stage, when that began, the next page; empty once all is read. Of a kind that is listed in
    # parts, all of them, and how many are read. The parts are written once, the place with each page.
    cursor: models.JSONField[dict[str, str], dict[str, str]] = models.JSONField(default=dict)
    parts: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    parts_read = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-started_at"]
        indexes = [
            models.Index(fields=["account", "-started_at"], name="run_by_account"),
            models.Index(fields=["started_at"], name="run_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.account} at {self.started_at:%Y-%m-%d %H:%M}"


class UnreadablePayload(models.Model):
    """A payload that could not be understood: kept as it came, counted, shown, and gone once its item reads again."""

    account = models.ForeignKey(TwilioAccount, on_delete=models.CASCADE, related_name="unreadable")
    kind = models.CharField(max_length=20)
    # Of the payload: the same bad payload read twice is one row.
    digest = models.CharField(max_length=64)
    remote_key = models.CharField(max_length=80, blank=True)
    payload = models.JSONField()
    error = models.CharField(max_length=300)
    first_seen_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-last_seen_at"]
        constraints = [
            models.UniqueConstraint(fields=["account", "kind", "digest"], name="one_row_per_unreadable"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.remote_key or self.digest[:8]}: {self.error}"
