import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.worddiff import MOST_TOKENS, Piece, worddiff

# Texts of few words meet each other often: that is where a difference goes wrong.
TEXTS = st.one_of(
    st.lists(st.sampled_from(["STOP", "text", " ", "  ", "\n", ".", ",", "https://a.example/b", "é", "😀"])).map(
        "".join
    ),
    st.text(max_size=60),
)


def without(kind: str, old: str, new: str) -> str:
    return "".join(piece.text for piece in worddiff(old, new).pieces if piece.kind != kind)


@given(TEXTS, TEXTS)
def test_without_what_came_it_is_the_old_text_and_without_what_went_the_new(old: str, new: str) -> None:
    assert without("added", old, new) == old
    assert without("removed", old, new) == new


@given(TEXTS)
def test_the_same_text_has_no_change(text: str) -> None:
    assert worddiff(text, text).is_empty


@given(TEXTS, TEXTS)
def test_no_two_neighbours_are_of_one_kind(old: str, new: str) -> None:
    kinds = [piece.kind for piece in worddiff(old, new).pieces]
    assert all(one != following for one, following in pairwise(kinds))


def test_a_word_is_replaced_whole() -> None:
    assert worddiff("Reply STOP to cancel.", "Reply STOP to opt out.").pieces == (
        Piece("kept", "Reply STOP to "),
        Piece("removed", "cancel"),
        Piece("added", "opt out"),
        Piece("kept", "."),
    )


def test_a_link_is_one_word_and_the_full_stop_after_it_is_not_the_links() -> None:
    assert worddiff("See https://a.example.", "See https://a.example/book.").pieces == (
        Piece("kept", "See "),
        Piece("removed", "https://a.example"),
        Piece("added", "https://a.example/book"),
        Piece("kept", "."),
    )


def test_the_blank_between_two_replaced_words_goes_with_them() -> None:
    assert worddiff("a box here", "two lids here").pieces == (
        Piece("removed", "a box"),
        Piece("added", "two lids"),
        Piece("kept", " here"),
    )


def test_it_counts_the_words_of_a_change() -> None:
    change = worddiff("Reply STOP to cancel.", "Reply STOP to opt out.")
    assert (change.words("added"), change.words("removed")) == (2, 1)


def distinct(start: int) -> str:
    return ",".join(chr(0x4E00 + start + place) for place in range(2048))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a " * 2048, "b a " * 1024),
        (distinct(0), distinct(0)[::-1]),
        # Every other word is kept: the most matches, each of one word.
        (
            " ".join(chr(0x4E00 + (place if place % 2 else place + 3000)) for place in range(2048)),
            " ".join(chr(0x4E00 + (place if place % 2 else place + 6000)) for place in range(2048)),
        ),
        ("!?" * 2048, "?!" * 2048),
    ],
    ids=["one word", "reversed", "every other word", "punctuation"],
)
def test_the_longest_field_twilio_takes_is_compared_in_a_few_seconds_at_worst(old: str, new: str) -> None:
    started = time.monotonic()
    worddiff(old[:4096], new[:4096])
    assert time.monotonic() - started < 5


def test_what_is_too_long_to_compare_is_shown_as_one_text_going_and_one_coming() -> None:
    old, new = "a " * MOST_TOKENS, "b " * MOST_TOKENS
    assert [piece.kind for piece in worddiff(old, new).pieces] == ["removed", "added", "kept"]
