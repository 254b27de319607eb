"""Event Streams: sinks and subscriptions of each account, and what is sent to them when something moves."""

import json
from collections.abc import Iterator

import pytest
from twilio.request_validator import RequestValidator

from sandbox.event_types import TYPES
from sandbox.handle import Account, Registration, Sandbox
from tests.sandbox.conftest import speaks_as
from tests.sandbox.receiver import Receiver, receiving
from tests.sandbox.speaker import Speaker
from tests.waiting import until

EVENTS = "/events.twilio.com/v1"
PREFIX = "com.twilio.messaging.compliance."


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    with receiving() as receiver:
        yield receiver


def subscribe(speaker: Speaker, destination: str, *types: str) -> str:
    """Returns the SID of the sink."""
    configuration = json.dumps({"destination": destination, "method": "POST", "batch_events": True})
    form = {"Description": "Ours", "SinkConfiguration": configuration, "SinkType": "webhook"}
    sink = speaker.post(f"{EVENTS}/Sinks", form)
    assert sink.status == 201
    wanted = [json.dumps({"type": name}) for name in types or TYPES]
    made = speaker.post(
        f"{EVENTS}/Subscriptions", {"Description": "Ours", "SinkSid": sink.body["sid"], "Types": wanted}
    )
    assert made.status == 201
    return str(sink.body["sid"])


@pytest.fixture
def subscribed(speaker: Speaker, receiver: Receiver) -> str:
    return subscribe(speaker, receiver.base_url + "/hook")


def topics(receiver: Receiver) -> list[str]:
    return [event["type"].removeprefix(PREFIX) for event in receiver.events]


def test_each_account_has_its_own(sandbox: Sandbox, speaker: Speaker, subaccount: Account, subscribed: str) -> None:
    below = speaks_as(sandbox, subaccount)
    assert below.get(f"{EVENTS}/Sinks").body["sinks"] == []
    assert below.get(f"{EVENTS}/Sinks/{subscribed}").status == 404
    assert below.delete(f"{EVENTS}/Sinks/{subscribed}").status == 404


def test_a_sink_in_use_is_not_deleted(speaker: Speaker, subscribed: str) -> None:
    assert speaker.delete(f"{EVENTS}/Sinks/{subscribed}").status == 400
    [subscription] = speaker.get(f"{EVENTS}/Subscriptions").body["subscriptions"]
    assert speaker.delete(f"{EVENTS}/Subscriptions/{subscription['sid']}").status == 204
    assert speaker.delete(f"{EVENTS}/Sinks/{subscribed}").status == 204


@pytest.mark.parametrize("types", [["nonsense"], [json.dumps({"type": "com.example"})], [json.dumps({"version": 1})]])
def test_an_unknown_type_is_refused(speaker: Speaker, subscribed: str, types: list[str]) -> None:
    form = {"Description": "Ours", "SinkSid": subscribed, "Types": types}
    assert speaker.post(f"{EVENTS}/Subscriptions", form).status == 400


def test_only_an_active_sink_is_subscribed_to(sandbox: Sandbox, speaker: Speaker, subscribed: str) -> None:
    sandbox.set_sink_status(subscribed, "failed")
    form = {"Description": "Ours", "SinkSid": subscribed, "Types": [json.dumps({"type": TYPES[0]})]}
    assert speaker.post(f"{EVENTS}/Subscriptions", form).status == 400


def test_a_verdict_is_told_and_signed(
    sandbox: Sandbox, account: Account, registration: Registration, receiver: Receiver, subscribed: str
) -> None:
    sandbox.reject(registration.service_sid, [30924])
    sent = until(lambda: receiver.sent)[0]
    [event] = sent.events
    assert event["type"] == f"{PREFIX}campaign-registration.campaign-failure"
    assert event["data"]["messagingservicesid"] == registration.service_sid
    assert event["data"]["campaignsid"].startswith("CM")
    assert event["data"]["campaignregistrationerrors"][0]["registrationerrorcode"] == 30924
    assert event["data"]["timestamp"] > 1_700_000_000_000
    validator = RequestValidator(account.auth_token)  # type: ignore[no-untyped-call]
    assert validator.validate(receiver.base_url + sent.path, sent.body.decode(), sent.signature)  # type: ignore[no-untyped-call]


def test_every_kind_tells_its_course(
    sandbox: Sandbox, account: Account, registration: Registration, receiver: Receiver, subscribed: str
) -> None:
    number = sandbox.register_number(account.sid)
    sandbox.reject(number, [30513])
    sandbox.edit_elsewhere(number)
    sandbox.reject(registration.brand_sid, [30795])
    sandbox.remove(registration.service_sid)
    sandbox.remove(number)
    expected = [
        "toll-free-verification.request-approved",
        "toll-free-verification.rejected",
        "toll-free-verification.edit",
        "brand-registration.brand-failure",
        "campaign-registration.campaign-deleted",
        "toll-free-verification.deleted",
    ]
    until(lambda: len(receiver.events) == len(expected))
    assert topics(receiver) == expected


def test_a_number_is_told_without_its_plus_sign(
    sandbox: Sandbox, registration: Registration, receiver: Receiver, subscribed: str
) -> None:
    sandbox.tell_number(registration.service_sid, "+12535550142", "failed", "30034")
    until(lambda: receiver.events)
    data = receiver.events[0]["data"]
    assert (data["phonenumber"], data["failurereason"]) == ("12535550142", "30034")


def test_only_what_was_subscribed_to_is_told(
    sandbox: Sandbox, speaker: Speaker, registration: Registration, receiver: Receiver
) -> None:
    subscribe(speaker, receiver.base_url, f"{PREFIX}campaign-registration.campaign-approved")
    sandbox.reject(registration.service_sid, [30924])
    sandbox.approve(registration.service_sid)
    until(lambda: receiver.events)
    assert topics(receiver) == ["campaign-registration.campaign-approved"]


def test_what_is_not_taken_is_brought_again(
    sandbox: Sandbox, registration: Registration, receiver: Receiver, subscribed: str
) -> None:
    receiver.statuses = [500, 403]
    sandbox.approve(registration.service_sid)
    until(lambda: len(receiver.sent) == 3)
    assert len({sent.body for sent in receiver.sent}) == 1
    until(lambda: len(sandbox.deliveries()) == 3)
    assert [(d.status, d.tries) for d in sandbox.deliveries()] == [(500, 1), (403, 2), (204, 3)]


def test_events_are_bent_on_request(
    sandbox: Sandbox, registration: Registration, receiver: Receiver, subscribed: str
) -> None:
    sandbox.bend_events(copies=2, same_ids=True, as_text=True)
    sandbox.reject(registration.service_sid, [30924])
    sandbox.reject(registration.service_sid, [30908])
    until(lambda: len(receiver.events) == 4)
    assert len({event["id"] for event in receiver.events}) == 1
    told = [json.loads(event["data"])["errorcode"] for event in receiver.events]
    assert told == [30924, 30924, 30908, 30908]


def test_events_are_held_and_released_backwards_in_one_request(
    sandbox: Sandbox, registration: Registration, receiver: Receiver, subscribed: str
) -> None:
    sandbox.bend_events(hold=True)
    sandbox.reject(registration.service_sid, [30924])
    sandbox.approve(registration.service_sid)
    assert sandbox.release_events(backwards=True, batched=True) == 2
    until(lambda: receiver.sent)
    assert topics(receiver) == ["campaign-registration.campaign-approved", "campaign-registration.campaign-failure"]
    assert len(receiver.sent) == 1


def test_anything_can_be_sent(sandbox: Sandbox, account: Account, receiver: Receiver, subscribed: str) -> None:
    assert sandbox.send_content(account.sid, "{no json") == 1
    until(lambda: receiver.sent)
    assert receiver.sent[0].body == b"{no json"


@pytest.mark.parametrize("destination", ["http://example.com/hook", "https://127.0.0.1/hook", "http://10.0.0.1/"])
def test_nothing_leaves_this_machine(
    sandbox: Sandbox, speaker: Speaker, registration: Registration, destination: str
) -> None:
    subscribe(speaker, destination)
    sandbox.approve(registration.service_sid)
    [delivery] = until(sandbox.deliveries)
    assert (delivery.status, delivery.said) == (None, "not an address of this machine")
