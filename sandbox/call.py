"""One call and its answer, between the server and the resources."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sandbox.errors import NOT_FOUND, Refused
from sandbox.world import Account, Kind, Resource, World

type Form = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Call:
    method: str
    host: str
    path: str
    query: Form
    form: Form
    api_version: str | None  # header X-Twilio-Api-Version
    account: Account
    args: Mapping[str, str]  # what the path names: {"service": "MG...", "sid": "QE..."}

    @property
    def target(self) -> str:
        """What a write is counted under: what something hangs on, such as a campaign's service, else its own SID,
        else the account."""
        return next((sid for name, sid in self.args.items() if name != "account"), self.account.sid)

    def asked(self, name: str) -> str | None:
        values = self.query.get(name)
        return values[0] if values else None


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)


type Handler = Callable[[World, Call], Answer]


def own(world: World, call: Call, kind: Kind, key: str) -> Resource:
    """The caller's own resource; another account's is not found, a parent's subaccounts included."""
    resource = world.find(kind, key, call.account.sid)
    if resource is None:
        raise Refused(NOT_FOUND, path=call.path)
    return resource
