"""Sending a repaired brand: the only function here that spends an attempt."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import partial

from accounts.models import User
from brands import checks
from brands.draft import Draft
from reviews.contract import Reading, Submission
from reviews.models import Attempt, Review
from sync import gate
from sync.gate import Objection, Proposal


def submit(
    review_id: int,
    draft: Draft,
    by: User,
    *,
    based_on: Submission,
    agreed_fee: Decimal | None = None,
    note: str = "",
    warnings_reason: str = "",
) -> Attempt:
    """Opens an attempt with these facts. Raises gate.NotSent with the reasons; then nothing has changed."""
    proposal = Proposal(
        submission=draft.as_submission(),
        based_on=based_on,
        findings=checks.run(draft, checks.context_of(review_id)),
        agreed_fee=agreed_fee,
        note=note,
        warnings_reason=warnings_reason,
    )
    return gate.submit(review_id, proposal, by, partial(_objections, draft.facts))


def _objections(facts: Mapping[str, str], review: Review, stands: Reading) -> Iterator[Objection]:
    """A draft may be older than a change of the papers: the facts have to be those that this brand has."""
    if facts.keys() != stands.submission.keys():
        yield Objection("", "The papers of this brand hold other facts by now. Look at the form again.")
