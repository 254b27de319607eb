"""What the launcher has to say to the person at the terminal."""

from __future__ import annotations

import sys


class LaunchError(Exception):
    """Ends the command: the message is for people and says what they can do."""


def say(message: str) -> None:
    print(message, flush=True)


def note(message: str) -> None:
    """Progress, kept out of the output of the command itself (`./run manage dumpdata > file`)."""
    print(message, file=sys.stderr, flush=True)
