"""The letter by itself: what stands in it for each kind, and what hostile text cannot do to it."""

from dataclasses import replace

import pytest
from django.core.mail import EmailMessage

from reviews.letters import GAPS, LONGEST_LETTER, TICKET, WHY, Facts, Said, gaps_in, one_line, write

TOLLFREE = Facts(
    kind="tollfree",
    label="Toll-free",
    is_suspended=False,
    business="Tallgrass Credit Union",
    number="+18885550144",
    sids=[("Account", "AC01"), ("Verification", "HH01")],
    twilio_status="TWILIO_REJECTED",
    since="17 Nov 2026",
    reasons=[Said(30459, "Content Violation - SHAFT - CBD/Marijuana", "Cannabis or CBD. The program sells it.")],
    submitted=[("Use case summary", "Appointments."), ("Sample message", "First line\nSecond line")],
    findings=["The sample has a link without https."],
    evidence=["https://tallgrass.example/optin.png"],
    signed="Ana Ruiz",
)

SUBJECTS = {
    "toll-free, as Twilio's article gives it": (
        TOLLFREE,
        "Toll-Free Verification Rejection Appeal for Tallgrass Credit Union",
    ),
    "toll-free without a name": (
        replace(TOLLFREE, business=""),
        "Toll-Free Verification Rejection Appeal for +18885550144",
    ),
    "campaign": (replace(TOLLFREE, kind="campaign"), "A2P Campaign Rejection Appeal for Tallgrass Credit Union"),
    "brand": (replace(TOLLFREE, kind="brand"), "A2P Brand Registration Rejection Appeal for Tallgrass Credit Union"),
    "campaign suspended": (
        replace(TOLLFREE, kind="campaign", is_suspended=True),
        "A2P Campaign Suspension Appeal for Tallgrass Credit Union",
    ),
    "brand suspended": (
        replace(TOLLFREE, kind="brand", is_suspended=True),
        "A2P Brand Suspension Appeal for Tallgrass Credit Union",
    ),
    "a kind to come": (replace(TOLLFREE, kind="shortcode"), "A2P Registration Appeal for Tallgrass Credit Union"),
    "nothing known": (
        replace(TOLLFREE, business=" ", number=""),
        "Toll-Free Verification Rejection Appeal for an unnamed business",
    ),
}


@pytest.mark.parametrize("story", SUBJECTS)
def test_the_subject_says_what_is_appealed_and_for_whom(story: str) -> None:
    facts, subject = SUBJECTS[story]
    assert write(facts).subject == subject


def test_the_letter_holds_what_an_appeal_has_to_name() -> None:
    text = write(TOLLFREE).text
    for said in (
        "Business: Tallgrass Credit Union",
        "Number: +18885550144",
        "Account SID: AC01",
        "Verification SID: HH01",
        "State: TWILIO_REJECTED, since 17 Nov 2026",
        "1. 30459: “Content Violation - SHAFT - CBD/Marijuana”",
        "We take it to mean: Cannabis or CBD. The program sells it.",
        "Use case summary: Appointments.",
        "- The sample has a link without https.",
        "- https://tallgrass.example/optin.png",
        "Ana Ruiz",
    ):
        assert said in text
    assert gaps_in(text) == list(GAPS), "what only a person knows is theirs to fill in"


def test_a_suspension_is_no_rejection() -> None:
    text = write(replace(TOLLFREE, is_suspended=True, reasons=[])).text
    assert "the suspension below" in text
    assert "None. Please name the reason." in text
    assert "rejection" not in text


def test_parts_without_content_are_left_out() -> None:
    text = write(replace(TOLLFREE, submitted=[], findings=None, evidence=[])).text
    assert "What was submitted" not in text
    assert "our own checks" not in text
    assert "Evidence" not in text
    clean = write(replace(TOLLFREE, findings=[])).text
    assert "Nothing that speaks against it." in clean
    assert gaps_in(clean) == [WHY, TICKET]


HOSTILE = "Evil\r\nBcc: everybody@evil.example\r\n\r\nBody\u202e\u2028\x00\x1b[31m"


def test_no_name_becomes_a_header() -> None:
    subject = write(replace(TOLLFREE, business=HOSTILE)).subject
    assert subject == "Toll-Free Verification Rejection Appeal for Evil Bcc: everybody@evil.example Body [31m"
    sent = EmailMessage(subject, "x", "a@isv.example", ["b@twilio.example"]).message().as_string()
    assert not [line for line in sent.splitlines() if line.startswith("Bcc:")]


def test_no_submitted_text_passes_for_a_line_of_the_letter() -> None:
    facts = replace(
        TOLLFREE,
        reasons=[Said(None, HOSTILE, HOSTILE)],
        submitted=[("Sample", "One\n\nWhy we disagree\nWe do not.\n\nKind regards")],
        signed=HOSTILE,
    )
    lines = write(facts).text.splitlines()
    assert lines.count("Why we disagree") == 1
    assert lines.count("Kind regards") == 1
    assert not [line for line in lines if line.startswith("Bcc:")]
    assert not any(char in "\u202e\u2028\x00\x1b\r" for line in lines for char in line)


def test_a_letter_has_an_end() -> None:
    endless = replace(TOLLFREE, business="x" * 9999, submitted=[("Sample", "y" * 99_999)] * 20)
    letter = write(endless)
    assert len(letter.subject) <= 250
    assert len(letter.text) <= LONGEST_LETTER


@pytest.mark.parametrize("text", ["", "\n", "\u200b", "  a  b ", "München – 日本"])
def test_one_line_keeps_what_can_be_read(text: str) -> None:
    assert one_line(text) == " ".join(text.replace("\u200b", "").split())
