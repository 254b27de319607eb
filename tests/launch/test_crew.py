"""A part that crashes is started again; one that keeps crashing ends everything."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from launch.crew import Crew
from launch.errors import LaunchError
from launch.processes import Part
from tests.waiting import eventually


def part(directory: Path, program: str) -> Part:
    return Part(name="The worker", command=[sys.executable, "-c", program], log=directory / "worker.log")


def test_it_stops_when_a_part_keeps_crashing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    crew = Crew(pause=0)
    crew.add(part(tmp_path, "print('out of luck'); raise SystemExit(1)"))

    with pytest.raises(LaunchError, match=r"(?s)keeps ending by itself.*out of luck"):
        crew.watch([])

    assert capsys.readouterr().err.count("is started again") == 3


def test_it_stops_at_once_when_a_server_ends(tmp_path: Path) -> None:
    server = part(tmp_path, "")
    server.start()

    with pytest.raises(LaunchError, match="The worker ended by itself, so all was stopped"):
        Crew().watch([server])


def test_a_part_that_does_not_stop_is_killed_with_its_children(tmp_path: Path) -> None:
    stubborn = part(tmp_path, STUBBORN)
    stubborn.patience = 0.1
    stubborn.start()
    assert eventually(lambda: "child" in stubborn.log.read_text())

    stubborn.stop()

    child = int(stubborn.log.read_text().split()[1])
    assert eventually(lambda: not Path(f"/proc/{child}/exe").exists())


STUBBORN = """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
if child := os.fork():
    print("child", child, flush=True)
signal.pause()
"""
