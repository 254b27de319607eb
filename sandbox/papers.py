"""The papers of a brand: its customer profile and its A2P bundle, with everything that is assigned to them.

What is filed may differ from what the authority has on file; that is how a brand fails and what there is to repair.
"""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields

from sandbox import addresses, assignments, items, policies, trusthub
from sandbox.items import DOCUMENTS, END_USERS, Drawer
from sandbox.registry import Entry, invented_tax_id
from sandbox.texts import Business
from sandbox.world import Kind, Payload, Resource, World, new_sid

# A SID from its two letters and what it is for: "profile", "product", "business", "representative"...
type Naming = Callable[[str, str], str]


def any_sid(prefix: str, part: str) -> str:
    return new_sid(prefix)


@dataclass(frozen=True, slots=True)
class Papers:
    """The SIDs, and the tax number the authority really has on file for the business."""

    tax_id: str
    profile_sid: str
    product_sid: str
    business_sid: str  # the end user with the business information, or of a sole proprietor's own
    representative_sid: str | None
    messaging_sid: str
    document_sid: str
    address_sid: str


@dataclass(frozen=True, slots=True)
class Filing:
    """`filed` is put over what would be true, by the names of attributes and of the address's fields."""

    business: Business
    brand_type: str = "STANDARD"
    tax_id: str = ""
    legal_name: str = ""
    company_type: str = "private"
    profile_status: str = "twilio-approved"
    filed: Mapping[str, object] = field(default_factory=dict)

    @property
    def is_sole(self) -> bool:
        return self.brand_type == "SOLE_PROPRIETOR"

    @property
    def truth(self) -> Entry:
        name = self.legal_name or self.business.name
        return Entry(self.tax_id or invented_tax_id(name), name, company_type=self.company_type)


def file(world: World, account_sid: str, filing: Filing, naming: Naming = any_sid) -> Papers:
    """Files everything and enters the truth with the authority, unless it has an entry for the number already."""
    if not world.registry.of(filing.truth.tax_id):
        world.registry.enter(filing.truth)
    desk = _Desk(world, account_sid, filing, naming)
    address = desk.address()
    document = desk.item(DOCUMENTS, "document", policies.ADDRESS_DOCUMENT, {"address_sids": address.key})
    people = _people(filing)
    users = {part: desk.item(END_USERS, part, kind, attributes) for part, kind, attributes in people}
    profile = desk.bundle(Kind.CUSTOMER_PROFILE, "profile", [*users.values(), document])
    messaging = desk.item(END_USERS, "messaging", *_messaging(filing))
    product = desk.bundle(Kind.TRUST_PRODUCT, "product", [messaging, profile])
    representative = users.get("representative")
    return Papers(
        tax_id=filing.truth.tax_id,
        profile_sid=profile.key,
        product_sid=product.key,
        business_sid=users["business"].key,
        representative_sid=representative.key if representative else None,
        messaging_sid=messaging.key,
        document_sid=document.key,
        address_sid=address.key,
    )


@dataclass(frozen=True, slots=True)
class _Desk:
    world: World
    account_sid: str
    filing: Filing
    naming: Naming

    def address(self) -> Resource:
        truth = self.filing.truth
        written = {
            "customer_name": self.filing.business.name,
            "street": truth.street,
            "city": truth.city,
            "region": truth.region,
            "postal_code": truth.postal_code,
            "iso_country": truth.country,
        }
        made = {"sid": self.naming("AD", "address"), **self._over(written)}
        return addresses.add(self.world, self.account_sid, made)

    def item(self, drawer: Drawer, part: str, kind: str, attributes: Payload) -> Resource:
        made = {
            "sid": self.naming(drawer.prefix, part),
            "friendly_name": f"{self.filing.business.name} {part}",
            "type": kind,
            "attributes": self._over(attributes),
        }
        return items.add(self.world, drawer, self.account_sid, made)

    def bundle(self, kind: Kind, part: str, held: list[Resource]) -> Resource:
        is_profile, name = kind is Kind.CUSTOMER_PROFILE, self.filing.business.name
        made = {
            "sid": self.naming("BU", part),
            "friendly_name": name if is_profile else f"{name} A2P",
            "policy_sid": _policy(kind, self.filing),
            "status": self.filing.profile_status if is_profile else "twilio-approved",
        }
        bundle = trusthub.add(self.world, kind, self.account_sid, made)
        for item in held:
            assignments.add(self.world, bundle, item.key, self.naming("BV", f"{part} {item.key}"))
        return bundle

    def _over(self, written: Payload) -> Payload:
        return {**written, **{name: value for name, value in self.filing.filed.items() if name in written}}


def _policy(kind: Kind, filing: Filing) -> str:
    if filing.is_sole:
        return policies.STARTER if kind is Kind.CUSTOMER_PROFILE else policies.SOLE_PROPRIETOR
    return policies.SECONDARY if kind is Kind.CUSTOMER_PROFILE else policies.A2P


def _people(filing: Filing) -> list[tuple[str, str, Payload]]:
    """Part, type and attributes of the end users of the profile."""
    contact = {
        "first_name": "Rosa",
        "last_name": "Imani",
        "email": f"rosa@{filing.business.domain}.example",
        "phone_number": "+12535550142",
    }
    if filing.is_sole:
        return [("business", policies.STARTER_INFORMATION, contact)]
    office = {**contact, "business_title": "Owner", "job_position": "CEO"}
    return [
        ("business", policies.BUSINESS_INFORMATION, _business_information(filing)),
        ("representative", policies.REPRESENTATIVE_1, office),
    ]


def _business_information(filing: Filing) -> Payload:
    is_charity = filing.company_type == "non-profit"
    return {
        "business_name": filing.truth.legal_name,
        "business_type": "Non-profit Corporation" if is_charity else "Limited Liability Corporation",
        "business_registration_identifier": "EIN",
        "business_registration_number": filing.truth.tax_id,
        "business_identity": "direct_customer",
        "business_industry": "NOT_FOR_PROFIT" if is_charity else "CONSUMER",
        "business_regions_of_operation": "USA_AND_CANADA",
        "website_url": filing.business.site,
        "social_media_profile_urls": "",
    }


def _messaging(filing: Filing) -> tuple[str, Payload]:
    if filing.is_sole:
        sole = {"brand_name": filing.business.name, "mobile_phone_number": "+12535550142", "vertical": "PROFESSIONAL"}
        return policies.SOLE_PROPRIETOR_INFORMATION, sole
    contact = f"compliance@{filing.business.domain}.example"
    return policies.MESSAGING_INFORMATION, {
        "company_type": filing.company_type,
        "stock_exchange": "",
        "stock_ticker": "",
        "brand_contact_email": contact,
    }


def filing_of(asked: Payload) -> Filing:
    """From the JSON of a verb; `name` and `domain` make the business, anything unknown is refused as TypeError."""
    business = Business(str(asked["name"]), str(asked["domain"]))
    known = {found.name for found in fields(Filing)} - {"business"}
    unknown = set(asked) - known - {"name", "domain", "account_sid"}
    if unknown:
        raise TypeError(f"papers have no {', '.join(sorted(unknown))}")
    return Filing(business, **{name: asked[name] for name in known if name in asked})


def as_payload(papers: Papers) -> Payload:
    return asdict(papers)
