"""The opt-in checklist of an item and the wordings to copy. Reading only."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reviews.access import review_to_read
from reviews.opt_in import OptIn


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    review = review_to_read(request, pk)
    context = {"opt_in": OptIn(review, request.GET.dict()), "review": review}
    return render(request, "reviews/opt_in.html", context)
