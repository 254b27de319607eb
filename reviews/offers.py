"""What the offers of the kinds have in common: what stands in the way of deleting something and making it anew."""

from datetime import datetime

from accounts.models import TwilioAccount
from reviews.models import Review
from reviews.status import Status
from reviews.verdicts import is_echo
from rulebook.limits import LOCKED


def hindrance_of(review: Review, now: datetime) -> str:
    """Why it cannot be deleted and made anew now, in a sentence; empty where it can. One that is gone already can."""
    if review.account.disconnected_at or review.account.status != TwilioAccount.ACTIVE:
        return "Its Twilio account is not connected."
    if review.renewal:
        return "A plan to delete it and create it again is open already."
    if review.attempt_open:
        return "A submission is under way. Wait until it is settled."
    if review.gone_at:
        return ""
    if review.appealed_at:
        return "An appeal waits for its answer. Withdraw it first if it is to be given up."
    if review.is_rejected and is_echo(review, now):
        return "Twilio still shows the verdict from before the last submission."
    return _BY_STATUS.get(Status(review.status), "")


def locked_fields(kind: str) -> tuple[tuple[str, str], ...]:
    """What no update of this kind can change and a new registration can, with what people call it."""
    return tuple((row.field, row.label) for row in LOCKED if row.kind == kind and row.field not in _STAYS)


# The numbers stay where they are: a new registration keeps its messaging service and its number.
_STAYS = ("messaging_service_sid", "tollfree_phone_number_sid", "external_reference_id")
_BY_STATUS = {
    Status.IN_REVIEW: "The reviewers have it. Wait for their answer.",
    Status.STOPPED: "It is suspended: Twilio refuses to delete it. Ask Twilio Support.",
    Status.UNKNOWN: "Twilio uses a word we do not know. Look it up in the Console first.",
}
