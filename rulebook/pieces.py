"""How the words of a phrase begin: where a text has no such words, the phrase need not be looked for.

A phrase is written as `prose.phrase` reads it. Its parts are words and choices of words that stand one after another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# So many letters of a word tell it from others well enough.
LETTERS, FEWER = 4, 3

_GAP = re.compile(r" ?<\d+> ?")
# Stands for ` ?`: what follows may be glued to the word before, and begins none of its own.
_GLUE = "~"
_WORD = re.compile(r"[a-z0-9]+")
_ENDS_WORD = re.compile(r"(?:[ '/&,-]|\\[^wds])(?![?*{])|$")
_MAY_BE_MISSING = ("?", "*", "{")


def keys_of(pattern: str) -> tuple[frozenset[str], ...]:
    """For each part of a phrase how its word begins: whatever matches holds a word from each of the sets.

    A part of which that cannot be said, because it may be missing or begin with anything, has no set.
    """
    marked = _GAP.sub(" ", pattern.strip()).replace(" ?", _GLUE)
    choices = list(_cut(marked, "|"))
    if len(choices) > 1:  # between whole phrases: their first words
        parts = [[key for choice in choices for key in _keys(next(_cut(choice, " ")))]]
    else:
        parts = list(map(_keys, _cut(marked, " ")))
    return tuple(frozenset(keys) for keys in parts if all(keys))


def _keys(part: str, rest: str = "") -> list[str]:
    """The keys of a part's alternatives, with what follows them; an empty one where it cannot be told."""
    if not part.startswith("("):
        return [_key(part + rest)]
    end = _closing(part)
    inside, rest = part[1:end], part[end + 1 :] + rest
    if inside.startswith("?"):  # what must not stand there
        return _keys(rest)
    keys = [key for alternative in _cut(inside, "|") for key in _keys(alternative, rest)]
    return keys + (_keys(rest[1:]) if rest.startswith(_MAY_BE_MISSING) else [])


def _key(words: str) -> str:
    """The first letters of the first word: all of a shorter one only if it ends there for certain."""
    found = _WORD.match(words)
    if found is None:
        return ""
    following = words[found.end() :]
    letters = found[0][:-1] if following.startswith(_MAY_BE_MISSING) else found[0]
    complete = letters == found[0] and _ENDS_WORD.match(following) is not None
    return letters[:LETTERS] if complete or len(letters) >= FEWER else ""


def _closing(part: str) -> int:
    """Where the first bracket of a part is closed."""
    depth = 0
    for place, sign in enumerate(part):
        depth += (sign == "(") - (sign == ")")
        if depth == 0:
            return place
    return len(part)


def _cut(pattern: str, at: str) -> Iterator[str]:
    """The pattern cut outside of brackets."""
    depth, begun = 0, 0
    for place, sign in enumerate(pattern):
        depth += (sign in "([") - (sign in ")]")
        if sign == at and depth == 0:
            yield pattern[begun:place]
            begun = place + 1
    yield pattern[begun:]
