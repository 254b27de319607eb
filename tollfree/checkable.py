"""A toll-free verification as the rulebook's checks look at it."""

from collections.abc import Sequence

from reviews.models import Review
from reviews.payloads import text
from rulebook.submission import Business, Submission
from tollfree.draft import NAMES, Draft
from tollfree.models import TollfreeVerification
from twilio_api.answer import Payload


def checkable(reviews: Sequence[Review]) -> dict[int, Submission]:
    """The text that stands at Twilio, by the review's number: one statement however many reviews."""
    rows = TollfreeVerification.objects.filter(review__in=reviews).values_list("review_id", "payload")
    return {pk: submission_of(payload) for pk, payload in rows}


def submission_of(payload: Payload, draft: Draft | None = None) -> Submission:
    """The verification as it stands, or as `draft` would change it. Its payload knows the business itself."""
    stands = {name: payload[name] for name in NAMES if name in payload}
    typed = draft.as_submission() if draft else stands
    return Submission(
        kind="tollfree",
        draft=typed,
        brand=Business(name=text(typed, "business_name"), website=text(typed, "business_website")),
        status=text(payload, "status"),
    )
