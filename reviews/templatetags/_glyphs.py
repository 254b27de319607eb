"""Drawings no icon set has: the states, which differ in shape and not only in colour, and the mark of the desk."""

from __future__ import annotations

from typing import Final

_DISC: Final = "M8 1a7 7 0 1 0 0 14A7 7 0 0 0 8 1Z"
_DIAMOND: Final = (
    "M6.9 1.1a1.55 1.55 0 0 1 2.2 0l5.8 5.8a1.55 1.55 0 0 1 0 2.2l-5.8 5.8a1.55 1.55 0 0 1-2.2 0L1.1 9.1"
    "a1.55 1.55 0 0 1 0-2.2l5.8-5.8Z"
)
_QUESTION: Final = (
    "M5.9 6.35h1.25c0-.5.35-.85.88-.85.5 0 .85.3.85.75 0 .4-.2.62-.72.98-.6.42-.86.85-.82 1.6v.2h1.2v-.15"
    "c0-.45.17-.65.72-1.03.6-.42.95-.9.95-1.62 0-1.08-.88-1.83-2.15-1.83-1.33 0-2.16.77-2.16 1.95Z"
    "M7.95 10a.8.8 0 1 0 0 1.6.8.8 0 0 0 0-1.6Z"
)
_RING: Final = '<circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5"{extra}/>'


def _solid(path: str) -> str:
    return f'<path fill="currentColor" fill-rule="evenodd" d="{path}"/>'


STATES: Final[dict[str, str]] = {
    "fix": _solid(_DISC + "M7.15 4.4h1.7l-.2 4.6h-1.3l-.2-4.6ZM8 10.2a.95.95 0 1 1 0 1.9.95.95 0 0 1 0-1.9Z"),
    "decide": _solid(_DIAMOND + _QUESTION),
    "review": _RING.format(extra="") + '<path fill="currentColor" d="M8 4.1a3.9 3.9 0 0 1 0 7.8Z"/>',
    "approved": _solid(_DISC + "M11.35 6.35 7.3 11.1 4.55 8.55l.95-1 1.7 1.6 3.1-3.7 1.05.9Z"),
    "stopped": _solid(_DISC + "M4.5 7.25h7v1.5h-7v-1.5Z"),
    "draft": _RING.format(extra=' stroke-dasharray="2.6 2.31"'),
    "unknown": _RING.format(extra=' stroke-dasharray="0.1 2.35" stroke-linecap="round"') + _solid(_QUESTION),
}

MARK: Final = (
    '<svg class="{css}" viewBox="0 0 20 20" fill="none" stroke="currentColor" stroke-width="2.4"'
    ' stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">'
    '<path d="M2.5 14.5 6.5 7l3.6 6.5L17 4"/></svg>'
)

STATE: Final = '<svg class="{css}" viewBox="0 0 16 16" aria-hidden="true">{body}</svg>'
