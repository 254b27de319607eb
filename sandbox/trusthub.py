"""TrustHub bundles (BU...): customer profiles and trust products. Read and list; they are repaired in the Console."""

from collections.abc import Callable

from sandbox import paging
from sandbox.call import Answer, Call, own
from sandbox.clock import iso
from sandbox.world import Kind, Payload, Resource, World, new_sid

BASE = "https://trusthub.twilio.com/v1"
PATHS = {Kind.CUSTOMER_PROFILE: "CustomerProfiles", Kind.TRUST_PRODUCT: "TrustProducts"}
FILTERS = {"Status": "status", "FriendlyName": "friendly_name", "PolicySid": "policy_sid"}

type Handler = Callable[[World, Call], Answer]


def payload(sid: str, account_sid: str, now: float, fields: Payload) -> Payload:
    return {
        "sid": sid,
        "account_sid": account_sid,
        "policy_sid": "RN" + "6433641899984f951173ef1738c3bdd0",
        "friendly_name": "",
        "status": "draft",
        "valid_until": None,
        "email": "compliance@northbeam.example",
        "status_callback": None,
        "date_created": iso(now),
        "date_updated": iso(now),
        "errors": None,
        **fields,
    }


def show(bundle: Resource) -> Payload:
    url = f"{BASE}/{PATHS[bundle.kind]}/{bundle.key}"
    links = {
        "entity_assignments": f"{url}/EntityAssignments",
        "channel_endpoint_assignment": f"{url}/ChannelEndpointAssignments",
        "evaluations": f"{url}/Evaluations",
    }
    return bundle.shown({"url": url, "links": links})


def lister(kind: Kind) -> Handler:
    def list_(world: World, call: Call) -> Answer:
        bundles = [bundle for bundle in world.shelves[kind].of([call.account.sid]) if _fits(bundle, call)]
        return paging.answer(call, "results", bundles, show)

    return list_


def fetcher(kind: Kind) -> Handler:
    def fetch(world: World, call: Call) -> Answer:
        return Answer(200, show(own(world, call, kind, call.args["sid"])))

    return fetch


def add(world: World, kind: Kind, account_sid: str, fields: Payload) -> Resource:
    sid = str(fields.get("sid") or new_sid("BU"))
    return world.add(kind, account_sid, payload(sid, account_sid, world.clock.now(), fields))


def _fits(bundle: Resource, call: Call) -> bool:
    asked = ((field, call.asked(name)) for name, field in FILTERS.items())
    return all(value is None or bundle.payload[field] == value for field, value in asked)
