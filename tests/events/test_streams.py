"""Sinks and subscriptions of each account: made, found again, healed and taken away, and nobody else's touched."""

import io
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from accounts.secrets import seal
from audit.models import Entry
from config.checks import check_address
from sandbox.handle import Account, Sandbox
from sync import limits, streams
from sync.models import EventStream
from sync.poll import poll_account
from sync.standing import standing_of
from tests.factories import make_account
from tests.sandbox.conftest import speaks_as
from tests.sandbox.speaker import Speaker
from tests.waiting import until

pytestmark = pytest.mark.django_db
EVENTS = "/events.twilio.com/v1"
State = EventStream.State


@pytest.fixture(autouse=True)
def near(settings: Settings) -> None:
    """An address at which nobody listens: the sandbox may send there, and nothing comes in."""
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:9"


@pytest.fixture
def speaker(twilio: Sandbox, at_twilio: Account) -> Speaker:
    return speaks_as(twilio, at_twilio)


def ensure(account: TwilioAccount) -> EventStream:
    if not EventStream.objects.filter(account=account).exists():
        streams.switch_on(account, None)
    stream = streams.tend(account.pk)
    assert stream
    return stream


def sinks(speaker: Speaker) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = speaker.get(f"{EVENTS}/Sinks").body["sinks"]
    return found


def subscriptions(speaker: Speaker) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = speaker.get(f"{EVENTS}/Subscriptions").body["subscriptions"]
    return found


def make_sink(speaker: Speaker, destination: str, description: str = "Somebody else's") -> str:
    configuration = json.dumps({"destination": destination, "method": "POST"})
    form = {"Description": description, "SinkConfiguration": configuration, "SinkType": "webhook"}
    return str(speaker.post(f"{EVENTS}/Sinks", form).body["sid"])


def writes(twilio: Sandbox) -> int:
    return sum(call.method != "GET" and call.route != "sink_tests.create" for call in twilio.calls())


def _tend_elsewhere(account_id: int) -> EventStream | None:
    """In a thread of its own, which leaves no database connection behind."""
    try:
        return streams.tend(account_id)
    finally:
        connection.close()


# --- making ----------------------------------------------------------------------------------------------------------


def test_a_sink_and_a_subscription_to_everything_wanted_are_made(account: TwilioAccount, speaker: Speaker) -> None:
    stream = ensure(account)
    [sink], [subscription] = sinks(speaker), subscriptions(speaker)
    assert (stream.state, stream.sink_sid, stream.subscription_sid) == (State.ACTIVE, sink["sid"], subscription["sid"])
    assert sink["sink_configuration"]["destination"] == streams.address_of(stream)
    types = speaker.get(f"{EVENTS}/Subscriptions/{subscription['sid']}/SubscribedEvents?PageSize=100").body["types"]
    names = {row["type"].removeprefix("com.twilio.messaging.compliance.") for row in types}
    assert {"number-registration.failed", "toll-free-verification.expired", "a2p-resource-cleanup-started"} <= names
    assert not [name for name in names if name.startswith("com.")]


def test_the_address_has_a_secret_that_no_page_or_row_shows(account: TwilioAccount, speaker: Speaker) -> None:
    stream = ensure(account)
    assert len(stream.path_secret()) >= 40
    assert stream.path_secret() not in stream.sealed_path
    assert stream.path_secret() not in sinks(speaker)[0]["description"]


def test_a_second_time_changes_nothing(account: TwilioAccount, twilio: Sandbox, speaker: Speaker) -> None:
    ensure(account)
    before = writes(twilio)
    ensure(account)
    assert writes(twilio) == before
    assert (len(sinks(speaker)), len(subscriptions(speaker))) == (1, 1)


@pytest.mark.parametrize("path", ["/Sinks$", "/Subscriptions$"])
def test_a_call_without_an_answer_is_not_repeated_but_found(
    account: TwilioAccount, twilio: Sandbox, speaker: Speaker, path: str
) -> None:
    twilio.drop_after(method="POST", path=path)
    assert ensure(account).state == State.BROKEN
    assert ensure(account).state == State.ACTIVE
    assert (len(sinks(speaker)), len(subscriptions(speaker))) == (1, 1)
    assert twilio.counters().creates["sinks"] == 1
    assert twilio.counters().creates["subscriptions"] == 1


def test_a_worker_killed_between_the_steps_is_made_good(account: TwilioAccount, speaker: Speaker) -> None:
    stream = ensure(account)
    speaker.delete(f"{EVENTS}/Subscriptions/{stream.subscription_sid}")
    EventStream.objects.update(sink_sid="", subscription_sid="", lease_until=timezone.now() + timedelta(minutes=4))
    assert streams.tend(account.pk) is None, "its lease holds others off"
    EventStream.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    healed = ensure(account)
    assert healed.sink_sid == stream.sink_sid
    assert len(subscriptions(speaker)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_make_one(account: TwilioAccount, twilio: Sandbox, speaker: Speaker) -> None:
    streams.switch_on(account, None)
    twilio.slow(0.2, calls=3, path="/Sinks$")

    with ThreadPoolExecutor(4) as lanes:
        done = list(lanes.map(_tend_elsewhere, [account.pk] * 4))
    assert sum(stream is not None for stream in done) == 1
    assert (len(sinks(speaker)), len(subscriptions(speaker))) == (1, 1)


# --- healing ---------------------------------------------------------------------------------------------------------


def test_what_was_deleted_is_made_anew(account: TwilioAccount, speaker: Speaker) -> None:
    stream = ensure(account)
    speaker.delete(f"{EVENTS}/Subscriptions/{stream.subscription_sid}")
    assert ensure(account).sink_sid == stream.sink_sid
    speaker.delete(f"{EVENTS}/Subscriptions/{subscriptions(speaker)[0]['sid']}")
    speaker.delete(f"{EVENTS}/Sinks/{stream.sink_sid}")
    healed = ensure(account)
    assert healed.sink_sid == sinks(speaker)[0]["sid"] != stream.sink_sid
    assert healed.state == State.ACTIVE


def test_a_type_that_was_taken_out_comes_back(account: TwilioAccount, speaker: Speaker) -> None:
    stream = ensure(account)
    path = f"{EVENTS}/Subscriptions/{stream.subscription_sid}/SubscribedEvents"
    name = "com.twilio.messaging.compliance.campaign-registration.campaign-failure"
    assert speaker.delete(f"{path}/{name}").status == 204
    ensure(account)
    assert name in {row["type"] for row in speaker.get(f"{path}?PageSize=100").body["types"]}


def test_a_failed_sink_is_replaced_and_removed(account: TwilioAccount, twilio: Sandbox, speaker: Speaker) -> None:
    stream = ensure(account)
    twilio.set_sink_status(stream.sink_sid, "failed")
    healed = ensure(account)
    assert healed.sink_sid != stream.sink_sid
    assert [sink["sid"] for sink in sinks(speaker)] == [healed.sink_sid]


def test_a_sink_that_is_still_checked_is_waited_for(account: TwilioAccount, twilio: Sandbox) -> None:
    stream = ensure(account)
    twilio.set_sink_status(stream.sink_sid, "validating")
    waiting = ensure(account)
    assert (waiting.state, waiting.sink_sid) == (State.MAKING, stream.sink_sid)
    assert waiting.due_at < timezone.now() + timedelta(minutes=2)


def test_stale_ones_of_ours_go_and_those_of_others_stay(
    account: TwilioAccount, speaker: Speaker, settings: Settings
) -> None:
    theirs = make_sink(speaker, "http://127.0.0.1:9/other")
    staging = make_sink(speaker, f"http://127.0.0.1:10/hooks/twilio/{account.sid}/word/", "Redress 0123456789ab")
    stale = make_sink(speaker, f"http://127.0.0.1:9/hooks/twilio/{account.sid}/an-older-word/")
    first = ensure(account)
    assert {sink["sid"] for sink in sinks(speaker)} == {theirs, staging, first.sink_sid}
    assert stale not in {sink["sid"] for sink in sinks(speaker)}


def test_after_a_move_to_another_address_the_old_sink_goes(
    account: TwilioAccount, speaker: Speaker, settings: Settings
) -> None:
    old = ensure(account)
    settings.PUBLIC_BASE_URL = "http://127.0.0.1:19"
    EventStream.objects.update(sink_sid="", subscription_sid="")
    new = ensure(account)
    assert [sink["sid"] for sink in sinks(speaker)] == [new.sink_sid] != [old.sink_sid]
    assert len(subscriptions(speaker)) == 1


def test_a_secret_that_no_key_opens_is_made_anew(account: TwilioAccount, speaker: Speaker) -> None:
    ensure(account)
    EventStream.objects.update(sealed_path="nonsense")
    stream = ensure(account)
    [sink] = sinks(speaker)
    assert sink["sink_configuration"]["destination"] == streams.address_of(stream)


def test_a_failure_is_said_and_tried_again(account: TwilioAccount) -> None:
    streams.switch_on(account, None)
    TwilioAccount.objects.update(sealed_secret=seal("refused"))
    stream = streams.tend(account.pk)
    assert stream
    assert stream.state == State.BROKEN
    assert "Connect the account again" in stream.last_error
    assert stream.due_at < timezone.now() + timedelta(minutes=11)


def test_with_an_api_key_the_token_that_signs_is_kept_sealed(
    account: TwilioAccount, twilio: Sandbox, at_twilio: Account
) -> None:
    key = twilio.create_key(account.sid, is_main=True)
    TwilioAccount.objects.update(key_sid=key.sid, sealed_secret=seal(key.secret))
    stream = ensure(account)
    assert stream.token() == at_twilio.auth_token
    assert at_twilio.auth_token not in stream.sealed_token


# --- which and when --------------------------------------------------------------------------------------------------


def test_subaccounts_have_their_own_and_new_ones_join(
    account: TwilioAccount, twilio: Sandbox, at_twilio: Account
) -> None:
    streams.switch_on(account, None)
    below = twilio.create_subaccount(at_twilio.sid, "Harbor Dental Tacoma")
    poll_account(account.pk)
    due = streams.claim_due(timezone.now())
    assert len(due) == 2
    for account_id in due:
        streams.tend(account_id)
    [sink] = sinks(speaks_as(twilio, below))
    assert f"/hooks/twilio/{below.sid}/" in sink["sink_configuration"]["destination"]
    assert streams.claim_due(timezone.now()) == []
    assert len(streams.claim_due(timezone.now() + streams.ALL_WELL)) == 2


def test_nobody_is_told_by_event_who_did_not_ask_for_it(account: TwilioAccount) -> None:
    assert streams.claim_due(timezone.now()) == []
    assert not EventStream.objects.exists()


def test_switching_off_takes_away_what_is_ours(account: TwilioAccount, speaker: Speaker) -> None:
    theirs = make_sink(speaker, "http://127.0.0.1:9/other")
    ensure(account)
    streams.switch_off(account, None)
    assert streams.claim_due(timezone.now()) == [account.pk]
    assert streams.tend(account.pk) is None
    assert [sink["sid"] for sink in sinks(speaker)] == [theirs]
    assert subscriptions(speaker) == []
    assert not EventStream.objects.exists()
    assert list(Entry.objects.values_list("verb", flat=True)) == ["events:switched_off", "events:switched_on"]


@pytest.mark.django_db(transaction=True)
def test_whoever_switches_meanwhile_is_obeyed(account: TwilioAccount, twilio: Sandbox, speaker: Speaker) -> None:
    ensure(account)
    twilio.slow(0.6, path="/Sinks$")
    with ThreadPoolExecutor(1) as lane:
        going_on = lane.submit(_tend_elsewhere, account.pk)
        # A call is under way, so what it works on was read before.
        until(lambda: limits.connection().zcard(f"{limits.PREFIX}{account.sid}:calls"))
        streams.switch_off(account, None)
        going_on.result()
    stream = EventStream.objects.get()
    assert (stream.state, stream.lease_until) == (State.LEAVING, None)
    assert streams.claim_due(timezone.now()) == [account.pk]


def test_events_work_once_one_came_and_no_longer_after_a_long_silence(account: TwilioAccount) -> None:
    ensure(account)
    assert not streams.events_work(account)
    EventStream.objects.update(last_event_at=timezone.now())
    assert streams.events_work(account)
    EventStream.objects.update(last_event_at=timezone.now() - streams.PROVEN)
    assert not streams.events_work(account)


@pytest.mark.parametrize(
    ("base", "twilio_url", "debug", "words"),
    [
        ("", "", False, "PUBLIC_BASE_URL is not set"),
        ("http://127.0.0.1:8200", "", False, "an address of this machine"),
        ("http://localhost:8200", "", True, "an address of this machine"),
        ("http://redress.example", "", False, "is not https"),
        ("http://redress.example", "", True, ""),
        ("https://redress.example", "", False, ""),
        ("http://127.0.0.1:8200", "http://127.0.0.1:8300", False, ""),
    ],
)
def test_what_keeps_twilio_from_reaching_us_is_said(
    settings: Settings, base: str, twilio_url: str, debug: bool, words: str
) -> None:
    settings.PUBLIC_BASE_URL, settings.TWILIO_API_URL, settings.DEBUG = base, twilio_url, debug
    why = streams.hindrance()
    assert words in why
    assert bool(why) == bool(words)


def test_polling_only_without_a_public_address(account: TwilioAccount, twilio: Sandbox, settings: Settings) -> None:
    settings.PUBLIC_BASE_URL = ""
    streams.switch_on(account, None)
    assert streams.claim_due(timezone.now()) == []
    stream = streams.tend(account.pk)
    assert stream
    assert standing_of(stream, timezone.now()).words == "Polling only"
    assert writes(twilio) == 0
    run = poll_account(account.pk)
    assert run
    assert run.error == ""


@pytest.mark.parametrize(
    ("base", "debug", "complains"),
    [
        ("http://redress.example", False, True),
        ("http://redress.example", True, False),
        ("https://redress.example", False, False),
        ("http://127.0.0.1:8200", False, False),
        ("", False, False),
    ],
)
def test_a_plain_address_in_production_is_warned_of(
    settings: Settings, base: str, debug: bool, complains: bool
) -> None:
    settings.PUBLIC_BASE_URL, settings.DEBUG = base, debug
    assert bool(check_address()) == complains


# --- the command -----------------------------------------------------------------------------------------------------


def events_command(*words: str) -> str:
    out = io.StringIO()
    call_command("events", *words, stdout=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_the_command_ensures_tells_and_removes(account: TwilioAccount, speaker: Speaker) -> None:
    assert "Polling only. events are not switched on" in events_command()
    assert "Set up, waiting for Twilio’s test event" in events_command("--ensure")
    assert len(sinks(speaker)) == 1
    assert "not switched on" in events_command("--remove")
    assert sinks(speaker) == []


@pytest.mark.django_db(transaction=True)
def test_the_command_fails_where_events_do_not_work(account: TwilioAccount) -> None:
    TwilioAccount.objects.update(sealed_secret=seal("refused"))
    with pytest.raises(CommandError, match="do not work for 1 of 1"):
        events_command("--ensure")


def test_the_command_changes_nothing_without_a_public_address(account: TwilioAccount, settings: Settings) -> None:
    settings.PUBLIC_BASE_URL = ""
    with pytest.raises(CommandError, match="Polling only: PUBLIC_BASE_URL is not set"):
        events_command("--ensure")
    assert not EventStream.objects.exists()


def test_the_command_wants_an_account() -> None:
    make_account(disconnected_at=timezone.now())
    with pytest.raises(CommandError, match="No such account"):
        events_command()
