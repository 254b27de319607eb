"""Requests sent as fast as a server takes them: ready-made bytes over connections that stay open, in a process of its
own, so that making them costs the server nothing. No Django here."""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

ENOUGH = 65536
SILENT_SECONDS = 30
TAKEN = b"HTTP/1.1 204 "


class NotTaken(Exception):
    """An answer other than 204, or none."""


@dataclass(frozen=True, slots=True)
class Round:
    """How long all of the requests took together, and each by itself; in seconds."""

    seconds: float
    each: Sequence[float]

    @property
    def per_second(self) -> float:
        return len(self.each) / self.seconds


@dataclass(slots=True)
class Line:
    """One connection, and when its last request was sent."""

    socket: socket.socket
    asked_at: float = 0.0

    def ask(self, request: bytes) -> None:
        self.asked_at = time.perf_counter()
        self.socket.sendall(request)

    def answered(self) -> float:
        """Seconds since it was asked. An answer without a body comes in one piece."""
        answer = self.socket.recv(ENOUGH)
        if not answer.startswith(TAKEN) or not answer.endswith(b"\r\n\r\n"):
            raise NotTaken(answer[:300].decode(errors="replace") or "The connection was closed.")
        return time.perf_counter() - self.asked_at


def send(address: tuple[str, int], requests: Sequence[bytes], connections: int) -> Round:
    """Every request once, the next on each connection as soon as the last was answered. Raises NotTaken."""
    with selectors.DefaultSelector() as selector:
        for _ in range(connections):
            line = Line(socket.create_connection(address))
            line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(line.socket, selectors.EVENT_READ, line)
        began = time.perf_counter()
        each = list(_all_answered(selector, iter(requests)))
        seconds = time.perf_counter() - began
        for key in list(selector.get_map().values()):
            key.data.socket.close()
    return Round(seconds, each)


def _all_answered(selector: selectors.BaseSelector, requests: Iterator[bytes]) -> Iterator[float]:
    waiting = 0
    for key in list(selector.get_map().values()):
        if request := next(requests, None):
            key.data.ask(request)
            waiting += 1
    while waiting:
        ready = selector.select(SILENT_SECONDS)
        if not ready:
            raise NotTaken(f"No answer for {SILENT_SECONDS} seconds.")
        for key, _ in ready:
            yield key.data.answered()
            if request := next(requests, None):
                key.data.ask(request)
            else:
                waiting -= 1
