"""What Celery does with the database's connections around a task: what Django does with them around a request.

Celery's own fixup closes the pool of a prefork worker before and after each task, so that every task opens a connection
anew and asks on a server process that knows no table yet.
"""

from functools import cached_property
from typing import Any

from celery import Celery
from celery.fixups.django import DjangoFixup, DjangoWorkerFixup  # type: ignore[attr-defined]
from django.db import close_old_connections


class WorkerFixup(DjangoWorkerFixup):  # type: ignore[misc]
    """A process that forks closes its pool first, and a child begins with none, as Celery has them do."""

    def install(self) -> "WorkerFixup":
        """Returns itself."""
        self._close_database()
        super().install()
        return self

    def close_database(self, **kwargs: Any) -> None:
        """Around each task: the connection goes back to the pool of this process, or ends where there is none."""
        close_old_connections()


class Fixup(DjangoFixup):
    @cached_property
    def worker_fixup(self) -> WorkerFixup:
        """Made when it is first asked for: until then the app has no settings."""
        return WorkerFixup(self.app)


def fixup(app: Celery) -> Fixup:
    """Named in the app's list of fixups, which keeps what is returned."""
    installed = Fixup(app)
    installed.install()
    return installed
