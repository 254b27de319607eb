"""The product's processes without the seconds that their imports take: each is forked from one that has imported
everything, and goes on as `python -m celery` or `python -m granian` would.

In a run of all tests some hundred are started, most of them to be killed. A system that cannot watch the child of
another process (macOS) has them started plainly.
"""

import gc
import json
import os
import select
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any

import django
from celery.__main__ import main as celery
from django.core.validators import validate_email
from django.db import connection
from django.urls import get_resolver
from granian.cli import entrypoint as granian

from config.celery import app
from launch.processes import child, die_with

# What workers, beat and the web import by and by, once they run.
IMPORTED = (
    "celery.apps.beat", "celery.apps.worker", "celery.beat", "celery.bin.celery", "celery.concurrency.thread",
    "celery.worker.autoscale", "celery.worker.consumer", "celery.worker.strategy", "config.wsgi", "granian.server.mp",
    "granian.wsgi", "kombu.transport.redis", "twilio.rest",
)  # fmt: skip

PROGRAMS: dict[str, Callable[[], Any]] = {"celery": celery, "granian": granian}

CAN_WATCH = hasattr(os, "pidfd_open")

type Process = Grown | subprocess.Popen[bytes]


class Grown:
    """A process that another one forked, as far as subprocess.Popen is asked here. How it ended is not known."""

    def __init__(self, pid: int) -> None:
        self.pid, self._ended = pid, os.pidfd_open(pid)

    def poll(self) -> int | None:
        return 0 if select.select([self._ended], [], [], 0)[0] else None

    def wait(self, timeout: float | None = None) -> int:
        if not select.select([self._ended], [], [], timeout)[0]:
            raise subprocess.TimeoutExpired(str(self.pid), timeout or 0)
        return 0

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._ended, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def __del__(self) -> None:
        os.close(self._ended)


class Nursery:
    """The process they are forked from, in the environment that they live in."""

    def __init__(self, process: subprocess.Popen[str], env: Mapping[str, str]) -> None:
        self._process, self._env = process, env

    def start(self, words: Sequence[str], log: Path | None = None) -> Process:
        """`python -m WORDS`, in a process group of its own; it writes into the log, or where the tests write."""
        if not CAN_WATCH:
            return self._started_plainly(words, log)
        self._pipe(self._process.stdin).write(json.dumps([list(words), str(log or "")]) + "\n")
        return Grown(int(self._pipe(self._process.stdout).readline()))

    def _started_plainly(self, words: Sequence[str], log: Path | None) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", *words]
        with open(log or os.devnull, "ab") as written:
            return subprocess.Popen(
                command, env=self._env, stdout=written, stderr=written, process_group=0, **child(signal.SIGKILL)
            )

    @staticmethod
    def _pipe(pipe: IO[str] | None) -> IO[str]:
        assert pipe
        return pipe


@contextmanager
def nursery(env: Mapping[str, str]) -> Iterator[Nursery]:
    """What was forked dies with it."""
    whole = {**os.environ, **env}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.nursery"],
        env=whole,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        bufsize=1,
        text=True,
        **child(signal.SIGKILL),
    ) as process:
        try:
            yield Nursery(process, whole)
        finally:
            process.kill()


def main() -> None:
    django.setup()
    app.autodiscover_tasks(force=True)
    for name in IMPORTED:
        import_module(name)
    get_resolver()._populate()
    validate_email("nobody@redress.example")  # compiles its patterns, which each worker asks as it starts
    gc.freeze()
    # A thread would not be there in the child, and a connection would be there twice.
    assert threading.active_count() == 1
    assert not connection.connection
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody here waits for them
    parent = os.getpid()
    for line in sys.stdin:
        words, log = json.loads(line)
        pid = os.fork()
        if not pid:
            grow_up(parent, words, log)
        os.setpgid(pid, pid)
        sys.stdout.write(f"{pid}\n")
        sys.stdout.flush()


def grow_up(parent: int, words: list[str], log: str) -> None:
    die_with(parent, signal.SIGKILL)
    os.setpgid(0, 0)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT) if log else 2, 1)
    if log:
        os.dup2(1, 2)
    sys.argv = words
    sys.exit(PROGRAMS[words[0]]())


if __name__ == "__main__":
    main()
