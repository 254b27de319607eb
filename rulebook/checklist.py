"""What a reviewer looks for in an opt-in, by its type, and what of it the text shows.

The rows follow Twilio's error page 30924 and the pages beside it. What no text can prove is said to be so: then a
picture or a page has to show it.
"""

from collections.abc import Set
from dataclasses import dataclass, field
from datetime import date

from rulebook.checklist_answers import (
    Answer,
    Ask,
    State,
    confirmed,
    declared,
    evidence,
    keyword,
    never,
    path,
    policies,
    script,
    sender,
    undeclared,
    unspoiled,
    worded,
)
from rulebook.checks.check import CONSENT_PAGE, POLICY, SEEN
from rulebook.checks.forced_meanings import FREE, OWN_CONTROL
from rulebook.checks.meanings import frequency, help_or_contact, kind_of_messages, opt_out, rates
from rulebook.checks.mixing_meanings import SEPARATED, SHARING
from rulebook.opt_in_types import OptInType
from rulebook.prose import Prose
from rulebook.reading import Reading
from rulebook.submission import Submission

WEB_FORM, KEYWORD, VERBAL, PAPER, QR = OptInType
_WRITTEN = frozenset({WEB_FORM, PAPER, QR})
_ORDER = {state: place for place, state in enumerate(State)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing a reviewer looks for. `mend` says what to write where it is missing, `show` what proves it where no
    text can; empty where that state cannot be. `check` is the check that looks for the same, if there is one."""

    id: str
    says: str
    ask: Ask
    source: str
    mend: str = ""
    show: str = ""
    check: str = ""
    types: frozenset[OptInType] = field(default=frozenset(OptInType))
    seen: date = SEEN


@dataclass(frozen=True, slots=True)
class Line:
    """A row with what the text says to it."""

    row: Row
    answer: Answer

    @property
    def state(self) -> State:
        return self.answer.state

    @property
    def next_step(self) -> str:
        return {State.MISSING: self.row.mend, State.UNKNOWN: self.row.show, State.FOUND: ""}[self.state]


def checklist(opt_in: OptInType, submission: Submission, ignored: Set[str] = frozenset()) -> tuple[Line, ...]:
    """The rows of this type answered, missing ones first, within that in the table's order. Total, like the checks.
    A row whose check is `ignored` is left out: who switched the check off wants nobody to write for it."""
    reading = Reading(submission)
    rows = [row for row in ROWS if opt_in in row.types and row.check not in ignored]
    lines = [Line(row, row.ask(reading)) for row in rows]
    return tuple(sorted(lines, key=lambda line: _ORDER[line.state]))


def _names_kind(text: Prose, reading: Reading) -> bool:
    return kind_of_messages(text, reading.brand) is not None


_PICTURED = "Show a picture in which the whole wording can be read."
ROWS: tuple[Row, ...] = (
    # --- where and how ---
    Row(
        id="path",
        says="The text tells where and how people sign up.",
        ask=path,
        mend="Tell step by step where people meet the question and what they do to agree.",
        show="Tell it in English, step by step.",
        source="Twilio error page 30909",
    ),
    Row(
        id="page",
        check="L14",
        says="The address of the page is given, and it is a public one.",
        ask=evidence,
        mend="Give the https address of the page itself, or of a public screenshot of it.",
        types=frozenset({WEB_FORM, QR}),
        source=f"Twilio error pages 30891 and 30921; {CONSENT_PAGE}",
    ),
    Row(
        id="picture",
        check="L14",
        says="A public picture or page shows what people see.",
        ask=evidence,
        mend="Photograph the form, poster or card, put the picture on a public https address and give that.",
        types=frozenset({KEYWORD, PAPER}),
        source=f"Twilio error page 30921; {CONSENT_PAGE}",
    ),
    Row(
        id="qr_target",
        says="The code leads straight to the form or message that holds the wording.",
        ask=never,
        show="Show a picture of the printed code with the words beside it, and name the address it opens.",
        types=frozenset({QR}),
        source=POLICY,
    ),
    Row(
        id="keyword",
        says="The text names the keyword and how it is sent.",
        ask=keyword,
        mend="Write which word people send, and to which number.",
        types=frozenset({KEYWORD}),
        source="Twilio error pages 30909 and 30917",
    ),
    Row(
        id="keyword_declared",
        check="L13",
        says="The keyword of the text is among the declared opt-in keywords.",
        ask=declared,
        mend="The declared keywords and those of the text must be the same.",
        show="Twilio did not list the declared keywords.",
        types=frozenset({KEYWORD}),
        source="Twilio error page 30917",
    ),
    Row(
        id="keyword_undeclared",
        check="L13",
        says="No opt-in keyword is declared that nobody is told to send.",
        ask=undeclared,
        mend="Describe the sign-up by keyword, or register without opt-in keywords.",
        show="Twilio did not list the declared keywords.",
        types=_WRITTEN | {VERBAL},
        source="Twilio error page 30917",
    ),
    Row(
        id="reply",
        check="L28",
        says="The reply to the keyword repeats sender, kind, frequency, rates, STOP and HELP.",
        ask=confirmed,
        mend="Take the opt-in confirmation from this page.",
        show="Twilio did not show the reply.",
        types=frozenset({KEYWORD}),
        source=CONSENT_PAGE,
    ),
    Row(
        id="script",
        says="The spoken question is quoted word for word.",
        ask=script,
        mend="Quote what is said, in quotation marks, with everything the person hears before saying yes.",
        types=frozenset({VERBAL}),
        source=f"{CONSENT_PAGE}; Twilio error page 30909",
    ),
    Row(
        id="record",
        says="A spoken yes is recorded before the first message.",
        ask=never,
        show="Say who notes the yes, where it is kept, and that a no ends it.",
        types=frozenset({VERBAL}),
        source=POLICY,
    ),
    # --- the wording ---
    Row(
        id="sender",
        says="The wording names the sender.",
        ask=sender,
        mend="Name the brand as people know it.",
        show="Show a picture in which the brand's name can be read.",
        source=f"{POLICY}, 30551",
    ),
    Row(
        id="kind",
        check="L06",
        says="The wording says what kind of messages come.",
        ask=worded(_names_kind),
        mend="Say what is sent: reminders of what, offers of what, codes for what.",
        show=_PICTURED,
        source=CONSENT_PAGE,
    ),
    Row(
        id="frequency",
        check="L07",
        says="The wording says how often messages come.",
        ask=worded(lambda text, _: frequency(text)),
        mend="Give a number for a period, or say that the frequency varies.",
        show=_PICTURED,
        source=CONSENT_PAGE,
    ),
    Row(
        id="rates",
        check="L08",
        says="The wording says that message and data rates may apply.",
        ask=worded(lambda text, _: rates(text)),
        mend="Add: Message and data rates may apply.",
        show=_PICTURED,
        source=CONSENT_PAGE,
    ),
    Row(
        id="stop",
        check="L09",
        says="The wording says which word ends the messages.",
        ask=worded(lambda text, _: opt_out(text)),
        mend="Add: Reply STOP to opt out.",
        show=_PICTURED,
        source=CONSENT_PAGE,
    ),
    Row(
        id="help",
        check="L10",
        says="The wording offers HELP or a contact.",
        ask=worded(lambda text, _: help_or_contact(text)),
        mend="Add: Reply HELP for help.",
        show=_PICTURED,
        source=f"{POLICY}, 30570",
    ),
    Row(
        id="policies",
        check="L11",
        says="Privacy policy and terms are linked beside the wording.",
        ask=policies,
        mend="Write both addresses after the wording, or that both links stand beside it.",
        show="Show a picture on which both links stand beside the wording.",
        source=f"{POLICY}, 30549 and 30550",
    ),
    Row(
        id="at_the_control",
        says="The wording stands right at the control, not in a linked document.",
        ask=never,
        show="Show a screenshot with the wording and the box or button in one view.",
        types=_WRITTEN,
        source=CONSENT_PAGE,
    ),
    Row(
        id="at_the_keyword",
        says="The wording stands wherever the keyword is advertised.",
        ask=never,
        show="Show the poster, page or card on which people read the keyword.",
        types=frozenset({KEYWORD}),
        source=CONSENT_PAGE,
    ),
    # --- the choice ---
    Row(
        id="unticked",
        check="L12",
        says="The box is empty until the person ticks it.",
        ask=unspoiled("L12", OWN_CONTROL),
        mend="Let the box start empty, and say so.",
        show="Say that the box starts empty, and show it so.",
        types=frozenset({WEB_FORM, QR}),
        source="Twilio error page 30925",
    ),
    Row(
        id="free",
        check="L50",
        says="People can go on without agreeing.",
        ask=unspoiled("L50", FREE),
        mend="Make it a free choice: nothing else may hang on it.",
        show="Say that agreeing is optional.",
        types=_WRITTEN | {VERBAL},
        source="Twilio error page 30931",
    ),
    Row(
        id="separate",
        check="L51",
        says="Consent stands apart from terms and contracts.",
        ask=unspoiled("L51", SEPARATED),
        mend="Give the texts a box or signature of their own.",
        show="Show that the texts have a box or signature of their own.",
        types=_WRITTEN,
        source="Twilio error page 30923",
    ),
    Row(
        id="one_purpose",
        check="L52",
        says="One consent covers texts alone, for one purpose.",
        ask=unspoiled("L52", SEPARATED),
        mend="Ask apart for e-mail and calls, and apart for marketing and service messages.",
        show="Show that e-mail, calls and marketing are asked for apart, where there are any.",
        source="Twilio error pages 30556 and 30913",
    ),
    Row(
        id="not_shared",
        check="L15",
        says="Numbers and consent are not handed on.",
        ask=unspoiled("L15", SHARING),
        mend="Say that numbers and consent are not shared with or sold to anybody, and keep to it.",
        show="Say it in the text too, not only in the privacy policy.",
        source="Twilio error page 30932",
    ),
)
