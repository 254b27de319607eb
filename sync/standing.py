"""How an account's events do, in words for people: working, not yet, not any more, and what to do about it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q

from accounts.models import TwilioAccount
from reviews.models import Source, StatusChange
from reviews.words import age_text
from sync import streams
from sync.models import Event, EventStream

State = EventStream.State
# A poll may be a little faster than the event; within this, either way, the event was not missed.
NEAR = timedelta(minutes=10)
LOOKED_BACK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Standing:
    """`tone` names the badge. `hint` says what is the matter or what to do, where there is something to say."""

    words: str
    tone: str
    hint: str = ""
    is_wrong: bool = False


def standing_of(stream: EventStream | None, now: datetime) -> Standing:
    if stream and stream.state == State.LEAVING:
        return Standing("Being switched off", "review", stream.last_error)
    if why := streams.hindrance():
        return Standing("Polling only", "stopped", why)
    if stream is None:
        return Standing("Polling only", "stopped", "events are not switched on")
    if stream.state == State.MAKING:
        return Standing("Being set up", "review", stream.last_error)
    if stream.state == State.BROKEN:
        return Standing("Not working", "fix", stream.last_error, is_wrong=True)
    return _active(stream, now)


def _active(stream: EventStream, now: datetime) -> Standing:
    since, last = stream.active_since or now, stream.last_event_at
    if last and now - last < streams.PROVEN:
        age = age_text(now - last)
        return Standing(f"Working, last event {age if age == 'now' else f'{age} ago'}", "approved", stream.last_error)
    if last is None and now - since < NEAR:
        return Standing("Set up, waiting for Twilio’s test event", "review", stream.last_error)
    silence = f"nothing came for {age_text(now - last)}" if last else "nothing has come yet"
    reach = f"Check that Twilio reaches {settings.PUBLIC_BASE_URL}; its Debugger shows 91300 or 91308 if it does not."
    hint = stream.last_error or reach
    return Standing(f"Set up, but {silence}", "fix", hint, is_wrong=True)


def missed(accounts: Iterable[TwilioAccount], now: datetime) -> Mapping[int, int]:
    """How many changes of the last week were found by asking although events worked, by account. An event before it
    that brought about a reading told of an earlier change: of this one tell those that came too late to be read."""
    near = Q(received_at__gte=OuterRef("at") - NEAR, received_at__lte=OuterRef("at") + NEAR)
    late = Q(outcome=Event.Outcome.KNOWN) | Q(received_at__gte=OuterRef("at"))
    told = Event.objects.filter(near, late, review=OuterRef("review"))
    changes = StatusChange.objects.filter(
        ~Exists(told),
        review__account__in=accounts,
        review__account__stream__state=State.ACTIVE,
        review__account__stream__active_since__lte=F("at"),
        source=Source.POLL,
        at__range=(now - LOOKED_BACK, now - NEAR),
    )
    seen_before = changes.exclude(old_status="").order_by()
    return dict(seen_before.values_list("review__account").annotate(Count("pk")))
