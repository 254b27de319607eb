"""A brand in words: the facts it is judged by, flagged ones marked, and what differs between two of them."""

from collections.abc import Sequence
from typing import Any

from brands.dossier import papers_of
from brands.draft import Draft
from brands.facts import ADDRESS, BY_KEY, facts_of, value_of
from brands.models import Brand, Entity
from brands.words import said
from reviews.contract import FieldChange, FieldView, Submission
from reviews.flags import flagged_keys
from reviews.models import Review
from reviews.payloads import text
from rulebook.limits import LOCKED

TYPES = {"STANDARD": "Standard", "SOLE_PROPRIETOR": "Sole proprietor"}


def lines(submission: Submission) -> dict[str, str]:
    """The facts as one text each, Twilio's words with ours before them."""
    return {key: said(key, value) for key, value in Draft.from_submission(submission).facts.items()}


def shown(review: Review) -> list[FieldView]:
    """The facts as the papers hold them, and after them what no update changes."""
    brand = Brand.objects.get(review=review)
    papers, flagged = papers_of(brand), flagged_keys(review)
    rows = {key: (BY_KEY[key].label, value) for key, value in lines(facts_of(papers)).items()}
    rows |= {row.field: (row.label, _locked(brand, papers, row.field)) for row in LOCKED if row.kind == review.kind}
    return [
        FieldView(key, label, value, flagged.get(key, ()), is_link=value.startswith("https://") and " " not in value)
        for key, (label, value) in rows.items()
    ]


def compare(before: Submission, after: Submission) -> Sequence[FieldChange]:
    """The facts that both know. One that only one of them has proves nothing: an answer about the brand itself carries
    none of them."""
    old, new = lines(before), lines(after)
    return [FieldChange(key, BY_KEY[key].label, old[key], new[key]) for key in BY_KEY if key in old and key in new]


def _locked(brand: Brand, papers: Sequence[Entity], name: str) -> str:
    """It stands in the brand's own payload; the country in its address."""
    address: dict[str, Any] = next((paper.attributes for paper in papers if paper.type == ADDRESS), {})
    value = text(brand.payload, name) or value_of(address, name)
    return TYPES.get(value, value)
