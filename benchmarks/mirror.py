"""A full mirror of 2,000 campaigns in 100 accounts by the product's own workers, against the script somebody would
write instead, and against the ideal: every call that may be under way is, all the time."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.conf import settings

from benchmarks import script
from benchmarks.crew import LATENCY_MS, cpu_seconds, crew, peak_mb, pid_of, readers, twilio, wait_until_read
from benchmarks.figures import AT_MOST, Figure
from launch.crew import LIVE
from reviews.models import Review
from sandbox.handle import Sandbox
from sync.connect import connect, verify
from sync.tasks import fan_out_due_accounts
from twilio_api.credentials import Credentials

ACCOUNTS, CAMPAIGNS = 100, 2000
TIMES_FASTER, SHARE_OF_IDEAL = 15, 0.85


@dataclass(frozen=True)
class Mirrored:
    """One mirror: from asking for it to the last account's being read as a whole."""

    seconds: float
    calls: int
    items: int
    worker_cpu: float
    worker_mb: float


def measure() -> Iterator[Figure]:
    with twilio("--accounts", ACCOUNTS, "--campaigns", CAMPAIGNS, "--latency-ms", LATENCY_MS) as sandbox:
        mirrored = mirror(sandbox)
        yield from figures_of(mirrored)
        sandbox.clear_journal()
        script_seconds, kept = run_script(sandbox)
    yield Figure("the script: seconds, one thread", script_seconds, "s")
    yield Figure("items the script kept that the mirror lacks", kept - mirrored.items, "", 0, AT_MOST)
    yield Figure("times as fast as the script", script_seconds / mirrored.seconds, "times", TIMES_FASTER)


def mirror(sandbox: Sandbox) -> Mirrored:
    with crew() as parts:
        workers = [pid_of(part) for part in readers(parts)]
        before = processor_time(workers)
        sandbox.clear_journal()
        began = time.monotonic()
        ask(sandbox)
        wait_until_read(ACCOUNTS)
        seconds = time.monotonic() - began
        calls = sum(sandbox.counters().calls.values())
        cpu = processor_time(workers) - before
        return Mirrored(seconds, calls, Review.objects.count(), cpu, max(peak_mb(worker) or 0 for worker in workers))


def processor_time(workers: Sequence[int]) -> float:
    return sum(cpu_seconds(worker) or 0 for worker in workers)


def ask(sandbox: Sandbox) -> None:
    """As the page does that connects an account."""
    connect(verify(credentials(sandbox)))
    fan_out_due_accounts.delay()


def credentials(sandbox: Sandbox) -> Credentials:
    main = sandbox.accounts()[0]
    return Credentials(account_sid=main.sid, secret=main.auth_token)


def figures_of(mirrored: Mirrored) -> Iterator[Figure]:
    at_once = LIVE.twilio_workers * settings.TWILIO_LANES
    ideal = mirrored.calls * LATENCY_MS / 1000 / at_once
    yield Figure("full mirror: seconds", mirrored.seconds, "s")
    yield Figure("full mirror: calls", mirrored.calls, "")
    yield Figure("full mirror: items", mirrored.items, "")
    yield Figure("workers: processor time per call", mirrored.worker_cpu * 1000 / mirrored.calls, "ms")
    yield Figure("larger worker: peak memory", mirrored.worker_mb, "MB")
    yield Figure(
        f"share of the ideal (calls x {LATENCY_MS} ms / {at_once} at once)",
        ideal / mirrored.seconds,
        "",
        SHARE_OF_IDEAL,
    )


def run_script(sandbox: Sandbox) -> tuple[float, int]:
    """Seconds, and how many items it kept."""
    main, began = credentials(sandbox), time.monotonic()
    kept = script.read_everything(main.account_sid, main.secret, script.ToSandbox(sandbox.base_url))
    return time.monotonic() - began, len(kept)
