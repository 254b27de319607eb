"""What a bundle holds: everything assigned to it, by type."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sandbox.policies import ADDRESS_DOCUMENT, BUSINESS_INFORMATION
from sandbox.registry import digits
from sandbox.world import Kind, Payload, Resource, World

TAX_ID = "business_registration_number"
KINDS_OF_ITEMS: Mapping[str, tuple[Kind, ...]] = {
    "IT": (Kind.END_USER,),
    "RD": (Kind.DOCUMENT,),
    "BU": (Kind.CUSTOMER_PROFILE, Kind.TRUST_PRODUCT),
}


@dataclass(frozen=True, slots=True)
class Facts:
    """Attributes by type; where a type is assigned twice the later counts."""

    end_users: Mapping[str, Payload]
    documents: Mapping[str, Payload]
    address: Payload | None
    bundles: tuple[Resource, ...]

    def text(self, end_user_type: str, name: str) -> str:
        """The attribute, blank where it is missing."""
        return str(self.end_users.get(end_user_type, {}).get(name) or "").strip()


def gather(world: World, bundle: Resource) -> Facts:
    items = list(_items(world, bundle))
    documents = {str(item.payload["type"]): item.payload["attributes"] for item in items if item.kind is Kind.DOCUMENT}
    return Facts(
        end_users={
            str(item.payload["type"]): item.payload["attributes"] for item in items if item.kind is Kind.END_USER
        },
        documents=documents,
        address=_address(world, documents.get(ADDRESS_DOCUMENT, {})),
        bundles=tuple(item for item in items if item.kind in KINDS_OF_ITEMS["BU"]),
    )


def find_item(world: World, sid: str, account_sid: str) -> Resource | None:
    """What may be assigned to a bundle: an end user, a document or another bundle of the same account."""
    found = (world.find(kind, sid, account_sid) for kind in KINDS_OF_ITEMS.get(sid[:2], ()))
    return next((item for item in found if item), None)


def bundles_holding(world: World, item: Resource) -> Iterator[Resource]:
    """The bundles an end user or a document is assigned to, or an address by way of its documents."""
    held = {item.key}
    if item.kind is Kind.ADDRESS:
        documents = world.shelves[Kind.DOCUMENT].of([item.account_sid])
        held = {found.key for found in documents if item.key in address_sids(found.payload["attributes"])}
    for assignment in world.shelves[Kind.ASSIGNMENT].of([item.account_sid]):
        if assignment.payload["object_sid"] in held:
            bundle = find_item(world, assignment.payload["bundle_sid"], item.account_sid)
            if bundle:
                yield bundle


def brands_of_same_tax_id(world: World, brand: Resource | None) -> int:
    """How many brands at this Twilio, in whatever account, are filed under the brand's tax number."""
    profile = brand and world.find(Kind.CUSTOMER_PROFILE, str(brand.payload["customer_profile_bundle_sid"]))
    number = digits(gather(world, profile).text(BUSINESS_INFORMATION, TAX_ID)) if profile else ""
    if not number:
        return 0
    filed = ((user, user.payload["attributes"].get(TAX_ID)) for user in world.shelves[Kind.END_USER])
    users = [user for user, tax_id in filed if tax_id and digits(str(tax_id)) == number]
    profiles = {bundle.key for user in users for bundle in bundles_holding(world, user)}
    return sum(other.payload["customer_profile_bundle_sid"] in profiles for other in world.shelves[Kind.BRAND])


def address_sids(attributes: Payload) -> list[str]:
    """The attribute is a list by its name and constraint and a single text in Twilio's examples; both are read."""
    written = attributes.get("address_sids") or []
    return [sid.strip() for sid in written.split(",")] if isinstance(written, str) else [str(sid) for sid in written]


def _items(world: World, bundle: Resource) -> Iterator[Resource]:
    for assignment in world.shelves[Kind.ASSIGNMENT].under(bundle.key):
        if item := find_item(world, assignment.payload["object_sid"], bundle.account_sid):
            yield item


def _address(world: World, attributes: Payload) -> Payload | None:
    found = (world.find(Kind.ADDRESS, sid) for sid in address_sids(attributes))
    return next((address.payload for address in found if address), None)
