"""The demo world: one software vendor, its customers, and every state worth seeing, made by hand.

Larkspur Bike Repair's marketing campaign is the first repair a newcomer makes: its consent text lacks frequency and
rates, and with both added the reviewer passes it. Deadlines count from the moment the world is first made.
"""

import hashlib
from collections.abc import Sequence

from sandbox import accounts, brands, campaigns, papers, services, texts, tollfree
from sandbox.clock import iso
from sandbox.courses import COURSES
from sandbox.demo_rows import (
    BRANDS,
    CAMPAIGNS,
    DAY,
    HOUR,
    SUBACCOUNTS,
    VERIFICATIONS,
    BrandRow,
    CampaignRow,
    VerificationRow,
)
from sandbox.papers import Filing
from sandbox.rejections import Rejection
from sandbox.texts import Business
from sandbox.world import Kind, Payload, Resource, World

MAIN_SID = "AC5a4db0c05a4db0c05a4db0c05a4db0c0"
MAIN_TOKEN = "sandbox-token-northbeam-00000000"  # noqa: S105  it opens nothing but this sandbox
PARTS = {"profile": "", "product": " A2P"}  # how the SIDs of the two bundles have been named from the start


def fill(world: World) -> None:
    now = world.clock.now()
    created = now - 300 * DAY
    main = {"sid": MAIN_SID, "auth_token": MAIN_TOKEN, "friendly_name": "Northbeam Software", "date_created": created}
    accounts.add(world, main)
    for business in SUBACCOUNTS:
        accounts.add(world, _subaccount(business, created))
    for brand in BRANDS:
        _add_brand(world, brand, now)
    for campaign in CAMPAIGNS:
        _add_campaign(world, campaign, now)
    for verification in VERIFICATIONS:
        _add_verification(world, verification, now)


def fixed_sid(prefix: str, name: str) -> str:
    """The same in every demo, so pages and screenshots may name it."""
    return prefix + hashlib.sha256(f"{prefix} {name}".encode()).hexdigest()[:32]


def account_sid(business: Business) -> str:
    return fixed_sid("AC", business.name) if business in SUBACCOUNTS else MAIN_SID


def service_sid(business: Business, title: str) -> str:
    """Names the campaign that hangs on it."""
    return fixed_sid("MG", f"{business.name} {title}")


def _subaccount(business: Business, created: float) -> Payload:
    return {
        "sid": account_sid(business),
        "auth_token": f"sandbox-token-{business.domain}-".ljust(32, "0"),
        "friendly_name": business.name,
        "owner_account_sid": MAIN_SID,
        "date_created": created,
    }


def _add_brand(world: World, row: BrandRow, now: float) -> None:
    owner, name = account_sid(row.business), row.business.name
    filing = Filing(row.business, brand_type=row.brand_type, profile_status=row.profile_status, filed=row.filed)
    made = papers.file(world, owner, filing, lambda prefix, part: fixed_sid(prefix, name + PARTS.get(part, f" {part}")))
    profile = world.find(Kind.CUSTOMER_PROFILE, made.profile_sid)
    if profile and row.profile_status == "twilio-rejected":
        _settle(profile, row.profile_status, [Rejection(18602)], now - 2 * DAY)
    fields = {
        "sid": fixed_sid("BN", name),
        "brand_type": row.brand_type,
        "customer_profile_bundle_sid": made.profile_sid,
        "a2p_profile_bundle_sid": made.product_sid,
    }
    brand = brands.add(world, owner, fields)
    _settle(brand, row.status, [Rejection(code) for code in row.codes], now - 2 * DAY)
    if row.brand_type == "SOLE_PROPRIETOR":
        brand.otp_sent_at = now - 3 * HOUR


def _add_campaign(world: World, row: CampaignRow, now: float) -> None:
    owner = account_sid(row.business)
    fields = {"sid": service_sid(row.business, row.title), "friendly_name": f"{row.business.name} · {row.title}"}
    service = services.add(world, owner, fields)
    written = {
        **texts.campaign(row.business, row.use_case),
        **row.changes,
        **_origin(world, row),
        "date_created": iso(now - 60 * DAY),
    }
    campaign = campaigns.add(world, service, written)
    campaign.updates = row.updates
    _settle(campaign, row.status, row.rejections, now - row.age * DAY)


def _origin(world: World, row: CampaignRow) -> Payload:
    """Its brand, or the number under which another provider registered and shared it."""
    if not row.registered_elsewhere:
        return {"brand_registration_sid": fixed_sid("BN", row.business.name)}
    world.shared_campaigns[row.registered_elsewhere] = {}
    return {"campaign_id": row.registered_elsewhere, "is_externally_registered": True}


def _add_verification(world: World, row: VerificationRow, now: float) -> None:
    written = {
        **texts.verification(row.business, row.phone),
        **row.changes,
        "sid": fixed_sid("HH", row.phone),
        "external_reference_id": row.business.domain,
        "date_created": iso(now - 20 * DAY),
    }
    verification = tollfree.add(world, account_sid(row.business), written)
    rejected_at = now - 7 * DAY + row.window if row.window is not None else now - 9 * DAY
    _settle(verification, row.status, [Rejection(code) for code in row.codes], rejected_at)
    if row.legacy:
        verification.change(rejected_at, {"rejection_reasons": None})


def _settle(resource: Resource, status: str, rejections: Sequence[Rejection], moment: float) -> None:
    """Puts the item where its review left it, at that moment; nothing here is in the reviewer's queue."""
    course = COURSES[resource.kind]
    verdict: Payload = {}
    if status == course.failed:
        verdict = course.when_failed(rejections, moment)
    elif status in (course.passed, course.suspended):
        verdict = course.when_passed(resource)
    resource.change(moment, {**verdict, course.field: status})
