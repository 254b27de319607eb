"""How many threads of a worker send the texts of one account: two. Twilio takes one registration a second, and whoever
waits for the next keeps a thread from everybody else. So the two carry an account's attempts one after the other, and
all other tasks for it end at once.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock
from time import monotonic

from django.utils import timezone

from reviews.models import Attempt
from sync.due import due_attempts
from sync.send import carry

# One sends while the other waits for its second, or writes down what was answered. Of this process: it counts only its
# own threads, and what a killed one held is free at once.
AT_ONCE = 2
# Then another account's have their turn; the next tick goes on here.
TURN_SECONDS = 10.0


def carry_in_turn(attempt_id: int) -> None:
    """Carries this attempt, and then for a while whatever else of its account is due. Where enough do so already it
    stays due, for them and for the next tick."""
    account_id = Attempt.objects.filter(pk=attempt_id).values_list("review__account", flat=True).first()
    if account_id is None:
        return
    with place_of(account_id) as is_ours:
        if is_ours:
            _carry_on(attempt_id, account_id)
        else:
            Attempt.objects.filter(pk=attempt_id, given_at__isnull=False).update(given_at=None)


@contextmanager
def place_of(account_id: int) -> Iterator[bool]:
    """Whether one more thread may send for this account; its place for as long as it does."""
    with _counting:
        is_ours = _at_work[account_id] < AT_ONCE
        _at_work[account_id] += is_ours
    try:
        yield is_ours
    finally:
        with _counting:
            _at_work[account_id] -= is_ours
            if not _at_work[account_id]:
                del _at_work[account_id]


def _carry_on(attempt_id: int, account_id: int) -> None:
    began, carried = monotonic(), [attempt_id]
    carry(attempt_id)
    while monotonic() - began < TURN_SECONDS and (following := _due_after(carried, account_id)):
        carried.append(following)
        carry(following)


def _due_after(carried: list[int], account_id: int) -> int | None:
    due = due_attempts(timezone.now()).filter(review__account=account_id).exclude(pk__in=carried)
    return due.order_by("due_at", "pk").values_list("pk", flat=True).first()


_at_work, _counting = Counter[int](), Lock()
