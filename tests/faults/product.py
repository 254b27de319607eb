"""The whole product on servers of its own, as `./run --live` starts it, and the ways it is hurt.

The servers of the test run are shared with other tests and must not be touched: these here may be killed. The parts of
the crew, which are started some eighty times, are forked with the launcher's own words (tests.nursery).
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cached_property
from pathlib import Path

import requests
from django.core.management import call_command
from django.db import connections
from django.test import override_settings
from django.utils import timezone
from environ import Env
from redis import Redis

from config.broker import broker_url
from config.settings import STORAGES
from launch import crew
from launch.installation import LOOPBACK, Address, Settings
from launch.places import Place
from launch.postgres import accepts_connections, postgres
from launch.processes import Part
from launch.serve import free
from launch.valkey import answers, valkey
from sandbox.handle import Sandbox, start_sandbox
from tests.faults.mailbox import Mailbox, mailbox
from tests.nursery import Nursery, nursery
from tests.waiting import until

SIZE = crew.Size(twilio_threads=16, default_processes=1)
# Of an answer of the sandbox: so some calls are always under way, done at Twilio and not known here.
LATENCY_MS = "15"

# A process that finds no database waits for a connection: ten seconds (settings), with what it does between two.
WAITS_FOR_DATABASE = timedelta(seconds=15)

LONGEST = 180.0  # seconds for anything to come to its end; measured: below ten on two idle cores

QUEUES = ("twilio", "default")

# Where the program's name stands in a part's command: after `python -m`.
PROGRAM = 2

# Everything that waits for minutes in production waits for seconds here, but for leases: those are moved up.
QUICK = {
    "LOG_LEVEL": "WARNING",
    "POLL_TICK_SECONDS": "2",
    "ATTEMPT_TICK_SECONDS": "2",
    "NOTICE_TICK_SECONDS": "2",
    "READ_BACK_SECONDS": "0,0,0",
    "TWILIO_TIMEOUT_SECONDS": "5",
    "TWILIO_READS_PER_SECOND": "500",
    "TWILIO_WRITES_PER_SECOND": "50",
}


class Name(StrEnum):
    """The parts that are killed, as the launcher calls them."""

    WEB = "The web server"
    TWILIO = "The worker for Twilio"
    DEFAULT = "The worker"
    BEAT = "Beat"


class Manner(StrEnum):
    """How a part dies: with all its processes, as a container does; its first process alone; or a child alone."""

    WHOLE = "whole"
    PARENT = "parent"
    CHILD = "child"


class Memory(StrEnum):
    """What a broker knows when it comes back: all, as after a stop in good order; what it saved a while ago, so that
    tasks stand there again that were done since; or nothing."""

    ALL = "all"
    OLD = "old"
    NONE = "none"


class Forked(Part):
    """A part that takes no seconds to import everything. Its environment is the nursery's: a setting of its own, by
    which the worker stops softly, counts for nothing where it is killed."""

    def __init__(self, plain: Part, parent: Nursery) -> None:
        super().__init__(plain.name, plain.command, plain.log, plain.settings)
        self._parent, self._words = parent, [str(word) for word in plain.command[PROGRAM:]]

    def start(self) -> None:
        self.started_at, self.asked = time.monotonic(), False
        self.process = self._parent.start(self._words, self.log)  # type: ignore[assignment]


@dataclass
class Product:
    place: Place
    address: Address
    settings: Settings
    twilio: Sandbox
    mail: Mailbox
    database: Part
    queue: Part
    crew: crew.Crew
    parent: Nursery
    # When each part was last killed: what it held then, nobody holds any more.
    killed_at: dict[Name, datetime] = field(default_factory=dict)
    # Whoever was at work then and said nothing for so long is surely dead.
    silence: timedelta = timedelta()

    @property
    def url(self) -> str:
        return str(self.address)

    @property
    def broker_url(self) -> str:
        return broker_url(self.settings["REDIS_URL"])

    @cached_property
    def redis(self) -> Redis:
        return Redis.from_url(self.settings["REDIS_URL"])

    def waiting(self) -> dict[str, int]:
        """How many tasks stand in each queue."""
        return {queue: int(self.redis.llen(queue)) for queue in QUEUES}

    def held(self) -> list[bytes | str]:
        """Tasks that a worker has, or had when it died."""
        return list(self.redis.hkeys("unacked"))

    def is_ready(self) -> bool:
        """What the web server says of itself and the servers below."""
        try:
            return requests.get(f"{self.url}/health/ready", timeout=30).ok
        except requests.RequestException:
            return False

    def part(self, name: Name) -> Part:
        return next(part for part in self.crew.parts if part.name == name)

    def kill(self, name: Name, manner: Manner = Manner.WHOLE) -> None:
        """SIGKILL, and then what the launcher does about it. From the first thread: a part dies with its starter."""
        part = self.part(name)
        assert part.process
        with suppress(ProcessLookupError):  # it ended by itself a moment ago, as one does whose child was killed
            if manner is Manner.CHILD and (child := _a_child_of(part.process.pid)):
                os.kill(child, signal.SIGKILL)
                self.killed_at[name] = timezone.now()
                return  # its parent starts another, or ends itself and is started again with the next look
            if manner is Manner.PARENT:
                part.process.kill()
            else:
                os.killpg(part.process.pid, signal.SIGKILL)
        part.process.wait()
        self.killed_at[name] = timezone.now()
        self.revive()

    def revive(self) -> None:
        """Whoever ended is started again, as the launcher does twice a second. That one ends often is our doing."""
        for part in self.crew.parts:
            if not part.is_running:
                self.crew.quick_deaths.clear()
                self.crew.revive(part)

    def until(
        self, condition: Callable[[], bool], *, every: float = 0.1, lacking: Callable[[], object] | None = None
    ) -> None:
        """Waits while the launcher looks after its parts. Raises TimeoutError, with what is `lacking` still."""

        def looked() -> bool:
            self.revive()
            return condition()

        try:
            until(looked, LONGEST, every=every)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; still lacking: {lacking()}" if lacking else str(error)) from None

    def second_beat(self) -> Part:
        """Started by mistake; it goes at the end of a `with`."""
        words = ["beat", "--schedule", str(self.place.directory / "second-beat-schedule"), "--pidfile="]
        return Forked(crew.celery("A second beat", words, self.place, self.settings), self.parent)

    # --- the servers below ---

    def stop_database(self, number: signal.Signals) -> None:
        """SIGINT is PostgreSQL's fast shutdown, SIGQUIT its immediate one: a crash, recovered from at the start."""
        assert self.database.process
        self.database.process.send_signal(number)
        self.database.process.wait(30)
        for name in (Name.TWILIO, Name.DEFAULT):
            self.killed_at[name] = timezone.now()  # what it was about to write down is lost as if it had died
        self.silence = WAITS_FOR_DATABASE

    def start_database(self) -> None:
        self.database.start()
        self.database.wait_until(lambda: accepts_connections(Path(self.settings["DATABASE_URL"].split("host=")[1])))
        connections["default"].close()  # the test's own connection broke with it

    def stop_broker(self, memory: Memory) -> None:
        assert self.queue.process
        self.queue.process.send_signal(signal.SIGTERM if memory is Memory.ALL else signal.SIGKILL)
        self.queue.process.wait(30)
        if memory is Memory.NONE:
            (self.place.directory / "valkey.rdb").unlink(missing_ok=True)

    def start_broker(self) -> None:
        self.queue.start()
        path = Path(self.settings["REDIS_URL"].removeprefix("unix://").partition("?")[0])
        self.queue.wait_until(lambda: answers(path))


def _a_child_of(pid: int) -> int | None:
    """None where it has none just now, or where the system does not say so (macOS)."""
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return None
    return int(children[0]) if children else None


@contextmanager
def product(directory: Path) -> Iterator[Product]:
    """Servers, sandbox, mail server and an empty database that is up to date; nobody is at work yet."""
    place, web = Place(directory), free(Address(port=0))
    place.make()
    with ExitStack() as stack:
        twilio = stack.enter_context(start_sandbox("--review-seconds", "36000", "--latency-ms", LATENCY_MS))
        box = stack.enter_context(mailbox())
        database, queue = stack.enter_context(postgres(place, durable=False)), stack.enter_context(valkey(place))
        settings = {
            "REDRESS_VAR": str(place.directory),
            "DATABASE_URL": database.url,
            "REDIS_URL": queue.url,
            "TWILIO_API_URL": twilio.base_url,
            "PUBLIC_BASE_URL": str(web),
            "ALLOWED_HOSTS": ",".join(LOOPBACK),
            "REDRESS_HTTPS": "0",
            "EMAIL_URL": box.url,
            "NO_PROXY": ",".join(LOOPBACK),
            **QUICK,
        }
        at_work = crew.Crew(pause=0)
        parent = stack.enter_context(nursery(settings))
        stack.callback(at_work.stop)
        at = Product(place, web, settings, twilio, box, database.part, queue.part, at_work, parent)
        prepare(at)
        yield at


def prepare(at: Product) -> None:
    """Static files and tables, made by this process, which has imported everything already."""
    with inside(at), override_settings(STATIC_ROOT=at.place.directory / "static", STORAGES=STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("migrate", interactive=False, verbosity=0)


def start_crew(at: Product) -> None:
    """The web, a worker per queue, beat: the commands of the launcher."""
    plain = [crew.web(at.place, at.settings, at.address), *crew.workers_and_beat(at.place, at.settings, SIZE)]
    web, *others = [Forked(part, at.parent) for part in plain]
    for part in (web, *others):
        at.crew.add(part)
    web.wait_until(lambda: crew.answers(at.address))


@contextmanager
def inside(at: Product) -> Iterator[None]:
    """The test's own queries go to this product's database, and its looks to this product's broker."""
    theirs, before = connections["default"], connections.settings["default"]
    plain = {**before, **Env.db_url_config(at.settings["DATABASE_URL"])}
    connections.settings["default"] = plain
    connections["default"] = connections.create_connection("default")
    ours = {name: at.settings[name] for name in ("REDIS_URL", "TWILIO_API_URL", "PUBLIC_BASE_URL")}
    try:
        with override_settings(**ours):
            yield
    finally:
        connections["default"].close()
        connections.settings["default"] = before
        connections["default"] = theirs
