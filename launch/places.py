"""Where things are: the checkout, and in `var/` one place for the demo and one for live data, never mixed."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

from launch.errors import LaunchError

ROOT = Path(__file__).resolve().parent.parent
MANAGE = ROOT / "manage.py"


@dataclass(frozen=True)
class Running:
    """What the launcher of a running product tells other launchers: how to reach it, and its parts' settings."""

    pid: int
    address: str
    settings: dict[str, str]


class Busy(LaunchError):
    """Another launcher holds the place: the product's if it says how to reach it, else a short command's."""

    def __init__(self, running: Running | None) -> None:
        self.running = running
        super().__init__(
            f"Redress is already running at {running.address} (process {running.pid}). "
            f"Stop it with Ctrl-C in its terminal, or: kill {running.pid}"
            if running
            else "Another ./run is starting, stopping or at work on this data. Try again when it has finished."
        )


@dataclass(frozen=True)
class Place:
    """The directory of one installation: database, queue, logs, keys."""

    directory: Path

    @property
    def log(self) -> Path:
        return self.directory / "log"

    @property
    def database(self) -> Path:
        return self.directory / "postgres"

    @property
    def keys(self) -> Path:
        return self.directory / "secrets.json"

    @property
    def record(self) -> Path:
        return self.directory / "running.json"

    def make(self) -> None:
        self.directory.mkdir(mode=0o711, parents=True, exist_ok=True)
        self.log.mkdir(mode=0o700, exist_ok=True)

    def erase(self) -> None:
        if self.directory.exists():
            shutil.rmtree(self.directory)

    @contextmanager
    def held(self) -> Iterator[None]:
        """By one launcher at a time; raises Busy. The kernel frees it however that one ends: nothing goes stale."""
        lock = self.directory.with_name(self.directory.name + ".lock")  # beside it: the directory may be erased
        lock.parent.mkdir(parents=True, exist_ok=True)
        with lock.open("w") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy(self.running()) from None
            try:
                yield
            finally:
                self.record.unlink(missing_ok=True)

    def announce(self, running: Running) -> None:
        new = self.record.with_suffix(".new")
        new.unlink(missing_ok=True)
        write_private(new, json.dumps(asdict(running)))
        new.replace(self.record)

    def running(self) -> Running | None:
        try:
            running = Running(**json.loads(self.record.read_text()))
            os.kill(running.pid, 0)  # a launcher that was killed leaves its record behind
        except (OSError, ValueError):
            return None
        return running

    @contextmanager
    def socket_directory(self, owner: str) -> Iterator[Path]:
        """A short private directory: the path of a unix socket may have 103 bytes, and `var/` may lie deep."""
        name = hashlib.sha256(str(self.directory).encode()).hexdigest()[:10]
        directory = Path(tempfile.gettempdir()) / f"redress-{os.getuid()}-{name}-{owner}"
        shutil.rmtree(directory, ignore_errors=True)  # ours, of a launcher that was killed; or a trap laid for us
        try:
            directory.mkdir(mode=0o700)
        except FileExistsError:
            raise LaunchError(f"{directory} belongs to somebody else. Have it removed and start again.") from None
        try:
            yield directory
        finally:
            shutil.rmtree(directory, ignore_errors=True)


def place_of(*, live: bool) -> Place:
    return Place(var() / ("live" if live else "demo"))


def var() -> Path:
    """REDRESS_VAR puts all data elsewhere, for instance on another disk."""
    return Path(os.environ.get("REDRESS_VAR") or ROOT / "var").resolve()


def create_private(file: Path) -> BinaryIO:
    """For its owner's eyes only. Raises FileExistsError rather than overwrite."""
    return open(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def write_private(file: Path, text: str) -> None:
    with create_private(file) as created:
        created.write(text.encode())
