"""What the reviewer makes of a text: a simple reading, deliberately not the one of the product it is used to test.

Twilio's pages say what is wanted: 30924 (consent language), 30892 (shorteners), 30893 (samples), 30886
(description), 30909 (opt-in path); for toll-free 30449, 30471, 30476, 30482, 30497, 30527. All read 2026-11-22.
"""

import re
from typing import Any

from sandbox.rejections import Rejection

LEAST_WORDS = 8
MOST_BRANDS_OF_TAX_ID = 50  # Campaign Edit guide; error page 30898

DISCLOSURES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        "message type",
        re.compile(
            r"\b(recurring|promotional|marketing|informational|transactional|automated|one-time|offers?|discounts?|sales?|news"
            r"|updates?|alerts?|reminders?|notifications?|notices?|confirmations?|verification|passcodes?|codes?"
            r"|appointments?|orders?|deliver(?:y|ies)|bookings?|reservations?|repairs?|service|account|support|care|status)\b",
            re.IGNORECASE,
        ),
    ),
    (
        "message frequency",
        re.compile(
            r"freq(uency|\.)?\b|frequency varies|\b\w+ (msgs?|messages?|texts?)\s*(per|an?|each|every|/)\s*\w+"
            r"|up to \w+ (msgs?|messages?|texts?)",
            re.IGNORECASE,
        ),
    ),
    (
        "message and data rates",
        re.compile(r"(messages?|msgs?)\.?\s*(and|&|\+|/)\s*data rates|data rates (may )?apply", re.IGNORECASE),
    ),
    ("opt-out instructions", re.compile(r"\bSTOP\b|unsubscribe|\bopt[- ]?out\b", re.IGNORECASE)),
)
OPT_IN_PATH = re.compile(
    r"https?://|www\.|\.(com|org|net|example)\b|keyword|\btext(s|ing)? [A-Z]{3,}\b"
    r"|paper|verbal|phone|\bcall|in person|form\b|checkout|QR",
)
SHORTENER = re.compile(
    r"\b(bit\.ly|tinyurl\.com|goo\.gl|t\.co|ow\.ly|is\.gd|buff\.ly|rebrand\.ly|cutt\.ly|shorturl\.at|rb\.gy|tiny\.cc|lnkd\.in|s\.id)\b",
    re.IGNORECASE,
)
STOP = re.compile(r"\bSTOP\b|\bunsubscribe\b|\bopt[- ]?out\b", re.IGNORECASE)
BOILERPLATE = re.compile(r"\b(lorem ipsum|test campaign|to be determined|tbd)\b", re.IGNORECASE)
FREE_MAILBOX = re.compile(r"@(gmail|yahoo|outlook|hotmail|aol|icloud|proton)\.", re.IGNORECASE)
FORBIDDEN: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"\bguaranteed (approval|income|returns?)\b|\binstant approval\b", re.IGNORECASE), 30885),
    (re.compile(r"\b(cannabis|CBD|THC|marijuana|vapes?|firearms?|ammunition)\b", re.IGNORECASE), 30883),
    (re.compile(r"\b(casino|betting|slots|payday loans?|crypto\w*|debt relief)\b", re.IGNORECASE), 30897),
)
GAMBLING = re.compile(r"\b(casino|betting|slots|poker|bingo)\b", re.IGNORECASE)


# One number is for one business (30478); from the sixth number on a business has to say why it needs so many (30479).
SHARED_NUMBER = re.compile(
    r"\b(shared (by|between|among)|on behalf of|for (several|multiple|many|all) (of our )?"
    r"(businesses|companies|clients|brands|tenants|franchisees))\b",
    re.IGNORECASE,
)
MOST_NUMBERS = 5
WHY_SO_MANY = re.compile(
    r"\b(each|every|per|separate|own)\b[^.]*\b(location|branch|office|department|store|shop|clinic|team|agent)s?\b",
    re.IGNORECASE,
)


# Promotions under a use case that is not for them want another use case, that is another campaign (30900).
PROMOTION = re.compile(r"\b\d+ ?% off\b|\b(on sale|sale|coupons?|discounts?|promo code)\b", re.IGNORECASE)
PROMOTIONAL = frozenset({"MARKETING", "MIXED", "LOW_VOLUME", "SOLE_PROPRIETOR", "AGENTS_FRANCHISES"})


def read_campaign(campaign: dict[str, Any], brand_name: str) -> list[Rejection]:
    samples = [str(sample) for sample in campaign["message_samples"] or []]
    is_2fa = campaign["us_app_to_person_usecase"] == "2FA"
    found = [*_read_description(str(campaign["description"])), *_read_flow(str(campaign["message_flow"]))]
    for number, sample in enumerate(samples, start=1):
        found += _read_sample(sample, f"SAMPLE_MESSAGE_{number}", brand_name, needs_stop=not is_2fa)
    if campaign["us_app_to_person_usecase"] not in PROMOTIONAL and PROMOTION.search(" ".join(samples)):
        found.append(Rejection(30900))
    return found + _forbidden(" ".join([str(campaign["description"]), *samples]))


def read_brand_of_campaign(brand: dict[str, Any] | None, brands_of_tax_id: int) -> list[Rejection]:
    """A campaign cannot be better than its brand. None is one registered elsewhere, of which Twilio knows nothing."""
    if brand and (brand["status"] == "FAILED" or brand["identity_status"] == "UNVERIFIED"):
        return [Rejection(30991)]
    return [Rejection(30898)] if brands_of_tax_id > MOST_BRANDS_OF_TAX_ID else []


def _read_description(text: str) -> list[Rejection]:
    if len(text.split()) < LEAST_WORDS or BOILERPLATE.search(text):
        return [Rejection(30886, ("USE_CASE_DESCRIPTION",))]
    return []


def _read_flow(text: str) -> list[Rejection]:
    found = []
    if lacking := [name for name, words in DISCLOSURES if not words.search(text)]:
        words = f"Missing or non-compliant consent language in the opt-in flow: no {', no '.join(lacking)}."
        found.append(Rejection(30924, ("MESSAGE_FLOW",), words))
    if not OPT_IN_PATH.search(text):
        found.append(Rejection(30909, ("MESSAGE_FLOW",)))
    return found


def _read_sample(text: str, field: str, brand_name: str, *, needs_stop: bool) -> list[Rejection]:
    found = []
    if SHORTENER.search(text):
        found.append(Rejection(30892, (field,)))
    if not _names(text, brand_name) or (needs_stop and not STOP.search(text)):
        found.append(Rejection(30893, (field,)))
    return found


def _names(text: str, brand_name: str) -> bool:
    """Its first word will do: "Larkspur: your bike is ready" names Larkspur Bike Repair."""
    first_word = next(iter(brand_name.split()), "")
    return first_word.casefold() in text.casefold()


def _forbidden(text: str) -> list[Rejection]:
    return [Rejection(code) for words, code in FORBIDDEN if words.search(text)]


def read_verification(verification: dict[str, Any], numbers_of_business: int = 1) -> list[Rejection]:
    sample = str(verification["production_message_sample"])
    summary = str(verification["use_case_summary"])
    pages = verification["opt_in_image_urls"] or []
    sole = verification["business_type"] == "SOLE_PROPRIETOR"
    told = f"{summary} {verification['additional_information'] or ''}"
    readings = (
        (30461, bool(GAMBLING.search(f"{summary} {sample}"))),
        (30497, len(summary.split()) < LEAST_WORDS),
        (30449, bool(SHORTENER.search(sample))),
        (30471, "http://" in sample),
        (30476, not pages or not all(str(page).startswith("https://") for page in pages)),
        (30509, any("drive.google.com" in str(page) for page in pages)),
        (30482, bool(FREE_MAILBOX.search(str(verification["business_contact_email"])))),
        (30478, bool(SHARED_NUMBER.search(told))),
        (30479, numbers_of_business > MOST_NUMBERS and not WHY_SO_MANY.search(told)),
        (30527, not sole and not verification["business_registration_number"]),
    )
    return [Rejection(code) for code, is_so in readings if is_so]
