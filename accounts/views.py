"""Coming in, one's own profile, and the front page of the settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts import first, invitations
from accounts.access import signed_in
from accounts.forms import FirstAdministratorForm, NewPasswordForm, ProfileForm
from accounts.models import TwilioAccount, User
from audit.record import record


@login_not_required
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the printed link: dead once somebody used it."""
    if not first.fits(token):
        raise Http404("This link has been used, or is older than a day.")
    form = FirstAdministratorForm(request.POST or None)
    if form.is_valid() and first.appoint(**form.cleaned_data):
        messages.success(request, "You are the administrator. Sign in.")
        return redirect("account_login")
    return render(request, "accounts/first.html", {"form": form}, status=_status(form))


@login_not_required
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind an invitation."""
    person = invitations.person_of(token)
    if person is None:
        raise Http404("This invitation has been used, or is older than a week.")
    form = NewPasswordForm(request.POST or None, known_as=person.email, initial={"name": person.name})
    if form.is_valid() and invitations.accept(token, **form.cleaned_data):
        messages.success(request, "Your password is set. Sign in.")
        return redirect("account_login")
    return render(request, "accounts/join.html", {"form": form, "person": person}, status=_status(form))


@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    signed_in(request)
    counts = {
        "accounts": TwilioAccount.objects.mirrored().count(),
        "failing": TwilioAccount.objects.failing().count(),
        "people": User.objects.filter(is_active=True).count(),
    }
    return render(request, "accounts/settings.html", counts)


def profile(request: HttpRequest) -> HttpResponse:
    """What a person decides about the desk for themselves."""
    person = signed_in(request)
    form = ProfileForm(request.POST or None, instance=person)
    if form.is_valid():
        form.save()
        record(person, "profile:changed", person.subject, person.display_name, fields=form.changed_data)
        messages.success(request, "Saved.")
        return redirect("accounts:profile")
    return render(request, "accounts/profile.html", {"form": form}, status=_status(form))


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Light or dark, and back to the page it was chosen on."""
    person = signed_in(request)
    chosen = request.POST.get("theme", "")
    User.objects.filter(pk=person.pk).update(theme=chosen if chosen in ("light", "dark") else "")
    return redirect(_way_back(request))


def _way_back(request: HttpRequest) -> str:
    """Only ever to a page of ours: the address comes from the form."""
    wanted = request.POST.get("next", "")
    ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if ours else "accounts:profile"


def _status(form: FirstAdministratorForm | NewPasswordForm | ProfileForm) -> int:
    return 422 if form.is_bound and form.errors else 200
