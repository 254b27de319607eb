"""What came by event, worked on: an event brings about a reading, and what Twilio shows then counts.

One worker at a time for each account, and one reading for each thing, however many events are about it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from accounts.models import TwilioAccount
from accounts.secrets import SealBroken
from reviews.contract import Kind, News
from reviews.kinds import kinds
from reviews.models import Review, Source
from reviews.schedule import CLOCKS_DIFFER
from sync.cloud_events import TEST, CloudEvent, understand
from sync.models import Event, EventStream
from sync.remote import twilio_for
from sync.singles import read_again
from sync.topics import ABOUT_ACCOUNT
from twilio_api.client import Twilio
from twilio_api.errors import Ambiguous, CredentialsRefused, Refused, Throttled, TwilioError

log = structlog.get_logger(__name__)

BATCH = 500
# A worker that says nothing for this long is dead; each thing it reads renews it.
LEASE = timedelta(minutes=3)
# After a pass nobody works on the account for this long: the rest of a burst is one pass more, not hundreds.
GATHERING = timedelta(seconds=2)
# After a reading failed: longer each time, and after the last the whole account is read instead.
PAUSES = tuple(timedelta(seconds=seconds) for seconds in (10, 30, 120, 300))
# Readings without an answer in one pass, before all of Twilio is held to be away.
MOST_UNREAD = 2

Outcome = Event.Outcome
type Subject = tuple[str, str]


def work(account_id: int) -> int:
    """Works on all that waits in an account by now. Returns how many events were settled; 0 also while another worker
    is at it, or was a moment ago: what comes in a burst is gathered, and the sweep comes back for it."""
    newest = _waiting(account_id).order_by("-pk").values_list("pk", flat=True).first()
    if newest is None or not _take(account_id):
        return 0
    pause, waited = GATHERING, _waiting(account_id).filter(pk__lte=newest).count()
    try:
        _work_through(account_id, newest)
    except Throttled as error:
        # Nobody’s failure: what waits is read as soon as the account may be asked again, and no try is counted.
        pause = max(GATHERING, timedelta(seconds=error.retry_after or 0))
    except (TwilioError, SealBroken) as error:
        pause = _put_off(account_id, newest, error)
    except Exception as error:
        # A fault of ours must not be tried for ever, every few seconds: it is logged whole, and put off like the rest.
        log.exception("events_failed", account=account_id)
        pause = _put_off(account_id, newest, error)
    finally:
        EventStream.objects.filter(pk=account_id).update(worked_until=timezone.now() + pause)
    return waited - _waiting(account_id).filter(pk__lte=newest).count()


def accounts_waiting(now: datetime) -> list[int]:
    """The accounts in which events wait and nobody works on them."""
    free = Q(worked_until=None) | Q(worked_until__lt=now)
    streams = EventStream.objects.filter(free, account__in=Event.objects.filter(outcome="").values("account"))
    return list(streams.values_list("account_id", flat=True))


def _waiting(account_id: int) -> QuerySet[Event]:
    return Event.objects.filter(account_id=account_id, outcome=Outcome.WAITING)


def _take(account_id: int) -> bool:
    now = timezone.now()
    free = Q(worked_until=None) | Q(worked_until__lt=now)
    return bool(EventStream.objects.filter(free, pk=account_id).update(worked_until=now + LEASE))


def _work_through(account_id: int, newest: int) -> None:
    """Raises TwilioError or SealBroken where there is no going on; what is settled by then is settled."""
    account = TwilioAccount.objects.select_related("parent").get(pk=account_id)
    twilio, after, unread = twilio_for(account), 0, list[Ambiguous]()
    while batch := list(_waiting(account_id).filter(pk__gt=after, pk__lte=newest).order_by("pk")[:BATCH]):
        for subject, events in _sort(account, batch).items():
            EventStream.objects.filter(pk=account_id).update(worked_until=timezone.now() + LEASE)
            try:
                _hear(account, twilio, subject, events)
            except Ambiguous as error:
                # Of one thing perhaps, so the others still have their turn; of several in a row, of Twilio.
                unread.append(error)
                if len(unread) > MOST_UNREAD:
                    raise
        after = batch[-1].pk
    if unread:
        raise unread[0]


def _sort(account: TwilioAccount, events: Sequence[Event]) -> dict[Subject, list[Event]]:
    """The events by what is to be read for them; those that need no reading are settled on the way."""
    subjects, settled = defaultdict[Subject, list[Event]](list), defaultdict[str, list[Event]](list)
    for event in sorted(events, key=lambda event: event.occurred_at):
        told = understand(event.body, event.received_at)
        kind = _kind_of(told.topic)
        if kind is None:
            settled[_outcome_without_kind(told)].append(event)
        elif kind.keep_news(account, news := News(told.topic, told.payload, event.occurred_at)):
            settled[Outcome.KEPT].append(event)
        elif key := kind.heard(news):
            subjects[kind.slug, key].append(event)
        else:
            settled[Outcome.DISCOVERY].append(event)
    _discover(account, settled.pop(Outcome.DISCOVERY, ()))
    for outcome, found in settled.items():
        _settle(found, Outcome(outcome))
    return subjects


def _kind_of(topic: str) -> Kind | None:
    return next((kind for kind in kinds().values() if topic.startswith(kind.topics)), None) if topic else None


def _outcome_without_kind(told: CloudEvent) -> Outcome:
    if told.type == TEST:
        return Outcome.TEST
    return Outcome.DISCOVERY if told.topic.startswith(ABOUT_ACCOUNT) else Outcome.UNKNOWN_TYPE


def _hear(account: TwilioAccount, twilio: Twilio, subject: Subject, events: Sequence[Event]) -> None:
    """One reading for all of these, or none where a later one is known. Raises what the reading raises."""
    slug, key = subject
    review = _review_of(account, slug, key)
    if review is None:
        _discover(account, events)
        return
    fresh = [event for event in events if not _is_known(event, review)]
    _settle((event for event in events if _is_known(event, review)), Outcome.KNOWN, review)
    if fresh:
        _read(account, twilio, review)
        if not Review.objects.present().filter(pk=review.pk).exists():
            _make_due(account, fresh)  # something new may have taken its place
        _settle(fresh, Outcome.READ, review)


def _review_of(account: TwilioAccount, slug: str, key: str) -> Review | None:
    """The newest under this key, one that is there before one that is gone."""
    whole_or_first = Q(remote_key=key) | Q(remote_key__startswith=f"{key}/")
    found = Review.objects.filter(whole_or_first, account=account, kind=slug)
    return found.order_by(F("gone_at").desc(nulls_first=True), "-pk").first()


def _read(account: TwilioAccount, twilio: Twilio, review: Review) -> None:
    """What Twilio will not show, it will not show next time either: the item's own turn says so where people see it."""
    try:
        read_again(account, twilio, review, Source.EVENT)
    except CredentialsRefused:
        raise
    except Refused as error:
        log.warning("item_unread", review=review.pk, error=str(error))


def _is_known(event: Event, review: Review) -> bool:
    """The item was asked for clearly after this event had come, or had happened, by whatever clock."""
    if review.as_of > timezone.now() + CLOCKS_DIFFER:
        return False  # read by a clock that was wrong: nobody knows when
    return min(event.received_at, event.occurred_at) + CLOCKS_DIFFER < review.as_of


@transaction.atomic
def _discover(account: TwilioAccount, events: Sequence[Event]) -> None:
    """Something nobody here knows. Both in one, or a worker killed in between would lose the news; settled first, or a
    reading that ends just now would neither see it nor be followed by another (sync.poll)."""
    _settle(events, Outcome.DISCOVERY)
    _make_due(account, events)


def _make_due(account: TwilioAccount, events: Iterable[Event]) -> None:
    """The account is read as a whole, unless it was since these came."""
    newest = max((event.received_at for event in events), default=None)
    if newest:
        unread = Q(last_read_at=None) | Q(last_read_at__lt=newest + CLOCKS_DIFFER)
        TwilioAccount.objects.filter(unread, pk=account.pk).update(next_poll_at=timezone.now())


def _settle(events: Iterable[Event], outcome: Outcome, review: Review | None = None) -> None:
    Event.objects.filter(pk__in=[event.pk for event in events]).update(outcome=outcome, review=review)


def _put_off(account_id: int, newest: int, error: Exception) -> timedelta:
    """What waits stays waiting for a while. After several times the account's own turn takes over: it tells people
    what is wrong, and finds whatever these events were about."""
    log.warning("events_put_off", account=account_id, error=str(error))
    waiting = _waiting(account_id).filter(pk__lte=newest)
    waiting.update(tries=F("tries") + 1, problem=str(error)[:300])
    with transaction.atomic():
        if waiting.filter(tries__gt=len(PAUSES)).update(outcome=Outcome.DISCOVERY):
            TwilioAccount.objects.filter(pk=account_id).update(next_poll_at=timezone.now())
    most = max(waiting.values_list("tries", flat=True), default=1)
    return PAUSES[most - 1]
