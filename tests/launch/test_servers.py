"""The embedded servers: real ones, whatever rights we have, and none is left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
import redis

from launch.errors import LaunchError
from launch.places import ROOT, Place
from launch.postgres import binary, postgres
from launch.pytest_plugin import own_database
from launch.rights import NAMESPACE, NOBODY, OURS, Rights, without_root
from launch.valkey import valkey
from tests.launch.processes import processes_of
from tests.waiting import eventually

AS_ROOT = os.geteuid() == 0


@pytest.fixture
def place() -> Iterator[Place]:
    """Not below tmp_path, which is closed to other accounts."""
    with tempfile.TemporaryDirectory(prefix="redress-servers-") as directory:
        Path(directory).chmod(0o711)
        place = Place(Path(directory) / "var")
        place.make()
        yield place


def usable(rights: Rights) -> bool:
    if rights is OURS:
        return not AS_ROOT
    if rights is NAMESPACE:
        return without_root() is NAMESPACE
    reachable = subprocess.run([binary("postgres"), "--version"], user="nobody", cwd="/") if AS_ROOT else None
    return reachable is not None and reachable.returncode == 0


@pytest.mark.parametrize("rights", [OURS, NAMESPACE, NOBODY], ids=["as ourselves", "in a namespace", "as nobody"])
def test_the_database_survives_its_server(place: Place, rights: Rights) -> None:
    if not usable(rights):
        pytest.skip("these rights cannot be had here")
    with postgres(place, durable=False, rights=rights) as server, psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'Ünï' AS word")

    with postgres(place, durable=False, rights=rights) as server, psycopg.connect(server.url) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("Ünï",)

    assert eventually(lambda: processes_of(place.directory) == [])


def test_what_waits_in_the_queue_survives_its_server(place: Place) -> None:
    with valkey(place) as server, redis.Redis.from_url(server.url) as client:
        client.lpush("twilio", "a task")

    with valkey(place) as server, redis.Redis.from_url(server.url) as client:
        assert client.rpop("twilio") == b"a task"
        assert client.config_get("maxmemory-policy")["maxmemory-policy"] == "noeviction"

    assert eventually(lambda: processes_of(place.directory) == [])


def test_a_database_of_another_version_is_refused(place: Place) -> None:
    place.database.mkdir()
    (place.database / "PG_VERSION").write_text("12\n")

    with pytest.raises(LaunchError, match="made by PostgreSQL 12"), postgres(place):
        pass


def test_a_server_that_cannot_start_says_why(place: Place) -> None:
    with postgres(place, durable=False):
        pass
    (place.database / "postgresql.conf").write_text("no_such_setting = 1\n")

    with pytest.raises(LaunchError, match="no_such_setting"), postgres(place):
        pass


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent died")
def test_a_killed_launcher_leaves_no_server_and_no_obstacle(place: Place) -> None:
    launcher = subprocess.Popen(
        [sys.executable, "-c", LAUNCHER, str(place.directory)], cwd=ROOT, stdout=subprocess.PIPE
    )
    assert launcher.stdout
    assert launcher.stdout.readline() == b"ready\n"

    launcher.send_signal(signal.SIGKILL)
    launcher.communicate()

    assert eventually(lambda: processes_of(place.directory) == [])
    with postgres(place, durable=False), valkey(place):
        pass


LAUNCHER = """
import pathlib, sys, signal
from launch.places import Place
from launch.postgres import postgres
from launch.valkey import valkey
place = Place(pathlib.Path(sys.argv[1]))
with postgres(place, durable=False), valkey(place):
    print("ready", flush=True)
    signal.pause()
"""


def test_each_test_worker_has_a_queue_of_its_own() -> None:
    assert own_database("unix:///tmp/valkey.sock?db=0", "gw11") == "unix:///tmp/valkey.sock?db=12"
