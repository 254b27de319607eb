"""What exists at this Twilio: accounts, keys, and the resources of each kind."""

import threading
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from sandbox.clock import Clock, iso
from sandbox.faults import Faults
from sandbox.journal import Journal
from sandbox.outbox import Outbox
from sandbox.registry import Registry

type Payload = dict[str, Any]

# The campaign SID is one constant, the "hard-coded compliance type", under every service (Twilio's own examples).
CAMPAIGN_SID = "QE2c6890da8086d771620e9b13fadeba0b"


class Kind(StrEnum):
    SERVICE = "service"
    CAMPAIGN = "campaign"
    BRAND = "brand"
    VERIFICATION = "verification"
    CUSTOMER_PROFILE = "customer_profile"
    TRUST_PRODUCT = "trust_product"
    ASSIGNMENT = "assignment"
    EVALUATION = "evaluation"
    END_USER = "end_user"
    DOCUMENT = "document"
    ADDRESS = "address"
    NUMBER = "number"
    VETTING = "vetting"
    SINK = "sink"
    SUBSCRIPTION = "subscription"


# What names a resource, where it is not `sid`: campaigns share one.
KEYS: Mapping[Kind, str] = MappingProxyType({Kind.CAMPAIGN: "messaging_service_sid", Kind.VETTING: "brand_vetting_sid"})
# What a resource hangs on.
PARENTS: Mapping[Kind, str] = MappingProxyType(
    {
        Kind.CAMPAIGN: "brand_registration_sid",
        Kind.VETTING: "brand_sid",
        Kind.ASSIGNMENT: "bundle_sid",
        Kind.EVALUATION: "bundle_sid",
        Kind.SUBSCRIPTION: "sink_sid",
    }
)


@dataclass(slots=True)
class Account:
    sid: str
    auth_token: str
    friendly_name: str
    owner_account_sid: str
    date_created: float
    date_updated: float
    status: str = "active"
    type: str = "Full"


@dataclass(frozen=True, slots=True)
class ApiKey:
    """A standard key may do everything but manage accounts and keys; a main key may do that too."""

    sid: str
    secret: str
    account_sid: str
    is_main: bool = False


@dataclass(slots=True)
class Resource:
    """The payload Twilio shows, and what Twilio keeps to itself.

    A payload is replaced, never changed in place, so an answer can be encoded after the lock is given back.
    """

    kind: Kind
    account_sid: str
    payload: Payload
    updates: int = 0  # accepted so far; Twilio counts them and does not tell
    next_step: float | None = None  # when the reviewer moves it on; None outside a review
    otp_sent_at: float | None = None  # when a sole proprietor was last asked to answer YES
    override: Payload | None = None  # put over the payload in answers only, for odd payloads
    missing: tuple[str, ...] = ()  # left out of answers

    @property
    def key(self) -> str:
        return str(self.payload[KEYS.get(self.kind, "sid")])

    @property
    def parent(self) -> str | None:
        """The SID of what it hangs on, which no update changes."""
        name = PARENTS.get(self.kind)
        return self.payload[name] if name else None

    def change(self, now: float, changes: Payload) -> None:
        self.payload = {**self.payload, **changes, "date_updated": iso(now)}

    def shown(self, derived: Payload) -> Payload:
        """The payload with what follows from it, bent by the overrides of a test."""
        shown = {**self.payload, **derived, **(self.override or {})}
        for name in self.missing:
            shown.pop(name, None)
        return shown


class Shelf:
    """The resources of one kind, by key, by account and by what they hang on, oldest first."""

    def __init__(self) -> None:
        self._by_key: dict[str, Resource] = {}
        self._by_account: dict[str, dict[str, Resource]] = {}
        self._by_parent: dict[str, dict[str, Resource]] = {}

    def __len__(self) -> int:
        return len(self._by_key)

    def __iter__(self) -> Iterator[Resource]:
        return iter(self._by_key.values())

    def add(self, resource: Resource) -> Resource:
        self._by_key[resource.key] = resource
        self._by_account.setdefault(resource.account_sid, {})[resource.key] = resource
        if resource.parent:
            self._by_parent.setdefault(resource.parent, {})[resource.key] = resource
        return resource

    def get(self, key: str) -> Resource | None:
        return self._by_key.get(key)

    def of(self, account_sids: Iterable[str]) -> list[Resource]:
        return [resource for sid in account_sids for resource in self._by_account.get(sid, {}).values()]

    def under(self, parent: str) -> list[Resource]:
        return list(self._by_parent.get(parent, {}).values())

    def remove(self, resource: Resource) -> None:
        resource.next_step = None
        del self._by_key[resource.key]
        del self._by_account[resource.account_sid][resource.key]
        if resource.parent:
            del self._by_parent[resource.parent][resource.key]


@dataclass(slots=True)
class World:
    """Everything one sandbox holds. Whoever reads or writes it holds `lock`, briefly and never while waiting."""

    review_seconds: float = 20.0
    clock: Clock = field(default_factory=Clock)
    accounts: dict[str, Account] = field(default_factory=dict)
    keys: dict[str, ApiKey] = field(default_factory=dict)
    shelves: dict[Kind, Shelf] = field(default_factory=lambda: {kind: Shelf() for kind in Kind})
    registry: Registry = field(default_factory=Registry)
    shared_campaigns: dict[str, Payload] = field(default_factory=dict)  # by other providers, by number in the registry
    steps: list[tuple[float, int, Resource]] = field(default_factory=list)  # the reviewer's heap
    faults: Faults = field(default_factory=Faults)
    journal: Journal = field(default_factory=Journal)
    outbox: Outbox = field(default_factory=Outbox)
    lock: threading.RLock = field(default_factory=threading.RLock)
    revision: int = 0  # grows with every change worth saving

    def add(self, kind: Kind, account_sid: str, payload: Payload) -> Resource:
        self.revision += 1
        return self.shelves[kind].add(Resource(kind, account_sid, payload))

    def find(self, kind: Kind, key: str, account_sid: str | None = None) -> Resource | None:
        """The resource, or None where it does not exist or, as Twilio does, belongs to another account."""
        resource = self.shelves[kind].get(key)
        if resource and account_sid in (None, resource.account_sid):
            return resource
        return None

    def remove(self, resource: Resource) -> None:
        self.revision += 1
        self.shelves[resource.kind].remove(resource)

    def subaccounts(self, owner_sid: str) -> list[Account]:
        return [a for a in self.accounts.values() if a.owner_account_sid == owner_sid != a.sid]

    def empty(self) -> None:
        """Forgets everything but the lock and the settings."""
        fresh = World()
        self.clock, self.accounts, self.keys, self.shelves = fresh.clock, fresh.accounts, fresh.keys, fresh.shelves
        self.registry, self.shared_campaigns = fresh.registry, fresh.shared_campaigns
        self.steps, self.faults, self.journal = fresh.steps, fresh.faults, fresh.journal
        self.outbox.clear()
        self.revision += 1


def new_sid(prefix: str) -> str:
    return prefix + uuid.uuid4().hex
