"""The facts a brand is judged by, and where in its papers each of them stands.

A fact is one attribute of one end user or address in the two bundles. Its key is Twilio's name of the attribute, which
is also the name that its errors flag. Types and attributes: Twilio's onboarding guide for ISVs, seen 2026-11-22.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Protocol

from reviews.payloads import text, texts

BUSINESS = "customer_profile_business_information"
REPRESENTATIVE, SECOND_REPRESENTATIVE = "authorized_representative_1", "authorized_representative_2"
STARTER = "starter_customer_profile_information"
MESSAGING = "us_a2p_messaging_profile_information"
SOLE_PROPRIETOR = "sole_proprietor_information"
# Our word for the type of an address: TrustHub holds only a document that names it.
ADDRESS = "address"


class Holder(Protocol):
    """An end user or an address."""

    @property
    def sid(self) -> str: ...

    @property
    def type(self) -> str: ...

    @property
    def attributes(self) -> Mapping[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Fact:
    """`types` are those of the end users that may hold it; a bundle has one of them."""

    key: str
    label: str
    types: tuple[str, ...]
    attribute: str

    def is_of(self, holder: Holder) -> bool:
        return holder.type in self.types


def _of(types: tuple[str, ...], labels: Mapping[str, str], prefix: str = "", word: str = "") -> tuple[Fact, ...]:
    return tuple(Fact(f"{prefix}{name}", f"{word}{label}", types, name) for name, label in labels.items())


_PERSON = {
    "first_name": "First name",
    "last_name": "Last name",
    "email": "E-mail",
    "phone_number": "Phone",
}
_OFFICE = {"business_title": "Title", "job_position": "Position"}

FACTS: tuple[Fact, ...] = (
    *_of(
        (BUSINESS,),
        {
            "business_name": "Legal business name",
            "business_registration_number": "Tax ID or registration number",
            "business_registration_identifier": "Registration authority",
            "business_type": "Business type",
            "business_identity": "Business identity",
            "business_industry": "Industry",
            "business_regions_of_operation": "Regions of operation",
            "website_url": "Website",
            "social_media_profile_urls": "Social media pages",
        },
    ),
    *_of(
        (ADDRESS,),
        {
            "customer_name": "Name at this address",
            "street": "Street",
            "street_secondary": "Street, second line",
            "city": "City",
            "region": "State or region",
            "postal_code": "Postal code",
        },
    ),
    *_of((REPRESENTATIVE, STARTER), _PERSON),
    *_of((REPRESENTATIVE,), _OFFICE),
    *_of((SECOND_REPRESENTATIVE,), {**_PERSON, **_OFFICE}, "second_", "Second representative: "),
    *_of(
        (MESSAGING,),
        {
            "company_type": "Company type",
            "stock_ticker": "Stock ticker",
            "stock_exchange": "Stock exchange",
            "brand_contact_email": "Brand contact e-mail",
        },
    ),
    *_of(
        (SOLE_PROPRIETOR,),
        {"brand_name": "Brand name", "mobile_phone_number": "Owner’s mobile number", "vertical": "Line of business"},
    ),
)
BY_KEY: Mapping[str, Fact] = MappingProxyType({fact.key: fact for fact in FACTS})


def facts_of(holders: Iterable[Holder]) -> dict[str, str]:
    """Every fact whose holder is there, empty ones too, in the order of the table."""
    first: dict[str, Holder] = {}
    for holder in holders:
        first.setdefault(holder.type, holder)
    found: dict[str, str] = {}
    for fact in FACTS:
        held = next((first[name] for name in fact.types if name in first), None)
        if held is not None:
            found[fact.key] = value_of(held.attributes, fact.attribute)
    return found


def value_of(attributes: Mapping[str, Any], name: str) -> str:
    """An attribute as text, a list with commas between."""
    value = attributes.get(name)
    return ", ".join(texts(dict(attributes), name)) if isinstance(value, list) else text(dict(attributes), name)


def written_as(stands: object, value: str) -> str | list[str]:
    """The text in the shape in which the attribute stands."""
    return [part.strip() for part in value.split(",") if part.strip()] if isinstance(stands, list) else value


def changed_in(holder: Holder, before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """The attributes of this holder that differ between two submissions: what each was and what it becomes."""
    return {
        fact.attribute: (str(before.get(fact.key, "")), str(after[fact.key]))
        for fact in FACTS
        if fact.is_of(holder) and fact.key in after and after[fact.key] != before.get(fact.key)
    }


def plain_number(value: str) -> str:
    """A registration number without its punctuation: 91-0000000 and 910000000 are the same."""
    return re.sub(r"[^0-9A-Za-z]", "", value).upper()[:40]
