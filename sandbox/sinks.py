"""Event Streams sinks (DG...): where an account's events go. OpenAPI document of 2026-04-14.

A webhook sink is active at once: "The status of Sinks is active by default" (Twilio's page on validating, 2026-11).
"""

import json
from urllib.parse import urlsplit

from sandbox import news, paging
from sandbox.call import Answer, Call, own
from sandbox.clock import iso
from sandbox.errors import INVALID_PARAMETER, SINK_IN_USE, Refused
from sandbox.form import Parameter, filled, json_object, one_of, read_form
from sandbox.world import Kind, Payload, Resource, World, new_sid

BASE = "https://events.twilio.com/v1/Sinks"
CREATE = (
    Parameter("Description", "description", filled, required=True),
    Parameter("SinkConfiguration", "sink_configuration", json_object, required=True),
    Parameter("SinkType", "sink_type", one_of("kinesis", "webhook", "segment", "email"), required=True),
)
VALIDATE = (Parameter("TestId", "test_id", required=True),)


def show(sink: Resource) -> Payload:
    url = f"{BASE}/{sink.key}"
    return sink.shown({"url": url, "links": {"sink_test": f"{url}/Test", "sink_validate": f"{url}/Validate"}})


def list_(world: World, call: Call) -> Answer:
    rows = [sink for sink in world.shelves[Kind.SINK].of([call.account.sid]) if _fits(world, sink, call)]
    return paging.answer(call, "sinks", rows, show)


def fetch(world: World, call: Call) -> Answer:
    return Answer(200, show(own(world, call, Kind.SINK, call.args["sid"])))


def create(world: World, call: Call) -> Answer:
    fields = read_form(call.form, CREATE)
    if fields["sink_type"] == "webhook":
        _refuse_no_address(fields["sink_configuration"])
    now = iso(world.clock.now())
    made = {"sid": new_sid("DG"), **fields, "status": "active", "date_created": now, "date_updated": now}
    return Answer(201, show(world.add(Kind.SINK, call.account.sid, made)))


def delete(world: World, call: Call) -> Answer:
    """Documents are silent about a sink that is subscribed to: refused, so nobody relies on the order."""
    sink = own(world, call, Kind.SINK, call.args["sid"])
    if world.shelves[Kind.SUBSCRIPTION].under(sink.key):
        raise Refused(SINK_IN_USE, sid=sink.key)
    world.remove(sink)
    return Answer(204)


def test(world: World, call: Call) -> Answer:
    news.send_test(world, own(world, call, Kind.SINK, call.args["sid"]))
    return Answer(201, {"result": "submitted"})


def validate(world: World, call: Call) -> Answer:
    own(world, call, Kind.SINK, call.args["sid"])
    read_form(call.form, VALIDATE)
    return Answer(201, {"result": "valid"})


def _refuse_no_address(configuration: Payload) -> None:
    address = urlsplit(str(configuration.get("destination", "")))
    if address.scheme not in ("http", "https") or not address.hostname:
        raise Refused(INVALID_PARAMETER, name="SinkConfiguration", value=json.dumps(configuration))


def _fits(world: World, sink: Resource, call: Call) -> bool:
    in_use = str(bool(world.shelves[Kind.SUBSCRIPTION].under(sink.key))).lower()
    return call.asked("Status") in (None, sink.payload["status"]) and call.asked("InUse") in (None, in_use)
