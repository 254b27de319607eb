"""Rows that others work on."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet


@transaction.atomic
def update_free(rows: QuerySet[Any], **values: object) -> None:
    """Updates those that nobody holds just now. To wait for many rows in any order, while a reading holds some of them
    and waits for others, is a deadlock."""
    free = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=free).update(**values)
