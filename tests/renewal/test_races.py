"""Twenty at once make one: one plan, one deletion, one creation."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from pytest_django.fixtures import Settings

from accounts.models import User
from reviews.models import Renewal, Review
from reviews.renewals import Wish
from sandbox.handle import Registration, Sandbox
from sync import renew, renewal_gate
from sync.gate import NotSent
from tests.renewal.conftest import WHY, carried, confirm, creations, deletions, order
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 20


def at_once(act: Callable[[], object]) -> int:
    """How many of twenty that press at the same moment are let through."""
    barrier, passed = Barrier(MANY), list[bool]()

    def press() -> None:
        barrier.wait()
        try:
            act()
        except NotSent:
            pass
        else:
            passed.append(True)
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(MANY)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(passed)


def test_twenty_plans_are_one(review: Review, ana: User) -> None:
    assert at_once(lambda: renewal_gate.plan(review.pk, Wish(WHY), ana)) == 1
    assert Renewal.objects.count() == 1


def test_twenty_confirmations_are_one(
    planned: Renewal, marta: User, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    assert at_once(lambda: confirm(Renewal.objects.get(pk=planned.pk), marta)) == 1
    assert at_once(lambda: renew.carry(planned.pk)) == MANY
    planned.refresh_from_db()
    assert planned.state == Renewal.State.DELETED
    assert deletions(twilio, wrong_use_case) == 1


def test_twenty_orders_are_one(deleted: Renewal, marta: User, twilio: Sandbox, wrong_use_case: Registration) -> None:
    assert at_once(lambda: order(Renewal.objects.get(pk=deleted.pk), marta)) == 1
    assert at_once(lambda: renew.carry(deleted.pk)) == MANY
    deleted.refresh_from_db()
    assert deleted.state == Renewal.State.CREATED
    assert creations(twilio, wrong_use_case) == 1


def test_cancelled_and_confirmed_at_once_is_one_of_the_two(
    planned: Renewal, ana: User, marta: User, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    def cancel() -> None:
        renewal_gate.cancel(planned.pk, ana)
        connection.close()

    cancelling = Thread(target=cancel)
    cancelling.start()
    at_once(lambda: confirm(Renewal.objects.get(pk=planned.pk), marta))
    cancelling.join()
    carried(planned)
    done = {Renewal.State.CANCELLED: 0, Renewal.State.DELETED: 1}
    assert deletions(twilio, wrong_use_case) == done[Renewal.State(planned.state)]


def test_a_worker_that_came_late_takes_no_mark_away(
    ordered: Renewal, twilio: Sandbox, wrong_use_case: Registration, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 3

    def look_in_vain() -> None:
        renew.carry(ordered.pk)
        connection.close()

    twilio.clear_journal()
    twilio.time_out_before(method="GET", path="/Usa2p")
    late = Thread(target=look_in_vain)
    late.start()
    until(lambda: any(call.fault for call in twilio.calls()))
    twilio.drop_after(method="POST")
    assert carried(ordered).is_in_doubt
    twilio.server_error(method="GET", path="/Usa2p", calls=10)
    late.join()
    twilio.clear_faults()
    ordered.refresh_from_db()
    assert ordered.is_in_doubt
    assert carried(ordered).state == Renewal.State.CREATED
    assert twilio.counters().received_by("campaigns.create", wrong_use_case.service_sid) == 1
