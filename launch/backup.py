"""`./run backup FILE` and `./run restore FILE`: the database, and the keys without which half of it is unreadable."""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from launch import keys
from launch.errors import LaunchError, say
from launch.manage import reachable
from launch.places import Place, create_private, place_of
from launch.postgres import binary, is_embedded, postgres, version
from launch.processes import child, listen_for_stop_signals

FORMAT = 1
DUMP, KEYS, MANIFEST = "database.dump", "secrets.json", "manifest.json"

NOT_OURS = "The database is not the embedded one, so its backup is its own server's business (pg_dump, pg_restore)."
DAMAGED = "{file} is no backup of Redress, or it is damaged ({reason}). Nothing was changed."
IN_THE_WAY = "{directory} holds data. With --force it is put aside and the backup takes its place."


@dataclass(frozen=True)
class Manifest:
    """What a reader must know before it trusts the rest."""

    format: int
    made_at: str
    postgresql: int
    dump_sha256: str


def backup(words: list[str]) -> int:
    """Works while Redress runs and while it does not. What waits in the queue is not in it: beat asks for it again."""
    options = parse("backup", words)
    place = place_of(live=not options.demo)
    if options.file.exists():
        raise LaunchError(f"{options.file} exists already and is not overwritten.")
    if not options.file.parent.is_dir():
        raise LaunchError(f"There is no directory {options.file.parent}.")
    if not place.database.exists():
        raise LaunchError(f"There is nothing to back up: {place.directory} has no database.")
    listen_for_stop_signals()
    with reachable(live=not options.demo) as settings:
        write(options.file, settings)
    say(f"Wrote {options.file}. It holds the secret keys: keep it where nobody else can read it.")
    return 0


def restore(words: list[str]) -> int:
    """All is made ready beside the old data and then takes its place, so a restore that fails changes nothing."""
    options = parse("restore", words)
    place = place_of(live=not options.demo)
    listen_for_stop_signals()
    with place.held(), unpacked(options.file) as directory:
        if place.database.exists() and not options.force:
            raise LaunchError(IN_THE_WAY.format(directory=place.directory))
        replacement = Place(place.directory.with_name(place.directory.name + ".restoring"))
        fill(replacement, directory)
        put_in_place(replacement, place)
    say(f"Restored {options.file} into {place.directory}.")
    return 0


def parse(command: str, words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog=f"./run {command}")
    parser.add_argument("file", type=from_where_called, metavar="FILE")
    parser.add_argument("--demo", action="store_true", help="the demo's data instead of the live data")
    if command == "restore":
        parser.add_argument("--force", action="store_true", help="put data that is there aside")
    return parser.parse_args(words)


def from_where_called(name: str) -> Path:
    return Path(os.environ.get("REDRESS_CALLED_FROM", ""), name).absolute()


# Writing


def write(file: Path, settings: dict[str, str]) -> None:
    if not is_embedded(settings["DATABASE_URL"]):
        raise LaunchError(NOT_OURS)
    with tempfile.TemporaryDirectory(dir=file.parent, prefix=".redress-backup-") as made:
        directory = Path(made)
        tool("pg_dump", "--format=custom", f"--file={directory / DUMP}", f"--dbname={settings['DATABASE_URL']}")
        keys.write(directory / KEYS, keys.Keys(settings["SECRET_KEY"], settings["REDRESS_SECRET_KEYS"]))
        manifest = Manifest(FORMAT, datetime.now(UTC).isoformat(), version(), sha256(directory / DUMP))
        (directory / MANIFEST).write_text(json.dumps(asdict(manifest)))
        pack(directory, file)


def pack(directory: Path, file: Path) -> None:
    output = create_private(file)
    try:
        with output, tarfile.open(fileobj=output, mode="w") as archive:
            for name in (MANIFEST, KEYS, DUMP):
                archive.add(directory / name, name)
    except BaseException:
        file.unlink()  # half a backup is worse than none
        raise


# Reading


@contextmanager
def unpacked(file: Path) -> Iterator[Path]:
    """Yields a directory with members that were checked."""
    with tempfile.TemporaryDirectory(prefix="redress-restore-") as made:
        directory = Path(made)
        try:
            with tarfile.open(file) as archive:
                for name in (MANIFEST, KEYS, DUMP):
                    archive.extract(name, directory, filter="data")
            check(directory)
        except (tarfile.TarError, OSError, KeyError, TypeError, ValueError, LaunchError) as error:
            raise LaunchError(DAMAGED.format(file=file, reason=error)) from error
        yield directory


def check(directory: Path) -> None:
    manifest = Manifest(**json.loads((directory / MANIFEST).read_text()))
    if manifest.format != FORMAT:
        raise ValueError(f"its format is {manifest.format}, this Redress reads {FORMAT}")
    if manifest.dump_sha256 != sha256(directory / DUMP):
        raise ValueError("the checksum of the database is wrong")
    keys.read(directory / KEYS)
    tool("pg_restore", "--list", str(directory / DUMP))


def fill(place: Place, directory: Path) -> None:
    place.erase()  # of a restore that was interrupted
    place.make()
    keys.write(place.keys, keys.read(directory / KEYS))
    with postgres(place) as server:
        tool("pg_restore", "--no-owner", "--single-transaction", f"--dbname={server.url}", str(directory / DUMP))


def put_in_place(replacement: Place, place: Place) -> None:
    if place.directory.exists():
        aside = place.directory.with_name(f"{place.directory.name}.before-{datetime.now(UTC):%Y%m%d-%H%M%S}")
        place.directory.rename(aside)
        say(f"What was there is now {aside}; remove it when you are sure.")
    replacement.directory.rename(place.directory)


def tool(name: str, *words: str) -> None:
    done = subprocess.run([binary(name), *words], capture_output=True, text=True, process_group=0, **child())
    if done.returncode:
        raise LaunchError(f"{name} failed: {done.stderr.strip()}")


def sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
