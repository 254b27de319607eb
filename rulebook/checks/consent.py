"""L12, L15, L50 to L52: consent that is not free, not separate, not unticked, or handed on to others."""

import re
from collections.abc import Iterator

from rulebook.checks.check import Check, Hit
from rulebook.checks.consent_meanings import BUNDLED, PRECHECKED, UNTICKED_BY_REFUSAL
from rulebook.checks.forced_meanings import (
    BLOCKED,
    CHOSEN,
    FREE,
    MUST,
    OF_CODES,
    OWN_CONTROL,
    SINGLE_PURPOSE,
    TAKEN,
)
from rulebook.checks.mixing_meanings import CARRIER, CHANNELS, CONSENTS, KEPT_OUT, PURPOSES, SEPARATED, SHARING
from rulebook.prose import Meaning, Prose, Sentence, Span, denied, negated
from rulebook.reading import Reading


def _prechecked(reading: Reading) -> Iterator[Hit]:
    text = reading.opt_in
    on = (span for span in PRECHECKED.spans(text) if not _NOTHING_ON.search(text.lowered, *span))
    span = next(on, None) or UNTICKED_BY_REFUSAL.span(text)
    if span:
        yield Hit(reading.opt_in_field, "The consent box is on before the person acts; it must start empty.", span)


# "begins with nothing chosen".
_NOTHING_ON = re.compile(r"\b(?:nothing|no|none|not|never|neither|nobody|blank|empty|vacant)\b|n't\b")


def _forced(reading: Reading) -> Iterator[Hit]:
    text = reading.opt_in
    for row, chosen in ((MUST, _not_needed), (BLOCKED, _free), (TAKEN, _chosen)):
        for sentence, span in _sentences(text, row):
            if not chosen(sentence, span, text):
                message = "People cannot go on without agreeing to texts; consent must be a free choice."
                yield Hit(reading.opt_in_field, message, span)
                return


_NOT = re.compile(r"\b(?:not|never|no|nobody|nothing|neither)\b|n't\b")
_NO_CHOICE = re.compile(r"\b(?:no|without) (?:separate|way|option|extra|additional|other|own|further|any)\b")
_NO_BOX = re.compile(r"\b(?:no|without an?) (?:\w+ )?(?:box|checkbox|check box|tick)\b")
# What must be ticked is an age, not a consent.
_OF_AGE = re.compile(r"(?:\W+[\w']+){0,6}?\W+(?:18|21|of age|age|aged|older|adults?|birth|birthday|years)\b")


def _free(sentence: Sentence, span: Span, _: Prose) -> bool:
    """Whether the sentence says that agreeing is no condition."""
    return negated(sentence.lowered, span[0] - sentence.start) or FREE.stands_in(sentence)


def _not_needed(sentence: Sentence, span: Span, text: Prose) -> bool:
    """Whether nobody must, or what one must confirm is one's age."""
    return (
        _free(sentence, span, text)
        or _NOT.search(_words(sentence, span)) is not None
        or _OF_AGE.match(sentence.lowered, span[1] - sentence.start) is not None
    )


# How far a choice may be told after the deed ("are added once they have ticked the box").
_NEXT_WORDS = 40


def _chosen(sentence: Sentence, span: Span, text: Prose) -> bool:
    """Whether the deed is a choice: it has a control of its own, no other purpose, or asks for a code."""
    words = _words(sentence, span)
    around = _NO_BOX.sub(" ", _words(sentence, (span[0], span[1] + _NEXT_WORDS)))
    if _free(sentence, span, text) or CHOSEN.search(around) or (_NOT.search(words) and not _NO_CHOICE.search(words)):
        return True
    if re.search(r"\bautomatic|\bcondition|^(?:every|any|all)", words):
        return False
    return any(row.said(text) for row in (SINGLE_PURPOSE, OWN_CONTROL, OF_CODES))


def _words(sentence: Sentence, span: Span) -> str:
    return sentence.lowered[span[0] - sentence.start : span[1] - sentence.start]


def _sentences(text: Prose, row: Meaning) -> Iterator[tuple[Sentence, Span]]:
    """Every place of a meaning with its sentence."""
    for span in row.spans(text):
        yield text.sentence_at(span[0]), span


def _bundled(reading: Reading) -> Iterator[Hit]:
    for sentence, span in _sentences(reading.opt_in, BUNDLED):
        before, words = span[0] - sentence.start, slice(span[0] - sentence.start, span[1] - sentence.start)
        if not denied(sentence.lowered[:before][-40:]) and not denied(sentence.lowered[words]):
            yield Hit(
                reading.opt_in_field,
                "Agreement to texts is folded into accepting terms or a contract; give it a box of its own.",
                span,
            )
            return


def _mixed(reading: Reading) -> Iterator[Hit]:
    text = reading.opt_in
    for row, message in (
        (CHANNELS, "One control covers texts together with e-mail or calls; ask for texts separately."),
        (PURPOSES, "One control covers marketing together with service messages; ask for each separately."),
    ):
        for sentence, span in _sentences(text, row):
            if CONSENTS.search(sentence.lowered) and not SEPARATED.said(text):
                yield Hit(reading.opt_in_field, message, span)
                return


def _sharing(reading: Reading) -> Iterator[Hit]:
    for sentence, span in _sentences(reading.without_brand(reading.opt_in), SHARING):
        clause = _clause(sentence.lowered, span[0] - sentence.start, span[1] - sentence.start)
        if not denied(clause) and not KEPT_OUT.search(clause) and not CARRIER.search(clause):
            suggestion = "Mobile numbers and consent are not shared with or sold to third parties or affiliates."
            yield Hit(
                reading.opt_in_field,
                "Numbers or consent go to other companies, or texts come from them.",
                span,
                suggestion,
            )
            return


def _clause(lowered: str, start: int, end: int) -> str:
    """The clause around a place: an exception or a "but" begins a new one."""
    cuts = [
        found.start() for found in re.finditer(r"\bbut\b|\bhowever\b|\bexcept\b|\balthough\b|\bother than\b|;", lowered)
    ]
    first = max((cut for cut in cuts if cut <= start), default=0)
    last = min((cut for cut in cuts if cut >= end), default=len(lowered))
    return lowered[first:last]


CHECKS = (
    Check(
        id="L12", issue="prechecked_consent", look=_prechecked, codes=(30925, 30508), source="Twilio error page 30925"
    ),
    Check(
        id="L50", issue="forced_consent", look=_forced, codes=(30931, 30505, 30475), source="Twilio error page 30931"
    ),
    Check(id="L51", issue="bundled_consent", look=_bundled, codes=(30923, 30446), source="Twilio error page 30923"),
    Check(id="L52", issue="mixed_consent", look=_mixed, codes=(30556, 30913), source="Twilio error page 30913"),
    Check(id="L15", issue="third_party_sharing", look=_sharing, codes=(30932, 30477), source="Twilio error page 30932"),
)
