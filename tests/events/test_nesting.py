"""How deep an event may nest: what a thread's stack could not write down again is refused before it is parsed."""

import json

import pytest

from sync.cloud_events import DEEPEST
from sync.models import Event
from tests.events.conftest import Twilio, cloud_event

pytestmark = pytest.mark.django_db
# The array and the event around the data.
ENVELOPE = 2


def nested(depth: int, innermost: str = "1") -> str:
    return '{"a":' * depth + innermost + "}" * depth


def an_event_with(data: str) -> bytes:
    return f'[{{"id": "EZ1", "type": "x", "data": {data}}}]'.encode()


def test_an_event_may_nest_as_deep_as_any_event_could(hand: Twilio) -> None:
    assert hand.send_body(an_event_with(nested(DEEPEST - ENVELOPE))).status_code == 204
    assert Event.objects.get().body["data"] == json.loads(nested(DEEPEST - ENVELOPE))


@pytest.mark.parametrize("depth", [DEEPEST - ENVELOPE + 1, 9_000, 100_000])
def test_what_nests_deeper_is_refused(hand: Twilio, depth: int) -> None:
    assert hand.send_body(an_event_with(nested(depth))).status_code == 400
    assert not Event.objects.exists()


@pytest.mark.parametrize("before", ['"\\\\"', '"\\\\\\""', '"}]"', '"\\"]"', "[]"])
def test_nothing_in_front_hides_the_depth(hand: Twilio, before: str) -> None:
    assert hand.send_body(an_event_with(f"[{before}, {nested(DEEPEST)}]")).status_code == 400


@pytest.mark.parametrize("text", ["[" * 500, '"[' * 500, '\\"{' * 500, "\\" * 501 + "[" * 500])
def test_brackets_in_a_text_are_no_depth(hand: Twilio, text: str) -> None:
    told = cloud_event("x", brandname=text)
    assert hand.send(told).status_code == 204
    assert Event.objects.get().body == told


def test_many_events_side_by_side_are_no_depth(hand: Twilio) -> None:
    assert hand.send(*(cloud_event("x", errors=[{"code": 1}]) for _ in range(200))).status_code == 204
    assert Event.objects.count() == 200


def test_data_as_text_that_nests_deeper_is_kept_and_not_understood(hand: Twilio) -> None:
    for depth, outcome in ((DEEPEST, Event.Outcome.WAITING), (DEEPEST + 1, Event.Outcome.ODD)):
        told = cloud_event("x") | {"data": nested(depth)}
        assert hand.send(told).status_code == 204
        event = Event.objects.get(event_id=told["id"])
        assert (event.outcome, event.body) == (outcome, told)
