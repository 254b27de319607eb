"""May this campaign go again, by which route, at what cost, and why. Pure but for the review's own columns."""

from collections.abc import Sequence
from datetime import datetime

from reviews.contract import Rejection, Verdict
from reviews.models import Review
from reviews.status import Status
from reviews.verdicts import advices, appealed, closed, cured_codes, route_of, shut, state_by_route, verdict_of, weighed
from rulebook.explain import hardest
from rulebook.holds import ELSEWHERE_CODES, EXTERNAL_PENDING, EXTERNAL_STANDING, Hold, rejected_elsewhere
from rulebook.policy import charge_for_recreation, charge_for_resubmission
from rulebook.routes import Route

# Twilio's free words for a campaign. Seen: the Campaign Edit beta guide and Twilio's examples (2026-11).
WORDS = {
    "PENDING": Status.IN_REVIEW,
    "IN_PROGRESS": Status.IN_REVIEW,
    "VERIFIED": Status.APPROVED,
    "FAILED": Status.NEEDS_FIX,
    "SUSPENDED": Status.STOPPED,
    "DELETED": Status.STOPPED,
}


def state_of(word: str, reasons: Sequence[Rejection], editable: bool | None) -> Status:
    """Our plain word for Twilio's. A rejection that an edit cannot cure needs a decision, not a fix; so does one of a
    campaign that was registered elsewhere."""
    status = WORDS.get(word.upper(), Status.UNKNOWN)
    if status == Status.NEEDS_FIX and editable is not False:
        return state_by_route("campaign", reasons)
    return Status.NEEDS_DECISION if status == Status.NEEDS_FIX else status


def state(review: Review) -> Status:
    """The same for what is mirrored, as the house reads its rules now."""
    return state_of(review.twilio_status, review.reasons, review.editable)


def verdict(review: Review, now: datetime) -> Verdict:
    """What may be done now. The page, the form and the gate all ask this."""
    if not_now := shut(review, now):
        return not_now
    if hold := registered_elsewhere(review):
        return verdict_of(hold, advices(review))
    if not_now := closed(review, now):
        return not_now
    if review.status == Status.APPROVED:
        return _approved(review)
    return appealed(review, _rejected(review))


def registered_elsewhere(review: Review) -> Hold | None:
    """What a campaign of another provider waits for; None for one registered through Twilio.

    `editable` is False where Twilio says is_externally_registered. A code that only such campaigns get says it too.
    """
    if review.editable is not False and not ELSEWHERE_CODES.intersection(review.codes):
        return None
    return {Status.IN_REVIEW: EXTERNAL_PENDING, Status.APPROVED: EXTERNAL_STANDING}.get(
        Status(review.status), rejected_elsewhere(review.codes) if review.is_rejected else None
    )


def _approved(review: Review) -> Verdict:
    return Verdict(
        route=Route.NONE,
        allowed=True,
        headline="Approved: nothing to repair",
        why="An edit sends an approved campaign back into review. Its four content flags cannot change any more.",
        charge=charge_for_resubmission(review.account.policy, review.attempts_used),
        needs_manager=True,
    )


def _rejected(review: Review) -> Verdict:
    found = advices(review)
    route, decisive = route_of(found), hardest(found)
    policy = review.account.policy
    headline, why = SAID[route]
    # Final is what Twilio calls final. Everything else may still be edited, whatever route is the better one:
    # public sources disagree on several codes (gaps.md, 5), and the code actually returned decides.
    final = decisive is not None and decisive.resubmittable is False
    return Verdict(
        route=route,
        allowed=not final,
        headline=headline,
        why=f"{weighed(route, found, 'campaign')} {why}".strip(),
        reasons=(f"Twilio does not take this one again ({decisive.code}).",) if final and decisive else (),
        charge=charge_for_resubmission(policy, review.attempts_used),
        other_fee=charge_for_recreation(policy).fee,
        advices=found,
        cured=cured_codes(route, found),
    )


SAID = {
    Route.EDIT: (
        "Edit this campaign and resubmit it",
        "Do not delete it: a new campaign starts at the end of the queue and costs the vetting fee again.",
    ),
    Route.RECREATE: (
        "This campaign has to be made anew",
        "What is wrong cannot be changed by an edit. It has to be deleted and registered again, for a new fee.",
    ),
    Route.FIX_BRAND: (
        "Fix the brand first",
        "The fault lies in the brand or its profile. Resubmitting this campaign alone would fail again.",
    ),
    Route.APPEAL: ("Appeal or stop", "Twilio does not allow this kind of content. Only an appeal can change that."),
    Route.SUPPORT: ("Ask Twilio Support", "The rejection does not say what to change. Ask before you spend a try."),
    Route.WAIT: ("Wait", "Something else has to happen first; a resubmission now would fail again."),
    Route.NONE: ("Nothing to do", "No reason was given that anything here could cure."),
}
