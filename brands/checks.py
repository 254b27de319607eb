"""What Twilio, the registry and its evaluation would refuse of a brand's facts, as far as that can be told from here.

Formats: Twilio's onboarding guide for ISVs and error page 30701 (seen 2026-11-22); each finding names its number.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from brands import dossier
from brands.draft import PAPERS, Draft
from brands.facts import BY_KEY, facts_of
from brands.models import Brand
from brands.trusthub import NAMES, UNDER_REVIEW
from rulebook.domains import FREE_MAIL, host_of, registrable
from rulebook.findings import Finding, Severity
from rulebook.policy import BRANDS_PER_TAX_NUMBER, MANY_BRANDS_PER_TAX_NUMBER
from twilio_api.answer import Payload

ERROR, WARNING, ADVICE = Severity.ERROR, Severity.WARNING, Severity.ADVICE

# What an evaluation asks for, where the end user or address that holds it is there. Source: the guide, and for the
# stock of a public company error page 30796.
REQUIRED = (
    "business_name", "business_type", "business_registration_identifier", "business_registration_number",
    "business_identity", "business_industry", "business_regions_of_operation", "website_url",
    "customer_name", "street", "city", "region", "postal_code",
    "first_name", "last_name", "email", "phone_number", "business_title", "job_position",
    "second_first_name", "second_last_name", "second_email", "second_phone_number",
    "second_business_title", "second_job_position",
    "company_type", "brand_name", "mobile_phone_number", "vertical",
)  # fmt: skip
MAILBOXES = ("email", "second_email", "brand_contact_email")
PHONES = ("phone_number", "second_phone_number", "mobile_phone_number")
_MISSING_CODES = MappingProxyType(
    {"business_registration_number": (30757,), "business_registration_identifier": (30758,)}
)
_EIN, _MAILBOX, _E164 = re.compile(r"\d{2}-?\d{7}"), re.compile(r"[^@\s]+@[^@\s]+\.\w+"), re.compile(r"\+[1-9]\d{7,14}")
_NORTH_AMERICAN = re.compile(r"\+1[2-9]\d{9}")
_REGION = re.compile(r"[A-Z]{2}")
_POSTAL_CODES = {"US": re.compile(r"\d{5}(-\d{4})?"), "CA": re.compile(r"[A-Z]\d[A-Z] ?\d[A-Z]\d")}
_POSTAL_SHAPES = {"US": "five digits, or five and four as in 98402-1234", "CA": "as in K1A 0B1"}


@dataclass(frozen=True, slots=True)
class Context:
    """What stands: the payload with its facts, the country of the address, the bundle and its state by the fact, and
    how many other brands stand on a tax number."""

    payload: Payload
    country: str = "US"
    states: Mapping[str, tuple[str, str]] = MappingProxyType({})
    brands_on: Callable[[str], int] = lambda number: 0

    @property
    def stands(self) -> Draft:
        return Draft.from_payload(self.payload)


def context_of(review_id: int) -> Context:
    """Two statements; a third when a tax number is counted."""
    brand = Brand.objects.get(review=review_id)
    papers = dossier.papers_of(brand)
    payload = {**brand.payload, PAPERS: facts_of(papers)} if brand.dossier_read_at else dict(brand.payload)
    countries = [str(paper.attributes["iso_country"]) for paper in papers if "iso_country" in paper.attributes]
    holders = {fact.key: paper.bundle for fact in BY_KEY.values() for paper in papers if fact.is_of(paper)}
    states = {key: (bundle.kind, bundle.status) for key, bundle in holders.items()}
    return Context(payload, countries[0] if countries else "US", states, dossier.brands_of_tax_number)


def run(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """What is said of these facts, worst first."""
    found = [replace(finding, rule=rule) for rule, look in LOOKS.items() for finding in look(draft.facts, context)]
    order = list(Severity)
    return tuple(sorted(found, key=lambda finding: order.index(finding.severity)))


def _missing(facts: Mapping[str, str], context: Context) -> Iterator[Finding]:
    for key in REQUIRED:
        if key in facts and not facts[key]:
            yield _said(key, ERROR, "Twilio’s evaluation asks for it.", *_MISSING_CODES.get(key, ()))


def _tax_number(facts: Mapping[str, str], context: Context) -> Iterator[Finding]:
    number = facts.get("business_registration_number", "")
    if facts.get("business_registration_identifier") == "EIN" and number and not _EIN.fullmatch(number):
        words = "an EIN has nine digits, as in 91-0000000. Not a Social Security number, and not one of a state."
        yield _said("business_registration_number", ERROR, words, 30795, 30701)


def _address(facts: Mapping[str, str], context: Context) -> Iterator[Finding]:
    region, postal_code, country = facts.get("region", ""), facts.get("postal_code", ""), context.country
    if country in _POSTAL_CODES and region and not _REGION.fullmatch(region):
        yield _said("region", ERROR, "the two capital letters of the state or province, as in OR.", 30701)
    if country in _POSTAL_CODES and postal_code and not _POSTAL_CODES[country].fullmatch(postal_code):
        yield _said("postal_code", ERROR, f"{_POSTAL_SHAPES[country]}.", 30701)


def _mail(facts: Mapping[str, str], context: Context) -> Iterator[Finding]:
    site = registrable(host_of(facts.get("website_url", "")))
    for key in MAILBOXES:
        mailbox = facts.get(key, "")
        if mailbox and not _MAILBOX.fullmatch(mailbox):
            yield _said(key, ERROR, "this is no mail address.", 30701)
        elif mailbox and (words := _foreign(mailbox.rpartition("@")[2].lower(), site)):
            yield _said(key, WARNING, words, *((18606,) if key != "brand_contact_email" else ()))


def _foreign(domain: str, site: str) -> str:
    """Why a mailbox does not look like the business's own; nothing where the site is not known."""
    if site and domain in FREE_MAIL:
        return f"a free mailbox. Reviewers look for one at {site}."
    if site and registrable(domain) != site:
        return f"not on the domain of the website, {site}."
    return ""


def _phones(facts: Mapping[str, str], context: Context) -> Iterator[Finding]:
    for key in PHONES:
        if (number := facts.get(key, "")) and not _E164.fullmatch(number):
            yield _said(key, ERROR, "plus, country code and digits only, as in +12065550142.", 30701)
    mobile = facts.get("mobile_phone_number", "")
    if _E164.fullmatch(mobile) and not _NORTH_AMERICAN.fullmatch(mobile):
        yield _said("mobile_phone_number", ERROR, "a mobile number of the United States or Canada.", 30751)


def _website(facts: Mapping[str, str], context: Context) -> Iterator[Finding]:
    site = facts.get("website_url", "")
    if site and not site.startswith(("https://", "http://")):
        yield _said("website_url", ERROR, "the whole address, beginning with https://.", 30701)
    elif site.startswith("http://"):
        yield _said("website_url", WARNING, "begin it with https://: reviewers open the page.", 18601)


def _stock(facts: Mapping[str, str], context: Context) -> Iterator[Finding]:
    company = facts.get("company_type", "")
    for key in ("stock_ticker", "stock_exchange", "brand_contact_email"):
        if company == "public" and not facts.get(key):
            yield _said(key, ERROR, "a listed company has to name it.", 30796)
    if company and company != "public" and facts.get("stock_ticker"):
        yield _said("stock_ticker", WARNING, "only a listed company has one; the company type says otherwise.", 30796)


def _held(facts: Mapping[str, str], context: Context) -> Iterator[Finding]:
    """Nothing changes under a reviewer's eyes: Twilio refuses it."""
    stands = context.stands.facts
    known = (key for key in facts if key in context.states)
    changed = {context.states[key] for key in known if facts[key] != stands.get(key)}
    for kind, status in sorted(changed):
        if status in UNDER_REVIEW:
            words = f"The {NAMES[kind]} is in review at Twilio: nothing in it can be changed before that is over."
            yield Finding("form", "", ERROR, words)


def _many_brands(facts: Mapping[str, str], context: Context) -> Iterator[Finding]:
    number = facts.get("business_registration_number", "")
    count = context.brands_on(number) if number else 0
    if count >= BRANDS_PER_TAX_NUMBER:
        words = f"{count} brands stand on it, and {BRANDS_PER_TAX_NUMBER} are allowed: campaigns on the next ones fail."
        yield _said("business_registration_number", WARNING, words, 30898)
    elif count >= MANY_BRANDS_PER_TAX_NUMBER:
        words = f"{count} brands stand on it; from {BRANDS_PER_TAX_NUMBER} on campaigns fail."
        yield _said("business_registration_number", ADVICE, words, 30898)


# Each check by its id.
LOOKS: Mapping[str, Callable[[Mapping[str, str], Context], Iterator[Finding]]] = MappingProxyType(
    {
        "brand-missing": _missing,
        "brand-tax-number": _tax_number,
        "brand-address": _address,
        "brand-mail": _mail,
        "brand-phones": _phones,
        "brand-website": _website,
        "brand-stock": _stock,
        "brand-held": _held,
        "brand-many": _many_brands,
    }
)


def _said(key: str, severity: Severity, words: str, *codes: int) -> Finding:
    return Finding("form", key, severity, f"{BY_KEY[key].label}: {words}", codes=codes)
