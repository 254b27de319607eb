"""What reviewers make of a business's papers: TrustHub of a bundle, the registry of a brand.

Codes 18601 to 18606: Twilio's changelog of 2024-04-29 on customer profiles. 30701 to 30799: the error pages of brands.
"""

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from sandbox import compliance, policies
from sandbox.facts import Facts
from sandbox.policies import BUSINESS_INFORMATION, MESSAGING_INFORMATION
from sandbox.registry import TAX_ID_DIGITS, Entry, Registry, digits
from sandbox.rejections import Rejection

REGION = re.compile(r"[A-Z]{2}")
# What the A2P bundle claims the company to be, and the failure where the authority knows it as something else.
CLAIMS = {"public": 30796, "government": 30797, "non-profit": 30798}
# The code for a missing piece of a profile, by the requirement it belongs to.
INCOMPLETE = {
    policies.BUSINESS_INFORMATION: 18602,
    policies.REPRESENTATIVE_1: 18604,
    policies.REPRESENTATIVE_2: 18605,
    policies.STARTER_INFORMATION: 18604,
    policies.ADDRESS_DOCUMENT: 18603,
}


def read_profile(held: Facts, policy_sid: str, registry: Registry) -> list[Rejection]:
    codes = [*_incomplete(held, policy_sid), *_unverified(held, registry)]
    return [Rejection(code) for code in dict.fromkeys(codes)]


def read_product(held: Facts, policy_sid: str) -> list[Rejection]:
    """Nobody documents why an A2P bundle is rejected: the codes of its evaluation are given."""
    failed = (result for result in compliance.results(held, policy_sid) if not result["passed"])
    return [Rejection(result["error_code"], description=result["failure_reason"]) for result in failed]


def read_brand(papers: Facts, a2p: Facts, registry: Registry) -> list[Rejection]:
    """The profile against the authority's entry, or a sole proprietor's against what can be seen of it."""
    is_sole = policies.STARTER_INFORMATION in papers.end_users
    codes = _sole_faults(papers, a2p) if is_sole else _brand_faults(papers, a2p, registry)
    return [_flagged(code, papers) for code in codes]


def entry_for(papers: Facts, registry: Registry) -> Entry | None:
    """What the authority has on file under the number filed, if it is under the name filed too."""
    entry = registry.of(papers.text(BUSINESS_INFORMATION, "business_registration_number"))
    return entry if entry and entry.is_named(papers.text(BUSINESS_INFORMATION, "business_name")) else None


def _incomplete(held: Facts, policy_sid: str) -> Iterator[int]:
    for result in compliance.results(held, policy_sid):
        missing = {field["object_field"] for field in result["invalid"]}
        if missing and missing <= {"business_name", "website_url"}:
            yield 18601
        elif missing:
            yield INCOMPLETE.get(result["requirement_name"], 18602)


def _unverified(held: Facts, registry: Registry) -> Iterator[int]:
    if BUSINESS_INFORMATION in held.end_users:
        if not _is_tax_id(held) or entry_for(held, registry) is None:
            yield 18602
        if not _mails_from_its_site(held):
            yield 18606
    if held.address and not _is_plausible(held.address["region"], held.address["postal_code"]):
        yield 18603


def _brand_faults(papers: Facts, a2p: Facts, registry: Registry) -> Iterator[int]:
    number = papers.text(BUSINESS_INFORMATION, "business_registration_number")
    entry = entry_for(papers, registry)
    if not number:
        yield 30757
    elif not papers.text(BUSINESS_INFORMATION, "business_registration_identifier"):
        yield 30758
    elif not _is_tax_id(papers) or entry is None:
        yield 30795
    yield from _address_faults(papers, entry)
    claimed = a2p.text(MESSAGING_INFORMATION, "company_type")
    if entry and claimed in CLAIMS and claimed != entry.company_type:
        yield CLAIMS[claimed]


def _address_faults(papers: Facts, entry: Entry | None) -> Iterator[int]:
    address = papers.address
    if address is None or not _is_plausible(address["region"], address["postal_code"]):
        yield 30701
    elif entry and (address["region"], address["postal_code"]) != (entry.region, entry.postal_code):
        yield 30754


def _sole_faults(papers: Facts, a2p: Facts) -> Iterator[int]:
    mobile = a2p.text(policies.SOLE_PROPRIETOR_INFORMATION, "mobile_phone_number")
    if not re.fullmatch(r"\+1\d{10}", mobile):
        yield 30751
    yield from _address_faults(papers, None)


def _flagged(code: int, papers: Facts) -> Rejection:
    """30701 names what breaks the rules; a missing address breaks all of them."""
    address = papers.address
    if code != 30701 or address is None:
        return Rejection(code)
    return Rejection(code, ("region",) if not REGION.fullmatch(address["region"]) else ("postal_code",))


def _is_tax_id(held: Facts) -> bool:
    """Only an EIN has a form to keep to; whether it exists is the authority's to say."""
    number = held.text(BUSINESS_INFORMATION, "business_registration_number")
    is_ein = held.text(BUSINESS_INFORMATION, "business_registration_identifier") == "EIN"
    return not is_ein or len(digits(number)) == TAX_ID_DIGITS


def _is_plausible(region: str, postal_code: str) -> bool:
    return bool(REGION.fullmatch(region) and re.fullmatch(r"\d{5}(-\d{4})?|[A-Z]\d[A-Z] ?\d[A-Z]\d", postal_code))


def _mails_from_its_site(held: Facts) -> bool:
    site = (urlsplit(held.text(BUSINESS_INFORMATION, "website_url")).hostname or "").removeprefix("www.")
    domain = held.text(policies.REPRESENTATIVE_1, "email").rpartition("@")[2].lower()
    return not site or not domain or domain == site or domain.endswith(f".{site}")
