"""What bundles are made of: end users (IT...) and supporting documents (RD...), each with a type and attributes.

An update replaces the attributes as a whole. It is refused while a bundle that holds the item is under review.
"""

from dataclasses import dataclass

from sandbox import facts, paging, policies, reviewer
from sandbox.call import Answer, Call, Handler, own
from sandbox.clock import iso
from sandbox.errors import ITEM_IN_REVIEW, Refused
from sandbox.form import Parameter, json_object, one_of, read_form
from sandbox.world import Kind, Payload, Resource, World, new_sid

BASE = "https://trusthub.twilio.com/v1"
UPDATE = (Parameter("FriendlyName", "friendly_name"), Parameter("Attributes", "attributes", json_object))


@dataclass(frozen=True, slots=True)
class Drawer:
    """How one of the two kinds is named in addresses, and the types it knows."""

    kind: Kind
    path: str
    prefix: str
    types: tuple[str, ...]
    fields: tuple[tuple[str, str | None], ...] = ()

    @property
    def create(self) -> tuple[Parameter, ...]:
        return (
            Parameter("FriendlyName", "friendly_name", required=True),
            Parameter("Type", "type", one_of(*self.types), required=True),
            Parameter("Attributes", "attributes", json_object),
        )


END_USERS = Drawer(Kind.END_USER, "EndUsers", "IT", tuple(policies.END_USER_FIELDS))
DOCUMENTS = Drawer(
    Kind.DOCUMENT,
    "SupportingDocuments",
    "RD",
    tuple(policies.DOCUMENT_FIELDS),
    # A document of attributes alone stays DRAFT in Twilio's own examples.
    (("mime_type", None), ("status", "DRAFT")),
)
DRAWERS = {drawer.kind: drawer for drawer in (END_USERS, DOCUMENTS)}


def show(item: Resource) -> Payload:
    return item.shown({"url": f"{BASE}/{DRAWERS[item.kind].path}/{item.key}"})


def lister(drawer: Drawer) -> Handler:
    def list_(world: World, call: Call) -> Answer:
        return paging.answer(call, "results", world.shelves[drawer.kind].of([call.account.sid]), show)

    return list_


def fetcher(drawer: Drawer) -> Handler:
    def fetch(world: World, call: Call) -> Answer:
        return Answer(200, show(own(world, call, drawer.kind, call.args["sid"])))

    return fetch


def creator(drawer: Drawer) -> Handler:
    def create(world: World, call: Call) -> Answer:
        return Answer(201, show(add(world, drawer, call.account.sid, read_form(call.form, drawer.create))))

    return create


def updater(drawer: Drawer) -> Handler:
    def update(world: World, call: Call) -> Answer:
        item = own(world, call, drawer.kind, call.args["sid"])
        fields = read_form(call.form, UPDATE)
        refuse_while_held(world, item)
        item.change(world.clock.now(), fields)
        item.updates += 1
        return Answer(200, show(item))

    return update


def add(world: World, drawer: Drawer, account_sid: str, fields: Payload) -> Resource:
    sid, now = str(fields.get("sid") or new_sid(drawer.prefix)), iso(world.clock.now())
    made = {
        "sid": sid,
        "account_sid": account_sid,
        "friendly_name": "",
        "type": drawer.types[0],
        "attributes": {},
        "date_created": now,
        "date_updated": now,
        **dict(drawer.fields),
        **fields,
    }
    return world.add(drawer.kind, account_sid, made)


def refuse_while_held(world: World, item: Resource) -> None:
    """Documents are silent about an item of a bundle under review: a plain 400, so nothing changes under the reader."""
    for bundle in facts.bundles_holding(world, item):
        if reviewer.is_under_review(bundle):
            raise Refused(ITEM_IN_REVIEW, sid=item.key, bundle=bundle.key, status=reviewer.status(bundle))
