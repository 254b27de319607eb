"""What a verification's page shows besides what all kinds have: its window, what the number may send, its siblings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import User
from reviews.contract import Panel
from reviews.models import Review
from reviews.status import REJECTED
from reviews.words import SOON, URGENT, WINDOW
from rulebook.traffic import traffic_of
from tollfree.numbers import Numbers

DAYS = 7


def panels(review: Review, user: User, now: datetime) -> Sequence[Panel]:
    """The window only while there is one, the siblings only where a reviewer asks about them."""
    may_be_edited = review.status in REJECTED and review.editable is True
    traffic = traffic_of(review.twilio_status, may_be_edited=may_be_edited)
    shown = [Panel("traffic", "Sending", "tollfree/_traffic.html", {"traffic": traffic})]
    if may_be_edited and review.deadline is not None:
        shown.insert(0, Panel("window", "Window", "tollfree/_window.html", {"window": Window(review.deadline, now)}))
    if (numbers := Numbers(review, user)).is_asked:
        shown.append(Panel("numbers", "Numbers", "tollfree/_siblings.html", {"numbers": numbers}))
    return shown


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the window: how much of it is left, from 0 to 1, and what happens at its end."""

    begins: datetime
    left: float
    is_now: bool
    note: str

    @property
    def gone_width(self) -> str:
        return f"{100 - round(100 * self.left)}%"

    @property
    def left_width(self) -> str:
        return f"{round(100 * self.left)}%"


@dataclass(frozen=True, slots=True)
class Window:
    """The seven days in which an edit is reviewed before new ones."""

    closes: datetime
    now: datetime

    @property
    def is_over(self) -> bool:
        return self.closes <= self.now

    @property
    def days(self) -> list[Day]:
        """In order; a window longer or shorter than seven days is drawn by its last seven."""
        return [self._day(self.closes - timedelta(days=DAYS - place)) for place in range(DAYS)]

    def _day(self, begins: datetime) -> Day:
        ends = begins + timedelta(days=1)
        left = min(max((ends - self.now) / timedelta(days=1), 0.0), 1.0)
        return Day(begins, left, is_now=begins <= self.now < ends, note=self._note(begins))

    def _note(self, begins: datetime) -> str:
        marks = {WINDOW: "rejected", SOON: "72 h left", URGENT: "24 h left"}
        return marks.get(self.closes - begins, "")
