"""The demo world: one software vendor, its customers, and every state worth seeing, made by hand.

Larkspur Bike Repair's marketing campaign is the first repair a newcomer makes: its consent text lacks frequency and
rates, and with both added the reviewer passes it. Deadlines count from the moment the world is first made.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

from sandbox import accounts, brands, campaigns, papers, services, texts, tollfree
from sandbox.clock import iso
from sandbox.papers import Filing
from sandbox.rejections import Rejection
from sandbox.reviewer import COURSES
from sandbox.texts import Business
from sandbox.world import Kind, Payload, Resource, World

MAIN_SID = "AC5a4db0c05a4db0c05a4db0c05a4db0c0"
MAIN_TOKEN = "sandbox-token-northbeam-00000000"  # noqa: S105  it opens nothing but this sandbox
HOUR = 3600.0
DAY = 24 * HOUR
PARTS = {"profile": "", "product": " A2P"}  # how the SIDs of the two bundles have been named from the start

LARKSPUR = Business("Larkspur Bike Repair", "larkspurbikes")
HARBOR = Business("Harbor Dental Tacoma", "harbordental", "patients")
PELICAN = Business("Pelican Pizza Co.", "pelicanpizza", "guests")
CEDAR = Business("Cedar Row Realty", "cedarrow", "clients")
JUNIPER = Business("Juniper Loan Desk", "juniperloans", "clients")
TIDEWATER = Business("Tidewater Yoga", "tidewateryoga", "members")
HILL = Business("Hill & Sons Roofing", "hillroofing")
GRANITE = Business("Granite Peak HVAC", "granitepeak")
BRIGHTWATER = Business("Brightwater Pediatrics", "brightwaterkids", "parents")
# These live in the main account: several brands and services side by side.
QUARRY = Business("Quarry Auto Glass", "quarryglass")
WREN = Business("Wren & Co. Salon", "wrensalon", "guests")
COPPER = Business("Copper Kettle Bakery", "copperkettle", "guests")
SALTBOX = Business("Saltbox Interiors", "saltbox", "clients")
NORTHSIDE = Business("Northside Strength", "northsidestrength", "members")
MARIGOLD = Business("Marigold Pharmacy", "marigoldrx", "patients")
SILVER_OAR = Business("Silver Oar Card Room", "silveroar", "guests")

WRONG_TAX_ID = "91-0220978"  # that of Hill & Sons Roofing ends in 9078

SUBACCOUNTS = (LARKSPUR, HARBOR, PELICAN, CEDAR, JUNIPER, TIDEWATER, HILL, GRANITE, BRIGHTWATER)


@dataclass(frozen=True, slots=True)
class BrandRow:
    business: Business
    status: str = "APPROVED"
    codes: tuple[int, ...] = ()
    profile_status: str = "twilio-approved"
    filed: Payload = field(default_factory=dict)
    brand_type: str = "STANDARD"


@dataclass(frozen=True, slots=True)
class CampaignRow:
    """`age` is days since the last change; `changes` go over texts that a reviewer would pass."""

    business: Business
    title: str
    use_case: str
    status: str = "VERIFIED"
    rejections: tuple[Rejection, ...] = ()
    changes: Payload = field(default_factory=dict)
    age: float = 40.0
    updates: int = 0


@dataclass(frozen=True, slots=True)
class VerificationRow:
    """`window` is seconds until the edit window closes; `legacy` shows the older single rejection_reason only."""

    business: Business
    phone: str
    status: str = "TWILIO_REJECTED"
    codes: tuple[int, ...] = ()
    window: float | None = None
    changes: Payload = field(default_factory=dict)
    legacy: bool = False


BRANDS = (
    *(BrandRow(business) for business in (LARKSPUR, HARBOR, PELICAN, CEDAR, JUNIPER, TIDEWATER, BRIGHTWATER)),
    # Two digits of its tax number are swapped in the profile.
    BrandRow(HILL, "FAILED", (30795,), "twilio-rejected", {"business_registration_number": WRONG_TAX_ID}),
    BrandRow(GRANITE, "SUSPENDED"),
    *(BrandRow(business) for business in (QUARRY, WREN, COPPER)),
    BrandRow(SALTBOX, "FAILED", (30795,)),  # its profile is corrected by now: a resubmission passes
)

CAMPAIGNS = (
    CampaignRow(
        LARKSPUR,
        "Marketing",
        "MARKETING",
        "FAILED",
        (Rejection(30924),),
        {"message_flow": texts.consent_without_frequency_and_rates(LARKSPUR)},
        age=0.02,
    ),
    CampaignRow(LARKSPUR, "Customer care", "CUSTOMER_CARE"),
    CampaignRow(HARBOR, "Appointments", "CUSTOMER_CARE"),
    CampaignRow(HARBOR, "Recalls", "ACCOUNT_NOTIFICATION", "IN_PROGRESS", age=6),
    CampaignRow(
        PELICAN,
        "Marketing",
        "MARKETING",
        "FAILED",
        (Rejection(30924),),
        {"message_flow": texts.consent_without_frequency_and_rates(PELICAN)},
        age=0.04,
    ),
    CampaignRow(PELICAN, "Orders", "DELIVERY_NOTIFICATION"),
    CampaignRow(
        CEDAR,
        "Low-volume mixed",
        "LOW_VOLUME",
        "FAILED",
        (Rejection(30893, ("SAMPLE_MESSAGE_1", "SAMPLE_MESSAGE_2")), Rejection(30886)),
        {
            "description": "Marketing messages and updates for our clients.",
            "message_samples": ["Your viewing is on [Date] at [Time].", "New listings this week, reply to book one."],
            "has_embedded_links": False,
        },
        age=0.2,
    ),
    CampaignRow(CEDAR, "Viewing reminders", "CUSTOMER_CARE"),
    CampaignRow(
        JUNIPER,
        "Offers and account notices",
        "MIXED",
        "FAILED",
        (Rejection(30885),),
        {
            "description": "Juniper Loan Desk texts clients about loans with guaranteed approval and their repayments.",
            "direct_lending": True,
        },
        age=3,
    ),
    CampaignRow(
        TIDEWATER,
        "Class news",
        "CUSTOMER_CARE",
        "FAILED",
        (Rejection(30924), Rejection(30909)),
        {"message_flow": "Members agree to our terms when they join the studio and then they get our messages."},
        age=1.5,
        updates=1,
    ),
    CampaignRow(TIDEWATER, "Offers", "MARKETING", "PENDING", age=0.5),
    CampaignRow(GRANITE, "Service visits", "CUSTOMER_CARE", "SUSPENDED", age=2),
    CampaignRow(BRIGHTWATER, "Reminders", "CUSTOMER_CARE"),
    CampaignRow(BRIGHTWATER, "Portal codes", "2FA", "IN_PROGRESS", age=12),
    CampaignRow(
        QUARRY,
        "Bookings and offers",
        "MIXED",
        "FAILED",
        (Rejection(30892),),
        {
            "message_samples": [
                "Quarry Auto Glass: pick your time at https://bit.ly/3xQuarry Reply STOP to opt out.",
                "Quarry Auto Glass: your windshield is in and we are ready. Reply STOP to opt out, HELP for help.",
            ]
        },
        age=4,
    ),
    CampaignRow(QUARRY, "Invoices", "ACCOUNT_NOTIFICATION"),
    CampaignRow(WREN, "Sign-in codes", "2FA", "FAILED", (Rejection(39999),), age=0.8),
    CampaignRow(
        COPPER,
        "Offers",
        "MARKETING",
        "FAILED",
        (Rejection(30924),),
        {"message_flow": texts.consent_without_frequency_and_rates(COPPER)},
        age=0.6,
        updates=2,
    ),
)

VERIFICATIONS = (
    VerificationRow(
        HARBOR,
        "+18445550142",
        codes=(30509, 30497),
        window=9 * HOUR + 12 * 60,
        changes={
            "opt_in_image_urls": ["https://drive.google.com/file/d/1xQharbor/view"],
            "use_case_summary": "notifications",
        },
    ),
    VerificationRow(
        NORTHSIDE,
        "+18885550199",
        codes=(30476,),
        window=DAY + 4 * HOUR,
        changes={"opt_in_image_urls": ["http://northsidestrength.example/opt-in.png"]},
        legacy=True,
    ),
    VerificationRow(
        GRANITE,
        "+18665550171",
        codes=(30527,),
        window=6 * DAY + HOUR,
        changes={"business_registration_number": None, "business_registration_authority": None},
    ),
    VerificationRow(
        SILVER_OAR,
        "+18335550188",
        codes=(30461,),
        changes={
            "use_case_summary": "Silver Oar Card Room tells guests who signed up about poker and bingo nights.",
            "production_message_sample": "Silver Oar: poker tonight at eight. Reply STOP to opt out.",
        },
    ),
    VerificationRow(MARIGOLD, "+18335550117", "TWILIO_APPROVED"),
    VerificationRow(LARKSPUR, "+18335550126", "IN_REVIEW"),
)


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
    made = papers.file(world, owner, filing, lambda prefix, part: fixed_sid(prefix, f"{name}{PARTS.get(part, part)}"))
    profile = world.find(Kind.CUSTOMER_PROFILE, made.profile_sid)
    if profile and row.profile_status == "twilio-rejected":
        _settle(profile, row.profile_status, [Rejection(18602)], now - 2 * DAY)
    fields = {
        "sid": fixed_sid("BN", name),
        "brand_type": row.brand_type,
        "customer_profile_bundle_sid": made.profile_sid,
        "a2p_profile_bundle_sid": made.product_sid,
    }
    _settle(brands.add(world, owner, fields), row.status, [Rejection(code) for code in row.codes], now - 2 * DAY)


def _add_campaign(world: World, row: CampaignRow, now: float) -> None:
    owner = account_sid(row.business)
    fields = {"sid": service_sid(row.business, row.title), "friendly_name": f"{row.business.name} · {row.title}"}
    service = services.add(world, owner, fields)
    written = {
        **texts.campaign(row.business, row.use_case),
        **row.changes,
        "brand_registration_sid": fixed_sid("BN", row.business.name),
        "date_created": iso(now - 60 * DAY),
    }
    campaign = campaigns.add(world, service, written)
    campaign.updates = row.updates
    _settle(campaign, row.status, row.rejections, now - row.age * DAY)


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
