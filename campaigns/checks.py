"""The whole rulebook over a campaign's draft, with what is known around it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from campaigns.checkable import brand_names, submission_of
from campaigns.draft import Draft
from campaigns.models import Campaign
from reviews import house
from rulebook.findings import Finding
from twilio_api.answer import Payload


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
    return house.judge(submission_of(context.payload, context.brand_name, given))
