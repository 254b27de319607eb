"""What stands in the log in production: one JSON object a line."""

import json
import logging
from typing import Any

import pytest
import structlog


@pytest.mark.parametrize("log", [structlog.get_logger("ours"), logging.getLogger("theirs")], ids=["ours", "theirs"])
def test_a_failure_has_its_traceback(log: Any, caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ValueError("nobody expected this")
    except ValueError:
        log.exception("it_failed")
    console = next(handler for handler in logging.getLogger().handlers if handler.name == "console")
    [line] = [json.loads(console.format(record)) for record in caplog.records]
    assert (line["event"], line["level"]) == ("it_failed", "error")
    assert line["exception"].startswith("Traceback")
    assert line["exception"].endswith("ValueError: nobody expected this")
