"""A minute and a half of the real thing: workers, beat and the sandbox, with pauses of seconds instead of hours. What
the sandbox counts is laid beside what the simulation says of the same items, moments and pauses."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.test import override_settings
from django.utils import timezone

from accounts.models import TwilioAccount
from benchmarks.life import Item, Life
from benchmarks.simulation import Scheduled
from launch import crew
from launch.installation import Settings
from launch.places import Place
from reviews.models import Review
from sandbox.handle import Sandbox, start_sandbox
from sync.connect import connect, verify
from twilio_api.credentials import Credentials

ACCOUNTS, CAMPAIGNS = 6, 188
IN_REVIEW, REJECTED, SETTLED, TICK = 15, 30, 90, 1
RUNS = timedelta(seconds=SETTLED)
# The first mirror is over, its texts are checked, and every pause has begun anew.
SPREAD_OUT = timedelta(seconds=REJECTED)
MOST_SECONDS = 120
# What the schedule asks for; papers behind brands are read for people, and not by it.
ROUTES = (
    "accounts.list", "customer_profiles.list", "brands.list", "services.list", "campaigns.list", "verifications.list",
    "brands.fetch", "campaigns.fetch", "verifications.fetch",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rehearsed:
    items: int
    counted: int
    simulated: int


def rehearse() -> Rehearsed:
    with start_sandbox("--accounts", str(ACCOUNTS), "--campaigns", str(CAMPAIGNS)) as twilio, _hurried(twilio):
        main = twilio.accounts()[0]
        connect(verify(Credentials(account_sid=main.sid, secret=main.auth_token)))
        with _workers(twilio):
            _wait_for_mirror()
            time.sleep(SPREAD_OUT.total_seconds())
            twilio.clear_journal()
            simulation, start = _as_it_stands(), timezone.now()
            time.sleep(RUNS.total_seconds())
            calls = twilio.counters().calls
        simulated = simulation.run(start, start + RUNS).calls.total()
    return Rehearsed(Review.objects.count(), sum(calls.get(route, 0) for route in ROUTES), simulated)


def _as_it_stands() -> Scheduled:
    accounts = list(TwilioAccount.objects.order_by("parent_id", "pk"))
    place = {account.pk: index for index, account in enumerate(sorted(accounts, key=lambda a: a.parent_id is not None))}
    sids = [account.sid for account in sorted(accounts, key=lambda account: place[account.pk])]
    reviews = list(Review.objects.present())
    items = [Item(r.remote_key, r.kind, place[r.account_id], r.status, r.status_since) for r in reviews]
    life = Life(sids, items, start=timezone.now())
    due = [review.next_check_at or datetime.max for review in reviews]
    return Scheduled(life, hears=False, tick=timedelta(seconds=TICK), due=due)


def _wait_for_mirror() -> None:
    deadline = time.monotonic() + MOST_SECONDS
    while TwilioAccount.objects.count() < ACCOUNTS or TwilioAccount.objects.filter(last_read_at=None).exists():
        if time.monotonic() > deadline:
            raise TimeoutError(f"The first mirror was not there after {MOST_SECONDS} seconds.")
        time.sleep(0.5)


@contextmanager
def _hurried(twilio: Sandbox) -> Iterator[None]:
    pauses = {"in_review": IN_REVIEW, "needs_fix": REJECTED, "settled": SETTLED}
    with override_settings(TWILIO_API_URL=twilio.base_url, CHECK_EVERY_SECONDS=pauses):
        yield


@contextmanager
def _workers(twilio: Sandbox) -> Iterator[None]:
    """As `./run` starts them."""
    place = Place(Path(os.environ["REDRESS_VAR"]))
    with crew.at_work() as at_work:
        for part in crew.workers_and_beat(place, _settings(twilio), crew.LIVE):
            at_work.add(part)
        yield


def _settings(twilio: Sandbox) -> Settings:
    return {
        "TWILIO_API_URL": twilio.base_url,
        "POLL_TICK_SECONDS": str(TICK),
        "CHECK_IN_REVIEW_SECONDS": str(IN_REVIEW),
        "CHECK_REJECTED_SECONDS": str(REJECTED),
        "CHECK_SETTLED_SECONDS": str(SETTLED),
    }
