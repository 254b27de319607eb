"""Telling people. The periodic tasks only fan out."""

from celery import shared_task
from django.utils import timezone

from notifications import announce, appeal_mail


@shared_task
def fan_out_announcements() -> None:
    """A mail that failed last time goes again with this tick, a bounded number of times."""
    announce.write_notices()
    for person_id in announce.people_to_mail():
        mail_person.delay(person_id)


@shared_task
def mail_person(person_id: int) -> None:
    announce.mail(person_id)


@shared_task
def fan_out_appeals() -> None:
    appeal_mail.presume_dead(timezone.now())
    for appeal_id in appeal_mail.waiting():
        mail_appeal.delay(appeal_id)


@shared_task
def mail_appeal(appeal_id: int) -> None:
    appeal_mail.mail(appeal_id, timezone.now())
