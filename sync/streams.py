"""Event Streams of each account: a sink and a subscription at Twilio, found, made, healed and taken away again.

Every step looks first, so a worker killed between two of them, or a call without an answer, is made good by the next.
"""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import TwilioAccount, User
from accounts.secrets import SealBroken, seal
from audit.record import record
from sync.failures import explain_failure
from sync.models import EventStream
from sync.remote import AT_ONCE_SECONDS, twilio_for
from sync.topics import type_is_wanted
from twilio_api.answer import Payload
from twilio_api.client import Twilio
from twilio_api.errors import Gone, Throttled, TwilioError

log = structlog.get_logger(__name__)

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LEASE = timedelta(minutes=5)
# Looked at again: daily where all is well, soon where Twilio is still at it, and after a failure.
ALL_WELL, STILL_MAKING, AFTER_FAILURE = timedelta(days=1), timedelta(minutes=1), timedelta(minutes=10)
# And where the account may not be asked more often just now: at the least after this.
NEXT_TURN = timedelta(seconds=5)
# With a test sent daily, silence for longer than this means that nothing arrives.
PROVEN = timedelta(hours=26)
State = EventStream.State


class NotYet(Exception):
    """Something has to be so first that only Twilio or a person can bring about; `again` is when to look next."""

    def __init__(self, words: str, again: timedelta) -> None:
        super().__init__(words)
        self.again = again


@dataclass(frozen=True, slots=True)
class There:
    """What of ours is at Twilio."""

    sinks: Sequence[Payload]
    subscriptions: Sequence[Payload]


# --- asked from outside ----------------------------------------------------------------------------------------------


def hindrance() -> str:
    """Why Twilio cannot send events here, in words; empty where it can. A sandbox sends them on this machine."""
    if not settings.PUBLIC_BASE_URL:
        return "PUBLIC_BASE_URL is not set"
    base = urlsplit(settings.PUBLIC_BASE_URL)
    if urlsplit(settings.TWILIO_API_URL).hostname in LOOPBACK:
        return ""
    if base.hostname in LOOPBACK:
        return "PUBLIC_BASE_URL is an address of this machine, which Twilio cannot reach"
    return "" if base.scheme == "https" or settings.DEBUG else "PUBLIC_BASE_URL is not https"


def events_work(account: TwilioAccount) -> bool:
    """Whether news of this account comes by itself: subscribed, and an event or a test came within `PROVEN`."""
    return working(timezone.now()).filter(pk=account.pk).exists()


def working(now: datetime) -> QuerySet[EventStream]:
    """The streams of the accounts whose news comes by itself."""
    if hindrance():
        return EventStream.objects.none()
    return EventStream.objects.filter(state=State.ACTIVE, last_event_at__gte=now - PROVEN)


def switch_on(main: TwilioAccount, by: User | None) -> None:
    """From now on this main account and all under it get their events, those that are discovered later too."""
    _add(TwilioAccount.objects.mirrored().filter(Q(pk=main.pk) | Q(parent=main)), timezone.now())
    family = EventStream.objects.filter(Q(account=main) | Q(account__parent=main))
    family.filter(state=State.LEAVING).update(state=State.MAKING)
    family.update(due_at=timezone.now())
    record(by, "events:switched_on", main.subject, str(main))


def switch_off(main: TwilioAccount, by: User | None) -> None:
    """Takes away at Twilio what is ours, account by account, and then asks only."""
    family = EventStream.objects.filter(Q(account=main) | Q(account__parent=main))
    family.update(state=State.LEAVING, due_at=timezone.now())
    record(by, "events:switched_off", main.subject, str(main))


def claim_due(now: datetime, most: int = 500) -> list[int]:
    """Takes up to so many accounts whose stream has to be looked at, those discovered since under a main account with
    events included. Nothing is due while Twilio cannot reach us, but for what is to be taken away."""
    staying = EventStream.objects.exclude(state=State.LEAVING)
    _add(TwilioAccount.objects.mirrored().filter(parent__stream__in=staying), now)
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    readable = TwilioAccount.objects.mirrored()
    due = EventStream.objects.filter(free, due_at__lte=now, account__in=readable)
    if hindrance():
        due = due.filter(state=State.LEAVING)
    with transaction.atomic():
        ids = list(due.select_for_update(skip_locked=True, of=("self",)).values_list("pk", flat=True)[:most])
        EventStream.objects.filter(pk__in=ids).update(due_at=now + LEASE)
    return ids


def tend(account_id: int) -> EventStream | None:
    """Makes the account's stream as it should be. Returns it; None where there is none any more, or where another
    process is at it just now."""
    now = timezone.now()
    free = Q(lease_until=None) | Q(lease_until__lt=now)
    if not EventStream.objects.filter(free, pk=account_id).update(lease_until=now + LEASE):
        return None
    stream = EventStream.objects.select_related("account__parent").get(pk=account_id)
    try:
        _leave(stream) if stream.state == State.LEAVING else _make_right(stream)
    except NotYet as reason:
        _note(stream, State.MAKING, reason.again, str(reason))
    except Throttled as error:
        _give_way(stream, error)
    except (TwilioError, SealBroken) as error:
        log.warning("stream_broken", account=stream.account.sid, error=str(error))
        broken = State.LEAVING if stream.state == State.LEAVING else State.BROKEN
        _note(stream, broken, AFTER_FAILURE, explain_failure(error))
    return EventStream.objects.select_related("account__parent").filter(pk=account_id).first()


# --- making it right -------------------------------------------------------------------------------------------------


def _add(accounts: QuerySet[TwilioAccount], now: datetime) -> None:
    """A row, with a secret of its own, for each of these that has none."""
    without = accounts.filter(stream=None)
    rows = [EventStream(account=account, sealed_path=_new_path(), due_at=now) for account in without]
    EventStream.objects.bulk_create(rows, ignore_conflicts=True)


def _new_path() -> str:
    return seal(secrets.token_urlsafe(32))


def _make_right(stream: EventStream) -> None:
    if why := hindrance():
        raise NotYet(f"{why}.", ALL_WELL)
    twilio = twilio_for(stream.account, patience=AT_ONCE_SECONDS)
    _keep_secrets(stream, twilio)
    there = _look(stream, twilio)
    sink = _sink(stream, twilio, there)
    subscription_sid = _subscription(stream, twilio, there, sink["sid"])
    _remove(twilio, there, sink["sid"], subscription_sid)
    is_new = (stream.sink_sid, stream.subscription_sid) != (sink["sid"], subscription_sid)
    stream.sink_sid, stream.subscription_sid = sink["sid"], subscription_sid
    _note(stream, State.ACTIVE, ALL_WELL)
    if is_new or not stream.last_event_at or timezone.now() - stream.last_event_at > ALL_WELL / 2:
        twilio.test_sink(stream.sink_sid)


def _keep_secrets(stream: EventStream, twilio: Twilio) -> None:
    """A path that opens, and where the account is read with an API key the token that Twilio signs with."""
    try:
        stream.path_secret()
    except SealBroken:
        stream.sealed_path = _new_path()
    if stream.account.key_sid:
        token = str(twilio.account().payload.get("auth_token") or "")
        if not token:
            raise NotYet(
                "Twilio signs events with the account's auth token, which this API key does not show. Replace the "
                "secret with the auth token, or leave events off.",
                ALL_WELL,
            )
        stream.sealed_token = seal(token)
    else:
        stream.sealed_token = ""
    stream.save(update_fields=["sealed_path", "sealed_token"])


def _look(stream: EventStream, twilio: Twilio) -> There:
    """What is ours: by our address in it, by our mark, or because we remember its SID."""
    sinks = [answer.payload for answer in twilio.sinks()]
    ours = [sink for sink in sinks if _is_ours(stream, sink)]
    sids = {sink["sid"] for sink in ours}
    subscriptions = [answer.payload for answer in twilio.subscriptions()]
    mine = [s for s in subscriptions if s.get("sink_sid") in sids or s.get("description") == mark_of(stream)]
    return There(ours, mine)


def _is_ours(stream: EventStream, sink: Payload) -> bool:
    by_address = destination_of(sink).startswith(_address(stream.account.sid, ""))
    return bool(sink.get("sid")) and (
        by_address or sink.get("description") == mark_of(stream) or sink["sid"] == stream.sink_sid
    )


def _sink(stream: EventStream, twilio: Twilio, there: There) -> Payload:
    """The sink that leads here, an active one before others; made where there is none. Raises NotYet."""
    address = address_of(stream)
    fits = [sink for sink in there.sinks if destination_of(sink) == address and sink.get("status") != "failed"]
    fits.sort(key=lambda sink: (sink.get("status") != "active", sink["sid"] != stream.sink_sid))
    sink = fits[0] if fits else twilio.create_sink(mark_of(stream), address).payload
    if sink.get("status") != "active":
        raise NotYet("Twilio is still checking the address it shall send to.", STILL_MAKING)
    return sink


def _subscription(stream: EventStream, twilio: Twilio, there: There, sink_sid: str) -> str:
    """The subscription of that sink, with every type that is wanted and that Twilio offers."""
    offered = (str(answer.payload.get("type") or "") for answer in twilio.event_types())
    wanted = sorted(name for name in offered if type_is_wanted(name))
    fits = [s for s in there.subscriptions if s.get("sink_sid") == sink_sid]
    fits.sort(key=lambda subscription: subscription["sid"] != stream.subscription_sid)
    if not fits:
        return str(twilio.create_subscription(mark_of(stream), sink_sid, wanted).payload["sid"])
    sid = str(fits[0]["sid"])
    subscribed = {answer.payload.get("type") for answer in twilio.subscribed_types(sid)}
    for name in wanted:
        if name not in subscribed:
            twilio.subscribe(sid, name)
    return sid


def _remove(twilio: Twilio, there: There, kept_sink: str = "", kept_subscription: str = "") -> None:
    """Ours and stale: subscriptions first, because a sink in use stays."""
    for subscription in there.subscriptions:
        if subscription["sid"] != kept_subscription:
            _gone_is_fine(twilio.delete_subscription, subscription["sid"])
    for sink in there.sinks:
        if sink["sid"] != kept_sink:
            _gone_is_fine(twilio.delete_sink, sink["sid"])


def _gone_is_fine(delete: Any, sid: str) -> None:
    try:
        delete(sid)
    except Gone:
        log.info("stream_part_gone", sid=sid)


def _leave(stream: EventStream) -> None:
    """Somebody may have switched it on again meanwhile: then it stays, and is made right next."""
    twilio = twilio_for(stream.account, patience=AT_ONCE_SECONDS)
    _remove(twilio, _look(stream, twilio))
    EventStream.objects.filter(pk=stream.pk, state=State.LEAVING).delete()
    EventStream.objects.filter(pk=stream.pk).update(lease_until=None)


def _note(stream: EventStream, state: State, again: timedelta, error: str = "") -> None:
    """What came of it, and until when nobody looks again; unless somebody switched it on or off meanwhile."""
    now = timezone.now()
    parts = {"sink_sid": stream.sink_sid, "subscription_sid": stream.subscription_sid, "lease_until": None}
    came_to = {"state": state, "last_error": error[:300], "checked_at": now, "due_at": now + again}
    if state == State.ACTIVE and stream.state != State.ACTIVE:
        came_to["active_since"] = now
    unchanged = EventStream.objects.filter(pk=stream.pk, state=stream.state)
    if not unchanged.update(**parts, **came_to):
        EventStream.objects.filter(pk=stream.pk).update(**parts)


def _give_way(stream: EventStream, error: Throttled) -> None:
    """Nothing is wrong: the stream stays as it is, and what is there by now is found by the next one."""
    wait = max(NEXT_TURN, timedelta(seconds=error.retry_after or 0))
    log.info("stream_gave_way", account=stream.account.sid, seconds=wait.total_seconds())
    EventStream.objects.filter(pk=stream.pk).update(lease_until=None, due_at=timezone.now() + wait)


# --- addresses and marks ---------------------------------------------------------------------------------------------


def address_of(stream: EventStream) -> str:
    """Where Twilio shall send to. Raises secrets.SealBroken."""
    return _address(stream.account.sid, f"{stream.path_secret()}/")


def _address(account_sid: str, rest: str) -> str:
    hook = reverse("twilio_hook", args=[account_sid, "x"]).removesuffix("x/")
    return f"{settings.PUBLIC_BASE_URL}{hook}{rest}"


def destination_of(sink: Payload) -> str:
    configuration = sink.get("sink_configuration")
    return str(configuration.get("destination") or "") if isinstance(configuration, dict) else ""


def mark_of(stream: EventStream) -> str:
    """What our sink and subscription are called at Twilio: known again after our address has changed, and different
    from what another installation calls its own."""
    return f"Redress {hashlib.sha256(stream.path_secret().encode()).hexdigest()[:12]}"
