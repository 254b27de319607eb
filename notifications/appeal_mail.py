"""Mailing an appeal: taken before it leaves, mailed once, and a draft again where it did not leave."""

from datetime import datetime
from email.utils import formataddr, parseaddr
from smtplib import (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
)
from socket import gaierror
from typing import Final

import structlog
from django.conf import settings
from django.core.mail import EmailMessage

from reviews import appeals
from reviews.letters import one_line
from reviews.models import Appeal

log = structlog.get_logger(__name__)

# With these the server took nothing. Every other error leaves it open: the connection may have broken after the text.
NOTHING_LEFT: Final = (
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPHeloError,
    SMTPNotSupportedError,
    SMTPRecipientsRefused,
    SMTPSenderRefused,
    ConnectionRefusedError,
    gaierror,
)
DIED: Final = "The worker that was mailing it stopped before the mail server answered."


def mail(appeal_id: int, now: datetime) -> None:
    """Mails the letter if nobody else does. Safe to call at any time, any number of times."""
    appeal = appeals.claim(appeal_id, now)
    if appeal is None:
        return
    log.info("appeal_mailing", appeal=appeal.pk, review=appeal.review_id)
    try:
        message(appeal).send()
    except NOTHING_LEFT as error:
        appeals.came_back(appeal_id, f"Nothing left: {_words(error)}")
    except OSError as error:  # smtplib's other errors and those of the network
        appeals.doubt(appeal_id, _words(error))
    else:
        appeals.left(appeal_id, now)


def waiting() -> list[int]:
    """Letters that no worker has taken, the broker being away for one."""
    queued = Appeal.objects.filter(state=Appeal.State.QUEUED)
    return list(queued.order_by("pk").values_list("pk", flat=True)[:500])


def presume_dead(now: datetime) -> None:
    """A worker that was killed says nothing: whether the letter left, nobody here can know."""
    silent = Appeal.objects.filter(state=Appeal.State.SENDING, claimed_at__lt=now - appeals.LEASE)
    for appeal_id in silent.values_list("pk", flat=True):
        appeals.doubt(appeal_id, DIED, claimed_before=now - appeals.LEASE)


def message(appeal: Appeal) -> EmailMessage:
    """To one address only: of several the server could refuse one and say nothing. Answers go to who sent it."""
    name, ours = one_line(appeal.sender_name), parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return EmailMessage(
        subject=one_line(appeal.subject),
        body=appeal.text,
        from_email=formataddr((name, ours)),
        to=[appeal.to],
        reply_to=[formataddr((name, appeal.sender.email))] if appeal.sender else None,
    )


def _words(error: OSError) -> str:
    return f"{type(error).__name__}: {one_line(str(error))}"[:250]
