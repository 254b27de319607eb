"""./run sets up .venv once and hands over. The checkout is a small one; uv is a program that writes down its words."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from launch.places import ROOT

UV = f"""#!/bin/sh
echo "$*" >> "$UV_CALLS"
case "$*" in
    *--version*) exit 0 ;;
    venv*) {sys.executable} -m venv --without-pip --clear .venv ;;
    "pip sync"*) exit "$(cat "$UV_CALLS.exit" 2>/dev/null || echo 0)" ;;
esac
"""
LAUNCHED = "import os, sys; print('launched', *sys.argv[1:], os.environ['REDRESS_CALLED_FROM'])"


@dataclass
class Checkout:
    root: Path

    @property
    def calls(self) -> list[str]:
        """What uv was asked to do since the last look."""
        calls = self.root / "uv.calls"
        words = calls.read_text().splitlines() if calls.exists() else []
        calls.unlink(missing_ok=True)
        return [line for line in words if line != "--version"]

    def run(self, *words: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.root / 'bin'}{os.pathsep}/usr/bin{os.pathsep}/bin"
        env = {"PATH": path, "HOME": str(self.root), "UV_CALLS": str(self.root / "uv.calls"), **environment}
        command = [sys.executable, str(self.root / "run"), *words]
        return subprocess.run(command, cwd=cwd or self.root, env=env, capture_output=True, text=True, timeout=60)


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    shutil.copy(ROOT / "run", tmp_path / "run")
    for name, text in {"bin/uv": UV, "launch/__main__.py": LAUNCHED, "requirements/all.txt": "django==6.1.3\n"}.items():
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).write_text(text)
    (tmp_path / "bin/uv").chmod(0o755)
    return Checkout(tmp_path)


def test_it_is_written_in_the_python_of_old_systems() -> None:
    ast.parse((ROOT / "run").read_text(), feature_version=(3, 9))


def test_the_first_start_sets_up_and_the_second_does_not(checkout: Checkout) -> None:
    assert checkout.run("test", "-k", "x").stdout == f"launched test -k x {checkout.root}\n"
    assert [call.split()[0] for call in checkout.calls] == ["venv", "pip"]

    assert checkout.run().stdout == f"launched {checkout.root}\n"
    assert checkout.calls == []


def test_changed_pins_are_installed_into_the_same_venv(checkout: Checkout) -> None:
    checkout.run()
    assert checkout.calls

    (checkout.root / "requirements/all.txt").write_text("django==6.1.4\n")
    checkout.run()

    assert [call.split()[:2] for call in checkout.calls] == [["pip", "sync"]]


def test_a_venv_whose_python_went_away_is_made_anew(checkout: Checkout) -> None:
    checkout.run()
    assert checkout.calls
    (checkout.root / ".venv/bin/python").unlink()

    assert checkout.run().returncode == 0
    assert checkout.calls[0].startswith("venv")


def test_a_failed_installation_is_explained_and_tried_again(checkout: Checkout) -> None:
    (checkout.root / "uv.calls.exit").write_text("2")
    failed = checkout.run()
    assert failed.returncode == 1
    assert "could not be installed" in failed.stderr
    assert checkout.calls

    (checkout.root / "uv.calls.exit").unlink()
    assert checkout.run().stdout.startswith("launched")
    assert any(call.startswith("pip sync") for call in checkout.calls)


def test_it_runs_from_any_directory_and_remembers_which(
    checkout: Checkout, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")

    assert checkout.run("backup", "file", cwd=elsewhere).stdout == f"launched backup file {elsewhere}\n"


def test_pyenv_does_not_hide_the_other_pythons(checkout: Checkout) -> None:
    (checkout.root / "launch/__main__.py").write_text("import os; print(sorted(n for n in os.environ if 'PYENV' in n))")

    seen = checkout.run(PYENV_VERSION="3.9.18", PYENV_ROOT="/opt/pyenv", PYTHONPATH="/somewhere").stdout

    assert seen == "['PYENV_ROOT']\n"
