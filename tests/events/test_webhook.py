"""The door for events: who may come in, how much they may bring, and what is written down of it."""

import json
import logging
from datetime import timedelta
from io import BytesIO
from threading import Event as ThreadEvent
from time import monotonic
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from kombu.exceptions import OperationalError
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount
from accounts.secrets import seal
from config.celery import app
from config.logs import WithoutSecrets
from sync.models import Event, EventStream
from sync.wake import Waker
from tests.events.conftest import PATH, TOKEN, Twilio, cloud_event, milliseconds, stream_of
from tests.factories import make_account, sid
from tests.waiting import until

pytestmark = pytest.mark.django_db
BRAND = "brand-registration.brand-verified"


def an_event(**over: Any) -> dict[str, Any]:
    return {**cloud_event(BRAND, brandsid=sid("BN")), **over}


# --- the two locks ---------------------------------------------------------------------------------------------------


def test_a_signed_event_is_written_down_as_it_came(hand: Twilio) -> None:
    told = an_event()
    assert hand.send(told).status_code == 204
    event = Event.objects.get()
    assert (event.event_id, event.type, event.body) == (told["id"], told["type"], told)
    assert (event.stamp, event.outcome) == (str(told["data"]["updateddate"]), "")
    hand.stream.refresh_from_db()
    assert hand.stream.last_event_at


@pytest.mark.parametrize(
    ("lock", "wrong"), [("token", "f" * 32), ("token", ""), ("path", "another-word"), ("path", PATH.upper())]
)
def test_a_wrong_token_or_a_wrong_address_says_nothing(hand: Twilio, lock: str, wrong: str) -> None:
    setattr(hand, lock, wrong)
    answer = hand.send(an_event())
    assert (answer.status_code, answer.content) == (403, b"")
    assert not Event.objects.exists()


def test_a_body_that_was_changed_on_the_way_is_refused(hand: Twilio) -> None:
    body = json.dumps([an_event()]).encode()
    assert hand.send_body(body + b" ", signed=body).status_code == 403


@pytest.mark.parametrize("mark", ["", "bm9uc2Vuc2U=", "é"])
def test_a_signature_that_is_none_is_refused(hand: Twilio, mark: str) -> None:
    assert hand.send(an_event(), mark=mark).status_code == 403


def test_a_signature_by_sha256_is_taken_where_its_header_says_so(hand: Twilio) -> None:
    named = {"X-Twilio-Webhooks-Signature-Settings": "key=webhooks_sharedkey_1,algorithm=HMAC_SHA256"}
    assert hand.send(cloud_event("x"), algorithm="sha256").status_code == 403
    assert hand.send(cloud_event("x"), headers=named).status_code == 403
    assert hand.send(cloud_event("x"), algorithm="sha256", headers=named).status_code == 204


def test_a_signature_of_another_account_is_refused(hand: Twilio) -> None:
    other = Twilio(stream_of(make_account()), token="e" * 32)
    other.path = hand.path
    assert other.send(an_event()).status_code == 403


def test_an_address_of_another_account_is_refused(hand: Twilio) -> None:
    other = stream_of(make_account(), "another-word")
    hand.stream = other
    assert hand.send(an_event()).status_code == 403


def test_a_request_without_the_bodys_digest_is_refused(hand: Twilio) -> None:
    path = f"/hooks/twilio/{hand.stream.account.sid}/{PATH}/"
    assert Client().post(path, b"[]", content_type="application/json").status_code == 403


def test_the_host_header_decides_nothing(hand: Twilio) -> None:
    hand.client = Client(headers={"host": "elsewhere.example"})
    assert hand.send(an_event()).status_code == 204


def test_a_disconnected_account_takes_nothing(hand: Twilio) -> None:
    TwilioAccount.objects.update(disconnected_at=timezone.now())
    assert hand.send(an_event()).status_code == 403


def test_an_account_without_a_stream_takes_nothing(hand: Twilio) -> None:
    EventStream.objects.all().delete()
    assert hand.send(an_event()).status_code == 403


def test_where_a_key_of_the_house_is_gone_nothing_comes_in(hand: Twilio) -> None:
    EventStream.objects.update(sealed_path="nonsense")
    assert hand.send(an_event()).status_code == 403


def test_an_account_read_with_an_api_key_is_known_by_its_auth_token(hand: Twilio) -> None:
    TwilioAccount.objects.update(key_sid=sid("SK"), sealed_secret=seal("the key's own secret"))
    EventStream.objects.update(sealed_token=seal(TOKEN))
    assert hand.send(an_event()).status_code == 204


def test_a_signature_that_does_not_fit_has_the_stream_looked_at_again_but_not_all_the_time(hand: Twilio) -> None:
    main = make_account(next_poll_at=timezone.now() + timedelta(hours=1))
    TwilioAccount.objects.filter(pk=hand.stream.pk).update(parent=main)
    later = timezone.now() + timedelta(days=1)
    EventStream.objects.update(due_at=later, checked_at=timezone.now() - timedelta(hours=1))
    hand.token = "f" * 32
    hand.send(an_event())
    hand.stream.refresh_from_db()
    main.refresh_from_db()
    assert hand.stream.due_at <= timezone.now()
    assert main.next_poll_at <= timezone.now()
    assert "another auth token" in hand.stream.last_error
    EventStream.objects.update(due_at=later)
    hand.send(an_event())
    hand.stream.refresh_from_db()
    assert hand.stream.due_at == later


def test_what_is_remembered_of_an_account_holds_no_longer_than_its_row(hand: Twilio) -> None:
    assert hand.send(an_event()).status_code == 204
    TwilioAccount.objects.update(disconnected_at=timezone.now())
    assert hand.send(an_event()).status_code == 403
    TwilioAccount.objects.update(disconnected_at=None)
    EventStream.objects.update(sealed_path=seal("another-word"))
    assert hand.send(an_event()).status_code == 403
    hand.path = "another-word"
    assert hand.send(an_event()).status_code == 204
    EventStream.objects.update(sealed_token=seal("f" * 32))
    assert hand.send(an_event()).status_code == 403
    hand.token = "f" * 32
    assert hand.send(an_event()).status_code == 204
    EventStream.objects.all().delete()
    assert hand.send(an_event()).status_code == 403
    assert Event.objects.count() == 3


class NeverEnds(BytesIO):
    """A body whose sender says no more: whoever reads it waits for ever."""

    def read(self, size: int | None = -1, /) -> bytes:
        raise AssertionError("The body was read.")


@pytest.mark.parametrize(
    ("account_sid", "path", "lookups"),
    [
        ("", "another-word", 1),
        ("AC" + "0" * 32, PATH, 1),
        ("AC" + "F" * 32, PATH, 0),
        ("AC1", PATH, 0),
        ("nobody", PATH, 0),
    ],
)
def test_the_body_is_not_read_for_a_wrong_address(
    hand: Twilio, django_assert_num_queries: Any, account_sid: str, path: str, lookups: int
) -> None:
    address = f"/hooks/twilio/{account_sid or hand.stream.account.sid}/{path}/"
    unfinished: dict[str, Any] = {"wsgi.input": NeverEnds(), "CONTENT_LENGTH": "1000"}
    with django_assert_num_queries(lookups):
        answer = Client().post(address, b"[", content_type="application/json", **unfinished)
    assert (answer.status_code, answer.content) == (403, b"")


def test_only_posts_are_answered(hand: Twilio) -> None:
    assert Client().get(f"/hooks/twilio/{hand.stream.account.sid}/{PATH}/").status_code == 405


# --- what is brought -------------------------------------------------------------------------------------------------


def test_the_same_event_is_one_row_however_often_it_comes(hand: Twilio) -> None:
    told = an_event()
    for _ in range(3):
        assert hand.send(told).status_code == 204
    assert hand.send(told, told).status_code == 204
    assert Event.objects.count() == 1


def test_an_id_that_says_something_new_is_another_row(hand: Twilio) -> None:
    first = an_event()
    later = {**first["data"], "updateddate": first["data"]["updateddate"] + 1}
    same_stamp = {**first["data"], "brandstatus": "registered"}
    for data in (first["data"], later, same_stamp):
        hand.send({**first, "data": data})
    assert Event.objects.count() == 3


def test_one_event_alone_is_taken_too(hand: Twilio) -> None:
    assert hand.send_body(json.dumps(an_event()).encode()).status_code == 204
    assert Event.objects.count() == 1


def test_an_empty_array_is_no_error(hand: Twilio) -> None:
    assert hand.send().status_code == 204


def test_data_as_text_is_read(hand: Twilio) -> None:
    told = an_event()
    hand.send({**told, "data": json.dumps(told["data"])})
    event = Event.objects.get()
    assert (event.stamp, event.outcome) == (str(told["data"]["updateddate"]), "")


@pytest.mark.parametrize("name", ["updateddate", "timestamp", "processeddate"])
def test_a_moment_in_milliseconds_is_understood(hand: Twilio, name: str) -> None:
    moment = timezone.now().replace(microsecond=250_000) - timedelta(hours=2)
    hand.send(an_event(data={name: milliseconds(moment), "brandsid": sid("BN")}, time=None))
    assert Event.objects.get().occurred_at == moment


@pytest.mark.parametrize("stamp", [None, "", "soon", True, [], 10**18, -5, float(10**300), "9" * 400, "2999-01-01"])
def test_an_odd_moment_is_no_error(hand: Twilio, stamp: object) -> None:
    assert hand.send(an_event(data={"updateddate": stamp}, time=stamp)).status_code == 204
    assert timezone.now() - Event.objects.get().occurred_at < timedelta(minutes=1) or stamp == -5


@pytest.mark.parametrize(
    ("over", "problem"),
    [
        ({"data": "no json"}, "Its data is text, but not JSON."),
        ({"data": None}, "Its data is not an object."),
        ({"data": [1]}, "Its data is not an object."),
        ({"type": None}, "It does not say what type of event it is."),
    ],
)
def test_what_is_not_understood_is_kept_and_says_why(hand: Twilio, over: dict[str, Any], problem: str) -> None:
    assert hand.send(an_event(**over)).status_code == 204
    event = Event.objects.get()
    assert (event.outcome, event.problem) == (Event.Outcome.ODD, problem)


@pytest.mark.parametrize(("number", "kept"), [("NaN", "NaN"), ("-Infinity", "-Infinity"), ("1e999", "1e999")])
def test_a_number_no_database_takes_is_kept_as_text(hand: Twilio, number: str, kept: str) -> None:
    body = f'[{{"id": "a", "type": "x", "data": {{"updateddate": {number}}}}}]'
    assert hand.send_body(body.encode()).status_code == 204
    assert Event.objects.get().body["data"] == {"updateddate": kept}


def test_what_no_database_takes_is_kept_without_it(hand: Twilio) -> None:
    assert hand.send_body(b'[{"id": "a\\u0000b", "type": "x", "data": {"b": "\\ud800"}}]').status_code == 204
    assert Event.objects.get().event_id == "a\ufffdb".replace("\x00", "")


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[1]",
        b'["text"]',
        b"null",
        b"7",
        b"[" * 100_000,
        b"[{}," * 2001 + b"{}]",
    ],
)
def test_what_holds_no_events_is_refused_as_such(hand: Twilio, body: bytes) -> None:
    assert hand.send_body(body).status_code == 400
    assert not Event.objects.exists()


@pytest.mark.parametrize("body", [b"\xff", b'["\xed\xa0\x80"]'])
def test_what_is_no_text_is_nothing_twilio_signed(hand: Twilio, body: bytes) -> None:
    assert hand.send_body(body).status_code == 403
    assert not Event.objects.exists()


def test_a_hundred_kilobytes_are_taken(hand: Twilio) -> None:
    assert hand.send(an_event(data={"a": "x" * 100_000})).status_code == 204


def test_what_django_itself_would_refuse_is_taken_up_to_our_own_limit(hand: Twilio) -> None:
    assert hand.send(an_event(data={"a": "x" * 400_000})).status_code == 204


def test_too_much_is_refused_before_it_is_read(hand: Twilio, settings: Settings) -> None:
    settings.EVENT_MAX_BYTES = 1000
    assert hand.send(an_event(data={"a": "x" * 1000})).status_code == 413
    assert not Event.objects.exists()


def test_two_hundred_events_cost_as_many_statements_as_one(hand: Twilio, django_assert_num_queries: Any) -> None:
    hand.send(an_event())
    with django_assert_num_queries(1):
        hand.send(an_event())
    with django_assert_num_queries(1):
        hand.send(*(an_event() for _ in range(200)))
    assert Event.objects.count() == 202


def test_the_sign_of_life_is_written_every_few_seconds(hand: Twilio) -> None:
    hand.send(an_event())
    for ago, is_renewed in ((timedelta(seconds=1), False), (timedelta(seconds=10), True)):
        before = timezone.now() - ago
        EventStream.objects.update(last_event_at=before)
        hand.send(an_event())
        hand.stream.refresh_from_db()
        assert (hand.stream.last_event_at != before) is is_renewed


# --- around it -------------------------------------------------------------------------------------------------------


@pytest.fixture
def broker_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(app.conf, "broker_url", "redis://127.0.0.1:9/0")
    monkeypatch.setattr(app, "_pool", None)
    monkeypatch.setattr(app.amqp, "_producer_pool", None)


def test_while_the_broker_is_away_events_are_kept_and_answered_at_once(hand: Twilio, broker_away: None) -> None:
    began = timezone.now()
    assert hand.send(an_event()).status_code == 204
    assert timezone.now() - began < timedelta(seconds=1)
    assert Event.objects.get().outcome == ""


def test_whoever_brings_events_never_waits_for_the_broker() -> None:
    asked, let_go, said = list[int](), ThreadEvent(), list[int]()

    def ask(account_id: int) -> None:
        asked.append(account_id)
        let_go.wait(10)
        if account_id == 1:
            raise OperationalError("away")
        said.append(account_id)

    waker = Waker(ask)
    waker.wake(1)
    until(lambda: asked == [1])
    for account_id in (2, 2, 2, 3):
        waker.wake(account_id)
    let_go.set()
    until(lambda: len(said) == 2)
    assert (asked, said) == ([1, 2, 3], [2, 3])


def test_a_broker_that_says_something_odd_keeps_nobody_from_being_asked_for() -> None:
    said, let_go = list[int](), ThreadEvent()

    def ask(account_id: int) -> None:
        if account_id == 1:
            assert let_go.wait(20)
            raise RuntimeError("READONLY You can't write against a read only replica.")
        said.append(account_id)

    waker = Waker(ask)
    waker.wake(1)
    waker.wake(2)
    let_go.set()
    until(lambda: said == [2])


def test_an_account_is_asked_for_again_only_after_its_rest_and_then_for_all_that_came_meanwhile() -> None:
    asked = list[tuple[int, float]]()
    waker = Waker(lambda account_id: asked.append((account_id, monotonic())), rest=timedelta(seconds=0.3))
    for _ in range(3):
        waker.wake(1)
        until(lambda: asked)
    waker.wake(2)
    until(lambda: len(asked) == 3)
    assert [account_id for account_id, _ in asked] == [1, 2, 1]
    assert asked[2][1] - asked[0][1] >= 0.3


def test_the_secret_of_the_address_is_not_logged(hand: Twilio, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(WithoutSecrets())
    with caplog.at_level(logging.DEBUG):
        hand.send(an_event())
        hand.path = "guessed-word"
        hand.send(an_event())
    assert "/hooks/twilio/" in caplog.text
    assert PATH not in caplog.text
    assert "guessed-word" not in caplog.text
