"""The subject line of an appeal.

Twilio names one for toll-free numbers only (help article on toll-free resubmission, 2023); the others follow it.
"""

from collections.abc import Mapping
from types import MappingProxyType

REJECTED, SUSPENDED = False, True
_SUBJECTS: Mapping[tuple[str, bool], str] = MappingProxyType(
    {
        ("tollfree", REJECTED): "Toll-Free Verification Rejection Appeal for {}",
        ("campaign", REJECTED): "A2P Campaign Rejection Appeal for {}",
        ("brand", REJECTED): "A2P Brand Registration Rejection Appeal for {}",
        ("campaign", SUSPENDED): "A2P Campaign Suspension Appeal for {}",
        ("brand", SUSPENDED): "A2P Brand Suspension Appeal for {}",
    }
)
_OTHER = "A2P Registration Appeal for {}"


def subject_for(kind: str, business: str, *, is_suspended: bool) -> str:
    """The subject of a letter about this business, or this number."""
    return _SUBJECTS.get((kind, is_suspended), _OTHER).format(business)
