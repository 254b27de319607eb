"""The queues of this test worker's own broker."""

from sync.limits import connection

QUEUES = ("default", "twilio")


def empty_queues() -> None:
    """No task of an earlier test waits any more. Celery's own purge empties the default queue alone."""
    connection().delete(*QUEUES)
