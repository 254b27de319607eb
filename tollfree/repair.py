"""Sending a repaired verification: the only function here that spends an attempt."""

from decimal import Decimal

from accounts.models import User
from reviews.contract import Submission
from reviews.models import Attempt
from sync import gate
from sync.gate import Proposal
from tollfree import checks
from tollfree.draft import Draft


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
    """Opens an attempt with this draft; the note is the reason for the edit that Twilio's reviewers read. Raises
    gate.NotSent with the reasons; then nothing has changed."""
    proposal = Proposal(
        submission=draft.as_submission(),
        based_on=based_on,
        findings=checks.run(draft, checks.context_of(review_id)),
        agreed_fee=agreed_fee,
        note=note,
        warnings_reason=warnings_reason,
    )
    return gate.submit(review_id, proposal, by)
