import re
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django.contrib.messages.storage.base import Message
from django.template.loader import render_to_string

from reviews.styleguide import specimens

NOW = datetime(2026, 11, 22, 14, 2, tzinfo=UTC)
ANA = SimpleNamespace(
    is_authenticated=True,
    name="Ana Ruiz",
    email="ana@fieldline.example",
    initials="AR",
    role_label="Administrator",
    theme="dark",
    keys_on=True,
)


def render(**context: object) -> str:
    return render_to_string("desk/styleguide.html", {**specimens(NOW), "user": ANA, **context})


@pytest.fixture
def html() -> str:
    return render()


def test_every_id_something_refers_to_is_on_the_page_once(html: str) -> None:
    ids = re.findall(r'\sid="([^"]+)"', html)
    referred = re.findall(r'\s(?:aria-describedby|aria-labelledby|for|form|data-count)="([^"]+)"', html)
    links = re.findall(r'href="#([^"]+)"', html)
    assert {name for names in referred for name in names.split()} | set(links) <= set(ids)
    assert len(ids) == len(set(ids))


def test_every_picture_is_hidden_from_readers_or_has_words(html: str) -> None:
    assert all("aria-hidden" in svg or "role=" in svg for svg in re.findall(r"<svg\b[^>]*>", html))


def test_every_control_has_a_name(html: str) -> None:
    labelled = set(re.findall(r'<label[^>]*\sfor="([^"]+)"', html))
    for control in re.findall(r"<(?:input|textarea|select)\b[^>]*>", html):
        if 'type="hidden"' in control or 'type="checkbox"' in control or 'type="radio"' in control:
            continue  # ticks and choices stand inside their label
        name = re.search(r'\sid="([^"]+)"', control)
        assert name, control
        assert name[1] in labelled


def test_the_theme_of_the_person_is_the_pages(html: str) -> None:
    assert '<html lang="en" data-theme="dark">' in html


def test_a_person_may_turn_the_keys_off() -> None:
    ben = SimpleNamespace(**{**vars(ANA), "keys_on": False})
    assert 'data-keys="off"' in render(user=ben)


def test_the_sandbox_says_so_on_every_page(html: str) -> None:
    assert "Sandbox." not in html
    assert "Sandbox." in render(demo=True)


def test_an_error_stands_in_the_page_and_a_success_is_a_toast() -> None:
    rendered = render(messages=[Message(40, "Twilio refused the update."), Message(25, "Draft saved.")])
    notices, toasts = rendered.split('id="notices"')[1].split('id="toasts"')
    assert "Twilio refused the update." in notices
    assert "Twilio refused the update." not in toasts
    assert "Draft saved." in toasts


def test_old_news_looks_old() -> None:
    freshness = SimpleNamespace(text="Synced 3 h ago", title="", is_stale=True, url="/sync/")
    assert 'class="sync is-stale"' in render(freshness=freshness)
