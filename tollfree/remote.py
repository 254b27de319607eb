"""Twilio's side of a toll-free verification; a module that satisfies reviews.contract.Kind."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from django.urls import reverse

from accounts.models import TwilioAccount
from reviews.bulk import upsert
from reviews.contract import News, Preparation, Progress, Reading, Rejection, Sending, Unreadable
from reviews.models import Review
from reviews.payloads import moment, rejections, text
from reviews.status import REJECTED
from rulebook.submission import Submission as Checked
from tollfree import renewal
from tollfree.checkable import checkable, submission_of
from tollfree.checks import context_of
from tollfree.draft import Draft
from tollfree.forms import TollfreeForm
from tollfree.models import TollfreeVerification
from tollfree.numbers import key_of
from tollfree.panels import panels
from tollfree.policy import held, state, state_of, verdict
from tollfree.show import compare, shown
from twilio_api.answer import Answer, Payload
from twilio_api.client import Twilio

__all__ = [
    "checkable", "checkable_draft", "compare", "fetch", "fix_url", "heard", "held", "identity", "is_titled_by_business",
    "keep_news", "label", "listing", "mirror", "named", "obstacles", "panels", "payload", "payloads", "plural",
    "preparations", "prepare", "read", "renewal", "renewal_url", "send", "shown", "slug", "state", "topics", "verdict",
]  # fmt: skip

slug, label, plural = "tollfree", "Toll-free", "toll-free verifications"
is_titled_by_business = True
topics: tuple[str, ...] = ("toll-free-verification.",)


def listing(twilio: Twilio, account: TwilioAccount) -> Iterator[Answer]:
    """The account's own. Each subaccount is read with its own credentials, like everything else of it."""
    return twilio.tollfree_verifications()


def fetch(twilio: Twilio, review: Review) -> Answer:
    return twilio.tollfree_verification(review.sid)


def identity(payload: Payload) -> str:
    if sid := text(payload, "sid"):
        return sid
    raise Unreadable("A toll-free verification without a SID.")


def read(payload: Payload) -> Reading:
    sid, word = identity(payload), text(payload, "status")
    allowed = payload.get("edit_allowed")
    editable = allowed if isinstance(allowed, bool) else None
    status = state_of(word, editable)
    rejected = status in REJECTED
    number = text(payload, "tollfree_phone_number")
    return Reading(
        remote_key=sid,
        sid=sid,
        title=text(payload, "business_name") or number or sid,
        detail=number,
        twilio_status=word,
        status=status,
        rejections=_reasons(payload),
        deadline=moment(payload, "edit_expiration") if rejected and editable else None,
        editable=editable,
        owner_sids=tuple(s for s in (sid, text(payload, "customer_profile_sid")) if s),
        submission=Draft.from_payload(payload).as_submission(),
        updated=text(payload, "date_updated"),
        created=text(payload, "date_created"),
        columns={
            "sid": sid,
            "phone_number": number[:20],
            "business_key": key_of(text(payload, "business_name")),
        },
    )


def heard(news: News) -> str:
    return text(news.payload, "tollfreeverificationsid")


def keep_news(account: TwilioAccount, news: News) -> bool:
    """What events tell of a verification, Twilio shows as well."""
    return False


def named(account: TwilioAccount, readings: Sequence[Reading]) -> Sequence[Reading]:
    return readings


def mirror(rows: Sequence[tuple[Review, Reading, Payload]]) -> None:
    upsert(
        [TollfreeVerification(review=review, payload=payload, **reading.columns) for review, reading, payload in rows],
        unique="review",
        update=["payload", "sid", "phone_number", "business_key"],
    )


def payload(review: Review) -> Payload:
    return payloads([review])[review.pk]


def payloads(reviews: Sequence[Review]) -> dict[int, Payload]:
    return dict(TollfreeVerification.objects.filter(review__in=reviews).values_list("review", "payload"))


def checkable_draft(review: Review, fields: Mapping[str, Any]) -> Checked:
    return submission_of(context_of(review.pk).payload, TollfreeForm.draft_of(fields))


def obstacles(review: Review) -> Sequence[str]:
    """Nothing but what the verdict says."""
    return ()


def preparations(review: Review, sending: Sending) -> Sequence[Preparation]:
    """The text goes as it is: nothing has to be put in place first."""
    return ()


def prepare(twilio: Twilio, review: Review, sending: Sending, key: str) -> Progress:
    raise ValueError(f"There is nothing to prepare: {key}")


def send(twilio: Twilio, review: Review, sending: Sending) -> Answer:
    """Only what changed, with the person's words as the reason for the edit."""
    params = Draft.from_submission(sending.submission).params(sending.before, sending.note)
    return twilio.update_tollfree_verification(review.sid, params)


def fix_url(review: Review) -> str:
    return reverse("tollfree:fix", args=[review.pk])


def renewal_url(review: Review) -> str:
    return reverse("renewals:start", args=[review.pk]) if renewal.offer(review).is_possible else ""


def _reasons(payload: Payload) -> tuple[Rejection, ...]:
    """`rejection_reasons`, or the older single reason with its code. Twilio moved between them in April 2024."""
    if many := rejections(payload.get("rejection_reasons")):
        return many
    single = {"code": payload.get("error_code"), "reason": payload.get("rejection_reason")}
    return rejections([single]) if any(single.values()) else ()
