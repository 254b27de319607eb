"""A crew that does what beat and the workers do, in threads of the test: real tasks from the real broker, any order.

Nobody waits for a pause to be over: what is due later is brought forward. What a worker holds by a lease stays its own.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import timedelta
from functools import partial
from queue import Empty
from time import monotonic

import pytest
from django.db import connections
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from brands.models import Brand
from brands.tasks import fan_out_due_dossiers
from config.celery import app
from notifications.tasks import fan_out_announcements
from reviews.models import Attempt, Renewal
from sandbox.handle import Sandbox
from sync import tasks
from sync.models import EventStream
from tests.pace import pauses_are_over
from tests.rows import update_free

# Of a hundred calls 20 are throttled, 10 fail, 10 get no answer, 5 a late one and 4 a broken one.
STORM = {
    "throttle": 0.20,
    "server_error": 0.10,
    "timeout_after": 0.05,
    "timeout_before": 0.05,
    "slow": 0.05,
    "half_body": 0.02,
    "wrong_json": 0.02,
}
HANDS = 8
QUEUES = ("twilio", "default")
BEATS: tuple[Callable[[], None], ...] = (
    tasks.fan_out_due_accounts,
    tasks.fan_out_due_reviews,
    tasks.fan_out_due_attempts,
    tasks.fan_out_due_renewals,
    tasks.fan_out_waiting_events,
    fan_out_due_dossiers,
    fan_out_announcements,
)

type Job = Callable[[], object]


class Crew:
    """What a task raises is raised where the crew is told to go on."""

    def __init__(self) -> None:
        list(given_out())
        self._pool = ThreadPoolExecutor(HANDS)
        self._at_work: set[Future[None]] = set()

    def work_until(self, is_so: Callable[[], bool], seconds: float = 60) -> None:
        """Works until it is so and nobody is at work any more. Raises TimeoutError."""
        deadline = monotonic() + seconds
        while not is_so():
            if monotonic() > deadline:
                raise TimeoutError(f"not within {seconds:.0f} s: {standing()}")
            self._tick()
        self.finish()

    def finish(self) -> None:
        """What is at work is done, and all that comes of it."""
        while self._at_work or self._take_up():
            self._wait()

    def close(self) -> None:
        self._pool.shutdown(cancel_futures=True)
        list(given_out())

    def _tick(self) -> None:
        pauses_are_over()
        bring_forward()
        if not self._at_work:
            bring_leases_forward()
        if len(self._at_work) < HANDS:
            for beat in BEATS:
                beat()
            self._take_up()
        self._wait()

    def _take_up(self) -> bool:
        self._at_work |= {self._pool.submit(_alone, job) for job in given_out()}
        return bool(self._at_work)

    def _wait(self) -> None:
        pauses_are_over()
        done, self._at_work = wait(self._at_work, timeout=0.2, return_when=FIRST_COMPLETED)
        for work in done:
            work.result()


@pytest.fixture
def crew(settings: Settings, twilio: Sandbox) -> Iterator[Crew]:
    settings.TWILIO_TIMEOUT_SECONDS = 0.4
    settings.TWILIO_READ_AGAIN_SECONDS = [0.0, 0.0, 0.0]
    settings.READ_BACK_SECONDS = [0, 0, 0]
    settings.TWILIO_READS_AT_ONCE = 100
    crew = Crew()
    yield crew
    crew.close()


def given_out() -> Iterator[Job]:
    """The tasks that wait for a worker, taken from the broker. Celery's own purge empties the default queue alone."""
    with app.connection_for_read() as broker:
        for name in QUEUES:
            queue = broker.SimpleQueue(name, no_ack=True)
            try:
                while message := queue.get(block=False):
                    args, kwargs, _ = message.payload
                    yield partial(app.tasks[message.headers["task"]], *args, **kwargs)
            except Empty:
                queue.close()


def bring_forward() -> None:
    """What waits for time alone is due now: an attempt that is queued again, one in doubt, for which its page has a
    button, and an account that gave way or failed. Hours lie between two readings of one otherwise."""
    now, soon = timezone.now(), timezone.now() + timedelta(minutes=10)
    update_free(Attempt.objects.filter(state__in=(Attempt.State.QUEUED, Attempt.State.UNKNOWN)), due_at=now)
    TwilioAccount.objects.filter(lease_until=None, next_poll_at__lt=soon).update(next_poll_at=now)


def bring_leases_forward() -> None:
    """The same where one moment stands for a pause and for a lease: only while nobody is at work, and none is held."""
    now = timezone.now()
    Attempt.objects.filter(state=Attempt.State.PREPARING).update(due_at=now)
    Renewal.objects.filter(state__in=Renewal.AT_WORK).exclude(due_at=None).update(due_at=now)
    EventStream.objects.update(worked_until=None)
    Brand.objects.exclude(dossier_due_at=None).update(dossier_due_at=now, dossier_asked_at=None)


def standing() -> str:
    """What is open and what is being read, for whoever wonders why it takes so long."""
    attempts = Attempt.objects.filter(state__in=Attempt.OPEN).values_list("pk", "state", "due_at", "reads", "answer")
    readings = TwilioAccount.objects.values_list("pk", "last_read_at", "next_poll_at", "lease_until", "last_error")
    return f"{list(attempts)} {list(readings)}"


def _alone(job: Job) -> None:
    """Each with its own connections, as each task of a worker has."""
    try:
        job()
    finally:
        connections.close_all()
