"""May this brand go again, by which route, and why. Pure but for the review's own columns."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings

from reviews.contract import Rejection, Verdict
from reviews.models import Review
from reviews.status import Status
from reviews.verdicts import advices, appealed, closed, cured_codes, route_of, state_by_route, weighed
from rulebook.explain import hardest
from rulebook.holds import Hold, hold_of
from rulebook.policy import charge_for_brand_update
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
# How its detail ends while its owner has not answered.
UNVERIFIED = ", unverified"
APPROVED = Verdict(Route.NONE, False, "Approved: nothing to repair", "Twilio takes no update of an approved brand.")
UNCONFIRMED = Verdict(
    Route.WAIT,
    False,
    "Approved, but the owner has not confirmed it",
    "No campaign can be registered on it before the owner answers YES to Twilio’s text message.",
)
SPENT = "Its updates are used up: Twilio answers 21724 to another one. Ask Support to reset the count."


def state_of(word: str, reasons: Sequence[Rejection]) -> Status:
    """Our plain word for Twilio's. A rejection that no repair of the profile can cure needs a decision."""
    status = WORDS.get(word.upper(), Status.UNKNOWN)
    return state_by_route("brand", reasons) if status == Status.NEEDS_FIX else status


def state(review: Review) -> Status:
    """The same for what is mirrored, as the house reads its rules now."""
    return state_of(review.twilio_status, review.reasons)


def verdict(review: Review, now: datetime) -> Verdict:
    """What may be done now. An update is taken in FAILED only (21725) and a limited number of times (21724); that
    campaigns hang on it, which forbids one too, is told by `obstacles`."""
    if not_now := closed(review, now):
        return not_now
    if review.status == Status.APPROVED:
        return UNCONFIRMED if review.detail.endswith(UNVERIFIED) else APPROVED
    return appealed(review, _rejected(review))


def held(review: Review) -> Hold | None:
    """A brand hangs on nothing: what stops it stops itself, and its own word says what."""
    return hold_of(review.kind, review.twilio_status) if review.status == Status.STOPPED else None


def _rejected(review: Review) -> Verdict:
    found = advices(review)
    charge = charge_for_brand_update(review.attempts_used, settings.BRAND_UPDATES)
    is_spent, decisive = charge.free_left == 0, hardest(found)
    route = Route.SUPPORT if is_spent else route_of(found)
    # Final is what Twilio calls final; everything else may still be sent, whatever route is the better one.
    is_final = decisive is not None and decisive.resubmittable is False
    why = SAID if not is_spent else "What the profile says can still be corrected, but no update would carry it."
    return Verdict(
        route=route,
        allowed=not is_spent and not is_final,
        headline="Ask Twilio Support" if is_spent else HEADLINES.get(route, route.label),
        why=f"{weighed(route, found, 'brand')} {why}".strip(),
        reasons=(*((SPENT,) if is_spent else ()), *((f"Twilio does not take this one again ({decisive.code}).",)
                 if is_final and decisive else ())),
        charge=charge,
        advices=found,
        cured=cured_codes(route, found),
    )  # fmt: skip


HEADLINES = {Route.EDIT: "Correct the business profile and resubmit the brand"}
SAID = (
    "What was rejected stands in the customer profile and the A2P bundle behind the brand. Redress writes the "
    "corrections there, waits until Twilio has approved them, and then sends the brand again."
)
