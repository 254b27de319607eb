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
from launch.processes import Command, Part, Server, ignore_stop_signals
from launch.valkey import valkey

Settings = dict[str, str]

LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
REVIEW_SECONDS = "20"  # how long the sandbox's reviewers take: long enough to be seen, short enough to wait for


@dataclass(frozen=True)
class Address:
    """Where the web listens."""

    host: str = "127.0.0.1"
    port: int = 8200

    def __str__(self) -> str:
        return f"http://{self.host}:{self.port}"


@dataclass(frozen=True)
class Installation:
    """Servers that run, and the settings that lead the Django code to them."""

    settings: Settings
    servers: list[Part]


@contextmanager
def installation(*, live: bool, web: Address) -> Iterator[Installation]:
    place = place_of(live=live)
    place.make()
    with ExitStack() as stack:
        try:
            yield _live(place, web, stack) if live else _demo(place, web, stack)
        finally:
            ignore_stop_signals()


def _demo(place: Place, web: Address, stack: ExitStack) -> Installation:
    """All is set here: a DATABASE_URL or EMAIL_URL left in somebody's shell must never meet made-up customers."""
    sandbox = stack.enter_context(_sandbox(place))  # takes longest to start, so it is waited for last
    database, queue = stack.enter_context(postgres(place)), stack.enter_context(valkey(place))
    settings = {
        **_common(place),
        "REDRESS_DEMO": "1",
        "DEBUG": "1",
        "DATABASE_URL": database.url,
        "REDIS_URL": queue.url,
        "TWILIO_API_URL": _sandbox_url(place, sandbox),
        "PUBLIC_BASE_URL": str(web),
        "ALLOWED_HOSTS": ",".join(LOOPBACK),
        "REDRESS_HTTPS": "0",
        "BEHIND_PROXY": "0",
        "EMAIL_URL": "consolemail://",
        # A company's proxy cannot reach the sandbox on this machine.
        "NO_PROXY": _listed(os.environ.get("NO_PROXY", ""), LOOPBACK),
    }
    return Installation(settings, [sandbox, database.part, queue.part])


def _live(place: Place, web: Address, stack: ExitStack) -> Installation:
    """What the person set in the environment is used; what is missing is made."""
    given = {name: value for name, value in os.environ.items() if value}
    embedded: list[Server] = []
    if "DATABASE_URL" not in given:
        embedded.append(stack.enter_context(postgres(place)))
        given["DATABASE_URL"] = embedded[-1].url
    if "REDIS_URL" not in given:
        embedded.append(stack.enter_context(valkey(place)))
        given["REDIS_URL"] = embedded[-1].url
    return Installation(_live_settings(place, web, given), [server.part for server in embedded])


def _live_settings(place: Place, web: Address, given: Settings) -> Settings:
    public = given.get("PUBLIC_BASE_URL", str(web))
    hosts = (*LOOPBACK, web.host, urlsplit(public).hostname or web.host)
    return {
        **_common(place),
        **{name: given[name] for name in ("SECRET_KEY", "REDRESS_SECRET_KEYS") if name in given},
        "REDRESS_DEMO": "0",
        "DEBUG": "0",
        "DATABASE_URL": given["DATABASE_URL"],
        "REDIS_URL": given["REDIS_URL"],
        "TWILIO_API_URL": given.get("TWILIO_API_URL", ""),
        "PUBLIC_BASE_URL": public,
        "ALLOWED_HOSTS": _listed(given.get("ALLOWED_HOSTS", ""), hosts),
    }


def _common(place: Place) -> Settings:
    return {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "REDRESS_VAR": str(place.directory),
        **keys.of_installation(place.keys).settings(),
    }


def _listed(listed: str, more: Iterable[str]) -> str:
    """A comma list and more, each once."""
    return ",".join(dict.fromkeys([*filter(None, listed.split(",")), *more]))


# The sandbox


def _sandbox(place: Place) -> Part:
    port_file = _port_file(place)
    port_file.unlink(missing_ok=True)
    command: Command = [sys.executable, "-m", "sandbox", "--demo", "--port", "0", "--port-file", port_file]
    command = [*command, "--state", place.directory / "sandbox.json", "--review-seconds", REVIEW_SECONDS]
    return Part(name="The sandbox", command=command, log=place.log / "sandbox.log")


def _sandbox_url(place: Place, sandbox: Part) -> str:
    port_file = _port_file(place)
    sandbox.wait_until(lambda: port_file.exists() and port_file.read_text().strip().isdecimal())
    return f"http://127.0.0.1:{port_file.read_text().strip()}"


def _port_file(place: Place) -> Path:
    return place.directory / "sandbox.port"
