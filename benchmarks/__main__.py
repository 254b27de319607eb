"""`python -m benchmarks NAME FILE`: one benchmark in this process, its result into the file. `./run bench` calls it,
with a database of its own for each."""

from __future__ import annotations

import resource
import sys
import time
from importlib import import_module
from pathlib import Path

import django

from benchmarks import figures
from benchmarks.names import TITLES


def main(name: str, file: Path) -> None:
    django.setup()
    began = time.monotonic()
    measured = list(import_module(f"benchmarks.{name}").measure())
    took = time.monotonic() - began
    figures.write(file, [figures.Result(name, TITLES[name], figures.today(), took, peak_mb(), measured)])


def peak_mb() -> float:
    """Of the largest process of ours that has ended, or of this one. Linux tells kilobytes, macOS bytes."""
    most = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return most / (1024 * 1024 if sys.platform == "darwin" else 1024)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
