"""The words after `./run`."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from launch.backup import backup, restore
from launch.bench import bench
from launch.css import css
from launch.errors import LaunchError, note, say
from launch.lint import lint
from launch.manage import connect, manage
from launch.processes import Stopped
from launch.serve import serve

HELP = """\
./run                     start Redress with demo data; first set up everything it needs
      --port N            listen elsewhere than on port 8200
      --reset             throw the demo's data away first
      --live              start it for real: no demo data, no sandbox; `./run --live --help` says more
./run test [WORDS]        run all tests; the words go to pytest
./run lint                check style, types, imports, migrations and settings
./run bench [NAMES]       measure: calls, delays, pages, memory; `./run bench --help` names them
./run manage WORDS        any Django command, with --live or --demo in front of the words if you have both
./run connect ACxxxx      connect a Twilio account
./run backup FILE         write live data and keys into one file
./run restore FILE        and bring them back
./run css                 compile the style sheet
./run lock                write requirements/ anew from pyproject.toml
"""


def main(words: list[str]) -> int:
    try:
        return dispatch(words)
    except LaunchError as error:
        note(str(error))
        return 1
    except OSError as error:
        note(f"The system refused: {error}")
        return 1
    except Stopped:
        return 130


def dispatch(words: list[str]) -> int:
    if not words or (words[0].startswith("-") and words[0] not in COMMANDS):
        return serve(words)
    if words[0] in COMMANDS:
        return COMMANDS[words[0]](words[1:])
    raise LaunchError(f"./run does not know {words[0]!r}.\n\n{HELP}")


def test(words: list[str]) -> int:
    """Becomes pytest: the plugin `launch.pytest_plugin` starts the servers."""
    # No more than there are cores: with one more all take longer, though some wait for a worker, a server or a browser.
    side_by_side = str(os.cpu_count() or 1)
    pytest = [sys.executable, "-m", "pytest", "-n", side_by_side, "--dist", "loadgroup"]
    os.execv(sys.executable, [*pytest, *words])  # noqa: S606


def show_help(_words: list[str]) -> int:
    say(HELP)
    return 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "test": test,
    "lint": lint,
    "bench": bench,
    "manage": manage,
    "connect": connect,
    "backup": backup,
    "restore": restore,
    "css": css,
    "help": show_help,
    "--help": show_help,
    "-h": show_help,
}
