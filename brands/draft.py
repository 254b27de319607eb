"""What may be changed of a brand: the facts in its papers. The brand's own update call has no body.

Which facts there are differs from brand to brand: a sole proprietor has no tax number, few businesses have a second
representative. A draft holds those of one brand.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from brands.facts import BY_KEY
from twilio_api.answer import Payload

# Under this name the mirror lays the facts beside the brand's own payload, which does not carry them.
PAPERS = "_papers"


@dataclass(frozen=True, slots=True)
class Draft:
    facts: Mapping[str, str]

    @classmethod
    def from_payload(cls, payload: Payload) -> Draft:
        """The facts as the mirror knows them; none in an answer of Twilio's, or where nobody has read them yet."""
        papers = payload.get(PAPERS)
        return cls.from_submission(papers if isinstance(papers, dict) else {})

    @classmethod
    def from_submission(cls, submission: Mapping[str, Any]) -> Draft:
        return cls({key: str(submission[key]) for key in BY_KEY if key in submission})

    def as_submission(self) -> dict[str, Any]:
        """Plain JSON, in the order of the form."""
        return dict(self.facts)
