"""Thin tasks: an id in, one thing done, safe to run twice. The periodic one only fans out."""

from celery import shared_task
from django.utils import timezone

from brands import dossier
from sync import due


@shared_task
def fan_out_due_dossiers() -> None:
    """No more than workers soon take: what a person sends stands in the same queue."""
    for review_id in dossier.claim_due(timezone.now(), due.room()):
        read_dossier.apply_async((review_id,), expires=60)


@shared_task
def read_dossier(review_id: int) -> None:
    dossier.read(review_id)
