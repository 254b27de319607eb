"""Workers to be killed: real ones, in processes of their own, on this test's database and broker."""

from collections.abc import Iterator, Sequence
from urllib.parse import urlencode

import pytest
from django.db import connection
from pytest_django.plugin import DjangoDbBlocker

from sandbox.handle import Sandbox
from tests.nursery import Nursery, Process, nursery
from tests.queues import empty_queues

NAME = "a worker of a test"  # to PostgreSQL
ALONE = ["--without-gossip", "--without-mingle"]
FOR_TWILIO = ["celery", "-A", "config", "worker", "-Q", "twilio", "-P", "threads", "-c", "2", *ALONE]
FOR_THE_REST = ["celery", "-A", "config", "worker", "-Q", "default", "-P", "prefork", "-c", "1", *ALONE]


class Worker:
    """A Celery worker."""

    def __init__(self, process: Process) -> None:
        self._process = process

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


class Workers:
    """Those started by a test."""

    def __init__(self, parent: Nursery) -> None:
        self._parent, self._started = parent, list[Worker]()

    def start(self, words: Sequence[str] = FOR_TWILIO) -> Worker:
        self._started.append(Worker(self._parent.start(words)))
        return self._started[-1]

    def kill_all(self) -> None:
        for worker in self._started:
            worker.kill()


@pytest.fixture(scope="session")
def parent_of_workers(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, running_sandbox: Sandbox
) -> Iterator[Nursery]:
    with django_db_blocker.unblock():
        database = _address_of_the_database()
    env = {"DATABASE_URL": database, "TWILIO_API_URL": running_sandbox.base_url, "READ_BACK_SECONDS": "0,0,0"}
    with nursery(env) as parent:
        yield parent


@pytest.fixture
def workers(parent_of_workers: Nursery) -> Iterator[Workers]:
    """None of them outlives the test, and no message is left for the next one."""
    workers = Workers(parent_of_workers)
    yield workers
    workers.kill_all()
    empty_queues()


def _address_of_the_database() -> str:
    database = connection.settings_dict
    host = database["HOST"] or database["OPTIONS"].get("host", "")
    place = urlencode({"host": host, "application_name": NAME}, safe="/")
    return f"postgresql://{database['USER']}@/{database['NAME']}?{place}"
