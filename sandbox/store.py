"""The whole world as one JSON file: read at the start, written atomically a moment after each change."""

import json
import os
import threading
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sandbox import reviewer
from sandbox.clock import Clock
from sandbox.registry import Entry
from sandbox.world import Account, ApiKey, Kind, Resource, World

QUIET = 0.5  # seconds without a further save


def dump(world: World) -> dict[str, Any]:
    """A picture taken under the lock. Payloads are never changed in place, so it stays true while it is written."""
    return {
        "clock": asdict(world.clock),
        "accounts": [asdict(account) for account in world.accounts.values()],
        "keys": [asdict(key) for key in world.keys.values()],
        "registry": [asdict(entry) for entry in world.registry],
        "shared_campaigns": dict(world.shared_campaigns),
        "resources": [_resource(resource) for shelf in world.shelves.values() for resource in shelf],
    }


def load(world: World, saved: dict[str, Any]) -> None:
    world.empty()
    world.clock = Clock(**saved["clock"])
    world.accounts = {row["sid"]: Account(**row) for row in saved["accounts"]}
    world.keys = {row["sid"]: ApiKey(**row) for row in saved["keys"]}
    world.shared_campaigns = saved.get("shared_campaigns", {})  # files of before papers existed have neither
    for row in saved.get("registry", []):
        world.registry.enter(Entry(**row))
    for row in saved["resources"]:
        kind = Kind(row["kind"])
        world.shelves[kind].add(Resource(**{**row, "kind": kind, "missing": tuple(row["missing"])}))
    reviewer.restore_queue(world)


def _resource(resource: Resource) -> dict[str, Any]:
    return {
        "kind": resource.kind,
        "account_sid": resource.account_sid,
        "payload": resource.payload,
        "updates": resource.updates,
        "next_step": resource.next_step,
        "otp_sent_at": resource.otp_sent_at,
        "override": resource.override,
        "missing": resource.missing,
    }


class Keeper:
    """Writes the world to a file whenever it changed, at most every half second, from a thread of its own."""

    def __init__(self, world: World, path: Path) -> None:
        self._world, self._path = world, path
        self._written = -1
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Returns when the last change is on disk."""
        self._stopping.set()
        self._thread.join()
        self._save()

    def _keep(self) -> None:
        while not self._stopping.wait(QUIET):
            self._save()

    def _save(self) -> None:
        with self._world.lock:
            if self._world.revision == self._written:
                return
            picture, self._written = dump(self._world), self._world.revision
        temporary = self._path.with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps(picture))
        temporary.replace(self._path)
