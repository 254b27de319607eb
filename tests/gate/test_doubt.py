"""Attempts in doubt: what a reading of Twilio proves about them, what it does not, and when they are given up."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount, User
from campaigns import remote, repair
from campaigns.draft import Draft
from reviews.models import Attempt, Review, StatusChange
from reviews.status import Status
from sandbox.handle import Registration, Sandbox
from sync import gate, send
from sync.poll import poll_account
from tests.factories import campaign_payload, error, make_account, make_user, mirror

REASON = "Only what becomes of it matters here."
pytestmark = pytest.mark.django_db(transaction=True)
State = Attempt.State

NEW_FLOW = "Customers tick an optional box on our booking page that reads: I agree to receive offers by text."
OTHER_FLOW = "Customers text JOIN to our number, after reading how often we write and what it costs them."
IN_REVIEW: Mapping[str, Any] = {"campaign_status": "IN_PROGRESS", "errors": []}


class Told:
    """One campaign, told of by payloads: what Twilio shows, from one reading to the next."""

    def __init__(self, **over: Any) -> None:
        self.account, self.by = make_account(), make_user()
        self.payload = campaign_payload(**over)
        for name in [key for key, value in over.items() if value is ...]:
            del self.payload[name]
        self.shows()

    def shows(self, **over: Any) -> Review:
        """A reading made now shows this. Returns the review as it stands after it."""
        self.payload = {**self.payload, **over}
        mirror(self.account, "campaign", self.payload)
        return self.review

    @property
    def review(self) -> Review:
        return Review.objects.with_names().get()

    def submit(self, note: str = "", **over: Any) -> Attempt:
        stands = dict(remote.read(self.payload).submission)
        draft = Draft.from_submission({**stands, **over})
        return repair.submit(self.review.pk, draft, self.by, based_on=stands, note=note, warnings_reason=REASON)


def becomes(attempt: Attempt, state: State) -> Attempt:
    """As the sending would leave it."""
    now = timezone.now()
    settled = {} if state in Attempt.OPEN else {"settled_at": now, "due_at": None}
    Attempt.objects.filter(pk=attempt.pk).update(state=state, sent_at=now, **settled)
    Review.objects.filter(pk=attempt.review_id).update(attempt_open=state in Attempt.OPEN)
    attempt.refresh_from_db()
    return attempt


def state_of(attempt: Attempt) -> State:
    attempt.refresh_from_db()
    return State(attempt.state)


# --- what a reading proves ---


def test_the_old_text_without_the_addresses_does_not_prove_that_new_addresses_arrived() -> None:
    told = Told(privacy_policy_url=..., terms_and_conditions_url=...)
    urls = {f"{name}_url": f"https://larkspur.example/{name}" for name in ("privacy_policy", "terms_and_conditions")}
    attempt = becomes(told.submit(**urls), State.UNKNOWN)
    told.shows(rate_limits={"att": {"mps": 600}})
    assert state_of(attempt) == State.UNKNOWN
    assert told.review.attempts_used == 0


def test_the_new_text_proves_it_even_while_the_old_word_is_shown() -> None:
    told = Told()
    attempt = becomes(told.submit(message_flow=NEW_FLOW), State.UNKNOWN)
    told.shows(message_flow=NEW_FLOW)
    assert (state_of(attempt), told.review.attempts_used) == (State.ACCEPTED, 1)


def test_another_answer_shape_is_not_a_resubmission() -> None:
    told = Told(privacy_policy_url=..., terms_and_conditions_url=...)
    review = told.shows(
        privacy_policy_url="https://larkspur.example/privacy", terms_and_conditions_url="https://larkspur.example/terms"
    )
    assert (review.attempts_used, review.attempts.count()) == (0, 0)


def test_a_new_verdict_found_when_it_was_read_back_is_new() -> None:
    """The reviewers were faster than we: the text is ours, and so is the rejection."""
    told = Told()
    attempt = becomes(told.submit(message_flow=NEW_FLOW), State.UNKNOWN)
    review = told.shows(message_flow=NEW_FLOW, errors=[error(30924, "MESSAGE_FLOW")])
    assert (state_of(attempt), review.codes) == (State.ACCEPTED, [30924])
    assert remote.verdict(review, timezone.now()).allowed, "nobody has to wait for what has come"


def test_an_old_verdict_found_with_our_text_is_old_for_a_while() -> None:
    told = Told()
    becomes(told.submit(message_flow=NEW_FLOW), State.UNKNOWN)
    review = told.shows(message_flow=NEW_FLOW)
    assert not remote.verdict(review, timezone.now()).allowed
    assert remote.verdict(review, timezone.now() + timedelta(hours=2)).allowed


# --- a copy of Twilio's that lags behind ---


def test_a_reading_from_a_copy_that_lags_behind_is_not_a_new_rejection() -> None:
    told = Told()
    before = dict(told.payload)
    attempt = becomes(told.submit(message_flow=NEW_FLOW), State.UNKNOWN)
    told.shows(message_flow=NEW_FLOW, date_updated="2026-11-22T14:00:00Z", **IN_REVIEW)
    changes = StatusChange.objects.count()
    shown = dict(told.payload)
    assert told.shows(**before).status == Status.IN_REVIEW
    review = told.shows(**shown)
    assert (review.status, review.attempts_used, review.attempts.count()) == (Status.IN_REVIEW, 1, 1)
    assert StatusChange.objects.count() == changes
    assert state_of(attempt) == State.ACCEPTED


def test_the_same_rejection_with_a_new_stamp_is_a_new_one() -> None:
    told = Told()
    before = dict(told.payload)
    becomes(told.submit(note="The opt-in page was mended."), State.UNKNOWN)
    told.shows(date_updated="2026-11-22T14:00:00Z", **IN_REVIEW)
    review = told.shows(**{**before, "date_updated": "2026-11-22T14:10:00Z"})
    assert review.status == Status.NEEDS_FIX
    assert remote.verdict(review, timezone.now()).allowed


# --- given up, and then it came ---


def test_what_was_given_up_and_arrives_late_is_ours() -> None:
    told = Told()
    attempt = becomes(told.submit(message_flow=NEW_FLOW), State.NOT_APPLIED)
    review = told.shows(message_flow=NEW_FLOW, **IN_REVIEW)
    assert (state_of(attempt), review.attempts_used, review.attempts.count()) == (State.ACCEPTED, 1, 1)


def test_what_was_given_up_is_not_taken_for_somebody_elses_resubmission() -> None:
    told = Told()
    attempt = becomes(told.submit(message_flow=NEW_FLOW), State.NOT_APPLIED)
    review = told.shows(message_flow=OTHER_FLOW, **IN_REVIEW)
    assert state_of(attempt) == State.NOT_APPLIED
    assert [a.origin for a in review.attempts.all()] == [Attempt.ELSEWHERE, Attempt.HERE]
    assert review.attempts_used == 1


def test_a_second_one_waiting_is_taken_back_when_the_first_arrives_late(settings: Settings) -> None:
    told = Told()
    first = becomes(told.submit(message_flow=NEW_FLOW), State.NOT_APPLIED)
    second = told.submit(message_flow=NEW_FLOW)
    told.shows(message_flow=NEW_FLOW, **IN_REVIEW)
    assert (state_of(first), told.review.attempts_used, told.review.attempts.count()) == (State.ACCEPTED, 1, 2)
    send.carry(second.pk)
    assert state_of(second) == State.WITHDRAWN
    assert not told.review.attempt_open


def test_what_was_given_up_is_not_counted_again_by_a_second_one_of_the_same_text() -> None:
    told = Told()
    first = becomes(told.submit(message_flow=NEW_FLOW), State.NOT_APPLIED)
    second = becomes(told.submit(message_flow=NEW_FLOW), State.UNKNOWN)
    told.shows(message_flow=NEW_FLOW, **IN_REVIEW)
    review = told.shows(message_flow=NEW_FLOW, campaign_status="FAILED", errors=[error(30924)])
    assert (state_of(first), state_of(second)) == (State.NOT_APPLIED, State.ACCEPTED)
    assert review.attempts_used == 1


# --- giving up ---


def test_pressing_read_again_does_not_make_twilio_late(
    rejected: Review, repaired: Draft, editor: User, stands: dict[str, object], twilio: Sandbox, settings: Settings
) -> None:
    settings.READ_BACK_SECONDS = [0, 0, 3600]
    attempt = repair.submit(rejected.pk, repaired, editor, based_on=stands)
    twilio.drop_before(method="POST")
    send.carry(attempt.pk)
    for _ in range(6):
        Attempt.objects.filter(pk=attempt.pk).update(due_at=timezone.now())
        send.carry(attempt.pk)
    assert state_of(attempt) == State.UNKNOWN
    Attempt.objects.filter(pk=attempt.pk).update(
        due_at=timezone.now(), sent_at=timezone.now() - timedelta(seconds=3601)
    )
    send.carry(attempt.pk)
    assert state_of(attempt) == State.NOT_APPLIED


def test_an_account_that_cannot_be_read_is_asked_ever_less_often(
    rejected: Review, repaired: Draft, editor: User, stands: dict[str, object], twilio: Sandbox
) -> None:
    attempt = repair.submit(rejected.pk, repaired, editor, based_on=stands)
    twilio.drop_after(method="POST")
    send.carry(attempt.pk)
    TwilioAccount.objects.update(sealed_secret="")
    long_ago = timezone.now() - timedelta(days=2)
    Attempt.objects.filter(pk=attempt.pk).update(due_at=timezone.now(), sent_at=long_ago)
    send.carry(attempt.pk)
    attempt.refresh_from_db()
    assert (attempt.state, attempt.reads) == (State.UNKNOWN, 0)
    assert attempt.due_at
    assert attempt.due_at > timezone.now() + timedelta(minutes=4)


# --- what was agreed to is asked again before it is sent ---


@pytest.fixture
def waiting(rejected: Review, repaired: Draft, editor: User, stands: dict[str, object]) -> Attempt:
    return repair.submit(rejected.pk, repaired, editor, based_on=stands)


def withdrawn(attempt: Attempt, twilio: Sandbox, registered: Registration) -> str:
    send.carry(attempt.pk)
    assert state_of(attempt) == State.WITHDRAWN
    assert twilio.counters().received_by("campaigns.update", registered.service_sid) == 0
    return attempt.answer


def test_a_free_one_is_not_sent_once_the_free_ones_are_used_up(
    waiting: Attempt, rejected: Review, twilio: Sandbox, registered: Registration
) -> None:
    """The same text was resubmitted in the Console and rejected again while this one waited its turn."""
    Review.objects.filter(pk=rejected.pk).update(attempts_used=3)
    assert "$15.00 now" in withdrawn(waiting, twilio, registered)


def test_nor_under_a_policy_that_costs(waiting: Attempt, twilio: Sandbox, registered: Registration) -> None:
    TwilioAccount.objects.update(policy_id="fifteen-each")
    assert "not agreed to" in withdrawn(waiting, twilio, registered)


def test_nor_for_an_account_that_was_disconnected(waiting: Attempt, twilio: Sandbox, registered: Registration) -> None:
    TwilioAccount.objects.update(disconnected_at=timezone.now())
    assert "not connected" in withdrawn(waiting, twilio, registered)


def test_what_costs_less_than_was_agreed_to_is_sent(
    rejected: Review, repaired: Draft, manager: User, stands: dict[str, object]
) -> None:
    TwilioAccount.objects.update(policy_id="fifteen-each")
    charge = remote.verdict(Review.objects.with_names().get(pk=rejected.pk), timezone.now()).charge
    assert charge
    attempt = repair.submit(rejected.pk, repaired, manager, based_on=stands, agreed_fee=charge.fee)
    TwilioAccount.objects.update(policy_id="once-per-campaign")
    send.carry(attempt.pk)
    assert state_of(attempt) == State.ACCEPTED


def test_a_poll_that_finds_nothing_new_leaves_it_waiting(waiting: Attempt, account: TwilioAccount) -> None:
    poll_account(account.pk)
    assert state_of(waiting) == State.QUEUED


# --- the database's word ---


def test_a_broken_rule_of_the_database_is_not_told_as_another_submission(
    rejected: Review, repaired: Draft, editor: User, stands: dict[str, object]
) -> None:
    """Some other constraint broke: that is our fault, and nobody is told that somebody else has sent it."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reviews_attempt ADD CONSTRAINT no_notes_today CHECK (note = '')")
    try:
        with pytest.raises(IntegrityError, match="no_notes_today"):
            repair.submit(rejected.pk, repaired, editor, based_on=stands, note="A note.")
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE reviews_attempt DROP CONSTRAINT no_notes_today")
    assert not Attempt.objects.exists()


def test_a_second_one_that_only_the_database_sees_is_told_in_words(
    waiting: Attempt, repaired: Draft, editor: User, stands: dict[str, object], rejected: Review
) -> None:
    Review.objects.filter(pk=rejected.pk).update(attempt_open=False)
    with pytest.raises(gate.NotSent, match="Another submission"):
        repair.submit(rejected.pk, replace(repaired, age_gated=True), editor, based_on=stands)
    assert Attempt.objects.count() == 1
