"""Rows that others work on, and what a test leaves."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from reviews.models import Review


@transaction.atomic
def update_free(rows: QuerySet[Any], **values: object) -> None:
    """Updates those that nobody holds just now. To wait for many rows in any order, while a reading holds some of them
    and waits for others, is a deadlock."""
    free = list(rows.select_for_update(skip_locked=True).values_list("pk", flat=True))
    rows.model._default_manager.filter(pk__in=free).update(**values)


@contextmanager
def row_held(review: Review) -> Iterator[None]:
    """Nobody else can lock this review inside the block."""
    with transaction.atomic():
        Review.objects.select_for_update().get(pk=review.pk)
        yield


def somebody_waits_for_a_row() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_clear_snapshot()")  # a transaction sees one picture of the others otherwise
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return bool(cursor.fetchone()[0])


# Written by the migrations, and the same for every test.
KEPT = {"auth_permission", "django_content_type", "django_migrations"}


def empty_tables(*_: object) -> None:
    """As Django's flush does, which takes some thirty times as long: to truncate a table makes new files of it and its
    indexes, and afterwards all permissions are written anew. Waits for whoever is about to write."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_emptying())


@cache
def _emptying() -> str:
    names = [connection.ops.quote_name(name) for name in sorted({*connection.introspection.table_names()} - KEPT)]
    # A replica checks no foreign keys, so that the order is no matter, and the audit may be emptied too.
    settings = "SET LOCAL session_replication_role = replica"
    return ";".join([f"LOCK TABLE {', '.join(names)}", settings, *[f"DELETE FROM {name}" for name in names]])
