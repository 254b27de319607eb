"""What each kind of bundle has to hold, as rows. OpenAPI document of 2026-04-14 (Policies), onboarding guide for ISVs.

Left out: a secondary profile has to name the approved primary profile of its vendor too, which nobody here repairs.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

PRIMARY = "RN6433641899984f951173ef1738c3bdd0"
SECONDARY = "RNdfbf3fae0e1107f8aded0e7cead80bf5"
STARTER = "RN806dd6cd175f314e1f96a9727ee271f4"
A2P = "RNb0d4771c2c98518d916a3d4cd70a8f8b"
SOLE_PROPRIETOR = "RN670d5d2e282a6130ae063b234b6019c8"

BUSINESS_INFORMATION = "customer_profile_business_information"
REPRESENTATIVE_1 = "authorized_representative_1"
REPRESENTATIVE_2 = "authorized_representative_2"
STARTER_INFORMATION = "starter_customer_profile_information"
MESSAGING_INFORMATION = "us_a2p_messaging_profile_information"
SOLE_PROPRIETOR_INFORMATION = "sole_proprietor_information"
ADDRESS_DOCUMENT = "customer_profile_address"

_REPRESENTATIVE = ("first_name", "last_name", "email", "phone_number", "business_title", "job_position")
# Attributes of an end user that must be filled in; website_url and the stock of a public company come on top of them.
END_USER_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        BUSINESS_INFORMATION: (
            "business_name",
            "business_type",
            "business_registration_identifier",
            "business_registration_number",
            "business_identity",
            "business_industry",
            "business_regions_of_operation",
            "website_url",
        ),
        REPRESENTATIVE_1: _REPRESENTATIVE,
        REPRESENTATIVE_2: _REPRESENTATIVE,
        STARTER_INFORMATION: ("first_name", "last_name", "email", "phone_number"),
        MESSAGING_INFORMATION: ("company_type",),
        SOLE_PROPRIETOR_INFORMATION: ("brand_name", "mobile_phone_number", "vertical"),
    }
)
DOCUMENT_FIELDS: Mapping[str, tuple[str, ...]] = MappingProxyType({ADDRESS_DOCUMENT: ("address_sids",)})
# Closed lists of the onboarding guide for ISVs (read 2026-11-22).
WORDS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "business_type": frozenset(
            {
                "Sole Proprietorship",
                "Partnership",
                "Limited Liability Corporation",
                "Co-operative",
                "Non-profit Corporation",
                "Corporation",
            }
        ),
        "business_identity": frozenset({"direct_customer", "isv_reseller_or_partner", "unknown"}),
        "company_type": frozenset({"private", "public", "non-profit", "government"}),
    }
)


@dataclass(frozen=True, slots=True)
class Requirement:
    """`name` is the type of what has to be assigned; a supporting bundle goes by the name of the requirement."""

    name: str
    friendly_name: str
    holds: str  # "end_user", "document" or "bundle"


def _friendly(name: str) -> str:
    return " ".join(word.capitalize() for word in re.split(r"_", name))


def _end_user(name: str) -> Requirement:
    return Requirement(name, _friendly(name), "end_user")


_ADDRESS = Requirement(ADDRESS_DOCUMENT, "Physical Business Address", "document")
_PROFILE = Requirement("customer_profile", "Customer Profile", "bundle")
POLICIES: Mapping[str, tuple[Requirement, ...]] = MappingProxyType(
    {
        PRIMARY: (_end_user(BUSINESS_INFORMATION), _end_user(REPRESENTATIVE_1), _ADDRESS),
        SECONDARY: (_end_user(BUSINESS_INFORMATION), _end_user(REPRESENTATIVE_1), _ADDRESS),
        STARTER: (_end_user(STARTER_INFORMATION), _ADDRESS),
        A2P: (_end_user(MESSAGING_INFORMATION), _PROFILE),
        SOLE_PROPRIETOR: (_end_user(SOLE_PROPRIETOR_INFORMATION), _PROFILE),
    }
)


def friendly_field(name: str) -> str:
    return _friendly(name)


def required_fields(requirement: Requirement, attributes: Mapping[str, object]) -> tuple[str, ...]:
    if requirement.holds == "document":
        return DOCUMENT_FIELDS[requirement.name]
    fields = END_USER_FIELDS[requirement.name]
    if attributes.get("company_type") == "public":
        return (*fields, "stock_exchange", "stock_ticker", "brand_contact_email")
    return fields
