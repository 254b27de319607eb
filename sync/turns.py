"""How many of one account's attempts are sent at the same time: few. Twilio takes one registration a second. Whoever
waits for the next second keeps a worker's thread from everybody else, so a few tasks carry an account's attempts one
after the other, and all others end at once.
"""

from time import monotonic

from django.utils import timezone

from reviews.models import Attempt
from sync.due import due_attempts
from sync.send import carry

# One sends while others wait for their second or write down what was answered.
AT_ONCE = 3
# Then another account's have their turn; the next tick goes on here.
TURN_SECONDS = 10.0


def carry_in_turn(attempt_id: int) -> None:
    """Carries this attempt, and then for a while whatever else of its account is due. Where enough are being sent for
    this account it stays due, for those who send them and for the next tick."""
    account_id = Attempt.objects.filter(pk=attempt_id).values_list("review__account", flat=True).first()
    if account_id is None:
        return
    if _being_sent(account_id) >= AT_ONCE:
        Attempt.objects.filter(pk=attempt_id, given_at__isnull=False).update(given_at=None)
        return
    began, carried = monotonic(), [attempt_id]
    carry(attempt_id)
    while monotonic() - began < TURN_SECONDS and (following := _due_after(carried, account_id)):
        carried.append(following)
        carry(following)


def _being_sent(account_id: int) -> int:
    """By a worker that is alive as far as anybody knows."""
    sending = Attempt.objects.filter(state=Attempt.State.SENDING, due_at__gt=timezone.now())
    return sending.filter(review__account=account_id).count()


def _due_after(carried: list[int], account_id: int) -> int | None:
    due = due_attempts(timezone.now()).filter(review__account=account_id).exclude(pk__in=carried)
    return due.order_by("due_at", "pk").values_list("pk", flat=True).first()
