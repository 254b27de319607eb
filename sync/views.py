"""Twilio accounts: what is read and how well, and for administrators connecting, reading and putting away."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require, signed_in
from accounts.models import Role, TwilioAccount, User
from audit.record import record
from reviews.locks import update_held
from rulebook.policy import PRESETS
from sync import connect as connecting
from sync import event_overview, fees, overview
from sync.discovery import hold_connected
from sync.forms import ConnectForm, DisconnectForm, PolicyForm, SecretForm
from sync.models import EventStream, PollRun
from sync.tasks import fan_out_due_accounts
from twilio_api.credentials import Credentials

# Of accounts that cannot be read, and of answers that were not understood, so many stand on a page.
MOST_FAILING, MOST_UNREADABLE = 100, 100


@require_safe
def accounts(request: HttpRequest) -> HttpResponse:
    """For everybody: how fresh what they see is, and what keeps it from being fresher."""
    person = signed_in(request)
    failing = overview.visible(person).exclude(failing_since=None).select_related("parent").order_by("failing_since")
    context = {
        "mains": overview.mains(person),
        "failing": failing[:MOST_FAILING],
        "failing_count": failing.count(),
        "now": timezone.now(),
    }
    return render(request, "sync/accounts.html", context)


@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One main account; while it is read, the pieces that ask again until the reading is over."""
    require(request, Role.ADMINISTRATOR)
    main = _main(pk)
    page = "sync/account.html#live" if request.htmx else "sync/account.html"  # type: ignore[attr-defined]
    return render(request, page, _account_context(main, request))


@sensitive_post_parameters("secret")
def connect(request: HttpRequest) -> HttpResponse:
    administrator = require(request, Role.ADMINISTRATOR)
    form = ConnectForm(request.POST or None)
    if form.is_valid():
        credentials = form.credentials(form.cleaned_data["account_sid"])
        if main := _connected(form, credentials, administrator, replace=False):
            return redirect(_watch(main, timezone.now()))
    return render(request, "sync/connect.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("secret")
def secret(request: HttpRequest, pk: int) -> HttpResponse:
    """Another auth token or key for an account that is connected."""
    administrator = require(request, Role.ADMINISTRATOR)
    main = _main(pk)
    form = SecretForm(request.POST or None)
    if form.is_valid() and _connected(form, form.credentials(main.sid), administrator, replace=True):
        messages.success(request, "Replaced. The account is read again now.")
        return redirect(_watch(main, timezone.now()))
    return render(request, "sync/secret.html", {"form": form, "account": main}, status=422 if form.errors else 200)


@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    require(request, Role.ADMINISTRATOR)
    main = _main(pk)
    now, family = timezone.now(), TwilioAccount.objects.mirrored().filter(overview.family_of(main))
    # All of it anew: what stopped in between does not go on from there.
    PollRun.objects.filter(account__in=family).exclude(cursor={}).update(cursor={})
    update_held(family, next_poll_at=now)
    fan_out_due_accounts.delay()
    return redirect(_watch(main, now))


def disconnect(request: HttpRequest, pk: int) -> HttpResponse:
    administrator = require(request, Role.ADMINISTRATOR)
    main = _main(pk)
    form = DisconnectForm(request.POST or None, account=main)
    streams = EventStream.objects.filter(account__in=TwilioAccount.objects.filter(overview.family_of(main))).count()
    if form.is_valid():
        _put_away(main, administrator)
        messages.success(request, f"{main.name} is disconnected, its secrets are erased.")
        return redirect("sync:accounts")
    context = {"form": form, "account": main, "streams": streams}
    return render(request, "sync/disconnect.html", context, status=422 if form.errors else 200)


def policy(request: HttpRequest, pk: int) -> HttpResponse:
    """Looking first: what a policy would change stands on the page before it is put in force."""
    administrator = require(request, Role.ADMINISTRATOR)
    main = _main(pk)
    form = PolicyForm(request.POST or None, initial={name: getattr(main, name) for name in PolicyForm.base_fields})
    if not form.is_valid():
        return render(request, "sync/policy.html", _policy_context(main, form), status=422 if form.errors else 200)
    then = fees.proposed(main, form.columns(), administrator)
    if request.POST.get("put_in_force") != fees.mark_of(then):
        return render(request, "sync/policy.html", _policy_context(main, form, then))
    fees.put_in_force(main, then, administrator)
    messages.success(request, f"In force: {then.policy.label}.")
    return redirect("sync:account", pk)


@require_safe
def unreadable(request: HttpRequest, pk: int) -> HttpResponse:
    """Payloads that could not be understood, as Twilio sent them."""
    require(request, Role.ADMINISTRATOR)
    main = _main(pk)
    payloads = overview.unreadable(main)
    context = {
        "account": main,
        "payloads": payloads[:MOST_UNREADABLE],
        "count": payloads.count(),
        "now": timezone.now(),
    }
    return render(request, "sync/unreadable.html", context)


def _main(pk: int) -> TwilioAccount:
    return get_object_or_404(TwilioAccount.objects.mains().filter(disconnected_at=None), pk=pk)


def _account_context(main: TwilioAccount, request: HttpRequest) -> dict[str, Any]:
    since = overview.asked_since(main, request.GET)
    below, now = overview.below(main, request.GET), timezone.now()
    asked, *below_asked = overview.asked([main, *below.rows])
    below_told = event_overview.with_standing(below.rows, now)
    return {
        "account": main,
        "progress": overview.progress(main, since) if since else None,
        "found": overview.found(main),
        "asked": asked,
        "below": below,
        "rows": [(*told, asked_of) for told, asked_of in zip(below_told, below_asked, strict=True)],
        "queries": _queries(request.GET, below.after),
        "events": event_overview.events_of(main, now),
        "unreadable": overview.unreadable(main).count(),
        "now": now,
    }


def _queries(asked: QueryDict, after: str) -> dict[str, str]:
    """The address's query for other subaccounts than those on the page; the reading that is watched stays the same."""
    everything = QueryDict(mutable=True)
    if since := asked.get("since"):
        everything["since"] = str(since)
    failing, behind = everything.copy(), asked.copy()
    failing["only"], behind["after"] = overview.FAILING, after
    return {
        "all": everything.urlencode(),
        "failing": failing.urlencode(),
        "next": behind.urlencode() if after else "",
    }


def _policy_context(main: TwilioAccount, form: PolicyForm, then: TwilioAccount | None = None) -> dict[str, Any]:
    choices = [(choice, PRESETS.get(str(choice.data["value"]))) for choice in form["policy_id"]]
    shifts = fees.shifts(main, then) if then else []
    return {
        "account": main,
        "form": form,
        "choices": choices,
        "then": then,
        "shifts": shifts,
        "mark": fees.mark_of(then),
    }


def _connected(form: SecretForm, tried: Credentials, by: User, *, replace: bool) -> TwilioAccount | None:
    """The account, to be read at once; None, and why on the form, when Twilio does not let us in."""
    try:
        main = connecting.connect(connecting.verify(tried), by=by, replace=replace)
    except connecting.CannotConnect as refusal:
        form.add_error(None, str(refusal))
        return None
    fan_out_due_accounts.delay()
    return main


@transaction.atomic
def _put_away(main: TwilioAccount, by: User) -> None:
    """Its items and their history stay; its secrets do not, nor those of subaccounts that were found a moment ago."""
    if not hold_connected(main):
        return
    family = TwilioAccount.objects.filter(overview.family_of(main), disconnected_at=None)
    EventStream.objects.filter(account__in=family).delete()
    update_held(family, disconnected_at=timezone.now(), sealed_secret="")
    record(by, "account:disconnected", main.subject, str(main))


def _watch(main: TwilioAccount, since: datetime) -> str:
    return f"{reverse('sync:account', args=[main.pk])}?{urlencode({'since': since.isoformat()})}"
