"""Demo and live: which servers each has, and what its parts are told, under the names `config/settings.py` reads."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from launch import keys
from launch.places import Place, place_of
from launch.postgres import postgres
from launch.processes import Part
from launch.valkey import valkey

Environment = dict[str, str]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
REVIEW_SECONDS = 20  # how long the sandbox's reviewers take: long enough to be seen, short enough to wait for


@dataclass(frozen=True)
class Address:
    """Where the web listens."""

    host: str = "127.0.0.1"
    port: int = 8200

    def __str__(self) -> str:
        return f"http://{self.host}:{self.port}"


@contextmanager
def installation(*, live: bool, web: Address) -> Iterator[Environment]:
    """Starts all that the Django code needs, and yields the settings that lead it there."""
    place = place_of(live=live)
    place.make()
    with ExitStack() as servers:
        yield _live(place, web, servers) if live else _demo(place, web, servers)


def _demo(place: Place, web: Address, servers: ExitStack) -> Environment:
    """Everything is set here: a DATABASE_URL left in somebody's shell must never receive demo data."""
    sandbox = servers.enter_context(_sandbox(place))  # takes longest to start, so first
    return {
        **_common(place),
        **keys.of_installation(place.keys).environment(),
        "REDRESS_DEMO": "1",
        "DEBUG": "1",
        "DATABASE_URL": servers.enter_context(postgres(place)),
        "REDIS_URL": servers.enter_context(valkey(place)),
        "TWILIO_API_URL": _sandbox_url(place, sandbox),
        "PUBLIC_BASE_URL": str(web),
        "ALLOWED_HOSTS": ",".join(LOOPBACK),
        # A company's proxy cannot reach the sandbox on this machine.
        "NO_PROXY": _listed(os.environ.get("NO_PROXY", ""), LOOPBACK),
    }


def _live(place: Place, web: Address, servers: ExitStack) -> Environment:
    """What the person set in the environment is used; what is missing is made."""
    given = {name: value for name, value in os.environ.items() if value}
    public = given.get("PUBLIC_BASE_URL", str(web))
    hosts = (*LOOPBACK, web.host, urlsplit(public).hostname or web.host)
    return {
        **_common(place),
        **(keys.of_installation(place.keys).environment() | _chosen(given, "SECRET_KEY", "REDRESS_SECRET_KEYS")),
        "REDRESS_DEMO": "0",
        "DEBUG": "0",
        "DATABASE_URL": given.get("DATABASE_URL") or servers.enter_context(postgres(place)),
        "REDIS_URL": given.get("REDIS_URL") or servers.enter_context(valkey(place)),
        "TWILIO_API_URL": given.get("TWILIO_API_URL", ""),
        "PUBLIC_BASE_URL": public,
        "ALLOWED_HOSTS": _listed(given.get("ALLOWED_HOSTS", ""), hosts),
    }


def _common(place: Place) -> Environment:
    return {"DJANGO_SETTINGS_MODULE": "config.settings", "REDRESS_VAR": str(place.directory)}


def _chosen(environment: Environment, *names: str) -> Environment:
    return {name: environment[name] for name in names if name in environment}


def _listed(listed: str, more: Iterable[str]) -> str:
    """A comma list and more, each once."""
    return ",".join(dict.fromkeys([*filter(None, listed.split(",")), *more]))


# The sandbox


def _sandbox(place: Place) -> Part:
    port_file = _port_file(place)
    port_file.unlink(missing_ok=True)
    command: list[str | Path] = [sys.executable, "-m", "sandbox", "--demo", "--port", "0", "--port-file", port_file]
    command += ["--state", place.directory / "sandbox.json", "--review-seconds", str(REVIEW_SECONDS)]
    return Part(name="The sandbox", command=command, log=place.log / "sandbox.log")


def _sandbox_url(place: Place, sandbox: Part) -> str:
    port_file = _port_file(place)
    sandbox.wait_until(lambda: port_file.exists() and port_file.read_text().strip().isdecimal())
    return f"http://127.0.0.1:{port_file.read_text().strip()}"


def _port_file(place: Place) -> Path:
    return place.directory / "sandbox.port"
