"""The rulebook as this house reads it: its notes laid over the advice, its switches over the findings.

The few rows are read once for each request and each task, and kept by the thread that serves it. So a page costs one
statement however many rows it has, and nobody works by a rule that was taken back before they asked.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

from celery.signals import task_prerun
from django.core.signals import request_started

from reviews.house_models import CheckRule, HouseNote
from rulebook.explain import Advice, explain, same_fault
from rulebook.findings import Finding, Severity
from rulebook.limits import LOCKED
from rulebook.lint import lint
from rulebook.routes import Route
from rulebook.submission import Submission

_LOCKED = frozenset((row.kind, row.field) for row in LOCKED)
_WEIGHT = {severity: weight for weight, severity in enumerate(reversed(Severity))}


@dataclass(slots=True)
class House:
    """What has been read of the house's rows; None is not read yet."""

    notes: Mapping[tuple[str, int], HouseNote] | None = None
    checks: Mapping[str, str] | None = None


class _Kept(threading.local):
    def __init__(self) -> None:
        self.house = House()


_kept = _Kept()


def advise(kind: str, code: int | str | None, description: str = "", fields: Sequence[str] = ()) -> Advice:
    """`rulebook.explain` with the house's note and route laid over it; as total as that."""
    advice = explain(kind, code, description, fields)
    ours = notes().get((kind, advice.code)) if advice.code else None
    return _laid_over(advice, ours) if ours else advice


def judge(submission: Submission, *, is_new: bool = False) -> tuple[Finding, ...]:
    """What the checks say of a text that stands or goes as an update, worst first. No update carries a locked field,
    so none is refused for it: an error there is for the reviewer to judge. A new registration carries every field."""
    found = _linted(Same(repr(submission), submission))
    sent = found if is_new else [_as_update(finding, submission.kind) for finding in found]
    return tuple(sorted(settle(sent), key=lambda finding: -_WEIGHT[finding.severity]))


@dataclass(frozen=True, slots=True)
class Same:
    """A submission that is the same as another of the same words."""

    words: str
    submission: Submission = field(compare=False, repr=False)


@lru_cache(maxsize=64)
def _linted(same: Same) -> tuple[Finding, ...]:
    """Until a text is sent, the form, the page that asks once more and the gate have it checked one after the other."""
    return lint(same.submission)


def settle(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings as they count here: of checks switched off none, of those switched down no more than that."""
    return tuple(_lowered(f) for f in findings if checks().get(f.rule) != CheckRule.OFF)


def notes() -> Mapping[tuple[str, int], HouseNote]:
    """The house's note of each kind and code. One fault under several numbers has one note under all of them, unless
    a number has one of its own."""
    if _kept.house.notes is None:
        written = list(HouseNote.objects.all())
        shared = {(note.kind, code): note for note in written for code in same_fault(note.kind, note.code)}
        _kept.house.notes = shared | {(note.kind, note.code): note for note in written}
    return _kept.house.notes


def routes() -> Mapping[tuple[str, int], str]:
    """The ways out that the house set, by kind and code: they decide what a rejection asks of us."""
    return {key: note.route for key, note in notes().items() if note.route}


def checks() -> Mapping[str, str]:
    """What each switched check counts for: "off" or a severity."""
    if _kept.house.checks is None:
        _kept.house.checks = dict(CheckRule.objects.values_list("rule", "severity"))
    return _kept.house.checks


def switched_off() -> frozenset[str]:
    """The checks that count for nothing here."""
    return frozenset(rule for rule, severity in checks().items() if severity == CheckRule.OFF)


def forget(**kwargs: Any) -> None:
    """Reads the rows anew at the next question. Called where they change, and by Django and Celery before each piece
    of work."""
    _kept.house = House()


def without_rules() -> None:
    """For work that has no database: the rulebook as it is, until the next request or task."""
    _kept.house = House(notes={}, checks={})


request_started.connect(forget)
task_prerun.connect(forget)


def _laid_over(advice: Advice, ours: HouseNote) -> Advice:
    """With its own words and route. Where the house stands by an edit, ours is no last word."""
    route = Route(ours.route) if ours.route in Route else advice.route
    is_overruled = route is Route.EDIT and advice.resubmittable is False
    resubmittable = None if is_overruled else advice.resubmittable
    return replace(advice, house_note=ours.note, route=route, resubmittable=resubmittable)


def _as_update(finding: Finding, kind: str) -> Finding:
    is_locked = (kind, finding.field) in _LOCKED
    return replace(finding, severity=Severity.WARNING) if is_locked and finding.severity == Severity.ERROR else finding


def _lowered(finding: Finding) -> Finding:
    said = checks().get(finding.rule, "")
    most = Severity(said) if said in Severity else finding.severity
    return replace(finding, severity=most) if _WEIGHT[most] < _WEIGHT[finding.severity] else finding
