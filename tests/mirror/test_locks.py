"""Whoever writes several items takes their rows in the order of their keys: nobody holds one that another wants while
waiting for one that the other holds."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connections, transaction
from django.utils import timezone

from accounts.models import TwilioAccount
from reviews import risk
from reviews.models import Review
from reviews.status import Status
from sync import clocks, hearing, limits, singles
from tests.factories import campaign_payload, make_account, mirror, sid
from tests.rows import row_held, somebody_waits_for_a_row
from tests.waiting import until

pytestmark = pytest.mark.django_db(transaction=True)

DAYS = timedelta(days=2)


def check_texts(first: Review) -> None:
    risk.check_some(first.pk % risk.LANES)


def find_no_place(first: Review) -> None:
    with ExitStack() as others:
        for _ in range(settings.TWILIO_READS_AT_ONCE):
            others.enter_context(limits.task_of(first.account.sid))
        pks = list(Review.objects.values_list("pk", flat=True))
        singles.check_reviews_quietly(first.account_id, pks)


def hear_no_more(first: Review) -> None:
    hearing.keep_up(TwilioAccount.objects.get(pk=first.account_id))


def set_clocks_right(first: Review) -> None:
    clocks.reviews(timezone.now())


@pytest.mark.parametrize("write", [check_texts, find_no_place, hear_no_more, set_clocks_right])
def test_items_are_locked_in_the_order_of_their_keys(write: Callable[[Review], None]) -> None:
    account = make_account(hears_events=True)
    reviews = mirror(account, "campaign", *[campaign_payload(sid=sid("QE", n)) for n in range(risk.LANES + 1)])
    first, last = reviews[0], reviews[-1]
    Review.objects.update(next_check_at=timezone.now() + DAYS, status=Status.IN_REVIEW)
    Review.objects.filter(pk=first.pk).update(title="Written last")  # so the table's own order has it at the end

    def alone() -> None:
        try:
            write(first)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as somebody:
        with transaction.atomic(), row_held(first):
            written = somebody.submit(alone)
            until(somebody_waits_for_a_row)
            Review.objects.select_for_update(nowait=True).get(pk=last.pk)
        written.result(30)
    assert Review.objects.exclude(checked_by="", next_check_at__gt=timezone.now() + DAYS / 2).count() > 1, "written"
