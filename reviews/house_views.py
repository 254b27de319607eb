"""House rules, for administrators: notes on codes, and which checks count for how much."""

from typing import Any

from django.contrib import messages
from django.forms import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import require
from accounts.models import Role
from reviews import house_rules, risk
from reviews.house_forms import CheckForm, NoteForm
from reviews.house_models import CheckRule, HouseNote
from reviews.queries import MOST_COUNTED, bounded_count
from rulebook.checks.check import Check
from rulebook.lint import check_of


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The whole page, or the piece of it that asks again until everything is checked by the rules in force."""
    require(request, Role.ADMINISTRATOR)
    page = "house/rules.html#progress" if request.htmx else "house/rules.html"  # type: ignore[attr-defined]
    left = bounded_count(risk.unchecked(), MOST_COUNTED)
    context = {"notes": HouseNote.objects.all(), "switches": house_rules.switches(), "left": left}
    return render(request, page, context)


def note(request: HttpRequest) -> HttpResponse:
    """A new note, or the one that `?kind=&code=` names, to be changed."""
    administrator = require(request, Role.ADMINISTRATOR)
    form = NoteForm(request.POST or None, initial=_asked(request))
    if form.is_valid():
        written = house_rules.set_note(**form.cleaned_data, by=administrator)
        messages.success(request, f"The note on {written} holds from now on.")
        return redirect("house:rules")
    return render(request, "house/note.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
def remove_note(request: HttpRequest, pk: int) -> HttpResponse:
    administrator = require(request, Role.ADMINISTRATOR)
    removed = get_object_or_404(HouseNote, pk=pk)
    house_rules.remove_note(removed, administrator)
    messages.success(request, f"The note on {removed} is removed.")
    return redirect("house:rules")


def check(request: HttpRequest, rule: str) -> HttpResponse:
    """Switching one check down or off, or giving it back its own severity."""
    administrator = require(request, Role.ADMINISTRATOR)
    found, now = _check(rule), CheckRule.objects.filter(rule=rule).first()
    form = CheckForm(request.POST or None, check=found, initial={"counts_as": now.severity if now else ""})
    if form.is_valid():
        house_rules.switch_check(found, form.cleaned_data["counts_as"], form.cleaned_data["reason"], administrator)
        messages.success(request, f"{rule} is switched. Everything is checked again in the background.")
        return redirect("house:rules")
    context = {"form": form, "switch": house_rules.Switch(found, now)}
    return render(request, "house/check.html", context, status=422 if form.errors else 200)


def _asked(request: HttpRequest) -> dict[str, Any]:
    kind, code = request.GET.get("kind", ""), request.GET.get("code", "")
    there = HouseNote.objects.filter(kind=kind, code=int(code)) if code.isdecimal() and len(code) < 10 else None
    written = there.first() if there is not None else None
    return model_to_dict(written, ("kind", "code", "note", "route")) if written else {"kind": kind, "code": code}


def _check(rule: str) -> Check:
    if found := check_of(rule):
        return found
    raise Http404("There is no such check.")
