"""The options of the sandbox and its life from start to stop, shared by `python -m sandbox` and `manage.py sandbox`."""

import argparse
import json
import signal
import threading
from collections.abc import Callable
from pathlib import Path

from sandbox import demo, generate, store
from sandbox.courier import Courier
from sandbox.server import SandboxServer, serve
from sandbox.verbs import Verbs
from sandbox.world import World


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this machine only)")
    parser.add_argument("--port", type=int, default=8300, help="0 picks a free port")
    parser.add_argument("--port-file", type=Path, help="receives the port once the sandbox is ready to serve")
    parser.add_argument("--demo", action="store_true", help="the hand-made demo world instead of a generated one")
    parser.add_argument("--seed", type=int, default=7, help="the same seed makes the same world")
    parser.add_argument("--accounts", type=int, default=1, help="accounts, the main one included")
    parser.add_argument("--campaigns", type=int, default=0, help="campaigns over all accounts; 0 starts empty")
    parser.add_argument("--latency-ms", type=float, default=0.0, help="how long each answer takes")
    parser.add_argument("--review-seconds", type=float, default=20.0, help="from submission to verdict")
    parser.add_argument("--state", type=Path, help="keep the world in this file across restarts")


def run(options: argparse.Namespace, say: Callable[[str], object]) -> None:
    """Serves until SIGTERM or SIGINT, then saves the last change and returns."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    world, refill = World(review_seconds=options.review_seconds), _refill(options)
    _fill(world, refill, options.state)
    keeper = store.Keeper(world, options.state) if options.state else None
    if keeper:
        keeper.start()
    server = SandboxServer((options.host, options.port), world, Verbs(world, refill), options.latency_ms / 1000)
    Courier(world.outbox).start()
    serve(server)
    _announce(server, options.port_file, say)
    stop.wait()
    server.shutdown()
    if keeper:
        keeper.stop()


def _refill(options: argparse.Namespace) -> Callable[[World], None]:
    if options.demo:
        return demo.fill
    return lambda world: generate.fill(world, options.seed, options.accounts, options.campaigns)


def _fill(world: World, refill: Callable[[World], None], state: Path | None) -> None:
    if state and state.exists():
        store.load(world, json.loads(state.read_text()))
    else:
        refill(world)


def _announce(server: SandboxServer, port_file: Path | None, say: Callable[[str], object]) -> None:
    if port_file:
        temporary = port_file.with_suffix(".tmp")
        temporary.write_text(str(server.server_address[1]))
        temporary.replace(port_file)
    main = next(iter(server.world.accounts.values()), None)
    say(f"Sandbox on {server.base_url}")
    if main:
        say(f"Main account {main.sid}, token {main.auth_token}")
