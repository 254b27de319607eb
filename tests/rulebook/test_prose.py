"""Phrases as tables write them, and the pieces of words by which a search for one is spared."""

import re

import pytest

from rulebook.pieces import needed
from rulebook.prose import meaning, phrase, prose

PIECES = {
    "(share|shares|sell) <4> partners?": ("partner",),
    "pre-?(checked|ticked)": ("pre",),
    "(a|an|the) box": ("box",),
    "(loan|loans) (offers?|deals?)": ("loan",),
    "web ?site": ("site",),
    "coins?|tokens?": ("coin", "token"),
    "(full )?birthday": (),
    "\\d+ (texts?|msgs?)": ("msg", "text"),
    "(\\d+|a few)": (),
}


@pytest.mark.parametrize("pattern", PIECES)
def test_a_phrase_knows_what_it_cannot_do_without(pattern: str) -> None:
    assert set(needed(pattern)) == set(PIECES[pattern])


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(share|shares) <2> (number|numbers)", "we share your mobile numbers"),
        ("web ?site", "our website"),
        ("pre-?(checked|ticked)", "it is prechecked"),
        ("(list|text)s? only", "texts only"),
        ("(re)?newed", "newed"),
        ("enrol(l)?ed", "enroled"),
    ],
)
def test_no_piece_hides_a_match(pattern: str, text: str) -> None:
    assert re.search(phrase(pattern).pattern, text)
    assert phrase(pattern).stands_in(text)


def test_a_sentence_is_void_by_what_else_it_says() -> None:
    row = meaning("shar", "share <3> partners", unless=("never share",))
    assert row.said(prose("We share it with partners."))
    assert not row.said(prose("We never share it with partners."))
    assert row.said(prose("We never share names. We share it with partners."))
