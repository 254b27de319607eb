"""The catalogue as a page: `python -m rulebook.document > docs/rejections.md`. A test compares the two."""

import re
import sys
from collections.abc import Iterator

from rulebook.catalogue import ROWS
from rulebook.fields import label_of, names_of
from rulebook.rejections import Category, Rejection

KIND_WORDS = {"brand": "brands", "campaign": "campaigns", "tollfree": "toll-free verifications"}
AGAIN = {
    True: "Twilio takes it again after a repair.",
    False: "Twilio does not take the same one again.",
    None: "Whether Twilio takes it again is not documented, or sources disagree.",
}
INTRO = """# Rejections

Every reason for a rejection that Redress can explain: what it means, what to change, and by which route. Made from
the rows of `rulebook/catalogue`; after a change there, run `python -m rulebook.document > docs/rejections.md`. The same
rows are in the product under Codes, with the items that have them now.

A number that campaigns and toll-free verifications share is looked up for the kind at hand first, then for the others.
One that is in no row is shown with Twilio's own words and marked as not in our catalogue.

The businesses in the examples are invented, and [brackets] hold what varies from text to text. What passes under
forbidden content is another program that only looks near: no wording makes the forbidden one pass. Faults that no
words can show have no example.
"""


def render() -> str:
    """The whole page, grouped by what the rejections are about, in the order of their numbers."""
    return "\n".join([INTRO, *_contents(), *_parts()])


def applies_to(row: Rejection) -> str:
    """The kinds in words: "campaigns and toll-free verifications"."""
    *others, last = [KIND_WORDS[kind] for kind in row.kinds]
    return f"{', '.join(others)} and {last}" if others else last


def field_labels(row: Rejection) -> tuple[str, ...]:
    """What people call its fields, each once, whatever the kinds call them."""
    named = (label_of(kind, name) for kind in row.kinds for name in names_of(kind, row.fields))
    return tuple(dict.fromkeys(named))


def _contents() -> Iterator[str]:
    yield "## Contents\n"
    for category in Category:
        rows = [row for row in _rows_of(category) if not row.when]
        numbers = sorted(((code, row) for row in rows for code in row.codes), key=lambda pair: pair[0])
        if numbers:
            linked = ", ".join(f"[{code}](#{_anchor(_heading(row))})" for code, row in numbers)
            yield f"- [{category}](#{_anchor(category)}): {linked}"
    yield ""


def _parts() -> Iterator[str]:
    for category in Category:
        if rows := _rows_of(category):
            yield f"## {category}\n"
            yield from map(_entry, rows)


def _rows_of(category: Category) -> list[Rejection]:
    return sorted((row for row in ROWS if row.category is category), key=lambda row: (row.code, row.when))


def _heading(row: Rejection) -> str:
    return f"{row.code}: {row.title}"


def _anchor(heading: str) -> str:
    """The name code hosts give a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _entry(row: Rejection) -> str:
    return "\n".join([f"### {_heading(row)}\n", f"{row.meaning}\n", *_lines(row), ""])


def _lines(row: Rejection) -> Iterator[str]:
    yield f"- For: {applies_to(row)}"
    if row.when:
        yield f"- When Twilio's words hold: {', '.join(row.when)}"
    if row.also:
        yield f"- The same fault under other numbers: {', '.join(map(str, row.also))}"
    yield f"- Way out: {row.route.label}. {AGAIN[row.resubmittable]}"
    yield from _steps(row.remedy)
    if labels := field_labels(row):
        yield f"- Fields: {', '.join(labels)}"
    yield from (f"- {word}: “{text}”" for word, text in (("Fails", row.fails), ("Passes", row.passes)) if text)
    if row.note:
        yield f"- Note: {row.note}"
    yield f"- Source: {row.source}, seen {row.seen:%Y-%m-%d} ({row.confidence})"


def _steps(remedy: tuple[str, ...]) -> Iterator[str]:
    if len(remedy) == 1:
        yield f"- To do: {remedy[0]}"
        return
    yield "- To do:"
    yield from (f"  - {step}" for step in remedy)


if __name__ == "__main__":
    sys.stdout.write(render())
