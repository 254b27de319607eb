"""Phone numbers of an account (PN...): listed by the 2010 API, named by toll-free verifications."""

from sandbox import accounts, paging
from sandbox.call import Answer, Call
from sandbox.clock import iso, rfc2822_of
from sandbox.world import Kind, Payload, Resource, World, new_sid

# Of the North American plan.
TOLL_FREE = ("+1800", "+1833", "+1844", "+1855", "+1866", "+1877", "+1888")
FILTERS = {"PhoneNumber": "phone_number", "FriendlyName": "friendly_name", "Origin": "origin"}
_SETTINGS = {
    "address_sid": None,
    "address_requirements": "none",
    "api_version": "2010-04-01",
    "beta": False,
    "bundle_sid": None,
    "capabilities": {"voice": True, "sms": True, "mms": True, "fax": False},
    "emergency_status": "Inactive",
    "emergency_address_sid": None,
    "emergency_address_status": "unregistered",
    "identity_sid": None,
    "origin": "twilio",
    "sms_application_sid": None,
    "sms_fallback_method": "POST",
    "sms_fallback_url": None,
    "sms_method": "POST",
    "sms_url": None,
    "status": "in-use",
    "status_callback": None,
    "status_callback_method": "POST",
    "trunk_sid": None,
    "type": "tollfree",
    "voice_application_sid": None,
    "voice_caller_id_lookup": False,
    "voice_fallback_method": "POST",
    "voice_fallback_url": None,
    "voice_method": "POST",
    "voice_receive_mode": "voice",
    "voice_url": None,
}


def show(number: Resource) -> Payload:
    return number.shown(
        {
            "date_created": rfc2822_of(number.payload["date_created"]),
            "date_updated": rfc2822_of(number.payload["date_updated"]),
            "uri": f"{accounts.PATH}/{number.account_sid}/IncomingPhoneNumbers/{number.key}.json",
        }
    )


def list_(world: World, call: Call) -> Answer:
    owner = accounts.named(world, call)
    rows = [number for number in world.shelves[Kind.NUMBER].of([owner.sid]) if _fits(number, call)]
    return paging.answer_2010(call, "incoming_phone_numbers", rows, lambda number: number.key, show)


def add(world: World, account_sid: str, fields: Payload) -> Resource:
    sid, now = str(fields.get("sid") or new_sid("PN")), iso(world.clock.now())
    phone = str(fields.get("phone_number", "+18885550100"))
    made = {
        "sid": sid,
        "account_sid": account_sid,
        "friendly_name": phone,
        "phone_number": phone,
        **_SETTINGS,
        "type": "tollfree" if is_toll_free(phone) else "local",
        "date_created": now,
        "date_updated": now,
        **fields,
    }
    return world.add(Kind.NUMBER, account_sid, made)


def is_toll_free(phone: str) -> bool:
    return phone.startswith(TOLL_FREE)


def _fits(number: Resource, call: Call) -> bool:
    """Of phone numbers a part will do, as in Twilio's lists."""
    asked = ((field, call.asked(name)) for name, field in FILTERS.items())
    return all(value is None or value in str(number.payload[field]) for field, value in asked)
