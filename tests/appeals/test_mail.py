"""Mailing an appeal: once, to one address, and what happens when the mail server does not play along."""

import smtplib
from collections.abc import Callable
from datetime import timedelta
from email.message import EmailMessage as Parsed
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Role, TwilioAccount, User
from notifications import appeal_mail
from notifications.tasks import fan_out_appeals
from reviews import appeals
from reviews.models import Appeal, Review
from tests.appeals.conftest import FINAL
from tests.factories import make_user, mirror

pytestmark = pytest.mark.django_db

State = Appeal.State
TO = "support@twilio.example"


class Broken(BaseEmailBackend):
    """A mail server that raises what it is told to."""

    def __init__(self, *, what: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.what = what

    def send_messages(self, email_messages: Any) -> int:
        raise ERRORS[self.what]


ERRORS: dict[str, Exception] = {
    "recipient refused": smtplib.SMTPRecipientsRefused({TO: (550, b"no such user")}),
    "sender refused": smtplib.SMTPSenderRefused(553, b"not yours", "redress@isv.example"),
    "password refused": smtplib.SMTPAuthenticationError(535, b"bad credentials"),
    "text refused": smtplib.SMTPDataError(554, b"looks like spam"),
    "connection broke": smtplib.SMTPServerDisconnected("Connection unexpectedly closed"),
    "no answer": TimeoutError("timed out"),
}


@pytest.fixture
def queued(review: Review, ana: User) -> Appeal:
    appeal = appeals.begin(review.pk, ana)
    assert appeal
    assert appeals.queue(appeal.pk, ana, TO, appeal.revision)
    return appeal


@pytest.fixture
def server_that(settings: Settings) -> Callable[[str], None]:
    def says(what: str) -> None:
        settings.MAILERS = {"default": {"BACKEND": f"{__name__}.Broken", "OPTIONS": {"what": what}}}

    return says


def mailed(appeal: Appeal) -> Appeal:
    appeal_mail.mail(appeal.pk, timezone.now())
    appeal.refresh_from_db()
    return appeal


def test_it_goes_to_one_address_in_the_persons_name_and_answers_come_to_them(
    queued: Appeal, settings: Settings, review: Review
) -> None:
    settings.DEFAULT_FROM_EMAIL = "Redress <desk@isv.example>"
    assert mailed(queued).state == State.SENT
    (letter,) = mail.outbox
    assert letter.subject == "A2P Campaign Rejection Appeal for Larkspur Bike Repair"
    assert (letter.to, letter.cc, letter.bcc) == ([TO], [], [])
    assert letter.from_email == "Ana Ruiz <desk@isv.example>"
    assert letter.reply_to == ["Ana Ruiz <ana@isv.example>"]
    assert letter.body == queued.text
    review.refresh_from_db()
    assert review.appealed_at == queued.sent_at


def test_it_is_mailed_once_however_often_it_is_asked(queued: Appeal) -> None:
    for _ in range(3):
        mailed(queued)
    fan_out_appeals()
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("what", ["recipient refused", "sender refused", "password refused", "text refused"])
def test_refused_by_the_server_it_is_a_draft_again_and_says_why(
    queued: Appeal, review: Review, server_that: Callable[[str], None], what: str
) -> None:
    server_that(what)
    assert mailed(queued).state == State.DRAFTED
    assert queued.error.startswith("Nothing left: SMTP")
    review.refresh_from_db()
    assert review.appealed_at is None


def test_with_no_server_there_it_is_a_draft_again(queued: Appeal, settings: Settings) -> None:
    nobody_there = {"host": "127.0.0.1", "port": 9}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": nobody_there}}
    assert mailed(queued).state == State.DRAFTED
    assert "ConnectionRefusedError" in queued.error


@pytest.mark.parametrize("what", ["connection broke", "no answer"])
def test_without_a_clear_answer_it_is_not_mailed_again_before_somebody_decides(
    queued: Appeal, ana: User, server_that: Callable[[str], None], what: str
) -> None:
    server_that(what)
    assert mailed(queued).state == State.UNKNOWN
    fan_out_appeals()
    assert mailed(queued).state == State.UNKNOWN
    assert appeals.settle(queued.pk, ana, left=False)
    queued.refresh_from_db()
    assert queued.state == State.DRAFTED
    assert not appeals.settle(queued.pk, ana, left=True)


def test_somebody_who_saw_it_leave_says_so(queued: Appeal, review: Review, ana: User) -> None:
    Appeal.objects.update(state=State.UNKNOWN, claimed_at=timezone.now())
    assert appeals.settle(queued.pk, ana, left=True)
    queued.refresh_from_db()
    review.refresh_from_db()
    assert queued.state == State.SENT
    assert review.appealed_at == queued.sent_at == queued.claimed_at


def test_a_worker_killed_while_mailing_leaves_a_doubt_and_no_second_letter(queued: Appeal) -> None:
    killed_at = timezone.now() - appeals.LEASE - timedelta(seconds=1)
    assert appeals.claim(queued.pk, killed_at)
    fan_out_appeals()
    queued.refresh_from_db()
    assert queued.state == State.UNKNOWN
    assert queued.error == appeal_mail.DIED
    assert not mail.outbox


def test_a_worker_that_is_still_at_it_is_left_alone(queued: Appeal) -> None:
    assert appeals.claim(queued.pk, timezone.now())
    fan_out_appeals()
    queued.refresh_from_db()
    assert queued.state == State.SENDING


def test_a_late_word_of_the_mail_server_still_counts(queued: Appeal) -> None:
    appeals.claim(queued.pk, timezone.now())
    appeals.doubt(queued.pk, "silence")
    appeals.left(queued.pk, timezone.now())
    queued.refresh_from_db()
    assert queued.state == State.SENT


def test_what_the_broker_lost_is_found_by_the_next_tick(queued: Appeal) -> None:
    assert appeal_mail.waiting() == [queued.pk]


def test_what_twilio_changed_meanwhile_is_not_mailed(queued: Appeal, account: TwilioAccount) -> None:
    mirror(account, "campaign", {**FINAL, "campaign_status": "VERIFIED", "errors": []})
    assert mailed(queued).state == State.DRAFTED
    assert queued.error == appeals.CHANGED
    assert not mail.outbox


def test_names_and_addresses_cannot_add_a_header(review: Review) -> None:
    eve = make_user(Role.EDITOR, name="Eve\r\nBcc: all@evil.example", email="eve@isv.example")
    appeal = appeals.begin(review.pk, eve)
    assert appeal
    appeals.keep(appeal.pk, eve, appeals.Text("Hello\nBcc: all@evil.example", "T", 1))
    appeals.queue(appeal.pk, eve, TO, 2)
    assert mailed(appeal).state == State.SENT
    sent: Parsed = mail.outbox[0].message()
    assert sent["Bcc"] is None
    assert sent["Subject"] == "Hello Bcc: all@evil.example"
    assert sent.get_all("To") == [TO]
