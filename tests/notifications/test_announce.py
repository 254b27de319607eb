"""Who is told of what, once, and what happens when a mail cannot be sent."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from pytest_django.fixtures import DjangoAssertNumQueries, Settings

from accounts.models import Role, TwilioAccount, User
from notifications import announce
from notifications.models import Notice
from reviews.models import Review, StatusChange
from tests.factories import campaign_payload, make_account, make_customer, make_user, mirror

pytestmark = pytest.mark.django_db

type Change = Callable[..., Review]


@pytest.fixture
def larkspur() -> TwilioAccount:
    return make_account()


@pytest.fixture
def ana() -> User:
    return make_user(Role.EDITOR, name="Ana Ruiz", alerts_on=True)


@pytest.fixture
def change(larkspur: TwilioAccount) -> Change:
    """A campaign that was in review is answered by Twilio: rejected, unless something else is said."""
    seen = datetime(2026, 11, 1, tzinfo=UTC)

    def changed(**over: Any) -> Review:
        account = over.pop("account", larkspur)
        pending = campaign_payload(campaign_status="IN_PROGRESS", errors=[])
        mirror(account, "campaign", pending, as_of=seen)
        answered = {**pending, "campaign_status": "FAILED", "errors": [{"error_code": 30924}], **over}
        return mirror(account, "campaign", answered, as_of=seen + timedelta(days=1))[0]

    return changed


def tell() -> None:
    """One tick, with the mails it would hand to the workers."""
    announce.write_notices()
    for person_id in announce.people_to_mail():
        announce.mail(person_id)


def test_a_rejection_is_mailed_with_its_reasons_and_a_link(ana: User, change: Change) -> None:
    review = change()
    tell()
    (told,) = mail.outbox
    assert told.to == [ana.email]
    assert told.subject == "Redress: 1 to fix"
    assert "Reasons: 30924" in told.body
    assert f"https://redress.example/items/{review.pk}/" in told.body


def test_what_changed_together_is_one_mail(ana: User, change: Change) -> None:
    change()
    change(campaign_status="VERIFIED", errors=[])
    tell()
    assert [told.subject for told in mail.outbox] == ["Redress: 1 to fix, 1 approved"]


def test_nobody_is_told_twice(ana: User, change: Change) -> None:
    change()
    tell()
    tell()
    StatusChange.objects.update(announced_at=None)
    tell()
    assert len(mail.outbox) == 1


def test_what_is_seen_for_the_first_time_is_told_to_nobody(ana: User, larkspur: TwilioAccount) -> None:
    mirror(larkspur, "campaign", campaign_payload())
    tell()
    assert not mail.outbox


def test_going_into_review_is_no_news(ana: User, larkspur: TwilioAccount) -> None:
    rejected = campaign_payload()
    mirror(larkspur, "campaign", rejected, as_of=datetime(2026, 11, 1, tzinfo=UTC))
    mirror(larkspur, "campaign", {**rejected, "campaign_status": "IN_PROGRESS", "errors": []})
    tell()
    assert not mail.outbox
    assert not StatusChange.objects.filter(announced_at=None).exists()


def test_only_those_who_want_alerts_and_see_the_customer_are_told(change: Change, larkspur: TwilioAccount) -> None:
    make_user(Role.EDITOR)
    make_user(Role.EDITOR, alerts_on=True, is_active=False)
    make_user(Role.EDITOR, alerts_on=True, all_customers=False).customers.add(make_customer("Pelican Pizza Co."))
    theirs = make_user(Role.EDITOR, alerts_on=True, all_customers=False)
    theirs.customers.add(larkspur.customer)
    change()
    tell()
    assert [told.to for told in mail.outbox] == [[theirs.email]]


def test_a_mail_that_fails_goes_again_with_the_next_tick(ana: User, change: Change, settings: Settings) -> None:
    change()
    works = settings.MAILERS
    nobody_there = {"host": "127.0.0.1", "port": 9}
    settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": nobody_there}}
    tell()
    notice = Notice.objects.get()
    assert (notice.sent_at, notice.tries) == (None, 1)
    assert "ConnectionRefusedError" in notice.error
    settings.MAILERS = works
    tell()
    notice.refresh_from_db()
    assert (len(mail.outbox), notice.tries, notice.error) == (1, 2, "")
    assert notice.sent_at


def test_a_worker_that_dies_over_a_mail_leaves_a_doubt_that_the_next_mail_tells(ana: User, change: Change) -> None:
    cut_off = change()
    announce.write_notices()
    Notice.objects.update(taken_at=timezone.now(), tries=1)
    later = change()
    tell()
    (told,) = mail.outbox
    assert f"/items/{later.pk}/" in told.body
    assert f"/items/{cut_off.pk}/" not in told.body, "somebody may be mailing it just now"

    Notice.objects.filter(sent_at=None).update(taken_at=timezone.now() - announce.LEASE - timedelta(seconds=1))
    newest = change()
    tell()
    plain, _, doubtful = mail.outbox[1].body.partition("may have reached you already")
    assert (f"/items/{newest.pk}/" in plain, f"/items/{cut_off.pk}/" in doubtful) == (True, True)
    assert len(mail.outbox) == 2
    tell()
    assert len(mail.outbox) == 2


def test_a_mail_is_given_up_after_the_last_try(ana: User, change: Change) -> None:
    change()
    announce.write_notices()
    Notice.objects.update(tries=announce.MOST_TRIES)
    tell()
    assert not mail.outbox


def test_a_tick_costs_the_same_for_many_changes(
    ana: User, change: Change, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(12):
        change()
    with django_assert_num_queries(7):  # savepoints included
        assert announce.write_notices() == 12
    assert Notice.objects.filter(created_at__lte=timezone.now()).count() == 12
