"""Limits as in production, on accounts nobody asked before."""

import pytest
from pytest_django.fixtures import Settings

from sync.limits import connection
from tests.factories import sid


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
