"""What a test starts from: people, accounts, and payloads as Twilio sends them, let in through the one door.

Every payload is a rejection that waits for somebody, because most tests begin there; `over` replaces single fields.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from hashlib import md5
from itertools import count
from typing import Any

from django.utils import timezone

from accounts.models import Customer, Role, TwilioAccount, User
from reviews import risk
from reviews.kinds import kind_of
from reviews.models import Review, Source
from sync.apply import apply
from twilio_api.answer import Answer
from twilio_api.credentials import Credentials

type Payload = dict[str, Any]

_numbers = count(1)


def sid(prefix: str, seed: object = None) -> str:
    """A SID nobody has yet; the same one for the same seed."""
    word = str(next(_numbers) if seed is None else seed)
    return prefix + md5(f"{prefix}:{word}".encode(), usedforsecurity=False).hexdigest()


# --- people and accounts ---------------------------------------------------------------------------------------------


def make_user(role: str = Role.EDITOR, **over: Any) -> User:
    """A person of this role who sees all customers."""
    email = over.pop("email", f"{role}{next(_numbers)}@isv.example")
    return User.objects.create_user(email, "correct horse battery", **{"role": role, "name": "", **over})


def make_customer(name: str = "Larkspur Bike Repair") -> Customer:
    return Customer.objects.create(name=name)


def make_account(**over: Any) -> TwilioAccount:
    """A connected account that was read just now, with its customer."""
    given: dict[str, Any] = {"sid": sid("AC"), "name": "Larkspur Bike Repair", "last_read_at": timezone.now(), **over}
    given["customer"] = given.get("customer") or make_customer(given["name"])
    account = TwilioAccount(**given)
    account.seal(Credentials(account_sid=account.sid, secret="0123456789abcdef0123456789abcdef"))
    account.save()
    return account


# --- what Twilio sends -----------------------------------------------------------------------------------------------


def error(code: int | None, *fields: str, description: str = "The campaign submission was rejected.") -> Payload:
    """One entry of `errors[]`."""
    url = f"https://www.twilio.com/docs/api/errors/{code}"
    return {"error_code": code, "fields": list(fields), "url": url, "description": description}


def campaign_payload(**over: Any) -> Payload:
    """A marketing campaign, rejected for its opt-in description (30909)."""
    service_sid = over.get("messaging_service_sid") or sid("MG")
    campaign_sid = over.get("sid") or sid("QE")
    return {
        "sid": campaign_sid,
        "account_sid": sid("AC", "of payloads"),
        "brand_registration_sid": sid("BN", "of payloads"),
        "messaging_service_sid": service_sid,
        "description": "Larkspur Bike Repair texts customers who booked a repair with seasonal service offers.",
        "message_samples": [
            "Larkspur Bike Repair: Hi [First Name], tune-ups are 20 % off until [Date]. Reply STOP to opt out.",
            "Larkspur Bike Repair: your yearly check is due. Book at https://larkspur.example/book or reply STOP.",
        ],
        "us_app_to_person_usecase": "MARKETING",
        "has_embedded_links": True,
        "has_embedded_phone": False,
        "subscriber_opt_in": True,
        "age_gated": False,
        "direct_lending": False,
        "campaign_status": "FAILED",
        "campaign_id": None,
        "is_externally_registered": False,
        "rate_limits": None,
        "message_flow": "Customers tick a box on https://larkspur.example or text JOIN to our number.",
        "opt_in_message": None,
        "opt_out_message": "Larkspur Bike Repair: you get no more messages. Reply START to rejoin.",
        "help_message": "Larkspur Bike Repair: write to care@larkspur.example. Reply STOP to opt out.",
        "opt_in_keywords": [],
        "opt_out_keywords": ["STOP", "END"],
        "help_keywords": ["HELP"],
        "date_created": "2026-09-02T14:03:11Z",
        "date_updated": "2026-09-18T09:41:55Z",
        "url": f"https://messaging.twilio.com/v1/Services/{service_sid}/Compliance/Usa2p/{campaign_sid}",
        "mock": False,
        "errors": [error(30909, "MESSAGE_FLOW", description="The opt-in information could not be verified.")],
        "privacy_policy_url": "https://larkspur.example/privacy",
        "terms_and_conditions_url": "https://larkspur.example/terms",
        **over,
    }


def brand_payload(**over: Any) -> Payload:
    """A standard brand whose tax number does not match its name (30795)."""
    return {
        "sid": over.get("sid") or sid("BN"),
        "account_sid": sid("AC", "of payloads"),
        "customer_profile_bundle_sid": sid("BU", "of payloads"),
        "a2p_profile_bundle_sid": sid("BU", "of payloads, a2p"),
        "date_created": "2026-08-11T10:00:00Z",
        "date_updated": "2026-08-11T10:06:12Z",
        "brand_type": "STANDARD",
        "status": "FAILED",
        "tcr_id": None,
        "failure_reason": None,
        "errors": [
            error(
                30795,
                "business_registration_number",
                description="Data mismatch related to tax id and its associated properties.",
            )
        ],
        "brand_score": None,
        "brand_feedback": ["TAX_ID"],
        "identity_status": "UNVERIFIED",
        "mock": False,
        **over,
    }


def tollfree_payload(**over: Any) -> Payload:
    """A toll-free verification, rejected for two reasons, that may be edited for another two days."""
    return {
        "sid": over.get("sid") or sid("HH"),
        "account_sid": sid("AC", "of payloads"),
        "customer_profile_sid": None,
        "date_created": "2026-10-01T16:20:00Z",
        "date_updated": "2026-11-17T19:02:33Z",
        "business_name": "Tallgrass Credit Union",
        "business_website": "https://tallgrass.example",
        "use_case_categories": ["CUSTOMER_CARE"],
        "use_case_summary": "Tallgrass Credit Union confirms appointments for customers who ticked the SMS box.",
        "production_message_sample": "Tallgrass: pay at http://tallgrass.example/p Reply STOP",
        "opt_in_image_urls": ["https://tallgrass.example/optin.png"],
        "opt_in_type": "WEB_FORM",
        "message_volume": "1,000",
        "tollfree_phone_number": "+18885550144",
        "status": "TWILIO_REJECTED",
        "edit_expiration": twilio_time(timezone.now() + timedelta(days=2)),
        "edit_allowed": True,
        "rejection_reasons": [
            {"code": 30473, "reason": "Cannot validate business website URL"},
            {"code": 30471, "reason": "High Risk - Non-secured URL in sample message"},
        ],
        **over,
    }


def twilio_time(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# --- through the one door --------------------------------------------------------------------------------------------


def mirror(
    account: TwilioAccount,
    kind_slug: str,
    *payloads: Mapping[str, Any],
    as_of: datetime | None = None,
    source: Source = Source.POLL,
) -> list[Review]:
    """Lets the payloads in as Twilio's answers. Returns their reviews, in the same order."""
    kind, moment = kind_of(kind_slug), as_of or timezone.now()
    apply(account, kind, [Answer(payload, moment) for payload in payloads], source)
    keys = [kind.identity(payload) for payload in payloads]
    found = {review.remote_key: review for review in Review.objects.filter(account=account, kind=kind_slug)}
    return [found[key] for key in keys]


def check_everything() -> int:
    """One batch of each lane, as the workers do it. Returns how many reviews were checked."""
    return sum(len(risk.check_some(lane)) for lane in range(risk.LANES))
