"""Phrases as tables write them, and the beginnings of words by which a search for one is spared."""

import gc
import re
from importlib import import_module

import pytest

from rulebook.pieces import keys_of
from rulebook.prose import Phrase, meaning, phrase, prose

KEYS = {
    "(share|shares|sell) <4> partners?": [{"shar", "sell"}, {"part"}],
    "pre-?(checked|ticked)": [{"pre"}],
    "(a|an|the) box": [{"a", "an", "the"}, {"box"}],
    "web ?site": [{"web"}],
    "coins?|tokens?": [{"coin", "toke"}],
    "(full )?birthday": [{"full", "birt"}],
    "(?!one)\\w+ updates": [{"upda"}],
    "\\d+ (texts?|msgs?)": [{"text", "msg"}],
    "(\\d+|few)": [],
    "up to <2>": [{"up"}, {"to"}],
    "ads?": [],
}


@pytest.mark.parametrize("pattern", KEYS)
def test_a_phrase_knows_how_its_words_begin(pattern: str) -> None:
    assert list(keys_of(pattern)) == KEYS[pattern]


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
def test_no_key_hides_a_match(pattern: str, text: str) -> None:
    assert re.search(phrase(pattern).pattern, text)
    assert phrase(pattern).sentences(prose(text)) == 1


def test_a_sentence_is_void_by_what_else_it_says() -> None:
    row = meaning("share <3> partners", unless=("never share",))
    assert row.said(prose("We share it with partners."))
    assert not row.said(prose("We never share it with partners."))
    assert row.said(prose("We never share names. We share it with partners."))


def test_every_phrase_of_the_rulebook_is_a_pattern() -> None:
    """Most are compiled when a text first needs them; a slip in one must not wait for that."""
    import_module("rulebook.lint")
    phrases = [one for one in gc.get_objects() if isinstance(one, Phrase)]
    assert len(phrases) > 500
    assert all(one.pattern for one in phrases)
