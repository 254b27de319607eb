"""What our checks say of a text, as people read it: where, in which words, and what it would come to."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from reviews import house
from reviews.house_models import CheckRule
from rulebook.fields import label_of
from rulebook.findings import Finding, Severity
from rulebook.lint import CHECKS

# How many characters stand around a mark, and how many inside one, before they are cut.
AROUND, INSIDE = 40, 160


@dataclass(frozen=True, slots=True)
class Excerpt:
    """The words a finding speaks of, between those around them."""

    before: str
    marked: str
    after: str


@dataclass(frozen=True, slots=True)
class Remark:
    """One finding on a page. `field_id` is the place to jump to, `into` the control that a suggestion can go to."""

    severity: Severity
    message: str
    codes: tuple[int, ...]
    field_label: str
    field_id: str = ""
    excerpt: Excerpt | None = None
    suggestion: str = ""
    into: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """The outcome of all checks of a kind."""

    remarks: tuple[Remark, ...]
    total: int
    passed: int

    @property
    def errors(self) -> int:
        return self._count(Severity.ERROR)

    @property
    def warnings(self) -> int:
        return self._count(Severity.WARNING)

    @property
    def against(self) -> tuple[Remark, ...]:
        """What speaks against sending: errors and warnings, worst first."""
        return tuple(remark for remark in self.remarks if remark.severity != Severity.ADVICE)

    @property
    def codes(self) -> tuple[int, ...]:
        """The number each of those would likely come back with; several numbers may stand for one fault."""
        return tuple(dict.fromkeys(remark.codes[0] for remark in self.against if remark.codes))

    def _count(self, severity: Severity) -> int:
        return sum(remark.severity == severity for remark in self.remarks)


def checked(
    kind: str,
    findings: Sequence[Finding],
    texts: Mapping[str, str],
    places: Mapping[str, str],
    controls: Mapping[str, str],
    own: Collection[str] = (),
) -> Checked:
    """The findings as the page shows them. By draft key: `texts` are what was checked, `places` the ids to jump to,
    `controls` the ids of what can be typed in. `own` are the ids of checks that the kind has besides the rulebook's."""
    ruled = sum(kind in check.kinds and house.checks().get(check.id) != CheckRule.OFF for check in CHECKS)
    total = ruled + len(own)
    remarks = tuple(
        Remark(
            severity=finding.severity,
            message=finding.message,
            codes=finding.codes,
            field_label=label_of(kind, finding.field),
            field_id=places.get(finding.field, ""),
            excerpt=excerpt(texts.get(finding.field, ""), finding.span),
            suggestion=finding.suggestion,
            into=controls.get(finding.field, ""),
        )
        for finding in findings
    )
    struck = {finding.rule for finding in findings} & {*(check.id for check in CHECKS), *own}
    return Checked(remarks, total, total - len(struck))


def recorded(kind: str, rows: Iterable[Mapping[str, Any]]) -> list[Remark]:
    """The findings that an attempt kept."""
    return [
        Remark(
            severity=Severity(row["severity"]),
            message=row["message"],
            codes=tuple(row.get("codes", ())),
            field_label=label_of(kind, row["field"]),
        )
        for row in rows
    ]


def excerpt(text: str, span: tuple[int, int] | None) -> Excerpt | None:
    """The words at the span with some around them; None where a finding speaks of the whole field."""
    if span is None or not text[span[0] : span[1]].strip():
        return None
    start, end = span
    return Excerpt(_end_of(text[:start]), _start_of(text[start:end], INSIDE), _start_of(text[end:], AROUND))


def _start_of(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most].rpartition(' ')[0] or text[:most]} …"


def _end_of(text: str) -> str:
    return text if len(text) <= AROUND else f"… {text[-AROUND:].partition(' ')[2] or text[-AROUND:]}"
