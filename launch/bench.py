"""`./run bench`: the benchmarks, each in a process of its own, on servers started just for it: what one leaves behind,
pages to be written and rows to be cleared away, would be the next one's burden."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import figures
from benchmarks.names import TITLES
from launch import keys
from launch.errors import LaunchError, note, say
from launch.installation import Settings
from launch.places import MANAGE, ROOT, Place, var
from launch.postgres import postgres
from launch.processes import listen_for_stop_signals, run_to_the_end
from launch.valkey import valkey

RECORDED = ROOT / "benchmarks" / "recorded.json"
PAGE = ROOT / "docs" / "performance.md"
BEGIN, END = "<!-- measured: ./run bench --record -->", "<!-- end -->"


def bench(words: list[str]) -> int:
    """1 where a figure misses its limit."""
    wish = parse(words)
    listen_for_stop_signals()
    results = [run(name) for name in wish.names or TITLES]
    say(figures.table(results))
    figures.write(var() / "bench.json", results)
    if wish.record:
        record(results)
    return 1 if any(result.missed for result in results) else 0


def parse(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description="Prints a table and writes var/bench.json.")
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"which; all without a name: {', '.join(TITLES)}")
    parser.add_argument("--record", action="store_true", help="keep the figures in docs/performance.md")
    wish = parser.parse_args(words)
    if unknown := [name for name in wish.names if name not in TITLES]:
        raise LaunchError(f"There is no benchmark {unknown[0]!r}. There are: {', '.join(TITLES)}.")
    return wish


@contextmanager
def servers() -> Iterator[Settings]:
    """As durable as live data: a benchmark on a forgetful database would flatter."""
    with tempfile.TemporaryDirectory(prefix="redress-bench-") as directory:
        place = Place(Path(directory))
        place.make()
        with postgres(place) as database, valkey(place) as queue:
            yield {
                **keys.make().settings(),
                "DJANGO_SETTINGS_MODULE": "config.settings",
                "DATABASE_URL": database.url,
                "REDIS_URL": queue.url,
                "REDRESS_VAR": directory,
                "REDRESS_DEMO": "0",
                "DEBUG": "0",
                "PUBLIC_BASE_URL": "https://redress.example",
                "ALLOWED_HOSTS": "*",
                "LOG_LEVEL": "WARNING",
            }


def run(name: str) -> figures.Result:
    note(f"Measuring: {TITLES[name]} ...")
    with servers() as settings:
        file = Path(settings["REDRESS_VAR"]) / f"{name}.json"
        if run_to_the_end([sys.executable, MANAGE, "migrate", "--verbosity", "0"], settings):
            raise LaunchError("The database of the benchmark could not be made.")
        if run_to_the_end([sys.executable, "-m", "benchmarks", name, file], settings):
            raise LaunchError(f"The benchmark {name} failed, the reason is above.")
        return figures.read(file)[0]


def record(results: list[figures.Result]) -> None:
    """Both are committed: the numbers of the page come from a run, with its day."""
    figures.write(RECORDED, results)
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n{recorded()}\n{END}{after}")


def recorded() -> str:
    kept = sorted(figures.read(RECORDED), key=lambda result: list(TITLES).index(result.name))
    days = "\n".join(f"- {result.name}: {result.title}, {result.day}, {result.seconds:.0f} s" for result in kept)
    return f"{days}\n\n{figures.table(kept)}"
