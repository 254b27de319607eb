"""Asking for work without waiting for the broker.

To ask takes a millisecond while the broker is there, and many seconds while it is away or hangs (kombu connects again
and again; measured 2026-11: 6 s for a port where nobody listens). Whoever brings an event waits five seconds at most,
so the asking happens beside the request. What is lost on the way, the next sweep finds.

After a pass an account rests for a while (sync.events), and who asks meanwhile asks for nothing: so an account is asked
for at once, and then again only after that rest.
"""

import threading
from collections.abc import Callable
from datetime import timedelta
from time import monotonic

import structlog
from kombu.exceptions import OperationalError

from sync.events import GATHERING
from sync.tasks import work_on_events

log = structlog.get_logger(__name__)

# The rest begins when the pass has ended: that long after it was asked for, it is over as a rule.
REST = GATHERING + timedelta(seconds=0.5)


class Waker:
    """One thread, which begins with the first request. An account that waits to be asked for is asked for once, and
    none twice within `rest`."""

    def __init__(self, ask: Callable[[int], object], rest: timedelta = REST) -> None:
        self._ask, self._rest = ask, rest.total_seconds()
        self._changed = threading.Condition()
        self._asked = dict[int, float]()
        self._waiting = dict[int, float]()  # until when
        self._is_asking = False
        self._thread: threading.Thread | None = None

    @property
    def is_idle(self) -> bool:
        """Whether nobody waits to be asked for, and nobody is being asked for."""
        with self._changed:
            return not self._waiting and not self._is_asking

    def wake(self, account_id: int) -> None:
        """Returns at once."""
        with self._changed:
            if account_id in self._waiting:
                return
            rested = self._asked.get(account_id, 0.0) + self._rest
            self._waiting[account_id] = max(monotonic(), rested)
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, daemon=True, name="waker")
                self._thread.start()
            self._changed.notify()

    def _work(self) -> None:
        while True:
            account_id = self._next()
            try:
                self._ask(account_id)
            except OperationalError:
                log.warning("broker_away", account=account_id)
            except Exception:
                # Whatever the broker says: were this thread to end, all who wait would wait on.
                log.exception("not_asked_for", account=account_id)

    def _next(self) -> int:
        """Waits until somebody's turn has come."""
        with self._changed:
            self._is_asking = False
            while True:
                account_id = min(self._waiting, key=self._waiting.__getitem__, default=0)
                pause = self._waiting[account_id] - monotonic() if account_id else None
                if pause is not None and pause <= 0:
                    del self._waiting[account_id]
                    self._asked[account_id] = monotonic()
                    self._is_asking = True
                    return account_id
                self._changed.wait(pause)


def _ask(account_id: int) -> None:
    work_on_events.apply_async((account_id,), retry=False, expires=60)


waker = Waker(_ask)
