"""The script says what the server says, and presses nothing that spends."""

import os
import re
import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Page

from reviews import words

pytestmark = pytest.mark.browser

SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "redress.js"
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)

SECONDS = [-1, 0, 1, 59, 60, 3599, 3600, 33120, 86399, 86400, 100800, 259199, 259200, 7_775_999, 7_776_000, 63_072_000]


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    if CHROMIUM is None:
        if os.environ.get("REQUIRE_BROWSER"):
            pytest.fail("REQUIRE_BROWSER is set, and no Chromium was found")
        pytest.skip("no Chromium was found")
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ["--no-sandbox", "--disable-gpu"]}


def show(page: Page, body: str) -> Page:
    page.set_content(f"<!doctype html><html><body>{body}</body></html>")
    page.add_script_tag(path=SCRIPT)
    return page


def test_clocks_and_ages_say_the_same_words_as_the_server(page: Page) -> None:
    show(page, "")
    for seconds in SECONDS:
        span = timedelta(seconds=seconds)
        assert page.evaluate("s => redress.clockText(s)", seconds) == words.clock_text(span)
        assert page.evaluate("s => redress.clockLevel(s)", seconds) == words.clock_level(span)
        assert page.evaluate("s => redress.ageText(s, '')", max(seconds, 0)) == words.age_text(span)


def test_characters_are_counted_as_twilio_counts_them(page: Page) -> None:
    show(page, '<textarea id="t"></textarea><span data-count="t" data-min="3" data-max="5"></span>')
    page.fill("#t", "😀é")
    assert page.inner_text("[data-count]") == "2 of 3–5, 1 to go"
    page.fill("#t", "😀" * 6)
    assert page.inner_text("[data-count]") == "6 of 3–5, 1 too many"


def test_a_key_presses_its_button_but_never_one_that_spends(page: Page) -> None:
    show(
        page,
        '<button data-key="f">Fix</button><button data-key="x" data-spends>Update and resubmit</button><input id="i">',
    )
    page.evaluate("addEventListener('click', event => (window.pressed = event.target.textContent))")
    page.keyboard.press("x")
    assert page.evaluate("window.pressed") is None
    page.focus("#i")
    page.keyboard.press("f")
    assert page.evaluate("window.pressed") is None, "off while typing"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("f")
    assert page.evaluate("window.pressed") == "Fix"


def test_keys_can_be_turned_off(page: Page) -> None:
    show(page, '<a href="#there" data-key="f">Fix</a>')
    page.evaluate("document.body.dataset.keys = 'off'")
    page.keyboard.press("f")
    assert not page.url.endswith("#there")


def test_rows_are_walked_by_key(page: Page) -> None:
    rows = "".join(f'<tr><td><a class="rowlink" href="#{name}">{name}</a></td></tr>' for name in "abc")
    show(page, f'<table class="list"><tbody>{rows}</tbody></table>')
    for key in "jjk":
        page.keyboard.press(key)
    assert page.inner_text("tr.is-current") == "a"
    page.keyboard.press("j")
    assert page.inner_text("tr[aria-current=true]") == "b"


def test_empty_samples_fold_away_and_a_removed_one_closes_the_gap(page: Page) -> None:
    sample = '<div data-sample><textarea id="s{0}">{1}</textarea><button data-remove-sample>Remove</button></div>'
    samples = "".join(sample.format(place, text) for place, text in enumerate(["one", "two", "three", "", ""]))
    show(page, f'<div data-samples="2">{samples}<button data-add-sample>Add</button></div>')
    assert page.locator("[data-sample]:visible").count() == 3
    page.locator("[data-remove-sample]").first.click()
    assert page.locator("[data-sample]:visible").count() == 2
    assert [page.input_value(f"#s{place}") for place in range(3)] == ["two", "three", ""]
    page.click("[data-add-sample]")
    assert page.evaluate("document.activeElement.id") == "s2"


def test_the_script_evaluates_nothing_and_writes_no_markup() -> None:
    assert not re.search(r"\beval\(|new Function|innerHTML|insertAdjacentHTML", SCRIPT.read_text())
