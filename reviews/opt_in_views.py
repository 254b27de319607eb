"""The opt-in checklist of an item and the wordings to copy. Reading only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import signed_in
from reviews import drafts
from reviews.access import review_to_read
from reviews.opt_in import OptIn


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_to_read(request, pk)
    draft = drafts.draft_of(review, signed_in(request))
    context = {"opt_in": OptIn(review, request.GET.dict(), draft), "review": review}
    return render(request, "reviews/opt_in.html", context)
