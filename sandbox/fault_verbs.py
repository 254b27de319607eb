"""What a test or a demo may lay in a client's way: single faults for the next calls, and weather until it clears."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.faults import MISHAPS, Fault, Weather
from sandbox.world import Payload, World


def deeds(world: World) -> Mapping[str, Callable[[Payload], Any]]:
    return {
        "fault": lambda asked: _fault(world, asked),
        "weather": lambda asked: _weather(world, asked),
        "clear-faults": lambda asked: world.faults.clear(),
    }


def _fault(world: World, asked: Payload) -> None:
    fault = Fault(**asked)
    re.compile(fault.path)
    if fault.kind not in MISHAPS:
        raise ValueError(f"no fault {fault.kind}; there are {', '.join(MISHAPS)}")
    world.faults.add(fault)


def _weather(world: World, asked: Payload) -> None:
    """In the place of what weather there was. See `faults.Weather`."""
    world.faults.weather = Weather(**asked)
