"""The owner of a sole proprietor's brand: asked by text message, 24 hours to answer, asked again by us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from brands.models import Brand
from reviews.models import Review
from reviews.payloads import text
from reviews.status import Status

# Twilio error page 30752, seen 2026-11-22.
LIFETIME = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Owner:
    """Who has to answer, at which number, since when we know that they were asked, and until when it counts."""

    mobile: str
    asked_at: datetime
    is_unsure: bool
    # Whether we asked; otherwise Twilio did, when it approved the brand.
    by_us: bool

    @property
    def until(self) -> datetime:
        return self.asked_at + LIFETIME

    @property
    def is_over(self) -> bool:
        """Only where we asked: of Twilio's own message nobody knows when it went out."""
        return self.by_us and self.until <= timezone.now()


def waits_for_owner(review: Review, brand: Brand) -> bool:
    """Approved, and nothing goes on before the owner has answered YES."""
    kept = (text(brand.payload, "brand_type"), review.status, brand.identity_status.upper())
    return kept == ("SOLE_PROPRIETOR", Status.APPROVED, "UNVERIFIED") and review.gone_at is None


def owner_of(review: Review, brand: Brand, mobile: str) -> Owner | None:
    """None where nobody has to answer. Twilio does not tell when it asked: the approval is the earliest moment."""
    if not waits_for_owner(review, brand):
        return None
    asked_at = brand.otp_sent_at or review.status_since
    return Owner(mobile, asked_at, brand.otp_is_unsure, by_us=brand.otp_sent_at is not None)
