"""What a worker of the default queue does with the database's connections: it keeps one, and replaces it when it
broke."""

import pytest
from django.db import connection

from sync.tasks import fan_out_due_streams
from tests.queues import empty_queues, unfinished
from tests.waiting import until
from tests.workers import FOR_THE_REST, NAME, Workers

pytestmark = pytest.mark.django_db(transaction=True)
THOSE_OF = """
    SELECT pid, query_start FROM pg_stat_activity WHERE datname = current_database() AND application_name = %s
"""


def connections() -> dict[int, object]:
    """Those of the worker, and when each was last asked something."""
    with connection.cursor() as cursor:
        cursor.execute(THOSE_OF, [NAME])
        return dict(cursor.fetchall())


def works_anew() -> dict[int, object]:
    """Gives the worker a task. Returns its connections once the task was done."""
    before = connections()
    fan_out_due_streams.delay()
    until(lambda: connections() != before)
    until(lambda: not unfinished())
    return connections()


def end(pid: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


@pytest.fixture
def worker(workers: Workers) -> None:
    """At work: it has told so by doing something."""
    empty_queues()
    until(lambda: not connections())  # of one that was killed a moment ago
    workers.start(FOR_THE_REST)
    fan_out_due_streams.delay()
    until(lambda: not unfinished())


def test_all_tasks_of_a_process_share_a_connection(worker: None) -> None:
    first = works_anew()
    assert len(first) == 1
    for _ in range(3):
        assert works_anew().keys() == first.keys()


def test_one_that_the_server_ended_is_replaced_for_the_next_task(worker: None) -> None:
    [first] = works_anew()
    end(first)
    assert connections() == {}
    assert works_anew()
