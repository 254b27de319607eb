"""Limits as in production, on accounts nobody asked before, and items whose turn has come."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from reviews.models import Review
from sync.limits import connection
from tests.factories import campaign_payload, mirror, sid


@pytest.fixture
def account_sid() -> str:
    """An account the limits know nothing of, and forget after the test."""
    return sid("AC")


@pytest.fixture
def slow_limits(settings: Settings) -> Settings:
    """As they are set where nobody sets anything."""
    settings.TWILIO_READS_PER_SECOND, settings.TWILIO_READS_AT_ONCE = 10.0, 4
    settings.TWILIO_WRITES_PER_SECOND = 1.0
    return settings


@pytest.fixture(autouse=True)
def nothing_known() -> None:
    """Every account is asked for the first time, and no task waits in the queue."""
    connection().flushdb()


def make_due(account: TwilioAccount, count: int, **over: object) -> list[Review]:
    reviews = mirror(account, "campaign", *[campaign_payload(**over) for _ in range(count)])
    Review.objects.filter(account=account).update(next_check_at=timezone.now() - timedelta(minutes=1))
    return reviews
