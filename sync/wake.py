"""Asking for work without waiting for the broker.

To ask takes a millisecond while the broker is there, and many seconds while it is away or hangs (kombu connects again
and again; measured 2026-11: 6 s for a port where nobody listens). Whoever brings an event waits five seconds at most,
so the asking happens beside the request. What is lost on the way, the next sweep finds.
"""

import threading
from collections.abc import Callable

import structlog
from kombu.exceptions import OperationalError

from sync.tasks import work_on_events

log = structlog.get_logger(__name__)


class Waker:
    """One thread, which begins with the first request. An account that waits to be asked for is asked for once."""

    def __init__(self, ask: Callable[[int], object]) -> None:
        self._ask = ask
        self._changed = threading.Condition()
        self._waiting: dict[int, None] = {}
        self._thread: threading.Thread | None = None

    def wake(self, account_id: int) -> None:
        """Returns at once."""
        with self._changed:
            self._waiting[account_id] = None
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, daemon=True, name="waker")
                self._thread.start()
            self._changed.notify()

    def _work(self) -> None:
        while True:
            with self._changed:
                self._changed.wait_for(lambda: self._waiting)
                account_id = next(iter(self._waiting))
                del self._waiting[account_id]
            try:
                self._ask(account_id)
            except OperationalError:
                log.warning("broker_away", account=account_id)


def _ask(account_id: int) -> None:
    work_on_events.apply_async((account_id,), retry=False, expires=60)


waker = Waker(_ask)
