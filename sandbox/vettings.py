"""Vettings of a brand (VT...): what a third party found out about it, imported by its token."""

import re

from sandbox import errors, paging, reviewer
from sandbox.call import Answer, Call, own
from sandbox.clock import iso
from sandbox.errors import NOT_FOUND, Refused
from sandbox.form import Parameter, one_of, read_form
from sandbox.world import Kind, Payload, Resource, World, new_sid

CLASSES = {"campaign-verify": "POLITICAL", "aegis": "STANDARD"}
CREATE = (
    Parameter("VettingProvider", "vetting_provider", one_of(*CLASSES), required=True),
    Parameter("VettingId", "vetting_id"),
)
# A token of Campaign Verify as Twilio's examples show it: cv|1.0|tcr|10dlc|<id>|<secret>.
TOKEN = re.compile(r"cv\|1\.0\|tcr\|10dlc\|[^|]+\|[^|]+")


def show(vetting: Resource) -> Payload:
    brands = "https://messaging.twilio.com/v1/a2p/BrandRegistrations"
    return vetting.shown({"url": f"{brands}/{vetting.parent}/Vettings/{vetting.key}"})


def list_(world: World, call: Call) -> Answer:
    brand = own(world, call, Kind.BRAND, call.args["brand"])
    asked = call.asked("VettingProvider")
    rows = [row for row in _of(world, brand) if asked in (None, row.payload["vetting_provider"])]
    return paging.answer(call, "data", rows, show)


def fetch(world: World, call: Call) -> Answer:
    brand = own(world, call, Kind.BRAND, call.args["brand"])
    vetting = own(world, call, Kind.VETTING, call.args["sid"])
    if vetting.parent != brand.key:
        raise Refused(NOT_FOUND, path=call.path)
    return Answer(200, show(vetting))


def create(world: World, call: Call) -> Answer:
    brand = own(world, call, Kind.BRAND, call.args["brand"])
    fields = read_form(call.form, CREATE)
    if brand.payload["status"] == "SUSPENDED":
        raise Refused(errors.BRAND_SUSPENDED)
    if brand.payload["status"] != "APPROVED" or brand.payload["brand_type"] != "STANDARD":
        raise Refused(errors.VETTING_NOT_FOR_BRAND)
    if any(reviewer.is_under_review(vetting) for vetting in _of(world, brand)):
        raise Refused(errors.VETTING_RUNNING)
    if fields["vetting_provider"] == "campaign-verify":
        _refuse_wrong_token(world, fields.get("vetting_id", ""))
    vetting = _add(world, brand, fields)
    reviewer.submit(world, vetting, {})
    return Answer(201, show(vetting))


def _add(world: World, brand: Resource, fields: Payload) -> Resource:
    now = iso(world.clock.now())
    made = {
        "account_sid": brand.account_sid,
        "brand_sid": brand.key,
        "brand_vetting_sid": new_sid("VT"),
        "vetting_id": None,
        "vetting_class": CLASSES[fields["vetting_provider"]],
        "vetting_status": "IN_PROGRESS",
        "date_created": now,
        "date_updated": now,
        **fields,
    }
    return world.add(Kind.VETTING, brand.account_sid, made)


def _of(world: World, brand: Resource) -> list[Resource]:
    return world.shelves[Kind.VETTING].under(brand.key)


def _refuse_wrong_token(world: World, token: str) -> None:
    """Of another form, or used before, by whomever."""
    used = any(vetting.payload["vetting_id"] == token for vetting in world.shelves[Kind.VETTING])
    if used or not TOKEN.fullmatch(token):
        raise Refused(errors.VETTING_TOKEN)
