"""Findings counted against labelled cases: what is found, what is missed, what is raised for nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Issue = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Score:
    """Shares between 0 and 1, and the cases behind the faults."""

    recall: float
    one_to_one: float
    by_name: float
    false_alarms: float
    precision: float
    faults: tuple[str, ...]


def score(cases: Sequence[Mapping[str, Any]], findings: Mapping[str, Sequence[Issue]]) -> Score:
    """The score of all findings by case id; advice does not count."""
    expected = found = paired = named = raised = right = clean = alarmed = 0
    faults: list[str] = []
    for case in cases:
        wanted, optional = case["expect"], case["optional"]
        counted = [one for one in findings.get(case["id"], ()) if one["severity"] in ("error", "warning")]
        missed = [issue for issue in wanted if not any(_meets(one, issue) for one in counted)]
        wrong = [one for one in counted if not any(_meets(one, issue) for issue in (*wanted, *optional))]
        expected, found = expected + len(wanted), found + len(wanted) - len(missed)
        paired += _paired(wanted, counted)
        named += sum(any(one["issue"] == issue["issue"] for one in counted) for issue in wanted)
        raised, right = raised + len(counted), right + len(counted) - len(wrong)
        clean, alarmed = clean + (not wanted), alarmed + (not wanted and bool(counted))
        faults += [f"{case['id']} misses {issue['issue']}" for issue in missed]
        faults += [f"{case['id']} raises {one['issue']} for nothing" for one in wrong]
    return Score(found / expected, paired / expected, named / expected, alarmed / clean, right / raised, tuple(faults))


def _meets(finding: Issue, issue: Issue) -> bool:
    """An issue without codes of its own is met on its field."""
    if issue["codes"]:
        return not set(issue["codes"]).isdisjoint(finding["codes"])
    return finding["field"] in (issue["field"], *issue.get("also_fields", ()))


def _paired(wanted: Sequence[Issue], counted: Sequence[Issue]) -> int:
    """How many issues can each have a finding of their own."""
    owners: dict[int, int] = {}

    def place(issue: int, tried: set[int]) -> bool:
        for place_of, finding in enumerate(counted):
            if place_of in tried or not _meets(finding, wanted[issue]):
                continue
            tried.add(place_of)
            if place_of not in owners or place(owners[place_of], tried):
                owners[place_of] = issue
                return True
        return False

    return sum(place(issue, set()) for issue in range(len(wanted)))
