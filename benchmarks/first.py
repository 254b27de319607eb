"""A first mirror without latency: items per second, memory, the workers killed in the middle; then the same once more,
unchanged, and the statements that costs. One large account is read by this process, which counts them exactly."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from statistics import median
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Sum
from django.utils import timezone

from accounts.models import TwilioAccount
from benchmarks.crew import crew, peak_mb, pid_of, readers, sandbox_process, twilio, wait_for_workers, wait_until_read
from benchmarks.figures import AT_MOST, Figure
from benchmarks.mirror import ask, credentials
from launch.processes import Part
from reviews.models import Review
from sandbox.handle import Sandbox
from sync.connect import connect, verify
from sync.models import PollRun
from sync.poll import poll_account
from sync.tasks import fan_out_due_accounts

ACCOUNTS, CAMPAIGNS = 250, 5000
LARGE_CAMPAIGNS = 1000
LARGE_SEED = 8  # another world than the first: nothing of it is known
STATEMENTS_PER_1000 = 200
SMALL_ACCOUNTS = 5
# What all threads of both workers have unwritten when each has just read the twenty services of its account.
TWICE_AT_MOST = 10.0
# Listed once for each account, and once for each messaging service, of which each campaign has one.
PER_ACCOUNT = ("profiles.list", "brands.list", "services.list", "verifications.list")


def measure() -> Iterator[Figure]:
    with twilio("--accounts", ACCOUNTS, "--campaigns", CAMPAIGNS) as sandbox:
        sandbox_pid = sandbox_process()
        with crew() as parts:
            yield from read_and_kill(sandbox, parts)
            yield from read_unchanged(sandbox)
            workers = [(part.name, pid_of(part)) for part in readers(parts)]
            for name, pid in (*workers, ("The sandbox", sandbox_pid)):
                if (most := peak_mb(pid)) is not None:
                    yield Figure(f"{name}: peak memory", most, "MB")
        yield from count_of_a_small_account()
    with twilio("--seed", LARGE_SEED, "--accounts", 1, "--campaigns", LARGE_CAMPAIGNS) as sandbox:
        yield from count_statements(sandbox)


def read_and_kill(sandbox: Sandbox, parts: list[Part]) -> Iterator[Figure]:
    """Both workers are killed when half of the accounts are read. The three minutes of their leases are skipped."""
    sandbox.clear_journal()
    began = time.monotonic()
    ask(sandbox)
    wait_until_read(ACCOUNTS // 2)
    yield Figure("first mirror: items per second", Review.objects.count() / (time.monotonic() - began), "")
    for worker in readers(parts):
        os.kill(pid_of(worker), signal.SIGKILL)
        worker.stop()
    now = timezone.now()
    under_way = TwilioAccount.objects.filter(lease_until__gt=now).update(lease_until=now)
    TwilioAccount.objects.filter(last_read_at=None).update(next_poll_at=now)
    for worker in readers(parts):
        worker.start()
    wait_for_workers(len(readers(parts)) + 1)
    fan_out_due_accounts.delay()
    wait_until_read(ACCOUNTS)
    calls = sandbox.counters().calls
    once = len(PER_ACCOUNT) * ACCOUNTS + CAMPAIGNS
    twice = sum(calls[route] for route in (*PER_ACCOUNT, "campaigns.list")) - once
    yield Figure("killed in the middle: accounts under way", under_way, "")
    yield Figure("killed in the middle: calls made twice", 100 * twice / once, "%", TWICE_AT_MOST, AT_MOST)


def read_unchanged(sandbox: Sandbox) -> Iterator[Figure]:
    began, now = time.monotonic(), timezone.now()
    TwilioAccount.objects.update(next_poll_at=now)
    fan_out_due_accounts.delay()
    wait_until_read(ACCOUNTS, since=now)
    items, changed = PollRun.objects.filter(started_at__gte=now).aggregate(s=Sum("seen"), c=Sum("changed")).values()
    yield Figure("once more, unchanged: items per second", items / (time.monotonic() - began), "")
    yield Figure("once more, unchanged: items that changed", changed, "", 0, AT_MOST)


def count_statements(sandbox: Sandbox) -> Iterator[Figure]:
    """Of one reading of one account, all of them: those of its row and its lease, too. BEGIN and COMMIT come on top,
    one pair for each page."""
    # One account alone would be held to ten calls a second.
    settings.TWILIO_READS_PER_SECOND = 100_000.0
    main = connect(verify(credentials(sandbox)), replace=True)
    poll_account(main.pk)
    began = time.monotonic()
    statements, items = read_counting(main.pk)
    seconds = time.monotonic() - began
    yield Figure("one large account, unchanged: items", items, "")
    yield Figure("one large account, unchanged: items per second", items / seconds, "")
    yield Figure("statements per 1,000 unchanged items", 1000 * statements / items, "", STATEMENTS_PER_1000, AT_MOST)


def count_of_a_small_account() -> Iterator[Figure]:
    """What a reading costs by itself, where there is little to read: these tell more of it than any share of 1,000."""
    small = TwilioAccount.objects.exclude(parent=None).order_by("pk")[:SMALL_ACCOUNTS]
    counted = [read_counting(account.pk) for account in small]
    yield Figure("small account, unchanged: items", median(items for _, items in counted), "")
    yield Figure("small account, unchanged: statements", median(statements for statements, _ in counted), "")


def read_counting(account_id: int) -> tuple[int, int]:
    """Statements and items of one reading. Raises RuntimeError where anything has changed meanwhile."""
    statements = 0

    def count(execute: Any, *asked: Any) -> Any:
        nonlocal statements
        statements += 1
        return execute(*asked)

    with connection.execute_wrapper(count):
        run = poll_account(account_id)
    if run is None or run.changed or not run.finished_at:
        raise RuntimeError(f"not a reading in which nothing has changed: {run}")
    return statements, run.seen
