"""The product's own processes around a sandbox, as `./run --live` starts them, and what they use."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db.models import Count, Q

from accounts.models import TwilioAccount
from config.celery import app
from launch.crew import LIVE, Size, workers_and_beat
from launch.places import Place
from launch.processes import Part
from sandbox.handle import Sandbox, start_sandbox

LATENCY_MS = 80
READY_SECONDS = 60
LONGEST_SECONDS = 600


@contextmanager
def twilio(*options: object) -> Iterator[Sandbox]:
    """A sandbox in a process of its own, which is Twilio for this process and for the workers it starts."""
    with start_sandbox(*map(str, options)) as sandbox:
        settings.TWILIO_API_URL = os.environ["TWILIO_API_URL"] = sandbox.base_url
        yield sandbox


@contextmanager
def crew(size: Size = LIVE) -> Iterator[list[Part]]:
    """The workers for Twilio, the other one and beat, at work and waiting."""
    place = Place(Path(os.environ["REDRESS_VAR"]))
    parts = workers_and_beat(place, {"LOG_LEVEL": "WARNING"}, size)
    try:
        for part in parts:
            part.start()
        wait_for_workers(size.twilio_workers + 1)
        yield parts
    finally:
        for part in reversed(parts):
            part.ask_to_stop()
        for part in reversed(parts):
            part.stop()


def wait_for_workers(count: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while len(app.control.ping(timeout=0.3, limit=count) or ()) < count:
        if time.monotonic() > until:
            raise TimeoutError(f"{count} workers were not ready within {READY_SECONDS} s")


def readers(parts: Sequence[Part]) -> list[Part]:
    """The workers for Twilio."""
    return [part for part in parts if part.name.endswith("for Twilio")]


def pid_of(part: Part) -> int:
    if part.process is None:
        raise ValueError(f"{part.name} was not started")
    return part.process.pid


def wait_until_read(accounts: int, since: datetime | None = None) -> None:
    """So many accounts, since then or ever. Raises TimeoutError, which says how far it got."""
    read = Count("pk", filter=Q(last_read_at__gt=since) if since else ~Q(last_read_at=None))
    failing = Count("pk", filter=~Q(failing_since=None))
    until = time.monotonic() + LONGEST_SECONDS
    while (told := TwilioAccount.objects.aggregate(read=read, failing=failing))["read"] < accounts:
        if time.monotonic() > until:
            raise TimeoutError(f"after {LONGEST_SECONDS} s: {told}")
        time.sleep(0.05)


def sandbox_process() -> int:
    """Our first child: it is started before all others. 0 where the system does not say."""
    try:
        return int(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()[0])
    except (OSError, IndexError):
        return 0


def peak_mb(pid: int) -> float | None:
    """The most memory a running process ever held. None where the system does not say (other than Linux)."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    return next(float(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM:"))


def cpu_seconds(pid: int) -> float | None:
    """Processor time a running process has used. None where the system does not say."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")
