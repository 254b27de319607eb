import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from pytest_django.fixtures import Settings

from launch.css import is_fresh

SOURCES = Path(settings.BASE_DIR) / "static" / "src"
TOKENS: dict[str, str] = dict(re.findall(r"--color-([\w-]+): (.+?);", (SOURCES / "tokens.css").read_text()))
STATES = ["fix", "decide", "review", "approved", "stopped", "draft", "unknown"]
THEMES = ["light", "dark"]


def colour(name: str, theme: str) -> str:
    """The value of a token in one theme, through light-dark() and var()."""
    value = TOKENS[name]
    if pair := re.fullmatch(r"light-dark\((.+), (.+)\)", value):
        value = str(pair[1 + THEMES.index(theme)])
    if other := re.fullmatch(r"var\(--color-([\w-]+)\)", value):
        return colour(other[1], theme)
    return value


def luminance(value: str) -> float:
    channels = [int(value[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str, theme: str) -> float:
    """The ratio of WCAG 2.2, 1 to 21."""
    light, dark = sorted((luminance(colour(one, theme)), luminance(colour(other, theme))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("ground", ["its own", "sheet", "desk", "pencil-soft"])
def test_a_state_can_be_read_on_every_ground_it_stands_on(state: str, ground: str, theme: str) -> None:
    assert contrast(state, f"{state}-soft" if ground == "its own" else ground, theme) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("ink", "ground"),
    [
        ("ink", "sheet"),
        ("ink-soft", "desk"),
        ("ink-soft", "pencil-soft"),
        ("ink-faint", "sheet"),
        ("ink-faint", "desk"),
        ("ink-faint", "sunken"),
        ("pencil", "sheet"),
        ("pencil", "desk"),
        ("pencil", "pencil-soft"),
        ("on-pencil", "pencil-fill"),
        ("on-pencil", "pencil-fill-hover"),
    ],
)
def test_text_can_be_read(ink: str, ground: str, theme: str) -> None:
    assert contrast(ink, ground, theme) >= 4.5


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("line", "ground"), [("line-field", "sheet"), ("focus", "desk"), ("focus", "sheet"), ("chart-4", "sheet")]
)
def test_a_line_that_means_something_can_be_seen(line: str, ground: str, theme: str) -> None:
    assert contrast(line, ground, theme) >= 3


def test_the_committed_style_sheet_is_what_the_sources_give() -> None:
    assert is_fresh(), "./run css"


def test_no_colour_is_written_outside_the_tokens() -> None:
    allowed = {"#fff", "#ffffff"}  # the tick in a box, the ground of a QR code
    for path in SOURCES.glob("*.css"):
        if path.name != "tokens.css":
            assert set(re.findall(r"#[0-9a-f]{3,8}\b", path.read_text())) <= allowed, path.name


def test_the_static_files_can_be_collected(settings: Settings, tmp_path: Path) -> None:
    """The sources import "tailwindcss", which the manifest would look for as a file: they are not collected."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
    }
    call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "css" / "redress.css").exists()
    assert not (tmp_path / "src").exists()
