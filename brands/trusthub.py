"""What stands behind a brand, as Twilio shows it: some ten calls, understood without trust."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from brands.facts import ADDRESS
from brands.models import Bundle
from reviews.payloads import moment_of, text
from twilio_api.answer import Payload
from twilio_api.client import Twilio
from twilio_api.errors import Gone

# The vendor's own profile: Twilio lets nobody but its Console change one. Source: OpenAPI of 2026-04-14, Policies.
PRIMARY_POLICY = "RN6433641899984f951173ef1738c3bdd0"

APPROVED, REJECTED, DRAFT = "twilio-approved", "twilio-rejected", "draft"
UNDER_REVIEW = ("pending-review", "in-review")
STATUS_WORDS = {
    "draft": "Draft",
    "pending-review": "Waiting for review",
    "in-review": "In review",
    "twilio-rejected": "Rejected",
    "twilio-approved": "Approved",
}
NAMES = {Bundle.CUSTOMER_PROFILE: "customer profile", Bundle.TRUST_PRODUCT: "A2P bundle"}
# What an address carries that an update of it may change, and by which names the 2010 API takes them.
ADDRESS_PARAMETERS = {
    "customer_name": "CustomerName",
    "street": "Street",
    "street_secondary": "StreetSecondary",
    "city": "City",
    "region": "Region",
    "postal_code": "PostalCode",
}
ADDRESS_FIELDS = (*ADDRESS_PARAMETERS, "iso_country", "validated", "verified")


@dataclass(frozen=True, slots=True)
class Paper:
    """Something a bundle is made of."""

    sid: str
    type: str
    name: str
    attributes: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ReadBundle:
    """A bundle with everything in it; `payload` is None where Twilio has none by that SID."""

    kind: str
    sid: str
    payload: Payload | None
    evaluation: Payload | None = None
    papers: tuple[Paper, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """All that stands behind a brand, as old as the first question."""

    bundles: tuple[ReadBundle, ...]
    vettings: tuple[Payload, ...]
    as_of: datetime


def read_dossier(twilio: Twilio, brand_sid: str, profile_sid: str, product_sid: str, now: datetime) -> Dossier:
    """Raises a TwilioError where it cannot be read; what Twilio has no more is no error."""
    wanted = ((Bundle.CUSTOMER_PROFILE, profile_sid), (Bundle.TRUST_PRODUCT, product_sid))
    bundles = tuple(_bundle(twilio, kind, sid) for kind, sid in wanted if sid)
    return Dossier(bundles, tuple(answer.payload for answer in twilio.brand_vettings(brand_sid)), now)


def _bundle(twilio: Twilio, kind: str, sid: str) -> ReadBundle:
    try:
        payload = twilio.bundle(kind, sid).payload
    except Gone:
        return ReadBundle(kind, sid, None)
    papers = {paper.sid: paper for paper in _papers(twilio, kind, sid)}
    return ReadBundle(kind, sid, payload, _newest_evaluation(twilio, kind, sid), tuple(papers.values()))


def _newest_evaluation(twilio: Twilio, kind: str, sid: str) -> Payload | None:
    """Documents do not tell the order of the list."""
    found = [answer.payload for answer in twilio.bundle_evaluations(kind, sid)]
    return max(found, key=lambda payload: text(payload, "date_created"), default=None)


def _papers(twilio: Twilio, kind: str, sid: str) -> Iterator[Paper]:
    for assignment in twilio.bundle_assignments(kind, sid):
        object_sid = text(assignment.payload, "object_sid")
        try:
            yield from _paper(twilio, object_sid)
        except Gone:
            yield Paper(object_sid, "", "no longer at Twilio", {})


def _paper(twilio: Twilio, sid: str) -> Iterator[Paper]:
    if sid.startswith("IT"):
        yield paper_of(twilio.end_user(sid).payload)
    elif sid.startswith("RD"):
        document = paper_of(twilio.document(sid).payload)
        yield document
        for address_sid in address_sids(document.attributes):
            yield address_of(twilio.address(address_sid).payload)
    elif sid:
        yield Paper(sid, "", "", {})


def paper_of(payload: Payload) -> Paper:
    """An end user or a document."""
    attributes = payload.get("attributes")
    held = dict(attributes) if isinstance(attributes, dict) else {}
    if status := text(payload, "status"):
        held = {**held, "_status": status}
    return Paper(text(payload, "sid"), text(payload, "type")[:80], text(payload, "friendly_name")[:200], held)


def address_of(payload: Payload) -> Paper:
    held = {name: payload[name] for name in ADDRESS_FIELDS if payload.get(name) is not None}
    name = text(payload, "friendly_name") or text(payload, "customer_name")
    return Paper(text(payload, "sid"), ADDRESS, name[:200], held)


def address_sids(attributes: Mapping[str, Any]) -> list[str]:
    """A list by its name, a single text in Twilio's own examples."""
    written = attributes.get("address_sids")
    parts = written if isinstance(written, list) else str(written or "").split(",")
    return [sid for sid in (str(part).strip() for part in parts) if sid.startswith("AD")]


def status_words(status: str) -> str:
    """Twilio's word for a bundle's state in ours; one we do not know as it is."""
    return STATUS_WORDS.get(status, status or "unknown")


def failings(evaluation: Payload | None) -> list[str]:
    """What an evaluation found wanting, a sentence each; empty where it found nothing, or there is none."""
    if evaluation is None or text(evaluation, "status") != "noncompliant":
        return []
    results = evaluation.get("results")
    listed = [result for result in results if isinstance(result, dict)] if isinstance(results, list) else []
    words = [sentence for result in listed for sentence in _failing(result)]
    return words or ["Twilio says it is noncompliant and names no requirement."]


def reasons(payload: Payload) -> list[tuple[int | None, str]]:
    """Why the reviewers rejected a bundle: numbers and words. Keys as in Twilio's examples of `errors`."""
    errors = payload.get("errors")
    listed = [error for error in errors if isinstance(error, dict)] if isinstance(errors, list) else []
    return [(_number(error.get("code")), text(error, "message") or text(error, "description")) for error in listed]


def evaluated_at(evaluation: Payload | None) -> datetime | None:
    return moment_of(evaluation.get("date_created")) if evaluation else None


def _failing(result: Mapping[str, Any]) -> Iterator[str]:
    if result.get("passed") is True:
        return
    shown = dict(result)
    what = text(shown, "requirement_friendly_name") or text(shown, "requirement_name") or "A requirement"
    invalid = result.get("invalid")
    fields = [field for field in invalid if isinstance(field, dict)] if isinstance(invalid, list) else []
    reasons = [text(field, "failure_reason") or text(field, "friendly_name") for field in fields]
    told = " ".join(reason for reason in reasons if reason) or text(shown, "failure_reason")
    yield f"{what}: {told or 'not met.'}"


def _number(value: object) -> int | None:
    return int(str(value)) if str(value).isdigit() else None
