"""People: who may sign in, what they may do, and what they did. Administrators only."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts import activity as trail
from accounts import invitations, people
from accounts.access import require
from accounts.forms import GrantForm, InvitationForm
from accounts.models import Role, User
from accounts.tasks import mail_invitation
from audit.record import record

# Where a new link waits in the session for the one page that shows it.
LINK = "invitation_link"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    require(request, Role.ADMINISTRATOR)
    everybody = User.objects.prefetch_related("customers").order_by("-is_active", "name", "email")
    return render(request, "accounts/people.html", {"people": everybody, "now": timezone.now()})


def invite(request: HttpRequest) -> HttpResponse:
    administrator = require(request, Role.ADMINISTRATOR)
    form = InvitationForm(request.POST or None)
    if form.is_valid():
        chosen = form.cleaned_data
        person = people.invite(administrator, chosen["email"], chosen["name"], form.grant())
        _hand_out_link(request, person)
        return redirect("accounts:person", person.pk)
    return render(request, "accounts/invite.html", {"form": form}, status=422 if form.is_bound else 200)


def person(request: HttpRequest, pk: int) -> HttpResponse:
    administrator = require(request, Role.ADMINISTRATOR)
    somebody = get_object_or_404(User, pk=pk)
    form = GrantForm(request.POST or None, initial=_granted(somebody))
    if form.is_valid() and _is_allowed(form, administrator, somebody):
        messages.success(request, "Saved. It is in force from the next page on.")
        return redirect("accounts:person", pk)
    context = {"person": somebody, "form": form, "link": request.session.pop(LINK, ""), "is_me": administrator.pk == pk}
    return render(request, "accounts/person.html", context, status=422 if form.is_bound else 200)


@require_POST
def new_link(request: HttpRequest, pk: int) -> HttpResponse:
    """A new way in for somebody who lost the first one, or the password."""
    administrator = require(request, Role.ADMINISTRATOR)
    somebody = get_object_or_404(User, pk=pk, is_active=True)
    invitations.revoke(somebody)
    record(administrator, "person:link_made", somebody.subject, somebody.display_name)
    _hand_out_link(request, somebody)
    return redirect("accounts:person", pk)


@require_POST
def deactivate(request: HttpRequest, pk: int) -> HttpResponse:
    administrator = require(request, Role.ADMINISTRATOR)
    somebody = get_object_or_404(User, pk=pk)
    try:
        people.deactivate(administrator, somebody.pk)
    except people.NotAllowed as refusal:
        messages.error(request, str(refusal))
    return redirect("accounts:person", pk)


@require_POST
def reactivate(request: HttpRequest, pk: int) -> HttpResponse:
    administrator = require(request, Role.ADMINISTRATOR)
    people.reactivate(administrator, get_object_or_404(User, pk=pk).pk)
    return redirect("accounts:person", pk)


@require_safe
def activity(request: HttpRequest) -> HttpResponse:
    require(request, Role.ADMINISTRATOR)
    return render(request, "accounts/activity.html", trail.page(request.GET))


def _granted(somebody: User) -> dict[str, object]:
    return {
        "role": somebody.role,
        "all_customers": somebody.all_customers,
        "customers": somebody.customers.all(),
    }


def _is_allowed(form: GrantForm, administrator: User, somebody: User) -> bool:
    """Changes the person, or says on the form why that may not be."""
    try:
        people.change(administrator, somebody.pk, form.grant())
    except people.NotAllowed as refusal:
        form.add_error("role", str(refusal))
        return False
    return True


def _hand_out_link(request: HttpRequest, somebody: User) -> None:
    """Shown once on the next page, and mailed where mail works."""
    request.session[LINK] = request.build_absolute_uri(invitations.path_for(somebody))
    if invitations.mail_is_configured():
        mail_invitation.delay(somebody.pk)
        messages.success(request, f"The link was also mailed to {somebody.email}.")
