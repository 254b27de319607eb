"""Telling people. The periodic task only fans out."""

from celery import shared_task

from notifications import announce


@shared_task
def fan_out_announcements() -> None:
    """A mail that failed last time goes again with this tick, a bounded number of times."""
    announce.write_notices()
    for person_id in announce.people_to_mail():
        mail_person.delay(person_id)


@shared_task
def mail_person(person_id: int) -> None:
    announce.mail(person_id)
