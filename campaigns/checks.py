"""Which rulebook check looks at which field of a campaign."""

from dataclasses import replace

from campaigns.draft import Draft
from rulebook.checks.limits import check_campaign_limits
from rulebook.findings import Finding


def run(draft: Draft) -> tuple[Finding, ...]:
    """What the rulebook says of this draft; errors are what Twilio would refuse."""
    given = replace(
        draft,
        privacy_policy_url=draft.privacy_policy_url or "",
        terms_and_conditions_url=draft.terms_and_conditions_url or "",
    )
    return tuple(check_campaign_limits(given))  # type: ignore[arg-type]
