"""Writing the audit trail: said where the act happens, in the transaction of the act."""

from typing import Any, Protocol

from audit.models import Entry


class Actor(Protocol):
    pk: Any

    @property
    def display_name(self) -> str: ...


def record(actor: Actor | None, verb: str, subject: str, subject_name: str, **detail: Any) -> Entry:
    """Returns the entry written. `detail` must be plain JSON and must never carry a secret."""
    return Entry.objects.create(
        actor_id=actor.pk if actor else None,
        actor_name=actor.display_name if actor else "Redress",
        verb=verb,
        subject=subject,
        subject_name=subject_name[:300],
        detail=detail,
    )
