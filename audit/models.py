"""What people did. Rows are written once: the database itself refuses update and delete (migration 0002)."""

from django.db import models


class Entry(models.Model):
    """One act of one person, readable after the person and the thing are gone: both are kept as text as well."""

    at = models.DateTimeField(auto_now_add=True)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    # noun:past_tense, as in "campaign:resubmitted"
    verb = models.CharField(max_length=60)
    # "review:12", "account:3", "user:7": what it was done to
    subject = models.CharField(max_length=60)
    subject_name = models.CharField(max_length=300)
    detail = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "entries"
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["subject", "-at"], name="audit_subject"),
            models.Index(fields=["-at", "-id"], name="audit_at"),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.subject_name}"

    @property
    def detail_text(self) -> str:
        """The detail on one line, for reading: "role editor · customers all"."""
        return " · ".join(f"{name.replace('_', ' ')} {_plain(value)}" for name, value in self.detail.items() if value)


def _plain(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
