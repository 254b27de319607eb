"""`./run` and `./run --live`: the whole product on this machine, until somebody stops it."""

from __future__ import annotations

import argparse
import os
import socket
import sys
import time
from dataclasses import dataclass

from launch import crew
from launch.errors import LaunchError, note, say
from launch.installation import LOOPBACK, Address, Installation, installation
from launch.places import MANAGE, Place, Running, place_of
from launch.processes import Stopped, listen_for_stop_signals, run_to_the_end

DEMO_READY = """
Redress is ready at {address}  ({seconds:.1f} s)

  Sign in     admin@demo.redress.example, or manager@, editor@, viewer@ of the same domain
  Password    redress-demo
  Try first   open the inbox and fix "Larkspur Bike Repair": a reviewer of the sandbox answers in about 20 seconds
  Stop        Ctrl-C. The data stays in {directory}; ./run --reset starts over
"""
LIVE_READY = """
Redress is ready at {address}  ({seconds:.1f} s)

  Data        {directory}. Copy it to a safe place regularly: ./run backup FILE
  Twilio      ./run connect ACxxxx, in another terminal
  Stop        Ctrl-C
"""
NO_RESET = """\
--reset is for the demo only: no single word should delete live data. To start over, stop Redress, take a
backup (./run backup FILE) and remove {directory} yourself."""
PORT_TAKEN = "{address} is taken by another program. Choose another port, for instance: ./run --port {other}"


@dataclass(frozen=True)
class Wish:
    """What the words after ./run ask for."""

    live: bool
    reset: bool
    web: Address


def serve(words: list[str]) -> int:
    wish = parse(words)
    place = place_of(live=wish.live)
    if wish.live and wish.reset:
        raise LaunchError(NO_RESET.format(directory=place.directory))
    listen_for_stop_signals()
    try:
        with place.held():
            if wish.reset:
                place.erase()
            start(wish, place)
    except Stopped:
        note("Redress has stopped.")
    return 0


def parse(words: list[str]) -> Wish:
    parser = argparse.ArgumentParser(prog="./run", description="Starts Redress. `./run help` tells of the other words.")
    parser.add_argument("--live", action="store_true", help="for real: no demo data, no sandbox, data in var/live")
    parser.add_argument("--reset", action="store_true", help="throw the demo's data away first")
    parser.add_argument("--port", type=int, default=Address.port, help="default: %(default)s; 0 takes a free one")
    parser.add_argument("--host", default=Address.host, help="with --live: the address to listen on")
    found = parser.parse_args(words)
    if found.host not in LOOPBACK and not found.live:
        raise LaunchError("The demo's passwords are printed in its documentation, so it listens on this machine only.")
    return Wish(found.live, found.reset, Address(found.host, found.port))


def start(wish: Wish, place: Place) -> None:
    began = time.monotonic()
    web = free(wish.web)
    note("Starting Redress ...")
    with installation(live=wish.live, web=web) as installed, crew.at_work() as at_work:
        place.announce(Running(os.getpid(), str(web), installed.settings))
        start_crew(wish, place, web, installed, at_work)
        ready = LIVE_READY if wish.live else DEMO_READY
        say(ready.format(address=web, seconds=time.monotonic() - began, directory=place.directory))
        at_work.watch(installed.servers)


def start_crew(wish: Wish, place: Place, web: Address, installed: Installation, at_work: crew.Crew) -> None:
    """The demo's web starts while the data is prepared: nobody knows its address yet. Tasks want their tables."""
    server = crew.web(place, installed.settings, web)
    if wish.live:
        django(installed, "collectstatic", "--noinput", "--verbosity", "0")
        django(installed, "prepare")
        at_work.add(server)
    else:
        at_work.add(server)
        django(installed, "prepare", "--demo", "--sandbox", installed.settings["TWILIO_API_URL"])
    for part in crew.workers_and_beat(place, installed.settings, crew.LIVE if wish.live else crew.DEMO):
        at_work.add(part)
    server.wait_until(lambda: crew.answers(web))


def django(installed: Installation, *words: str) -> None:
    if run_to_the_end([sys.executable, MANAGE, *words], installed.settings):
        raise LaunchError(f"Redress did not start: `manage.py {words[0]}` failed, the reason is above.")


def free(web: Address) -> Address:
    """The address itself, its port chosen if that was left open. Raises LaunchError if somebody listens there."""
    family = socket.AF_INET6 if ":" in web.host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((web.host, web.port))
        except OSError as error:
            raise LaunchError(PORT_TAKEN.format(address=web, other=web.port + 100)) from error
        return Address(web.host, probe.getsockname()[1])
