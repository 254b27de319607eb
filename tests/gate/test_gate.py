"""The gate, case by case: what it lets through, what it refuses and why. Nothing here reaches Twilio."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from celery import current_app
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role, TwilioAccount, User
from audit.models import Entry
from campaigns import checks, repair
from campaigns.draft import Draft
from campaigns.models import Campaign
from reviews import house
from reviews.house_models import CheckRule
from reviews.models import Attempt, Review
from reviews.status import Status
from sync import due
from sync.gate import NotSent
from tests.factories import make_user
from tests.queues import empty_queues, unfinished

pytestmark = pytest.mark.django_db(transaction=True)

type Submit = Callable[..., Attempt]


@pytest.fixture
def submit(rejected: Review, repaired: Draft, stands: dict[str, object]) -> Submit:
    def call(by: User, draft: Draft = repaired, based_on: dict[str, object] = stands, **given: Any) -> Attempt:
        return repair.submit(rejected.pk, draft, by, based_on=based_on, **given)

    return call


def refused(submit: Submit, *args: Any, **given: Any) -> list[tuple[str, str]]:
    """Submits, expects a refusal that changed nothing, and returns its objections."""
    with pytest.raises(NotSent) as caught:
        submit(*args, **given)
    assert not Attempt.objects.exists()
    assert not Entry.objects.filter(verb__endswith=":resubmitted").exists()
    assert not Review.objects.filter(attempt_open=True).exists()
    return [(objection.control, objection.words) for objection in caught.value.objections]


# --- money: preset, attempts already used, role, tick -> sent or refused beside which control ---


@dataclass(frozen=True)
class Case:
    policy: str
    used: int
    role: Role
    agreed: str | None
    refused_at: str | None
    fee: str = "0.00"


MONEY = [
    Case("three-free-then-15", 0, Role.EDITOR, None, None),
    Case("three-free-then-15", 2, Role.EDITOR, None, None),
    Case("three-free-then-15", 3, Role.EDITOR, "15.00", "agreed_fee"),
    Case("three-free-then-15", 3, Role.MANAGER, None, "agreed_fee"),
    Case("three-free-then-15", 3, Role.MANAGER, "0.00", "agreed_fee"),
    Case("three-free-then-15", 3, Role.MANAGER, "14.99", "agreed_fee"),
    Case("three-free-then-15", 3, Role.MANAGER, "15.00", None, "15.00"),
    Case("three-free-then-15", 9, Role.ADMINISTRATOR, "15.00", None, "15.00"),
    Case("fifteen-each", 0, Role.EDITOR, "15.00", "agreed_fee"),
    Case("fifteen-each", 0, Role.MANAGER, None, "agreed_fee"),
    Case("fifteen-each", 0, Role.MANAGER, "15.00", None, "15.00"),
    Case("once-per-campaign", 0, Role.EDITOR, None, None),
    Case("once-per-campaign", 40, Role.EDITOR, None, None),
]


@pytest.mark.parametrize("case", MONEY, ids=lambda c: f"{c.policy}-{c.used}-{c.role}-{c.agreed}")
def test_money(case: Case, submit: Submit, rejected: Review) -> None:
    TwilioAccount.objects.update(policy_id=case.policy)
    Review.objects.filter(pk=rejected.pk).update(attempts_used=case.used)
    agreed = Decimal(case.agreed) if case.agreed else None
    if case.refused_at:
        assert [at for at, _ in refused(submit, make_user(case.role), agreed_fee=agreed)] == [case.refused_at]
        return
    attempt = submit(make_user(case.role), agreed_fee=agreed)
    assert attempt.fee == Decimal(case.fee)
    assert (attempt.fee_agreed_at is not None) == (Decimal(case.fee) > 0)
    assert attempt.policy["id"] == case.policy


def test_a_price_that_rose_after_the_page_was_opened_is_asked_again(submit: Submit, manager: User) -> None:
    TwilioAccount.objects.update(
        policy_id="custom", free_resubmissions=0, fee_per_resubmission="20.00", policy_set_by="Ana Ruiz"
    )
    [(control, words)] = refused(submit, manager, agreed_fee=Decimal("15.00"))
    assert (control, "$20.00" in words, "Nothing was sent" in words) == ("agreed_fee", True, True)


# --- state ---


@pytest.mark.parametrize(
    "changed",
    [
        {"status": Status.IN_REVIEW, "twilio_status": "IN_PROGRESS"},
        {"status": Status.STOPPED, "twilio_status": "SUSPENDED"},
        {"status": Status.UNKNOWN, "twilio_status": "PONDERING"},
        {"gone_at": timezone.now()},
        {"rejections": [{"code": 30883, "description": "", "url": "", "fields": []}], "status": Status.NEEDS_DECISION},
    ],
    ids=["in review", "suspended", "unknown word", "gone", "final code"],
)
def test_what_cannot_be_edited_is_refused_in_words(
    changed: dict[str, Any], submit: Submit, rejected: Review, manager: User
) -> None:
    Review.objects.filter(pk=rejected.pk).update(**changed)
    [(control, words)] = refused(submit, manager)
    assert control == ""
    assert words.endswith(".")


def test_a_viewer_may_not_send(submit: Submit) -> None:
    assert "Editor" in refused(submit, make_user(Role.VIEWER))[0][1]


def test_a_deactivated_person_may_not_send(submit: Submit) -> None:
    refused(submit, make_user(Role.MANAGER, is_active=False))


def test_a_text_begun_on_what_no_longer_stands_is_not_sent(
    submit: Submit, editor: User, stands: dict[str, object]
) -> None:
    older = {**stands, "description": "What somebody else has since replaced in the Console."}
    assert "changed at Twilio" in refused(submit, editor, based_on=older)[0][1]


def test_every_error_of_the_checks_is_said_beside_its_field(submit: Submit, editor: User, repaired: Draft) -> None:
    bad = replace(repaired, description="Too short.", message_samples=("One.",), privacy_policy_url="http://x.example")
    controls = {control for control, _ in refused(submit, editor, draft=bad)}
    assert {"description", "privacy_policy_url"} <= controls
    assert any(control.startswith(("sample", "message_samples")) for control in controls)


def test_the_same_text_needs_a_reason(submit: Submit, editor: User, stands: dict[str, object]) -> None:
    same = Draft.from_submission(stands)
    reason = {"warnings_reason": "The page shows the missing lines."}
    assert [control for control, _ in refused(submit, editor, draft=same, **reason)] == ["note"]
    assert submit(editor, draft=same, note="The opt-in page was mended.", **reason).note


# --- what the checks say ---

NOBODY_NAMED = ("Your yearly check is due, book it this week. Reply STOP to opt out.",) * 2


def doubtful(repaired: Draft) -> Draft:
    """A draft that Twilio takes and a reviewer likely refuses: no sample names the brand."""
    return replace(repaired, message_samples=NOBODY_NAMED, has_embedded_links=False)


@pytest.mark.parametrize("reason", ["", "  \n "])
def test_a_warning_is_not_passed_over_without_a_reason(
    reason: str, submit: Submit, editor: User, repaired: Draft
) -> None:
    [(control, words)] = refused(submit, editor, draft=doubtful(repaired), warnings_reason=reason)
    assert (control, "say why it should be sent all the same" in words) == ("warnings_reason", True)


def test_with_a_reason_it_is_sent_and_both_are_kept(submit: Submit, editor: User, repaired: Draft) -> None:
    attempt = submit(editor, draft=doubtful(repaired), warnings_reason="The sender is shown above each message.")
    attempt.refresh_from_db()
    assert attempt.warnings_reason == "The sender is shown above each message."
    assert "warning" in {finding["severity"] for finding in attempt.findings}


def test_a_good_text_asks_for_no_reason_and_keeps_none(submit: Submit, editor: User) -> None:
    attempt = submit(editor, warnings_reason="Left over from an earlier page.")
    assert (attempt.findings, attempt.warnings_reason) == ([], "")


def test_advice_does_not_ask(submit: Submit, editor: User, repaired: Draft, rejected: Review) -> None:
    found = checks.run(doubtful(repaired), checks.context_of(rejected.pk))
    for rule in {finding.rule for finding in found}:
        CheckRule.objects.create(rule=rule, severity="advice", reason="A house rule.", by_name="Ana Ruiz")
    house.forget()
    attempt = submit(editor, draft=doubtful(repaired))
    assert {finding["severity"] for finding in attempt.findings} == {"advice"}


def test_no_reason_passes_over_an_error(submit: Submit, editor: User, repaired: Draft) -> None:
    bad = replace(repaired, description="Too short.")
    found = refused(submit, editor, draft=bad, warnings_reason="We are in a hurry.")
    assert [control for control, _ in found] == ["description"]


def test_an_error_in_what_no_update_carries_is_for_the_reviewer(submit: Submit, editor: User, rejected: Review) -> None:
    campaign = Campaign.objects.get(review=rejected)
    Campaign.objects.filter(pk=campaign.pk).update(payload={**campaign.payload, "help_keywords": ["HELP ME!"]})
    assert [control for control, _ in refused(submit, editor)] == ["warnings_reason"]


def test_an_approved_campaign_keeps_its_flags_and_needs_a_manager(
    submit: Submit, rejected: Review, repaired: Draft, editor: User, manager: User
) -> None:
    Review.objects.filter(pk=rejected.pk).update(status=Status.APPROVED)
    assert "Manager" in refused(submit, editor)[0][1]
    assert refused(submit, manager, draft=replace(repaired, age_gated=True))[0][0] == "age_gated"
    assert submit(manager).state == Attempt.State.QUEUED


def test_an_echo_of_the_old_verdict_is_not_a_new_one(submit: Submit, rejected: Review, editor: User) -> None:
    Review.objects.filter(pk=rejected.pk).update(resubmitted_at=timezone.now())
    assert "waiting for Twilio" in refused(submit, editor)[0][1]


# --- at once ---


def test_twenty_submits_at_once_open_one_attempt(
    rejected: Review, repaired: Draft, stands: dict[str, object], editor: User
) -> None:
    start, outcomes = Barrier(20), list[str]()

    def press() -> None:
        start.wait()
        try:
            repair.submit(rejected.pk, repaired, editor, based_on=stands)
            outcomes.append("sent")
        except NotSent:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=press) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused"] * 19 + ["sent"]
    assert Attempt.objects.count() == 1


# --- the database, when everything above it is wrong ---


def test_the_database_refuses_a_second_open_attempt(submit: Submit, editor: User, rejected: Review) -> None:
    submit(editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(review=rejected, number=2, by_name="nobody")


def test_the_database_refuses_a_fee_nobody_agreed_to(rejected: Review) -> None:
    for bad in ({"fee": Decimal("15.00")}, {"over_allowance": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Attempt.objects.create(review=rejected, number=1, by_name="nobody", **bad)


def test_the_database_refuses_the_same_number_twice(submit: Submit, editor: User, rejected: Review) -> None:
    submit(editor)
    with pytest.raises(IntegrityError), transaction.atomic():
        Attempt.objects.create(review=rejected, number=1, state=Attempt.State.REFUSED, by_name="nobody")


def test_a_submission_is_audited_with_who_agreed_to_what(submit: Submit, manager: User) -> None:
    TwilioAccount.objects.update(policy_id="fifteen-each")
    submit(manager, agreed_fee=Decimal("15.00"))
    entry = Entry.objects.get(verb="campaign:resubmitted")
    assert (entry.actor_name, entry.detail["fee"]) == (manager.display_name, "15.00")
    assert entry.detail["agreed"]


def test_the_audit_trail_cannot_be_changed(submit: Submit, editor: User) -> None:
    submit(editor)
    for change in (lambda: Entry.objects.update(actor_name="nobody"), lambda: Entry.objects.all().delete()):
        with pytest.raises(Exception, match="append-only"), transaction.atomic():
            change()


# --- how it reaches a worker ---


@pytest.fixture
def no_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody answers where this process puts its tasks."""
    monkeypatch.setattr(current_app.conf, "broker_write_url", "redis://127.0.0.1:1")
    monkeypatch.setattr(current_app.conf, "task_publish_retry", False)
    monkeypatch.setattr(current_app.amqp, "_producer_pool", None)


def test_what_is_in_the_queue_is_not_put_there_again_by_the_next_sweep(submit: Submit, editor: User) -> None:
    empty_queues()
    attempt, now = submit(editor), timezone.now()
    assert unfinished() == 1
    assert due.claim_due_attempts(now) == []
    assert due.claim_due_attempts(now + due.EXPIRES) == [attempt.pk], "its task may have been lost"


def test_what_could_not_be_put_into_the_queue_is_found_by_the_next_sweep(
    no_broker: None, submit: Submit, editor: User
) -> None:
    attempt = submit(editor)
    assert attempt.state == Attempt.State.QUEUED
    assert due.claim_due_attempts(timezone.now()) == [attempt.pk]
