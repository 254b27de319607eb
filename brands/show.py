"""A brand in words. What a reviewer flags lies in the customer profile behind it, so nothing here can be edited."""

from collections.abc import Sequence

from brands.models import Brand
from reviews.contract import FieldChange, FieldView, Submission
from reviews.flags import flagged_keys
from reviews.models import Review
from reviews.payloads import text, texts

TYPES = {"STANDARD": "Standard", "SOLE_PROPRIETOR": "Sole proprietor"}
ROWS = {
    "brand_type": "Brand type",
    "identity_status": "Identity",
    "tcr_id": "Registry ID",
    "brand_score": "Score",
    "brand_feedback": "Feedback",
    "customer_profile_bundle_sid": "Customer profile",
    "a2p_profile_bundle_sid": "A2P bundle",
    "failure_reason": "Failure reason",
    "date_created": "Registered",
}


def shown(review: Review) -> list[FieldView]:
    """The registration as it stands."""
    payload = dict(Brand.objects.values_list("payload", flat=True).get(review=review))
    flagged = flagged_keys(review)
    values = {key: ", ".join(texts(payload, key)) or text(payload, key) for key in ROWS}
    return [FieldView(key, ROWS[key], TYPES.get(value, value), flagged.get(key, ())) for key, value in values.items()]


def compare(before: Submission, after: Submission) -> Sequence[FieldChange]:
    """A brand's update call has no body: there is nothing to compare."""
    return []
