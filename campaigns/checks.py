"""The whole rulebook over a campaign's draft, with what is known around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from campaigns.checkable import LOCKED, brand_names, submission_of
from campaigns.draft import Draft
from campaigns.models import Campaign
from reviews import house
from rulebook.findings import Finding, Severity
from rulebook.lint import lint
from twilio_api.answer import Payload

WORST_FIRST = list(Severity)


@dataclass(frozen=True, slots=True)
class Context:
    """What stands at Twilio, locked fields included, and what the brand is called; empty where the mirror has none."""

    payload: Payload
    brand_name: str = ""


def context_of(review_id: int) -> Context:
    """Two statements."""
    payload, brand_sid = Campaign.objects.values_list("payload", "brand_sid").get(review=review_id)
    return Context(dict(payload), brand_names([brand_sid]).get(brand_sid, ""))


def run(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """What the rulebook says of this draft as the house reads it, worst first; errors would be refused outright."""
    # An address that nobody gave is missing: the update would go without it.
    given = replace(
        draft,
        privacy_policy_url=draft.privacy_policy_url or "",
        terms_and_conditions_url=draft.terms_and_conditions_url or "",
    )
    found = house.settle(map(_as_sent, lint(submission_of(context.payload, context.brand_name, given))))
    return tuple(sorted(found, key=lambda finding: WORST_FIRST.index(finding.severity)))


def _as_sent(finding: Finding) -> Finding:
    """No update carries a locked field, so none is refused for it: it is for the reviewer to judge."""
    if finding.severity == Severity.ERROR and finding.field in LOCKED:
        return replace(finding, severity=Severity.WARNING)
    return finding
