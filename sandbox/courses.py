"""How each kind goes through review: its words for the stations, who reads it, and what a verdict leaves on it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from sandbox import facts, news, reading, reading_papers
from sandbox.clock import iso
from sandbox.rejections import FINAL_FOR_TOLL_FREE, Rejection
from sandbox.world import Kind, Payload, Resource, World

EDIT_WINDOW = 7 * 24 * 3600.0  # a rejected toll-free verification is reviewed with priority for 7 days
# The older word for a failure, which Twilio still shows beside errors[].
FEEDBACK = {30795: "TAX_ID", 30796: "STOCK_SYMBOL", 30797: "GOVERNMENT_ENTITY", 30798: "NONPROFIT", 30799: "OTHERS"}


@dataclass(frozen=True, slots=True)
class Course:
    """How one kind goes through review: where its status stands, the words for each station, and who reads it."""

    field: str
    waiting: str
    reading: str
    passed: str
    failed: str
    suspended: str
    read: Callable[[World, Resource], list[Rejection]]
    when_submitted: Payload
    when_passed: Callable[[Resource], Payload]
    when_failed: Callable[[Sequence[Rejection], float], Payload]
    after_passed: Callable[[World, Resource], None] | None = None  # what else happens then


def _read_campaign(world: World, campaign: Resource) -> list[Rejection]:
    """The brand first: while that is at fault, no text is looked at. Nor is it where another provider has vetted it."""
    if campaign.payload["is_externally_registered"]:
        return [] if campaign.payload["campaign_id"] in world.shared_campaigns else [Rejection(30904)]
    brand = world.find(Kind.BRAND, str(campaign.payload["brand_registration_sid"]))
    faults = reading.read_brand_of_campaign(brand.payload if brand else None, facts.brands_of_same_tax_id(world, brand))
    return faults or reading.read_campaign(campaign.payload, brand_name(world, str(brand and brand.key)))


def _read_verification(world: World, verification: Resource) -> list[Rejection]:
    return reading.read_verification(verification.payload, _numbers_of_business(world, verification))


def _numbers_of_business(world: World, verification: Resource) -> int:
    """Toll-free numbers registered under the same name and address, wherever at this Twilio."""
    fields = ("business_name", "business_street_address", "business_postal_code")
    asked = [verification.payload[name] for name in fields]
    others = (found.payload for found in world.shelves[Kind.VERIFICATION])
    return sum([other[name] for name in fields] == asked for other in others)


def _read_brand(world: World, brand: Resource) -> list[Rejection]:
    profile = world.find(Kind.CUSTOMER_PROFILE, str(brand.payload["customer_profile_bundle_sid"]), brand.account_sid)
    product = world.find(Kind.TRUST_PRODUCT, str(brand.payload["a2p_profile_bundle_sid"]), brand.account_sid)
    if profile is None or product is None:
        return [Rejection(30793)]
    papers, a2p = facts.gather(world, profile), facts.gather(world, product)
    if faults := reading_papers.read_brand(papers, a2p, world.registry):
        return faults
    return [] if _are_ready(profile, product) else [Rejection(30799)]


def _are_ready(profile: Resource, product: Resource) -> bool:
    """A brand needs an approved profile, while its A2P bundle may be on its way (field report, 2026-09)."""
    is_submitted = product.payload["status"] not in ("draft", "twilio-rejected")
    return profile.payload["status"] == "twilio-approved" and is_submitted


def _read_profile(world: World, profile: Resource) -> list[Rejection]:
    held, policy_sid = facts.gather(world, profile), str(profile.payload["policy_sid"])
    return reading_papers.read_profile(held, policy_sid, world.registry)


def _read_product(world: World, product: Resource) -> list[Rejection]:
    return reading_papers.read_product(facts.gather(world, product), str(product.payload["policy_sid"]))


def brand_name(world: World, brand_sid: str) -> str:
    """A brand payload carries no name: it stands in the customer profile behind it. Blank when unknown."""
    brand = world.find(Kind.BRAND, brand_sid)
    profile = brand and world.find(Kind.CUSTOMER_PROFILE, str(brand.payload["customer_profile_bundle_sid"]))
    return str(profile.payload["friendly_name"]) if profile else ""


def _campaign_passed(campaign: Resource) -> Payload:
    return {
        "errors": [],
        "campaign_id": campaign.payload["campaign_id"] or _registry_id("C", campaign),
        "rate_limits": {"att": {"mps": 75, "msg_class": "E"}, "tmobile": {"brand_tier": "LOW"}},
    }


def _brand_passed(brand: Resource) -> Payload:
    """A sole proprietor has no score, and is verified only once the owner has answered."""
    tcr_id = brand.payload["tcr_id"] or _registry_id("B", brand)
    sole = brand.payload["brand_type"] == "SOLE_PROPRIETOR"
    score, identity = (None, "UNVERIFIED") if sole else (74, "VERIFIED")
    return {
        "errors": [],
        "brand_feedback": None,
        "tcr_id": tcr_id,
        "brand_score": score,
        "identity_status": identity,
    }


def _ask_owner(world: World, brand: Resource) -> None:
    if brand.payload["identity_status"] == "UNVERIFIED":
        brand.otp_sent_at = world.clock.now()


def _vet_brand(world: World, vetting: Resource) -> None:
    if brand := world.find(Kind.BRAND, str(vetting.parent)):
        brand.change(world.clock.now(), {"identity_status": "VETTED_VERIFIED", "brand_score": 88})
        news.tell(world, brand)


def _registry_id(letter: str, resource: Resource) -> str:
    """As the registry numbers things, C6KQ2XM; drawn from the SID, so a generated world repeats itself."""
    return letter + resource.key[-6:].upper()


def _errors(rejections: Sequence[Rejection]) -> list[Payload]:
    return [rejection.as_error() for rejection in rejections]


def _brand_failed(rejections: Sequence[Rejection], now: float) -> Payload:
    feedback = [FEEDBACK[rejection.code] for rejection in rejections if rejection.code in FEEDBACK]
    return {"errors": _errors(rejections), "brand_feedback": feedback or None, "identity_status": "UNVERIFIED"}


def _verification_failed(rejections: Sequence[Rejection], now: float) -> Payload:
    """The first reason also fills the two legacy fields, as the OpenAPI document of 2026-04-14 describes them."""
    editable = not FINAL_FOR_TOLL_FREE.intersection(rejection.code for rejection in rejections)
    return {
        "rejection_reason": rejections[0].words,
        "error_code": rejections[0].code,
        "rejection_reasons": [rejection.as_reason() for rejection in rejections],
        "edit_allowed": editable,
        "edit_expiration": iso(now + EDIT_WINDOW) if editable else None,
    }


def _bundle_failed(rejections: Sequence[Rejection], now: float) -> Payload:
    return {"errors": [{"code": rejection.code, "message": rejection.words} for rejection in rejections]}


_NO_VERDICT: Payload = dict.fromkeys(
    ("rejection_reason", "error_code", "rejection_reasons", "edit_allowed", "edit_expiration")
)
_PROFILE = Course(
    field="status",
    waiting="pending-review",
    reading="in-review",
    passed="twilio-approved",
    failed="twilio-rejected",
    suspended="twilio-rejected",
    read=_read_profile,
    when_submitted={"errors": None},
    when_passed=lambda bundle: {"errors": None},
    when_failed=_bundle_failed,
)
COURSES: Mapping[Kind, Course] = MappingProxyType(
    {
        Kind.CAMPAIGN: Course(
            field="campaign_status",
            waiting="PENDING",
            reading="IN_PROGRESS",
            passed="VERIFIED",
            failed="FAILED",
            suspended="SUSPENDED",
            read=_read_campaign,
            when_submitted={"errors": []},
            when_passed=_campaign_passed,
            when_failed=lambda rejections, now: {"errors": _errors(rejections)},
        ),
        Kind.BRAND: Course(
            field="status",
            waiting="PENDING",
            reading="IN_REVIEW",
            passed="APPROVED",
            failed="FAILED",
            suspended="SUSPENDED",
            read=_read_brand,
            when_submitted={"errors": [], "brand_feedback": None, "identity_status": None},
            when_passed=_brand_passed,
            when_failed=_brand_failed,
            after_passed=_ask_owner,
        ),
        # Its text says PENDING where Twilio's examples show IN_PROGRESS; the examples are followed.
        Kind.VETTING: Course(
            field="vetting_status",
            waiting="IN_PROGRESS",
            reading="IN_PROGRESS",
            passed="SUCCESS",
            failed="FAILED",
            suspended="FAILED",
            read=lambda world, vetting: [],
            when_submitted={},
            when_passed=lambda vetting: {},
            when_failed=lambda rejections, now: {},
            after_passed=_vet_brand,
        ),
        Kind.VERIFICATION: Course(
            field="status",
            waiting="PENDING_REVIEW",
            reading="IN_REVIEW",
            passed="TWILIO_APPROVED",
            failed="TWILIO_REJECTED",
            suspended="TWILIO_REJECTED",
            read=_read_verification,
            when_submitted=_NO_VERDICT,
            when_passed=lambda verification: _NO_VERDICT,
            when_failed=_verification_failed,
        ),
        Kind.CUSTOMER_PROFILE: _PROFILE,
        Kind.TRUST_PRODUCT: replace(_PROFILE, read=_read_product),
    }
)
