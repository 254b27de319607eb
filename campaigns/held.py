"""Why a campaign stands still although no reviewer has it: by itself, through its brand, or at another provider."""

from brands.models import Brand
from campaigns.models import Campaign
from campaigns.policy import registered_elsewhere
from reviews.models import Review
from reviews.status import Status
from rulebook.holds import (
    CAMPAIGN_SUSPENDED,
    CAMPAIGN_SUSPENDED_ITSELF,
    CAMPAIGN_SUSPENDED_THROUGH_BRAND,
    Hold,
    hold_of,
)


def held(review: Review) -> Hold | None:
    """Whether it was suspended alone or with its brand shows only in the brand's own state."""
    if review.status != Status.STOPPED:
        return registered_elsewhere(review)
    hold = hold_of(review.kind, review.twilio_status)
    return _suspended(review) if hold is CAMPAIGN_SUSPENDED else hold


def state_of_brand(review: Review) -> tuple[str, str]:
    """Our status and Twilio's word of the brand it is registered under; empty where that is not mirrored in the same
    account, or no longer at Twilio."""
    sid = Campaign.objects.filter(review=review).values("brand_sid")
    brands = Brand.objects.filter(sid__in=sid, review__account=review.account_id, review__gone_at=None)
    return brands.values_list("review__status", "review__twilio_status").first() or ("", "")


def _suspended(review: Review) -> Hold:
    status, word = state_of_brand(review)
    if not status:
        return CAMPAIGN_SUSPENDED
    return CAMPAIGN_SUSPENDED_THROUGH_BRAND if word.upper() == "SUSPENDED" else CAMPAIGN_SUSPENDED_ITSELF
