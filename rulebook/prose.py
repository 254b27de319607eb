"""Text made ready for checks: folded, cut into sentences, searched by phrases that tolerate how people write.

Every step keeps each character at its place, so that a span found here is a span of the text as it was written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from functools import cached_property, lru_cache, reduce
from operator import or_

from rulebook.domains import addresses, mailboxes
from rulebook.pieces import FEWER, LETTERS, keys_of

# More than the longest field takes. What lies beyond is refused for its length, and never costs time.
LONGEST_READ = 6_000

Span = tuple[int, int]

_SAME_SIGN = str.maketrans(
    dict.fromkeys("’‘ʼ´`", "'")
    | dict.fromkeys("“”„", '"')
    | dict.fromkeys("‐‑‒–—", "-")
    | dict.fromkeys("\u00a0\u2009\u202f", " ")
)
_END = re.compile(r"(?:[.!?;]['\")\]]*|:)(?=\s+['\"(\[]?[A-Z0-9\[])|[\r\n]+")
_NEXT_BEGINS = re.compile(r"\s+['\"(]?[A-Z]")
_ABBREVIATED = re.compile(
    r"(?:\b(?:msg|msgs|std|approx|e\.g|i\.e|no|vs|st|dr|mr|mrs|ms|inc|co|ltd|max|min|mo|wk|avg|tel)\.)$", re.I
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|nor|neither|none|nothing|nobody|without|cannot|instead of|rather than|\w+n't|dont|"
    r"doesnt|wont|isnt)\b"
)
_WORD = re.compile(r"\w+")
_GAP = re.compile(r"<(\d+)>")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a text; `lowered` stands at `start`."""

    start: int
    lowered: str


@dataclass(frozen=True, slots=True)
class Prose:
    """A text with its signs folded (`folded`), in lower case without addresses (`lowered`), and cut in sentences.

    `index` tells for the beginnings of words in which sentences they stand: bit n for sentence n.
    """

    folded: str
    lowered: str = field(repr=False, compare=False)
    sentences: tuple[Sentence, ...] = field(repr=False, compare=False)
    index: Mapping[str, int] = field(repr=False, compare=False)

    @property
    def blank(self) -> bool:
        return not self.folded.strip()

    def sentence_at(self, place: int) -> Sentence:
        """The sentence that a place of the text stands in."""
        return next(one for one in reversed(self.sentences) if one.start <= place)


@lru_cache(maxsize=512)
def prose(text: str) -> Prose:
    """The text ready to be searched."""
    folded = text[:LONGEST_READ].translate(_SAME_SIGN)
    lowered = _same_length_lower(_without_addresses(folded))
    sentences = tuple(Sentence(start, lowered[start:end]) for start, end in _cuts(folded))
    return Prose(folded, lowered, sentences, _index(sentences))


def _index(sentences: tuple[Sentence, ...]) -> dict[str, int]:
    index: dict[str, int] = {}
    for place, sentence in enumerate(sentences):
        beginnings = {word[:LETTERS] for word in _WORD.findall(sentence.lowered)}
        beginnings |= {beginning[:FEWER] for beginning in beginnings}
        for beginning in beginnings:
            index[beginning] = index.get(beginning, 0) | 1 << place
    return index


@dataclass(frozen=True)
class Phrase:
    """A phrase ready to be looked for: a sentence that holds it has for each set of `keys` a word that begins so.

    Its pattern is compiled when the first sentence may hold it: there are hundreds, a text needs some fifty, and every
    process would compile all of them at its start.
    """

    written: str
    keys: tuple[frozenset[str], ...]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self.written)

    def sentences(self, text: Prose) -> int:
        """The sentences of a text that may hold the phrase, as bits."""
        begun = text.index.keys()
        for keys in self.keys:
            if begun.isdisjoint(keys):  # so it is with most phrases: the cheapest question first
                return 0
        possible = (1 << len(text.sentences)) - 1
        for keys in self.keys:
            possible &= reduce(or_, map(text.index.__getitem__, begun & keys))
        return possible


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something a text can say, in whatever words.

    `phrases` are written for `phrase()`. `unless` are phrases that void the sentence. With `negatable`, a negation up
    to six words before does.
    """

    phrases: tuple[Phrase, ...]
    unless: tuple[Phrase, ...] = ()
    negatable: bool = False

    def among(self, beginnings: Set[str]) -> Meaning:
        """The row without the phrases that no text with these beginnings of words can hold."""
        possible = tuple(
            phrase for phrase in self.phrases if not any(beginnings.isdisjoint(keys) for keys in phrase.keys)
        )
        return Meaning(possible, self.unless, self.negatable)

    def spans(self, text: Prose) -> Iterator[Span]:
        """Where the text says it, sentence by sentence."""
        possible = [(phrase, where) for phrase in self.phrases if (where := phrase.sentences(text))]
        for place in _bits(reduce(or_, (where for _, where in possible), 0)):
            start, lowered = text.sentences[place].start, text.sentences[place].lowered
            here = (phrase for phrase, where in possible if where >> place & 1)
            found = [span for phrase in here if (span := self._first(phrase, lowered))]
            if found and not self._void(text, place):
                yield from ((start + first, start + last) for first, last in found)

    def span(self, text: Prose) -> Span | None:
        """The first place where the text says it."""
        return next(self.spans(text), None)

    def said(self, text: Prose) -> bool:
        return self.span(text) is not None

    def stands_in(self, sentence: Sentence) -> bool:
        """Whether a phrase stands in the sentence, whatever else it says."""
        return any(phrase.pattern.search(sentence.lowered) for phrase in self.phrases)

    def _first(self, phrase: Phrase, lowered: str) -> Span | None:
        for found in phrase.pattern.finditer(lowered):
            if not (self.negatable and negated(lowered, found.start())):
                return found.span()
        return None

    def _void(self, text: Prose, place: int) -> bool:
        lowered = text.sentences[place].lowered
        return any(one.sentences(text) >> place & 1 and one.pattern.search(lowered) for one in self.unless)


def _bits(number: int) -> Iterator[int]:
    """The places of the bits that are set, the lowest first."""
    while number:
        lowest = number & -number
        yield lowest.bit_length() - 1
        number ^= lowest


def meaning(*phrases: str, unless: tuple[str, ...] = (), negatable: bool = False) -> Meaning:
    """A row of a table of meanings."""
    return Meaning(tuple(map(phrase, phrases)), tuple(map(phrase, unless)), negatable)


def phrase(pattern: str) -> Phrase:
    """A phrase as a pattern, in words rather than signs.

    A blank is anything between two words, ` ?` perhaps nothing, `<3>` at most three words, `(a|b)` a choice.
    """
    spaced = _GAP.sub(
        lambda gap: rf"\W+(?:[\w'$%@]+\W+){{0,{gap[1]}}}?", pattern.strip().replace(" <", "<").replace("> ", ">")
    )
    grouped = re.sub(r"(?<!\\)\((?!\?)", "(?:", spaced)
    written = rf"(?<!\w)(?:{grouped.replace(' ?', r'\W*').replace(' ', r'\W+')})(?!\w)"
    return Phrase(written, tuple(sorted(keys_of(pattern), key=len)))  # the rarer beginnings first


def negated(lowered: str, position: int, words: int = 6) -> bool:
    """Whether a negation stands among the words just before the position, in the same clause."""
    clause = re.split(r"\bbut\b|[;:]", lowered[:position])[-1]
    return bool(_NEGATION.search(" ".join(clause.split()[-words:])))


def denied(lowered: str) -> bool:
    """Whether a clause holds any negation at all."""
    return bool(_NEGATION.search(lowered))


_LONGER_THAN_A_LABEL = 12


def quotations(text: Prose) -> tuple[Span, ...]:
    """What stands between quotation marks and is longer than a label."""
    quoted = (found.span(1) for found in re.finditer(r'"([^"]*)"', text.folded))
    spans = [(start, end) for start, end in quoted if end - start >= _LONGER_THAN_A_LABEL]
    return tuple(spans or _single_quoted(text.folded))


def part(text: Prose, span: Span) -> Prose:
    """A piece of a text, ready to be searched by itself; spans count from the piece's start."""
    return prose(text.folded[slice(*span)])


def masked(text: str, spans: tuple[Span, ...]) -> str:
    """The text with blanks in place of the spans."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _single_quoted(text: str) -> Iterator[Span]:
    opening = re.compile(r"(?:^|(?<=[\s(\[:]))'(?=\S)")
    # The apostrophe after a plural ("patients' visits") closes nothing while another mark follows.
    closing = re.compile(r"(?<=[^\s])'(?=[\s.,;:)\]!?]|$)")
    position = 0
    while (start := opening.search(text, position)) is not None:
        ends = list(closing.finditer(text, start.end()))
        following = opening.search(text, start.end())
        ends = [end for end in ends if following is None or end.start() < following.start()] or ends[:1]
        if not ends:
            return
        if ends[-1].start() - start.end() >= 12:
            yield start.end(), ends[-1].start()
        position = ends[-1].end()


def _without_addresses(folded: str) -> str:
    return masked(folded, tuple(address.span for address in addresses(folded)) + tuple(mailboxes(folded)))


def _same_length_lower(text: str) -> str:
    lowered = text.lower()
    if len(lowered) == len(text):
        return lowered
    return "".join(sign if len(sign.lower()) != 1 else sign.lower() for sign in text)


def _abbreviated(folded: str, end: re.Match[str]) -> bool:
    """Whether the full stop belongs to an abbreviation."""
    return end[0][0] == "." and _ABBREVIATED.search(folded[max(0, end.start() - 8) : end.start() + 1]) is not None


def _goes_on(folded: str, start: int, end: int) -> bool:
    """Whether a question or a heading of a word or two belongs to what follows it."""
    return folded[end - 1] in "?:" and len(folded[start:end].split()) < 4


def _cuts(folded: str) -> Iterator[Span]:
    """Sentences. An address ends one too, where the next word has a capital: people set no full stop after links."""
    start, linked = 0, [one.span[1] for one in addresses(folded) if _NEXT_BEGINS.match(folded, one.span[1])]
    stops = [found.end() for found in _END.finditer(folded) if not _abbreviated(folded, found)]
    for end in sorted({*stops, *linked}):
        if not _goes_on(folded, start, end):
            yield start, end
            start = end
    yield start, len(folded)
