"""A worker killed between each pair of steps of sending. Real broker, real worker process, SIGKILL: in the end
Twilio has received exactly one update that it carried out, and the attempt knows it."""

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from redis import Redis

from accounts.models import User
from campaigns import repair
from campaigns.draft import Draft
from reviews.models import Attempt, Review
from sandbox.handle import Registration, Sandbox
from sync import tasks
from tests.queues import empty_queues
from tests.rows import row_held, somebody_waits_for_a_row
from tests.waiting import until
from tests.workers import Workers

pytestmark = pytest.mark.django_db(transaction=True)
State = Attempt.State


@pytest.fixture(autouse=True)
def no_task_waits() -> None:
    """Of an earlier test: by itself, so that it comes before whatever this one asks for."""
    empty_queues()


@pytest.fixture
def submitted(rejected: Review, repaired: Draft, editor: User, stands: dict[str, object]) -> Attempt:
    return repair.submit(rejected.pk, repaired, editor, based_on=stands)


def is_state(attempt: Attempt, *states: State) -> bool:
    attempt.refresh_from_db()
    return attempt.state in states


def settled_by_a_new_worker(attempt: Attempt, workers: Workers) -> State:
    """The lease runs out, and the half minute in which nobody else is given what the dead one was; a new worker starts,
    the sweep goes round until nothing is open."""
    Attempt.objects.filter(pk=attempt.pk).update(given_at=None)
    workers.start()

    def settled() -> bool:
        attempt.refresh_from_db()
        if attempt.is_open:
            Attempt.objects.filter(pk=attempt.pk).exclude(state=State.QUEUED).update(due_at=timezone.now())
            tasks.fan_out_due_attempts()
        return not attempt.is_open

    until(settled, 40)
    return State(attempt.state)


def updates(twilio: Sandbox, registered: Registration) -> int:
    return twilio.counters().accepted_by("campaigns.update", registered.service_sid)


def test_killed_before_it_claimed(
    submitted: Attempt, rejected: Review, workers: Workers, twilio: Sandbox, registered: Registration
) -> None:
    with row_held(rejected):
        worker = workers.start()
        until(somebody_waits_for_a_row)
        worker.kill()
    assert is_state(submitted, State.QUEUED)
    assert settled_by_a_new_worker(submitted, workers) == State.ACCEPTED
    assert updates(twilio, registered) == 1


def test_killed_after_it_claimed_and_before_the_call_arrived(
    submitted: Attempt, workers: Workers, twilio: Sandbox, registered: Registration, editor: User,
    rejected: Review, repaired: Draft, stands: dict[str, object],
) -> None:  # fmt: skip
    twilio.time_out_before(60, method="POST")
    worker = workers.start()
    until(lambda: is_state(submitted, State.SENDING))
    worker.kill()
    twilio.clear_faults()
    assert settled_by_a_new_worker(submitted, workers) == State.NOT_APPLIED
    assert updates(twilio, registered) == 0
    again = repair.submit(rejected.pk, repaired, editor, based_on=stands)
    assert until(lambda: is_state(again, State.ACCEPTED), 40)
    assert updates(twilio, registered) == 1


def test_killed_after_the_call_arrived_and_before_its_answer(
    submitted: Attempt, workers: Workers, twilio: Sandbox, registered: Registration
) -> None:
    twilio.slow(60, method="POST")
    worker = workers.start()
    until(lambda: updates(twilio, registered) == 1)
    worker.kill()
    assert is_state(submitted, State.SENDING)
    assert settled_by_a_new_worker(submitted, workers) == State.ACCEPTED
    assert updates(twilio, registered) == 1


def test_killed_after_the_answer_and_before_it_was_written_down(
    submitted: Attempt, rejected: Review, workers: Workers, twilio: Sandbox, registered: Registration
) -> None:
    twilio.slow(1.5, method="POST")
    worker = workers.start()
    until(lambda: updates(twilio, registered) == 1)
    with row_held(rejected):
        until(somebody_waits_for_a_row)
        worker.kill()
    assert is_state(submitted, State.SENDING)
    assert settled_by_a_new_worker(submitted, workers) == State.ACCEPTED
    assert updates(twilio, registered) == 1


def test_killed_after_it_was_written_down_and_the_task_is_given_out_again(
    submitted: Attempt, rejected: Review, workers: Workers, twilio: Sandbox, registered: Registration
) -> None:
    worker = workers.start()
    until(lambda: is_state(submitted, State.ACCEPTED), 40)
    worker.kill()
    tasks.carry_attempt.delay(submitted.pk)
    workers.start()
    until(lambda: not _waiting_messages(), 40)
    rejected.refresh_from_db()
    assert (updates(twilio, registered), rejected.attempts_used) == (1, 1)


def _waiting_messages() -> int:
    return int(Redis.from_url(django_settings.REDIS_URL).llen("twilio"))
