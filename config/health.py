"""Two answers for whatever keeps the processes alive: is it up, and can it work."""

import psycopg
import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

# In seconds, for each part: whoever asks gives up soon, and takes a late answer for none.
PATIENCE = 2


@login_not_required
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("live", content_type="text/plain")


@login_not_required
def ready(request: HttpRequest) -> JsonResponse:
    """200 when the database and the broker answer, else 503 naming the one that does not; within four seconds."""
    state = {"database": database_answers(), "broker": broker_answers()}
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def database_answers() -> bool:
    """Whether it takes a connection. One of our own: the pool would wait ten seconds for a server that is away, and a
    statement on a connection from before would wait for ever on one that hangs."""
    try:
        psycopg.connect(**{**connection.get_connection_params(), "connect_timeout": PATIENCE}).close()
    except psycopg.Error:
        return False
    return True


def broker_answers() -> bool:
    try:
        with redis.Redis.from_url(settings.REDIS_URL, socket_timeout=PATIENCE) as client:
            return bool(client.ping())
    except redis.RedisError:
        return False
