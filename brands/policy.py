"""May this brand go again, by which route, and why. Pure but for the review's own columns."""

from collections.abc import Sequence
from datetime import datetime

from reviews.contract import Rejection, Verdict
from reviews.models import Review
from reviews.status import Status
from reviews.verdicts import advices, appealed, closed, cured_codes, route_of, state_by_route, weighed
from rulebook.holds import Hold, hold_of
from rulebook.policy import BRAND_UPDATES
from rulebook.routes import Route

# Twilio's enumeration BrandRegistrationsEnumStatus, OpenAPI of 2026-04-14.
WORDS = {
    "PENDING": Status.IN_REVIEW,
    "IN_REVIEW": Status.IN_REVIEW,
    "APPROVED": Status.APPROVED,
    "FAILED": Status.NEEDS_FIX,
    "SUSPENDED": Status.STOPPED,
    "DELETION_PENDING": Status.STOPPED,
    "DELETION_FAILED": Status.STOPPED,
}


def state_of(word: str, reasons: Sequence[Rejection]) -> Status:
    """Our plain word for Twilio's. A rejection that no repair of the profile can cure needs a decision."""
    status = WORDS.get(word.upper(), Status.UNKNOWN)
    return state_by_route("brand", reasons) if status == Status.NEEDS_FIX else status


def state(review: Review) -> Status:
    """The same for what is mirrored, as the house reads its rules now."""
    return state_of(review.twilio_status, review.reasons)


def verdict(review: Review, now: datetime) -> Verdict:
    """What may be done now. Repairing a brand means repairing its TrustHub profile, which is done in the Console."""
    if not_now := closed(review, now):
        return not_now
    if review.status == Status.APPROVED:
        return Verdict(Route.NONE, False, "Approved: nothing to repair", "Campaigns can be registered under it.")
    return appealed(review, _rejected(review))


def held(review: Review) -> Hold | None:
    """A brand hangs on nothing: what stops it stops itself, and its own word says what."""
    return hold_of(review.kind, review.twilio_status) if review.status == Status.STOPPED else None


def _rejected(review: Review) -> Verdict:
    found = advices(review)
    left = BRAND_UPDATES.left(review.attempts_used)
    spent = () if left is None or left > 0 else ("Its updates are used up: Twilio answers 21724. Ask Support.",)
    route = Route.SUPPORT if spent else route_of(found)
    why = "The fields named below belong to the customer profile behind the brand. Correct them there first."
    return Verdict(
        route=route,
        allowed=False,
        headline="Correct the business profile, then resubmit the brand",
        why=f"{weighed(route, found, 'brand')} {why}".strip(),
        reasons=("Brands are repaired in Twilio’s Console for now; Redress follows what happens there.", *spent),
        advices=found,
        cured=cured_codes(route, found),
    )
