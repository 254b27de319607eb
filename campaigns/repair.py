"""Sending a repaired campaign: the only function here that spends an attempt."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import partial

from accounts.models import User
from campaigns import checks
from campaigns.draft import Draft
from campaigns.held import state_of_brand
from reviews.contract import Reading, Submission
from reviews.models import Attempt, Review
from reviews.status import Status
from rulebook.findings import Finding, Severity
from rulebook.limits import CAMPAIGN_FROZEN_WHEN_VERIFIED
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
    """Opens an attempt with this draft. Raises gate.NotSent with the reasons; then nothing has changed."""
    proposal = Proposal(
        submission=draft.as_submission(),
        based_on=based_on,
        findings=checks.run(draft, checks.context_of(review_id)),
        agreed_fee=agreed_fee,
        note=note,
        warnings_reason=warnings_reason,
    )
    return gate.submit(review_id, proposal, by, partial(_objections, draft, _refused(proposal.findings)))


def _refused(findings: Iterable[Finding]) -> set[str]:
    return {finding.field for finding in findings if finding.severity == Severity.ERROR}


def _objections(draft: Draft, said: set[str], review: Review, stands: Reading) -> Iterator[Objection]:
    """Once a campaign is approved its four flags are frozen: Twilio refuses the update otherwise. The checks say so
    too, of what stood before the review was locked: `said` are the fields they named."""
    status_of_brand, _ = state_of_brand(review)
    if status_of_brand == Status.STOPPED:
        yield Objection("", "Its brand is stopped: every campaign on it is suspended with it. Settle the brand first.")
    if review.status != Status.APPROVED:
        return
    for name in CAMPAIGN_FROZEN_WHEN_VERIFIED:
        if name not in said and getattr(draft, name) != stands.submission.get(name):
            yield Objection(name, "An approved campaign keeps its content flags.")
