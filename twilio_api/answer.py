from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Plain JSON as Twilio sent it.
type Payload = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """One resource as Twilio showed it, and the moment for which that is known to be true.

    A read is as old as its question, a write as new as its answer: without that, a slow read
    would falsely undo what a write has changed meanwhile.
    """

    payload: Payload
    as_of: datetime
    status: int = 200
    request_id: str = ""
    # Of a list: this record ends a page, and the address of the page that follows, empty after the last.
    ends_page: bool = False
    next_page: str = ""
