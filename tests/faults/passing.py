"""Time that passes: leases of the dead run out, what was put off is due, and another pass is made.

Only times in the database are moved, and only of those who are known to be dead: a worker that lives keeps its lease.
"""

from datetime import datetime
from typing import Any

from celery import current_app
from django.db.models import F, Q
from django.utils import timezone
from redis import Redis

from accounts.models import TwilioAccount
from notifications import announce
from notifications.models import Notice
from reviews.models import Attempt, StatusChange
from sync.models import Event, EventStream, PollRun
from sync.whole import LEASE
from tests.faults.product import Name, Product
from tests.pace import pauses_are_over
from tests.rows import update_free

EVERY = 0.25  # seconds between two looks, which cost the database something each


def until_settled(at: Product) -> None:
    """Every attempt has ended."""

    def settled() -> bool:
        pauses_are_over()  # those that Twilio asked for, and places among an account's calls that a dead worker held
        leases_run_out(at)
        return not Attempt.objects.filter(state__in=Attempt.OPEN).exists()

    still_open = Attempt.objects.filter(state__in=Attempt.OPEN).values("pk", "state", "created_at", "sent_at", "due_at")
    at.until(settled, every=EVERY, lacking=lambda: [*still_open.all(), at.waiting(), at.killed_at])


def until_read_once_more(at: Product, began: datetime) -> None:
    """Every account was read as a whole, by a reading that began after this moment."""
    TwilioAccount.objects.update(next_poll_at=timezone.now())

    unread = TwilioAccount.objects.mirrored().filter(Q(last_read_at=None) | Q(last_read_at__lt=began))
    unfinished = PollRun.objects.filter(finished_at=None)

    def read() -> bool:
        leases_run_out(at)
        # A reading that was interrupted went on where it had stopped, and that was before; one that failed waits; and
        # one that was given out while another was under way comes up again after minutes.
        if not any(at.waiting().values()):
            now = timezone.now()
            unread.filter(lease_until=None, next_poll_at__gt=now).update(next_poll_at=now)
        return not unread.exists() and not unfinished.exists()

    def lacking() -> object:
        times = unread.values("sid", "last_read_at", "lease_until", "next_poll_at", "last_error")
        return [*times, *unfinished.values("account__sid", "started_at", "cursor"), at.waiting(), at.killed_at]

    at.until(read, every=EVERY, lacking=lacking)


def until_heard(at: Product) -> None:
    """No event waits."""

    def heard() -> bool:
        leases_run_out(at)
        return not Event.objects.filter(outcome=Event.Outcome.WAITING).exists()

    at.until(heard, every=EVERY)


def until_told(at: Product) -> None:
    """Nobody is left to be told of anything."""

    def told() -> bool:
        leases_run_out(at)
        untold = StatusChange.objects.filter(announced_at=None).exists()
        return not untold and not Notice.objects.filter(sent_at=None).exists()

    at.until(told, every=EVERY)


def until_drained(at: Product) -> None:
    """Nothing waits in a queue and no worker holds a task."""
    at.until(
        lambda: not any(at.waiting().values()) and not at.held(),
        every=EVERY,
        lacking=lambda: (at.waiting(), at.held()),
    )


def give_out_again(at: Product) -> int:
    """What dead workers held is given to others, as it is after an hour. Returns how many tasks."""
    redis: Redis = at.redis
    held = [tag for tag, _ in redis.zscan_iter("unacked_index")]
    for tag in held:
        redis.zadd("unacked_index", {tag: 1}, xx=True)
    with current_app.connection_for_read(at.broker_url) as connection:
        channel: Any = connection.default_channel
        channel.qos.restore_visible(num=len(held) + 1)
    return len(held)


def lost_tasks_are_missed(at: Product) -> None:
    """What was lost with a broker or a worker is given out anew, as it is after half a minute."""
    if not any(at.waiting().values()):
        update_free(Attempt.objects.filter(state__in=Attempt.OPEN, given_at__gte=F("due_at")), given_at=None)


def leases_run_out(at: Product) -> None:
    """Of whoever was at work when the worker for Twilio was last killed."""
    now, killed_at = timezone.now(), at.killed_at.get(Name.TWILIO)
    if mailer_died_at := at.killed_at.get(Name.DEFAULT):
        cut_off = Notice.objects.filter(sent_at=None, taken_at__lte=mailer_died_at)
        cut_off.update(taken_at=mailer_died_at - announce.LEASE)
    waiting = Attempt.objects.filter(state__in=[*Attempt.NOT_SENT, Attempt.State.UNKNOWN], due_at__gt=now)
    update_free(waiting, due_at=now)
    lost_tasks_are_missed(at)
    if killed_at and now >= killed_at + at.silence:
        dead = Attempt.objects.filter(state=Attempt.State.SENDING, sent_at__lte=killed_at)
        dead.filter(due_at__gt=now).update(due_at=now)
        EventStream.objects.filter(worked_until__lte=killed_at + LEASE).update(worked_until=None)
        TwilioAccount.objects.filter(lease_until__lte=killed_at + LEASE).update(lease_until=None)
        TwilioAccount.objects.filter(lease_until=None, next_poll_at__range=(now, killed_at + LEASE)).update(
            next_poll_at=now
        )
