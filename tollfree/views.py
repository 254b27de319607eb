"""The numbers of one business: a table to say what each is for, and the sentence made of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import signed_in
from accounts.models import Role
from reviews.access import review_to_edit, review_to_read
from reviews.drafts import NewerDraft
from tollfree.desk import TollfreeDesk
from tollfree.numbers import Numbers


def numbers(request: HttpRequest, pk: int) -> HttpResponse:
    """Reading is for everybody; a POST keeps what was typed and, where asked, writes it into the person's draft.
    409 when a number was written meanwhile."""
    if request.method == "POST":
        return _keep(request, pk)
    at = TollfreeDesk(review_to_read(request, pk), signed_in(request))
    return _shown(request, at, Numbers(at.review, at.user))


def _keep(request: HttpRequest, pk: int) -> HttpResponse:
    at = TollfreeDesk(review_to_edit(request, pk), signed_in(request))
    found = Numbers(at.review, at.user)
    if not found.keep(request.POST.dict()):
        return _shown(request, at, found, status=409)
    if request.POST.get("then") != "draft":
        messages.success(request, "Kept.")
        return redirect("tollfree:numbers", pk)
    try:
        at.add_words("additional_information", found.words)
    except NewerDraft:
        messages.warning(request, "Your draft was changed in another window just now. Press again to add the words.")
        return redirect("tollfree:numbers", pk)
    messages.success(request, "The words stand in your draft, in the additional information.")
    return redirect(f"{at.url('fix')}#id_additional_information")


def _shown(request: HttpRequest, at: TollfreeDesk, found: Numbers, status: int = 200) -> HttpResponse:
    may_edit = at.user.may(Role.EDITOR)
    context = {
        "review": at.review,
        "numbers": found,
        "is_unkept": status == 409,
        "may_edit": may_edit,
        "may_draft": may_edit and at.verdict.allowed,
        "fix_url": at.url("fix"),
        "now": timezone.now(),
    }
    return render(request, "tollfree/numbers.html", context, status=status)
