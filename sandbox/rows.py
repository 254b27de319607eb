"""What the handle gives back."""

from collections.abc import Mapping
from dataclasses import dataclass

from sandbox.papers import Papers


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
class RegisteredBrand:
    account_sid: str
    brand_sid: str
    papers: Papers


@dataclass(frozen=True, slots=True)
class Registration:
    """`service_sid` names the campaign."""

    account_sid: str
    profile_sid: str
    brand_sid: str
    service_sid: str
    papers: Papers
