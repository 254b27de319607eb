"""HTTP: who asks, what goes wrong on demand, and the answer in Twilio's dress."""

import json
import select
import socket
import sys
import threading
import time
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, urlsplit

from sandbox import accounts, errors, reviewer, routes
from sandbox.call import Answer, Call
from sandbox.errors import Refused
from sandbox.faults import Ending, Fault
from sandbox.journal import LoggedCall
from sandbox.routes import Route
from sandbox.verbs import VERBS_PATH, Verbs
from sandbox.world import World

LONGEST_HANG = 300.0  # seconds a call is held when the fault names none


class SandboxServer(ThreadingHTTPServer):
    """One thread per connection, so a held call holds nobody else."""

    daemon_threads = True
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], world: World, verbs: Verbs, latency: float = 0.0) -> None:
        self.world, self.verbs, self.latency = world, verbs, latency
        super().__init__(address, Handler)

    @property
    def base_url(self) -> str:
        host, port = self.socket.getsockname()[:2]
        return f"http://{host}:{port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that leaves in the middle is what this server is for; anything else is a fault of ours."""
        if not isinstance(sys.exception(), OSError):
            super().handle_error(request, client_address)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a call: the answer it gets, and who asked for what as far as that was understood."""

    answer: Answer
    route: Route | None = None
    account_sid: str | None = None


class Handler(BaseHTTPRequestHandler):
    server: SandboxServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1  # status, headers and body leave in one piece

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if len(body) < length:
            self.close_connection = True  # whoever asked died half-way: what came is no request
            return
        content = body.decode()
        if url.path.startswith(VERBS_PATH):
            self._send(self._obey(url.path, content))
            return
        host, _, path = url.path.removeprefix("/").partition("/")
        self._serve(host, "/" + path, url.query, content)

    do_POST = do_DELETE = do_PUT = do_PATCH = do_GET

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing on the terminal: GET /_sandbox/calls has the log."""

    def _obey(self, path: str, content: str) -> Answer:
        if not ip_address(self.client_address[0]).is_loopback:
            return Answer(403, {"error": "the verbs are for this machine only"})
        with self.server.world.lock:
            reviewer.tick(self.server.world)
            return self.server.verbs.obey(self.command, path, content)

    def _serve(self, host: str, path: str, query: str, content: str) -> None:
        """Takes a fault if one waits for this call, carries the call out if it should be, and ends as it should end:
        so long after it came, what we ourselves need to answer included."""
        world, came = self.server.world, time.monotonic()
        with world.lock:
            fault = world.faults.take(self.command, f"/{host}{path}")
            carried_out = fault is None or fault.mishap.carried_out
            outcome = self._carry_out(host, path, query, content) if carried_out else Outcome(_refusal(fault))
            world.journal.log(self._noted(f"/{host}{path}", outcome, fault))
        takes = self.server.latency + (fault.seconds if fault and fault.mishap.ending is Ending.ANSWER else 0.0)
        time.sleep(max(came + takes - time.monotonic(), 0.0))
        self._end(outcome.answer, fault)

    def _carry_out(self, host: str, path: str, query: str, content: str) -> Outcome:
        world, route, speaker = self.server.world, None, None
        reviewer.tick(world)
        try:
            route, args = routes.find(self.command, host, path)
            authorization = self.headers.get("Authorization")
            speaker = accounts.authenticate(world, authorization, manages_accounts=route.manages_accounts)
            call = Call(
                method=self.command,
                host=host,
                path=path,
                query=parse_qs(query, keep_blank_values=True),
                form=parse_qs(content, keep_blank_values=True),
                api_version=self.headers.get("X-Twilio-Api-Version"),
                account=speaker,
                args=args,
            )
            answer = _ask(world, route, call)
        except Refused as refused:
            answer = Answer(refused.refusal.status, errors.body(refused.refusal, refused.message))
        return Outcome(answer, route, speaker.sid if speaker else None)

    def _noted(self, path: str, outcome: Outcome, fault: Fault | None) -> LoggedCall:
        unanswered = fault is not None and fault.mishap.ending in (Ending.HANG, Ending.DROP)
        return LoggedCall(
            at=time.time(),
            method=self.command,
            path=path,
            account=outcome.account_sid,
            route=outcome.route.name if outcome.route else None,
            status=None if unanswered else outcome.answer.status,
            fault=fault.kind if fault else None,
        )

    def _end(self, answer: Answer, fault: Fault | None) -> None:
        match fault.mishap.ending if fault else Ending.ANSWER:
            case Ending.ANSWER:
                self._send(answer)
            case Ending.HALF_BODY:
                body = _encoded(answer)
                self._write(answer, body[: len(body) // 2], announced=len(body))
                self._hang_up()
            case Ending.WRONG_JSON:
                self._write(answer, b'{"sid": "QE", "errors": [}')
            case Ending.HANG:
                self._hold(fault.seconds if fault and fault.seconds else LONGEST_HANG)
                self._hang_up()
            case Ending.DROP:
                self._hang_up()

    def _send(self, answer: Answer) -> None:
        self._write(answer, _encoded(answer))

    def _write(self, answer: Answer, body: bytes, announced: int | None = None) -> None:
        self.send_response(answer.status)
        if answer.status != HTTPStatus.NO_CONTENT:
            self.send_header("Content-Type", "application/json;charset=utf-8")
            self.send_header("Content-Length", str(len(body) if announced is None else announced))
        self.send_header("Twilio-Request-Id", "RQ" + uuid.uuid4().hex)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _hold(self, seconds: float) -> None:
        """Until the client leaves, or sends more, or the seconds are over."""
        select.select([self.connection], [], [], seconds)

    def _hang_up(self) -> None:
        self.wfile.flush()
        self.close_connection = True
        with suppress(OSError):  # the client may have left before
            self.connection.shutdown(socket.SHUT_RDWR)


def _ask(world: World, route: Route, call: Call) -> Answer:
    """A write counts as received from here on, and as accepted unless it is refused."""
    if call.method == "GET":
        return route.answer(world, call)
    try:
        answer = route.answer(world, call)
    except Refused:
        world.journal.count_write(route.name, call.target, accepted=False)
        raise
    world.journal.count_write(route.name, call.target, accepted=True)
    world.revision += 1
    return answer


def _refusal(fault: Fault | None) -> Answer:
    if fault is None or fault.mishap.refusal is None:
        return Answer(HTTPStatus.NO_CONTENT)  # never sent: the call ends without an answer
    headers: Mapping[str, str] = {} if fault.retry_after is None else {"Retry-After": str(fault.retry_after)}
    return Answer(fault.mishap.refusal.status, errors.body(fault.mishap.refusal), headers)


def _encoded(answer: Answer) -> bytes:
    return b"" if answer.body is None else json.dumps(answer.body).encode()


def serve(server: SandboxServer) -> threading.Thread:
    """Serves in the background until `server.shutdown()`."""
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    return thread
