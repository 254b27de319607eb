"""May this verification go again, until when, and why. Follows what Twilio itself says in `edit_allowed`."""

from datetime import datetime

from reviews.contract import Verdict
from reviews.models import Review
from reviews.status import Status
from reviews.verdicts import advices, appealed, closed, cured_codes, route_of, weighed
from rulebook.holds import Hold, hold_of
from rulebook.policy import charge_for_tollfree_edit
from rulebook.routes import Route

# Twilio's enumeration TollfreeVerificationEnumStatus, OpenAPI of 2026-04-14.
WORDS = {
    "PENDING_REVIEW": Status.IN_REVIEW,
    "IN_REVIEW": Status.IN_REVIEW,
    "TWILIO_APPROVED": Status.APPROVED,
    "TWILIO_REJECTED": Status.NEEDS_FIX,
}


def state_of(word: str, editable: bool | None) -> Status:
    """Our plain word for Twilio's. A rejection Twilio does not let us edit needs a decision."""
    status = WORDS.get(word.upper(), Status.UNKNOWN)
    return Status.NEEDS_DECISION if status == Status.NEEDS_FIX and editable is not True else status


def state(review: Review) -> Status:
    """The same for what is mirrored, as the house reads its rules now."""
    return state_of(review.twilio_status, review.editable)


def verdict(review: Review, now: datetime) -> Verdict:
    """What may be done now. After the window an edit is still taken while Twilio allows it, but no longer first."""
    if not_now := closed(review, now):
        return not_now
    if review.status == Status.APPROVED:
        return Verdict(Route.NONE, False, "Approved: nothing to repair", "The number may send to the US and Canada.")
    return appealed(review, _rejected(review, now))


def held(review: Review) -> Hold | None:
    """Twilio has no word for a stopped verification; one it adds says at least that much."""
    return hold_of(review.kind, review.twilio_status) if review.status == Status.STOPPED else None


def _rejected(review: Review, now: datetime) -> Verdict:
    found = advices(review)
    if review.editable is not True:
        route = max((route_of(found), Route.APPEAL), key=lambda r: r.hardness)
        return Verdict(
            route=route,
            allowed=False,
            headline="Twilio does not allow an edit",
            why=f"What is left is an appeal, a new verification after a real change, or another channel. "
            f"{weighed(route, found, 'verification')}".strip(),
            reasons=("Twilio says edit_allowed is not true.",),
            advices=found,
            cured=cured_codes(route, found),
        )
    over = review.deadline is not None and review.deadline <= now
    window = (
        "The edit window is over: an edit is still taken, but no longer reviewed first."
        if over
        else "Sent within its edit window, it is reviewed before new ones."
    )
    return Verdict(
        route=Route.EDIT,
        allowed=True,
        headline="Edit this verification and resubmit it",
        why=f"{weighed(Route.EDIT, found, 'verification')} {window}".strip(),
        charge=charge_for_tollfree_edit(review.attempts_used),
        deadline=review.deadline,
        advices=found,
        cured=cured_codes(Route.EDIT, found),
    )
