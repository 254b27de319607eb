"""What Twilio tells by event when something moves: CloudEvents for the sinks of the account it belongs to.

Keys are lower case without underscores, moments are epoch milliseconds, a campaign is called CM... (Twilio's pages on
event types, 2026-11-22; those of a rejected toll-free verification are a guess).
"""

import hashlib
import json
import uuid
from collections.abc import Callable, Iterator, Mapping

from sandbox.clock import iso
from sandbox.event_types import COMPLIANCE, TEST, schema_of
from sandbox.outbox import Parcel, json_of
from sandbox.world import Kind, Payload, Resource, World, new_sid

CAMPAIGN_TOPICS = {"PENDING": "submitted", "VERIFIED": "approved", "FAILED": "failure", "DELETED": "deleted"}
BRAND_TOPICS = {"VERIFIED": "verified", "UNVERIFIED": "unverified", "VETTED_VERIFIED": "vetted-verified"}
VERIFICATION_TOPICS = {
    "IN_REVIEW": "pending-review",
    "TWILIO_APPROVED": "request-approved",
    "TWILIO_REJECTED": "rejected",
    "DELETED": "deleted",
}


def tell(world: World, resource: Resource, word: str | None = None) -> None:
    """Tells what the resource has come to; nothing where no event says so. `word` is DELETED for what is gone."""
    if topic_of := _TOPIC_OF.get(resource.kind):
        topic = topic_of(resource, word)
        if topic:
            send(world, resource.account_sid, topic, _DATA_OF[resource.kind](world, resource, topic))


def tell_number(world: World, campaign: Resource, phone: str, topic: str, reason: str) -> None:
    """What became of a phone number's registration: `topic` is "number-registration.successful" and the like."""
    now = _milliseconds(world.clock.now())
    word = topic.partition(".")[2]
    data = {
        "id": new_sid("NO"),
        "phonenumber": phone.lstrip("+"),  # seen without the plus sign
        "phonenumbersid": "PN" + hashlib.md5(phone.encode(), usedforsecurity=False).hexdigest(),
        "accountsid": campaign.account_sid,
        "campaignsid": _campaign_sid(campaign),
        "messagingservicesid": campaign.key,
        "externalstatus": {"successful": "registered", "pending": "pending_registration"}.get(word, word),
        "failurereason": reason,
        "timestamp": now,
        "updateddate": now,
    }
    send(world, campaign.account_sid, topic, data)


def send(world: World, account_sid: str, topic: str, data: Payload) -> None:
    """Posts an event to every sink of the account that is subscribed to its type."""
    name = COMPLIANCE + topic
    for sink in _sinks(world, account_sid, name):
        event = _cloud_event(world, name, data)
        world.outbox.post(_destination(sink), world.accounts[account_sid].auth_token, event)


def send_as_it_is(world: World, account_sid: str, content: str) -> int:
    """Posts a body word for word to every sink of the account; returns how many there are."""
    sinks = world.shelves[Kind.SINK].of([account_sid])
    for sink in sinks:
        world.outbox.put(Parcel(_destination(sink), world.accounts[account_sid].auth_token, content))
    return len(sinks)


def send_test(world: World, sink: Resource) -> None:
    event = _cloud_event(world, TEST, {"test_id": str(uuid.uuid4())})
    token = world.accounts[sink.account_sid].auth_token
    world.outbox.put(Parcel(_destination(sink), token, json_of([event])))


def _sinks(world: World, account_sid: str, name: str) -> Iterator[Resource]:
    for subscription in world.shelves[Kind.SUBSCRIPTION].of([account_sid]):
        sink = world.find(Kind.SINK, str(subscription.parent), account_sid)
        if sink and name in subscription.payload["types"] and sink.payload["status"] == "active":
            yield sink


def _destination(sink: Resource) -> str:
    return str(sink.payload["sink_configuration"].get("destination", ""))


def _cloud_event(world: World, name: str, data: Payload) -> Payload:
    bending = world.outbox.bending
    return {
        "specversion": "1.0",
        "type": name,
        "source": new_sid("AB"),
        "id": _constant_id(name, data) if bending.same_ids else new_sid("EZ"),
        "dataschema": schema_of(name),
        "datacontenttype": "application/json",
        "time": iso(world.clock.now()),
        "data": json.dumps(data) if bending.as_text else data,
    }


def _constant_id(name: str, data: Payload) -> str:
    about = data.get("campaignsid") or data.get("brandsid") or data.get("tollfreeverificationsid") or ""
    return "EZ" + hashlib.md5(f"{name} {about}".encode(), usedforsecurity=False).hexdigest()


def _milliseconds(moment: float) -> int:
    return round(moment * 1000)


# Topics: None where Twilio has no type of event for it, such as a suspension


def _campaign_topic(campaign: Resource, word: str | None) -> str | None:
    said = CAMPAIGN_TOPICS.get(word or campaign.payload["campaign_status"])
    return said and f"campaign-registration.campaign-{said}"


def _brand_topic(brand: Resource, word: str | None) -> str | None:
    if brand.payload["status"] == "FAILED":
        return "brand-registration.brand-failure"
    said = BRAND_TOPICS.get(str(brand.payload["identity_status"])) if brand.payload["status"] == "APPROVED" else None
    return said and f"brand-registration.brand-{said}"


def _verification_topic(verification: Resource, word: str | None) -> str | None:
    status = word or verification.payload["status"]
    if status == "PENDING_REVIEW":
        return f"toll-free-verification.{'edit' if verification.updates else 'requested'}"
    said = VERIFICATION_TOPICS.get(status)
    return said and f"toll-free-verification.{said}"


# What the events carry


def _campaign_data(world: World, campaign: Resource, topic: str) -> Payload:
    now, payload = _milliseconds(world.clock.now()), campaign.payload
    word = topic.rpartition("-")[2]
    data = {
        "accountsid": campaign.account_sid,
        "brandsid": payload["brand_registration_sid"],
        "campaignsid": _campaign_sid(campaign),
        "messagingservicesid": campaign.key,
        "externalcampaignid": payload["campaign_id"],
        "a2pusecase": payload["us_app_to_person_usecase"],
        "updateddate": now,
        "campaignregistrationstatus": {"submitted": "pending", "failure": "failed"}.get(word, word),
        "timestamp": now,
    }
    if errors := payload["errors"]:
        data |= {"errorcode": errors[0]["error_code"], "campaignregistrationerrors": [_error(e) for e in errors]}
    return data


def _brand_data(world: World, brand: Resource, topic: str) -> Payload:
    payload = brand.payload
    data = {
        "accountsid": brand.account_sid,
        "brandsid": brand.key,
        "brandstatus": "registration_failed" if payload["status"] == "FAILED" else "registered",
        "externalbrandid": payload["tcr_id"],
        "brandscore": payload["brand_score"],
        "identitystatus": str(payload["identity_status"] or "").lower(),
        "updateddate": _milliseconds(world.clock.now()),
    }
    if payload["errors"]:
        data["brandregistrationerrors"] = [_error(e) for e in payload["errors"]]
    return data


def _verification_data(world: World, verification: Resource, topic: str) -> Payload:
    payload, account = verification.payload, world.accounts[verification.account_sid]
    data = {
        "accountsid": account.sid,
        "parentaccountsid": account.owner_account_sid,
        "tollfreeverificationsid": verification.key,
        "phonenumbersid": payload["tollfree_phone_number_sid"],
        "processeddate": _milliseconds(world.clock.now()),
        "verificationstatus": str(payload["status"]).lower(),
    }
    if payload["status"] == "TWILIO_REJECTED":
        data |= {"phonenumber": payload["tollfree_phone_number"], "rejectionreasons": payload["rejection_reasons"]}
    return data


def _error(error: Payload) -> Payload:
    return {
        "registrationerrorcode": error["error_code"],
        "registrationerrordescription": error["description"],
        "registrationerrorurl": error["url"],
        "registrationerrorfields": error["fields"],
    }


def _campaign_sid(campaign: Resource) -> str:
    """Its name in events, which no other API tells."""
    return "CM" + campaign.key[2:]


_TOPIC_OF: Mapping[Kind, Callable[[Resource, str | None], str | None]] = {
    Kind.CAMPAIGN: _campaign_topic,
    Kind.BRAND: _brand_topic,
    Kind.VERIFICATION: _verification_topic,
}
_DATA_OF: Mapping[Kind, Callable[[World, Resource, str], Payload]] = {
    Kind.CAMPAIGN: _campaign_data,
    Kind.BRAND: _brand_data,
    Kind.VERIFICATION: _verification_data,
}
