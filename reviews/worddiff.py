"""What changed between two texts, word by word.

Whole words and whole links, because a reviewer reads words: "cancel" becoming "opt out" is one thing going and one
coming, not four letters kept by accident. The pieces lose nothing: without what was added they spell the old text,
without what was removed the new one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final, Literal

Kind = Literal["kept", "removed", "added"]

# A link, a word, a run of blanks, or one mark of punctuation. The full stop after a link is not the link's.
_TOKEN: Final = re.compile(r"https?://[^\s<>\"]*[^\s<>\".,;:!?)]|\w+|\s+|[^\w\s]")

# difflib is quadratic at worst. Twilio's longest field is 4,096 characters, so this is only reached by texts that
# are not a field; they are shown as one text going and one coming.
MOST_TOKENS: Final = 8192


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True)
class WordDiff:
    pieces: tuple[Piece, ...]

    @property
    def is_empty(self) -> bool:
        return all(piece.kind == "kept" for piece in self.pieces)

    def words(self, kind: Kind) -> int:
        return sum(len(piece.text.split()) for piece in self.pieces if piece.kind == kind)


@lru_cache(maxsize=256)
def worddiff(old: str, new: str) -> WordDiff:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    middle = _compare(before[head : len(before) - tail], after[head : len(after) - tail])
    kept_head = Piece("kept", "".join(before[:head]))
    kept_tail = Piece("kept", "".join(before[len(before) - tail :]))
    return WordDiff(tuple(_joined([kept_head, *middle, kept_tail])))


def _common(left: list[str], right: list[str]) -> int:
    for place, (mine, theirs) in enumerate(zip(left, right, strict=False)):
        if mine != theirs:
            return place
    return min(len(left), len(right))


def _compare(before: list[str], after: list[str]) -> list[Piece]:
    if len(before) + len(after) > MOST_TOKENS:
        return [Piece("removed", "".join(before)), Piece("added", "".join(after))]
    steps = SequenceMatcher(str.isspace, before, after).get_opcodes()
    pieces = []
    for place, (what, i, j, k, m) in enumerate(steps):
        if what == "equal" and not _is_crumb("".join(before[i:j]), steps, place):
            pieces.append(Piece("kept", "".join(before[i:j])))
        else:
            pieces += [Piece("removed", "".join(before[i:j])), Piece("added", "".join(after[k:m]))]
    return pieces


def _is_crumb(text: str, steps: Sequence[tuple[str, int, int, int, int]], place: int) -> bool:
    """A blank that survives between two replaced words reads better as part of both."""
    around = [steps[near][0] for near in (place - 1, place + 1) if 0 <= near < len(steps)]
    return text.isspace() and around == ["replace", "replace"]


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Neighbouring changes become one: all that goes, then all that comes."""
    removed = added = ""
    kept = ""
    for piece in pieces:
        if not piece.text:
            continue
        if piece.kind == "kept":
            yield from _change(removed, added)
            removed = added = ""
            kept += piece.text
            continue
        if kept:
            yield Piece("kept", kept)
            kept = ""
        if piece.kind == "removed":
            removed += piece.text
        else:
            added += piece.text
    yield from _change(removed, added)
    if kept:
        yield Piece("kept", kept)


def _change(removed: str, added: str) -> Iterator[Piece]:
    if removed:
        yield Piece("removed", removed)
    if added:
        yield Piece("added", added)
