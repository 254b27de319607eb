"""Twilio's closed lists for the facts of a brand, and how people call their words.

Source: Twilio's onboarding guide for ISVs, seen 2026-11-22. A word that stands and is not in the list is kept.
"""

from collections.abc import Mapping
from types import MappingProxyType

_TYPES = (
    "Sole Proprietorship",
    "Partnership",
    "Limited Liability Corporation",
    "Co-operative",
    "Non-profit Corporation",
    "Corporation",
)
_IDENTIFIERS = {
    "EIN": "EIN (United States)",
    "DUNS": "DUNS",
    "CBN": "Business number (Canada)",
    "CN": "Company number (United Kingdom)",
    "ACN": "ACN (Australia)",
    "CIN": "CIN (India)",
    "VAT": "VAT number",
    "VATRN": "VAT registration number (Romania)",
    "RN": "Registration number (Israel)",
    "Other": "Other",
}
_INDUSTRIES = (
    "AGRICULTURE", "AUTOMOTIVE", "BANKING", "CONSTRUCTION", "CONSUMER", "EDUCATION", "ELECTRONICS", "ENERGY",
    "ENGINEERING", "FAST_MOVING_CONSUMER_GOODS", "FINANCIAL", "FINTECH", "FOOD_AND_BEVERAGE", "GOVERNMENT",
    "HEALTHCARE", "HOSPITALITY", "INSURANCE", "JEWELRY", "LEGAL", "MANUFACTURING", "MEDIA", "NOT_FOR_PROFIT",
    "OIL_AND_GAS", "ONLINE", "PROFESSIONAL_SERVICES", "RAW_MATERIALS", "REAL_ESTATE", "RELIGION", "RETAIL",
    "TECHNOLOGY", "TELECOMMUNICATIONS", "TRANSPORTATION", "TRAVEL",
)  # fmt: skip
_VERTICALS = (
    "AGRICULTURE", "COMMUNICATION", "CONSTRUCTION", "EDUCATION", "ENERGY", "ENTERTAINMENT", "FINANCIAL", "GAMBLING",
    "GOVERNMENT", "HEALTHCARE", "HOSPITALITY", "HUMAN_RESOURCES", "INSURANCE", "LEGAL", "MANUFACTURING", "NGO",
    "POLITICAL", "POSTAL", "PROFESSIONAL", "REAL_ESTATE", "RETAIL", "TECHNOLOGY", "TRANSPORTATION",
)  # fmt: skip
_POSITIONS = {
    "Director": "Director",
    "GM": "General manager",
    "VP": "Vice president",
    "CEO": "Chief executive",
    "CFO": "Chief financial officer",
    "General Counsel": "General counsel",
    "Other": "Other",
}
_EXCHANGES = (
    "NONE", "NASDAQ", "NYSE", "AMEX", "AMX", "ASX", "B3", "BME", "BSE", "FRA", "ICEX", "JPX", "JSE", "KRX", "LON",
    "NSE", "OMX", "SEHK", "SGX", "SSE", "STO", "SWX", "SZSE", "TSX", "TWSE", "VSE", "OTHER",
)  # fmt: skip


def _readable(words: tuple[str, ...]) -> dict[str, str]:
    """REAL_ESTATE reads as Real estate."""
    return {word: word.replace("_", " ").capitalize() for word in words}


CHOICES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "business_type": {word: word for word in _TYPES},
        "business_registration_identifier": _IDENTIFIERS,
        "business_identity": {
            "direct_customer": "The business itself",
            "isv_reseller_or_partner": "A vendor, reseller or partner",
            "unknown": "Not known",
        },
        "business_industry": _readable(_INDUSTRIES),
        "job_position": _POSITIONS,
        "second_job_position": _POSITIONS,
        "company_type": {
            "private": "Private",
            "public": "Listed on a stock exchange",
            "non-profit": "Non-profit",
            "government": "Government",
        },
        "stock_exchange": {word: word for word in _EXCHANGES},
        "vertical": _readable(_VERTICALS),
    }
)


def said(key: str, word: str) -> str:
    """Our word, and Twilio's where it differs: "Real estate (REAL_ESTATE)"."""
    ours = CHOICES.get(key, {}).get(word)
    if not ours:
        return word
    return ours if ours.casefold() == word.casefold() else f"{ours} ({word})"
