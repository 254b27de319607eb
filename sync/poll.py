"""Reading a whole account: subaccounts discovered, every kind listed, what vanished looked for one by one."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import batched

import structlog
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from accounts.models import TwilioAccount
from accounts.secrets import SealBroken
from reviews.contract import Kind
from reviews.kinds import kind_of, kinds
from reviews.models import Review, Source
from reviews.record import mark_gone
from sync.apply import Tally, apply
from sync.discovery import discover_subaccounts
from sync.models import PollRun, UnreadablePayload
from sync.remote import twilio_for
from twilio_api.client import Twilio
from twilio_api.errors import CredentialsRefused, Gone, TwilioError

log = structlog.get_logger(__name__)

# Answers written in one transaction: locks stay short, and a batch of unchanged ones costs the same as a single one.
BATCH = 200
# A reader that says nothing for this long is dead; the account is free for another.
LEASE = timedelta(minutes=5)
# An account that fails is tried again after this, so that dead credentials cost little and recovery shows soon.
RETRY_AFTER = timedelta(minutes=5)

type Progress = Callable[[PollRun], None]


def poll_account(account_id: int, progress: Progress | None = None) -> PollRun | None:
    """Reads one account as a whole. Returns the run's row, or None when another worker is reading it just now."""
    if not _lease(account_id):
        return None
    account = TwilioAccount.objects.select_related("parent").get(pk=account_id)
    run = PollRun.objects.create(account=account)
    try:
        twilio = twilio_for(account)
        _read_everything(account, twilio, run, progress)
    except (TwilioError, SealBroken) as error:
        _failed(account, run, error)
    else:
        _succeeded(account, run)
    finally:
        run.finished_at = timezone.now()
        run.save(update_fields=["finished_at", "stage", "error"])
        TwilioAccount.objects.filter(pk=account_id).update(lease_until=None)
    return run


def check_reviews(account_id: int, review_ids: list[int], source: Source = Source.POLL) -> Tally:
    """Reads single items again. An item that fails is left for its next turn; the others go on.

    Raises TwilioError or SealBroken only when the account itself cannot be read."""
    account = TwilioAccount.objects.select_related("parent").get(pk=account_id)
    twilio, tally = twilio_for(account), Tally()
    for review in Review.objects.filter(account=account, pk__in=review_ids).order_by("pk"):
        tally.add(_check(account, twilio, review, source))
    return tally


def read_again(account: TwilioAccount, twilio: Twilio, review: Review, source: Source) -> Tally:
    """Reads one item again; what Twilio has no more is marked gone. Raises TwilioError."""
    kind, asked_at = kind_of(review.kind), timezone.now()
    try:
        answer = kind.fetch(twilio, review)
    except Gone:
        mark_gone(review, asked_at)
        return Tally(seen=1, changed=1)
    return apply(account, kind, [answer], source)


def check_reviews_quietly(account_id: int, review_ids: list[int]) -> None:
    """The same for a worker: an account that cannot be read is marked as failing, where everybody sees it."""
    try:
        check_reviews(account_id, review_ids)
    except (CredentialsRefused, SealBroken) as error:
        TwilioAccount.objects.filter(pk=account_id, failing_since=None).update(
            failing_since=timezone.now(),
            last_error=explain_failure(error)[:300],
            next_poll_at=timezone.now() + RETRY_AFTER,
        )


def claim_due_accounts(now: datetime) -> list[int]:
    """Takes the accounts whose turn has come, so that the next tick does not take them again."""
    due = TwilioAccount.objects.mirrored().filter(next_poll_at__lte=now)
    ids = list(due.filter(Q(lease_until=None) | Q(lease_until__lt=now)).values_list("pk", flat=True))
    TwilioAccount.objects.filter(pk__in=ids).update(next_poll_at=now + LEASE)
    return ids


def claim_due_reviews(now: datetime, limit: int = 2000) -> dict[int, list[int]]:
    """Takes the items whose turn has come, by account. Accounts that fail as a whole wait for their own turn."""
    due = Review.objects.present().filter(
        next_check_at__lte=now,
        account__disconnected_at=None,
        account__failing_since=None,
        account__status=TwilioAccount.ACTIVE,
    )
    claimed: dict[int, list[int]] = {}
    for pk, account_id in due.order_by("next_check_at").values_list("pk", "account_id")[:limit]:
        claimed.setdefault(account_id, []).append(pk)
    pks = [pk for ids in claimed.values() for pk in ids]
    Review.objects.filter(pk__in=pks).update(next_check_at=now + LEASE)
    return claimed


def _lease(account_id: int) -> bool:
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    mine = TwilioAccount.objects.filter(free, pk=account_id, disconnected_at=None)
    return bool(mine.update(lease_until=now + LEASE))


def _read_everything(account: TwilioAccount, twilio: Twilio, run: PollRun, progress: Progress | None) -> None:
    if account.parent is None:
        _at(run, "subaccounts", twilio, progress)
        discover_subaccounts(account, twilio)
    for kind in kinds().values():
        _read_kind(account, kind, twilio, run, progress)


def _read_kind(account: TwilioAccount, kind: Kind, twilio: Twilio, run: PollRun, progress: Progress | None) -> None:
    _at(run, kind.plural, twilio, progress)
    began, found = timezone.now(), set[str]()
    for batch in batched(kind.listing(twilio, account), BATCH):
        tally = apply(account, kind, batch, Source.POLL)
        found |= tally.keys
        run.seen, run.changed, run.failed = (
            run.seen + tally.seen,
            run.changed + tally.changed,
            run.failed + tally.failed,
        )
        _at(run, kind.plural, twilio, progress)
    for review in _missing(account, kind, began, found):
        _check(account, twilio, review, Source.POLL)


def _missing(account: TwilioAccount, kind: Kind, began: datetime, found: set[str]) -> Iterator[Review]:
    """Not in the list any more: each is asked for by itself before it is called gone."""
    absent = Review.objects.present().filter(account=account, kind=kind.slug, as_of__lt=began)
    return (review for review in absent.order_by("pk") if review.remote_key not in found)


def _check(account: TwilioAccount, twilio: Twilio, review: Review, source: Source) -> Tally:
    try:
        return read_again(account, twilio, review, source)
    except CredentialsRefused:
        raise
    except TwilioError as error:
        log.warning("item_unread", review=review.pk, error=str(error))
        return Tally(seen=1, failed=1)


def _at(run: PollRun, stage: str, twilio: Twilio, progress: Progress | None) -> None:
    """Where the reading stands, kept for whoever watches; and the sign of life that keeps the lease."""
    run.stage, run.calls = stage, twilio.calls
    run.save(update_fields=["stage", "calls", "seen", "changed", "failed"])
    TwilioAccount.objects.filter(pk=run.account_id).update(lease_until=timezone.now() + LEASE)
    if progress:
        progress(run)


def _succeeded(account: TwilioAccount, run: PollRun) -> None:
    run.stage = "done"
    again = timezone.now() + timedelta(seconds=settings.CHECK_EVERY_SECONDS["settled"])
    TwilioAccount.objects.filter(pk=account.pk).update(
        last_read_at=run.started_at, next_poll_at=again, failing_since=None, last_error=""
    )
    # What could not be read and was not met again on this whole pass has since become readable, or is gone.
    UnreadablePayload.objects.filter(account=account, last_seen_at__lt=run.started_at).delete()


def _failed(account: TwilioAccount, run: PollRun, error: Exception) -> None:
    run.error = explain_failure(error)[:300]
    log.warning("account_unread", account=account.sid, error=str(error))
    TwilioAccount.objects.filter(pk=account.pk).update(
        failing_since=account.failing_since or run.started_at,
        last_error=run.error,
        next_poll_at=timezone.now() + RETRY_AFTER,
    )


def explain_failure(error: Exception) -> str:
    """What stopped a reading and what to do about it, for a person."""
    if isinstance(error, CredentialsRefused):
        return "Twilio refused the credentials. Connect the account again with its current auth token or a valid key."
    if isinstance(error, SealBroken):
        return "Its secret cannot be opened: the key in REDRESS_SECRET_KEYS is gone. Connect the account again."
    return str(error)
