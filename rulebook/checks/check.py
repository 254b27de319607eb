"""A check as a row of a table: what it is called, how bad it is, which codes it prevents, where the rule stands."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from rulebook.findings import Finding, Severity
from rulebook.prose import Span
from rulebook.reading import Reading

SEEN = date(2026, 11, 22)
CONSENT_PAGE = "Twilio error page 30924"
POLICY = "Twilio, registration policy for toll-free and A2P of 2026-09-15"


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where a check struck. What is None is as the check's row says."""

    field: str
    message: str
    span: Span | None = None
    suggestion: str = ""
    codes: tuple[int, ...] | None = None
    severity: Severity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One rule. `issue` is its plain name; `look` finds the places; `kinds` are the drafts it reads."""

    id: str
    issue: str
    look: Callable[[Reading], Iterator[Hit]]
    codes: tuple[int, ...]
    source: str
    severity: Severity = Severity.WARNING
    kinds: tuple[str, ...] = ("campaign", "tollfree")
    seen: date = SEEN

    def findings(self, reading: Reading) -> Iterator[Finding]:
        """What the check says of this draft."""
        if reading.kind in self.kinds:
            yield from (self._finding(hit) for hit in self.look(reading))

    def _finding(self, hit: Hit) -> Finding:
        return Finding(
            rule=self.id,
            field=hit.field,
            severity=hit.severity or self.severity,
            message=hit.message,
            span=hit.span,
            codes=self.codes if hit.codes is None else hit.codes,
            suggestion=hit.suggestion,
        )
