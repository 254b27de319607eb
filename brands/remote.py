"""Twilio's side of a brand; a module that satisfies reviews.contract.Kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from accounts.models import TwilioAccount
from brands.models import Brand, CustomerProfile
from brands.policy import held, state, state_of, verdict
from brands.show import TYPES, compare, shown
from reviews.contract import Preparation, Progress, Reading, Renewable, Sending, Unreadable
from reviews.models import Review
from reviews.payloads import rejections, text, texts
from rulebook.submission import Submission as Checked
from twilio_api.answer import Answer, Payload
from twilio_api.client import Twilio

__all__ = [
    "checkable", "checkable_draft", "compare", "fetch", "fix_url", "held", "identity", "label", "listing", "mirror",
    "named", "payload", "plural", "preparations", "prepare", "read", "renewal", "renewal_url", "send", "shown", "slug",
    "state", "verdict",
]  # fmt: skip

slug, label, plural = "brand", "Brand", "brands"
# A brand is put right, never made anew: deleting one is for the Console, and its campaigns hang on it.
renewal: Renewable | None = None


def listing(twilio: Twilio, account: TwilioAccount) -> Iterator[Answer]:
    """The customer profiles first: they know the names that brands lack."""
    _keep_profiles(account, [answer.payload for answer in twilio.customer_profiles()])
    yield from twilio.brands()


def fetch(twilio: Twilio, review: Review) -> Answer:
    return twilio.brand(review.sid)


def identity(payload: Payload) -> str:
    if sid := text(payload, "sid"):
        return sid
    raise Unreadable("A brand without a SID.")


def read(payload: Payload) -> Reading:
    sid, word, reasons = identity(payload), text(payload, "status"), rejections(payload.get("errors"))
    profile_sid = text(payload, "customer_profile_bundle_sid")
    brand_type = text(payload, "brand_type")
    return Reading(
        remote_key=sid,
        sid=sid,
        title=sid,
        detail=TYPES.get(brand_type, brand_type),
        twilio_status=word,
        status=state_of(word, reasons),
        # Shown whenever present, whatever the status: Twilio pairs PENDING with filled errors in its own examples.
        rejections=reasons,
        owner_sids=(sid,),
        # What an update sends is nothing; what stands behind it is the two bundles.
        submission={
            "customer_profile_bundle_sid": profile_sid,
            "a2p_profile_bundle_sid": text(payload, "a2p_profile_bundle_sid"),
            "brand_feedback": texts(payload, "brand_feedback"),
        },
        updated=text(payload, "date_updated"),
        columns={"sid": sid, "profile_sid": profile_sid, "identity_status": text(payload, "identity_status")},
    )


def named(account: TwilioAccount, readings: Sequence[Reading]) -> list[Reading]:
    """With the customer profile's name."""
    sids = [reading.columns["profile_sid"] for reading in readings]
    names = dict(CustomerProfile.objects.filter(account=account, sid__in=sids).values_list("sid", "name"))
    return [replace(r, title=names.get(r.columns["profile_sid"], r.title)) for r in readings]


def mirror(rows: Sequence[tuple[Review, Reading, Payload]]) -> None:
    Brand.objects.bulk_create(
        [Brand(review=review, payload=payload, **reading.columns) for review, reading, payload in rows],
        update_conflicts=True,
        unique_fields=["review"],
        update_fields=["payload", "sid", "profile_sid", "identity_status"],
    )


def payload(review: Review) -> Payload:
    return dict(Brand.objects.values_list("payload", flat=True).get(review=review))


def checkable(reviews: Sequence[Review]) -> dict[int, Checked]:
    """A brand's text lies in its customer profile: nothing here to check."""
    return {}


def checkable_draft(review: Review, fields: Mapping[str, Any]) -> None:
    """Nothing here to check, neither."""


def preparations(review: Review, sending: Sending) -> Sequence[Preparation]:
    """The text goes as it is: nothing has to be put in place first."""
    return ()


def prepare(twilio: Twilio, review: Review, sending: Sending, key: str) -> Progress:
    raise ValueError(f"There is nothing to prepare: {key}")


def send(twilio: Twilio, review: Review, sending: Sending) -> Answer:
    raise NotImplementedError("Brands are repaired in the Console for now.")


def fix_url(review: Review) -> str:
    return ""


def renewal_url(review: Review) -> str:
    return ""


def _keep_profiles(account: TwilioAccount, payloads: Sequence[Payload]) -> None:
    CustomerProfile.objects.bulk_create(
        [
            CustomerProfile(
                account=account,
                sid=text(payload, "sid"),
                name=text(payload, "friendly_name")[:200] or text(payload, "sid"),
                status=text(payload, "status")[:40],
                payload=payload,
            )
            for payload in payloads
            if text(payload, "sid")
        ],
        update_conflicts=True,
        unique_fields=["sid"],
        update_fields=["account", "name", "status", "payload"],
    )
