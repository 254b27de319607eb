"""The door events come in by: two locks, and one statement that looks whether they still hold and writes down.

The locks of an account are remembered, because to open their seals takes longer than anything else here. What is
remembered counts only while the database holds the very same sealed texts, and that is asked where the events are
written: a disconnected account, a new token or a new address is heeded with the next request, on every machine.
"""

import hmac
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.db.models import Q
from django.utils import timezone

from accounts.secrets import SealBroken
from sync.cloud_events import CloudEvent
from sync.models import Event, EventStream

# The sign of life is written down this often at most: a burst would queue for the one row otherwise.
SIGN_OF_LIFE = timedelta(seconds=5)
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

    def keep(self, events: Sequence[CloudEvent]) -> bool:
        """Writes down what is new of these; what came before stays as it is. False where the locks hold no longer:
        then nothing was written."""
        now = timezone.now()
        rows = json.dumps([_row(event) for event in events])
        with connection.cursor() as cursor:
            cursor.execute(KEEP, [self.account_id, self.sealed_path, self.sealed_token, now, rows])
            found = cursor.fetchone()
        if found and (found[0] is None or found[0] < now - SIGN_OF_LIFE):
            quiet = Q(last_event_at=None) | Q(last_event_at__lt=now - SIGN_OF_LIFE)
            EventStream.objects.filter(quiet, pk=self.account_id).update(last_event_at=now)
        return bool(found)


# As one statement it is one round trip, and its own transaction: written for good when it returns.
KEEP = """
WITH door AS (
    SELECT stream.account_id, stream.last_event_at
    FROM sync_eventstream AS stream JOIN accounts_twilioaccount AS account ON account.id = stream.account_id
    WHERE account.id = %s AND account.disconnected_at IS NULL AND stream.sealed_path = %s
      AND COALESCE(NULLIF(stream.sealed_token, ''), account.sealed_secret) = %s
), kept AS (
    INSERT INTO sync_event (account_id, received_at, tries, event_id, type, stamp, digest, body, occurred_at, outcome,
                            problem)
    SELECT door.account_id, %s, 0, told.*
    FROM door, jsonb_to_recordset(%s) AS told(event_id text, type text, stamp text, digest text, body jsonb,
                                              occurred_at timestamptz, outcome text, problem text)
    ON CONFLICT DO NOTHING
)
SELECT last_event_at FROM door
"""


def _row(event: CloudEvent) -> dict[str, object]:
    return {
        "event_id": event.event_id,
        "type": event.type,
        "stamp": event.stamp,
        "digest": event.digest,
        "body": event.body,
        "occurred_at": event.at.isoformat(),
        "outcome": Event.Outcome.ODD if event.problem else Event.Outcome.WAITING,
        "problem": event.problem,
    }


_remembered: dict[str, Door] = {}


def remembered(account_sid: str) -> Door | None:
    """As it was when events last came; what it lets in is still to be kept by a door that holds."""
    return _remembered.get(account_sid)


def door_of(account_sid: str) -> Door | None:
    """As the database has it now; None where the account takes no events, or no key opens its locks."""
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
