"""The opt-in checklist: which rows a type has, what the text shows of them, and which type a text describes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.checklist import ROWS, Line, checklist
from rulebook.checklist_answers import LONGEST_QUOTE, State
from rulebook.lint import lint
from rulebook.opt_in_types import OptInType, guess_type
from rulebook.submission import Submission
from tests.rulebook.drafts import CAMPAIGN, FLOW, LARKSPUR, LINKS, TOLLFREE, WORDING

WEB, KEYWORD, VERBAL, PAPER, QR = OptInType
DISCLOSURES = ("kind", "frequency", "rates", "stop", "help")


def draft(**over: Any) -> Submission:
    return Submission(kind="campaign", draft={**CAMPAIGN, **over}, brand=LARKSPUR)


def tollfree(**over: Any) -> Submission:
    return Submission(kind="tollfree", draft={**TOLLFREE, **over}, brand=LARKSPUR)


def line_of(submission: Submission, row: str, opt_in: OptInType = WEB) -> Line:
    return next(line for line in checklist(opt_in, submission) if line.row.id == row)


def states(submission: Submission, opt_in: OptInType = WEB) -> dict[str, State]:
    return {line.row.id: line.state for line in checklist(opt_in, submission)}


def test_every_row_names_its_source_and_what_to_do_next() -> None:
    assert len({row.id for row in ROWS}) == len(ROWS)
    for row in ROWS:
        assert row.source, row.id
        assert row.mend or row.show, row.id


def test_a_compliant_web_form_lacks_nothing() -> None:
    assert State.MISSING not in states(draft()).values()


def test_found_words_are_quoted() -> None:
    assert line_of(draft(), "frequency").answer.quote == "Message frequency varies."
    assert line_of(draft(), "page").answer.quote == "https://larkspurbikes.example/book"


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("frequency", "Message frequency varies. "),
        ("rates", "Message and data rates may apply. "),
        ("stop", "Reply STOP to opt out, "),
        ("help", ", HELP for help"),
        ("policies", LINKS),
        ("page", " on https://larkspurbikes.example/book"),
    ],
)
def test_what_is_left_out_is_missing_and_what_to_add_is_said(row: str, sentence: str) -> None:
    assert sentence in FLOW
    line = line_of(draft(message_flow=FLOW.replace(sentence, "")), row)
    assert line.state == State.MISSING
    assert line.next_step == line.row.mend


def test_missing_stands_above_what_a_picture_must_show_and_that_above_what_was_found() -> None:
    order = [line.state for line in checklist(WEB, draft(message_flow=FLOW.replace("Message frequency varies. ", "")))]
    assert order == sorted(order, key=list(State).index)
    assert set(order) == set(State)


@pytest.mark.parametrize(
    ("row", "flow", "quote"),
    [
        ("unticked", f"{FLOW} The box is already ticked.", "already ticked"),
        ("free", f"{FLOW} The box must be ticked to place an order.", ""),
        ("not_shared", f"{FLOW} We share numbers with our marketing partners.", "partners"),
    ],
)
def test_what_spoils_consent_is_missing_with_the_words_that_spoil_it(row: str, flow: str, quote: str) -> None:
    line = line_of(draft(message_flow=flow), row)
    assert line.state == State.MISSING
    assert quote in line.answer.quote


def test_a_denial_of_sharing_is_found() -> None:
    line = line_of(draft(message_flow=f"{FLOW} Numbers are never shared with third parties."), "not_shared")
    assert line.state == State.FOUND
    assert line.answer.quote == "Numbers are never shared with third parties."


def test_what_no_text_can_prove_is_to_be_shown() -> None:
    line = line_of(draft(), "at_the_control")
    assert (line.state, line.next_step) == (State.UNKNOWN, line.row.show)


def test_a_keyword_needs_to_be_told_declared_and_confirmed() -> None:
    told = f"Riders text PEDAL to (503) 555-0123; the poster https://larkspurbikes.example/p says: {WORDING} {LINKS}"
    reply = f"Larkspur Bike Repair: you get repair status texts. {WORDING.partition('. ')[2]}"
    complete = draft(message_flow=told, opt_in_keywords=["PEDAL"], opt_in_message=reply)
    assert State.MISSING not in states(complete, KEYWORD).values()
    bare = states(draft(message_flow=told), KEYWORD)
    assert (bare["keyword"], bare["keyword_declared"], bare["reply"]) == (State.FOUND, State.MISSING, State.MISSING)


def test_a_spoken_question_has_to_be_quoted() -> None:
    told = "By phone our receptionist asks every rider whether repair status texts are welcome and notes the answer."
    assert line_of(draft(message_flow=told), "script", VERBAL).state == State.MISSING
    assert line_of(draft(message_flow=f'{told} She asks: "{WORDING}"'), "script", VERBAL).state == State.FOUND


def test_pictures_may_carry_the_wording_of_a_toll_free_draft() -> None:
    pictured = states(tollfree(additional_information="Riders tick the box on the booking form, see the picture."))
    assert {pictured[row] for row in DISCLOSURES} == {State.UNKNOWN}


def test_nothing_is_missing_from_a_text_we_cannot_read() -> None:
    spanish = "Los clientes marcan una casilla opcional en la página de reservas para recibir mensajes del taller."
    read = states(draft(message_flow=spanish))
    assert {read[row] for row in DISCLOSURES} == {State.UNKNOWN}


def test_an_unknown_brand_is_not_held_against_the_text() -> None:
    nameless = Submission(kind="campaign", draft=CAMPAIGN)
    assert line_of(nameless, "sender").state == State.UNKNOWN


@pytest.mark.parametrize("row", DISCLOSURES)
def test_the_checklist_and_the_checks_agree(row: str) -> None:
    rule = {"kind": "L06", "frequency": "L07", "rates": "L08", "stop": "L09", "help": "L10"}[row]
    flows = [FLOW.replace(sentence, "") for sentence in WORDING.split(". ")]
    for flow in flows:
        submission = draft(message_flow=flow)
        missing = line_of(submission, row).state == State.MISSING
        assert missing == (rule in {finding.rule for finding in lint(submission)}), flow


@pytest.mark.parametrize(
    ("flow", "opt_in"),
    [
        (FLOW, WEB),
        ("", WEB),
        ("Riders text PEDAL to (503) 555-0123 to join. The word is on https://larkspurbikes.example too.", KEYWORD),
        ("The poster https://larkspurbikes.example/p.png asks riders to text PEDAL to 55512 to join.", KEYWORD),
        ("When riders book by phone, the clerk reads the question aloud and notes the answer.", VERBAL),
        ("Riders sign a paper form at the counter.", PAPER),
        ("A QR code at the desk opens https://larkspurbikes.example/join.", QR),
    ],
)
def test_the_type_is_read_from_what_the_text_tells_first(flow: str, opt_in: OptInType) -> None:
    assert guess_type(draft(message_flow=flow)) == opt_in


def test_a_declared_type_goes_before_the_text() -> None:
    assert guess_type(tollfree(opt_in_type="PAPER_FORM")) == PAPER
    assert guess_type(tollfree(opt_in_type="SOMETHING_NEW")) == WEB


@given(st.text(max_size=400), st.sampled_from(OptInType), st.sampled_from(["campaign", "tollfree"]))
def test_any_text_is_answered(text: str, opt_in: OptInType, kind: str) -> None:
    field = "message_flow" if kind == "campaign" else "additional_information"
    submission = Submission(kind=kind, draft={field: text}, brand=LARKSPUR)
    assert guess_type(submission) in OptInType
    assert all(len(line.answer.quote) <= LONGEST_QUOTE for line in checklist(opt_in, submission))


def test_a_row_whose_check_was_switched_off_is_left_out() -> None:
    silent = draft(message_flow=FLOW.replace("Message frequency varies.", ""))
    asked = {line.row.id for line in checklist(WEB, silent)}
    kept = {line.row.id for line in checklist(WEB, silent, frozenset({"L07"}))}
    assert asked - kept == {"frequency"}
