"""TrustHub bundles (BU...): customer profiles and trust products, and who may change them when."""

from collections.abc import Mapping

from sandbox import errors, paging, policies, reviewer
from sandbox.call import Answer, Call, Handler, own
from sandbox.clock import iso
from sandbox.errors import Refused
from sandbox.form import Parameter, one_of, read_form
from sandbox.world import Kind, Payload, Resource, World, new_sid

BASE = "https://trusthub.twilio.com/v1"
PATHS = {Kind.CUSTOMER_PROFILE: "CustomerProfiles", Kind.TRUST_PRODUCT: "TrustProducts"}
POLICY_BY_DEFAULT = {Kind.CUSTOMER_PROFILE: policies.SECONDARY, Kind.TRUST_PRODUCT: policies.A2P}
FILTERS = {"Status": "status", "FriendlyName": "friendly_name", "PolicySid": "policy_sid"}
CREATE = (
    Parameter("FriendlyName", "friendly_name", required=True),
    Parameter("Email", "email", required=True),
    Parameter("PolicySid", "policy_sid", one_of(*policies.POLICIES), required=True),
    Parameter("StatusCallback", "status_callback"),
)
PROPERTIES = (
    Parameter("FriendlyName", "friendly_name"),
    Parameter("Email", "email"),
    Parameter("StatusCallback", "status_callback"),
)
STATUSES = ("draft", "pending-review", "in-review", "twilio-rejected", "twilio-approved")
EDITABLE = ("draft", "twilio-rejected")
# An approved bundle goes to review again after a change of its end users: "Move the bundle to pending-review"
# (Twilio's guide to failed brands, "existing brands that need re-verification"). Nothing else leads anywhere.
SUBMITTABLE = (*EDITABLE, "twilio-approved")


def payload(kind: Kind, sid: str, account_sid: str, now: float, fields: Payload) -> Payload:
    return {
        "sid": sid,
        "account_sid": account_sid,
        "policy_sid": POLICY_BY_DEFAULT[kind],
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
    url = url_of(bundle)
    prefix = f"{bundle.kind}s"
    links = {
        f"{prefix}_entity_assignments": f"{url}/EntityAssignments",
        f"{prefix}_evaluations": f"{url}/Evaluations",
        f"{prefix}_channel_endpoint_assignment": f"{url}/ChannelEndpointAssignments",
    }
    return bundle.shown({"url": url, "links": links})


def url_of(bundle: Resource) -> str:
    return f"{BASE}/{PATHS[bundle.kind]}/{bundle.key}"


def lister(kind: Kind) -> Handler:
    def list_(world: World, call: Call) -> Answer:
        bundles = [bundle for bundle in world.shelves[kind].of([call.account.sid]) if _fits(bundle, call)]
        return paging.answer(call, "results", bundles, show)

    return list_


def fetcher(kind: Kind) -> Handler:
    def fetch(world: World, call: Call) -> Answer:
        return Answer(200, show(own(world, call, kind, call.args["bundle"])))

    return fetch


def creator(kind: Kind) -> Handler:
    def create(world: World, call: Call) -> Answer:
        fields = read_form(call.form, CREATE)
        if fields["policy_sid"] == policies.PRIMARY:
            raise Refused(errors.PRIMARY_BY_CONSOLE)
        return Answer(201, show(add(world, kind, call.account.sid, fields)))

    return create


def updater(kind: Kind) -> Handler:
    """Either properties or the status, and of statuses only one that a customer may give: pending-review."""

    def update(world: World, call: Call) -> Answer:
        bundle = own(world, call, kind, call.args["bundle"])
        fields = read_form(call.form, PROPERTIES)
        refuse_primary(bundle)
        if "Status" not in call.form:
            refuse_unless_editable(bundle)
            bundle.change(world.clock.now(), fields)
        else:
            _submit(world, bundle, call.form["Status"][-1], fields)
        return Answer(200, show(bundle))

    return update


def add(world: World, kind: Kind, account_sid: str, fields: Payload) -> Resource:
    sid = str(fields.get("sid") or new_sid("BU"))
    return world.add(kind, account_sid, payload(kind, sid, account_sid, world.clock.now(), fields))


def refuse_primary(bundle: Resource) -> None:
    if bundle.payload["policy_sid"] == policies.PRIMARY:
        raise Refused(errors.PRIMARY_BY_CONSOLE)


def refuse_unless_editable(bundle: Resource) -> None:
    if bundle.payload["status"] not in EDITABLE:
        raise Refused(errors.BUNDLE_NOT_EDITABLE, status=reviewer.status(bundle))


def _submit(world: World, bundle: Resource, asked: str, fields: Mapping[str, object]) -> None:
    """Documents do not say that an incomplete bundle is turned away here: it is taken, and rejected by the reviewer."""
    if asked not in STATUSES:
        raise Refused(errors.BUNDLE_STATUS_UNKNOWN, value=asked)
    if fields:
        raise Refused(errors.BUNDLE_MIXED_UPDATE)
    if asked != "pending-review" or bundle.payload["status"] not in SUBMITTABLE:
        raise Refused(errors.TRANSITION_NOT_ALLOWED, status=reviewer.status(bundle), asked=asked)
    bundle.updates += 1
    reviewer.submit(world, bundle, {})


def _fits(bundle: Resource, call: Call) -> bool:
    asked = ((field, call.asked(name)) for name, field in FILTERS.items())
    return all(value is None or bundle.payload[field] == value for field, value in asked)
