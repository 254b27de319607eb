"""docs/rejections.md is made from the catalogue's rows, and nothing else."""

import subprocess
import sys

from launch.places import ROOT
from rulebook.catalogue import ROWS
from rulebook.document import render

PAGE = ROOT / "docs" / "rejections.md"


def test_the_page_is_what_the_rows_say() -> None:
    assert PAGE.read_text() == render(), "run: python -m rulebook.document > docs/rejections.md"


def test_the_command_named_on_the_page_prints_it() -> None:
    printed = subprocess.run([sys.executable, "-m", "rulebook.document"], cwd=ROOT, capture_output=True, text=True)
    assert (printed.returncode, printed.stdout) == (0, render())


def test_every_row_is_on_it_with_its_source() -> None:
    page = render()
    assert page.count("\n### ") == page.count("\n- Source: ") == len(ROWS)
