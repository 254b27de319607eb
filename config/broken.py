"""What a person sees when a page could not be made: a fault of ours, or a server below that is away."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

RETRY_AFTER = "10"


def broken(request: HttpRequest) -> HttpResponse:
    """500, or 503 while the database cannot be reached: then nobody made a mistake, and it is worth a second try.
    Called by Django while it handles the exception."""
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return HttpResponse(render_to_string("503.html"), status=503, headers={"Retry-After": RETRY_AFTER})
    return HttpResponse(render_to_string("500.html"), status=500)
