"""The connections to Twilio: which are shared, which are not, and by which way they go."""

import subprocess
import sys
import threading
from collections.abc import Iterator
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from twilio_api import transport
from twilio_api.errors import Ambiguous, Unreachable
from twilio_api.transport import Transport

ADDRESS = "https://messaging.twilio.com/v1/Services?PageSize=5"
FORKS = """
import os, sys
from twilio_api.transport import Transport

def get():
    Transport(sys.argv[1], 5.0).request("GET", sys.argv[2], headers={})

get()
child = os.fork()
get() if not child else os.waitpid(child, 0)
if child:
    get()
"""


class Server(ThreadingHTTPServer):
    """Remembers each request: on which connection it came, its first line and its headers."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.came: list[tuple[int, str, Message]] = []
        self.hangs_up = False  # takes a request and never answers it

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    @property
    def connections(self) -> list[int]:
        return [port for port, _, _ in self.came]


class Answering(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.came.append((self.client_address[1], self.requestline, self.headers))
        if self.server.hangs_up:
            self.close_connection = True
            return
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    do_POST = do_GET

    def log_message(self, *args: Any) -> None:
        """Nothing: pytest's output is for pytest."""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    with Server() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield server
        server.shutdown()


def get(base_url: str, account: str = "AC1") -> int:
    answer = Transport(base_url, 5.0).request("GET", ADDRESS, headers={}, auth=(account, "secret"))
    return answer.status_code


def test_reads_of_all_accounts_go_over_one_open_connection_with_their_own_credentials(server: Server) -> None:
    for account in ("AC1", "AC2", "AC1"):
        assert get(server.url, account) == 200
    assert len(set(server.connections)) == 1
    first, second, third = (headers["Authorization"] for _, _, headers in server.came)
    assert first == third != second


def test_a_write_has_a_connection_of_its_own(server: Server) -> None:
    get(server.url)
    for _ in range(2):
        form = {"Types": ["a b", "c"], "Description": "é"}
        Transport(server.url, 5.0).request("POST", ADDRESS, headers={}, data=form, auth=("AC1", "secret"))
    get(server.url)
    assert len(set(server.connections)) == 3
    assert server.connections[0] == server.connections[3]


def test_a_child_does_not_speak_on_its_parents_connections(server: Server) -> None:
    subprocess.run([sys.executable, "-c", FORKS, server.url, ADDRESS], check=True, timeout=30)
    parents, childs, parents_again = server.connections
    assert parents == parents_again != childs


def test_a_proxy_is_taken_where_the_environment_names_one(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", server.url.replace("//", "//us:s%40cret@"))
    assert get("http://proxied.example") == 200
    _, line, headers = server.came[0]
    assert line.startswith("GET http://proxied.example/messaging.twilio.com/v1/Services")
    assert headers["Proxy-Authorization"] == "Basic dXM6c0BjcmV0"


@pytest.mark.parametrize("by_proxy", [False, True])
def test_a_write_that_arrived_and_was_not_answered_is_never_called_unsent(
    by_proxy: bool, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.hangs_up, twilio = True, server.url
    if by_proxy:
        monkeypatch.setenv("http_proxy", server.url)
        twilio = "http://dropped.example"
    with pytest.raises(Ambiguous):
        Transport(twilio, 5.0).request("POST", ADDRESS, headers={}, data={"Description": "x"})
    assert len(server.came) == 1


def test_a_proxy_that_is_away_is_nobody_who_got_anything(monkeypatch: pytest.MonkeyPatch, server: Server) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        Transport("http://away.example", 5.0).request("POST", ADDRESS, headers={}, data={"Description": "x"})


def test_no_proxy_keeps_a_host_from_it(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(Unreachable):
        get("http://localhost:8")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    assert get(server.url) == 200


def test_certificates_that_are_not_there_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", "/nowhere/our-own.pem")
    transport._trusted.cache_clear()
    with pytest.raises(Unreachable, match=r"/nowhere/our-own\.pem"):
        get("https://untrusted.example")
