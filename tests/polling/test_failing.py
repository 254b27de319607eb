"""A reading that fails for no fault of Twilio's: what is ours marks the account, what is the database's does not."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from reviews.models import Review
from sandbox.handle import Registration, Sandbox
from sync.failures import RETRY_AFTER
from sync.models import PollRun, UnreadablePayload
from sync.poll import poll_account
from sync.whole import PART_TRIES

pytestmark = pytest.mark.django_db


@contextmanager
def broken(**tables: BaseException) -> Iterator[None]:
    """The first of these tables fails whoever asks for it, and from then on the others do too."""
    met = list[str]()

    def break_off(execute: Any, sql: str, *given: Any) -> Any:
        for table, error in tables.items():
            if table in sql and (met or table == next(iter(tables))):
                met.append(table)
                raise error
        return execute(sql, *given)

    with connection.execute_wrapper(break_off):
        yield


def test_a_fault_of_ours_marks_the_account_and_is_met_ever_more_seldom(
    account: TwilioAccount, registered: Registration, caplog: pytest.LogCaptureFixture
) -> None:
    pauses = []
    for _ in range(4):
        before = timezone.now()
        with broken(brands_brand=ValueError("hush, a secret")):
            run = poll_account(account.pk)
        account.refresh_from_db()
        assert run
        assert run.finished_at
        assert "Redress itself failed while reading this account (ValueError)" in run.error
        assert "hush" not in run.error
        assert (account.last_error, account.lease_until) == (run.error, None)
        assert account.failing_since == run.started_at
        pauses.append(round((account.next_poll_at - before) / RETRY_AFTER))
    assert pauses == [1, 2, 4, 8]
    failed = [record for record in caplog.records if "reading_failed" in record.getMessage()]
    assert len(failed) == 4
    assert "break_off" in failed[0].getMessage(), "the traceback leads to where it happened"


def test_once_the_fault_is_mended_the_reading_goes_on_where_it_failed(
    account: TwilioAccount, registered: Registration
) -> None:
    with broken(brands_brand=ValueError()):
        failed = poll_account(account.pk)
    run = poll_account(account.pk)
    account.refresh_from_db()
    assert run == failed
    assert (account.failing_since, account.failures, account.last_error) == (None, 0, "")
    assert Review.objects.count() == 2


@pytest.mark.parametrize(
    "error", [OperationalError("away"), InterfaceError("closed"), SystemExit(), KeyboardInterrupt()]
)
def test_a_database_that_is_away_or_a_worker_that_ends_is_no_failure_of_the_account(
    account: TwilioAccount, registered: Registration, error: BaseException
) -> None:
    with broken(brands_brand=error), pytest.raises(type(error)):
        poll_account(account.pk)
    account.refresh_from_db()
    assert (account.failing_since, account.last_error, account.lease_until) == (None, "", None)
    assert PollRun.objects.get().error == ""


@pytest.mark.django_db(transaction=True)
def test_what_cannot_be_written_down_is_told_to_whoever_asked(account: TwilioAccount, registered: Registration) -> None:
    with broken(brands_brand=ValueError(), sync_pollrun=OperationalError("away")), pytest.raises(OperationalError):
        poll_account(account.pk)
    account.refresh_from_db()
    assert account.failing_since is None


# --- one messaging service that Twilio cannot list ---


@pytest.fixture
def odd_service(account: TwilioAccount, registered: Registration, twilio: Sandbox, settings: Settings) -> str:
    """One of two; Twilio fails over it whenever it is to be listed, and at once says so."""
    twilio.register(account.sid, name="Pelican Pizza")
    settings.TWILIO_READ_AGAIN_SECONDS = []
    poll_account(account.pk)
    service = Review.objects.filter(kind="campaign").order_by("pk")[0].remote_key.partition("/")[0]
    twilio.server_error(calls=1000, path=f"{service}/Compliance/Usa2p$")
    return service


def test_a_service_that_stops_every_reading_is_left_out_of_the_fourth(
    account: TwilioAccount, odd_service: str, twilio: Sandbox
) -> None:
    began = timezone.now()
    errors = [run.error for run in (poll_account(account.pk) for _ in range(PART_TRIES)) if run]
    assert errors == ["Twilio failed inside (HTTP 500)."] * PART_TRIES
    account.refresh_from_db()
    assert account.failing_since
    run = poll_account(account.pk)
    assert run
    assert not run.error
    assert TwilioAccount.objects.get(pk=account.pk).failing_since is None
    assert "Twilio would not list the campaigns of" in UnreadablePayload.objects.get().error
    assert not Review.objects.filter(as_of__lt=began).exists(), "each by itself can still be read"


def test_while_twilio_lists_nothing_no_service_is_left_out(
    account: TwilioAccount, odd_service: str, twilio: Sandbox
) -> None:
    poll_account(account.pk)
    twilio.server_error(calls=1000, path="messaging")
    runs = [poll_account(account.pk) for _ in range(PART_TRIES + 2)]
    assert [bool(run and run.error) for run in runs] == [True] * len(runs)
    assert PollRun.objects.latest("pk").parts_read == 0
    assert not UnreadablePayload.objects.exists()
