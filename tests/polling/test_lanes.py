"""Lanes: who has the next one, and that each is given back."""

from threading import Thread

import pytest
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from sandbox.handle import Sandbox
from sync.lanes import Lanes, lanes_of
from sync.poll import poll_account
from tests.waiting import until


def test_of_those_that_wait_the_reading_that_began_first_comes_next() -> None:
    lanes, came = Lanes(1), list[int]()

    def pass_through(number: int) -> None:
        lanes.enter(number)
        came.append(number)
        lanes.leave()

    lanes.enter(1)
    waiting = [Thread(target=pass_through, args=[number], daemon=True) for number in (9, 2, 7)]
    for thread in waiting:
        thread.start()
    until(lambda: lanes.waiting == len(waiting))
    assert came == []
    lanes.leave()
    for thread in waiting:
        thread.join(10)
    assert came == [2, 7, 9]
    assert (lanes.free, lanes.waiting) == (1, 0)


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
