"""A worker killed between each pair of steps of a deletion and of a creation. Real broker, real worker process,
SIGKILL: in the end the old one is deleted once and the new one created once, or not at all, and the plan knows it."""

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from reviews.models import Renewal, Review
from sandbox.handle import Registration, Sandbox
from sync import tasks
from tests.gate.test_kills import no_task_waits as no_task_waits
from tests.renewal.conftest import creations, deletions, order
from tests.rows import row_held, somebody_waits_for_a_row
from tests.waiting import until
from tests.workers import Workers

pytestmark = pytest.mark.django_db(transaction=True)
State = Renewal.State


def state_of(renewal: Renewal) -> State:
    renewal.refresh_from_db()
    return State(renewal.state)


def is_sent(renewal: Renewal) -> bool:
    renewal.refresh_from_db()
    return bool(renewal.create_sent_at if renewal.state == State.CREATING else renewal.delete_sent_at)


def finished_by_a_new_worker(renewal: Renewal, workers: Workers) -> State:
    """The lease runs out, a new worker starts, the sweep goes round until nothing is under way."""
    workers.start()

    def finished() -> bool:
        if state_of(renewal) in (State.DELETING, State.CREATING):
            Renewal.objects.filter(pk=renewal.pk).update(due_at=timezone.now())
            tasks.fan_out_due_renewals()
            return False
        return True

    until(finished, 40)
    return state_of(renewal)


def killed_before_it_claimed(renewal: Renewal, workers: Workers) -> None:
    with transaction.atomic():
        Renewal.objects.select_for_update().get(pk=renewal.pk)
        worker = workers.start()
        until(somebody_waits_for_a_row)
        worker.kill()


def test_killed_before_the_deletion_was_claimed(
    confirmed: Renewal, workers: Workers, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    killed_before_it_claimed(confirmed, workers)
    assert finished_by_a_new_worker(confirmed, workers) == State.DELETED
    assert deletions(twilio, wrong_use_case) == 1


def test_killed_before_the_deletion_arrived(
    confirmed: Renewal, workers: Workers, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.time_out_before(60, method="DELETE")
    worker = workers.start()
    until(lambda: is_sent(confirmed))
    worker.kill()
    twilio.clear_faults()
    assert finished_by_a_new_worker(confirmed, workers) == State.DELETED
    assert deletions(twilio, wrong_use_case) == 1


def test_killed_after_the_deletion_arrived_and_before_its_answer(
    confirmed: Renewal, workers: Workers, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.slow(60, method="DELETE")
    worker = workers.start()
    until(lambda: deletions(twilio, wrong_use_case) == 1)
    worker.kill()
    assert state_of(confirmed) == State.DELETING
    assert finished_by_a_new_worker(confirmed, workers) == State.DELETED
    assert deletions(twilio, wrong_use_case) == 1


def test_killed_after_the_deletion_was_answered_and_before_it_was_written_down(
    confirmed: Renewal, review: Review, workers: Workers, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.slow(1.5, method="DELETE")
    worker = workers.start()
    until(lambda: deletions(twilio, wrong_use_case) == 1)
    with row_held(review):
        until(somebody_waits_for_a_row)
        worker.kill()
    assert finished_by_a_new_worker(confirmed, workers) == State.DELETED
    assert deletions(twilio, wrong_use_case) == 1


def test_killed_before_the_creation_was_claimed(
    ordered: Renewal, workers: Workers, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    killed_before_it_claimed(ordered, workers)
    assert finished_by_a_new_worker(ordered, workers) == State.CREATED
    assert creations(twilio, wrong_use_case) == 1


def test_killed_before_the_creation_arrived(
    ordered: Renewal, workers: Workers, twilio: Sandbox, wrong_use_case: Registration, marta: User
) -> None:
    twilio.time_out_before(60, method="POST")
    worker = workers.start()
    until(lambda: is_sent(ordered))
    worker.kill()
    twilio.clear_faults()
    assert finished_by_a_new_worker(ordered, workers) == State.DELETED
    assert creations(twilio, wrong_use_case) == 0
    order(ordered, marta)
    until(lambda: state_of(ordered) == State.CREATED, 40)
    assert creations(twilio, wrong_use_case) == 1


def test_killed_after_the_creation_arrived_and_before_its_answer(
    ordered: Renewal, workers: Workers, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.slow(60, method="POST")
    worker = workers.start()
    until(lambda: creations(twilio, wrong_use_case) == 1)
    worker.kill()
    assert state_of(ordered) == State.CREATING
    assert finished_by_a_new_worker(ordered, workers) == State.CREATED
    assert creations(twilio, wrong_use_case) == 1


def test_killed_after_the_creation_was_answered_and_before_it_was_written_down(
    ordered: Renewal, review: Review, workers: Workers, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.slow(1.5, method="POST")
    worker = workers.start()
    until(lambda: creations(twilio, wrong_use_case) == 1)
    with row_held(review):
        until(somebody_waits_for_a_row)
        worker.kill()
    assert finished_by_a_new_worker(ordered, workers) == State.CREATED
    assert creations(twilio, wrong_use_case) == 1


def test_killed_after_all_was_written_down_and_the_task_is_given_out_again(
    ordered: Renewal, workers: Workers, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    worker = workers.start()
    until(lambda: state_of(ordered) == State.CREATED, 40)
    worker.kill()
    tasks.carry_renewal.delay(ordered.pk)
    assert finished_by_a_new_worker(ordered, workers) == State.CREATED
    assert (deletions(twilio, wrong_use_case), creations(twilio, wrong_use_case)) == (1, 1)
