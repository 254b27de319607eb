"""The parts every page is made of. `/styleguide/` shows each of them while DEBUG is on."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from enum import Enum
from functools import lru_cache
from typing import Final

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from heroicons.templatetags.heroicons import heroicon_outline

from reviews import words
from reviews.templatetags import _glyphs
from reviews.worddiff import worddiff as compare

register = template.Library()

# The plain statuses: class and word. Anything else is shown as unknown, with Twilio's word in its title.
BADGES: Final[dict[str, tuple[str, str]]] = {
    "needs_fix": ("fix", "Needs fix"),
    "needs_decision": ("decide", "Needs decision"),
    "in_review": ("review", "In review"),
    "approved": ("approved", "Approved"),
    "stopped": ("stopped", "Stopped"),
    "draft": ("draft", "Draft"),
}
UNKNOWN: Final = ("unknown", "Unknown")

# Which part of the main navigation a view belongs to; the longest beginning that fits decides.
SECTIONS: Final[dict[str, str]] = {
    "reviews:": "items",
    "reviews:inbox": "inbox",
    "brands:": "items",
    "campaigns:": "items",
    "tollfree:": "items",
    "opt_in:": "items",
    "appeals:": "items",
    "renewals:": "items",
    "codes:": "codes",
    "accounts:customer": "customers",
    "accounts:": "settings",
    "house:": "settings",
    "sync:": "settings",
    "account_": "settings",
    "mfa_": "settings",
}

LEVEL_ICONS: Final = {
    "error": "x-circle",
    "warning": "exclamation-triangle",
    "advice": "light-bulb",
    "ok": "check-circle",
}

MOST_MARKS: Final = 10
_PLACEHOLDER: Final = re.compile(r"(\[[^\[\]\n]{1,60}\])")


@register.simple_tag
@lru_cache(maxsize=512)
def icon(name: str, css: str = "icon") -> SafeString:
    """A heroicon by its name, or one of ours: "mark", "state-fix", "state-unknown". Unknown names raise."""
    if name == "mark":
        return format_html(_glyphs.MARK, css=css)
    if name.startswith("state-"):
        return format_html(_glyphs.STATE, css=css, body=mark_safe(_glyphs.STATES[name.removeprefix("state-")]))  # noqa: S308
    drawn = heroicon_outline(str(name), size=None, **{"class": str(css)})
    return SafeString(drawn.replace("\n", "").replace("  ", ""))


@register.simple_tag
def badge(status: str, twilio_status: str = "", *, bare: bool = False) -> SafeString:
    """Our word for the state, with its glyph; Twilio's own word stays in the title. `bare` inside tables."""
    kind, word = BADGES.get(plain(status), UNKNOWN)
    css = f"badge badge-{kind} badge-bare" if bare else f"badge badge-{kind}"
    title = twilio_status or (plain(status) if kind == "unknown" else "")
    return format_html('<span class="{}"{}>{}{}</span>', css, _title(title), icon(f"state-{kind}"), word)


@register.simple_tag
def state_glyph(status: str) -> SafeString:
    """The glyph of a plain status alone, in its colour. Say the word beside it."""
    kind, _ = BADGES.get(plain(status), UNKNOWN)
    return icon(f"state-{kind}", f"icon text-{kind}")


@register.simple_tag
def level_icon(severity: object) -> SafeString:
    """The icon of a finding's severity, in its colour."""
    level = plain(severity)
    return icon(LEVEL_ICONS.get(level, "question-mark-circle"), f"icon lv-{level}")


@register.filter
def plain(value: object) -> str:
    """An enumeration's member as its value, so that templates can compare it and name a class with it."""
    return str(value.value) if isinstance(value, Enum) else str(value or "")


@register.simple_tag
def marks(left: int | None, total: int, label: str = "") -> SafeString:
    """Tries as dots, filled means left. With a label the number and words follow: "1 of 3 free left"."""
    if not isinstance(left, int):
        return SafeString("")
    said = f"{words.left_of(left, total)} {label}".strip()
    if not 0 < total <= MOST_MARKS:
        return format_html("<span>{}</span>", said)
    dots = format_html_join(
        "",
        '<circle cx="{}" cy="4" r="{}" class="{}"/>',
        ((4 + 9 * dot, "3.5" if dot < left else "3", "left" if dot < left else "ring") for dot in range(total)),
    )
    width = 9 * total - 1
    drawing = format_html(
        '<svg class="marks" width="{0}" height="8" viewBox="0 0 {0} 8" aria-hidden="true">{1}</svg>', width, dots
    )
    return format_html('<span class="tries">{}<span>{}</span></span>', drawing, said) if label else drawing


@register.simple_tag
def window_marks(seconds_left: float) -> SafeString:
    """A seven-day window as seven ticks; what is filled is left."""
    ticks = format_html_join(
        "",
        '<rect x="{0}" width="4.5" height="8" rx="1" class="gone"/>'
        '<rect x="{0}" width="{1}" height="8" rx="1" class="left"/>',
        ((6 * day, round(4.5 * full, 2)) for day, full in enumerate(words.ticks_left(seconds_left))),
    )
    return format_html('<svg class="marks" width="41" height="8" viewBox="0 0 41 8" aria-hidden="true">{}</svg>', ticks)


@register.simple_tag
def clock(deadline: datetime | None, now: datetime, *, ticks: bool = True) -> SafeString:
    """Time left until a deadline. It ticks on in the browser; the title names the exact moment and what follows it."""
    if not deadline:
        return SafeString("")
    left = deadline - now
    return format_html(
        '<span class="clock {}">{}<time datetime="{}" title="until {}{}" data-deadline>{}</time></span>',
        words.clock_level(left),
        window_marks(left.total_seconds()) if ticks else "",
        words.machine_time(deadline),
        words.exact(deadline),
        words.AT_ZERO,
        words.clock_text(left),
    )


@register.simple_tag
def age(moment: datetime | None, now: datetime, suffix: str = "") -> SafeString:
    """How long ago: "20 min", with suffix="ago" for a sentence. The exact moment and zone are in the title."""
    if not moment:
        return SafeString("")
    said = words.age_text(now - moment)
    return format_html(
        '<time datetime="{}" title="{}" data-age="{}">{}</time>',
        words.machine_time(moment),
        words.exact(moment),
        suffix,
        _with_suffix(said, suffix),
    )


@register.simple_tag
def sid(value: str | None, what: str = "") -> SafeString:
    """A SID cut in the middle, whole in its title, with a button that copies all of it."""
    if not value:
        return SafeString('<span class="faint">none</span>')
    name = f"Copy {what} SID" if what else "Copy"
    return format_html(
        '<span class="sid"><span title="{0}">{1}</span>'
        '<button class="copy over" type="button" data-copy="{0}" aria-label="{2} {1}">{3}</button></span>',
        value,
        words.middle_cut(value),
        name,
        icon("square-2-stack", "icon-sm"),
    )


@register.simple_tag
def code(value: object) -> SafeString:
    """A code in the machine's voice: 30924, FAILED."""
    return format_html('<span class="code">{}</span>', value)


@register.simple_tag
def code_link(value: object) -> SafeString:
    """A rejection's number that leads to its page of the catalogue; any other word of the machine is only shown."""
    shown = code(value)
    if not str(value).isdecimal():
        return shown
    return format_html('<a class="over" href="{}">{}</a>', reverse("codes:code", args=[int(str(value))]), shown)


@register.simple_tag
def avatar(person: object) -> SafeString:
    """A person as initials; the name is in the title and read aloud. Nobody is a dash."""
    if not person:
        return SafeString('<span class="faint" aria-hidden="true">&ndash;</span><span class="vh">nobody</span>')
    name = getattr(person, "name", "") or str(person)
    return format_html(
        '<span class="avatar" title="{0}" aria-hidden="true">{1}</span><span class="vh">{0}</span>',
        name,
        getattr(person, "initials", "") or name[:2].upper(),
    )


@register.filter
def money(amount: Decimal | int | str | None) -> str:
    return words.money(amount)


@register.filter
def day(moment: datetime | None) -> str:
    return words.day(moment) if moment else ""


@register.filter
def exact(moment: datetime | None) -> str:
    return words.exact(moment) if moment else ""


@register.simple_tag
def worddiff(old: str, new: str) -> SafeString:
    """What goes as <del>, what comes as <ins>. Put it in `.diff`."""
    shapes = {"kept": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}
    return _strung(format_html(shapes[piece.kind], piece.text) for piece in compare(old or "", new or "").pieces)


@register.simple_tag
def diff_tally(old: str, new: str) -> str:
    """The size of a change in words, what comes first: "+36" and then what goes."""
    change = compare(old or "", new or "")
    return f"+{change.words('added')} \N{MINUS SIGN}{change.words('removed')} words"


@register.simple_tag
def placeholders(text: str) -> SafeString:
    """[Brackets] are the parts Twilio's reviewer expects to vary: shown as such."""
    return format_html_join(
        "",
        "{}",
        (
            (format_html('<span class="placeholder">{}</span>', part) if place % 2 else part,)
            for place, part in enumerate(_PLACEHOLDER.split(text or ""))
        ),
    )


@register.simple_tag
def marked(text: str, spans: Iterable[tuple[int, int, object]]) -> SafeString:
    """Proof marks: each (start, end, key) is underlined and followed by its key. Overlaps keep the first."""
    pieces: list[SafeString] = []
    at = 0
    for start, end, key in sorted(spans, key=lambda span: (span[0], span[1])):
        if not at <= start < end <= len(text):
            continue
        pieces.append(format_html('{}<mark class="flagged">{}</mark>', text[at:start], text[start:end]))
        pieces.append(format_html(' <span class="keyed">{}</span>', key) if key else SafeString(""))
        at = end
    return _strung([*pieces, format_html("{}", text[at:])])


@register.simple_tag(takes_context=True)
def nav_link(context: Context, section: str, view_name: str, label: str, go: str = "") -> SafeString:
    """A link of the main navigation; nothing at all while its page does not exist. `go` is its key after g."""
    try:
        url = reverse(view_name)
    except NoReverseMatch:
        return SafeString("")
    count = (context.get("nav_counts") or {}).get(section)
    return format_html(
        '<a href="{}"{}{}>{}{}</a>',
        url,
        _current(context, section, url),
        format_html(' data-go="{}"', go) if go else "",
        label,
        "" if count is None else format_html(' <span class="count">{}<span class="vh"> waiting</span></span>', count),
    )


def section_of(view_name: str) -> str:
    fitting = [beginning for beginning in SECTIONS if view_name.startswith(beginning)]
    return SECTIONS[max(fitting, key=len)] if fitting else ""


def _current(context: Context, section: str, url: str) -> SafeString:
    request = context.get("request")
    if request is None:
        return SafeString("")
    if request.path == url:
        return SafeString(' aria-current="page"')
    match = request.resolver_match
    here = section_of(match.view_name) if match else ""
    return SafeString(' aria-current="true"') if here == section else SafeString("")


def _strung(pieces: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((piece,) for piece in pieces))


def _title(text: str) -> SafeString:
    return format_html(' title="{}"', text) if text else SafeString("")


def _with_suffix(said: str, suffix: str) -> str:
    if not suffix:
        return said
    return f"just {said}" if said == "now" else f"{said} {suffix}"
