"""What is refused before anything starts."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from launch.commands import main
from launch.errors import LaunchError
from launch.installation import Address
from launch.serve import free


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        (["frobnicate"], "does not know 'frobnicate'"),
        (["--host", "192.0.2.1"], "listens on this machine only"),
        (["--live", "--reset"], "no single word should delete live data"),
        (["backup", "/no/such/directory/file"], "There is no directory /no/such/directory"),
    ],
)
def test_it_is_refused_with_a_reason(words: list[str], answer: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(words) == 1
    assert answer in capsys.readouterr().err


def test_help_names_every_word(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["help"]) == 0
    told = capsys.readouterr().out
    for word in ("test", "lint", "bench", "manage", "connect", "backup", "restore", "css", "lock"):
        assert f"./run {word}" in told


def test_a_taken_port_is_told_with_a_way_out() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(LaunchError, match=f"127.0.0.1:{port} is taken.*--port"):
            free(Address(port=port))


def test_port_zero_becomes_a_free_one(tmp_path: Path) -> None:
    assert free(Address(port=0)).port > 0
