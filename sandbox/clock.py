"""The sandbox's time, which a test may freeze and move, and how Twilio writes a moment down."""

import time
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime


@dataclass(slots=True)
class Clock:
    """Seconds since the epoch, shifted by `offset`; standing still while `frozen_at` is set."""

    offset: float = 0.0
    frozen_at: float | None = None

    def now(self) -> float:
        return self.frozen_at if self.frozen_at is not None else time.time() + self.offset

    def freeze(self) -> None:
        self.frozen_at = self.now()

    def run(self) -> None:
        """Goes on from where it stands: time spent frozen is not caught up."""
        self.offset, self.frozen_at = self.now() - time.time(), None

    def advance(self, seconds: float) -> None:
        if self.frozen_at is None:
            self.offset += seconds
        else:
            self.frozen_at += seconds


def iso(moment: float) -> str:
    """As every API but the one of 2010 writes it: 2026-01-27T14:18:35Z."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(moment))


def rfc2822(moment: float) -> str:
    """As the 2010 API writes it: Tue, 27 Jan 2026 14:18:35 +0000."""
    return format_datetime(datetime.fromtimestamp(moment, UTC))


def rfc2822_of(written: str) -> str:
    """The same for a moment that is kept as the newer APIs write it."""
    return rfc2822(datetime.fromisoformat(written).timestamp())
