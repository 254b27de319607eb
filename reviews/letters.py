"""The letter of an appeal, written from what is known of a review. Pure: facts in, subject and text out."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rulebook.appeals import subject_for

LONGEST_NAME, LONGEST_VALUE, LONGEST_LETTER = 150, 4500, 40_000
# What only a person knows. A letter that still holds one of these is not finished.
WHY = "[Say here, reason by reason, what was misread and what shows it.]"
TICKET = "[ticket number, or none]"
OURS = "[Found by our own checks: keep what helps the appeal, take out the rest and this line.]"
GAPS = (WHY, TICKET, OURS)


@dataclass(frozen=True, slots=True)
class Said:
    """One reason of the reviewer: its number, Twilio's words, and what we take it to mean."""

    code: int | None
    words: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What the letter is written from."""

    kind: str
    # What it is called in the letter: "Toll-free", "Campaign", "Brand".
    label: str
    is_suspended: bool
    # The business's name, or the number where Twilio knows no name.
    business: str
    number: str
    sids: Sequence[tuple[str, str]]
    twilio_status: str
    since: str
    reasons: Sequence[Said]
    submitted: Sequence[tuple[str, str]]
    # What our checks say of the text that stands; None where there is no text to check.
    findings: Sequence[str] | None
    evidence: Sequence[str]
    signed: str


@dataclass(frozen=True, slots=True)
class Letter:
    subject: str
    text: str


def write(facts: Facts) -> Letter:
    """The letter, with gaps in [brackets] for what only a person knows."""
    parts = [_opening(facts), _what(facts), _reasons(facts), f"Why we disagree\n{WHY}"]
    parts += [_submitted(facts), _findings(facts), _evidence(facts), _closing(facts)]
    return Letter(_subject(facts), "\n\n".join(filter(None, parts))[:LONGEST_LETTER])


def gaps_in(text: str) -> list[str]:
    """What is still to be filled in."""
    return [gap for gap in GAPS if gap in text]


def one_line(text: str) -> str:
    """The text as a header may carry it: one line, no control or invisible characters."""
    plain = "".join(" " if unicodedata.category(char)[0] in "CZ" else char for char in text)
    return re.sub(r" +", " ", plain).strip()


def _subject(facts: Facts) -> str:
    business = one_line(facts.business)[:LONGEST_NAME] or one_line(facts.number) or "an unnamed business"
    return subject_for(facts.kind, business, is_suspended=facts.is_suspended)


def _opening(facts: Facts) -> str:
    if facts.is_suspended:
        return "Hello,\n\nplease look again at the suspension below, and tell us what was seen and what would lift it."
    return "Hello,\n\nwe appeal the rejection below and ask you to review it again."


def _what(facts: Facts) -> str:
    number = f"Number: {one_line(facts.number)}" if facts.number and facts.number != facts.business else ""
    since = f", since {facts.since}" if facts.since else ""
    lines = [
        f"Business: {one_line(facts.business)}",
        number,
        *(f"{word} SID: {one_line(sid)}" for word, sid in facts.sids),
        f"State: {one_line(facts.twilio_status) or 'none given'}{since}",
        f"Original ticket: {TICKET}",
    ]
    return "\n".join(filter(None, lines))


def _reasons(facts: Facts) -> str:
    if not facts.reasons:
        return "Reasons given\nNone. Please name the reason."
    return "\n".join(["Reasons given", *(_reason(number, said) for number, said in enumerate(facts.reasons, 1))])


def _reason(number: int, said: Said) -> str:
    code = str(said.code or "no number")
    words = one_line(said.words)
    quoted = f"{number}. {code}: “{words}”" if words else f"{number}. {code}"
    return f"{quoted}\n   We take it to mean: {one_line(said.meaning)}" if said.meaning else quoted


def _submitted(facts: Facts) -> str:
    if not facts.submitted:
        return ""
    return "\n".join(["What was submitted", *(_field(label, value) for label, value in facts.submitted)])


def _field(label: str, value: str) -> str:
    """A text of several lines is set in, so that none of its lines passes for one of the letter's."""
    lines = [one_line(line) for line in value[:LONGEST_VALUE].splitlines()]
    if len(lines) < 2:
        return f"{label}: {''.join(lines)}"
    return "\n".join([f"{label}:", *(f"   {line}" for line in lines if line)])


def _findings(facts: Facts) -> str:
    if facts.findings is None:
        return ""
    lines = [OURS, *(f"- {one_line(finding)}" for finding in facts.findings)]
    found = lines if facts.findings else ["Nothing that speaks against it."]
    return "\n".join(["What our own checks of this text found", *found])


def _evidence(facts: Facts) -> str:
    return "\n".join(["Evidence", *(f"- {one_line(link)}" for link in facts.evidence)]) if facts.evidence else ""


def _closing(facts: Facts) -> str:
    return "\n".join(_farewell(facts))


def _farewell(facts: Facts) -> Iterator[str]:
    yield "If anything is missing, please write to us before the case is closed."
    yield ""
    yield "Kind regards"
    yield one_line(facts.signed)
