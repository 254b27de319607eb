"""A worker killed in every step of a brand's repair, before and after the call arrived. Real broker, real worker,
SIGKILL: in the end Twilio has carried out exactly one update of the brand, and the attempt knows it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from reviews.models import Attempt, Review
from sandbox.handle import RegisteredBrand, Sandbox
from sync import tasks
from tests.brands.conftest import steps_of
from tests.gate.test_kills import no_task_waits as no_task_waits
from tests.rows import row_held, somebody_waits_for_a_row
from tests.waiting import until
from tests.workers import Workers

pytestmark = pytest.mark.django_db(transaction=True)
State = Attempt.State

# Each call of an attempt, in order: its method and its path.
CALLS = {
    "the end user is looked at": ("GET", "EndUsers"),
    "the end user is written": ("POST", "EndUsers"),
    "the profile is evaluated": ("POST", "Evaluations"),
    "the profile is handed in": ("POST", r"CustomerProfiles/BU[0-9a-f]+$"),
    "the brand is sent": ("POST", "BrandRegistrations"),
}


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("fault", ["time_out_before", "slow"])
def test_killed_while(
    call: str, fault: str, attempt: Attempt, failed: Review, workers: Workers, twilio: Sandbox,
    at_registry: RegisteredBrand,
) -> None:  # fmt: skip
    """`slow`: Twilio has carried the call out and its answer never came; the other: it never arrived."""
    method, path = CALLS[call]
    getattr(twilio, fault)(60, method=method, path=path)
    worker = workers.start()
    if call == "the brand is sent":
        until(lambda: steps_of(attempt)["submit"], 40)
        twilio.judge_now(at_registry.papers.profile_sid)
    until(lambda: look_in(attempt) and is_struck(twilio, attempt), 40)
    worker.kill()
    twilio.clear_faults()
    settled = settled_by_a_new_worker(attempt, workers, twilio, at_registry)
    never_arrived = call == "the brand is sent" and fault == "time_out_before"
    assert settled == (State.NOT_APPLIED if never_arrived else State.ACCEPTED)
    counters = twilio.counters()
    sent = 0 if never_arrived else 1
    assert counters.accepted_by("brands.update", at_registry.brand_sid) == sent
    assert counters.accepted_by("end_users.update", at_registry.papers.business_sid) == 1
    failed.refresh_from_db()
    assert (failed.attempts_used, failed.attempt_open) == (sent, False)


def test_killed_between_a_step_and_its_note(
    attempt: Attempt, failed: Review, workers: Workers, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    twilio.slow(1.5, method="POST", path="EndUsers")
    worker = workers.start()
    until(lambda: twilio.counters().accepted_by("end_users.update", at_registry.papers.business_sid) == 1, 40)
    with row_held(failed):
        until(somebody_waits_for_a_row)
        worker.kill()
    assert not steps_of(attempt)["end_user"]
    assert settled_by_a_new_worker(attempt, workers, twilio, at_registry) == State.ACCEPTED
    counters = twilio.counters()
    assert counters.accepted_by("end_users.update", at_registry.papers.business_sid) == 1
    assert counters.accepted_by("brands.update", at_registry.brand_sid) == 1


def is_struck(twilio: Sandbox, attempt: Attempt) -> bool:
    """Whether the call that a fault lies in wait for has come."""
    attempt.refresh_from_db()
    return attempt.state != State.QUEUED and any(call.fault for call in twilio.calls())


def settled_by_a_new_worker(attempt: Attempt, workers: Workers, twilio: Sandbox, brand: RegisteredBrand) -> State:
    """The lease runs out, a new worker starts, Twilio approves the profile, the sweep goes round until it is over."""
    workers.start()
    Attempt.objects.filter(pk=attempt.pk).update(due_at=timezone.now())

    def settled() -> bool:
        if steps_of(attempt)["submit"] and not steps_of(attempt)["await"]:
            twilio.judge_now(brand.papers.profile_sid)
        look_in(attempt)
        attempt.refresh_from_db()
        return not attempt.is_open

    until(settled, 60)
    return State(attempt.state)


def look_in(attempt: Attempt) -> bool:
    """The sweep goes round, and a pause between two looks at the reviewers is over; a worker's lease is not."""
    pause = timezone.now() + timedelta(seconds=15)
    waiting = Attempt.objects.filter(pk=attempt.pk, state=State.PREPARING, due_at__lte=pause)
    waiting.update(due_at=timezone.now())
    tasks.fan_out_due_attempts()
    return True
