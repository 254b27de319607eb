"""/metrics in the text format of Prometheus, or in OpenMetrics where that is asked for."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.views.decorators.csrf import csrf_exempt
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder

from config.metrics.callers import may_read
from config.metrics.scrape import Scrape


@csrf_exempt  # a stranger is told the same whatever they send: that nothing is here
@login_not_required
def metrics(request: HttpRequest) -> HttpResponse:
    if not may_read(request.META):
        raise Http404
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    encode, content_type = _encoder(request.headers.get("Accept", ""))
    registry = CollectorRegistry()
    registry.register(Scrape())
    return HttpResponse(encode(registry), content_type=content_type, headers={"Cache-Control": "no-store"})


def _encoder(accept: str) -> tuple[Callable[[CollectorRegistry], bytes], str]:
    try:
        return choose_encoder(accept)
    except TypeError:  # a version that is no number (prometheus_client 0.26)
        return choose_encoder("")
