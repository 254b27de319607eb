"""The queues of this test worker's own broker."""

from sync.limits import connection

QUEUES = ("default", "twilio")
# Where kombu keeps what a worker has taken and not done, and since when.
TAKEN, TAKEN_SINCE = "unacked", "unacked_index"


def empty_queues() -> None:
    """No task of an earlier test waits any more, or is held by a worker that was killed. Celery's own purge empties the
    default queue alone."""
    connection().delete(*QUEUES, TAKEN, TAKEN_SINCE)


def unfinished() -> int:
    """How many tasks wait, or are being done."""
    return sum(int(connection().llen(queue)) for queue in QUEUES) + int(connection().hlen(TAKEN))
