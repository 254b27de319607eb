"""What is deleted when it is old, by a stated policy. History, attempts and the audit trail never are.

Each row of settings.PRUNED names a function that returns what may go by now; other apps add theirs there.
"""

from datetime import datetime, timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.module_loading import import_string

from reviews.models import Draft
from sync.models import Event, PollRun, UnreadablePayload

log = structlog.get_logger(__name__)

# Rows deleted in one statement: locks stay short, and a large backlog holds up nobody.
BATCH = 1000


def prune(now: datetime) -> dict[str, int]:
    """Deletes what settings.PRUNED lets go, in batches. Returns how many rows, by the name of the policy."""
    deleted = {path.rpartition(".")[2]: _delete(import_string(path)(now)) for path in settings.PRUNED}
    log.info("pruned", **deleted)
    return deleted


def poll_runs(now: datetime) -> QuerySet[PollRun]:
    """Readings of accounts, those that never came to an end too."""
    return PollRun.objects.filter(started_at__lt=now - timedelta(days=settings.KEEP_POLL_RUNS_DAYS))


def unreadable_payloads(now: datetime) -> QuerySet[UnreadablePayload]:
    """Those that were not met again for so long: of accounts, say, that are no longer read."""
    return UnreadablePayload.objects.filter(last_seen_at__lt=now - timedelta(days=settings.KEEP_UNREADABLE_DAYS))


def discarded_drafts(now: datetime) -> QuerySet[Draft]:
    """Those somebody threw away; a draft that is kept stays however old it grows."""
    return Draft.objects.filter(discarded_at__lt=now - timedelta(days=settings.KEEP_DISCARDED_DRAFTS_DAYS))


def events(now: datetime) -> QuerySet[Event]:
    """Those that were settled long ago; what waits stays."""
    long_ago = now - timedelta(days=settings.EVENT_KEEP_DAYS)
    return Event.objects.exclude(outcome=Event.Outcome.WAITING).filter(received_at__lt=long_ago)


def _delete(old: QuerySet[Any]) -> int:
    total = 0
    while deleted := _delete_some(old):
        total += deleted
    return total


@transaction.atomic
def _delete_some(old: QuerySet[Any]) -> int:
    """What somebody holds just now may not be old any more when they let go of it: it waits for the next time."""
    held = old.order_by("pk").select_for_update(skip_locked=True, of=("self",))
    pks = list(held.values_list("pk", flat=True)[:BATCH])
    old.model.objects.filter(pk__in=pks).delete()
    return len(pks)
