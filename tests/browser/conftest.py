"""The whole product as `./run` starts it, and Chromium in front of it."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, StorageState

from launch.places import ROOT
from sandbox.handle import Sandbox
from tests.waiting import until

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
START_SECONDS = 120  # measured: 6 on two idle cores; the other tests share theirs
PASSWORD = "redress-demo"

type Visit = Callable[..., Page]


@pytest.hookimpl(tryfirst=True)  # before xdist reads the marks
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One product for all of these, so one worker; skipped with a reason where there is no browser to skip for."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))
            if CHROMIUM is None and not os.environ.get("REQUIRE_BROWSER"):
                item.add_marker(pytest.mark.skip(reason="no Chromium found; CI demands it with REQUIRE_BROWSER=1"))


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"]
    return {**browser_type_launch_args, "args": args, "executable_path": CHROMIUM}


@dataclass(frozen=True)
class Product:
    address: str
    twilio: Sandbox


@pytest.fixture(scope="package")
def product(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Product]:
    """`./run` in a place of its own: database, queue, sandbox, web, workers and beat, with the demo's data."""
    var = tmp_path_factory.mktemp("product")
    bare = {"PATH": "/usr/bin:/bin", "HOME": str(var), "REDRESS_VAR": str(var)}
    output = var / "output"
    with output.open("wb") as file:
        command = [sys.executable, str(ROOT / "run"), "--port", "0"]
        process = subprocess.Popen(command, env=bare, stdout=file, stderr=subprocess.STDOUT)
    try:
        until(lambda: "is ready" in output.read_text() or process.poll() is not None, START_SECONDS)
        assert process.poll() is None, output.read_text()
        running = json.loads((var / "demo" / "running.json").read_text())
        yield Product(running["address"], Sandbox(running["settings"]["TWILIO_API_URL"]))
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


@pytest.fixture(scope="package")
def signed_in(product: Product, browser: Browser) -> Callable[[str], StorageState]:
    """The cookies of somebody of a role who signed in. That takes the server a second, so each does once."""

    @cache
    def cookies(role: str) -> StorageState:
        with browser.new_context(base_url=product.address) as context:
            page = context.new_page()
            page.goto("/sign-in/login/")
            page.fill("[name=login]", f"{role}@demo.redress.example")
            page.fill("[name=password]", PASSWORD)
            page.click("main [type=submit]")
            page.wait_for_url("**/inbox/")
            return context.storage_state()

    return cookies


@pytest.fixture
def visit(product: Product, browser: Browser, signed_in: Callable[[str], StorageState]) -> Iterator[Visit]:
    """Opens a browser of its own in which somebody of a role is signed in, at the inbox. Nothing may be logged to its
    console."""
    with ExitStack() as contexts:

        def opened(role: str = "manager", **options: Any) -> Page:
            context = browser.new_context(base_url=product.address, storage_state=signed_in(role), **options)
            page = contexts.enter_context(context).new_page()
            page.on("console", lambda message: complain(page, message.type, message.text))
            page.on("pageerror", lambda error: pytest.fail(f"{page.url}: {error}"))
            page.goto("/inbox/")
            return page

        yield opened


# What Chromium says of an answer that is meant: a refused form, or a newer draft.
MEANT = ("status of 422", "status of 409", "status of 403", "status of 404")


def complain(page: Page, level: str, text: str) -> None:
    if level == "error" and not any(meant in text for meant in MEANT):
        pytest.fail(f"{page.url} logged: {text}")
