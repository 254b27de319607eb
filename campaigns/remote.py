"""Twilio's side of a campaign; a module that satisfies reviews.contract.Kind."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from django.urls import reverse

from accounts.models import TwilioAccount, User
from campaigns import registrations, renewal
from campaigns.checkable import checkable, submission_of
from campaigns.checks import context_of
from campaigns.draft import Draft
from campaigns.forms import CampaignForm
from campaigns.held import held
from campaigns.models import Campaign, MessagingService
from campaigns.policy import state, state_of, verdict
from campaigns.show import USE_CASES, compare, shown
from reviews.bulk import upsert
from reviews.contract import News, Panel, Preparation, Progress, Reading, Sending, Unreadable
from reviews.models import Review
from reviews.payloads import flag, rejections, storable, text
from rulebook.submission import Submission as Checked
from twilio_api.answer import Answer, Payload
from twilio_api.client import Twilio
from twilio_api.errors import CredentialsRefused, Refused

__all__ = [
    "checkable", "checkable_draft", "compare", "fetch", "fix_url", "heard", "held", "identity", "is_titled_by_business",
    "keep_news", "label", "listing", "mirror", "named", "obstacles", "panels", "payload", "payloads", "plural",
    "preparations", "prepare", "read", "renewal", "renewal_url", "send", "shown", "slug", "state", "topics", "verdict",
]  # fmt: skip

slug, label, plural = "campaign", "Campaign", "campaigns"
is_titled_by_business = False
topics: tuple[str, ...] = ("campaign-registration.", *registrations.TOPICS)


def listing(twilio: Twilio, account: TwilioAccount) -> Iterator[Answer]:
    for service_sid in parts(twilio, account):
        yield from listing_of(twilio, service_sid)


def parts(twilio: Twilio, account: TwilioAccount) -> Sequence[str]:
    """Twilio lists campaigns per messaging service only, so every service is asked: its own mark of having a
    campaign (`us_app_to_person_registered`) has no documented value while one is pending or failed."""
    services = [service.payload for service in twilio.services() if text(service.payload, "sid")]
    _keep_services(account, services)
    return list(dict.fromkeys(text(service, "sid") for service in services))


def listing_of(twilio: Twilio, part: str) -> Iterator[Answer]:
    try:
        yield from twilio.campaigns(part)
    except CredentialsRefused:
        raise
    except Refused as error:
        yield unlisted(part, str(error))


def unlisted(part: str, why: str) -> Answer:
    return Answer({"messaging_service_sid": part, "not_listed": why}, datetime.now(UTC))


def fetch(twilio: Twilio, review: Review) -> Answer:
    service_sid, sid = review.remote_key.split("/")
    return twilio.campaign(service_sid, sid)


def identity(payload: Payload) -> str:
    """Service and SID together: the same QE… SID stands under many services."""
    service_sid, sid = text(payload, "messaging_service_sid"), text(payload, "sid")
    if "not_listed" in payload:
        raise Unreadable(f"Twilio would not list the campaigns of {service_sid}: {payload['not_listed']}")
    if not service_sid or not sid:
        raise Unreadable("A campaign without a SID or a messaging service.")
    return f"{service_sid}/{sid}"


def read(payload: Payload) -> Reading:
    key, word, reasons = identity(payload), text(payload, "campaign_status"), rejections(payload.get("errors"))
    service_sid, brand_sid = text(payload, "messaging_service_sid"), text(payload, "brand_registration_sid")
    # Registered elsewhere, it is corrected elsewhere. Twilio says nothing about editing any other campaign.
    editable = False if flag(payload, "is_externally_registered") else None
    return Reading(
        remote_key=key,
        sid=text(payload, "sid"),
        title=service_sid,
        detail=USE_CASES.get(text(payload, "us_app_to_person_usecase"), text(payload, "us_app_to_person_usecase")),
        twilio_status=word,
        status=state_of(word, reasons, editable),
        # Shown whenever present, whatever the status: Twilio pairs PENDING with filled errors in its own examples.
        rejections=reasons,
        editable=editable,
        owner_sids=tuple(sid for sid in (service_sid, brand_sid) if sid),
        submission=Draft.from_payload(payload).as_submission(),
        updated=text(payload, "date_updated"),
        created=text(payload, "date_created"),
        columns={
            "brand_sid": brand_sid,
            "service_sid": service_sid,
            "use_case": text(payload, "us_app_to_person_usecase"),
        },
    )


def heard(news: News) -> str:
    """Its messaging service: events call the campaign CM…, which nothing else does."""
    return text(news.payload, "messagingservicesid")


def keep_news(account: TwilioAccount, news: News) -> bool:
    """Of phone numbers only events tell how far their registration is."""
    return registrations.keep(account, news)


def named(account: TwilioAccount, readings: Sequence[Reading]) -> list[Reading]:
    """With the messaging service's name, by which people know a campaign: its own payload has none."""
    sids = [reading.columns["service_sid"] for reading in readings]
    names = dict(MessagingService.objects.filter(account=account, sid__in=sids).values_list("sid", "name"))
    return [replace(r, title=names.get(r.columns["service_sid"], r.title)) for r in readings]


def mirror(rows: Sequence[tuple[Review, Reading, Payload]]) -> None:
    upsert(
        [Campaign(review=review, payload=payload, **reading.columns) for review, reading, payload in rows],
        unique="review",
        update=["payload", "brand_sid", "service_sid", "use_case"],
    )


def payload(review: Review) -> Payload:
    return payloads([review])[review.pk]


def payloads(reviews: Sequence[Review]) -> dict[int, Payload]:
    return dict(Campaign.objects.filter(review__in=reviews).values_list("review", "payload"))


def checkable_draft(review: Review, fields: Mapping[str, Any]) -> Checked:
    context = context_of(review.pk)
    return submission_of(context.payload, context.brand_name, CampaignForm.draft_of(fields))


def obstacles(review: Review) -> Sequence[str]:
    """Nothing but what the verdict says."""
    return ()


def panels(review: Review, user: User, now: datetime) -> Sequence[Panel]:
    """The phone numbers under it, where events told of some."""
    numbers = registrations.under(review)
    return (Panel("numbers", "Phone numbers", "campaigns/_numbers.html", {"numbers": numbers}),) if numbers else ()


def preparations(review: Review, sending: Sending) -> Sequence[Preparation]:
    """The text goes as it is: nothing has to be put in place first."""
    return ()


def prepare(twilio: Twilio, review: Review, sending: Sending, key: str) -> Progress:
    raise ValueError(f"There is nothing to prepare: {key}")


def send(twilio: Twilio, review: Review, sending: Sending) -> Answer:
    service_sid, sid = review.remote_key.split("/")
    return twilio.update_campaign(service_sid, sid, Draft.from_submission(sending.submission).params())


def fix_url(review: Review) -> str:
    return reverse("campaigns:fix", args=[review.pk])


def renewal_url(review: Review) -> str:
    return reverse("renewals:start", args=[review.pk]) if renewal.offer(review).is_possible else ""


def _keep_services(account: TwilioAccount, payloads: Sequence[Payload]) -> None:
    """Between two pages one may move and be shown twice."""
    by_sid = {text(payload, "sid"): payload for payload in map(storable, payloads)}
    upsert(
        [
            MessagingService(
                account=account, sid=sid, name=text(payload, "friendly_name")[:200] or sid, payload=payload
            )
            for sid, payload in by_sid.items()
        ],
        unique="sid",
        update=["account", "name", "payload"],
    )
