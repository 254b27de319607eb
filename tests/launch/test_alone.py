"""Commands that need no server start none: they answer on a machine where none could run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from launch.places import ROOT


@pytest.mark.parametrize(("text", "status"), [("", 1), ("not json", 2)])
def test_preflight_needs_nothing_but_its_file(tmp_path: Path, text: str, status: int) -> None:
    draft = tmp_path / "draft.json"
    draft.write_text(text or json.dumps({"kind": "campaign", "draft": {"description": "Too short."}}))
    command = [sys.executable, "-m", "launch", "manage", "preflight", "campaign", str(draft)]
    environment = {"PATH": "/usr/bin:/bin", "REDRESS_VAR": str(tmp_path / "var")}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert ended.returncode == status, ended.stderr
    assert not (tmp_path / "var").exists()
