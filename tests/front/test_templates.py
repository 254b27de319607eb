"""What the content security policy refuses, htmx ignores or a reader cannot use is kept out of the templates."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template import engines
from django.template.loader import get_template

from tests.table import of_each

TEMPLATES = Path(settings.BASE_DIR) / "templates"
PAGES = sorted(TEMPLATES.rglob("*.html"))

FORBIDDEN = {
    "an inline style": re.compile(r"\sstyle\s*="),
    "a style element": re.compile(r"<style\b"),
    "an inline handler": re.compile(r"\s(?:hx-on[:-]|on[a-z]+=)"),
    # With allowEval off htmx ignores the filter and sends the request all the same.
    "a trigger with a filter": re.compile(r"hx-trigger=\"[^\"]*\["),
    "values made by a script": re.compile(r"hx-(?:vals|headers)=['\"]js:"),
    "a link that is a script": re.compile(r"href=\"javascript:"),
}
# A script without a source runs nothing when it is a block of data.
SCRIPT = re.compile(r"<script\b(?![^>]*\b(?:src=|nonce=|type=\"application/json\"))[^>]*>")


def named(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))


@of_each(PAGES, named)
def test_a_template_holds_nothing_the_policy_refuses(path: Path) -> None:
    text = path.read_text()
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert not found
    assert not SCRIPT.search(text), "an inline script"


@of_each(PAGES, named)
def test_a_template_compiles(path: Path) -> None:
    assert get_template(named(path))


@of_each(PAGES, named)
def test_a_form_that_changes_something_carries_its_token(path: Path) -> None:
    forms = re.findall(r"<form\b[^>]*method=\"post\".*?</form>", path.read_text(), re.DOTALL | re.IGNORECASE)
    without = [form[:120] for form in forms if "csrf_token" not in form and "{% slot body %}" not in form]
    assert not [form for form in without if 'id="form"' not in form or path.name != "styleguide.html"]


@pytest.mark.parametrize("status", ["400", "403", "403_csrf", "404", "429", "500", "503"])
def test_an_error_page_needs_no_request_and_offers_a_way_on(status: str) -> None:
    html = engines["django"].from_string(f'{{% include "{status}.html" %}}').render({})
    assert "<h1>" in html
    assert 'href="/"' in html
    assert "Go to the inbox" in html
