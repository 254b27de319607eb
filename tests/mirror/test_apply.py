"""The one door: what is dropped, what is noted, what is written down, and who gets the attempt."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import TwilioAccount
from reviews.kinds import kind_of
from reviews.models import Attempt, Review, Source, StatusChange
from reviews.status import Status
from sync.apply import Tally, apply, apply_gone
from sync.models import UnreadablePayload
from tests.factories import campaign_payload, error, make_account, sid, tollfree_payload
from twilio_api.answer import Answer

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def told(account: TwilioAccount, *payloads: object, at: datetime = NOW, kind: str = "campaign") -> Tally:
    return apply(account, kind_of(kind), [Answer(p, at) for p in payloads], Source.POLL)  # type: ignore[arg-type]


@pytest.fixture
def account() -> TwilioAccount:
    return make_account()


def test_first_sight_is_silent(account: TwilioAccount) -> None:
    told(account, campaign_payload())
    change = StatusChange.objects.get()
    assert (change.old_status, change.new_status) == ("", Status.NEEDS_FIX)
    assert change.announced_at


def test_a_change_waits_to_be_announced(account: TwilioAccount) -> None:
    payload = campaign_payload(campaign_status="IN_PROGRESS", errors=[])
    told(account, payload)
    told(account, {**payload, "campaign_status": "VERIFIED"}, at=NOW + timedelta(minutes=5))
    change = StatusChange.objects.first()
    assert change
    assert (change.old_twilio_status, change.new_twilio_status) == ("IN_PROGRESS", "VERIFIED")
    assert change.announced_at is None


def test_an_older_answer_than_what_is_known_is_dropped(account: TwilioAccount) -> None:
    payload = campaign_payload(campaign_status="IN_PROGRESS", errors=[])
    told(account, payload)
    told(account, {**payload, "campaign_status": "FAILED"}, at=NOW - timedelta(seconds=1))
    review = Review.objects.get()
    assert (review.status, review.as_of) == (Status.IN_REVIEW, NOW)
    assert kind_of("campaign").payload(review)["campaign_status"] == "IN_PROGRESS"


def test_what_twilio_has_no_more_is_gone_unless_something_newer_is_known(account: TwilioAccount) -> None:
    payload = campaign_payload()
    told(account, payload)
    asked = Review.objects.get()
    told(account, {**payload, "campaign_status": "VERIFIED", "errors": []}, at=NOW + timedelta(minutes=5))
    assert not apply_gone(asked, NOW + timedelta(minutes=4))
    assert (Review.objects.get().status, Review.objects.get().gone_at) == (Status.APPROVED, None)
    assert apply_gone(asked, NOW + timedelta(minutes=6))
    review = Review.objects.get()
    assert review.gone_at == review.as_of == NOW + timedelta(minutes=6)
    assert review.next_check_at is None


def test_what_was_created_anew_while_the_old_one_was_asked_for_is_there(account: TwilioAccount) -> None:
    told(account, campaign_payload())
    asked = Review.objects.get()
    Review.objects.update(remote_key=f"{sid('MG')}/{sid('QE')}")
    assert not apply_gone(asked, timezone.now())
    assert Review.objects.get().gone_at is None


def test_an_unchanged_answer_only_moves_its_moment(account: TwilioAccount) -> None:
    payload = campaign_payload()
    told(account, payload)
    later = NOW + timedelta(hours=1)
    assert told(account, payload, at=later).changed == 0
    assert Review.objects.get().as_of == later
    assert StatusChange.objects.count() == 1


@pytest.mark.parametrize("count", [2, 40])
def test_a_page_of_unchanged_answers_costs_the_same_whatever_its_length(account: TwilioAccount, count: int) -> None:
    payloads = [campaign_payload() for _ in range(count)]
    told(account, *payloads)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        told(account, *payloads, at=NOW + timedelta(minutes=1))
    assert len(queries) == 4, [q["sql"][:80] for q in queries]


@pytest.mark.parametrize("count", [2, 40])
def test_a_first_page_costs_the_same_whatever_its_length(account: TwilioAccount, count: int) -> None:
    with CaptureQueriesContext(connection) as queries:
        told(account, *[campaign_payload() for _ in range(count)])
    assert len(queries) <= 10, [q["sql"][:80] for q in queries]


def test_the_same_campaign_sid_under_two_services_is_two_reviews(account: TwilioAccount) -> None:
    same = "QE2c6890da8086d771620e9b13fadeba0b"
    told(account, campaign_payload(sid=same), campaign_payload(sid=same))
    assert Review.objects.count() == 2


def test_a_resubmission_in_the_console_is_noticed_and_counted(account: TwilioAccount) -> None:
    payload = campaign_payload()
    told(account, payload)
    rewritten = {**payload, "campaign_status": "IN_PROGRESS", "errors": [], "message_flow": "Rewritten in the Console."}
    told(account, rewritten, at=NOW + timedelta(hours=1))
    attempt = Attempt.objects.get()
    assert (attempt.origin, attempt.state, attempt.number) == (Attempt.ELSEWHERE, Attempt.State.ACCEPTED, 1)
    assert attempt.before["message_flow"] == payload["message_flow"]
    assert attempt.submission["message_flow"] == "Rewritten in the Console."
    assert Review.objects.get().attempts_used == 1


def test_a_verdict_is_not_taken_for_a_resubmission(account: TwilioAccount) -> None:
    payload = campaign_payload(campaign_status="IN_PROGRESS", errors=[])
    told(account, payload)
    told(account, {**payload, "campaign_status": "FAILED", "errors": [error(30924)]}, at=NOW + timedelta(hours=1))
    assert not Attempt.objects.exists()


def test_small_print_that_changes_is_mirrored_without_a_status_change(account: TwilioAccount) -> None:
    payload = campaign_payload()
    told(account, payload)
    told(account, {**payload, "rate_limits": {"att": {"mps": 600}}}, at=NOW + timedelta(hours=1))
    assert StatusChange.objects.count() == 1
    assert kind_of("campaign").payload(Review.objects.get())["rate_limits"]


ODD: dict[str, dict[str, object]] = {
    "null everywhere": {key: None for key in campaign_payload() if key not in ("sid", "messaging_service_sid")},
    "unknown status word": {"campaign_status": "PONDERING"},
    "unknown code": {"errors": [error(39999, "MESSAGE_FLOW")]},
    "code as text": {"errors": [{"error_code": "30924"}]},
    "code that is none": {"errors": [{"error_code": "soon", "description": "Wait."}]},
    "empty errors on failed": {"errors": []},
    "errors null": {"errors": None},
    "errors is text": {"errors": "30924"},
    "errors of text": {"errors": ["30924", None, 7, [], {}]},
    "missing fields": {"errors": [{"error_code": 30924}]},
    "fields null": {"errors": [{"error_code": 30924, "fields": None}]},
    "fields with nulls": {"errors": [{"error_code": 30924, "fields": [None, "MESSAGE_FLOW", 3]}]},
    "a script as link": {"errors": [{"error_code": 30924, "url": "javascript:alert(1)"}]},
    "samples null": {"message_samples": None},
    "samples is text": {"message_samples": "one"},
    "samples with nulls": {"message_samples": [None, "Hello there", 3]},
    "booleans as text": {"has_embedded_links": "true", "age_gated": None},
    "huge text": {"description": "x" * 100_000},
    "nul bytes": {"description": "a\x00b"},
    "status of another type": {"campaign_status": 7},
    "pending with errors": {"campaign_status": "PENDING", "errors": [error(30897)]},
    "huge code": {"errors": [{"error_code": 10**30}]},
    "very long word": {"campaign_status": "X" * 5000},
    "numbers that are none": {"rate_limits": {"a": float("inf"), "b": [float("nan")]}},
}


@pytest.mark.parametrize("odd", ODD.values(), ids=ODD.keys())
def test_odd_payloads_are_mirrored_as_they_are_beside_good_ones(account: TwilioAccount, odd: dict[str, object]) -> None:
    tally = told(account, campaign_payload(), {**campaign_payload(), **odd}, campaign_payload())
    assert (tally.seen, tally.failed) == (3, 0)
    for review in Review.objects.with_names():
        kind = kind_of(review.kind)
        assert kind.verdict(review, timezone.now()).headline
        assert kind.shown(review)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"])
def test_a_moment_that_nobody_could_read_back_is_none(account: TwilioAccount, moment: str) -> None:
    told(account, tollfree_payload(edit_expiration=moment, date_updated=moment), kind="tollfree")
    review = Review.objects.get()
    assert (review.deadline, review.status_since) == (None, NOW)


TOO_LONG = {
    "us_app_to_person_usecase": "X" * 61,
    "brand_registration_sid": f"BN{'0' * 33}",
    "sid": f"QE{'0' * 33}",
    "messaging_service_sid": f"MG{'0' * 80}",
}


@pytest.mark.parametrize("field", TOO_LONG)
def test_what_no_column_takes_is_kept_and_counted_and_the_rest_goes_on(account: TwilioAccount, field: str) -> None:
    known = campaign_payload()
    told(account, known)
    bad = {**campaign_payload(), field: TOO_LONG[field]}
    later = {**known, "campaign_status": "VERIFIED", "errors": []}
    tally = told(account, campaign_payload(), bad, later, at=NOW + timedelta(minutes=5))
    assert (tally.seen, tally.changed, tally.failed) == (3, 2, 1)
    assert sorted(Review.objects.values_list("status", flat=True)) == [Status.APPROVED, Status.NEEDS_FIX]
    assert UnreadablePayload.objects.get().payload[field] == TOO_LONG[field]


def test_what_no_column_takes_any_more_is_marked_and_its_last_good_answer_stays(account: TwilioAccount) -> None:
    known = campaign_payload()
    told(account, known)
    told(account, {**known, "us_app_to_person_usecase": "X" * 61}, at=NOW + timedelta(minutes=5))
    review = Review.objects.get()
    assert (review.as_of, bool(review.problem), review.campaign.use_case) == (NOW, True, "MARKETING")


def test_what_cannot_be_read_comes_up_no_more_often_than_what_can(account: TwilioAccount) -> None:
    known = campaign_payload()
    told(account, known)
    lease = timezone.now() + timedelta(minutes=3)
    Review.objects.update(next_check_at=lease)
    told(account, {**known, "us_app_to_person_usecase": "X" * 61}, at=NOW + timedelta(minutes=5))
    again = Review.objects.get().next_check_at
    assert again
    assert again > lease + timedelta(minutes=15)


@pytest.mark.parametrize("broken", [{"sid": None}, {"messaging_service_sid": ""}, {"unreadable": [1, 2]}])
def test_what_cannot_be_read_is_kept_and_counted_and_the_rest_goes_on(
    account: TwilioAccount, broken: dict[str, object]
) -> None:
    bad = {**campaign_payload(), **broken} if "unreadable" not in broken else broken
    tally = told(account, campaign_payload(), bad, campaign_payload())
    assert (tally.seen, tally.changed, tally.failed) == (3, 2, 1)
    kept = UnreadablePayload.objects.get()
    assert kept.error
    assert kept.payload


def test_the_older_single_reason_of_a_toll_free_rejection_is_read(account: TwilioAccount) -> None:
    payload = tollfree_payload(rejection_reasons=None, rejection_reason="Opt-in unclear", error_code=30513)
    told(account, payload, kind="tollfree")
    assert Review.objects.get().codes == [30513]


def test_twilios_word_on_editing_decides_a_toll_free_state(account: TwilioAccount) -> None:
    told(account, tollfree_payload(edit_allowed=True), tollfree_payload(edit_allowed=False), kind="tollfree")
    told(account, tollfree_payload(edit_allowed=None), kind="tollfree")
    states = sorted(Review.objects.values_list("status", flat=True))
    assert states == [Status.NEEDS_DECISION, Status.NEEDS_DECISION, Status.NEEDS_FIX]
