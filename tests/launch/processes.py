"""Counting other processes."""

from __future__ import annotations

import os
from pathlib import Path


def processes_of(directory: Path) -> list[str]:
    """Those that work in the directory or were told of it in their environment. Linux only."""
    return [entry.name for entry in Path("/proc").iterdir() if entry.name.isdecimal() and _belongs(entry, directory)]


def _belongs(process: Path, directory: Path) -> bool:
    try:
        working_directory = os.readlink(process / "cwd")
        return str(directory) in working_directory or str(directory).encode() in (process / "environ").read_bytes()
    except OSError:  # gone meanwhile, a zombie, or somebody else's
        return False
