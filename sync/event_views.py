"""Twilio's events: switched on and off, and what came in."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require
from accounts.models import Role, TwilioAccount
from sync import event_overview, streams
from sync.models import Event
from sync.tasks import fan_out_due_streams


@require_safe
def events(request: HttpRequest, pk: int) -> HttpResponse:
    """What came in last and what became of it; what was not understood, as it came. While streams are made or taken
    away, the piece that says how far that is asks for itself again."""
    require(request, Role.ADMINISTRATOR)
    main, now = _main(pk), timezone.now()
    standing = {"account": main, "events": event_overview.events_of(main, now)}
    if request.htmx:  # type: ignore[attr-defined]
        return render(request, "sync/_events.html", standing)
    came_in = event_overview.came_in(main)
    context = {
        **standing,
        "tallies": event_overview.tallies(main),
        "latest": came_in[: event_overview.SHOWN],
        "odd": came_in.filter(outcome__in=(Event.Outcome.ODD, Event.Outcome.UNKNOWN_TYPE))[: event_overview.SHOWN],
        "now": now,
    }
    return render(request, "sync/events.html", context)


@require_POST
def switch_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Also what heals: everything is looked at again at once."""
    administrator = require(request, Role.ADMINISTRATOR)
    main = _main(pk)
    if why := streams.hindrance():
        messages.error(request, f"Nothing was changed: {why}.")
        return redirect("sync:account", pk)
    streams.switch_on(main, administrator)
    fan_out_due_streams.delay()
    messages.success(request, "Sinks and subscriptions are made or healed now; this page tells how far that is.")
    return redirect("sync:account", pk)


@require_POST
def switch_off(request: HttpRequest, pk: int) -> HttpResponse:
    administrator = require(request, Role.ADMINISTRATOR)
    streams.switch_off(main := _main(pk), administrator)
    fan_out_due_streams.delay()
    messages.success(request, f"Events of {main.name} are switched off. Redress only asks from now on.")
    return redirect("sync:account", pk)


def _main(pk: int) -> TwilioAccount:
    return get_object_or_404(TwilioAccount.objects.mains().filter(disconnected_at=None), pk=pk)
