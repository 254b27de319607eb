"""The first reading of many: interrupted anywhere it goes on there, and says how far it is and how long it takes."""

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Role, TwilioAccount
from reviews.models import Review
from sandbox.handle import Account, LoggedCall, Sandbox
from sync import overview
from sync.models import PollRun
from sync.poll import BEGUN_ANEW, RESUME_WITHIN, poll_account
from sync.whole import GATHER_SECONDS, LEASE
from tests.factories import make_account
from tests.waiting import until

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


# --- killed ----------------------------------------------------------------------------------------------------------

READS = "import sys, django; django.setup(); from sync.poll import poll_account; poll_account(int(sys.argv[1]))"


def surroundings() -> dict[str, str]:
    database = connection.settings_dict
    place = urlencode({"host": database["HOST"] or database["OPTIONS"].get("host", "")}, safe="/")
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": f"postgresql://{database['USER']}@/{database['NAME']}?{place}",
        "REDIS_URL": django_settings.REDIS_URL,
        "TWILIO_API_URL": django_settings.TWILIO_API_URL,
        "TWILIO_READS_PER_SECOND": "1000",
    }


@pytest.fixture
def reader() -> Iterator[Callable[[TwilioAccount], subprocess.Popen[bytes]]]:
    """Begins to read an account in a process of its own, which does not outlive the test."""
    started: list[subprocess.Popen[bytes]] = []

    def start(account: TwilioAccount) -> subprocess.Popen[bytes]:
        words = [sys.executable, "-c", READS, str(account.pk)]
        started.append(subprocess.Popen(words, cwd=ROOT, env=surroundings()))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def reads(twilio: Sandbox) -> list[LoggedCall]:
    return [call for call in twilio.calls() if call.method == "GET"]


# Where it is killed, and whether Twilio had answered by then or not.
KILLED = {
    "in the subaccounts": ("Accounts.json", "slow"),
    "in the services": ("/v1/Services$", "slow"),
    "in a campaign": ("MG.*4/Compliance/Usa2p", "slow"),
    "before a campaign was answered": ("MG.*4/Compliance/Usa2p", "time_out_before"),
    "in the verifications": ("Tollfree", "slow"),
}


# Pages that may be asked for again: the one under way, and all of the last seconds.
COST = dict.fromkeys(KILLED, 5) | {"in the subaccounts": 1}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("story", KILLED)
def test_a_kill_costs_one_page_again_or_the_calls_of_three_seconds(
    account: TwilioAccount, twilio: Sandbox, reader: Callable[[TwilioAccount], subprocess.Popen[bytes]], story: str
) -> None:
    path, fault = KILLED[story]
    fill(account, twilio)
    getattr(twilio, fault)(60, path=path)
    kill(reader(account), twilio, faults=1)

    run = poll_account(account.pk)

    assert run
    assert run.finished_at
    assert PollRun.objects.exclude(error=BEGUN_ANEW).count() == 1
    assert Review.objects.count() == 24
    asked = Counter(call.path for call in reads(twilio))
    assert sum(asked.values()) - len(asked) <= COST[story], asked
    assert set(asked.values()) <= {1, 2}


@pytest.mark.django_db(transaction=True)
def test_a_kill_takes_nothing_that_was_written_after_three_seconds(
    account: TwilioAccount, twilio: Sandbox, reader: Callable[[TwilioAccount], subprocess.Popen[bytes]]
) -> None:
    fill(account, twilio)
    twilio.slow(GATHER_SECONDS + 0.1, path="MG.*6/Compliance/Usa2p")
    twilio.slow(60, path="MG.*9/Compliance/Usa2p")
    kill(reader(account), twilio, faults=2)
    assert Review.objects.filter(kind="campaign").count() == 7
    twilio.clear_journal()

    run = poll_account(account.pk)

    assert run
    assert run.finished_at
    assert Review.objects.count() == 24
    assert [call.route for call in reads(twilio)].count("campaigns.list") == 5


def fill(account: TwilioAccount, twilio: Sandbox) -> None:
    """A dozen brands, and a dozen services with a campaign each."""
    for number in range(12):
        service = f"MG{'0' * 31}{number:x}"
        twilio.create_service(account.sid, sid=service)
        twilio.create_campaign(service)
        twilio.create_brand(account.sid)
    twilio.clear_journal()


def kill(process: subprocess.Popen[bytes], twilio: Sandbox, *, faults: int) -> None:
    """As soon as so many faults have struck; then as much time goes by as its lease takes."""
    until(lambda: sum(bool(call.fault) for call in twilio.calls()) == faults, 40)
    process.kill()
    process.wait()
    twilio.clear_faults()
    account_id = TwilioAccount.objects.get().pk
    assert poll_account(account_id) is None, "its lease is still running"
    TwilioAccount.objects.update(lease_until=timezone.now() - timedelta(seconds=1))  # LEASE is over


# --- failed, and gone on ---------------------------------------------------------------------------------------------


@pytest.fixture
def small_pages(monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    monkeypatch.setattr("twilio_api.client.PAGE_SIZE", 2)
    settings.TWILIO_READ_AGAIN_SECONDS = []


@pytest.mark.usefixtures("small_pages")
def test_subaccounts_are_there_page_by_page_and_due_at_once(
    account: TwilioAccount, at_twilio: Account, twilio: Sandbox
) -> None:
    for number in range(6):
        twilio.create_subaccount(at_twilio.sid, f"Customer {number}")
    twilio.server_error(path="Accounts.json.*")
    assert poll_account(account.pk)
    twilio.clear_journal()
    twilio.clear_faults()
    # The first page, then a failure in the second.
    break_after(twilio, "Accounts.json", 1)
    run = poll_account(account.pk)
    assert run
    assert run.error
    assert TwilioAccount.objects.filter(parent=account, next_poll_at__lte=timezone.now()).count() == 1
    twilio.clear_journal()
    again = poll_account(account.pk)
    assert again
    assert (again.pk, again.error) == (run.pk, "")
    assert TwilioAccount.objects.filter(parent=account).count() == 6
    assert len([call for call in reads(twilio) if call.path.endswith("Accounts.json")]) == 3, "three pages were left"


def break_after(twilio: Sandbox, path: str, answered: int) -> None:
    """So many calls of this path are answered, the next fails."""
    twilio.slow(0, path=path, calls=answered)
    twilio.server_error(path=path)


@pytest.mark.usefixtures("small_pages")
def test_a_list_goes_on_at_the_page_it_failed_at(account: TwilioAccount, twilio: Sandbox) -> None:
    for _ in range(7):
        twilio.create_brand(account.sid)
    break_after(twilio, "BrandRegistrations", 2)
    poll_account(account.pk)
    assert Review.objects.count() == 4
    twilio.clear_journal()
    run = poll_account(account.pk)
    assert run
    assert run.finished_at
    assert Review.objects.count() == 7
    assert not Review.objects.exclude(gone_at=None).exists()
    assert len([call for call in reads(twilio) if "BrandRegistrations" in call.path]) == 2


@pytest.mark.usefixtures("small_pages")
def test_what_was_read_too_long_ago_is_read_anew(account: TwilioAccount, twilio: Sandbox) -> None:
    twilio.create_brand(account.sid)
    break_after(twilio, "Services", 0)
    first = poll_account(account.pk)
    assert first
    PollRun.objects.update(started_at=timezone.now() - RESUME_WITHIN - timedelta(minutes=1))
    twilio.clear_journal()
    again = poll_account(account.pk)
    assert again
    assert again.pk != first.pk
    assert [call.route for call in reads(twilio)].count("brands.list") == 1


def test_a_reading_killed_before_its_first_page_does_not_stay_open(account: TwilioAccount) -> None:
    killed = PollRun.objects.create(account=account, started_at=timezone.now() - timedelta(seconds=5))
    again = poll_account(account.pk)
    assert again
    assert again.pk != killed.pk
    killed.refresh_from_db()
    assert (killed.finished_at is not None, killed.error) == (True, BEGUN_ANEW)
    assert not PollRun.objects.filter(finished_at=None).exists()


@pytest.mark.usefixtures("small_pages")
def test_reading_now_reads_all_of_it_anew(
    account: TwilioAccount, twilio: Sandbox, client_of: Callable[[Role], Client]
) -> None:
    break_after(twilio, "Services", 0)
    poll_account(account.pk)
    client_of(Role.ADMINISTRATOR).post(reverse("sync:read", args=[account.pk]))
    twilio.clear_journal()
    poll_account(account.pk)
    assert "accounts.list" in [call.route for call in reads(twilio)]


@pytest.mark.parametrize("services", [2, 12])
def test_a_reading_costs_a_constant_number_of_statements(
    account: TwilioAccount, twilio: Sandbox, services: int
) -> None:
    for _ in range(services):
        twilio.create_campaign(twilio.create_service(account.sid))
    first = statements(account)
    assert statements(account) <= 50, "nothing has changed"
    assert first <= 70


def statements(account: TwilioAccount) -> int:
    with CaptureQueriesContext(connection) as queries:
        poll_account(account.pk)
    return len(queries)


# --- how far it is ---------------------------------------------------------------------------------------------------


@pytest.fixture
def family() -> TwilioAccount:
    main = make_account(name="Northbeam Software", last_read_at=None)
    for number in range(9):
        make_account(parent=main, name=f"Customer {number}", last_read_at=None)
    return main


def finish(account: TwilioAccount, at: timedelta, **over: object) -> None:
    began = timezone.now() - at
    PollRun.objects.create(account=account, started_at=began, finished_at=began + timedelta(seconds=1), **over)


def below(main: TwilioAccount) -> list[TwilioAccount]:
    return list(main.subaccounts.order_by("pk"))


def test_nobody_guesses_before_there_is_a_rate(family: TwilioAccount) -> None:
    since = timezone.now() - timedelta(minutes=1)
    assert overview.progress(family, since).left == ""
    for account in below(family)[:2]:
        finish(account, timedelta(seconds=30))
    assert overview.progress(family, since).rest is None
    assert overview.progress(family, timezone.now() - timedelta(seconds=5)).rest is None


def test_the_time_left_is_measured_over_the_last_minutes(family: TwilioAccount) -> None:
    since = timezone.now() - timedelta(hours=1)
    finish(family, timedelta(minutes=50))
    for account in below(family)[:5]:
        finish(account, timedelta(minutes=2), seen=50, calls=30)
    progress = overview.progress(family, since)
    assert (progress.done, progress.total, progress.seen, progress.calls) == (6, 10, 250, 150)
    assert progress.rest
    assert round(progress.rest / timedelta(minutes=1)) == 4
    assert progress.left == "4 min"


def test_a_reading_that_began_anew_is_not_one_that_is_done(family: TwilioAccount) -> None:
    since = timezone.now() - timedelta(hours=1)
    for account in below(family)[:5]:
        finish(account, timedelta(minutes=2), error=BEGUN_ANEW)
    progress = overview.progress(family, since)
    assert (progress.done, progress.left) == (0, "")


def test_of_a_last_large_account_the_services_are_measured(family: TwilioAccount) -> None:
    since = timezone.now() - timedelta(minutes=20)
    for account in below(family):
        finish(account, timedelta(minutes=15))
    began = timezone.now() - timedelta(minutes=10)
    PollRun.objects.create(
        account=family,
        started_at=began,
        parts=[f"MG{n}" for n in range(300)],
        parts_read=100,
        cursor={"stage": "campaign", "began": began.isoformat(), "parts": "known"},
    )
    TwilioAccount.objects.filter(pk=family.pk).update(lease_until=timezone.now() + LEASE)
    progress = overview.progress(family, since)
    assert (progress.done, progress.total) == (9, 10)
    assert progress.left == "20 min"


def test_the_page_tells_progress_limits_and_ends(
    family: TwilioAccount, client_of: Callable[[Role], Client], django_assert_max_num_queries: Callable[..., object]
) -> None:
    admin, since = client_of(Role.ADMINISTRATOR), timezone.now() - timedelta(minutes=4)
    url = reverse("sync:account", args=[family.pk])
    for account in below(family)[:5]:
        finish(account, timedelta(minutes=2), seen=50, calls=30)
    page = admin.get(url, {"since": since.isoformat()}).content.decode()
    assert "5 of 10" in page
    assert "250 items seen" in page
    assert "150 calls to Twilio" in page
    assert "about 4 min left" in page
    assert "Told to slow down (429)" in page
    assert 'hx-trigger="every 2s"' in page
    for account in (family, *below(family)[5:]):
        finish(account, timedelta(minutes=1))
    piece = admin.get(url, {"since": since.isoformat()}, headers={"HX-Request": "true"}).content.decode()
    assert "10 of 10" in piece
    assert "hx-trigger" not in piece
