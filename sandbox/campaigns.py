"""Campaigns: /v1/Services/{MG}/Compliance/Usa2p. OpenAPI document of 2026-04-14 and the Campaign Edit guide."""

from typing import Any

from sandbox import errors, news, paging, reviewer, usecases
from sandbox.call import Answer, Call, own
from sandbox.clock import iso
from sandbox.errors import Refused
from sandbox.form import Parameter, boolean, read_form, texts
from sandbox.world import CAMPAIGN_SID, Kind, Payload, Resource, World

# An update carries all seven every time, and nothing but them and the two addresses; the rest needs a new campaign.
UPDATE = (
    Parameter("HasEmbeddedLinks", "has_embedded_links", boolean, required=True),
    Parameter("HasEmbeddedPhone", "has_embedded_phone", boolean, required=True),
    Parameter("MessageSamples", "message_samples", texts, required=True),
    Parameter("MessageFlow", "message_flow", required=True),
    Parameter("Description", "description", required=True),
    Parameter("AgeGated", "age_gated", boolean, required=True),
    Parameter("DirectLending", "direct_lending", boolean, required=True),
    Parameter("PrivacyPolicyUrl", "privacy_policy_url"),
    Parameter("TermsAndConditionsUrl", "terms_and_conditions_url"),
)
CREATE = (
    Parameter("BrandRegistrationSid", "brand_registration_sid", required=True),
    Parameter("Description", "description", required=True),
    Parameter("MessageFlow", "message_flow", required=True),
    Parameter("MessageSamples", "message_samples", texts, required=True),
    Parameter("UsAppToPersonUsecase", "us_app_to_person_usecase", required=True),
    Parameter("HasEmbeddedLinks", "has_embedded_links", boolean, required=True),
    Parameter("HasEmbeddedPhone", "has_embedded_phone", boolean, required=True),
    Parameter("OptInMessage", "opt_in_message"),
    Parameter("OptOutMessage", "opt_out_message"),
    Parameter("HelpMessage", "help_message"),
    Parameter("OptInKeywords", "opt_in_keywords", texts),
    Parameter("OptOutKeywords", "opt_out_keywords", texts),
    Parameter("HelpKeywords", "help_keywords", texts),
    Parameter("SubscriberOptIn", "subscriber_opt_in", boolean),
    Parameter("AgeGated", "age_gated", boolean),
    Parameter("DirectLending", "direct_lending", boolean),
    Parameter("PrivacyPolicyUrl", "privacy_policy_url"),
    Parameter("TermsAndConditionsUrl", "terms_and_conditions_url"),
)
FLAGS = {p.name: p.field for p in UPDATE if p.read is boolean}
POLICY_URLS = ("privacy_policy_url", "terms_and_conditions_url")

# Characters, least and most (field descriptions of the OpenAPI document; a breach is 21728).
LENGTHS = {
    "description": (40, 4096),
    "message_flow": (40, 2048),
    "opt_in_message": (20, 320),
    "opt_out_message": (20, 320),
    "help_message": (20, 320),
}
SAMPLE_LENGTH = (20, 1024)
SAMPLE_COUNT = (2, 5)
MOST_KEYWORD_CHARACTERS = 255
KEYWORD_FIELDS = ("opt_in_keywords", "opt_out_keywords", "help_keywords")


def payload(service_sid: str, account_sid: str, now: float, fields: Payload) -> Payload:
    return {
        "sid": CAMPAIGN_SID,
        "account_sid": account_sid,
        "brand_registration_sid": None,
        "messaging_service_sid": service_sid,
        "description": "",
        "message_samples": [],
        "us_app_to_person_usecase": "MIXED",
        "has_embedded_links": False,
        "has_embedded_phone": False,
        "subscriber_opt_in": True,
        "age_gated": False,
        "direct_lending": False,
        "campaign_status": "PENDING",
        "campaign_id": None,
        "is_externally_registered": False,
        "rate_limits": None,
        "message_flow": "",
        "opt_in_message": None,
        "opt_out_message": None,
        "help_message": None,
        "opt_in_keywords": [],
        "opt_out_keywords": ["STOP"],
        "help_keywords": ["HELP"],
        "date_created": iso(now),
        "date_updated": iso(now),
        "mock": False,
        "errors": [],
        "privacy_policy_url": None,
        "terms_and_conditions_url": None,
        **fields,
    }


def show(campaign: Resource, call: Call) -> Payload:
    """The two addresses stand only in the shape that the header X-Twilio-Api-Version asks for; any value asks."""
    url = f"https://messaging.twilio.com/v1/Services/{campaign.key}/Compliance/Usa2p/{CAMPAIGN_SID}"
    shown = campaign.shown({"url": url})
    if not call.api_version:
        for name in POLICY_URLS:
            shown.pop(name, None)
    return shown


def list_(world: World, call: Call) -> Answer:
    """Per messaging service, which has one campaign or none; no list spans an account."""
    service = own(world, call, Kind.SERVICE, call.args["service"])
    campaign = world.find(Kind.CAMPAIGN, service.key)
    return paging.answer(call, "compliance", [campaign] if campaign else [], lambda found: show(found, call))


def fetch(world: World, call: Call) -> Answer:
    return Answer(200, show(_named(world, call), call))


def update(world: World, call: Call) -> Answer:
    """Counts and starts a review even when nothing changed: there is no idempotency key on this call."""
    campaign = _named(world, call)
    fields = read_form(call.form, UPDATE)
    _refuse_wrong_lengths(fields)
    _refuse_unless_open(world, campaign)
    _refuse_changed_flags(campaign, fields)
    campaign.updates += 1
    reviewer.submit(world, campaign, fields)
    return Answer(200, show(campaign, call))


def create(world: World, call: Call) -> Answer:
    service = own(world, call, Kind.SERVICE, call.args["service"])
    fields = read_form(call.form, CREATE)
    _refuse_wrong_lengths(fields)
    _refuse_missing_addresses(fields)
    brand = own(world, call, Kind.BRAND, fields["brand_registration_sid"])
    _refuse_unusable_brand(brand)
    _refuse_wrong_use_case(world, brand, fields["us_app_to_person_usecase"])
    refuse_second(world, service)
    campaign = add(world, service, {**fields, "mock": brand.payload["mock"]})
    reviewer.submit(world, campaign, {})
    return Answer(201, show(campaign, call))


def add(world: World, service: Resource, fields: Payload) -> Resource:
    """A campaign as it stands; it is in nobody's queue until submitted."""
    made = payload(service.key, service.account_sid, world.clock.now(), fields)
    return world.add(Kind.CAMPAIGN, service.account_sid, made)


def delete(world: World, call: Call) -> Answer:
    campaign = _named(world, call)
    if campaign.payload["campaign_status"] == "SUSPENDED":
        raise Refused(errors.CAMPAIGN_SUSPENDED)
    world.remove(campaign)
    news.tell(world, campaign, "DELETED")
    return Answer(204)


def use_cases(world: World, call: Call) -> Answer:
    """Empty where the brand may register nothing."""
    brand = own(world, call, Kind.BRAND, call.asked("BrandRegistrationSid") or "")
    cases = usecases.allowed(brand.payload["brand_type"]) if _is_usable(brand) else ()
    return Answer(200, {"us_app_to_person_usecases": [use_case.as_payload() for use_case in cases]})


def refuse_second(world: World, service: Resource) -> None:
    campaign = world.find(Kind.CAMPAIGN, service.key)
    if campaign and campaign.payload["campaign_status"] == "SUSPENDED":
        raise Refused(errors.CAMPAIGN_SUSPENDED)
    if campaign:
        raise Refused(errors.CAMPAIGN_EXISTS)


def _named(world: World, call: Call) -> Resource:
    campaign = own(world, call, Kind.CAMPAIGN, call.args["service"])
    if call.args["sid"] != campaign.payload["sid"]:
        raise Refused(errors.NOT_FOUND, path=call.path)
    return campaign


def _refuse_unless_open(world: World, campaign: Resource) -> None:
    """FAILED and VERIFIED may be updated. Documents are silent about an update during review, and about one of a
    campaign that was registered elsewhere: a plain 400."""
    if campaign.payload["is_externally_registered"]:
        raise Refused(errors.CAMPAIGN_EXTERNAL)
    brand = world.find(Kind.BRAND, campaign.payload["brand_registration_sid"])
    if brand and brand.payload["status"] == "SUSPENDED":
        raise Refused(errors.BRAND_SUSPENDED)
    if campaign.payload["campaign_status"] == "SUSPENDED":
        raise Refused(errors.CAMPAIGN_SUSPENDED)
    if reviewer.is_under_review(campaign):
        raise Refused(errors.CAMPAIGN_IN_REVIEW, status=reviewer.status(campaign))


def _refuse_changed_flags(campaign: Resource, fields: Payload) -> None:
    """On an approved campaign the four booleans must keep their values (Campaign Edit guide; no code published)."""
    if campaign.payload["campaign_status"] != "VERIFIED":
        return
    for name, field in FLAGS.items():
        if fields[field] != campaign.payload[field]:
            raise Refused(errors.FLAG_FROZEN, name=name)


def _refuse_wrong_lengths(fields: Payload) -> None:
    wrong = [name for name, bounds in LENGTHS.items() if name in fields and not _within(len(fields[name]), bounds)]
    wrong += [name for name in KEYWORD_FIELDS if len("".join(fields.get(name, ()))) > MOST_KEYWORD_CHARACTERS]
    samples: list[Any] = fields["message_samples"]
    if not _within(len(samples), SAMPLE_COUNT) or not all(_within(len(text), SAMPLE_LENGTH) for text in samples):
        wrong.append("message_samples")
    if wrong:
        raise Refused(errors.CAMPAIGN_LENGTHS, fields=", ".join(wrong))


def _within(length: int, bounds: tuple[int, int]) -> bool:
    return bounds[0] <= length <= bounds[1]


def _refuse_missing_addresses(fields: Payload) -> None:
    """Required on creation since 2026-06-30 (error pages 30933, 30934)."""
    if not fields.get("privacy_policy_url"):
        raise Refused(errors.PRIVACY_POLICY_MISSING)
    if not fields.get("terms_and_conditions_url"):
        raise Refused(errors.TERMS_MISSING)


def _refuse_unusable_brand(brand: Resource) -> None:
    if brand.payload["status"] == "SUSPENDED":
        raise Refused(errors.BRAND_SUSPENDED)
    if not _is_usable(brand):
        raise Refused(errors.BRAND_NOT_USABLE)


def _refuse_wrong_use_case(world: World, brand: Resource, use_case: str) -> None:
    """A sole proprietor has one use case and one campaign, whatever became of it (error page 21732)."""
    if not usecases.is_known(use_case):
        raise Refused(errors.USE_CASE_UNKNOWN, use_case=use_case)
    brand_type = brand.payload["brand_type"]
    if use_case not in {allowed.code for allowed in usecases.allowed(brand_type)}:
        raise Refused(errors.BRAND_NOT_FOR_USE_CASE, use_case=use_case)
    if brand_type == "SOLE_PROPRIETOR" and world.shelves[Kind.CAMPAIGN].under(brand.key):
        raise Refused(errors.SOLE_PROPRIETOR_LIMIT)


def _is_usable(brand: Resource) -> bool:
    return reviewer.status(brand) == "APPROVED" and brand.payload["identity_status"] not in (None, "UNVERIFIED")
