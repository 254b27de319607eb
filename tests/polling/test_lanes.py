"""Lanes: who has the next one, and that each is given back."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Thread

import pytest
from django.db import connection, transaction
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from reviews.models import Review
from sandbox.handle import Account, Sandbox
from sync.lanes import NONE_BEGAN_SECONDS, Driver, Lanes, lanes_of
from sync.poll import poll_account
from tests.waiting import until


def turns(lanes: Lanes, waiting: Sequence[Driver]) -> list[int]:
    """In which order those that wait have the only lane, which somebody else has now."""
    came = list[int]()

    def pass_through(driver: Driver) -> None:
        lanes.enter(driver)
        came.append(driver.number)
        lanes.leave()

    lanes.enter(Driver(number=0))
    threads = [Thread(target=pass_through, args=[driver], daemon=True) for driver in waiting]
    for thread in threads:
        thread.start()
    until(lambda: lanes.waiting == len(threads))
    assert came == []
    lanes.leave()
    for thread in threads:
        thread.join(10)
    assert (lanes.free, lanes.waiting) == (1, 0)
    return came


def test_of_those_that_wait_the_reading_that_began_first_comes_next() -> None:
    assert turns(Lanes(1), [Driver(9, asked=1), Driver(2, asked=20), Driver(7, asked=3)]) == [2, 7, 9]


def test_once_no_more_begin_the_reading_that_has_asked_least_comes_next() -> None:
    now = [100.0]
    lanes = Lanes(1, lambda: now[0])
    with ExitStack() as open_ones:
        first, second, third = (open_ones.enter_context(lanes.reading()) for _ in range(3))
        with lanes.reading():
            first.asked, second.asked, third.asked = 20, 3, 3
            now[0] += NONE_BEGAN_SECONDS
            assert turns(lanes, [third, first, second]) == [0, 1, 2]
        assert turns(lanes, [third, first, second]) == [1, 2, 0]
        with lanes.reading():
            assert turns(lanes, [third, first, second]) == [0, 1, 2], "another has taken the place"


def test_a_large_account_is_not_passed_by_small_ones_that_come_and_go() -> None:
    now = [100.0]
    lanes = Lanes(1, lambda: now[0])
    with ExitStack() as most_there_ever_were:
        for _ in range(16):
            most_there_ever_were.enter_context(lanes.reading())
    with lanes.reading() as large:
        large.asked = 2000
        for _ in range(5):
            now[0] += NONE_BEGAN_SECONDS * 0.9
            with lanes.reading() as small:
                assert turns(lanes, [small, large]) == [large.number, small.number]


@pytest.mark.django_db
def test_a_reading_that_fails_gives_its_lane_back(account: TwilioAccount, twilio: Sandbox, settings: Settings) -> None:
    settings.TWILIO_LANES = 3
    twilio.create_brand(account.sid)
    settings.TWILIO_READ_AGAIN_SECONDS = []
    twilio.server_error(path="BrandRegistrations")
    run = poll_account(account.pk)
    assert run
    assert run.error
    assert lanes_of(3).free == 3
    again = poll_account(account.pk)
    assert again
    assert not again.error
    assert lanes_of(3).free == 3


@pytest.mark.django_db(transaction=True)
def test_a_write_that_is_held_up_holds_up_no_other_account(
    account: TwilioAccount, at_twilio: Account, twilio: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sync.lanes.WRITES_ANYHOW_SECONDS", 0.1)
    below = twilio.create_subaccount(at_twilio.sid, "Harbor Coffee")
    for owner in (account.sid, below.sid):
        twilio.create_brand(owner)
    poll_account(account.pk)
    other = TwilioAccount.objects.get(sid=below.sid)
    poll_account(other.pk)
    with ThreadPoolExecutor() as threads:
        with transaction.atomic():
            Review.objects.select_for_update().get(account=account)
            held_up = threads.submit(read_apart, account.pk)
            until(somebody_waits_for_a_lock)
            not_held_up = threads.submit(read_apart, other.pk)
            assert not_held_up.result(10)
            assert not held_up.done()
        assert held_up.result(10)


def read_apart(account_id: int) -> bool:
    """In a thread of its own. Returns whether it was read to its end."""
    try:
        run = poll_account(account_id)
        return bool(run and run.finished_at and not run.error)
    finally:
        connection.close()


def somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return bool(cursor.fetchone()[0])
