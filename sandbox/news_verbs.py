"""What a test or a demo may do to events from outside: bend them, keep them back, send others, look at deliveries."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, replace
from typing import Any

from sandbox import news
from sandbox.world import Kind, Payload, World


def deeds(world: World) -> Mapping[str, Callable[[Payload], Any]]:
    return {
        "bend-events": lambda asked: _bend(world, asked),
        "release-events": lambda asked: _release(world, asked),
        "send-events": lambda asked: _send(world, asked),
        "tell-number": lambda asked: _tell_number(world, asked),
        "sink-status": lambda asked: _sink_status(world, asked),
    }


def looks(world: World) -> Mapping[str, Callable[[], Any]]:
    # The courier adds to it meanwhile: a copy, which is made in one piece.
    return {"deliveries": lambda: {"deliveries": [asdict(delivery) for delivery in list(world.outbox.deliveries)]}}


def _bend(world: World, asked: Payload) -> Payload:
    """From now on; what is not named stays as it was. See `outbox.Bending`."""
    world.outbox.bending = replace(world.outbox.bending, **asked)
    return asdict(world.outbox.bending)


def _release(world: World, asked: Payload) -> Payload:
    backwards, batched = bool(asked.get("backwards")), bool(asked.get("batched"))
    return {"sent": world.outbox.release(backwards=backwards, batched=batched)}


def _send(world: World, asked: Payload) -> Payload:
    """`content` is sent word for word, `events` as the JSON they are, an object alone included."""
    content = asked["content"] if "content" in asked else json.dumps(asked["events"])
    return {"sinks": news.send_as_it_is(world, str(asked["account_sid"]), content)}


def _tell_number(world: World, asked: Payload) -> None:
    campaign = world.shelves[Kind.CAMPAIGN].get(str(asked["service_sid"]))
    if campaign:
        news.tell_number(world, campaign, asked["phone"], asked["topic"], asked.get("reason", ""))


def _sink_status(world: World, asked: Payload) -> None:
    if sink := world.shelves[Kind.SINK].get(str(asked["sid"])):
        sink.change(world.clock.now(), {"status": str(asked["status"])})
