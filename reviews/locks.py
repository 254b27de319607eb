"""Several rows are locked in the order of their keys, by everybody. Two who each wait for a row that the other holds
would wait for ever: PostgreSQL ends one of them, and what it was about to write is lost until its next turn."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet


def hold(rows: QuerySet[Any]) -> list[int]:
    """Locks these rows until the transaction ends; waits for those that somebody else holds. Returns their keys."""
    return list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", flat=True))


@transaction.atomic
def update_held(rows: QuerySet[Any], **values: object) -> int:
    """Updates these rows, each locked before. Returns how many there were."""
    pks = hold(rows)
    return rows.model._default_manager.filter(pk__in=pks).update(**values) if pks else 0
