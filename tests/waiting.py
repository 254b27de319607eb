"""Waiting for what another process does: asked again and again until it is so, or the time is over."""

from collections.abc import Callable
from threading import Event
from time import monotonic


def until[T](ask: Callable[[], T], seconds: float = 20.0, *, every: float = 0.02) -> T:
    """Returns the first true answer; asks `every` so many seconds. Raises TimeoutError, with the last answer, when none
    comes in time."""
    deadline, pause = monotonic() + seconds, Event()
    while True:
        if answer := ask():
            return answer
        if monotonic() > deadline:
            raise TimeoutError(f"not within {seconds:.0f} s; the last answer was {answer!r}")
        pause.wait(every)


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """Whether the condition holds within the time."""
    try:
        return until(condition, seconds)
    except TimeoutError:
        return False
