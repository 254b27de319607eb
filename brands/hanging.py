"""What hangs on a brand, and what of it stands in the way of an update."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from brands.models import Brand, Bundle
from brands.trusthub import PRIMARY_POLICY
from reviews.models import Review, ReviewQuerySet
from reviews.status import Status

UNREAD = "What stands behind this brand has not been read yet: its customer profile and its A2P bundle."
PRIMARY = (
    "This brand stands on the account’s own primary customer profile, and only Twilio’s Console can change that one."
)


@dataclass(frozen=True, slots=True)
class Burden:
    """What a brand's state does to the campaigns on it, and where that is from."""

    words: str
    source: str


SUSPENDED = Burden(
    "Every campaign on it is suspended with it, and none can be registered or changed.", "Twilio error page 21731"
)
UNCONFIRMED = Burden(
    "No campaign can be registered on it before the owner has confirmed.", "Twilio error pages 21717 and 30991"
)
FAILED = Burden("No campaign can be registered on it before it is approved.", "Twilio error page 21717")
WAITING = Burden("Campaigns can be registered on it once it is approved.", "Twilio error page 21717")
FEEDBACK = Burden(
    "It carries no campaigns before the feedback below is put right, although it is approved.",
    "Twilio error pages 30795 to 30799",
)
FREE = Burden("Campaigns can be registered on it.", "Twilio error page 21717")
# The state decides, but for an approved brand; what is missing here is said by nobody.
BURDENS: Mapping[Status, Burden] = MappingProxyType(
    {
        Status.STOPPED: SUSPENDED,
        Status.NEEDS_FIX: FAILED,
        Status.NEEDS_DECISION: FAILED,
        Status.IN_REVIEW: WAITING,
    }
)


def hanging_on(review: Review) -> ReviewQuerySet:
    """What stands under this brand at Twilio."""
    others = Review.objects.present().filter(account_id=review.account_id, owner_sids__contains=[review.sid])
    return others.exclude(pk=review.pk)


def obstacles(review: Review, brand: Brand) -> list[str]:
    """Why no update of this brand can be sent, whatever its own state: at most two statements."""
    found = [UNREAD] if brand.dossier_read_at is None else []
    bundle = Bundle.objects.filter(sid=brand.profile_sid).only("payload").first()
    if bundle and bundle.payload.get("policy_sid") == PRIMARY_POLICY:
        found.append(PRIMARY)
    if count := hanging_on(review).count():
        found.append(hindered_by(count))
    return found


def hindered_by(count: int) -> str:
    """Source: Twilio, Troubleshooting and rectifying A2P campaigns, "when to delete" (seen 2026-11-22)."""
    hang = "1 campaign hangs" if count == 1 else f"{count} campaigns hang"
    return f"{hang} on this brand, and Twilio takes no update of a brand that has campaigns."


def burden_of(review: Review, brand: Brand) -> Burden | None:
    """What its state does to the campaigns on it; None where nobody knows."""
    if review.status != Status.APPROVED:
        return BURDENS.get(Status(review.status))
    if brand.identity_status.upper() == "UNVERIFIED":
        return UNCONFIRMED
    return FEEDBACK if review.codes else FREE
