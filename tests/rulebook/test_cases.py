"""The checks against whole drafts, labelled by a person: compliant ones in many voices, and every issue there is."""

import json
from pathlib import Path

import pytest

from rulebook.preflight import preflight
from tests.rulebook.scoring import Score, score

CASES = Path(__file__).with_name("cases.jsonl").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def scored() -> Score:
    rows = map(json.loads, preflight(CASES, "campaign", many=True).text.splitlines())
    return score([json.loads(line) for line in CASES.splitlines()], {row["id"]: row["findings"] for row in rows})


def test_it_finds_what_a_reviewer_would_raise(scored: Score) -> None:
    assert scored.recall >= 0.95, scored.faults


def test_each_issue_has_a_finding_of_its_own(scored: Score) -> None:
    assert scored.one_to_one >= 0.9, scored.faults
    assert scored.by_name >= 0.9, scored.faults


def test_it_leaves_compliant_drafts_alone(scored: Score) -> None:
    assert scored.false_alarms <= 0.02, scored.faults
    assert scored.precision >= 0.9, scored.faults


def test_every_issue_of_the_rulebook_is_among_the_cases() -> None:
    labels = [issue["issue"] for line in CASES.splitlines() for issue in json.loads(line)["expect"]]
    families = {issue.get("family") for line in CASES.splitlines() for issue in json.loads(line)["expect"]} - {None}
    assert len(set(labels)) == 49
    assert all(labels.count(name) > 1 for name in set(labels))
    assert len(families) == 13
