"""A campaign as the rulebook's checks look at it: all of its text, locked fields included, and whose it is."""

from collections.abc import Mapping, Sequence
from typing import Any

from brands.models import Brand
from campaigns.draft import Draft
from campaigns.models import Campaign
from reviews.models import Review
from rulebook.submission import Business, Submission
from twilio_api.answer import Payload

# What a check may look at beyond the fields of an update.
LOCKED = (
    "us_app_to_person_usecase",
    "opt_in_message",
    "opt_out_message",
    "help_message",
    "opt_in_keywords",
    "opt_out_keywords",
    "help_keywords",
)


def checkable(reviews: Sequence[Review]) -> dict[int, Submission]:
    """The text that stands at Twilio, by the review's number: two statements however many reviews."""
    rows = Campaign.objects.filter(review__in=reviews).values_list("review_id", "payload", "brand_sid")
    names = brand_names([brand_sid for _, _, brand_sid in rows])
    return {pk: submission_of(payload, names.get(brand_sid, "")) for pk, payload, brand_sid in rows}


def submission_of(payload: Payload, brand_name: str, draft: Draft | None = None) -> Submission:
    """The campaign as it stands, or as `draft` would change it. The brand's website is not known to the mirror."""
    stands = Draft.from_payload(payload)
    locked = {name: payload[name] for name in LOCKED if name in payload}
    return Submission(
        kind="campaign",
        draft={**locked, **(draft or stands).as_submission()},
        brand=Business(name=brand_name),
        status=str(payload.get("campaign_status") or ""),
        previous=_previous(stands) if draft else None,
    )


def brand_names(sids: Sequence[str]) -> dict[str, str]:
    """The names of the brands, by SID; one statement. A brand that was not mirrored has none, and one whose profile
    could not be read is called by its SID here, which is no name."""
    titles = Brand.objects.filter(sid__in=sids).values_list("sid", "review__title")
    return {sid: title for sid, title in titles if title != sid}


def _previous(stands: Draft) -> Mapping[str, Any]:
    return stands.as_submission()
