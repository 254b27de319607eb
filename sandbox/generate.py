"""Worlds of any size from a seed, for tests and benchmarks: invented businesses, mostly approved."""

import random
from collections.abc import Sequence
from dataclasses import dataclass

from sandbox import accounts, brands, campaigns, papers, registry, services, texts, tollfree
from sandbox.clock import iso
from sandbox.courses import COURSES
from sandbox.papers import Filing
from sandbox.rejections import Rejection
from sandbox.texts import Business
from sandbox.world import Payload, Resource, World

DAY = 24 * 3600.0
MAIN_TOKEN = "sandbox-token-generated-00000000"  # noqa: S105  it opens nothing but this sandbox

FIRST = (
    "Alder",
    "Birch",
    "Cobalt",
    "Dune",
    "Ember",
    "Fern",
    "Garnet",
    "Hazel",
    "Iris",
    "Jasper",
    "Kestrel",
    "Linden",
    "Maple",
    "Nettle",
    "Osprey",
    "Poppy",
)
SECOND = (
    "Bay",
    "Creek",
    "Field",
    "Grove",
    "Harbor",
    "Hill",
    "Lake",
    "Meadow",
    "Mill",
    "Pine",
    "Point",
    "Ridge",
    "River",
    "Rock",
    "Stone",
    "Valley",
)
TRADES = (
    ("Auto Repair", "customers"),
    ("Bakery", "guests"),
    ("Dental", "patients"),
    ("Garden Center", "customers"),
    ("Gym", "members"),
    ("Law Office", "clients"),
    ("Pharmacy", "patients"),
    ("Plumbing", "customers"),
    ("Realty", "clients"),
    ("Salon", "guests"),
    ("Tutoring", "families"),
    ("Veterinary", "clients"),
)

# Shares in a hundred.
CAMPAIGN_STATUSES = {"VERIFIED": 76, "IN_PROGRESS": 7, "PENDING": 3, "FAILED": 12, "SUSPENDED": 2}
BRAND_STATUSES = {"APPROVED": 90, "IN_REVIEW": 3, "PENDING": 1, "FAILED": 5, "SUSPENDED": 1}
VERIFICATION_STATUSES = {"TWILIO_APPROVED": 60, "IN_REVIEW": 10, "PENDING_REVIEW": 8, "TWILIO_REJECTED": 22}
CAMPAIGN_CODES: tuple[tuple[int, ...], ...] = (
    *(((30924,),) * 4),
    (30924, 30909),
    (30909,),
    (30893,),
    (30893, 30886),
    (30886,),
    (30892,),
    (30896,),
    (30908,),
    (30885,),
    (30897,),
    (39999,),
)
# What a failed brand's papers say that is not so; 30799 is a profile that TrustHub rejected.
BRAND_FAULTS: tuple[tuple[int, Payload], ...] = (
    (30795, {"business_registration_number": "91-0000000"}),
    (30798, {"company_type": "non-profit"}),
    (30701, {"region": "Washington"}),
    (30799, {}),
)
VERIFICATION_CODES = ((30513,), (30476,), (30473, 30471), (30527,), (30482,), (30509, 30497), (30461,))
CAMPAIGNS_PER_BRAND = 2
CAMPAIGNS_PER_VERIFICATION = 10


@dataclass(frozen=True, slots=True)
class Dice:
    """All chance of a world comes from one seeded source."""

    random: random.Random

    def sid(self, prefix: str) -> str:
        return f"{prefix}{self.random.getrandbits(128):032x}"

    def weighted(self, shares: dict[str, int]) -> str:
        return self.random.choices(list(shares), weights=list(shares.values()))[0]

    def one[T](self, of: Sequence[T]) -> T:
        return self.random.choice(of)

    def business(self, number: int) -> Business:
        """Numbered, so no two share a name or a domain."""
        trade, people = self.one(TRADES)
        first, second = self.one(FIRST), self.one(SECOND)
        return Business(f"{first} {second} {trade} {number}", f"{first}{second}{number}".lower(), people)


def fill(world: World, seed: int, account_count: int, campaign_count: int) -> None:
    """One main account and its subaccounts, the campaigns spread evenly over all of them."""
    dice, now = Dice(random.Random(seed)), world.clock.now()  # noqa: S311  repeatable, not secret
    sids = _add_accounts(world, dice, account_count, now)
    brand = None
    for number in range(campaign_count):
        owner = sids[number // CAMPAIGNS_PER_BRAND % len(sids)]
        if number % CAMPAIGNS_PER_BRAND == 0:
            business = dice.business(number)
            brand = _add_brand(world, dice, owner, business, number, now)
        if brand:
            _add_campaign(world, dice, brand, business, now)
        if number % CAMPAIGNS_PER_VERIFICATION == 0:
            _add_verification(world, dice, owner, business, number, now)


def _add_accounts(world: World, dice: Dice, count: int, now: float) -> list[str]:
    main = accounts.add(
        world,
        {"sid": dice.sid("AC"), "auth_token": MAIN_TOKEN, "friendly_name": "Main", "date_created": now - 300 * DAY},
    )
    sids = [main.sid]
    for number in range(1, count):
        fields: Payload = {
            "sid": dice.sid("AC"),
            "auth_token": dice.sid(""),
            "friendly_name": f"Customer {number}",
            "owner_account_sid": main.sid,
            "date_created": now - 200 * DAY,
        }
        sids.append(accounts.add(world, fields).sid)
    return sids


def _add_brand(world: World, dice: Dice, owner: str, business: Business, number: int, now: float) -> Resource:
    status, (code, filed) = dice.weighted(BRAND_STATUSES), dice.one(BRAND_FAULTS)
    has_failed = status == "FAILED"
    filing = Filing(
        business,
        tax_id=registry.written(number + 1),
        profile_status="twilio-rejected" if has_failed and code == 30799 else "twilio-approved",
        filed=filed if has_failed else {},
    )
    made = papers.file(world, owner, filing, lambda prefix, part: dice.sid(prefix))
    fields = {
        "sid": dice.sid("BN"),
        "customer_profile_bundle_sid": made.profile_sid,
        "a2p_profile_bundle_sid": made.product_sid,
    }
    brand = brands.add(world, owner, fields)
    _settle(dice, brand, status, (code,), now)
    return brand


def _add_campaign(world: World, dice: Dice, brand: Resource, business: Business, now: float) -> None:
    use_case = dice.one(list(texts.TEMPLATES))
    name = f"{business.name} {use_case.lower()}"
    service = services.add(world, brand.account_sid, {"sid": dice.sid("MG"), "friendly_name": name})
    codes = dice.one(CAMPAIGN_CODES)
    status = "SUSPENDED" if brand.payload["status"] == "SUSPENDED" else dice.weighted(CAMPAIGN_STATUSES)
    written = texts.campaign(business, use_case)
    if status == "FAILED" and 30924 in codes:
        written["message_flow"] = texts.consent_without_frequency_and_rates(business)
    campaign = campaigns.add(world, service, {**written, "brand_registration_sid": brand.key})
    _settle(dice, campaign, status, codes, now)


def _add_verification(world: World, dice: Dice, owner: str, business: Business, number: int, now: float) -> None:
    written = texts.verification(business, f"+1888{5550000 + number % 1_000_000:07d}")
    verification = tollfree.add(world, owner, {**written, "sid": dice.sid("HH")})
    _settle(dice, verification, dice.weighted(VERIFICATION_STATUSES), dice.one(VERIFICATION_CODES), now)


def _settle(dice: Dice, resource: Resource, status: str, codes: tuple[int, ...], now: float) -> None:
    """Puts the item where its review left it some days ago; nothing here is in the reviewer's queue."""
    course, moment = COURSES[resource.kind], now - dice.random.uniform(0.1, 9) * DAY
    verdict: Payload = {}
    if status == course.failed:
        verdict = course.when_failed([Rejection(code) for code in codes], moment)
    elif status in (course.passed, course.suspended):
        verdict = course.when_passed(resource)
    resource.change(moment, {**verdict, course.field: status, "date_created": iso(moment - 30 * DAY)})
