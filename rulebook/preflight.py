"""The checks for other programs: cases in, findings out, as JSON. No database, no network, no settings.

A case is `{"kind": ..., "brand": {...}, "isv": {...}, "draft": {...}, "status": ..., "previous": {...}}`; a draft by
itself will do as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rulebook.findings import Finding, Severity
from rulebook.lint import CHECKS, lint
from rulebook.submission import from_case

KINDS = ("campaign", "tollfree")
_SAMPLE = re.compile(r"sample_(\d+)")
_ISSUES = {check.id: check.issue for check in CHECKS}


class Unreadable(ValueError):
    """The input is no case in JSON; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed, and whether an error stands."""

    text: str
    refused: bool


def preflight(text: str, kind: str, *, many: bool = False) -> Answer:
    """The findings of one case, or of one case per line with `many`. Raises Unreadable."""
    answers = [_answer(case) for case in (_cases(text, kind) if many else [_case(text, kind, 1)])]
    shown = [json.dumps(row, ensure_ascii=False, indent=None if many else 2) for row, _ in answers]
    return Answer("\n".join(shown), any(refused for _, refused in answers))


def _cases(text: str, kind: str) -> Iterable[Mapping[str, Any]]:
    return [_case(line, kind, number) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]


def _case(text: str, kind: str, line: int) -> Mapping[str, Any]:
    try:
        case = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"line {line}: not JSON ({error})") from error
    if not isinstance(case, dict):
        raise Unreadable(f"line {line}: a case is a JSON object")
    whole = case if isinstance(case.get("draft"), dict) else {"draft": case}
    return {**whole, "kind": whole.get("kind") if whole.get("kind") in KINDS else kind}


def _answer(case: Mapping[str, Any]) -> tuple[dict[str, Any], bool]:
    findings = lint(from_case(case))
    row = {**({"id": case["id"]} if "id" in case else {}), "findings": [_row(finding) for finding in findings]}
    return row, any(finding.severity is Severity.ERROR for finding in findings)


def _row(finding: Finding) -> dict[str, Any]:
    """A finding in Twilio's field names: the samples are one field, `item` counts them from 1."""
    sample = _SAMPLE.fullmatch(finding.field)
    row: dict[str, Any] = {
        "rule": finding.rule,
        "issue": _ISSUES.get(finding.rule, ""),
        "field": "message_samples" if sample else finding.field,
        "severity": finding.severity.value,
        "codes": list(finding.codes),
        "message": finding.message,
        "span": list(finding.span) if finding.span else None,
    }
    extra = {"item": int(sample[1]) if sample else None, "suggestion": finding.suggestion}
    return row | {key: value for key, value in extra.items() if value}
