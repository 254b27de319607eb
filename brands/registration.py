"""A brand's registration in words: what the registry made of it, and who else vetted it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from brands.models import Brand
from brands.show import TYPES
from reviews.models import Review
from reviews.payloads import flag, moment_of, text, texts
from reviews.status import Status

# Twilio's enumerations BrandRegistrationsEnumIdentityStatus and ...BrandFeedback, OpenAPI of 2026-04-14.
IDENTITY = {
    "SELF_DECLARED": "Self-declared: taken as given",
    "UNVERIFIED": "Not verified",
    "VERIFIED": "Verified",
    "VETTED_VERIFIED": "Verified, and vetted by a third party",
}
FEEDBACK = {
    "TAX_ID": "tax number and legal name do not match",
    "STOCK_SYMBOL": "stock symbol does not match",
    "NONPROFIT": "not confirmed as a non-profit",
    "GOVERNMENT_ENTITY": "not confirmed as a government entity",
    "OTHERS": "other details could not be verified",
}
PROVIDERS: Mapping[str, str] = MappingProxyType({"campaign-verify": "Campaign Verify", "aegis": "Aegis Mobile"})
RUNNING = ("PENDING", "IN_PROGRESS")
VETTING_STATUS = {"PENDING": "Under way", "IN_PROGRESS": "Under way", "SUCCESS": "Passed", "FAILED": "Failed"}


@dataclass(frozen=True, slots=True)
class Vetting:
    """What somebody else found out about a brand. Its token is not shown: it opens the finding to whoever has it."""

    sid: str
    provider: str
    vetting_class: str
    status: str
    at: datetime | None


def registration_of(review: Review, brand: Brand) -> list[tuple[str, str]]:
    """Labels and values, without what Twilio leaves empty."""
    shown = brand.payload
    rows = [
        ("Status", f"{Status(review.status).label} ({review.twilio_status or 'none'})"),
        ("Type", _type(brand)),
        ("Identity", f"{IDENTITY.get(brand.identity_status, '')} ({brand.identity_status})".strip()
         if brand.identity_status else "Not known yet"),
        ("Score", text(shown, "brand_score") or "None yet"),
        ("Secondary vetting", secondary_vetting(review, brand)),
        ("Feedback", "; ".join(FEEDBACK.get(word, word) for word in texts(shown, "brand_feedback"))),
        ("Registry ID", text(shown, "tcr_id")),
        ("Failure reason", text(shown, "failure_reason")),
        ("Russell 3000", "yes" if flag(shown, "russell_3000") else ""),
        ("Government entity", "yes" if flag(shown, "government_entity") else ""),
        ("Tax-exempt status", text(shown, "tax_exempt_status")),
        ("Mock", "yes: for tests only" if flag(shown, "mock") else ""),
        ("Registered", text(shown, "date_created")[:10]),
    ]  # fmt: skip
    return [row for row in rows if row[1]]


def vettings_of(brand: Brand) -> list[Vetting]:
    """Newest first."""
    found = [_vetting(vetting) for vetting in brand.vettings if isinstance(vetting, dict)]
    return sorted(found, key=lambda vetting: vetting.at.timestamp() if vetting.at else 0, reverse=True)


def secondary_vetting(review: Review, brand: Brand) -> str:
    """Whether the registry's own second look is done. Twilio has no field for it: it shows in the score."""
    if text(brand.payload, "brand_type") == "SOLE_PROPRIETOR":
        return "Not for sole proprietors"
    if flag(brand.payload, "skip_automatic_sec_vet"):
        return "Left out: a low-volume standard brand"
    if score := text(brand.payload, "brand_score"):
        return f"Done: score {score}"
    if review.status == Status.APPROVED:
        return "No score yet: under way, or failed"
    return "Follows the approval"


def takes_vettings(review: Review, brand: Brand) -> bool:
    """Only an approved standard brand takes one from elsewhere."""
    is_standard = text(brand.payload, "brand_type") in ("STANDARD", "")
    return review.status == Status.APPROVED and is_standard and review.gone_at is None


def is_running(brand: Brand) -> bool:
    return any(text(v, "vetting_status").upper() in RUNNING for v in brand.vettings if isinstance(v, dict))


def _type(brand: Brand) -> str:
    kind = text(brand.payload, "brand_type")
    low_volume = flag(brand.payload, "skip_automatic_sec_vet") and kind == "STANDARD"
    return f"{TYPES.get(kind, kind)}{', low volume' if low_volume else ''}"


def _vetting(shown: Mapping[str, object]) -> Vetting:
    payload = dict(shown)
    status = text(payload, "vetting_status")
    return Vetting(
        sid=text(payload, "brand_vetting_sid"),
        provider=PROVIDERS.get(text(payload, "vetting_provider"), text(payload, "vetting_provider")),
        vetting_class=text(payload, "vetting_class").capitalize(),
        status=VETTING_STATUS.get(status.upper(), status),
        at=moment_of(payload.get("date_updated")),
    )
