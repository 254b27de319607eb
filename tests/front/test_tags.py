import re
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from heroicons import IconDoesNotExist

from reviews.templatetags import desk

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
EVIL = "<script>alert('x')</script>"


def render(source: str, **context: object) -> str:
    return Template("{% load desk %}" + source).render(Context({"now": NOW, **context}))


@pytest.mark.parametrize(
    ("status", "kind", "word"),
    [
        ("needs_fix", "fix", "Needs fix"),
        ("needs_decision", "decide", "Needs decision"),
        ("in_review", "review", "In review"),
        ("approved", "approved", "Approved"),
        ("stopped", "stopped", "Stopped"),
        ("draft", "draft", "Draft"),
        ("unknown", "unknown", "Unknown"),
    ],
)
def test_a_badge_has_a_shape_and_a_word_and_keeps_twilios_word(status: str, kind: str, word: str) -> None:
    html = render("{% badge status 'FAILED' %}", status=status)
    assert f'class="badge badge-{kind}"' in html
    assert "<svg" in html
    assert 'title="FAILED"' in html
    assert html.endswith(f"{word}</span>")


def test_a_status_nobody_knows_is_shown_as_unknown_and_named() -> None:
    assert 'title="half_done"' in render("{% badge 'half_done' %}")


def test_every_status_has_a_shape_of_its_own() -> None:
    drawings = {
        desk.icon(f"state-{kind}") for kind in ("fix", "decide", "review", "approved", "stopped", "draft", "unknown")
    }
    assert len(drawings) == 7


def test_an_icon_nobody_drew_is_an_error() -> None:
    with pytest.raises(IconDoesNotExist):
        render("{% icon 'no-such-icon' %}")


def test_tries_are_counted_in_dots_and_words() -> None:
    html = render("{% marks 1 3 'free left' %}")
    assert (html.count('class="left"'), html.count('class="ring"')) == (1, 2)
    assert "1 of 3 free left" in html


def test_more_than_ten_tries_are_said_and_not_drawn() -> None:
    assert render("{% marks 12 40 'left' %}") == "<span>12 of 40 left</span>"


def test_tries_nobody_counted_are_not_drawn() -> None:
    assert render("{% marks none 3 %}") == ""


def test_a_clock_names_its_level_and_its_exact_moment() -> None:
    html = render("{% clock deadline now %}", deadline=NOW + timedelta(hours=9, minutes=12))
    assert 'class="clock is-urgent"' in html
    assert 'datetime="2026-11-22T23:14:00Z"' in html
    assert 'title="until 22 Nov 2026, 23:14 UTC; after that an edit is still taken' in html
    assert ">9 h 12 m</time>" in html


def test_there_is_no_clock_without_a_deadline() -> None:
    assert render("{% clock none now %}") == ""


def test_an_age_in_a_sentence_says_ago() -> None:
    assert ">20 min ago</time>" in render("{% age moment now 'ago' %}", moment=NOW - timedelta(minutes=20))
    assert ">just now</time>" in render("{% age now now 'ago' %}")


def test_a_sid_is_cut_for_the_eye_and_whole_for_the_clipboard() -> None:
    sid = "QE3ffe2c1b0a4d5e6f7a8b9c0d1e4ffc54"
    html = render("{% sid sid 'campaign' %}", sid=sid)
    assert f'data-copy="{sid}"' in html
    assert 'aria-label="Copy campaign SID QE3ffe…4ffc54"' in html


def test_brackets_are_shown_as_placeholders() -> None:
    assert render("{% placeholders text %}", text="Hi [Name], [x") == 'Hi <span class="placeholder">[Name]</span>, [x'


def test_a_span_is_underlined_and_keyed_and_an_overlap_keeps_the_first() -> None:
    html = render("{% marked text spans %}", text="one two three", spans=[(4, 7, 2), (5, 9, 3), (90, 99, 1)])
    assert html == 'one <mark class="flagged">two</mark> <span class="keyed">2</span> three'


def test_a_difference_is_ins_and_del() -> None:
    assert render("{% worddiff 'to cancel' 'to stop' %}") == "to <del>cancel</del><ins>stop</ins>"
    assert render("{% diff_tally 'to cancel' 'to opt out' %}") == "+2 \N{MINUS SIGN}1 words"


@pytest.mark.parametrize(
    "source",
    [
        "{% badge evil evil %}",
        "{% marks 1 3 evil %}",
        "{% age now now evil %}",
        "{% sid evil evil %}",
        "{% code evil %}",
        "{% avatar person %}",
        "{% worddiff evil 'kept' %}",
        "{% worddiff 'kept' evil %}",
        "{% placeholders evil %}",
        "{% placeholders bracketed %}",
        "{% marked evil spans %}",
        "{{ evil|plain }}",
    ],
)
def test_nothing_a_stranger_wrote_becomes_markup(source: str) -> None:
    html = render(
        source,
        evil=EVIL,
        bracketed=f"[{EVIL}]",
        spans=[(0, 8, EVIL)],
        person=SimpleNamespace(name=EVIL, initials="<b>"),
    )
    assert "<script" not in html
    assert "<b>" not in html
    assert "&lt;" in html


@pytest.mark.parametrize(
    ("view_name", "section"),
    [
        ("reviews:inbox", "inbox"),
        ("reviews:items", "items"),
        ("reviews:item", "items"),
        ("campaigns:repair", "items"),
        ("accounts:customers", "customers"),
        ("accounts:customer", "customers"),
        ("accounts:profile", "settings"),
        ("mfa_index", "settings"),
        ("health-live", ""),
    ],
)
def test_each_page_belongs_to_one_part_of_the_navigation(view_name: str, section: str) -> None:
    assert desk.section_of(view_name) == section


def test_a_link_to_a_page_that_does_not_exist_is_not_drawn() -> None:
    assert render("{% nav_link 'x' 'no:such' 'X' %}") == ""


def test_the_page_one_is_on_is_marked_in_the_navigation() -> None:
    request = RequestFactory().get("/sign-in/login/")
    html = render("{% nav_link 'settings' 'account_login' 'Sign in' %}", request=request)
    assert re.fullmatch(r'<a href="/sign-in/login/" aria-current="page">Sign in</a>', html)
