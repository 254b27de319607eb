"""A toll-free verification as the rulebook's checks look at it."""

from collections.abc import Sequence

from reviews.models import Review
from reviews.payloads import text
from rulebook.submission import Business, Submission
from tollfree.models import TollfreeVerification
from tollfree.show import FIELDS
from twilio_api.answer import Payload


def checkable(reviews: Sequence[Review]) -> dict[int, Submission]:
    """The text that stands at Twilio, by the review's number: one statement however many reviews."""
    rows = TollfreeVerification.objects.filter(review__in=reviews).values_list("review_id", "payload")
    return {pk: submission_of(payload) for pk, payload in rows}


def submission_of(payload: Payload) -> Submission:
    """The verification as it stands. Its payload knows the business itself."""
    return Submission(
        kind="tollfree",
        draft={name: payload[name] for name in FIELDS if name in payload},
        brand=Business(name=text(payload, "business_name"), website=text(payload, "business_website")),
        status=text(payload, "status"),
    )
