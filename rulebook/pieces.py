"""What a phrase cannot do without: pieces of words that are cheap to look for before the phrase itself is."""

from __future__ import annotations

import re
from collections.abc import Iterator

_BEGINNING = re.compile(r"(?:[a-z0-9']|-(?![?*+{(\[]))+(?=([?*{]|$)?)")
# Beyond so many, looking for the pieces takes longer than looking for the phrase.
_MOST = 40


def needed(pattern: str) -> tuple[str, ...]:
    """Pieces of words of which every match of a phrase, as `prose.phrase` reads it, holds at least one.

    Of its parts, words or choices, the one is taken whose shortest piece is the longest. Nothing where no part tells.
    """
    if len(list(_cut(pattern, "|"))) > 1:
        return _shortest_forms(tuple(map(_beginning, _cut(pattern, "|"))))
    parts = [_shortest_forms(tuple(map(_beginning, _choices(part)))) for part in _parts(pattern)]
    return max(parts, key=_telling, default=())


def _telling(pieces: tuple[str, ...]) -> tuple[int, int]:
    """Long pieces are rare in texts; among equals the fewer are the quicker to look for."""
    return (min(map(len, pieces), default=0), -len(pieces))


def _parts(pattern: str) -> Iterator[str]:
    """The words and choices of a phrase that cannot be left out."""
    for part in _cut(re.sub(r" ?<\d+> ?", " ", pattern.strip()).replace(" ?", "? "), " "):
        if part and not (part.endswith(")?") or part.endswith(")*") or part.endswith("}")):
            yield part


def _choices(part: str) -> Iterator[str]:
    """The alternatives of a choice, whatever ending follows it; a single word is its own."""
    if part.startswith("(") and not part.startswith("(?"):
        end = _closing(part)
        yield from ("",) if part[end + 1 : end + 2] in ("*", "?", "{") else _cut(part[1:end], "|")
    else:
        yield part


def _closing(part: str) -> int:
    """Where the first bracket of a part is closed."""
    depth = 0
    for place, sign in enumerate(part):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place
    return -1


def _cut(pattern: str, at: str) -> Iterator[str]:
    """The pattern cut outside of brackets."""
    depth, begun = 0, 0
    for place, sign in enumerate(pattern):
        depth += (sign in "([") - (sign in ")]")
        if sign == at and depth == 0:
            yield pattern[begun:place]
            begun = place + 1
    yield pattern[begun:]


def _beginning(alternative: str) -> str:
    """The letters with which an alternative surely begins; the last one does not count where it may be missing."""
    found = _BEGINNING.match(alternative)
    if found is None:
        return ""
    return found[0][:-1] if found[1] else found[0]


def _shortest_forms(pieces: tuple[str, ...]) -> tuple[str, ...]:
    """Without those that hold another one; nothing where an alternative has no piece."""
    if not all(pieces):
        return ()
    kept: list[str] = []
    for piece in sorted(set(pieces), key=len):
        if not any(one in piece for one in kept):
            kept.append(piece)
    return tuple(kept) if len(kept) <= _MOST else ()
