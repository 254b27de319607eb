"""One account with hundreds of texts to be sent holds up nobody else's, and its own go out one after the other."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from reviews.models import Attempt, Review
from sandbox.handle import Sandbox
from sync import due
from sync.poll import poll_account
from sync.turns import AT_ONCE, carry_in_turn, place_of
from tests.factories import make_account
from tests.polling.conftest import make_due
from tests.polling.test_turns import submitted

pytestmark = pytest.mark.django_db
State = Attempt.State


def queued(account: TwilioAccount, count: int, **over: object) -> list[Attempt]:
    now = timezone.now()
    return [
        Attempt.objects.create(review=review, number=1, **{"due_at": now, **over})
        for review in make_due(account, count)
    ]


@pytest.fixture
def texts(account: TwilioAccount, twilio: Sandbox) -> list[Attempt]:
    """Five rejected campaigns, repaired and waiting to be sent."""
    for number in range(5):
        twilio.reject(twilio.register(account.sid, name=f"Larkspur {number}").service_sid, [30924])
    poll_account(account.pk)
    twilio.clear_journal()
    return [submitted(review) for review in Review.objects.with_names().filter(kind="campaign").order_by("pk")]


def sent(twilio: Sandbox) -> int:
    return sum(call.method == "POST" for call in twilio.calls())


def test_attempts_are_given_out_in_turns_over_accounts_and_some_of_each() -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    noisy = queued(make_account(), due.EACH_SENT + 5, due_at=long_ago)
    [quiet] = queued(make_account(), 1)
    first = due.claim_due_attempts(timezone.now())
    assert len(first) == due.EACH_SENT + 1
    assert quiet.pk in first[:2]
    assert first[0] == noisy[0].pk
    assert due.claim_due_attempts(timezone.now()) == [attempt.pk for attempt in noisy[due.EACH_SENT :]]


def test_a_task_carries_on_with_what_else_of_its_account_is_due(texts: list[Attempt], twilio: Sandbox) -> None:
    later = texts.pop()
    Attempt.objects.filter(pk=later.pk).update(due_at=timezone.now() + timedelta(hours=1))
    carry_in_turn(texts[2].pk)
    assert {attempt.pk for attempt in Attempt.objects.filter(state=State.ACCEPTED)} == {t.pk for t in texts}
    assert sent(twilio) == 4


def test_another_accounts_task_carries_only_its_own(texts: list[Attempt], twilio: Sandbox) -> None:
    [other] = queued(make_account(disconnected_at=timezone.now()), 1)
    carry_in_turn(other.pk)
    assert sent(twilio) == 0


def test_where_enough_send_a_task_ends_at_once_and_its_attempt_stays_due(texts: list[Attempt], twilio: Sandbox) -> None:
    [other] = queued(make_account(disconnected_at=timezone.now()), 1)
    with ExitStack() as others:
        for _ in range(AT_ONCE):
            assert others.enter_context(place_of(texts[0].review.account_id))
        carry_in_turn(texts[0].pk)
        assert sent(twilio) == 0
        with place_of(other.review.account_id) as is_free:
            assert is_free, "of another account"
    assert texts[0].pk in due.claim_due_attempts(timezone.now()), "the next tick gives it out"
    carry_in_turn(texts[0].pk)
    assert sent(twilio) == len(texts)


def test_each_is_tried_once_in_a_turn(texts: list[Attempt], settings: Settings) -> None:
    """Nobody listens where Twilio should be."""
    settings.TWILIO_API_URL = "http://127.0.0.1:9"
    carry_in_turn(texts[0].pk)
    assert {*Attempt.objects.values_list("state", "tries")} == {(State.QUEUED, 1)}
