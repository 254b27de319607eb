"""The Django processes: the web, a worker per queue, beat. One that crashes is started again."""

from __future__ import annotations

import http.client
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from launch.errors import LaunchError, note
from launch.installation import Address, Settings
from launch.places import Place
from launch.processes import Part, ignore_stop_signals

QUICK_DEATH_SECONDS = 60
QUICK_DEATHS_ALLOWED = 3
LOOK_EVERY_SECONDS = 0.5


@dataclass(frozen=True)
class Size:
    """Threads of each worker for Twilio, where the time goes into waiting; processes for everything else."""

    twilio_threads: int
    default_processes: int
    twilio_workers: int = 1


# The threads of one process share one core's worth of Python, so two workers get further than one with twice as many
# (docs/performance.md, "Why two workers"). Where answers take longer, more threads do help.
DEMO = Size(twilio_threads=16, default_processes=1)
LIVE = Size(twilio_threads=16, default_processes=2, twilio_workers=2)


def web(place: Place, settings: Settings, address: Address) -> Part:
    """Sixteen threads: many wait for the database while some work (docs/performance.md, "Taking events in")."""
    where = ["--host", address.host, "--port", str(address.port)]
    how = ["--interface", "wsgi", "--workers", "1", "--blocking-threads", "16", "--no-ws"]
    command = [sys.executable, "-m", "granian", *how, *where, "config.wsgi:application"]
    return Part(name="The web server", command=command, log=place.log / "web.log", settings=settings)


def workers_and_beat(place: Place, settings: Settings, size: Size) -> list[Part]:
    twilio = ["worker", "-Q", "twilio", "-P", "threads", "-c", str(size.twilio_threads)]
    default = ["worker", "-Q", "default", "-n", "default@%h", "-P", "prefork", "-c", str(size.default_processes)]
    beat = ["beat", "--schedule", str(place.directory / "beat-schedule"), "--pidfile="]
    # Celery's soft stop, which puts an unfinished task back; the threads pool knows only the plain one.
    softly = {**settings, "REMAP_SIGTERM": "SIGQUIT"}
    return [
        celery("The worker for Twilio", [*twilio, "-n", "twilio@%h"], place, settings),
        *(
            celery(f"Worker {number} for Twilio", [*twilio, "-n", f"twilio-{number}@%h"], place, settings)
            for number in range(2, size.twilio_workers + 1)
        ),
        celery("The worker", default, place, softly),
        celery("Beat", beat, place, settings),
    ]


def celery(name: str, words: list[str], place: Place, settings: Settings) -> Part:
    # Workers that tell each other about themselves are of use in a fleet; alone they only start slower.
    alone = ["--without-gossip", "--without-mingle", "--without-heartbeat"] if words[0] == "worker" else []
    command = [sys.executable, "-m", "celery", "-A", "config", *words, *alone, "--loglevel", "INFO"]
    log = place.log / f"{name.split()[-1].lower()}.log"
    return Part(name=name, command=command, log=log, settings=settings)


def answers(address: Address) -> bool:
    host = "127.0.0.1" if address.host in ("0.0.0.0", "::") else address.host  # noqa: S104
    connection = http.client.HTTPConnection(host, address.port, timeout=5)
    try:
        connection.request("GET", "/health/live", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


@dataclass
class Crew:
    """Those at work. They are asked to stop last come, first asked, and waited for together."""

    parts: list[Part] = field(default_factory=list)
    pause: float = 1
    quick_deaths: dict[str, int] = field(default_factory=dict)

    def add(self, part: Part) -> None:
        self.parts.append(part)
        part.start()

    def stop(self) -> None:
        for part in reversed(self.parts):
            part.ask_to_stop()
        for part in reversed(self.parts):
            part.stop()

    def watch(self, servers: list[Part]) -> None:
        """Returns never: somebody stops the launcher, or a part cannot go on."""
        while True:
            time.sleep(LOOK_EVERY_SECONDS)
            for server in servers:
                if not server.is_running:
                    raise LaunchError(f"{server.name} ended by itself, so all was stopped. {server.last_words()}")
            for part in self.parts:
                if not part.is_running:
                    self.revive(part)

    def revive(self, part: Part) -> None:
        """With growing pauses, and not for ever: a part that keeps dying at once needs somebody to look at it."""
        quick = time.monotonic() - part.started_at < QUICK_DEATH_SECONDS
        deaths = self.quick_deaths[part.name] = self.quick_deaths.get(part.name, 0) + 1 if quick else 1
        if deaths > QUICK_DEATHS_ALLOWED:
            raise LaunchError(f"{part.name} keeps ending by itself, so all was stopped. {part.last_words()}")
        note(f"{part.name} ended by itself and is started again. {part.last_words()}")
        part.stop()  # the rest of its group
        time.sleep(deaths * self.pause)
        part.start()


@contextmanager
def at_work() -> Iterator[Crew]:
    crew = Crew()
    try:
        yield crew
    finally:
        ignore_stop_signals()
        crew.stop()
