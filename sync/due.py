"""Whose turn has come: taken so that no other tick takes it too, and in turns, so that no account waits for another.

What is taken is pushed ahead by a lease. A worker that reads it writes its next time; one that dies leaves it to the
lease, and it comes up again.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q, QuerySet, Window
from django.db.models.functions import Coalesce, RowNumber
from redis import RedisError

from accounts.models import TwilioAccount
from reviews.models import Attempt, Renewal, Review
from sync.limits import connection
from sync.whole import LEASE

QUEUE = "twilio"
# So many tasks may wait for a worker. What a person sends stands in the same queue: it must not stand behind hours of
# reading. The rest stays due in the database, where turns are fair.
MOST_WAITING = 100
# Items that are due come on top: accounts to be read as a whole may fill their part for hours.
MOST_WITH_ITEMS = 300
# Then events and streams, and on top of all attempts and plans. While no worker runs, the sweeps leave no more behind.
MOST_WITH_EVENTS, MOST_OF_ALL = 1000, 2000
# With fewer than this the workers would soon stand idle: more is given out before the next tick, once a second at most.
LOW = 50
FILLING, FILLING_MS = "redress:filling", 1000
# A task of a sweep that has waited for so long is worth nothing any more: the next sweeps give it out again.
EXPIRES = timedelta(seconds=30)
# Items of one account given out in one tick: about as many as its limits let through until the next.
EACH = 100
# The same for attempts, of which a worker carries on with the next by itself (sync.turns).
EACH_SENT = 10


def room(most: int = MOST_WAITING) -> int:
    """How many more tasks the queue should take now, where `most` may wait in it."""
    try:
        waiting = int(connection().llen(QUEUE))
    except RedisError:
        return most
    return max(most - waiting, 0)


def runs_low(lacking: str) -> bool:
    """Whether whoever asks should have more of these given out now. The others that ask within a second are told no."""
    try:
        if int(connection().llen(QUEUE)) >= LOW:
            return False
        return bool(connection().set(f"{FILLING}:{lacking}", 1, nx=True, px=FILLING_MS))
    except RedisError:
        return False


@transaction.atomic
def claim_due_accounts(now: datetime, most: int = MOST_WAITING) -> list[int]:
    """Takes accounts that are due to be read as a whole: one of each main account's family, then another."""
    turn = Window(RowNumber(), partition_by=Coalesce("parent_id", "pk"), order_by="next_poll_at")
    in_turn = list(
        due_accounts(now).annotate(turn=turn).order_by("turn", "next_poll_at").values_list("pk", flat=True)[:most]
    )
    locked = TwilioAccount.objects.select_for_update(skip_locked=True).filter(pk__in=in_turn, next_poll_at__lte=now)
    taken = set(locked.values_list("pk", flat=True))
    TwilioAccount.objects.filter(pk__in=taken).update(next_poll_at=now + LEASE)
    return [pk for pk in in_turn if pk in taken]


@transaction.atomic
def claim_due_reviews(
    now: datetime, most: int = MOST_WAITING * EACH, each: int = EACH, accounts: int = MOST_WITH_ITEMS
) -> dict[int, list[int]]:
    """Takes items that are due, by account, some of each, of so many `accounts`. Accounts that fail as a whole wait for
    their own turn."""
    if not accounts:
        return {}
    turn = Window(RowNumber(), partition_by=F("account_id"), order_by="next_check_at")
    in_turn = due_reviews(now).annotate(turn=turn).filter(turn__lte=each).order_by("turn", "next_check_at")
    pks = _of_the_first(accounts, list(in_turn.values_list("pk", "account_id")[:most]))
    locked = Review.objects.select_for_update(skip_locked=True).filter(pk__in=pks, next_check_at__lte=now)
    claimed: dict[int, list[int]] = {}
    for pk, account_id in locked.order_by("next_check_at").values_list("pk", "account_id"):
        claimed.setdefault(account_id, []).append(pk)
    taken = [pk for ids in claimed.values() for pk in ids]
    Review.objects.filter(pk__in=taken).update(next_check_at=now + LEASE)
    return claimed


@transaction.atomic
def claim_due_attempts(now: datetime, most: int = MOST_OF_ALL, each: int = EACH_SENT) -> list[int]:
    """Takes attempts that are due: some of each account, the longest first. One that was given out since it became due
    stands in the queue already: it comes up again when that task has expired, lost or not."""
    lapsed = Q(given_at=None) | Q(given_at__lt=F("due_at")) | Q(given_at__lte=now - EXPIRES)
    turn = Window(RowNumber(), partition_by=F("review__account"), order_by=("due_at", "pk"))
    waiting = due_attempts(now).filter(lapsed).annotate(turn=turn).filter(turn__lte=each)
    in_turn = list(waiting.order_by("turn", "due_at").values_list("pk", flat=True)[:most])
    locked = due_attempts(now).filter(lapsed, pk__in=in_turn).select_for_update(skip_locked=True)
    taken = set(locked.values_list("pk", flat=True))
    Attempt.objects.filter(pk__in=taken).update(given_at=now)
    return [pk for pk in in_turn if pk in taken]


def _of_the_first(accounts: int, in_turn: Sequence[tuple[int, int]]) -> list[int]:
    """The items of so many accounts, those that come first; each pair is an item and its account."""
    first = set(list(dict.fromkeys(account_id for _, account_id in in_turn))[:accounts])
    return [pk for pk, account_id in in_turn if account_id in first]


def due_accounts(now: datetime) -> QuerySet[TwilioAccount]:
    """To be read as a whole, and nobody is at it."""
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    return TwilioAccount.objects.mirrored().filter(free, next_poll_at__lte=now)


def due_reviews(now: datetime) -> QuerySet[Review]:
    return Review.objects.present().filter(
        next_check_at__lte=now,
        account__disconnected_at=None,
        account__failing_since=None,
        account__status=TwilioAccount.ACTIVE,
    )


def due_attempts(now: datetime) -> QuerySet[Attempt]:
    """To be sent, prepared further, or read back."""
    return Attempt.objects.filter(state__in=Attempt.OPEN, due_at__lte=now)


def due_renewals(now: datetime) -> QuerySet[Renewal]:
    return Renewal.objects.filter(state__in=Renewal.AT_WORK, due_at__lte=now)
