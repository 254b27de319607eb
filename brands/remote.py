"""Twilio's side of a brand; a module that satisfies reviews.contract.Kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import TwilioAccount
from brands import dossier, hanging, steps
from brands.draft import PAPERS, Draft
from brands.models import Brand, Bundle
from brands.panels import panels
from brands.policy import UNVERIFIED, held, state, state_of, verdict
from brands.show import TYPES, compare, shown
from brands.steps import prepare
from reviews.bulk import upsert
from reviews.contract import News, Preparation, Reading, Renewable, Sending, Unreadable
from reviews.models import Review
from reviews.payloads import rejections, storable, text
from rulebook.submission import Submission as Checked
from twilio_api.answer import Answer, Payload
from twilio_api.client import Twilio

__all__ = [
    "checkable", "checkable_draft", "compare", "fetch", "fix_url", "heard", "held", "identity", "is_titled_by_business",
    "keep_news", "label", "listing", "mirror", "named", "obstacles", "panels", "payload", "payloads", "plural",
    "preparations", "prepare", "read", "renewal", "renewal_url", "send", "shown", "slug", "state", "topics", "verdict",
]  # fmt: skip

slug, label, plural = "brand", "Brand", "brands"
is_titled_by_business = True
# A brand is put right, never made anew: deleting one is for the Console, and its campaigns hang on it.
renewal: Renewable | None = None
topics: tuple[str, ...] = ("brand-registration.",)


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
    identity_status = text(payload, "identity_status")
    return Reading(
        remote_key=sid,
        sid=sid,
        title=sid,
        detail=_detail(text(payload, "brand_type"), word, identity_status),
        twilio_status=word,
        status=state_of(word, reasons),
        # Shown whenever present, whatever the status: Twilio pairs PENDING with filled errors in its own examples.
        rejections=reasons,
        owner_sids=(sid,),
        # The facts it is judged by stand in its papers: an answer about the brand itself shows none of them.
        submission=Draft.from_payload(payload).as_submission(),
        updated=text(payload, "date_updated"),
        columns={
            "sid": sid,
            "profile_sid": profile_sid[:34],
            "product_sid": text(payload, "a2p_profile_bundle_sid")[:34],
            "identity_status": identity_status[:40],
        },
    )


def heard(news: News) -> str:
    return text(news.payload, "brandsid")


def keep_news(account: TwilioAccount, news: News) -> bool:
    """What events tell of a brand, Twilio shows as well."""
    return False


def named(account: TwilioAccount, readings: Sequence[Reading]) -> list[Reading]:
    """With the customer profile's name."""
    sids = [reading.columns["profile_sid"] for reading in readings]
    names = dict(Bundle.objects.filter(account=account, sid__in=sids).values_list("sid", "name"))
    return [replace(r, title=names.get(r.columns["profile_sid"], r.title)) for r in readings]


def mirror(rows: Sequence[tuple[Review, Reading, Payload]]) -> None:
    """What stands behind a brand that changed is read anew, soon and by somebody else."""
    now = timezone.now()
    upsert(
        [
            Brand(review=review, payload=payload, dossier_due_at=now, **reading.columns)
            for review, reading, payload in rows
        ],
        unique="review",
        update=["payload", "sid", "profile_sid", "product_sid", "identity_status", "dossier_due_at"],
    )


def payload(review: Review) -> Payload:
    return payloads([review])[review.pk]


def payloads(reviews: Sequence[Review]) -> dict[int, Payload]:
    """The last answers, and beside each the facts of its papers once they were read."""
    return {brand.review_id: _with_papers(brand) for brand in Brand.objects.filter(review__in=reviews)}


def _with_papers(brand: Brand) -> Payload:
    return {**brand.payload, PAPERS: dossier.facts(brand)} if brand.dossier_read_at else brand.payload


def checkable(reviews: Sequence[Review]) -> dict[int, Checked]:
    """A brand has no text of its own: what is wrong with its facts, its form says."""
    return {}


def checkable_draft(review: Review, fields: Mapping[str, Any]) -> None:
    """Nothing here to check, neither."""


def obstacles(review: Review) -> Sequence[str]:
    """Papers that nobody has read, a profile that is the account's own, and campaigns that hang on it."""
    return hanging.obstacles(review, Brand.objects.get(review=review))


def preparations(review: Review, sending: Sending) -> Sequence[Preparation]:
    """The papers corrected, reviewed and approved."""
    return steps.preparations(Brand.objects.get(review=review), sending)


def send(twilio: Twilio, review: Review, sending: Sending) -> Answer:
    """No body: Twilio has the brand judged by what its papers hold by now."""
    return twilio.update_brand(review.sid)


def fix_url(review: Review) -> str:
    return reverse("brands:fix", args=[review.pk])


def _detail(brand_type: str, word: str, identity_status: str) -> str:
    """Approved, and yet without an owner who has confirmed: "Sole proprietor, unverified"."""
    words = TYPES.get(brand_type, brand_type)
    waits = word.upper() == "APPROVED" and identity_status.upper() == "UNVERIFIED"
    return f"{words}{UNVERIFIED}" if waits else words


def renewal_url(review: Review) -> str:
    return ""


def _keep_profiles(account: TwilioAccount, payloads: Sequence[Payload]) -> None:
    """Between two pages one may move and be shown twice."""
    by_sid = {text(payload, "sid"): payload for payload in map(storable, payloads)}
    upsert(
        [
            Bundle(
                account=account,
                sid=sid,
                name=text(payload, "friendly_name")[:200] or sid,
                status=text(payload, "status")[:40],
                payload=payload,
            )
            for sid, payload in by_sid.items()
            if sid
        ],
        unique="sid",
        update=["account", "name", "status", "payload"],
    )
