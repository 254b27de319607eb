"""Waiting for other processes, and counting them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

_NEVER = threading.Event()


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    """True as soon as the condition holds, False if it does not within the seconds given."""
    deadline = time.monotonic() + seconds
    while not (holds := condition()) and time.monotonic() < deadline:
        _NEVER.wait(0.05)
    return holds


def processes_of(directory: Path) -> list[str]:
    """Those that work in the directory or were told of it in their environment. Linux only."""
    return [entry.name for entry in Path("/proc").iterdir() if entry.name.isdecimal() and _belongs(entry, directory)]


def _belongs(process: Path, directory: Path) -> bool:
    try:
        working_directory = os.readlink(process / "cwd")
        return str(directory) in working_directory or str(directory).encode() in (process / "environ").read_bytes()
    except OSError:  # gone meanwhile, a zombie, or somebody else's
        return False
