"""What a view costs that does nothing, behind the product's own middleware and beside its own addresses."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from config.urls import urlpatterns as of_the_product

PATH = "/bench/empty/"


@csrf_exempt
@login_not_required
@require_POST
def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=204)


# First, so that looking its address up costs nothing.
urlpatterns: list[URLPattern | URLResolver] = [path(PATH.removeprefix("/"), empty), *of_the_product]
