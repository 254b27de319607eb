"""The whole product, started as a newcomer starts it. Slow, so there are few of these."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from launch.places import ROOT
from tests.launch.processes import processes_of
from tests.waiting import eventually

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="processes are counted in /proc"),
    pytest.mark.xdist_group("product"),  # one after the other: each is eight processes
]

START_SECONDS = 90  # measured: 6 on two idle cores; tests share theirs


@dataclass
class Product:
    var: Path

    @property
    def environment(self) -> dict[str, str]:
        """As bare as it may be; the index of packages is not needed, since .venv is right."""
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.var), "REDRESS_VAR": str(self.var)}

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(ROOT / "run"), *words]
        return subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=START_SECONDS)

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, str(ROOT / "run"), "--port", "0", *words]
        with self.output.open("wb") as output:
            started = subprocess.Popen(command, env=self.environment, stdout=output, stderr=subprocess.STDOUT)
        ready = eventually(lambda: "is ready" in self.told or started.poll() is not None, START_SECONDS)
        assert ready, self.told
        assert started.poll() is None, self.told
        return started

    @property
    def output(self) -> Path:
        return self.var / "output"

    @property
    def told(self) -> str:
        return self.output.read_text()

    def address(self, mode: str) -> str:
        return str(json.loads((self.var / mode / "running.json").read_text())["address"])

    def left_after(self, process: subprocess.Popen[bytes], number: signal.Signals) -> list[str]:
        process.send_signal(number)
        process.wait(60)
        eventually(lambda: processes_of(self.var) == [])
        return processes_of(self.var)


@pytest.fixture
def product(tmp_path: Path) -> Iterator[Product]:
    yield Product(tmp_path)
    for pid in processes_of(tmp_path):  # of a test that failed half-way
        os.kill(int(pid), signal.SIGKILL)


def test_the_demo_from_start_to_reset(product: Product) -> None:
    demo = product.start()
    assert "redress-demo" in product.told
    with urllib.request.urlopen(product.address("demo") + "/health/live") as answer:
        assert answer.status == 200

    second = product.run("--port", "0")
    assert second.returncode == 1
    assert f"already running at {product.address('demo')}" in second.stderr

    made = product.run("manage", "shell", "--no-imports", "-c", MAKE_A_SESSION)
    assert made.returncode == 0, made.stderr

    assert product.left_after(demo, signal.SIGINT) == []
    assert not product.told.endswith("Traceback")
    assert product.run("manage", "shell", "--no-imports", "-c", COUNT_SESSIONS).stdout == "1\n"

    again = product.start("--reset")
    assert product.left_after(again, signal.SIGKILL) == []
    # What a killed launcher leaves on disk is no obstacle.
    assert product.run("manage", "shell", "--no-imports", "-c", COUNT_SESSIONS).stdout == "0\n"


MAKE_A_SESSION = "from django.contrib.sessions.backends.db import SessionStore; SessionStore().create()"
COUNT_SESSIONS = "from django.contrib.sessions.models import Session; print(Session.objects.count())"


def test_live_has_neither_demo_nor_sandbox(product: Product) -> None:
    live = product.start("--live")

    assert "redress-demo" not in product.told
    assert not (product.var / "demo").exists()
    settings = json.loads((product.var / "live/running.json").read_text())["settings"]
    assert (settings["DEBUG"], settings["REDRESS_DEMO"], settings["TWILIO_API_URL"]) == ("0", "0", "")

    assert product.left_after(live, signal.SIGTERM) == []


def test_an_interrupted_start_leaves_nothing(product: Product) -> None:
    with product.output.open("wb") as output:
        command = [sys.executable, str(ROOT / "run"), "--port", "0"]
        started = subprocess.Popen(command, env=product.environment, stdout=output, stderr=subprocess.STDOUT)
    assert eventually(lambda: (product.var / "demo/postgres/postmaster.pid").exists())

    assert product.left_after(started, signal.SIGINT) == []
    assert "Traceback" not in product.told
