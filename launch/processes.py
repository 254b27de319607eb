"""The processes Redress consists of: each in a group of its own, and none outlives the launcher."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Self, TypedDict

from launch.errors import LaunchError
from launch.places import ROOT
from launch.rights import OURS, Rights

STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1
LARGE_LOG_BYTES = 20_000_000
_LIBC = ctypes.CDLL(None) if sys.platform == "linux" else None

Command = Sequence[str | Path]


class Stopped(BaseException):
    """Somebody asked the launcher to stop. Not an Exception: nothing on the way out may swallow it."""


def listen_for_stop_signals() -> None:
    for number in STOP_SIGNALS:
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup means it
            signal.signal(number, _raise_stopped)


def ignore_stop_signals() -> None:
    """Called before clean-up: an impatient second Ctrl-C must not cut it short and leave processes behind."""
    for number in STOP_SIGNALS:
        signal.signal(number, signal.SIG_IGN)


def _raise_stopped(_number: int, _frame: FrameType | None) -> None:
    ignore_stop_signals()
    raise Stopped


@dataclass
class Part:
    """One long-running process: what starts it, what stops it, where it writes."""

    name: str
    command: Command
    log: Path
    settings: Mapping[str, str] = field(default_factory=dict)  # in its environment, on top of ours
    stop_signal: signal.Signals = signal.SIGTERM
    patience: float = 10
    rights: Rights = OURS
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    started_at: float = field(default=0, init=False)
    asked: bool = field(default=False, init=False)

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> None:
        self.started_at, self.asked = time.monotonic(), False
        set_aside_if_large(self.log)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.command,
                env={**os.environ, **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                process_group=0,  # Ctrl-C reaches the launcher only; the launcher stops its parts in order
                **child(self.stop_signal, self.rights),
            )

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def wait_until(self, ready: Callable[[], bool], seconds: float = 90) -> None:
        deadline = time.monotonic() + seconds
        while not ready():
            if not self.is_running:
                raise LaunchError(f"{self.name} did not start. {self.last_words()}")
            if time.monotonic() > deadline:
                raise LaunchError(f"{self.name} is not ready after {seconds:.0f} seconds. {self.last_words()}")
            time.sleep(0.02)

    def last_words(self, lines: int = 12) -> str:
        with self.log.open("rb") as log:
            log.seek(max(0, self.log.stat().st_size - 8192))
            tail = log.read().decode(errors="replace").splitlines()[-lines:]
        return "\n    ".join([f"The end of {self.log}:", *tail])

    def ask_to_stop(self) -> None:
        """Once: Celery takes a second request for impatience and drops its tasks."""
        if self.process and self.is_running and not self.asked:
            self.asked = True
            self.process.send_signal(self.stop_signal)

    def stop(self) -> None:
        if self.process is None:
            return
        self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(self.patience)
        with suppress(ProcessLookupError):  # whoever is left of its group: children of a part that crashed or hangs
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@dataclass(frozen=True)
class Server:
    """A part that others reach by its URL."""

    part: Part
    url: str


def set_aside_if_large(log: Path) -> None:
    if log.exists() and log.stat().st_size > LARGE_LOG_BYTES:
        log.replace(log.with_suffix(".log.1"))


def attend(command: Command, settings: Mapping[str, str]) -> int:
    """Runs a command that has the terminal. Ctrl-C reaches it from there, so it is not ours to answer."""
    signal.signal(signal.SIGINT, lambda *_: None)  # not SIG_IGN: the command would inherit that
    process = subprocess.Popen(command, env={**os.environ, **settings}, **child())
    try:
        return process.wait()
    finally:
        ignore_stop_signals()
        process.terminate()
        process.wait()


def run_to_the_end(command: Command, settings: Mapping[str, str]) -> int:
    """Runs a command that only prints. It is killed when we are stopped meanwhile."""
    env = {**os.environ, **settings}
    return subprocess.run(command, env=env, stdin=subprocess.DEVNULL, process_group=0, **child()).returncode


class ChildArguments(TypedDict):
    """Those of Popen that make a process a child of ours."""

    cwd: str | Path
    user: str | None
    group: int | None
    extra_groups: list[int] | None
    preexec_fn: Callable[[], None]


def child(death_signal: signal.Signals = signal.SIGTERM, rights: Rights = OURS) -> ChildArguments:
    """Dies with the launcher, by the signal given; has the rights given."""
    return {
        "cwd": "/" if rights.account else ROOT,  # another account may not be allowed where we are
        "user": rights.account,
        "group": rights.group,
        "extra_groups": [] if rights.account else None,
        "preexec_fn": _before_exec(death_signal, rights),
    }


def _before_exec(death_signal: signal.Signals, rights: Rights) -> Callable[[], None]:
    launcher = os.getpid()

    def in_the_child() -> None:
        rights.step()
        die_with(launcher, death_signal)

    return in_the_child


def die_with(parent: int, death_signal: signal.Signals) -> None:
    """Called in a child: it gets this signal when its parent dies."""
    if _LIBC is None:
        return  # macOS has no such thing; there a killed launcher leaves its parts, and the next start ends them
    _LIBC.prctl(PR_SET_PDEATHSIG, death_signal)
    if os.getppid() != parent:
        os._exit(1)  # it died before we could ask
