"""`./run lint`: all that can be said about the code without running it."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from launch import keys
from launch.errors import note
from launch.installation import Settings
from launch.places import MANAGE, ROOT, Place
from launch.postgres import postgres
from launch.processes import Command

SCRIPTS = Path(sysconfig.get_path("scripts"))


@dataclass(frozen=True)
class Check:
    """A command that succeeds when all is well, and what to do when it does not."""

    name: str
    command: Command
    remedy: str = ""
    settings: Settings = field(default_factory=dict)

    def run(self) -> subprocess.CompletedProcess[str]:
        env = {**os.environ, **self.settings}
        return subprocess.run(
            self.command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )


def lint(_words: list[str]) -> int:
    """Every check runs, several side by side; the failed ones are named at the end."""
    with empty_database() as database, ThreadPoolExecutor(os.cpu_count()) as side_by_side:
        listed = checks(database)
        failed = [check for check, passes in zip(listed, side_by_side.map(passed, listed), strict=True) if not passes]
    for check in failed:
        note(f"Failed: {check.name}. {check.remedy}")
    return 1 if failed else 0


def passed(check: Check) -> bool:
    """Whether it did. What it says comes as a whole, so that no two speak at once."""
    started = time.monotonic()
    done = check.run()
    told = f"{'FAILED' if done.returncode else 'ok':6} {check.name}, {time.monotonic() - started:.1f} s"
    note(f"{done.stdout}{told}")
    return not done.returncode


@contextmanager
def empty_database() -> Iterator[Settings]:
    """Django asks it for its version before it judges columns that the database computes by itself."""
    with tempfile.TemporaryDirectory(prefix="redress-lint-") as directory:
        place = Place(Path(directory))
        place.make()
        with postgres(place, durable=False) as database:
            yield {"DATABASE_URL": database.url}


def checks(database: Settings) -> list[Check]:
    in_production = {**production(), **database}
    deployment = python(MANAGE, "check", "--deploy", "--fail-level", "WARNING")
    return [
        Check("mypy", python("-m", "mypy", "--no-error-summary", ".", "run")),  # takes longest
        Check("ruff check", ruff("check"), "Try: .venv/bin/ruff check --fix . run"),
        Check("ruff format", ruff("format", "--check"), "Repair: .venv/bin/ruff format . run"),
        Check("djade", djade(), "Repair: .venv/bin/djade --target-version 6.1 FILE"),
        Check("import-linter", python(SCRIPTS / "lint-imports")),
        Check("migrations", makemigrations(), "Make them: ./run manage makemigrations", in_production),
        Check("deployment", deployment, settings=in_production),
        Check("style sheet", python("-m", "launch", "css", "--check"), "Compile it: ./run css"),
    ]


def ruff(*words: str) -> Command:
    return python("-m", "ruff", *words, "--quiet", ".", "run")


def python(*words: str | Path) -> Command:
    return [sys.executable, *words]


def djade() -> Command:
    return [SCRIPTS / "djade", "--check", "--target-version", "6.1", *templates()]


def templates() -> list[Path]:
    return sorted([*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/templates/**/*.html")])


def makemigrations() -> Command:
    return python(MANAGE, "makemigrations", "--check", "--dry-run")


def production() -> Settings:
    """Settings as they should be where it counts, so that the check judges the code and not this machine."""
    return {
        **keys.make().settings(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DEBUG": "0",
        "REDRESS_DEMO": "0",
        "TWILIO_API_URL": "",
        "PUBLIC_BASE_URL": "https://redress.example",
        "ALLOWED_HOSTS": "redress.example",
        "EMAIL_URL": "smtp+tls://redress:password@mail.redress.example:587",
    }
