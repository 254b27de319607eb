"""Whether an account's changes are told by Twilio's events, so that it has to be asked less often.

The answer is kept in the account's row, where the schedule and every page find it without asking further.
"""

from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import TwilioAccount
from reviews.locks import update_held
from reviews.models import Review
from reviews.schedule import NEAR, longest_pause, next_reading
from reviews.status import REJECTED, Status
from sync import streams


def keep_up(account: TwilioAccount) -> None:
    """Writes down whether events work by now. Where they stopped, everything moves up to the pauses without them."""
    hears = streams.events_work(account)
    if hears == account.hears_events:
        return
    account.hears_events = hears
    TwilioAccount.objects.filter(pk=account.pk).update(hears_events=hears)
    if not hears:
        _move_up(TwilioAccount.objects.filter(pk=account.pk))


def keep_all_up() -> None:
    """The same for all accounts in which it has changed, without waiting for their turn, which may be days away. And
    what was written by a reading that had begun while events worked moves up after them."""
    working = Q(pk__in=streams.working(timezone.now()).values("account"))
    changed = (working & Q(hears_events=False)) | (~working & Q(hears_events=True))
    for account in TwilioAccount.objects.mirrored().filter(changed):
        keep_up(account)
    _move_up(TwilioAccount.objects.mirrored().filter(hears_events=False))


def _move_up(accounts: QuerySet[TwilioAccount]) -> None:
    """No turn of theirs lies further away than its longest pause without events."""
    now = timezone.now()
    for account in accounts.filter(next_poll_at__gt=now + longest_pause(Status.APPROVED) * (1 + NEAR)):
        TwilioAccount.objects.filter(pk=account.pk).update(next_poll_at=next_reading(account.sid, now))
    for statuses in ((Status.IN_REVIEW, Status.UNKNOWN), REJECTED):
        soon = now + longest_pause(statuses[0])
        later = Review.objects.present().filter(status__in=statuses, next_check_at__gt=soon)
        update_held(later.filter(account__in=accounts), next_check_at=soon)
