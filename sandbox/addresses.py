"""Addresses (AD...) of the 2010 API: where a business says it is. A parent reaches those of its subaccounts here."""

from sandbox import accounts, items, paging
from sandbox.call import Answer, Call
from sandbox.clock import iso, rfc2822_of
from sandbox.errors import NOT_FOUND, Refused
from sandbox.form import Parameter, boolean, filled, read_form
from sandbox.world import Kind, Payload, Resource, World, new_sid

# The country is set once: no update carries it. What creation asks for may not be emptied later.
UPDATE = (
    Parameter("CustomerName", "customer_name", filled),
    Parameter("Street", "street", filled),
    Parameter("City", "city", filled),
    Parameter("Region", "region", filled),
    Parameter("PostalCode", "postal_code", filled),
    Parameter("FriendlyName", "friendly_name"),
    Parameter("StreetSecondary", "street_secondary"),
    Parameter("EmergencyEnabled", "emergency_enabled", boolean),
)
CREATE = (
    *(Parameter(p.name, p.field, p.read, required=p.read is filled) for p in UPDATE),
    Parameter("IsoCountry", "iso_country", filled, required=True),
)
FILTERS = {"CustomerName": "customer_name", "FriendlyName": "friendly_name", "IsoCountry": "iso_country"}


def show(address: Resource) -> Payload:
    return address.shown(
        {
            "date_created": rfc2822_of(address.payload["date_created"]),
            "date_updated": rfc2822_of(address.payload["date_updated"]),
            "uri": f"{accounts.PATH}/{address.account_sid}/Addresses/{address.key}.json",
        }
    )


def list_(world: World, call: Call) -> Answer:
    owner = accounts.named(world, call)
    rows = [address for address in world.shelves[Kind.ADDRESS].of([owner.sid]) if _fits(address, call)]
    return paging.answer_2010(call, "addresses", rows, lambda address: address.key, show)


def fetch(world: World, call: Call) -> Answer:
    return Answer(200, show(_named(world, call)))


def create(world: World, call: Call) -> Answer:
    owner = accounts.named(world, call)
    return Answer(201, show(add(world, owner.sid, read_form(call.form, CREATE))))


def update(world: World, call: Call) -> Answer:
    address = _named(world, call)
    fields = read_form(call.form, UPDATE)
    items.refuse_while_held(world, address)
    address.change(world.clock.now(), fields)
    address.updates += 1
    return Answer(200, show(address))


def add(world: World, account_sid: str, fields: Payload) -> Resource:
    sid, now = str(fields.get("sid") or new_sid("AD")), iso(world.clock.now())
    made = {
        "sid": sid,
        "account_sid": account_sid,
        "customer_name": "",
        "friendly_name": None,
        "street": "",
        "street_secondary": None,
        "city": "",
        "region": "",
        "postal_code": "",
        "iso_country": "US",
        "emergency_enabled": False,
        "validated": False,
        "verified": False,
        "date_created": now,
        "date_updated": now,
        **fields,
    }
    return world.add(Kind.ADDRESS, account_sid, made)


def _named(world: World, call: Call) -> Resource:
    address = world.find(Kind.ADDRESS, call.args["sid"], accounts.named(world, call).sid)
    if address is None:
        raise Refused(NOT_FOUND, path=call.path)
    return address


def _fits(address: Resource, call: Call) -> bool:
    asked = ((field, call.asked(name)) for name, field in FILTERS.items())
    return all(value is None or address.payload[field] == value for field, value in asked)
