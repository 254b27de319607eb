"""What is logged of each request."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware


class RequestLog(RequestMiddleware):
    """With the number of whoever is signed in; but nobody waits a second time for a database that is away, only to have
    a name for what failed."""

    @staticmethod
    def bind_user_id(request: HttpRequest) -> None:
        if not isinstance(sys.exception(), OperationalError | InterfaceError):
            RequestMiddleware.bind_user_id(request)
