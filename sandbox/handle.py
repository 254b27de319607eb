"""The sandbox in the hands of a test or a demo: one method per verb, and a way to start one."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import Any

from sandbox import texts
from sandbox.line import VerbRefused
from sandbox.newsline import Newsline
from sandbox.outbox import Delivery
from sandbox.papers import Papers
from sandbox.registry import Entry
from sandbox.rows import Account, Counters, Key, LoggedCall, RegisteredBrand, Registration
from sandbox.texts import Business

__all__ = [
    "Account",
    "Counters",
    "Delivery",
    "Entry",
    "Key",
    "LoggedCall",
    "Papers",
    "RegisteredBrand",
    "Registration",
    "Sandbox",
    "VerbRefused",
    "start_sandbox",
]

START_TIMEOUT = 30.0  # seconds; a generated world of 50,000 campaigns needs about ten


class Sandbox(Newsline):
    """A running sandbox. An item is named by its SID, a campaign by the SID of its service."""

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

    def answer_otp(self, brand_sid: str) -> bool:
        """A sole proprietor answers YES; False where the question was never asked or is older than 24 hours."""
        return bool(self._post("answer-otp", sid=brand_sid)["in_time"])

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

    def create_number(self, account_sid: str, phone: str = "+18445550142", **payload: Any) -> str:
        return str(self._post("create-number", account_sid=account_sid, phone_number=phone, **payload)["sid"])

    def create_verification(self, account_sid: str, **payload: Any) -> str:
        return str(self._post("create-verification", account_sid=account_sid, **payload)["sid"])

    def file_papers(self, account_sid: str, *, name: str = "Larkspur Bike Repair", **filing: Any) -> Papers:
        """A customer profile and an A2P bundle with all that belongs to them; `filing` as in `papers.Filing`.

        `filed={"business_registration_number": "91-0000000"}` files something else than the authority knows; the
        `tax_id` of what comes back is the true one.
        """
        return Papers(**self._post("file-papers", account_sid=account_sid, name=name, domain=_domain(name), **filing))

    def enter_registry(self, tax_id: str, legal_name: str, **entry: Any) -> Entry:
        """What the authority has on file from now on for a tax number; see `registry.Entry`."""
        return Entry(**self._post("enter-registry", tax_id=tax_id, legal_name=legal_name, **entry))

    def register_brand(
        self, account_sid: str, *, name: str = "Larkspur Bike Repair", brand_type: str = "STANDARD", **filing: Any
    ) -> RegisteredBrand:
        """A brand as its papers deserve: APPROVED, or with a false `filed` FAILED and its profile rejected."""
        papers = self.file_papers(account_sid, name=name, brand_type=brand_type, **filing)
        brand = self.create_brand(
            account_sid,
            brand_type=brand_type,
            customer_profile_bundle_sid=papers.profile_sid,
            a2p_profile_bundle_sid=papers.product_sid,
        )
        self.judge_now(papers.profile_sid)
        self.judge_now(brand)
        return RegisteredBrand(account_sid, brand, papers)

    def register(
        self, account_sid: str, *, name: str = "Larkspur Bike Repair", use_case: str = "MARKETING", **changes: Any
    ) -> Registration:
        """An approved brand, a service and a VERIFIED campaign with texts the reviewer passes; `changes` spoil them."""
        made = self.register_brand(account_sid, name=name)
        service = self.hang_campaign(made, use_case=use_case, name=name, **changes)
        return Registration(account_sid, made.papers.profile_sid, made.brand_sid, service, made.papers)

    def hang_campaign(
        self,
        brand: RegisteredBrand,
        *,
        name: str = "Larkspur Bike Repair",
        use_case: str = "MARKETING",
        **changes: Any,
    ) -> str:
        """A VERIFIED campaign under the brand, whatever state that is in; returns the SID of its new service."""
        service = self.create_service(brand.account_sid, friendly_name=f"{name} {use_case.lower()}")
        written = texts.campaign(Business(name, _domain(name)), use_case)
        self.create_campaign(service, **{**written, "brand_registration_sid": brand.brand_sid, **changes})
        self.approve(service)
        return service

    def share_campaign(self, campaign_id: str, **texts: Any) -> None:
        """Another provider shares its campaign with Twilio, from when on PreregisteredUsa2p is accepted by review."""
        self._post("share-campaign", campaign_id=campaign_id, **texts)

    def register_external(self, account_sid: str, *, campaign_id: str = "CEXT001", **changes: Any) -> str:
        """A VERIFIED campaign of another provider on a new service, whose SID comes back."""
        service = self.create_service(account_sid, friendly_name=f"Externally registered {campaign_id}")
        self.share_campaign(campaign_id)
        self.create_campaign(service, campaign_id=campaign_id, is_externally_registered=True, **changes)
        self.approve(service)
        return service

    def register_number(
        self, account_sid: str, *, name: str = "Harbor Dental Tacoma", phone: str = "+18445550142", **changes: Any
    ) -> str:
        """An approved toll-free verification with texts the reviewer passes; `changes` spoil them."""
        business = Business(name, _domain(name))
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

    def registry(self) -> list[Entry]:
        """What the authority has on file, for each tax number it knows."""
        return [Entry(**row) for row in self._get("registry")["entries"]]

    def clear_journal(self) -> None:
        """Forgets calls and counters."""
        self._post("clear-journal")

    def reset(self) -> None:
        """The world as it was at the start, without faults, calls and counts."""
        self._post("reset")

    def empty(self) -> None:
        """Nothing at all: no account, no fault, no call."""
        self._post("empty")


def _domain(name: str) -> str:
    return re.sub(r"\W", "", name).lower()


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
