"""`./run manage ...`: any Django command, on the running product's servers or on ones started just for it."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import count

from launch.errors import note
from launch.installation import Address, Settings, installation
from launch.places import MANAGE, Busy, Place, Running, place_of
from launch.processes import attend, listen_for_stop_signals

MODES = {"--demo": False, "--live": True}
# Commands that ask no server of ours: nothing is started for them, and they wait for nobody.
ALONE = ("preflight", "sandbox")


def manage(words: list[str]) -> int:
    """`--demo` or `--live` in front says where; without it, where Redress runs, else the demo."""
    if words and words[0] in MODES:
        return run_command(words[1:], live=MODES[words[0]])
    if words and words[0] in ALONE:
        listen_for_stop_signals()
        return attend([sys.executable, MANAGE, *words], {})
    return run_command(words, live=only_live_runs())


def connect(words: list[str]) -> int:
    """`./run connect ACxxxx`: connects a Twilio account. `--demo` or `--live` in front says where; without it, live
    data unless only the demo runs."""
    if words and words[0] in MODES:
        return run_command(["connect", *words[1:]], live=MODES[words[0]])
    only_demo_runs = bool(place_of(live=False).running()) and not place_of(live=True).running()
    return run_command(["connect", *words], live=not only_demo_runs)


def only_live_runs() -> bool:
    return bool(place_of(live=True).running()) and not place_of(live=False).running()


def run_command(words: list[str], *, live: bool) -> int:
    listen_for_stop_signals()
    with reachable(live=live) as settings:
        return attend([sys.executable, MANAGE, *words], settings)


@contextmanager
def reachable(*, live: bool) -> Iterator[Settings]:
    """The settings of the running product; where none runs, its servers are started for as long as this lasts."""
    place = place_of(live=live)
    with ExitStack() as stack:
        running = hold_or_join(place, stack)
        yield running.settings if running else stack.enter_context(installation(live=live, web=Address())).settings


def hold_or_join(place: Place, stack: ExitStack) -> Running | None:
    """Short commands take turns; a running product lets others use its servers."""
    for turn in count():
        try:
            stack.enter_context(place.held())
            return None
        except Busy as busy:
            if busy.running:
                return busy.running
        if turn == 0:
            note("Waiting for another ./run that works on this data ...")
        time.sleep(0.1)
    raise AssertionError("count() does not end")
