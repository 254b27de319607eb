"""What the demo world is made of: businesses, and the state in which each of their registrations is."""

from dataclasses import dataclass, field

from sandbox import texts
from sandbox.rejections import Rejection
from sandbox.texts import Business
from sandbox.world import Payload

HOUR = 3600.0
DAY = 24 * HOUR

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
JUNO = Business("Juno Ferris Quilts", "junoquilts")
FABLE = Business("Fable Lane Books", "fablelane")
BASIN = Business("Basin Street Tile", "basintile")
TERN = Business("Tern & Tide Outfitters", "ternandtide")
DRIFTWOOD = Business("Driftwood Shuttle", "driftwoodshuttle", "passengers")
ORCHARD = Business("Orchard Answering Service", "orchardanswers", "callers")
FERRY = Business("Ferry Road Florist", "ferryroadflorist")

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
    registered_elsewhere: str = ""  # its number in the registry, where another provider registered it


@dataclass(frozen=True, slots=True)
class VerificationRow:
    """`window` is seconds until the edit window closes, below zero where it has been; `legacy` shows the older single
    rejection_reason only."""

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
    BrandRow(JUNO, brand_type="SOLE_PROPRIETOR"),  # was asked to answer YES three hours ago
    BrandRow(FABLE),
    # Its legal name is without LLC; its campaign has to go before the brand can be sent again.
    BrandRow(BASIN, "FAILED", (30795,), "twilio-rejected", {"business_name": "Basin Street Tile LLC"}),
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
    CampaignRow(
        FABLE,
        "Order news",
        "CUSTOMER_CARE",
        "FAILED",
        (Rejection(30900),),
        {
            "message_samples": [
                "Fable Lane Books: 20% off every paperback this weekend. Reply STOP to opt out.",
                "Fable Lane Books: members save with coupons from us each month. Reply STOP to opt out.",
            ]
        },
        age=1.2,
    ),
    CampaignRow(BASIN, "Order updates", "CUSTOMER_CARE", "FAILED", (Rejection(30991),), age=1),
    CampaignRow(TERN, "Offers", "MARKETING", registered_elsewhere="CT3RN01"),
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
    # Six numbers and no word why one business needs so many.
    *(VerificationRow(DRIFTWOOD, f"+1844555013{digit}", codes=(30479,), window=5 * DAY) for digit in range(6)),
    VerificationRow(
        ORCHARD,
        "+18665550133",
        codes=(30478,),
        window=3 * DAY,
        changes={"additional_information": "We answer the phone on behalf of our clients and text from one number."},
    ),
    VerificationRow(
        FERRY,
        "+18775550144",
        codes=(30471,),
        window=-2 * DAY,
        changes={"production_message_sample": "Ferry Road: http://ferryroadflorist.example/new Reply STOP to opt out."},
    ),
    VerificationRow(MARIGOLD, "+18335550117", "TWILIO_APPROVED"),
    VerificationRow(LARKSPUR, "+18335550126", "IN_REVIEW"),
)
