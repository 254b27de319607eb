import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rulebook.preflight import Unreadable, preflight
from tests.rulebook.drafts import CAMPAIGN, TOLLFREE

ROOT = Path(__file__).parents[2]
BRAND = {"name": "Larkspur Bike Repair", "website": "https://larkspurbikes.example"}


def case(**changes: Any) -> dict[str, Any]:
    return {"id": "c1", "kind": "campaign", "brand": BRAND, "draft": {**CAMPAIGN, **changes}}


def test_a_compliant_case_has_no_findings() -> None:
    answer = preflight(json.dumps(case()), "campaign")
    assert json.loads(answer.text) == {"id": "c1", "findings": []}
    assert not answer.refused


def test_a_finding_names_rule_field_severity_codes_message_and_place() -> None:
    samples = ["Larkspur Bike Repair: ready at [time]. STOP to end.", "Larkspur: hi {{name}}, it is ready."]
    found = json.loads(preflight(json.dumps(case(message_samples=samples)), "campaign").text)["findings"]
    assert [(row["rule"], row["field"], row["item"], row["severity"], row["codes"]) for row in found] == [
        ("L19", "message_samples", 2, "warning", [30893])
    ]
    assert samples[1][slice(*found[0]["span"])] == "{{name}}"


def test_many_cases_come_one_per_line() -> None:
    lines = "\n".join(json.dumps(one) for one in (case(), case(description="Short.")))
    answer = preflight(lines + "\n\n", "campaign", many=True)
    assert [len(json.loads(line)["findings"]) > 0 for line in answer.text.splitlines()] == [False, True]
    assert answer.refused


def test_a_draft_by_itself_will_do() -> None:
    answer = preflight(json.dumps(dict(TOLLFREE, business_contact_phone="none")), "tollfree")
    assert [row["field"] for row in json.loads(answer.text)["findings"]] == ["business_contact_phone"]


@pytest.mark.parametrize("text", ["", "{", "[]", "7", '"draft"'])
def test_it_says_what_it_cannot_read(text: str) -> None:
    with pytest.raises(Unreadable, match="line 1"):
        preflight(text, "campaign")


@pytest.mark.parametrize(
    ("text", "status"),
    [(json.dumps(case()), 0), (json.dumps(case(description="Short.")), 1), ("no JSON", 2)],
)
@pytest.mark.parametrize("start", [["-m", "rulebook"], ["manage.py"]])
def test_the_exit_status_tells_whether_an_error_stands(start: list[str], text: str, status: int) -> None:
    words = [sys.executable, *start, "preflight", "campaign", "-"]
    assert subprocess.run(words, cwd=ROOT, input=text, text=True, capture_output=True).returncode == status


def test_it_reads_a_file_named_from_where_the_person_called(tmp_path: Path) -> None:
    (tmp_path / "draft.json").write_text(json.dumps(case()), encoding="utf-8")
    words = [sys.executable, "-m", "rulebook", "preflight", "campaign", "draft.json"]
    done = subprocess.run(words, cwd=ROOT, env={"REDRESS_CALLED_FROM": str(tmp_path)}, capture_output=True)
    assert done.returncode == 0
