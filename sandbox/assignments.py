"""What is assigned to a bundle (BV...): end users, documents and other bundles."""

from sandbox import facts, paging, trusthub
from sandbox.call import Answer, Call, Handler, own
from sandbox.clock import iso
from sandbox.errors import ALREADY_ASSIGNED, NOT_FOUND, Refused
from sandbox.form import Parameter, read_form
from sandbox.world import Kind, Payload, Resource, World, new_sid

CREATE = (Parameter("ObjectSid", "object_sid", required=True),)


def show(bundle: Resource, assignment: Resource) -> Payload:
    shown = assignment.shown({"url": f"{trusthub.url_of(bundle)}/EntityAssignments/{assignment.key}"})
    return {f"{bundle.kind}_sid": shown.pop("bundle_sid"), **shown}


def lister(kind: Kind) -> Handler:
    """ObjectType asks for assignments of one type of end user or document."""

    def list_(world: World, call: Call) -> Answer:
        bundle, asked = own(world, call, kind, call.args["bundle"]), call.asked("ObjectType")
        rows = world.shelves[Kind.ASSIGNMENT].under(bundle.key)
        if asked is not None:
            rows = [row for row in rows if _type(world, row) == asked]
        return paging.answer(call, "results", rows, lambda row: show(bundle, row))

    return list_


def fetcher(kind: Kind) -> Handler:
    def fetch(world: World, call: Call) -> Answer:
        bundle = own(world, call, kind, call.args["bundle"])
        return Answer(200, show(bundle, _named(world, call, bundle)))

    return fetch


def creator(kind: Kind) -> Handler:
    def create(world: World, call: Call) -> Answer:
        bundle = own(world, call, kind, call.args["bundle"])
        object_sid = read_form(call.form, CREATE)["object_sid"]
        trusthub.refuse_primary(bundle)
        trusthub.refuse_unless_editable(bundle)
        if facts.find_item(world, object_sid, bundle.account_sid) is None:
            raise Refused(NOT_FOUND, path=object_sid)
        assigned = world.shelves[Kind.ASSIGNMENT].under(bundle.key)
        if object_sid in {row.payload["object_sid"] for row in assigned}:
            raise Refused(ALREADY_ASSIGNED, sid=object_sid)
        return Answer(201, show(bundle, add(world, bundle, object_sid)))

    return create


def deleter(kind: Kind) -> Handler:
    def delete(world: World, call: Call) -> Answer:
        bundle = own(world, call, kind, call.args["bundle"])
        assignment = _named(world, call, bundle)
        trusthub.refuse_primary(bundle)
        trusthub.refuse_unless_editable(bundle)
        world.remove(assignment)
        return Answer(204)

    return delete


def add(world: World, bundle: Resource, object_sid: str, sid: str | None = None) -> Resource:
    made = {
        "sid": sid or new_sid("BV"),
        "bundle_sid": bundle.key,
        "account_sid": bundle.account_sid,
        "object_sid": object_sid,
        "date_created": iso(world.clock.now()),
    }
    return world.add(Kind.ASSIGNMENT, bundle.account_sid, made)


def _named(world: World, call: Call, bundle: Resource) -> Resource:
    assignment = own(world, call, Kind.ASSIGNMENT, call.args["sid"])
    if assignment.parent != bundle.key:
        raise Refused(NOT_FOUND, path=call.path)
    return assignment


def _type(world: World, assignment: Resource) -> str | None:
    item = facts.find_item(world, assignment.payload["object_sid"], assignment.account_sid)
    return item.payload.get("type") if item else None
