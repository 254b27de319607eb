"""Deleting a campaign and registering it again; a module that satisfies reviews.contract.Renewable."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from brands.models import Brand
from campaigns.checkable import brand_names
from campaigns.policy import registered_elsewhere
from campaigns.renewal_draft import KEYWORDS, REPLIES, NewCampaign
from campaigns.renewal_form import PARTS as parts
from campaigns.renewal_form import CampaignRenewalForm as form_class
from campaigns.show import USE_CASES, label_of, lines
from reviews import house
from reviews.contract import Awaited, Choices, FieldChange, Offer, Renewing, Submission
from reviews.flags import flagged_keys
from reviews.models import Review
from reviews.offers import hindrance_of, locked_fields
from reviews.payloads import text
from reviews.status import Status
from reviews.verdicts import advices, route_of
from rulebook.fields import field_of
from rulebook.findings import Finding, Severity
from rulebook.policy import charge_for_recreation
from rulebook.routes import Route
from rulebook.submission import Business
from rulebook.submission import Submission as Checked
from twilio_api.answer import Answer, Payload
from twilio_api.client import Twilio

__all__ = [
    "awaited", "choices", "chosen", "compare", "create", "delete", "find", "form_class", "is_it", "judge", "offer",
    "options", "parts", "stays_words", "submission_of",
]  # fmt: skip

stays_words = "The messaging service stays, and its numbers stay in it."
FIELDS = dict(locked_fields("campaign"))


def offer(review: Review) -> Offer:
    found = advices(review)
    route = route_of(found) if review.is_rejected else Route.NONE
    why = _why(review, route)
    return Offer(
        hindrance=_elsewhere(review) or hindrance_of(review, timezone.now()),
        is_right=bool(why),
        why=why,
        cheaper="" if why else _CHEAPER.get(route, _CHEAPER[Route.EDIT]),
        brand_first=route is Route.FIX_BRAND,
        fields=locked_fields(review.kind),
        charge=charge_for_recreation(review.account.policy),
        stops_traffic=review.status == Status.APPROVED and review.gone_at is None,
        source="Twilio’s page of 30930 and its guide to editing campaigns, seen Nov 2026",
        source_url="https://www.twilio.com/docs/api/errors/30930",
        advices=found,
    )


def _elsewhere(review: Review) -> str:
    if registered_elsewhere(review) is None or review.gone_at:
        return ""
    return "It is registered with another provider: deleting it here would only cut it off from this service."


def submission_of(payload: Payload) -> Submission:
    return NewCampaign.from_payload(payload).as_submission()


def chosen(submission: Submission) -> str:
    """The use cases depend on the brand."""
    return text(submission, "brand_registration_sid")


def choices(review: Review) -> Choices:
    """The brands of its account that can carry a campaign, by name, and its own in any case."""
    usable = Q(review__status=Status.APPROVED, review__gone_at=None) & ~Q(identity_status__in=("", "UNVERIFIED"))
    of_account = Brand.objects.filter(review__account=review.account_id).select_related("review")
    rows = of_account.filter(usable | Q(sid__in=review.owner_sids)).order_by("review__title", "sid")
    return {"brand_registration_sid": [(brand.sid, _brand_words(brand)) for brand in rows]}


def options(twilio: Twilio, review: Review, submission: Submission) -> Choices:
    """The use cases that the brand may have."""
    brand_sid, (service_sid, _) = chosen(submission), review.remote_key.split("/")
    told = twilio.use_cases(service_sid, brand_sid).payload.get("us_app_to_person_usecases") if brand_sid else []
    cases = [case for case in told if isinstance(case, dict)] if isinstance(told, list) else []
    return {"us_app_to_person_usecase": [(text(case, "code"), _named(case)) for case in cases if text(case, "code")]}


def judge(review: Review, draft: NewCampaign, offered: Choices) -> tuple[Finding, ...]:
    """What Twilio would refuse, then what the rulebook says as the house reads it; each field refused once."""
    refused = tuple(_refused(draft, offered))
    named = {finding.field for finding in refused}
    brand_sid = draft.brand_registration_sid
    submission = Checked(
        kind="campaign",
        draft={key: value for key, value in draft.as_submission().items() if key != "brand_registration_sid"},
        brand=Business(name=brand_names([brand_sid]).get(brand_sid, "")),
    )
    judged = house.judge(submission, is_new=True)
    return (*refused, *(finding for finding in judged if finding.field not in named))


def compare(before: Submission, after: Submission) -> Sequence[FieldChange]:
    old, new = _lines(before), _lines(after)
    keys = [*new, *(key for key in old if key not in new)]
    return [FieldChange(key, FIELDS.get(key) or label_of(key), old.get(key, ""), new.get(key, "")) for key in keys]


def awaited(review: Review, submission: Submission, since: datetime | None) -> Awaited | None:
    """The brand has to be approved; where it was to be put right first, approved after the deletion."""
    brand = Brand.objects.select_related("review").filter(sid=chosen(submission)).first()
    if brand is None:
        return None
    url, name = reverse("reviews:item", args=[brand.review_id]), brand.review.title
    if brand.review.status != Status.APPROVED:
        return Awaited(f"The brand {name} is not approved: {Status(brand.review.status).label.lower()}.", url)
    if brand.identity_status in ("", "UNVERIFIED"):
        return Awaited(f"The brand {name} is approved, but its identity is not verified.", url)
    is_the_old_one = chosen(submission) in review.owner_sids
    if since and is_the_old_one and brand.review.status_since < since:
        return Awaited(f"The brand {name} was not approved anew since the campaign was deleted.", url)
    return None


def delete(twilio: Twilio, review: Review) -> None:
    service_sid, sid = review.remote_key.split("/")
    twilio.delete_campaign(service_sid, sid)


def create(twilio: Twilio, review: Review, renewing: Renewing) -> Answer:
    service_sid, _ = review.remote_key.split("/")
    return twilio.create_campaign(service_sid, NewCampaign.from_submission(renewing.submission).params())


def find(twilio: Twilio, review: Review, renewing: Renewing) -> Answer | None:
    """A messaging service has one campaign or none. A list that lags behind may still show the one that was deleted."""
    service_sid, _ = review.remote_key.split("/")
    shown = twilio.campaigns(service_sid)
    return next((answer for answer in shown if not _is_the_old_one(renewing.snapshot, answer.payload)), None)


def is_it(review: Review, renewing: Renewing, payload: Payload) -> bool:
    """Should the new one get another SID: it is the campaign of the same messaging service."""
    is_here = text(payload, "messaging_service_sid") == review.remote_key.split("/")[0]
    return is_here and not _is_the_old_one(renewing.snapshot, payload)


def _is_the_old_one(snapshot: Payload, payload: Payload) -> bool:
    return all(text(snapshot, name) == text(payload, name) for name in ("sid", "date_created"))


def _why(review: Review, route: Route) -> str:
    if review.gone_at:
        return "Twilio has it no more. What is kept here can be registered again."
    if not review.is_rejected:
        return ""
    if route is Route.FIX_BRAND:
        return (
            "The fault lies with the brand, and a brand that has campaigns cannot be edited. So the campaign is "
            "deleted first, the brand put right and approved, and the campaign made anew."
        )
    if route is Route.RECREATE:
        return "What is wrong cannot be changed by an edit."
    flagged = [label for key, label in locked_fields(review.kind) if key in _flagged(review)]
    return f"Twilio flagged what no update can change: {', '.join(flagged)}." if flagged else ""


def _flagged(review: Review) -> set[str]:
    """With the brand, which is flagged under a name that no draft has."""
    names = {field_of(review.kind, name).name for name in review.flagged_fields}
    return {*flagged_keys(review), *(["brand_registration_sid"] if "BRAND" in names else [])}


def _refused(draft: NewCampaign, offered: Choices) -> Iterator[Finding]:
    if not draft.brand_registration_sid:
        yield Finding("form", "brand_registration_sid", Severity.ERROR, "Choose the brand of the campaign.")
    if not draft.us_app_to_person_usecase:
        yield Finding("form", "us_app_to_person_usecase", Severity.ERROR, "Choose a use case.")
    allowed = {value for value, _ in offered.get("us_app_to_person_usecase", ())}
    if draft.us_app_to_person_usecase and allowed and draft.us_app_to_person_usecase not in allowed:
        words = "Twilio does not offer this use case to the brand."
        yield Finding("form", "us_app_to_person_usecase", Severity.ERROR, words)


def _brand_words(brand: Brand) -> str:
    title, status = brand.review.title, Status(brand.review.status)
    named = title if title == brand.sid else f"{title} ({brand.sid})"
    return named if status == Status.APPROVED else f"{status.label}: {named}"


def _named(case: Payload) -> str:
    code = text(case, "code")
    name = USE_CASES.get(code) or text(case, "name") or code
    return f"{name}, needs a further approval" if case.get("post_approval_required") is True else name


def _lines(submission: Submission) -> dict[str, str]:
    """One text per field, in the order of the form."""
    draft = NewCampaign.from_submission(submission)
    use_case = draft.us_app_to_person_usecase
    return {
        "us_app_to_person_usecase": USE_CASES.get(use_case, use_case),
        "brand_registration_sid": draft.brand_registration_sid,
        **{key: "" if value == "not shown by Twilio" else value for key, value in lines(submission).items()},
        "subscriber_opt_in": "yes" if draft.subscriber_opt_in else "no",
        **{name: ", ".join(getattr(draft, name)) for name in KEYWORDS},
        **{name: getattr(draft, name) for name in REPLIES},
    }


# What an edit, or something lighter, would do instead.
_CHEAPER = {
    Route.EDIT: "An edit of this campaign is enough, and does not cost the fee of a new one.",
    Route.APPEAL: "Twilio does not allow this kind of content: a new campaign with it would be refused again. Appeal.",
    Route.SUPPORT: "The rejection does not say what to change: a new campaign might be refused again. Ask Twilio "
    "Support first.",
    Route.WAIT: "Something else has to happen first; a new campaign would be refused for the same reason.",
    Route.NONE: "Nothing has to be repaired. An edit changes its texts without a new fee.",
}
