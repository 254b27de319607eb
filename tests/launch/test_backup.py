"""Backup and restore, on a real embedded database."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from launch import keys
from launch.places import ROOT, Place
from launch.postgres import postgres


def launch(var: Path, *words: str) -> subprocess.CompletedProcess[str]:
    foreign = {"DATABASE_URL", "REDIS_URL", "SECRET_KEY", "REDRESS_SECRET_KEYS"}  # of the test run's own servers
    env = {name: value for name, value in os.environ.items() if name not in foreign} | {"REDRESS_VAR": str(var)}
    command = [sys.executable, "-m", "launch", *words]
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=120)


@pytest.fixture
def var(tmp_path: Path) -> Path:
    """A live installation with one word in its database."""
    place = Place(tmp_path / "var" / "live")
    place.make()
    keys.of_installation(place.keys)
    write_word(place, "precious")
    return tmp_path / "var"


def write_word(place: Place, word: str) -> None:
    with postgres(place, durable=False) as server, psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE IF NOT EXISTS words (word text)")
        connection.execute("INSERT INTO words VALUES (%s)", [word])


def words_in(place: Place) -> list[str]:
    with postgres(place, durable=False) as server, psycopg.connect(server.url) as connection:
        return [word for (word,) in connection.execute("SELECT word FROM words ORDER BY word")]


def test_data_and_keys_come_back_on_another_machine(var: Path, tmp_path: Path) -> None:
    file, elsewhere = tmp_path / "redress.backup", tmp_path / "elsewhere"
    assert launch(var, "backup", str(file)).returncode == 0
    assert file.stat().st_mode & 0o777 == 0o600

    assert launch(elsewhere, "restore", str(file)).returncode == 0

    assert words_in(Place(elsewhere / "live")) == ["precious"]
    assert keys.read(elsewhere / "live/secrets.json") == keys.read(var / "live/secrets.json")


def test_data_in_the_way_is_kept_and_never_mixed(var: Path, tmp_path: Path) -> None:
    file, place = tmp_path / "redress.backup", Place(var / "live")
    launch(var, "backup", str(file))
    write_word(place, "later")

    refused = launch(var, "restore", str(file))
    assert refused.returncode == 1
    assert "--force" in refused.stderr
    assert words_in(place) == ["later", "precious"]

    assert launch(var, "restore", str(file), "--force").returncode == 0
    assert words_in(place) == ["precious"]
    (aside,) = var.glob("live.before-*")
    assert words_in(Place(aside)) == ["later", "precious"]


def test_nothing_is_restored_while_redress_runs(var: Path, tmp_path: Path) -> None:
    with Place(var / "live").held():
        refused = launch(var, "restore", str(tmp_path / "any"), "--force")

    assert refused.returncode == 1
    assert "Another ./run" in refused.stderr


@pytest.mark.parametrize("kept", [0, 1000, 2700], ids=["empty", "cut in the keys", "cut in the database"])
def test_a_damaged_backup_changes_nothing(var: Path, tmp_path: Path, kept: int) -> None:
    whole, damaged = tmp_path / "whole", tmp_path / "damaged"
    launch(var, "backup", str(whole))
    damaged.write_bytes(whole.read_bytes()[:kept])

    refused = launch(var, "restore", str(damaged), "--force")

    assert refused.returncode == 1
    assert "Nothing was changed" in refused.stderr
    assert words_in(Place(var / "live")) == ["precious"]


def test_a_backup_overwrites_nothing(var: Path, tmp_path: Path) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_text("sun")

    assert launch(var, "backup", str(file)).returncode == 1
    assert file.read_text() == "sun"


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    refused = launch(tmp_path / "var", "backup", str(tmp_path / "file"))

    assert refused.returncode == 1
    assert "nothing to back up" in refused.stderr
    assert not (tmp_path / "file").exists()
