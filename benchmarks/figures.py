"""What a benchmark comes to: figures with their limits, as a table for people and as JSON for programs."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

AT_LEAST, AT_MOST = ">=", "<="


@dataclass(frozen=True)
class Figure:
    """One number that was measured. `limit` is what it has to reach, or not to pass; None where it only informs."""

    name: str
    value: float
    unit: str
    limit: float | None = None
    sense: str = AT_LEAST

    @property
    def is_met(self) -> bool:
        if self.limit is None:
            return True
        return self.value >= self.limit if self.sense == AT_LEAST else self.value <= self.limit

    @property
    def limit_words(self) -> str:
        if self.limit is None:
            return ""
        return f"{'at least' if self.sense == AT_LEAST else 'at most'} {number(self.limit)}"


@dataclass(frozen=True)
class Result:
    """A benchmark's figures, how long it took in all and what its largest process used (in megabytes)."""

    name: str
    title: str
    day: str
    seconds: float
    peak_mb: float
    figures: Sequence[Figure] = field(default_factory=list)

    @property
    def missed(self) -> list[Figure]:
        return [figure for figure in self.figures if not figure.is_met]


def today() -> str:
    return date.today().isoformat()


def number(value: float) -> str:
    """Three digits where they say something."""
    if value >= 100 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def table(results: Iterable[Result]) -> str:
    """In Markdown: it reads in a terminal, and docs/performance.md takes it as it is."""
    lines = ["| Benchmark | Figure | Measured | Limit | |", "|---|---|---:|---:|---|"]
    for result in results:
        for figure in result.figures:
            met = "" if figure.limit is None else "met" if figure.is_met else "**missed**"
            value = f"{number(figure.value)} {figure.unit}".strip()
            lines.append(f"| {result.name} | {figure.name} | {value} | {figure.limit_words} | {met} |")
        lines.append(f"| {result.name} | peak memory, largest process | {number(result.peak_mb)} MB | | |")
    return "\n".join(lines)


def write(file: Path, results: Iterable[Result]) -> None:
    """Beside what the file holds of other benchmarks."""
    kept = {result.name: result for result in read(file)}
    kept.update({result.name: result for result in results})
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps([asdict(result) for result in kept.values()], indent=2) + "\n")


def read(file: Path) -> list[Result]:
    rows = json.loads(file.read_text()) if file.exists() else []
    return [Result(**{**row, "figures": [Figure(**figure) for figure in row["figures"]]}) for row in rows]
