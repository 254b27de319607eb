"""The ways to agree to texts, and which of them a text describes."""

from collections.abc import Iterator
from enum import StrEnum

from rulebook.checks.routes import keyword_route, opt_in_keywords
from rulebook.prose import Meaning, meaning
from rulebook.reading import Reading
from rulebook.submission import Submission


class OptInType(StrEnum):
    """How people agree. The members stand in the order in which pages offer them."""

    WEB_FORM = "web_form"
    KEYWORD = "keyword"
    VERBAL = "verbal"
    PAPER = "paper"
    QR = "qr"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    OptInType.WEB_FORM: "Web form",
    OptInType.KEYWORD: "Keyword",
    OptInType.VERBAL: "Spoken",
    OptInType.PAPER: "Paper",
    OptInType.QR: "QR code",
}
# Twilio's words for a toll-free verification. Source: www.twilio.com/docs/messaging/api/tollfree-verification-resource
_DECLARED = {
    "WEB_FORM": OptInType.WEB_FORM,
    "VIA_TEXT": OptInType.KEYWORD,
    "VERBAL": OptInType.VERBAL,
    "PAPER_FORM": OptInType.PAPER,
    "MOBILE_QR_CODE": OptInType.QR,
}
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf")
_TOLD: dict[OptInType, Meaning] = {
    OptInType.QR: meaning("qr( code)?s?"),
    OptInType.VERBAL: meaning(
        "(verbal|verbally|oral|orally|aloud|spoken|out loud)",
        "(over|on|by) (the )?(phone|telephone)",
        "(in|during|on) (a|the|each|every) <1> (phone )?call",
        "(agent|clerk|receptionist|representative|cashier|operator|technician|nurse|teller|hosts?|staff) <2> asks?",
        negatable=True,
    ),
    OptInType.PAPER: meaning(
        "(paper|printed|handwritten|hand-written) <2> (form|card|sheet|slip|packet|consent|agreement|questionnaire)s?",
        "(on|with|in) (paper|a clipboard|pen|ink|writing)",
        "(intake|registration|sign-?up|comment) (card|sheet|slip|packet)s?",
        negatable=True,
    ),
}


def guess_type(submission: Submission) -> OptInType:
    """The type that is declared, else the one that the text tells first; a web form where it tells none."""
    declared = _DECLARED.get(submission.text("opt_in_type"))
    told = sorted(_places(Reading(submission)))
    return declared or (told[0][1] if told else OptInType.WEB_FORM)


def _places(reading: Reading) -> Iterator[tuple[int, OptInType]]:
    """Where the text tells of each type for the first time."""
    for kind, row in _TOLD.items():
        yield from ((start, kind) for start, _ in row.spans(reading.opt_in))
    yield from ((span[0], OptInType.KEYWORD) for _, span in opt_in_keywords(reading.opt_in))
    for address in reading.page_addresses:
        if not address.text.lower().endswith(_PICTURES):
            yield address.span[0], OptInType.WEB_FORM
    if keyword_route(reading):
        yield len(reading.opt_in.folded), OptInType.KEYWORD
