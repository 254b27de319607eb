"""How fast an account is asked: the arithmetic, the same in Redis, and what two processes get together."""

import itertools
import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from pytest_django.fixtures import Settings

from sync import limits
from sync.limits import Shared, connection, standings, task_of
from twilio_api.errors import GiveWay, Throttled
from twilio_api.limiter import LEASE_SECONDS, Bucket, Call, Limiter, Local, Pace, Place

ROOT = Path(__file__).resolve().parents[2]
PACE = Pace(reads=10, at_once=4, writes=1)


class Clock:
    """A clock that only moves when somebody waits."""

    def __init__(self) -> None:
        self.now = 1_000_000.0

    def __call__(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["local", "redis"])
def limiter(request: pytest.FixtureRequest, clock: Clock) -> Local | Shared:
    """Both keep the same promises."""
    if request.param == "local":
        return Local(PACE, 2.0, clock=clock, wait=clock.wait)
    return Shared(2.0, pace=PACE, clock=clock, wait=clock.wait)


def read(limiter: Limiter, account_sid: str, status: int | None = 200, retry_after: float | None = None) -> None:
    limiter.before(account_sid, Call.READ).after(status, retry_after)


# --- one process -----------------------------------------------------------------------------------------------------


def test_reads_go_out_at_the_rate_after_a_seconds_worth(limiter: Limiter, account_sid: str, clock: Clock) -> None:
    began = clock.now
    for _ in range(50):
        read(limiter, account_sid)
    assert clock.now - began == pytest.approx((50 - PACE.reads) / PACE.reads, abs=0.1)


def test_writes_are_a_second_apart_whatever_is_read(limiter: Limiter, account_sid: str, clock: Clock) -> None:
    at = []
    for _ in range(4):
        limiter.before(account_sid, Call.WRITE).after(202)
        at.append(clock.now)
        read(limiter, account_sid)
    assert [round(later - earlier, 2) for earlier, later in itertools.pairwise(at)] == [1.0, 1.0, 1.0]


def test_no_more_are_under_way_at_once_than_may_be(limiter: Limiter, account_sid: str) -> None:
    held: list[Place] = [limiter.before(account_sid, Call.READ) for _ in range(PACE.at_once)]
    with pytest.raises(GiveWay):
        limiter.before(account_sid, Call.READ)
    held[0].after(200)
    assert limiter.before(account_sid, Call.READ)


def test_a_server_whose_clock_is_set_back_makes_nobody_wait_for_it_to_come_round(
    account_sid: str, clock: Clock
) -> None:
    limiter = Shared(2.0, pace=PACE, clock=clock, wait=clock.wait)
    for _ in range(11):
        read(limiter, account_sid)
    limiter.before(account_sid, Call.WRITE).after(202)
    clock.now -= 3600
    began = clock.now
    for _ in range(20):
        read(limiter, account_sid)
    limiter.before(account_sid, Call.WRITE).after(202)
    assert clock.now - began == pytest.approx(2, abs=0.2)
    read(limiter, account_sid, 429, 30)
    clock.now -= 3600
    assert round(pause_left(limiter, account_sid)) == 30


def test_accounts_do_not_wait_for_each_other(limiter: Limiter, account_sid: str, clock: Clock) -> None:
    for _ in range(PACE.at_once):
        limiter.before(account_sid, Call.READ)
    began = clock.now
    read(limiter, "AC" + "1" * 32)
    assert clock.now == began


def test_a_retry_after_holds_the_whole_account_reads_and_writes(
    limiter: Limiter, account_sid: str, clock: Clock
) -> None:
    read(limiter, account_sid, 429, 30)
    for call in Call:
        with pytest.raises(GiveWay) as refused:
            limiter.before(account_sid, call)
        assert refused.value.seconds == pytest.approx(30, abs=0.1)
    clock.wait(30)
    limiter.before(account_sid, Call.WRITE).after(202)
    read(limiter, account_sid)


def test_without_a_retry_after_the_pause_doubles_until_an_answer_comes(
    limiter: Local | Shared, account_sid: str, clock: Clock
) -> None:
    pauses = []
    for _ in range(3):
        read(limiter, account_sid, 429)
        began = clock.now
        clock.wait(pause_left(limiter, account_sid))
        pauses.append(round(clock.now - began))
    assert pauses == [1, 2, 4]
    read(limiter, account_sid)
    read(limiter, account_sid, 429)
    assert round(pause_left(limiter, account_sid)) == 1


def pause_left(limiter: Local | Shared, account_sid: str) -> float:
    """How long somebody would have to wait who does not."""
    patience, limiter.patience = limiter.patience, 0
    try:
        limiter.before(account_sid, Call.READ).after(None)
    except GiveWay as refused:
        return refused.seconds
    finally:
        limiter.patience = patience
    return 0.0


def test_the_arithmetic_in_redis_is_that_of_the_bucket(account_sid: str, clock: Clock) -> None:
    """A long random story, told to both: they agree on every wait and on the rate."""
    dice, bucket, shared = random.Random(7), Bucket(PACE, at=clock.now), Shared(0, pace=PACE, clock=clock)  # noqa: S311
    held: list[tuple[Call, str]] = []
    for step in range(600):
        clock.now = round(clock.now + dice.choice([0, 0.01, 0.05, 0.3, 2]), 3)
        call, ticket = dice.choice([Call.READ, Call.READ, Call.READ, Call.WRITE]), f"t{step}"
        ours, theirs = bucket.take(call, clock.now), shared.take(account_sid, call, ticket)
        assert theirs == pytest.approx(ours, abs=0.003), step
        if ours == 0:
            held.append((call, ticket))
        if held and dice.random() < 0.6:
            call, ticket = held.pop(dice.randrange(len(held)))
            status, after = dice.choice([(200, None)] * 8 + [(429, None), (429, 3.0)])
            bucket.give_back(call)
            bucket.answered(clock.now, status, after)
            shared.answered(account_sid, ticket, status, after)
        kept = connection().hget(f"{limits.PREFIX}{account_sid}", "rate")
        assert float(kept or PACE.reads) == pytest.approx(bucket.rate, abs=0.001), step


# --- slower and faster again -----------------------------------------------------------------------------------------


def test_a_429_halves_the_rate_once_however_many_are_refused_together() -> None:
    bucket = Bucket(PACE)
    for _ in range(4):
        bucket.answered(100.0, 429, None)
    assert bucket.rate == 5
    bucket.answered(102.0, 429, None)
    assert bucket.rate == 2.5


def test_the_rate_never_falls_to_nothing_and_comes_back_with_answers() -> None:
    bucket = Bucket(PACE)
    for second in range(50):
        bucket.answered(second * 2.0, 429, None)
    assert bucket.rate == PACE.least
    for _ in range(10):
        bucket.answered(200.0, 200, None)
    assert bucket.rate == pytest.approx(PACE.least + 5)
    for _ in range(30):
        bucket.answered(200.0, 200, None)
    assert bucket.rate == PACE.reads


# --- several processes -----------------------------------------------------------------------------------------------

ASKS = """
import sys, time
from redis import Redis
import django
django.setup()
from sync.limits import Shared
from twilio_api.limiter import Call, Pace
account, call, times, at_once = sys.argv[1], Call(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
limiter = Shared(60, pace=Pace(reads=20, at_once=at_once, writes=4))
print("ready", flush=True)
sys.stdin.readline()
for _ in range(times):
    place = limiter.before(account, call)
    print(time.time(), flush=True)
    place.after(200)
"""


def asked_by_two(account_sid: str, call: Call, times: int) -> list[float]:
    """When each of the calls went out that two processes made as fast as they were let."""
    words = [sys.executable, "-c", ASKS, account_sid, call, str(times), "4"]
    env = {**os.environ, "REDIS_URL": django_settings.REDIS_URL, "DJANGO_SETTINGS_MODULE": "config.settings"}
    both = [
        subprocess.Popen(words, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    for one in both:
        assert one.stdout is not None
        assert one.stdout.readline() == "ready\n"
    for one in both:
        assert one.stdin is not None
        one.stdin.write("go\n")
        one.stdin.flush()
    return sorted(float(line) for one in both for line in one.communicate(timeout=60)[0].split())


def test_two_processes_share_one_rate(account_sid: str) -> None:
    at = asked_by_two(account_sid, Call.READ, 40)
    took = at[-1] - at[0]
    # 80 calls at 20 a second, the first 20 at once.
    assert took >= 2.9
    for begin in at:
        assert len([moment for moment in at if begin <= moment < begin + 1]) <= 42


def test_writes_of_two_processes_keep_their_distance(account_sid: str) -> None:
    at = asked_by_two(account_sid, Call.WRITE, 4)
    assert len(at) == 8
    assert min(later - earlier for earlier, later in itertools.pairwise(at)) > 0.2


def test_a_killed_workers_place_is_free_again(account_sid: str, clock: Clock) -> None:
    shared = Shared(0, pace=PACE, clock=clock)
    for _ in range(PACE.at_once):
        shared.before(account_sid, Call.READ)
    clock.wait(LEASE_SECONDS - 1)
    with pytest.raises(GiveWay):
        shared.before(account_sid, Call.READ)
    clock.wait(2)
    assert shared.before(account_sid, Call.READ)


def test_what_is_kept_of_an_account_goes_away_by_itself(account_sid: str) -> None:
    read(Shared(), account_sid)
    keys = list(connection().scan_iter(f"{limits.PREFIX}*"))
    assert keys
    assert all(0 < connection().pttl(key) <= limits.KEEP_MS for key in keys)
    assert sum(connection().memory_usage(key) or 0 for key in keys) < 1000


def test_only_so_many_tasks_work_for_one_account(settings: Settings, account_sid: str) -> None:
    settings.TWILIO_READS_AT_ONCE = 2
    with task_of(account_sid) as first, task_of(account_sid) as second, task_of(account_sid) as third:
        assert (first, second, third) == (True, True, False)
    with task_of(account_sid) as again:
        assert again


# --- watched ---------------------------------------------------------------------------------------------------------


def test_how_an_account_stands_can_be_seen(account_sid: str, slow_limits: Settings) -> None:
    read(Shared(), account_sid)
    read(Shared(), account_sid, 429, 60)
    found = standings([account_sid, "AC" + "2" * 32])
    assert found
    asked, other = found
    assert (asked.calls, asked.throttled, asked.rate, asked.is_slowed) == (2, 1, 5.0, True)
    assert 50 < asked.paused <= 60
    assert (other.calls, other.rate, other.is_slowed) == (0, 10.0, False)


# --- Redis away ------------------------------------------------------------------------------------------------------


@pytest.fixture
def without_redis(settings: Settings) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:9/0"


@pytest.mark.usefixtures("without_redis")
def test_without_redis_reads_go_on_more_slowly_and_writes_wait(account_sid: str) -> None:
    read(Shared(), account_sid)
    with pytest.raises(GiveWay) as refused:
        Shared().before(account_sid, Call.WRITE)
    assert isinstance(refused.value, Throttled)
    assert refused.value.seconds == limits.WITHOUT_REDIS
    assert standings([account_sid]) is None
    with task_of(account_sid) as entered:
        assert entered


@pytest.mark.usefixtures("without_redis")
def test_without_redis_a_process_still_keeps_a_limit_of_its_own(account_sid: str, slow_limits: Settings) -> None:
    began, limiter = time.monotonic(), Shared()
    for _ in range(8):  # five at once, then five a second
        read(limiter, account_sid)
    assert time.monotonic() - began >= 0.5


def test_it_counts_again_as_soon_as_redis_is_back(settings: Settings, account_sid: str) -> None:
    there = settings.REDIS_URL
    settings.REDIS_URL = "redis://127.0.0.1:9/0"
    read(Shared(), account_sid)
    settings.REDIS_URL = there
    read(Shared(), account_sid)
    found = standings([account_sid])
    assert found
    assert found[0].calls == 1
