"""Telling people. The periodic task only fans out."""

from celery import shared_task


@shared_task
def fan_out_announcements() -> None:
    """Nobody is subscribed to anything yet."""
