"""Where Twilio's events come in: two locks, then each event is written down as it is, and nothing else is done.

Twilio waits five seconds for the answer (www.twilio.com/docs/events/webhook-quickstart, seen 2026-11).
"""

from collections.abc import Iterator
from datetime import timedelta

import structlog
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from accounts.models import TwilioAccount
from sync.cloud_events import NotJson, read_body
from sync.door import Door, door_of, remembered
from sync.intake import keep
from sync.models import EventStream
from sync.wake import waker
from twilio_api import signature

log = structlog.get_logger(__name__)

# A signature that does not fit has the stream looked at again, this long after the last look.
LOOK_AGAIN_AFTER = timedelta(minutes=5)
DOES_NOT_FIT = (
    "Twilio signed an event with another auth token than the one kept here. It is asked for again; should this stay, "
    "replace the account's secret."
)
# Read one by one: request.headers takes all of them apart, a tenth of the time spent here.
SIGNATURE, HOW_SIGNED = "HTTP_X_TWILIO_SIGNATURE", "HTTP_X_TWILIO_WEBHOOKS_SIGNATURE_SETTINGS"


@csrf_exempt
@login_not_required
@require_POST
def receive(request: HttpRequest, account_sid: str, secret: str) -> HttpResponse:
    """204 for what was kept or is known already; 403 says nothing more, 413 too large, 400 no JSON, 503 could not be
    kept now: Twilio brings it again."""
    if _length(request) > settings.EVENT_MAX_BYTES:
        return HttpResponse(status=413)
    body = b""  # read for a right address only: a stranger's may never end, and would hold a thread for as long
    for door in _doors(account_sid, secret):
        body = body or request.read()
        if not _is_signed(door, request, body):
            continue
        try:
            is_kept = keep(door, read_body(body, timezone.now()))
        except NotJson:
            return HttpResponse(status=400)
        except OperationalError as error:
            log.warning("events_not_kept", account=account_sid, cause=str(error))
            return HttpResponse(status=503)
        if is_kept:
            waker.wake(door.account_id)
            return HttpResponse(status=204)
    return HttpResponse(status=403)


def _doors(account_sid: str, secret: str) -> Iterator[Door]:
    """The door with this address: as it is remembered, and where that lets nobody in, as the database has it now. Which
    part of an address is wrong cannot be told from outside."""
    if (door := remembered(account_sid)) and door.is_at(secret):
        yield door
    if (door := door_of(account_sid)) and door.is_at(secret):
        yield door
        _look_again(account_sid)


def _length(request: HttpRequest) -> int:
    """A body comes with its length, or is not read at all."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    return int(length) if length.isdecimal() else 0


def _is_signed(door: Door, request: HttpRequest, body: bytes) -> bool:
    # The address as Twilio knows it, never as the Host header says.
    url = f"{settings.PUBLIC_BASE_URL}{request.path}?{request.META.get('QUERY_STRING', '')}"
    return signature.fits(door.token, url, body, request.META.get(SIGNATURE, ""), request.META.get(HOW_SIGNED, ""))


def _look_again(account_sid: str) -> None:
    """The token may have been changed at Twilio. A main account's reading finds its subaccounts' tokens."""
    log.warning("event_not_signed", account=account_sid)
    now = timezone.now()
    long_ago = Q(checked_at=None) | Q(checked_at__lt=now - LOOK_AGAIN_AFTER)
    streams = EventStream.objects.filter(long_ago, account__sid=account_sid, state=EventStream.State.ACTIVE)
    if streams.update(due_at=now, checked_at=now, last_error=DOES_NOT_FIT):
        TwilioAccount.objects.filter(subaccounts__sid=account_sid).update(next_poll_at=now)
