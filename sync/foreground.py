"""Reading accounts here and now, for commands: main accounts first, because they know their subaccounts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from functools import partial

from django.db import connection

from accounts.models import TwilioAccount
from sync.models import PollRun
from sync.poll import poll_account
from sync.remote import FOREGROUND_PATIENCE
from sync.whole import Progress

# Reading is waiting for Twilio; more at once and Twilio asks us to slow down.
READERS = 8

# An account and its run; None where another process is reading it just now.
type Read = tuple[TwilioAccount, PollRun | None]


@dataclass(slots=True)
class Total:
    """What a pass over several accounts came to; `failures` has a line for each account that could not be read."""

    accounts: int = 0
    seen: int = 0
    changed: int = 0
    failed: int = 0
    calls: int = 0
    failures: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, reads: Iterable[Read]) -> Total:
        total = cls()
        for account, run in reads:
            total.add(account, run)
        return total

    def add(self, account: TwilioAccount, run: PollRun | None) -> None:
        self.accounts += 1
        if run is None:
            self.failures.append(f"{account}: another process is reading it just now.")
            return
        self.seen, self.changed = self.seen + run.seen, self.changed + run.changed
        self.failed, self.calls = self.failed + run.failed, self.calls + run.calls
        if run.finished_at is None:
            self.failures.append(f"{account}: Twilio asks us to slow down. The workers go on where it stopped.")
        if run.error:
            self.failures.append(f"{account}: {run.error}")


def read_families(mains: Iterable[TwilioAccount], progress: Progress | None = None) -> Iterator[Read]:
    """Reads these main accounts and then all under them, several at once; yields each when it is done."""
    mains = list(mains)
    yield from _read(mains, progress)
    yield from _read(TwilioAccount.objects.mirrored().filter(parent__in=mains), progress)


def side_by_side(
    turn: Callable[[int], object], account_ids: Iterable[int], each_done: Callable[[], object] = lambda: None
) -> None:
    """Does the same for each of these accounts, several at once. Raises what one of them raised."""
    with ThreadPoolExecutor(READERS) as workers:
        for done in as_completed([workers.submit(_closing, turn, account_id) for account_id in account_ids]):
            done.result()
            each_done()


def _closing[T](turn: Callable[[int], T], account_id: int) -> T:
    """In a thread of its own, which leaves no database connection behind."""
    try:
        return turn(account_id)
    finally:
        connection.close()


def family_size(mains: Iterable[TwilioAccount]) -> int:
    """How many accounts that is, as far as their subaccounts are known by now."""
    mains = list(mains)
    return len(mains) + TwilioAccount.objects.mirrored().filter(parent__in=mains).count()


def _read(accounts: Iterable[TwilioAccount], progress: Progress | None) -> Iterator[Read]:
    with ThreadPoolExecutor(READERS) as readers:
        read = partial(poll_account, progress=progress, patience=FOREGROUND_PATIENCE)
        waiting = {readers.submit(_closing, read, account.pk): account for account in accounts}
        for done in as_completed(waiting):
            yield waiting[done], done.result()
