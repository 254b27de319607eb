"""The wordings to copy: our own checks find nothing in them, whatever the brand, the kind and the frequency."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.findings import Finding
from rulebook.lint import lint
from rulebook.opt_in_types import OptInType
from rulebook.submission import Business, Submission
from rulebook.wording import (
    KINDS,
    Frequency,
    consent_sentence,
    help_reply,
    kind_for,
    opt_in_confirmation,
    stop_reply,
)
from tests.rulebook.drafts import CAMPAIGN

BRANDS = [
    Business("Larkspur Bike Repair", "https://larkspurbikes.example"),
    Business("Öresund Dental & Family Care, PLLC", "https://oresund-dental.example"),
    Business("7 Hills Co-op", "https://7hills.example"),
    Business("Mossy Elm Community Library Association of Upper Penobscot County", "https://mossyelm.example"),
]
CONTACTS = ["care@larkspur.example", "(503) 555-0123", "https://larkspur.example/help"]
LED_TO_BY = {
    OptInType.WEB_FORM: "Riders tick an empty, optional box on {site}/book that says:",
    OptInType.KEYWORD: "A poster in the shop, shown on {site}/poster.png, says:",
    OptInType.VERBAL: "When riders book by phone, the clerk asks, and notes the answer:",
    OptInType.PAPER: "Riders tick an empty box on the paper form at the counter, which says:",
    OptInType.QR: "A QR code on the poster opens {site}/join, where an empty box says:",
}


def found_in(brand: Business, opt_in: OptInType, kind: str, often: Frequency, contact: str) -> tuple[Finding, ...]:
    """What the checks say of a campaign that takes every wording from us; the rest of it is not looked at."""
    keyword = "PEDAL" if opt_in == OptInType.KEYWORD else ""
    links = (f"{brand.website}/terms", f"{brand.website}/privacy")
    consent = consent_sentence(brand.name, kind, often, opt_in, *links, keyword=keyword)
    taken = {
        "message_flow": f'{LED_TO_BY[opt_in].format(site=brand.website)} "{consent.replace("[number]", "55512")}"',
        "opt_in_message": opt_in_confirmation(brand.name, kind, often),
        "help_message": help_reply(brand.name, contact),
        "opt_out_message": stop_reply(brand.name),
        "opt_in_keywords": [keyword] if keyword else [],
        "terms_and_conditions_url": links[0],
        "privacy_policy_url": links[1],
    }
    findings = lint(Submission(kind="campaign", draft={**CAMPAIGN, **taken}, brand=brand))
    return tuple(finding for finding in findings if finding.field in taken)


@pytest.mark.parametrize("brand", BRANDS, ids=lambda brand: brand.name.split()[0])
@pytest.mark.parametrize("opt_in", OptInType)
def test_the_checks_find_nothing_in_any_of_them(brand: Business, opt_in: OptInType) -> None:
    for kind, often in product(KINDS, Frequency):
        assert not found_in(brand, opt_in, kind, often, CONTACTS[0]), (kind, often)


@pytest.mark.parametrize("contact", CONTACTS)
def test_any_way_to_be_reached_completes_the_help_reply(contact: str) -> None:
    assert contact in help_reply("Larkspur Bike Repair", contact)
    assert not found_in(BRANDS[0], OptInType.WEB_FORM, KINDS[0], Frequency.VARIES, contact)


def test_what_is_not_known_stands_in_brackets() -> None:
    sentence = consent_sentence("", "", Frequency.VARIES, OptInType.KEYWORD, "", "")
    for blank in ("[brand]", "[kind of messages]", "[keyword]", "[number]", "[terms address]", "[privacy address]"):
        assert blank in sentence
    assert "[phone, e-mail or web address]" in help_reply("Larkspur", "")


def test_a_use_case_says_what_is_likely_sent() -> None:
    assert kind_for("2FA") == "one-time passcodes"
    assert kind_for("LOW_VOLUME") == kind_for("") == KINDS[0]


@given(st.text(max_size=300), st.text(max_size=300), st.text(max_size=300), st.sampled_from(Frequency))
def test_replies_keep_to_twilios_lengths_whatever_is_put_in(
    brand: str, kind: str, contact: str, often: Frequency
) -> None:
    for reply in (opt_in_confirmation(brand, kind, often), help_reply(brand, contact), stop_reply(brand)):
        assert 20 <= len(reply) <= 320
        assert "\n" not in reply
