"""Deleting a verification and submitting a new one; a module that satisfies reviews.contract.Renewable."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from django.utils import timezone

from reviews.contract import Awaited, Choices, FieldChange, Offer, Renewing, Submission
from reviews.models import Review
from reviews.offers import hindrance_of, locked_fields
from reviews.payloads import text
from reviews.status import Status
from reviews.verdicts import advices, route_of
from rulebook.findings import Finding, Severity
from rulebook.policy import charge_for_new_verification
from rulebook.routes import Route
from tollfree import checks
from tollfree.checks import Context
from tollfree.draft import Draft
from tollfree.renewal_form import PARTS as parts
from tollfree.renewal_form import PROFILE, NewVerification
from tollfree.renewal_form import TollfreeRenewalForm as form_class
from tollfree.show import FIELDS
from tollfree.show import compare as compare_texts
from twilio_api.answer import Answer, Payload
from twilio_api.client import Twilio

__all__ = [
    "awaited", "choices", "chosen", "compare", "create", "delete", "find", "form_class", "is_it", "judge", "offer",
    "options", "parts", "stays_words", "submission_of",
]  # fmt: skip

stays_words = "The number stays. Its external reference becomes ours, so that the new one is found again."
# Asked of every new one since 2026-09-15 (AWS's notice of the industry's rule; Twilio's own page was not found).
POLICIES = ("privacy_policy_url", "terms_and_conditions_url")


def offer(review: Review) -> Offer:
    found = advices(review)
    why = _why(review, route_of(found))
    return Offer(
        hindrance=hindrance_of(review, timezone.now()),
        is_right=bool(why),
        why=why,
        cheaper="" if why else _cheaper(review),
        brand_first=None,
        fields=locked_fields(review.kind),
        charge=charge_for_new_verification(),
        stops_traffic=review.status == Status.APPROVED and review.gone_at is None,
        source="Twilio’s page of 30032: a number whose verification waits may not send, seen Nov 2026",
        source_url="https://www.twilio.com/docs/api/errors/30032",
        advices=found,
    )


def submission_of(payload: Payload) -> Submission:
    return NewVerification.from_payload(payload).as_submission()


def chosen(submission: Submission) -> str:
    return ""


def choices(review: Review) -> Choices:
    return {}


def options(twilio: Twilio, review: Review, submission: Submission) -> Choices:
    """Everything that may be chosen is in Twilio's documents."""
    return {}


def judge(review: Review, draft: NewVerification, offered: Choices) -> tuple[Finding, ...]:
    missing = tuple(_missing(draft.text))
    named = {finding.field for finding in missing}
    judged = checks.run(draft.text, Context({"status": "NEW"}))
    return (*missing, *(finding for finding in judged if finding.field not in named))


def compare(before: Submission, after: Submission) -> Sequence[FieldChange]:
    profile = FieldChange(PROFILE, "Customer profile", text(before, PROFILE), text(after, PROFILE))
    return [*compare_texts(before, after), profile]


def awaited(review: Review, submission: Submission, since: datetime | None) -> Awaited | None:
    return None


def delete(twilio: Twilio, review: Review) -> None:
    twilio.delete_tollfree_verification(review.sid)


def create(twilio: Twilio, review: Review, renewing: Renewing) -> Answer:
    new = NewVerification.from_submission(renewing.submission)
    number_sid = text(renewing.snapshot, "tollfree_phone_number_sid")
    return twilio.create_tollfree_verification(new.params(number_sid, renewing.reference))


def find(twilio: Twilio, review: Review, renewing: Renewing) -> Answer | None:
    """By our reference, and by the number: somebody may have submitted one in the Console."""
    asked = {"ExternalReferenceId": renewing.reference}, _of_number(renewing.snapshot)
    shown = (answer for filters in asked if filters for answer in twilio.tollfree_verifications(**filters))
    return next((answer for answer in shown if is_it(review, renewing, answer.payload)), None)


def is_it(review: Review, renewing: Renewing, payload: Payload) -> bool:
    """It carries our reference, or is another one for the same number: a number has one verification."""
    if text(payload, "sid") in ("", text(renewing.snapshot, "sid")):
        return False
    number = text(renewing.snapshot, "tollfree_phone_number_sid")
    is_of_number = bool(number) and text(payload, "tollfree_phone_number_sid") == number
    return is_of_number or text(payload, "external_reference_id") == renewing.reference


def _of_number(snapshot: Payload) -> dict[str, str]:
    number = text(snapshot, "tollfree_phone_number_sid")
    return {"TollfreePhoneNumberSid": number} if number else {}


def _why(review: Review, route: Route) -> str:
    if review.gone_at:
        return "Twilio has it no more. What is kept here can be submitted again."
    if not review.is_rejected:
        return ""
    if review.editable is not True:
        return "Twilio takes no edit of this one. A new verification helps after a real change: name it."
    return "What is wrong cannot be changed by an edit." if route is Route.RECREATE else ""


def _cheaper(review: Review) -> str:
    if review.status == Status.APPROVED:
        return "It is approved: its number may send. Nothing has to be repaired."
    return (
        "Twilio takes an edit of this verification: it keeps its place, and within its window it is reviewed first. "
        "Do not delete it to correct an address or an e-mail address."
    )


def _missing(draft: Draft) -> Iterator[Finding]:
    """What a new one needs and an old one may lack."""
    for name in POLICIES:
        if not getattr(draft, name):
            yield Finding("form", name, Severity.ERROR, f"{FIELDS[name]}: new verifications need it since 2026-09-15.")
    if draft.business_type != "SOLE_PROPRIETOR" and not draft.business_registration_number:
        words = f"{FIELDS['business_registration_number']}: Twilio takes no new verification without it, but of a sole "
        yield Finding("form", "business_registration_number", Severity.ERROR, f"{words}proprietor.")
