"""Where Twilio's events come in: two locks, then each event is written down as it is, and nothing else is done.

Twilio waits five seconds for the answer (www.twilio.com/docs/events/webhook-quickstart, seen 2026-11).
"""

import hmac
from collections.abc import Sequence
from datetime import timedelta

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.models import TwilioAccount
from accounts.secrets import SealBroken
from sync.cloud_events import CloudEvent, NotJson, read_body
from sync.models import Event, EventStream
from sync.wake import waker
from twilio_api import signature

log = structlog.get_logger(__name__)

# The sign of life is written down this often at most: a burst would queue for the one row otherwise.
SIGN_OF_LIFE = timedelta(seconds=5)
# A signature that does not fit has the stream looked at again, this long after the last look.
LOOK_AGAIN_AFTER = timedelta(minutes=5)
DOES_NOT_FIT = (
    "Twilio signed an event with another auth token than the one kept here. It is asked for again; should this stay, "
    "replace the account's secret."
)


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, account_sid: str, secret: str) -> HttpResponse:
    """204 for what was kept or is known already; 403 says nothing more, 413 too large, 400 no JSON."""
    if _length(request) > settings.EVENT_MAX_BYTES:
        return HttpResponse(status=413)
    stream = _stream_behind(account_sid, secret)
    if stream is None:
        return HttpResponse(status=403)
    body = request.read()
    if not _is_signed(stream, request, body):
        _look_again(stream)
        return HttpResponse(status=403)
    return _take_in(stream, body)


def _take_in(stream: EventStream, body: bytes) -> HttpResponse:
    try:
        events = read_body(body, timezone.now())
    except NotJson:
        return HttpResponse(status=400)
    keep(stream, events)
    waker.wake(stream.account_id)
    return HttpResponse(status=204)


def keep(stream: EventStream, events: Sequence[CloudEvent]) -> None:
    """Writes down what is new of these, in one statement; what came before stays as it is."""
    now = timezone.now()
    Event.objects.bulk_create(
        [
            Event(
                account_id=stream.account_id,
                event_id=event.event_id,
                type=event.type,
                stamp=event.stamp,
                digest=event.digest,
                body=event.body,
                occurred_at=event.at,
                received_at=now,
                outcome=Event.Outcome.ODD if event.problem else Event.Outcome.WAITING,
                problem=event.problem,
            )
            for event in events
        ],
        ignore_conflicts=True,
    )
    quiet = Q(last_event_at=None) | Q(last_event_at__lt=now - SIGN_OF_LIFE)
    EventStream.objects.filter(quiet, pk=stream.pk).update(last_event_at=now)


def _length(request: HttpRequest) -> int:
    """A body comes with its length, or is not read at all."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _stream_behind(account_sid: str, secret: str) -> EventStream | None:
    """The stream this address belongs to. Which part of the address is wrong cannot be told from outside."""
    found = EventStream.objects.filter(account__sid=account_sid, account__disconnected_at=None)
    stream = found.select_related("account").first()
    try:
        wanted = stream.path_secret() if stream else ""
    except SealBroken:
        return None
    fits = hmac.compare_digest(wanted.encode(), secret.encode())
    return stream if fits and wanted else None


def _is_signed(stream: EventStream, request: HttpRequest, body: bytes) -> bool:
    try:
        token = stream.token()
    except SealBroken:
        return False
    # The address as Twilio knows it, never as the Host header says.
    url = f"{settings.PUBLIC_BASE_URL}{request.path}?{request.META.get('QUERY_STRING', '')}"
    mark, how = request.headers.get("X-Twilio-Signature", ""), request.headers.get(SETTINGS_HEADER, "")
    return signature.fits(token, url, body, mark, how)


SETTINGS_HEADER = "X-Twilio-Webhooks-Signature-Settings"


def _look_again(stream: EventStream) -> None:
    """The token may have been changed at Twilio. A main account's reading finds its subaccounts' tokens."""
    log.warning("event_not_signed", account=stream.account.sid)
    now = timezone.now()
    long_ago = Q(checked_at=None) | Q(checked_at__lt=now - LOOK_AGAIN_AFTER)
    looked_at = EventStream.objects.filter(long_ago, pk=stream.pk, state=EventStream.State.ACTIVE)
    if looked_at.update(due_at=now, checked_at=now, last_error=DOES_NOT_FIT):
        TwilioAccount.objects.filter(subaccounts=stream.account).update(next_poll_at=now)
