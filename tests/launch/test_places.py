"""One launcher at a time; private things stay private."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from launch import keys
from launch.errors import LaunchError
from launch.places import Busy, Place, Running


@pytest.fixture
def place(tmp_path: Path) -> Place:
    place = Place(tmp_path / "demo")
    place.make()
    return place


def test_a_second_launcher_is_told_where_the_first_one_serves(place: Place) -> None:
    with place.held():
        place.announce(Running(os.getpid(), "http://127.0.0.1:8200", {"SECRET_KEY": "x"}))

        with pytest.raises(Busy, match=rf"http://127.0.0.1:8200 \(process {os.getpid()}\)"), place.held():
            pass


def test_a_second_launcher_is_told_when_the_first_one_is_not_ready(place: Place) -> None:
    with place.held(), pytest.raises(Busy, match=r"Another \./run") as told, place.held():
        pass

    assert told.value.running is None


def test_the_place_is_free_again_afterwards(place: Place) -> None:
    with place.held():
        place.announce(Running(os.getpid(), "http://127.0.0.1:8200", {}))

    assert place.running() is None
    with place.held():
        pass


def test_a_killed_launcher_is_not_believed(place: Place) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    place.announce(Running(gone.pid, "http://127.0.0.1:8200", {}))

    assert place.running() is None


def test_what_holds_keys_is_readable_by_its_owner_only(place: Place) -> None:
    place.announce(Running(os.getpid(), "http://127.0.0.1:8200", {"SECRET_KEY": "x"}))
    keys.of_installation(place.keys)

    assert {file.stat().st_mode & 0o777 for file in (place.record, place.keys)} == {0o600}


def test_keys_are_made_once(place: Place) -> None:
    assert keys.of_installation(place.keys) == keys.of_installation(place.keys)
    with pytest.raises(FileExistsError):
        keys.write(place.keys, keys.make())


def test_sockets_live_in_a_short_private_directory_that_goes_away(place: Place) -> None:
    with place.socket_directory("valkey") as directory:
        assert directory.stat().st_mode & 0o777 == 0o700
        assert len(str(directory / ".s.PGSQL.5432")) < 103

    assert not directory.exists()


def test_a_socket_directory_that_cannot_be_ours_is_refused(place: Place) -> None:
    with place.socket_directory("valkey") as directory:
        pass
    directory.touch()  # rmtree leaves a file alone, as it does another user's directory

    with pytest.raises(LaunchError, match="belongs to somebody else"), place.socket_directory("valkey"):
        pass
    directory.unlink()
