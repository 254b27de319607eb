"""Gives every test run a real PostgreSQL and a real Valkey of its own. Loaded with -p: before Django reads settings."""

from __future__ import annotations

import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from launch import keys
from launch.places import Place
from launch.postgres import postgres
from launch.valkey import valkey

# What a shell or a surrounding ./run may have set, and no test may see.
FOREIGN = (
    "REDRESS_DEMO",
    "REDRESS_ADMIN_EMAIL",
    "REDRESS_ADMIN_PASSWORD",
    "REDRESS_HTTPS",
    "BEHIND_PROXY",
    "EMAIL_URL",
    "METRICS_ALLOWED_FROM",
)


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    if worker is None:
        signal.signal(signal.SIGTERM, signal.default_int_handler)  # like Ctrl-C: the servers' files go away too
        servers = ExitStack()
        early_config.add_cleanup(servers.close)
        os.environ.update(servers.enter_context(test_servers()))
    else:
        os.environ["REDIS_URL"] = own_database(os.environ["REDIS_URL"], worker)
    for name in FOREIGN:
        os.environ.pop(name, None)


@contextmanager
def test_servers() -> Iterator[dict[str, str]]:
    """Yields the environment of the tests. Their parallel workers inherit it."""
    with tempfile.TemporaryDirectory(prefix="redress-test-") as directory:
        place = Place(Path(directory))
        place.make()
        (place.directory / "static").mkdir()  # where nothing is collected, the pages still look
        with postgres(place, durable=False) as database, valkey(place) as queue:
            yield {
                **keys.make().settings(),
                "DATABASE_URL": database.url,
                "REDIS_URL": queue.url,
                "DEBUG": "0",
                "TWILIO_API_URL": "",
                "PUBLIC_BASE_URL": "https://redress.example",
                "ALLOWED_HOSTS": "*",
                "REDRESS_VAR": directory,
            }


def own_database(url: str, worker: str) -> str:
    """One Valkey database per worker (gw0, gw1, ...): sharing one, they would take each other's tasks."""
    return url.removesuffix("db=0") + f"db={int(worker.removeprefix('gw')) + 1}"
