"""How a row of the checklist is answered: by the recognisers of the checks, never by patterns of its own."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from rulebook.checks.disclosures import wording_given
from rulebook.checks.routes import opt_in_keywords, opt_in_path
from rulebook.findings import Finding
from rulebook.lint import check_of
from rulebook.prose import Meaning, Prose, prose, quotations
from rulebook.reading import Reading

LONGEST_QUOTE = 160
_CLAUSE = re.compile(r"(?<=[,;:])\s+|\s+(?=['\"(\[])")


class State(StrEnum):
    """MISSING: to be added or put right. UNKNOWN: no text can prove it. FOUND: the text says it."""

    MISSING = "missing"
    UNKNOWN = "unknown"
    FOUND = "found"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a text says to one row, with the words that say it."""

    state: State
    quote: str = ""


type Ask = Callable[[Reading], Answer]
type Said = Callable[[Prose, Reading], bool]
MISSING, UNKNOWN = Answer(State.MISSING), Answer(State.UNKNOWN)


def never(_: Reading) -> Answer:
    """No text can prove it."""
    return UNKNOWN


def worded(said: Said) -> Ask:
    """Found where the consent wording says it. A toll-free draft may leave the wording to its pictures."""

    def ask(reading: Reading) -> Answer:
        if not reading.reads_english:
            return UNKNOWN
        if said(reading.wording, reading):
            return Answer(State.FOUND, _quoted(reading, said))
        return UNKNOWN if _pictured(reading) else MISSING

    return ask


def sender(reading: Reading) -> Answer:
    """Found where the wording names the brand, where we know its name."""
    known = reading.submission.brand.name.strip()
    return worded(lambda text, of: of.brand.stands_in(text.folded))(reading) if known else UNKNOWN


def unspoiled(rule: str, proof: Meaning | None = None) -> Ask:
    """Missing where the check strikes, found where the text says that it is well, else not to be known."""

    def ask(reading: Reading) -> Answer:
        if (finding := _struck(rule, reading)) is not None:
            return Answer(State.MISSING, _at(reading, finding))
        span = proof.span(reading.opt_in) if proof else None
        return Answer(State.FOUND, _sentence_at(reading.opt_in, span[0])) if span else UNKNOWN

    return ask


def path(reading: Reading) -> Answer:
    """Found where the text tells where and how people sign up."""
    if not reading.reads_english:
        return UNKNOWN
    return Answer(State.FOUND) if opt_in_path(reading) else MISSING


def policies(reading: Reading) -> Answer:
    """Found where both policies are linked. For toll-free numbers nobody requires it of the text."""
    if not (reading.is_campaign and reading.reads_english):
        return UNKNOWN
    lacks = _struck("L11", reading) or not opt_in_path(reading)
    return MISSING if lacks else Answer(State.FOUND)


def evidence(reading: Reading) -> Answer:
    """Found where a page or a picture is given that a reviewer can open, as far as its address tells."""
    if (finding := _struck("L14", reading)) is not None:
        return Answer(State.MISSING, _at(reading, finding))
    shown = [address.text for address in reading.page_addresses] or list(reading.usable_images)
    return Answer(State.FOUND, shown[0]) if shown else MISSING


def keyword(reading: Reading) -> Answer:
    """Found where the text names the word that people send."""
    words = ", ".join(word for word, _ in opt_in_keywords(reading.opt_in))
    return Answer(State.FOUND, words) if words else MISSING


def declared(reading: Reading) -> Answer:
    """Found where the declared keywords are those of the text."""
    if not reading.submission.has("opt_in_keywords"):
        return UNKNOWN
    words = ", ".join(reading.submission.texts("opt_in_keywords"))
    return Answer(State.FOUND, words) if words and _struck("L13", reading) is None else MISSING


def undeclared(reading: Reading) -> Answer:
    """Found where no keyword is declared that nobody is told to send."""
    if not reading.submission.has("opt_in_keywords"):
        return UNKNOWN
    return MISSING if _struck("L13", reading) else Answer(State.FOUND)


def confirmed(reading: Reading) -> Answer:
    """Found where the reply to the keyword carries every disclosure."""
    field = "opt_in_message" if reading.is_campaign else "opt_in_confirmation_message"
    if not reading.submission.has(field):
        return UNKNOWN
    reply = reading.submission.text(field).strip()
    return Answer(State.FOUND if reply and _struck("L28", reading) is None else State.MISSING, _short(reply))


def script(reading: Reading) -> Answer:
    """Found where the spoken words are quoted."""
    spoken = [reading.opt_in.folded[slice(*span)] for span in quotations(reading.opt_in)]
    return Answer(State.FOUND, _short(spoken[0])) if spoken else MISSING


def _pictured(reading: Reading) -> bool:
    return not reading.is_campaign and bool(reading.usable_images) and not wording_given(reading)


def _struck(rule: str, reading: Reading) -> Finding | None:
    check = check_of(rule)
    return next(check.findings(reading), None) if check else None


def _at(reading: Reading, finding: Finding) -> str:
    """The words that a finding strikes; nothing where it speaks of a whole field."""
    text = reading.submission.text(finding.field)
    return _short(text[slice(*finding.span)]) if finding.span else ""


def _quoted(reading: Reading, said: Said) -> str:
    """The first sentence that says it, or its first clause that does where the sentence is long."""
    sentences = (_cut(reading.wording, one.start, one.lowered) for one in reading.wording.sentences)
    sentence = next((one for one in sentences if said(prose(one), reading)), "")
    clauses = _CLAUSE.split(sentence) if len(sentence) > LONGEST_QUOTE else [sentence]
    return _short(next((one for one in clauses if said(prose(one), reading)), sentence))


def _sentence_at(text: Prose, place: int) -> str:
    around = (one for one in text.sentences if one.start <= place < one.start + len(one.lowered))
    return _short(next((_cut(text, one.start, one.lowered) for one in around), ""))


def _cut(text: Prose, start: int, lowered: str) -> str:
    return text.folded[start : start + len(lowered)].strip()


def _short(text: str) -> str:
    text = text.strip("'\" \n")
    return text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 1].rstrip()}…"
