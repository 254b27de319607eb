"""The door events come in by, and its two locks.

The locks of an account are remembered, because to open their seals takes longer than anything else here. What is
remembered counts only while the database holds the very same sealed texts, and that is asked where the events are
written (sync.intake): a disconnected account, a new token or a new address is heeded with the next request, on every
machine.
"""

import hmac
from dataclasses import dataclass

from accounts.secrets import SealBroken
from sync.connect import ACCOUNT_SID
from sync.models import EventStream

MOST_REMEMBERED = 10_000


@dataclass(frozen=True, slots=True)
class Door:
    """An account's locks, opened, and the sealed texts they were opened from."""

    account_id: int
    sealed_path: str
    sealed_token: str
    path: str
    token: str

    def is_at(self, path: str) -> bool:
        """Whether the secret part of the address is right."""
        return hmac.compare_digest(self.path.encode(), path.encode())


_remembered: dict[str, Door] = {}


def remembered(account_sid: str) -> Door | None:
    """As it was when events last came; what it lets in is still to be written where the door holds."""
    return _remembered.get(account_sid)


def door_of(account_sid: str) -> Door | None:
    """As the database has it now; None where the account takes no events, or no key opens its locks."""
    if not ACCOUNT_SID.fullmatch(account_sid):
        return None
    found = EventStream.objects.filter(account__sid=account_sid, account__disconnected_at=None)
    stream = found.select_related("account").first()
    door = _opened(stream) if stream else None
    if door:
        if len(_remembered) >= MOST_REMEMBERED:
            _remembered.clear()
        _remembered[account_sid] = door
    return door


def _opened(stream: EventStream) -> Door | None:
    sealed_token = stream.sealed_token or stream.account.sealed_secret
    try:
        door = Door(stream.account_id, stream.sealed_path, sealed_token, stream.path_secret(), stream.token())
    except SealBroken:
        return None
    return door if door.path else None
