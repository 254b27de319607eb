"""A broker in which nothing waits, and another process whose database or broker is away."""

import json
import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.db import connection as database

from launch.places import ROOT
from sync.limits import connection
from sync.wake import waker
from tests.waiting import until

NOBODY_LISTENS = "127.0.0.1:9"

ASKS = """
import json, sys, time
import django
django.setup()
from django.test import Client
Client().get("/health/live")  # the first request loads every page's code
began = time.monotonic()
answer = Client().get(sys.argv[1])
took = time.monotonic() - began
print(json.dumps({"status": answer.status_code, "text": answer.content.decode(), "seconds": took}))
"""


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    text: str
    seconds: float


type Elsewhere = Callable[..., Answer]


@pytest.fixture(autouse=True)
def nothing_waits() -> None:
    """Nor does an earlier test's event still have work asked for beside its request."""
    until(lambda: waker.is_idle)
    connection().flushdb()


@pytest.fixture
def from_another_process(db: None) -> Elsewhere:
    """Asks for a path in a process of its own, with production's settings and other servers where `over` names them."""

    def ask(path: str, **over: str) -> Answer:
        servers = {"DATABASE_URL": url_of_test_database(), "REDIS_URL": django_settings.REDIS_URL}
        env = {**os.environ, **servers, "DJANGO_SETTINGS_MODULE": "config.settings", "LOG_LEVEL": "CRITICAL", **over}
        words = [sys.executable, "-c", ASKS, path]
        printed = subprocess.run(words, cwd=ROOT, env=env, capture_output=True, text=True, check=True).stdout
        given: dict[str, Any] = json.loads(printed.splitlines()[-1])
        return Answer(**given)

    return ask


def url_of_test_database() -> str:
    """The one that pytest made has another name than the server's first."""
    before, _, query = os.environ["DATABASE_URL"].partition("?")
    url = f"{before.rpartition('/')[0]}/{database.settings_dict['NAME']}"
    return f"{url}?{query}" if query else url


@pytest.fixture
def hanging() -> Iterator[str]:
    """A server that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"127.0.0.1:{server.getsockname()[1]}"
