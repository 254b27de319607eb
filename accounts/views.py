from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from accounts import first
from accounts.forms import FirstAdministratorForm


@login_not_required
def first_administrator(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the printed link: dead once somebody used it."""
    if not first.fits(token):
        raise Http404("This link has been used, or is older than a day.")
    form = FirstAdministratorForm(request.POST or None)
    if form.is_valid():
        first.appoint(**form.cleaned_data)
        return redirect("account_login")
    return render(request, "accounts/first.html", {"form": form}, status=422 if form.is_bound else 200)
