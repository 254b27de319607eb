"""A worker killed between taking an account's events and reading at Twilio: another one does it, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import TwilioAccount
from reviews.models import Review
from reviews.status import Status
from sandbox.handle import Registration, Sandbox
from sync import tasks
from sync.models import Event, EventStream
from sync.poll import poll_account
from tests.events.conftest import cloud_event, stream_of
from tests.events.test_work import age, hear
from tests.gate.test_kills import no_task_waits
from tests.waiting import until
from tests.workers import Workers

__all__ = ["no_task_waits"]  # a fixture

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_worker_killed_before_its_reading_was_answered(
    account: TwilioAccount, twilio: Sandbox, registered: Registration, workers: Workers
) -> None:
    poll_account(account.pk)
    age(timedelta(hours=1))
    stream_of(account)
    twilio.approve(registered.service_sid)
    hear(account, cloud_event("campaign-registration.campaign-approved", messagingservicesid=registered.service_sid))
    twilio.time_out_before(60, method="GET", path="Usa2p/")
    tasks.work_on_events.delay(account.pk)
    killed = workers.start()
    until(lambda: EventStream.objects.filter(worked_until__isnull=False).exists(), 60)
    until(lambda: any(call.fault for call in twilio.calls()))
    killed.kill()
    twilio.clear_faults()
    assert Event.objects.get().outcome == ""
    EventStream.objects.update(worked_until=timezone.now() - timedelta(seconds=1))
    workers.start()
    tasks.fan_out_waiting_events()
    until(lambda: Event.objects.get().outcome == Event.Outcome.READ, 60)
    assert Review.objects.get(kind="campaign").status == Status.APPROVED
