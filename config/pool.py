"""Whether a connection of the pool still stands, asked without asking the server each time.

psycopg's own check is a round trip for each request and each task. A server that ended a connection has told its socket
so, and that costs nothing to see. Only one that vanished without a word has to be asked, and that now and then will do.
"""

from __future__ import annotations

import select
from time import monotonic
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection
from psycopg_pool import ConnectionPool

ASKED_EVERY_SECONDS = 5.0

_asked_at: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()


def check(connection: Connection[Any]) -> None:
    """Raises psycopg.OperationalError where it is broken; the pool then gives another."""
    now = monotonic()
    if now - _asked_at.get(connection, 0.0) < ASKED_EVERY_SECONDS and not _has_news(connection):
        return
    ConnectionPool.check_connection(connection)
    _asked_at[connection] = now


def _has_news(connection: Connection[Any]) -> bool:
    """Of an idle connection that is its end, as a rule."""
    poll = select.poll()
    poll.register(connection.fileno(), select.POLLIN)
    return bool(poll.poll(0))
