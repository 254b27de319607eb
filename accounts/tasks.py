from celery import shared_task
from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string

from accounts.invitations import path_for
from accounts.models import User


@shared_task
def mail_invitation(person_id: int) -> None:
    """The link is made here: a message queue is no place to keep one."""
    person = User.objects.get(pk=person_id, is_active=True)
    text = render_to_string("accounts/mail/invitation.txt", {"link": settings.PUBLIC_BASE_URL + path_for(person)})
    send_mail("Your access to Redress", text, None, [person.email])
