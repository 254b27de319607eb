"""Messaging services (MG...): what campaigns hang on. Read, list, create, delete."""

from sandbox import form, paging
from sandbox.call import Answer, Call, own
from sandbox.clock import iso
from sandbox.form import Parameter
from sandbox.world import Kind, Payload, Resource, World, new_sid

BASE = "https://messaging.twilio.com/v1/Services"
_LINKS = (
    ("phone_numbers", "PhoneNumbers"),
    ("short_codes", "ShortCodes"),
    ("alpha_senders", "AlphaSenders"),
    ("messages", "Messages"),
    ("us_app_to_person", "Compliance/Usa2p"),
    ("us_app_to_person_usecases", "Compliance/Usa2p/Usecases"),
    ("channel_senders", "ChannelSenders"),
    ("destination_alpha_senders", "DestinationAlphaSenders"),
)
CREATE = (Parameter("FriendlyName", "friendly_name", required=True), Parameter("Usecase", "usecase"))


def payload(sid: str, account_sid: str, now: float, fields: Payload) -> Payload:
    return {
        "sid": sid,
        "account_sid": account_sid,
        "friendly_name": "",
        "date_created": iso(now),
        "date_updated": iso(now),
        "inbound_request_url": None,
        "inbound_method": "POST",
        "fallback_url": None,
        "fallback_method": "POST",
        "status_callback": None,
        "sticky_sender": True,
        "mms_converter": True,
        "smart_encoding": True,
        "scan_message_content": "inherit",
        "fallback_to_long_code": True,
        "area_code_geomatch": True,
        "synchronous_validation": False,
        "validity_period": 14400,
        "usecase": "undeclared",
        "us_app_to_person_registered": False,
        "use_inbound_webhook_on_number": False,
        **fields,
    }


def show(world: World, service: Resource) -> Payload:
    """`us_app_to_person_registered` while a campaign is pending or failed is undocumented: true only once VERIFIED."""
    url = f"{BASE}/{service.key}"
    campaign = world.find(Kind.CAMPAIGN, service.key)
    registered = campaign is not None and campaign.payload["campaign_status"] == "VERIFIED"
    links = {name: f"{url}/{path}" for name, path in _LINKS}
    return service.shown({"us_app_to_person_registered": registered, "url": url, "links": links})


def list_(world: World, call: Call) -> Answer:
    services = world.shelves[Kind.SERVICE].of([call.account.sid])
    return paging.answer(call, "services", services, lambda service: show(world, service))


def fetch(world: World, call: Call) -> Answer:
    return Answer(200, show(world, own(world, call, Kind.SERVICE, call.args["sid"])))


def create(world: World, call: Call) -> Answer:
    fields = form.read_form(call.form, CREATE)
    service = add(world, call.account.sid, fields)
    return Answer(201, show(world, service))


def add(world: World, account_sid: str, fields: Payload) -> Resource:
    sid = str(fields.get("sid") or new_sid("MG"))
    return world.add(Kind.SERVICE, account_sid, payload(sid, account_sid, world.clock.now(), {**fields, "sid": sid}))


def delete(world: World, call: Call) -> Answer:
    """Its campaign goes with it."""
    service = own(world, call, Kind.SERVICE, call.args["sid"])
    if campaign := world.find(Kind.CAMPAIGN, service.key):
        world.remove(campaign)
    world.remove(service)
    return Answer(204)
