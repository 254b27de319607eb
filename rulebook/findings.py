"""What a check says about a draft."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """ERROR: Twilio refuses the call. WARNING: a reviewer is likely to reject. ADVICE: better, not needed."""

    ERROR = "error"
    WARNING = "warning"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark on one field.

    `rule` is the id of the check ("L01"), `field` our draft key ("message_flow", "sample_2"). `span` is the half-open
    range of characters it speaks of, None for the whole field. `codes` are the Twilio numbers it would prevent.
    """

    rule: str
    field: str
    severity: Severity
    message: str
    span: tuple[int, int] | None = None
    codes: tuple[int, ...] = ()
    suggestion: str = ""
