"""Web, workers and beat killed at random while texts are sent and every account is read; in some rounds somebody has
started a second beat by mistake."""

import os
from contextlib import nullcontext
from functools import partial

import pytest

from sync.models import Event
from tests.faults.product import Manner, Name
from tests.faults.rounds import FEW, TEXTS, Desk, Kill, kill, kills_of, play
from tests.faults.world import events_on

SEEDS = range(int(os.environ.get("FAULT_ROUNDS", "20")))
WEB_AND_WORKER = (
    Kill(Name.WEB, Manner.WHOLE, sent=0.97, arrived=0),
    Kill(Name.TWILIO, Manner.WHOLE, sent=0, arrived=0.95),
)


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_is_killed_the_books_balance(desk: Desk, seed: int) -> None:
    with desk.at.second_beat() if seed % 5 == 4 else nullcontext():
        texts = TEXTS if desk.has_time_for_all(SEEDS[-1] - seed) else FEW
        play(desk, f"in round {seed}", partial(kill, desk, kills_of(seed)), texts)


def test_whoever_is_killed_no_event_is_lost(desk: Desk) -> None:
    """Twilio tells of all of it by itself, and brings again what the web did not take."""
    with events_on():
        play(desk, "while events came in", partial(kill, desk, [*kills_of(20), *WEB_AND_WORKER]))
    assert Event.objects.filter(outcome=Event.Outcome.READ).exists()
