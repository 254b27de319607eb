"""The product in bad weather: a fifth of all calls throttled, failures, time-outs before and after writing, broken
answers. When it has cleared, Twilio has carried out exactly what we say it has, and shows what we show."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import Role, TwilioAccount, User
from campaigns import remote, repair
from campaigns.draft import Draft
from notifications.models import Notice
from reviews.kinds import kind_of
from reviews.models import Attempt, Review, StatusChange
from reviews.schedule import OVERDUE, longest_pause
from reviews.status import REJECTED, Status
from sandbox.handle import Account, Sandbox
from sync.models import Event, EventStream
from tests.events.conftest import cloud_event, stream_of
from tests.events.test_work import hear
from tests.factories import make_user
from tests.faults.weather import STORM, Crew, given_out
from tests.faults.weather import crew as crew
from tests.gate.conftest import REPAIRED_FLOW
from tests.sandbox.speaker import Speaker, campaign_path

pytestmark = pytest.mark.django_db(transaction=True)
State = Attempt.State
ENDED = {State.ACCEPTED, State.REFUSED, State.NOT_APPLIED, State.WITHDRAWN}
SUBACCOUNTS = 5
FLAWED_FLOW = (
    "Customers tick an optional, unchecked box on https://larkspur.example/book that reads: I agree to receive "
    "offers by text from Larkspur Bike Repair. Reply STOP to opt out, HELP for help."
)


# By chance they meet an update now and then; here each of them meets one first.
ON_WRITES = ("refuse", "timeout_after", "timeout_before", "half_body", "wrong_json", "server_error", "throttle")


@dataclass(frozen=True, slots=True)
class Size:
    """Of each of the six accounts."""

    campaigns: int
    rejected: int


# Sixty campaigns between them, forty-two of them rejected; and fewer, for the sake of time.
MANY, FEW = Size(10, 7), Size(4, 2)


def family_of(size: Size, main: Account, twilio: Sandbox) -> list[Account]:
    """The main account and those under it."""
    family = [main, *(twilio.create_subaccount(main.sid, f"Customer {n}") for n in range(SUBACCOUNTS))]
    for member in family:
        brand = twilio.register_brand(member.sid)
        services = [twilio.hang_campaign(brand, message_flow=FLAWED_FLOW) for _ in range(size.campaigns)]
        for service in services[: size.rejected]:
            twilio.reject(service, [30924])
    return family


def submit_again(editor: User) -> int:
    """Every rejected campaign that may go is repaired and sent, as a person would. Returns how many."""
    waiting = Review.objects.waiting_for_us().with_names().filter(kind="campaign", status__in=REJECTED)
    for review in waiting:
        stands = dict(remote.read(remote.payload(review)).submission)
        repair.submit(
            review.pk, Draft.from_submission({**stands, "message_flow": REPAIRED_FLOW}), editor, based_on=stands
        )
    return len(waiting)


def tell_of_two(account: TwilioAccount, twilio: Sandbox) -> None:
    """Two approved ones of the main account: one is rejected, one is edited in the Console. Twilio tells of both."""
    stream_of(account)
    fell, edited = approved_of(account)[:2]
    twilio.reject(fell, [30924])
    twilio.edit_elsewhere(edited, description="Larkspur Bike Repair texts customers who asked for offers on repairs.")
    hear(account, about(fell, "campaign-failure"), about(edited, "campaign-submitted"), about(fell, "campaign-failure"))


def about(service: str, topic: str) -> dict[str, object]:
    return cloud_event(f"campaign-registration.{topic}", messagingservicesid=service)


def approved_of(account: TwilioAccount) -> list[str]:
    campaigns = Review.objects.filter(account=account, kind="campaign", status=Status.APPROVED).order_by("pk")
    return [key.partition("/")[0] for key in campaigns.values_list("remote_key", flat=True)]


def nothing_is_open() -> bool:
    return not Attempt.objects.filter(state__in=Attempt.OPEN).exists()


def all_were_read() -> bool:
    return TwilioAccount.objects.exclude(last_read_at=None).count() == SUBACCOUNTS + 1


def read_again(crew: Crew) -> None:
    """Every account once more as a whole, however often that takes, and all that waits is told."""
    since = timezone.now()

    def all_are_read() -> bool:
        # A reading that had begun before ends first.
        unread = TwilioAccount.objects.filter(last_read_at__lt=since)
        unread.filter(lease_until=None).update(next_poll_at=timezone.now())
        return not unread.exists() and not somebody_waits()

    crew.work_until(all_are_read)


def somebody_waits() -> bool:
    untold = StatusChange.objects.filter(announced_at=None) | StatusChange.objects.filter(notices__sent_at=None).filter(
        notices__isnull=False
    )
    return untold.exists() or Event.objects.filter(outcome=Event.Outcome.WAITING).exists()


# --- what has to be so in the end ---


def it_was_bad(twilio: Sandbox) -> None:
    """Otherwise all that follows proves nothing."""
    struck = [call for call in twilio.calls() if call.fault]
    assert len(struck) > 30
    assert {*ON_WRITES} <= {call.fault for call in struck if call.method == "POST"}


def attempts_are_as_twilio_counted(twilio: Sandbox) -> None:
    assert {State(attempt.state) for attempt in Attempt.objects.all()} <= ENDED
    here = Attempt.objects.filter(origin=Attempt.HERE, state=State.ACCEPTED).select_related("review")
    accepted = Counter(attempt.review.remote_key.partition("/")[0] for attempt in here)
    assert accepted == twilio.counters().accepted["campaigns.update"]
    assert Attempt.objects.filter(origin=Attempt.ELSEWHERE).count() == 1
    for review in Review.objects.filter(kind="campaign"):
        assert review.attempts_used == review.attempts.filter(state=State.ACCEPTED).count(), review


def mirror_is_as_twilio_shows(family: Sequence[Account], twilio: Sandbox) -> None:
    speakers = {member.sid: Speaker(twilio.base_url, member.sid, member.auth_token) for member in family}
    for review in Review.objects.filter(kind="campaign").select_related("account"):
        service = review.remote_key.partition("/")[0]
        shown = speakers[review.account.sid].get(campaign_path(service, review.sid), X_Twilio_Api_Version="v1.2").body
        assert kind_of("campaign").payload(review) == shown
    statuses = {item["sid"]: item["status"] for item in twilio.state()["items"]}
    for review in Review.objects.filter(kind="brand"):
        assert review.twilio_status == statuses[review.sid]


def nobody_was_told_twice() -> None:
    moved = StatusChange.objects.exclude(old_status="").values_list("review", "new_status")
    assert max(Counter(moved).values()) == 1
    told = Notice.objects.values_list("change__review", "change__new_status")
    lines = re.findall(r"/items/(\d+)", "".join(str(message.body) for message in mail.outbox))
    assert len(told) > 0
    assert sorted(map(int, lines)) == sorted(review for review, _ in told)


def nothing_is_stuck() -> None:
    now = timezone.now()
    assert not TwilioAccount.objects.exclude(lease_until=None, failing_since=None).exists()
    longest = now + longest_pause(Status.APPROVED, hears=True) * (OVERDUE + 0.25)
    assert not TwilioAccount.objects.exclude(next_poll_at__lte=longest).exists()
    assert not Review.objects.present().exclude(next_check_at__lte=longest).exists()
    assert not EventStream.objects.filter(worked_until__gt=now + timedelta(seconds=3)).exists()
    assert not Review.objects.filter(attempt_open=True).exists()
    assert not list(given_out())


@pytest.mark.parametrize(("seed", "size"), [(1, MANY), (2, FEW), (3, FEW), (4, FEW), (5, FEW)])
def test_what_is_sent_in_bad_weather_is_carried_out_as_often_as_we_say(
    seed: int, size: Size, at_twilio: Account, twilio: Sandbox, account: TwilioAccount, crew: Crew
) -> None:
    editor, family = make_user(Role.EDITOR, alerts_on=True), family_of(size, at_twilio, twilio)
    crew.work_until(all_were_read)
    twilio.bad_weather(STORM, seed=seed, slow_seconds=0.1, retry_after=5, retry_after_share=0.9)
    twilio.strike(ON_WRITES, method="POST", path="/Usa2p/")
    assert submit_again(editor) == (SUBACCOUNTS + 1) * size.rejected
    tell_of_two(account, twilio)
    TwilioAccount.objects.update(next_poll_at=timezone.now())
    crew.work_until(nothing_is_open)
    assert Attempt.objects.filter(state=State.REFUSED).count() == 1
    submit_again(editor)  # what was refused and what never arrived
    crew.work_until(nothing_is_open)
    twilio.judge_now()
    read_again(crew)

    it_was_bad(twilio)
    twilio.clear_faults()
    read_again(crew)
    attempts_are_as_twilio_counted(twilio)
    mirror_is_as_twilio_shows(family, twilio)
    nobody_was_told_twice()
    nothing_is_stuck()
