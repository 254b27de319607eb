"""The words of `preflight` on a command line; the same for Django's and Python's own way to start it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from rulebook.preflight import KINDS, Unreadable, preflight

UNREADABLE = 2


def add_words(parser: argparse.ArgumentParser) -> None:
    """The arguments of `preflight`."""
    parser.add_argument("kind", choices=KINDS, help="what the draft is of; a case that says its own kind keeps it")
    parser.add_argument("file", help="a case or a draft in JSON; - reads standard input")
    parser.add_argument("--jsonl", action="store_true", help="one case per line in, one answer per line out")


def run(words: Sequence[str]) -> int:
    """`preflight ...`: the exit status, 0 without an error, 1 with one, 2 where the input cannot be read."""
    parser = argparse.ArgumentParser(prog="python -m rulebook")
    commands = parser.add_subparsers(dest="command", required=True)
    add_words(commands.add_parser("preflight", help="check drafts before they are sent"))
    given = parser.parse_args(words)
    return check(given.kind, given.file, many=given.jsonl)


def check(kind: str, file: str, *, many: bool) -> int:
    """Prints the findings and returns the exit status."""
    try:
        answer = preflight(_read(file), kind, many=many)
    except (OSError, UnicodeError, Unreadable) as error:
        sys.stderr.write(f"{file}: {error}\n")
        return UNREADABLE
    sys.stdout.write(answer.text + "\n")
    return int(answer.refused)


def _read(file: str) -> str:
    """The text; a relative name is meant from where the person called, which the launcher hands on."""
    if file == "-":
        return sys.stdin.read()
    return Path(os.environ.get("REDRESS_CALLED_FROM", "."), file).read_text(encoding="utf-8")
