"""House rules: what an administrator knows better than the rulebook. Few rows, read by `reviews.house`."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from rulebook.findings import Severity
from rulebook.rejections import KIND_NAMES
from rulebook.routes import Route


class HouseNote(models.Model):
    """What this house knows of one code: a note beside our words, and another way out where ours is not theirs."""

    kind = models.CharField(max_length=20, choices=list(KIND_NAMES.items()))
    code = models.PositiveIntegerField()
    note = models.TextField(blank=True, max_length=1000)
    # Empty: the rulebook's route stands.
    route = models.CharField("way out", max_length=20, blank=True, choices=[(r.value, r.label) for r in Route])
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["code", "kind"]
        constraints = [models.UniqueConstraint(fields=["kind", "code"], name="one_house_note_per_code")]

    def __str__(self) -> str:
        return f"{self.code}, {KIND_NAMES.get(self.kind, self.kind).lower()}"

    @property
    def subject(self) -> str:
        """Its name in the audit trail."""
        return f"code:{self.code}"

    @property
    def route_label(self) -> str:
        return Route(self.route).label if self.route else ""


class CheckRule(models.Model):
    """One check that this house switched off, or counts for less than the rulebook does."""

    OFF = "off"

    rule = models.CharField(max_length=20, unique=True)
    severity = models.CharField(max_length=10, choices=[(OFF, "Off"), *((s.value, s.value.title()) for s in Severity)])
    reason = models.CharField(max_length=300)
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["rule"]

    def __str__(self) -> str:
        return f"{self.rule}: {self.severity}"
