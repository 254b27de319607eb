"""The sandbox in the hands of a test or a demo: one method per verb, and a way to start one."""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from sandbox import texts
from sandbox.texts import Business

START_TIMEOUT = 30.0  # seconds; a generated world of 50,000 campaigns needs about ten


class VerbRefused(Exception):
    """The sandbox knows no such verb or item, or could not read what was asked."""


@dataclass(frozen=True, slots=True)
class Account:
    sid: str
    auth_token: str
    friendly_name: str
    owner_account_sid: str
    status: str


@dataclass(frozen=True, slots=True)
class Key:
    sid: str
    secret: str
    account_sid: str
    is_main: bool


@dataclass(frozen=True, slots=True)
class LoggedCall:
    """`status` is None where the call was left without an answer."""

    at: float
    method: str
    path: str
    account: str | None
    route: str | None
    status: int | None
    fault: str | None


@dataclass(frozen=True, slots=True)
class Counters:
    """`received` and `accepted` by route ("campaigns.update") and target (a campaign's service, else its SID)."""

    updates: Mapping[str, int]  # campaign updates received, by service SID
    creates: Mapping[str, int]  # accepted, by kind: "campaigns", "brands", "verifications", "services"
    deletes: Mapping[str, int]
    received: Mapping[str, Mapping[str, int]]
    accepted: Mapping[str, Mapping[str, int]]
    calls: Mapping[str, int]  # by route, reads included

    def updates_of(self, service_sid: str) -> int:
        return self.updates.get(service_sid, 0)

    def received_by(self, route: str, target: str) -> int:
        return self.received.get(route, {}).get(target, 0)

    def accepted_by(self, route: str, target: str) -> int:
        return self.accepted.get(route, {}).get(target, 0)


@dataclass(frozen=True, slots=True)
class Registration:
    """`service_sid` names the campaign."""

    account_sid: str
    profile_sid: str
    brand_sid: str
    service_sid: str


class Sandbox:
    """A running sandbox. An item is named by its SID, a campaign by the SID of its service."""

    def __init__(self, base_url: str) -> None:
        self.base_url = base_url.rstrip("/")

    # Reviewing

    def set_status(self, sid: str, status: str) -> None:
        self._post("status", sid=sid, status=status)

    def approve(self, sid: str) -> None:
        self._post("approve", sid=sid)

    def reject(
        self, sid: str, codes: Sequence[int], fields: Mapping[int, Sequence[str]] | None = None, **changes: Any
    ) -> None:
        """`fields` flags other fields than a code usually does; `changes` sets more, such as edit_allowed."""
        flagged = {str(code): list(names) for code, names in (fields or {}).items()}
        self._post("reject", sid=sid, codes=list(codes), fields=flagged, changes=changes)

    def suspend(self, sid: str, status: str = "suspended") -> None:
        """An item, a brand with its campaigns, or an account, for which `status` may also be "closed" or "active"."""
        self._post("suspend", sid=sid, status=status)

    def judge_now(self, sid: str | None = None) -> None:
        """The reviewer's verdict at once, on one item or on all under review."""
        self._post("judge", **({"sid": sid} if sid else {}))

    # Bending

    def remove(self, sid: str) -> None:
        """Gone, as if deleted in the Console."""
        self._post("remove", sid=sid)

    def edit_elsewhere(self, sid: str, **changes: Any) -> None:
        """Changed and resubmitted, as if in the Console."""
        self._post("edit", sid=sid, changes=changes)

    def override(self, sid: str, payload: Mapping[str, Any] | None = None, missing: Sequence[str] = ()) -> None:
        """Odd payloads: answers show `payload` over the real one and leave out `missing`. Without both: undone."""
        self._post("override", sid=sid, payload=dict(payload) if payload else None, missing=list(missing))

    # Faults strike the next `calls` calls whose method and path fit; `path` is a regular expression

    def slow(self, seconds: float, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        """Carried out at once, answered late."""
        self._post("fault", kind="slow", calls=calls, method=method, path=path, seconds=seconds)

    def time_out_before(
        self, seconds: float = 0.0, *, calls: int = 1, method: str | None = None, path: str = ""
    ) -> None:
        """Never carried out, never answered: held until the client leaves or the seconds are over."""
        self._post("fault", kind="timeout_before", calls=calls, method=method, path=path, seconds=seconds)

    def time_out_after(
        self, seconds: float = 0.0, *, calls: int = 1, method: str | None = None, path: str = ""
    ) -> None:
        """Carried out, never answered."""
        self._post("fault", kind="timeout_after", calls=calls, method=method, path=path, seconds=seconds)

    def throttle(
        self, *, retry_after: int | None = None, calls: int = 1, method: str | None = None, path: str = ""
    ) -> None:
        self._post("fault", kind="throttle", calls=calls, method=method, path=path, retry_after=retry_after)

    def server_error(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="server_error", calls=calls, method=method, path=path)

    def drop_before(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="drop_before", calls=calls, method=method, path=path)

    def drop_after(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="drop_after", calls=calls, method=method, path=path)

    def half_body(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="half_body", calls=calls, method=method, path=path)

    def wrong_json(self, *, calls: int = 1, method: str | None = None, path: str = "") -> None:
        self._post("fault", kind="wrong_json", calls=calls, method=method, path=path)

    def clear_faults(self) -> None:
        self._post("clear-faults")

    # Time

    def freeze(self) -> float:
        return float(self._post("clock", freeze=True)["now"])

    def advance(self, seconds: float) -> float:
        return float(self._post("clock", advance=seconds)["now"])

    def run_clock(self) -> float:
        return float(self._post("clock", run=True)["now"])

    # Creating; `payload` holds fields as Twilio shows them

    def create_account(self, friendly_name: str = "Account", **payload: Any) -> Account:
        return _account(self._post("create-account", friendly_name=friendly_name, **payload))

    def create_subaccount(self, owner_account_sid: str, friendly_name: str = "Customer", **payload: Any) -> Account:
        return self.create_account(friendly_name, owner_account_sid=owner_account_sid, **payload)

    def create_key(self, account_sid: str, *, is_main: bool = False) -> Key:
        return Key(**self._post("create-key", account_sid=account_sid, is_main=is_main))

    def create_profile(self, account_sid: str, **payload: Any) -> str:
        return str(self._post("create-profile", account_sid=account_sid, **payload)["sid"])

    def create_service(self, account_sid: str, **payload: Any) -> str:
        return str(self._post("create-service", account_sid=account_sid, **payload)["sid"])

    def create_brand(self, account_sid: str, **payload: Any) -> str:
        return str(self._post("create-brand", account_sid=account_sid, **payload)["sid"])

    def create_campaign(self, service_sid: str, **payload: Any) -> str:
        """Returns the SID of the service, which names the campaign everywhere here."""
        return str(self._post("create-campaign", messaging_service_sid=service_sid, **payload)["messaging_service_sid"])

    def create_verification(self, account_sid: str, **payload: Any) -> str:
        return str(self._post("create-verification", account_sid=account_sid, **payload)["sid"])

    def register(
        self, account_sid: str, *, name: str = "Larkspur Bike Repair", use_case: str = "MARKETING", **changes: Any
    ) -> Registration:
        """An approved brand, a service and a VERIFIED campaign with texts the reviewer passes; `changes` spoil them."""
        business = Business(name, re.sub(r"\W", "", name).lower())
        profile = self.create_profile(account_sid, friendly_name=name, status="twilio-approved")
        brand = self.create_brand(account_sid, customer_profile_bundle_sid=profile)
        service = self.create_service(account_sid, friendly_name=f"{name} {use_case.lower()}")
        self.create_campaign(
            service, **{**texts.campaign(business, use_case), "brand_registration_sid": brand, **changes}
        )
        self.approve(brand)
        self.approve(service)
        return Registration(account_sid, profile, brand, service)

    def register_number(
        self, account_sid: str, *, name: str = "Harbor Dental Tacoma", phone: str = "+18445550142", **changes: Any
    ) -> str:
        """An approved toll-free verification with texts the reviewer passes; `changes` spoil them."""
        business = Business(name, re.sub(r"\W", "", name).lower())
        sid = self.create_verification(account_sid, **{**texts.verification(business, phone), **changes})
        self.approve(sid)
        return sid

    # Looking

    def calls(self) -> list[LoggedCall]:
        """Oldest first; the log keeps the last 10,000."""
        return [LoggedCall(**row) for row in self._get("calls")["calls"]]

    def counters(self) -> Counters:
        return Counters(**self._get("counters"))

    def accounts(self) -> list[Account]:
        """With their tokens; the main account first."""
        return [_account(row) for row in self.state()["accounts"]]

    def state(self) -> dict[str, Any]:
        return self._get("state")

    def clear_journal(self) -> None:
        """Forgets calls and counters."""
        self._post("clear-journal")

    def reset(self) -> None:
        """The world as it was at the start, without faults, calls and counts."""
        self._post("reset")

    def empty(self) -> None:
        """Nothing at all: no account, no fault, no call."""
        self._post("empty")

    def _get(self, verb: str) -> dict[str, Any]:
        return self._ask(verb)

    def _post(self, verb: str, **asked: Any) -> dict[str, Any]:
        return self._ask(verb, json.dumps(asked).encode())

    def _ask(self, verb: str, content: bytes | None = None) -> dict[str, Any]:
        headers = {"Content-Type": "application/json"}
        request = Request(f"{self.base_url}/_sandbox/{verb}", content, headers)  # noqa: S310  the sandbox's own address
        try:
            with urlopen(request, timeout=30) as response:  # noqa: S310
                answer: dict[str, Any] = json.load(response)
        except HTTPError as refused:
            raise VerbRefused(refused.read().decode()) from refused
        return answer


def _account(row: Mapping[str, Any]) -> Account:
    return Account(**{field.name: row[field.name] for field in fields(Account)})


@contextmanager
def start_sandbox(*options: str) -> Iterator[Sandbox]:
    """A sandbox in a process of its own, on a free port, until the end of the block.

    `options` are those of `python -m sandbox`; without `--demo` or `--campaigns` it holds one account and no more.
    """
    with tempfile.TemporaryDirectory() as folder:
        port_file = Path(folder) / "port"
        command = [sys.executable, "-m", "sandbox", "--port", "0", "--port-file", str(port_file), *options]
        root = Path(__file__).resolve().parent.parent
        process = subprocess.Popen(
            command, cwd=root, env={**os.environ, "PYTHONPATH": str(root)}, stdout=subprocess.DEVNULL
        )
        try:
            yield Sandbox(f"http://127.0.0.1:{_wait_for_port(port_file, process)}")
        finally:
            process.terminate()
            process.wait()


def _wait_for_port(port_file: Path, process: subprocess.Popen[bytes]) -> int:
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the sandbox ended at once with exit code {process.returncode}")
        if port_file.exists() and (port := port_file.read_text()):
            return int(port)
        time.sleep(0.02)
    raise TimeoutError(f"the sandbox was not ready after {START_TIMEOUT:.0f} s")
