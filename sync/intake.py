"""Events written down. Those that several requests bring at the same time go into one statement.

Whoever comes while others are being written waits until that is done, and then one of those who waited writes for all
of them. So a burst costs a round trip and a commit for as many requests as the server has threads; one event by itself
is written at once.

Nobody waits for ever, because a request that waits holds one of the web server's few threads, and Twilio has gone after
five seconds. What is not written in time Twilio brings again.
"""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from threading import Lock

from django.db import DataError, IntegrityError, OperationalError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from psycopg.errors import LockNotAvailable

from sync.cloud_events import CloudEvent
from sync.door import Door
from sync.models import Event, EventStream

# The sign of life is written down this often at most: a burst would queue for the one row otherwise.
SIGN_OF_LIFE = timedelta(seconds=5)
# So many seconds those who are written together wait for what others have locked in the database, and if that was in
# vain each by itself for its share of as many again. Whoever comes during one turn is answered at the end of the next.
LOCKS = 1.0
# Seconds after which nobody waits any more, whatever holds up those who write.
PATIENCE = 4.0


def keep(door: Door, events: Sequence[CloudEvent]) -> bool:
    """Writes down what is new of these; what came before stays as it is. False where the door's locks hold no longer:
    then nothing was written. Raises OperationalError where it cannot be written now: it may be brought again."""
    return of_this_process.keep(Delivery(door, events))


@dataclass(slots=True, eq=False)
class Delivery:
    """What one request brings, and what became of it."""

    door: Door
    events: Sequence[CloudEvent]
    is_done: bool = False
    was_let_in: bool = False
    error: Exception | None = None


class NotInTime(OperationalError):
    """Others were being written for so long that nobody came to write this."""


class Intake:
    """Deliveries written together, by one thread at a time. `write` is told for how many seconds it may wait for each
    lock."""

    def __init__(self, write: Callable[[Sequence[Delivery], float], None]) -> None:
        self._write = write
        self._queue, self._waiting = Lock(), list[Delivery]()
        self._turn = Lock()

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def keep(self, delivery: Delivery) -> bool:
        """Returns when it is written, by this thread or by another. Raises what the database raised for it, or
        NotInTime."""
        with self._queue:
            self._waiting.append(delivery)
        if self._turn.acquire(timeout=PATIENCE):
            try:
                if not delivery.is_done:
                    self._write_all(self._all_that_wait(), LOCKS)
            finally:
                self._turn.release()
        else:
            self._give_up(delivery)
        if delivery.error:
            raise delivery.error
        return delivery.was_let_in

    def _all_that_wait(self) -> list[Delivery]:
        with self._queue:
            taken, self._waiting = self._waiting, []
        return taken

    def _give_up(self, delivery: Delivery) -> None:
        """What still waits nobody writes later. What another thread has in hand counts if it is done; if not, it may be
        written yet: brought again, it is the same row."""
        with self._queue:
            if delivery in self._waiting:
                self._waiting.remove(delivery)
        if not delivery.is_done:
            delivery.error = NotInTime(f"Nobody came to write it within {PATIENCE:.0f} seconds.")

    def _write_all(self, deliveries: Sequence[Delivery], patience: float) -> None:
        try:
            self._write(deliveries, patience)
        except Exception as error:
            if len(deliveries) > 1 and _is_about_one(error):
                for delivery in deliveries:
                    self._write_all([delivery], patience / len(deliveries))
            else:
                for delivery in deliveries:
                    delivery.error = error
        finally:
            for delivery in deliveries:
                delivery.is_done = True


def _is_about_one(error: Exception) -> bool:
    """Whether the others may do without it: no column takes what it brings, or somebody holds its account's row."""
    return isinstance(error, DataError | IntegrityError) or isinstance(error.__cause__, LockNotAvailable)


# As one statement it is one round trip, and its own transaction: written for good when it returns. In this order two
# machines that are told the same never wait for each other.
#
# When it came the database says, by the clock of all: that of a web server may be behind, and news would look older
# than what was read before.
#
# The limit goes before it in the same text: one round trip and one transaction all the same, at whose end it is gone.
# Path not taken: set_config() in a part of the statement, whose table is locked before any part of it is carried out.
KEEP = """
SET LOCAL lock_timeout = %s;
WITH door AS (
    SELECT asked.number, stream.account_id, stream.last_event_at
    FROM jsonb_to_recordset(%s) AS asked(number integer, account_id bigint, sealed_path text, sealed_token text)
    JOIN sync_eventstream AS stream ON stream.account_id = asked.account_id
    JOIN accounts_twilioaccount AS account ON account.id = asked.account_id
    WHERE account.disconnected_at IS NULL AND stream.sealed_path = asked.sealed_path
      AND COALESCE(NULLIF(stream.sealed_token, ''), account.sealed_secret) = asked.sealed_token
), kept AS (
    INSERT INTO sync_event (account_id, received_at, tries, event_id, type, stamp, digest, body, occurred_at, outcome,
                            problem)
    SELECT door.account_id, now(), 0, event_id, type, stamp, digest, body, occurred_at, outcome, problem
    FROM jsonb_to_recordset(%s) AS told(number integer, event_id text, type text, stamp text, digest text, body jsonb,
                                        occurred_at timestamptz, outcome text, problem text)
    JOIN door USING (number)
    ORDER BY door.account_id, event_id, type, stamp, digest
    ON CONFLICT DO NOTHING
)
SELECT number, last_event_at FROM door
"""


def _write(deliveries: Sequence[Delivery], patience: float) -> None:
    now = timezone.now()
    doors = json.dumps([_door(number, delivery.door) for number, delivery in enumerate(deliveries)])
    told = json.dumps([_row(number, event) for number, one in enumerate(deliveries) for event in one.events])
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [ceil(patience * 1000), doors, told])
        cursor.nextset()  # the limit has none
        let_in = dict(cursor.fetchall())
    for number, delivery in enumerate(deliveries):
        delivery.was_let_in = number in let_in
    long_silent = {
        deliveries[number].door.account_id for number, at in let_in.items() if not at or at < now - SIGN_OF_LIFE
    }
    if long_silent:
        _give_signs_of_life(long_silent, now)


@transaction.atomic
def _give_signs_of_life(account_ids: Collection[int], now: datetime) -> None:
    """Where somebody holds the row, the next event gives it."""
    quiet = Q(last_event_at=None) | Q(last_event_at__lt=now - SIGN_OF_LIFE)
    free = EventStream.objects.select_for_update(skip_locked=True, no_key=True).filter(quiet, pk__in=account_ids)
    EventStream.objects.filter(pk__in=list(free.values_list("pk", flat=True))).update(last_event_at=now)


def _door(number: int, door: Door) -> dict[str, object]:
    return {
        "number": number,
        "account_id": door.account_id,
        "sealed_path": door.sealed_path,
        "sealed_token": door.sealed_token,
    }


def _row(number: int, event: CloudEvent) -> dict[str, object]:
    return {
        "number": number,
        "event_id": event.event_id,
        "type": event.type,
        "stamp": event.stamp,
        "digest": event.digest,
        "body": event.body,
        "occurred_at": event.at.isoformat(),
        "outcome": Event.Outcome.ODD if event.problem else Event.Outcome.WAITING,
        "problem": event.problem,
    }


of_this_process = Intake(_write)
