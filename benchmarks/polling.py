"""Calls and delays of a day of 10,000 items, simulated, against everything read every five minutes.

Both see the same life (benchmarks.life) through the same calls; when the product asks, its own schedule says
(benchmarks.simulation). The first day is not counted: in it everything was read at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median, quantiles

from benchmarks.figures import AT_MOST, Figure
from benchmarks.life import DAY, MINUTE, T0, life
from benchmarks.rehearsal import Rehearsed, rehearse
from benchmarks.simulation import Fixed, Scheduled, Seen

ACCOUNTS, DAYS, SEED = 200, 2, 7
COUNTED_FROM, END = T0 + (DAYS - 1) * DAY, T0 + DAYS * DAY
FEWER_CALLS, NO_LATER = 50, 1.0
MOST_OFF = 10.0
PROMISED = 10 * MINUTE


def measure() -> list[Figure]:
    of_twilio = life(ACCOUNTS, DAYS, SEED)
    fixed = Fixed(of_twilio).run(COUNTED_FROM, END)
    told = Scheduled(of_twilio, hears=True).run(COUNTED_FROM, END)
    asking = Scheduled(of_twilio, hears=False).run(COUNTED_FROM, END)
    return [
        Figure("items", len(of_twilio.items), ""),
        Figure("changes somebody has to find", len(fixed.delays), ""),
        *_each("every five minutes", fixed),
        *_each("events work", told),
        Figure("events work: times fewer calls", _ratio(fixed, told), "", FEWER_CALLS),
        Figure("events work: median delay against fixed", _typical(told) / _typical(fixed), "", NO_LATER, AT_MOST),
        *_each("asking alone", asking),
        Figure("asking alone: times fewer calls", _ratio(fixed, asking), ""),
        Figure("asking alone: median delay against fixed", _typical(asking) / _typical(fixed), ""),
        Figure("asking alone, end of a review: median delay", _seconds(asking.in_review, 50), "s"),
        Figure(
            "asking alone, end of a review: longest delay",
            max(asking.in_review).total_seconds(),
            "s",
            PROMISED.total_seconds(),
            AT_MOST,
        ),
        *_rehearsed(rehearse()),
    ]


def _rehearsed(real: Rehearsed) -> list[Figure]:
    """How far the simulation is from what a sandbox counted of real workers."""
    off = abs(real.simulated - real.counted) / real.counted * 100
    return [
        Figure(f"real run of {real.items} items: calls counted", real.counted, ""),
        Figure("the same run simulated: calls", real.simulated, ""),
        Figure("simulation off by", off, "%", MOST_OFF, AT_MOST),
    ]


def _each(name: str, seen: Seen) -> list[Figure]:
    return [
        Figure(f"{name}: calls", seen.calls.total(), "a day"),
        Figure(f"{name}: median delay", _typical(seen), "s"),
        Figure(f"{name}: p95 delay", _seconds(seen.delays, 95), "s"),
    ]


def _ratio(fixed: Seen, ours: Seen) -> float:
    return fixed.calls.total() / ours.calls.total()


def _typical(seen: Seen) -> float:
    return median(delay.total_seconds() for delay in seen.delays)


def _seconds(delays: Sequence[timedelta], percent: int) -> float:
    return quantiles([delay.total_seconds() for delay in delays], n=100)[percent - 1]
