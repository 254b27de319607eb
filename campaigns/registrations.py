"""Phone numbers under a campaign: kept from events, because nothing else at Twilio tells how far they are registered.

Source: www.twilio.com/docs/events/event-types/a2p/number-registration and -deregistration, seen 2026-11.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from django.db.models import Q

from accounts.models import TwilioAccount
from campaigns.models import NumberRegistration
from reviews.contract import News
from reviews.models import Review
from reviews.payloads import text

State = NumberRegistration.State

STATE_OF: Mapping[str, State] = MappingProxyType(
    {
        "number-registration.pending": State.PENDING,
        "number-registration.successful": State.REGISTERED,
        "number-registration.failed": State.FAILED,
        "number-deregistration.pending": State.LEAVING,
        "number-deregistration.successful": State.LEFT,
        "number-deregistration.failed": State.STUCK,
    }
)
TOPICS = ("number-registration.", "number-deregistration.")
TONES = {State.REGISTERED: "approved", State.FAILED: "fix", State.STUCK: "fix", State.LEFT: "stopped"}
# Said on the way: of two in the same millisecond the other one is the end.
ON_THE_WAY = (State.PENDING, State.LEAVING)
MOST_SHOWN = 400


@dataclass(frozen=True, slots=True)
class NumberView:
    """A phone number that hangs on a campaign, and how far its registration has come. `tone` names the badge."""

    phone: str
    words: str
    tone: str
    reason: str
    at: datetime


def keep(account: TwilioAccount, news: News) -> bool:
    """Takes the news over unless something newer is known of the number. False when it is about no number."""
    state, phone = STATE_OF.get(news.topic), phone_of(text(news.payload, "phonenumber"))
    if state is None or not phone:
        return False
    columns = {
        "phone_sid": text(news.payload, "phonenumbersid")[:34],
        "service_sid": text(news.payload, "messagingservicesid")[:34],
        "state": state,
        "twilio_status": text(news.payload, "externalstatus")[:60],
        "failure_reason": text(news.payload, "failurereason")[:300],
        "occurred_at": news.at,
    }
    first = NumberRegistration(account=account, phone=phone, **columns)
    NumberRegistration.objects.bulk_create([first], ignore_conflicts=True)
    older = Q(occurred_at__lt=news.at) | Q(occurred_at=news.at, state__in=ON_THE_WAY)
    NumberRegistration.objects.filter(older, account=account, phone=phone).update(**columns)
    return True


def phone_of(written: str) -> str:
    """In the international form with its plus sign, which events leave out; empty for what is no number."""
    digits = written.removeprefix("+")
    return f"+{digits}" if digits.isdecimal() and len(digits) <= 15 else ""


def under(review: Review) -> Sequence[NumberView]:
    """The numbers of the campaign's messaging service, those in trouble first."""
    service_sid = review.remote_key.partition("/")[0]
    found = NumberRegistration.objects.filter(account=review.account_id, service_sid=service_sid).order_by("phone")
    views = [
        NumberView(
            phone=number.phone,
            words=number.get_state_display(),
            tone=TONES.get(State(number.state), "review"),
            reason=number.failure_reason,
            at=number.occurred_at,
        )
        for number in found[:MOST_SHOWN]
    ]
    return sorted(views, key=lambda view: view.tone != "fix")
