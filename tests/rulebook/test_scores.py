"""The checks against cases labelled by a person, where those are at hand."""

import json
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from rulebook.preflight import preflight

CASES = Path(__file__).parents[3] / "shared" / "cases"

pytestmark = pytest.mark.skipif(not (CASES / "dev.jsonl").exists(), reason="the labelled cases are not at hand")


@pytest.fixture(scope="module")
def score(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    predictions = tmp_path_factory.mktemp("cases") / "predictions.jsonl"
    cases = (CASES / "dev.jsonl").read_text(encoding="utf-8")
    predictions.write_text(preflight(cases, "campaign", many=True).text, encoding="utf-8")
    words = [sys.executable, str(CASES / "score.py"), str(CASES / "dev.jsonl"), str(predictions), "--json"]
    answer: Mapping[str, Any] = json.loads(subprocess.run(words, capture_output=True, check=True).stdout)
    return answer


def test_it_finds_what_a_reviewer_would_raise(score: Mapping[str, Any]) -> None:
    assert score["recall"] >= 0.95


def test_each_finding_names_one_issue(score: Mapping[str, Any]) -> None:
    assert score["one_to_one_recall"] >= 0.9
    assert score["name_recall"] >= 0.9


def test_it_leaves_compliant_drafts_alone(score: Mapping[str, Any]) -> None:
    assert score["false_alarm_rate"] <= 0.02
    assert score["precision"] >= 0.9
