"""Web, workers and beat killed at random while two hundred texts are sent and every account is read; in some rounds
somebody has started a second beat by mistake."""

from contextlib import nullcontext
from functools import partial

import pytest

from tests.faults.rounds import Desk, kill, kills_of, play

SEEDS = range(20)


@pytest.mark.parametrize("seed", SEEDS)
def test_whoever_is_killed_the_books_balance(desk: Desk, seed: int) -> None:
    with desk.at.second_beat() if seed % 5 == 4 else nullcontext():
        play(desk, f"in round {seed}", partial(kill, desk, kills_of(seed)))
