"""Event Streams subscriptions (DF...): which types of events go to a sink. OpenAPI document of 2026-04-14."""

import json
from collections.abc import Sequence
from typing import Any

from sandbox import event_types, paging
from sandbox.call import Answer, Call, own
from sandbox.clock import iso
from sandbox.errors import INVALID_PARAMETER, NOT_FOUND, SINK_NOT_ACTIVE, Refused
from sandbox.form import Parameter, filled, read_form, texts
from sandbox.world import Kind, Payload, Resource, World, new_sid

BASE = "https://events.twilio.com/v1/Subscriptions"
CREATE = (
    Parameter("Description", "description", filled, required=True),
    Parameter("SinkSid", "sink_sid", filled, required=True),
    Parameter("Types", "types", texts, required=True),
)
SUBSCRIBE = (Parameter("Type", "type", filled, required=True), Parameter("SchemaVersion", "schema_version"))


def show(subscription: Resource) -> Payload:
    """Its types are a list of their own."""
    url = f"{BASE}/{subscription.key}"
    shown = subscription.shown({"url": url, "links": {"subscribed_events": f"{url}/SubscribedEvents"}})
    shown.pop("types", None)
    return shown


def list_(world: World, call: Call) -> Answer:
    asked = call.asked("SinkSid")
    rows = world.shelves[Kind.SUBSCRIPTION].of([call.account.sid])
    return paging.answer(call, "subscriptions", [row for row in rows if asked in (None, row.parent)], show)


def fetch(world: World, call: Call) -> Answer:
    return Answer(200, show(own(world, call, Kind.SUBSCRIPTION, call.args["sid"])))


def create(world: World, call: Call) -> Answer:
    fields = read_form(call.form, CREATE)
    types = _read_types(fields.pop("types"))
    sink = own(world, call, Kind.SINK, fields["sink_sid"])
    if sink.payload["status"] != "active":
        raise Refused(SINK_NOT_ACTIVE, sid=sink.key)
    now, sid = iso(world.clock.now()), new_sid("DF")
    made = {"sid": sid, "account_sid": call.account.sid, **fields, "types": types}
    made |= {"date_created": now, "date_updated": now}
    return Answer(201, show(world.add(Kind.SUBSCRIPTION, call.account.sid, made)))


def delete(world: World, call: Call) -> Answer:
    world.remove(own(world, call, Kind.SUBSCRIPTION, call.args["sid"]))
    return Answer(204)


def list_events(world: World, call: Call) -> Answer:
    subscription = own(world, call, Kind.SUBSCRIPTION, call.args["subscription"])
    rows = [_as_resource(subscription, name) for name in subscription.payload["types"]]
    return paging.answer(call, "types", rows, _show_type)


def subscribe(world: World, call: Call) -> Answer:
    subscription = own(world, call, Kind.SUBSCRIPTION, call.args["subscription"])
    fields = read_form(call.form, SUBSCRIBE)
    wanted = _read_types([json.dumps(fields)])
    subscription.change(world.clock.now(), {"types": {**subscription.payload["types"], **wanted}})
    return Answer(201, _show_type(_as_resource(subscription, fields["type"])))


def unsubscribe(world: World, call: Call) -> Answer:
    subscription = own(world, call, Kind.SUBSCRIPTION, call.args["subscription"])
    types = dict(subscription.payload["types"])
    if types.pop(call.args["type"], None) is None:
        raise Refused(NOT_FOUND, path=call.path)
    subscription.change(world.clock.now(), {"types": types})
    return Answer(204)


def _read_types(written: Sequence[str]) -> dict[str, int]:
    """Each an object written as JSON. A version may be left out, as integrators do; the latest is taken then."""
    return dict(_read_type(one) for one in written)


def _read_type(written: str) -> tuple[str, int]:
    try:
        read: Any = json.loads(written)
        name, version = read["type"], int(read.get("schema_version", event_types.LATEST_VERSION))
    except (ValueError, TypeError, KeyError, AttributeError):
        raise Refused(INVALID_PARAMETER, name="Types", value=written) from None
    if name not in event_types.TYPES or version < 1:
        raise Refused(INVALID_PARAMETER, name="Types", value=written)
    return name, version


def _show_type(row: Resource) -> Payload:
    return {key: value for key, value in row.payload.items() if key != "sid"}


def _as_resource(subscription: Resource, name: str) -> Resource:
    shown = {
        "sid": name,  # names the row for paging, and is not shown
        "account_sid": subscription.account_sid,
        "subscription_sid": subscription.key,
        "type": name,
        "schema_version": subscription.payload["types"][name],
        "url": f"{BASE}/{subscription.key}/SubscribedEvents/{name}",
    }
    return Resource(Kind.SUBSCRIPTION, subscription.account_sid, shown)
