"""One account's turn to be read as a whole: by one worker at a time, with a row that says how it went."""

from datetime import datetime, timedelta

import structlog
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import TwilioAccount
from accounts.secrets import SealBroken
from reviews.schedule import next_reading
from sync import hearing
from sync.failures import explain_failure, retry_after
from sync.limits import PATIENCE
from sync.models import Event, PollRun, UnreadablePayload
from sync.remote import twilio_for_reading
from sync.whole import LEASE, Progress, TurnOver, WholeReading
from twilio_api.errors import Refused, Throttled, TwilioError

log = structlog.get_logger(__name__)

# A worker reads one account for so long, then another that waits; a large account takes several turns.
TURN = timedelta(minutes=2)
# A reading that stopped in between goes on within this time; later it begins anew, because its first pages are old.
RESUME_WITHIN = timedelta(hours=6)
BEGUN_ANEW = "It was interrupted, and another reading began from the start."
# When an account that found no place in its limits comes up again.
NEXT_TURN = timedelta(seconds=5)


def poll_account(
    account_id: int,
    progress: Progress | None = None,
    *,
    patience: float = PATIENCE,
    turn: timedelta | None = None,
    only_if_due: bool = False,
) -> PollRun | None:
    """Reads one account as a whole, or on from where its last reading stopped. Returns the run's row, or None when
    another worker is reading it just now. A run without an end has given way and goes on at its next turn."""
    if not _lease(account_id, only_if_due=only_if_due):
        return None
    account = TwilioAccount.objects.select_related("parent").get(pk=account_id)
    hearing.keep_up(account)
    run = _run_of(account)
    try:
        _read(account, run, progress, patience, timezone.now() + turn if turn is not None else None)
    except TurnOver:
        _gave_way(account, run, timedelta())
    except Throttled as error:
        _gave_way(account, run, max(NEXT_TURN, timedelta(seconds=error.retry_after or 0)))
    except (TwilioError, SealBroken) as error:
        _failed(account, run, error)
    except (OperationalError, InterfaceError):
        # The database is away or overloaded: that is no failure of this account, and perhaps nothing can be kept of it.
        _let_go(account)
        raise
    except Exception as error:
        # A fault of ours would meet this account again and again: it is logged whole, and fails like the rest.
        log.exception("reading_failed", account=account.sid)
        _failed(account, run, error)
    except BaseException:
        _let_go(account)
        raise
    else:
        _succeeded(account, run)
    return run


def poll_in_turn(account_id: int) -> PollRun | None:
    """The same for a worker: for one turn, and not if somebody has read it since it was given out."""
    return poll_account(account_id, turn=TURN, only_if_due=True)


def _lease(account_id: int, *, only_if_due: bool) -> bool:
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    mine = TwilioAccount.objects.filter(free, pk=account_id, disconnected_at=None)
    if only_if_due:
        mine = mine.filter(next_poll_at__lte=now + LEASE)  # as far as sync.due pushes what it gives out
    return bool(mine.update(lease_until=now + LEASE))


def _run_of(account: TwilioAccount) -> PollRun:
    """The reading that stopped in between, or a new one; whatever cannot be gone on with has ended."""
    now = timezone.now()
    last = PollRun.objects.filter(account=account).first()
    if last and last.cursor and last.started_at > now - RESUME_WITHIN:
        last.finished_at, last.error = None, ""
        last.save(update_fields=["finished_at", "error"])
        return last
    if last and not last.finished_at:
        PollRun.objects.filter(account=account, finished_at=None).update(finished_at=now, error=BEGUN_ANEW)
    return PollRun.objects.create(account=account, stage="beginning")


def _read(
    account: TwilioAccount, run: PollRun, progress: Progress | None, patience: float, until: datetime | None
) -> None:
    with twilio_for_reading(account, patience) as twilio:
        reading = WholeReading(account, twilio, run, progress=progress, until=until)
        try:
            reading.read()
        except BaseException:
            reading.note()
            raise
    run.finished_at, run.stage, run.cursor, run.parts = timezone.now(), "done", {}, []
    reading.note("finished_at", "parts")


def _let_go(account: TwilioAccount) -> None:
    _row(account).update(lease_until=None)


def _gave_way(account: TwilioAccount, run: PollRun, wait: timedelta) -> None:
    log.info("account_gave_way", account=account.sid, stage=run.stage, seconds=wait.total_seconds())
    _row(account).update(lease_until=None, next_poll_at=timezone.now() + wait)


def _succeeded(account: TwilioAccount, run: PollRun) -> None:
    now, row = timezone.now(), _row(account)
    again = next_reading(account.sid, now, hears=account.hears_events)
    brought_up = account.events.filter(outcome=Event.Outcome.DISCOVERY, received_at__gte=run.started_at)
    with transaction.atomic():
        row.update(
            last_read_at=run.started_at,
            lease_until=None,
            next_poll_at=again,
            failing_since=None,
            failures=0,
            last_error="",
        )
        # What an event brought up meanwhile may stand where this reading had been already: then once more. Asked only
        # now that the row is ours: whoever brings something up later makes it due after us.
        if brought_up.exists():
            row.update(next_poll_at=now)
        # What could not be read and was not met again on this whole pass has since become readable, or is gone.
        UnreadablePayload.objects.filter(account=account, last_seen_at__lt=run.started_at).delete()


def _failed(account: TwilioAccount, run: PollRun, error: Exception) -> None:
    run.finished_at, run.error = timezone.now(), explain_failure(error)[:300]
    if isinstance(error, Refused):
        run.cursor = {}  # it would be refused again where it stopped: another try begins anew
    run.save(update_fields=["finished_at", "error", "cursor"])
    log.warning("account_unread", account=account.sid, error=str(error))
    failures = account.failures + 1
    _row(account).update(
        lease_until=None,
        failing_since=account.failing_since or run.started_at,
        failures=min(failures, 1000),
        last_error=run.error,
        next_poll_at=timezone.now() + retry_after(error, failures),
    )


def _row(account: TwilioAccount) -> QuerySet[TwilioAccount]:
    return TwilioAccount.objects.filter(pk=account.pk)
