"""What is done for many accounts in the terminal: a bar while it goes on, and after a reading a few lines."""

import time
from collections.abc import Callable, Iterable, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from accounts.models import TwilioAccount
from sync.foreground import Total, family_size, read_families, side_by_side
from sync.models import PollRun


def read_and_tell(mains: Iterable[TwilioAccount], say: Callable[[str], object]) -> Total:
    """Reads these main accounts and all under them, shows how it goes, says and returns what it came to."""
    began = time.monotonic()
    total = _read(list(mains))
    for failure in total.failures:
        say(f"Not read: {failure}")
    say(
        f"{total.accounts} accounts, {total.seen} items seen, {total.changed} changed, {total.failed} not understood, "
        f"{total.calls} calls, {time.monotonic() - began:.1f} s"
    )
    return total


def do_and_show(turn: Callable[[int], object], account_ids: Sequence[int]) -> None:
    """Does the same for each of these accounts, several at once, and shows how far it is."""
    with _bar() as bar:
        task = bar.add_task("accounts", total=len(account_ids), note="")
        side_by_side(turn, account_ids, lambda: bar.advance(task))


def _read(mains: list[TwilioAccount]) -> Total:
    total = Total()
    with _bar() as bar:
        task = bar.add_task("accounts", total=family_size(mains), note="")
        for account, run in read_families(mains, lambda run: bar.update(task, note=_note(run))):
            total.add(account, run)
            bar.update(task, completed=total.accounts, total=family_size(mains))
    return total


def _bar() -> Progress:
    """On the error stream, and only where somebody watches."""
    console = Console(stderr=True, highlight=False)
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("accounts"), TimeElapsedColumn())
    note = TextColumn("{task.fields[note]}", markup=False)
    return Progress(*columns, note, console=console, transient=True, disable=not console.is_terminal)


def _note(run: PollRun) -> str:
    return f"{run.account.name}: {run.stage}"
