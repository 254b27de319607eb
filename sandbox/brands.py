"""Brands: /v1/a2p/BrandRegistrations (BN...). An update has no body: it resubmits what TrustHub holds by now."""

from sandbox import errors, news, paging, reviewer
from sandbox.call import Answer, Call, own
from sandbox.clock import iso
from sandbox.errors import Refused
from sandbox.form import Parameter, boolean, one_of, read_form
from sandbox.world import Kind, Payload, Resource, World, new_sid

BASE = "https://messaging.twilio.com/v1/a2p/BrandRegistrations"
# "You may perform a brand update a maximum of three times" (Twilio's guide to failed brands, read 2026-11-22).
MOST_UPDATES = 3
OTP_SECONDS = 24 * 3600.0  # error page 30752
CREATE = (
    Parameter("CustomerProfileBundleSid", "customer_profile_bundle_sid", required=True),
    Parameter("A2PProfileBundleSid", "a2p_profile_bundle_sid", required=True),
    Parameter("BrandType", "brand_type", one_of("STANDARD", "SOLE_PROPRIETOR")),
    Parameter("Mock", "mock", boolean),
    Parameter("SkipAutomaticSecVet", "skip_automatic_sec_vet", boolean),
)


def payload(sid: str, account_sid: str, now: float, fields: Payload) -> Payload:
    return {
        "sid": sid,
        "account_sid": account_sid,
        "customer_profile_bundle_sid": None,
        "a2p_profile_bundle_sid": None,
        "date_created": iso(now),
        "date_updated": iso(now),
        "brand_type": "STANDARD",
        "status": "PENDING",
        "tcr_id": None,
        "failure_reason": None,
        "errors": [],
        "brand_score": None,
        "brand_feedback": None,
        "identity_status": None,
        "russell_3000": None,
        "government_entity": False,
        "tax_exempt_status": None,
        "skip_automatic_sec_vet": False,
        "mock": False,
        **fields,
    }


def show(brand: Resource) -> Payload:
    url = f"{BASE}/{brand.key}"
    links = {"brand_vettings": f"{url}/Vettings", "brand_registration_otps": f"{url}/SmsOtp"}
    return brand.shown({"url": url, "links": links})


def list_(world: World, call: Call) -> Answer:
    return paging.answer(call, "data", world.shelves[Kind.BRAND].of([call.account.sid]), show)


def fetch(world: World, call: Call) -> Answer:
    return Answer(200, show(own(world, call, Kind.BRAND, call.args["sid"])))


def create(world: World, call: Call) -> Answer:
    brand = add(world, call.account.sid, read_form(call.form, CREATE))
    reviewer.submit(world, brand, {})
    return Answer(201, show(brand))


def add(world: World, account_sid: str, fields: Payload) -> Resource:
    """A brand as it stands; it is in nobody's queue until submitted."""
    sid = str(fields.get("sid") or new_sid("BN"))
    return world.add(Kind.BRAND, account_sid, payload(sid, account_sid, world.clock.now(), fields))


def update(world: World, call: Call) -> Answer:
    """Only while FAILED (21725), without campaigns, and a limited number of times (21724)."""
    brand = own(world, call, Kind.BRAND, call.args["sid"])
    if brand.payload["status"] == "SUSPENDED":
        raise Refused(errors.BRAND_SUSPENDED)
    if brand.payload["status"] != "FAILED":
        raise Refused(errors.BRAND_NOT_FAILED)
    if campaigns := world.shelves[Kind.CAMPAIGN].under(brand.key):
        raise Refused(errors.BRAND_HAS_CAMPAIGNS, count=str(len(campaigns)))
    if brand.updates >= MOST_UPDATES:
        raise Refused(errors.BRAND_UPDATES_SPENT)
    brand.updates += 1
    reviewer.submit(world, brand, {})
    return Answer(202, show(brand))


def send_otp(world: World, call: Call) -> Answer:
    """Asks the owner again to answer YES; the 24 hours begin anew. Documents name no code where it is not the time."""
    brand = own(world, call, Kind.BRAND, call.args["brand"])
    if not _waits_for_owner(brand):
        raise Refused(errors.OTP_NOT_FOR_BRAND)
    brand.otp_sent_at = world.clock.now()
    return Answer(201, {"account_sid": brand.account_sid, "brand_registration_sid": brand.key})


def answer_otp(world: World, brand: Resource) -> bool:
    """The owner answers YES. Whether that was in time; too late, nothing comes of it."""
    sent_at, now = brand.otp_sent_at, world.clock.now()
    if sent_at is None or not _waits_for_owner(brand) or now - sent_at > OTP_SECONDS:
        return False
    brand.change(now, {"identity_status": "VERIFIED"})
    brand.otp_sent_at = None
    news.tell(world, brand)
    return True


def _waits_for_owner(brand: Resource) -> bool:
    kept = ("SOLE_PROPRIETOR", "APPROVED", "UNVERIFIED")
    return tuple(brand.payload[name] for name in ("brand_type", "status", "identity_status")) == kept
