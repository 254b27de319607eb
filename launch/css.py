"""`./run css`: compiles the style sheet. The result is committed, so that nobody needs the compiler to run Redress."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tempfile
from pathlib import Path

from launch.errors import LaunchError
from launch.places import ROOT
from launch.processes import Command

SOURCE = ROOT / "static" / "src" / "app.css"
COMPILED = ROOT / "static" / "css" / "redress.css"


def css(words: list[str]) -> int:
    """With --check it compares only: 1 if the committed file is not what the sources give."""
    if words == ["--check"]:
        return 0 if is_fresh() else 1
    compile_to(COMPILED)
    return 0


def is_fresh() -> bool:
    with tempfile.TemporaryDirectory() as directory:
        fresh = Path(directory) / "redress.css"
        compile_to(fresh)
        return COMPILED.exists() and fresh.read_bytes() == COMPILED.read_bytes()


def compile_to(target: Path) -> None:
    compiler = Path(sysconfig.get_path("scripts")) / "tailwindcss"
    command: Command = [sys.executable, compiler, "--input", SOURCE, "--output", target, "--minify"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode:
        raise LaunchError(f"The style sheet does not compile:\n{done.stderr}")
