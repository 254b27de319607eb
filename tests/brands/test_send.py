"""A brand's repair on its way: papers corrected, reviewed and approved, then one update call, whatever goes wrong."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import Q
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import TwilioAccount, User
from brands import dossier, repair
from brands.draft import Draft
from brands.models import Brand, Bundle, Entity
from brands.trusthub import read_dossier
from reviews.models import Attempt, AttemptStep, Review
from reviews.status import Status
from sandbox.handle import RegisteredBrand, Sandbox
from sync import send
from sync.gate import NotSent
from sync.poll import poll_account
from sync.remote import twilio_for
from tests.brands.conftest import carried, mirrored, standing, steps_of

pytestmark = pytest.mark.django_db(transaction=True)
State = Attempt.State


def updates(twilio: Sandbox, brand: RegisteredBrand) -> int:
    return twilio.counters().accepted_by("brands.update", brand.brand_sid)


def test_the_papers_are_corrected_reviewed_and_approved_before_the_brand_is_sent(
    attempt: Attempt, failed: Review, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    papers = at_registry.papers
    assert list(steps_of(attempt)) == ["end_user", "evaluate", "submit", "await", "look"]
    assert carried(attempt).state == State.PREPARING
    assert steps_of(attempt) == {"end_user": True, "evaluate": True, "submit": True, "await": False, "look": False}
    assert updates(twilio, at_registry) == 0, "not before the profile is approved"
    twilio.judge_now(papers.profile_sid)
    assert carried(attempt).state == State.ACCEPTED
    assert updates(twilio, at_registry) == 1
    failed.refresh_from_db()
    assert (failed.status, failed.attempts_used, failed.attempt_open) == (Status.IN_REVIEW, 1, False)
    twilio.judge_now(at_registry.brand_sid)
    poll_account(failed.account_id)
    failed.refresh_from_db()
    assert (failed.status, failed.attempts.count()) == (Status.APPROVED, 1)


def test_only_what_was_changed_is_written(attempt: Attempt, twilio: Sandbox, at_registry: RegisteredBrand) -> None:
    carried(attempt)
    counters, papers = twilio.counters(), at_registry.papers
    assert counters.accepted_by("end_users.update", papers.business_sid) == 1
    assert "addresses.update" not in counters.accepted
    assert "products.update" not in counters.accepted
    held = Entity.objects.get(sid=papers.business_sid).attributes
    assert held["business_registration_number"] == papers.tax_id
    assert held["business_name"] == "Larkspur Bike Repair"


def test_address_representative_and_a2p_bundle_go_in_one_form_and_one_attempt(
    failed: Review, stands: dict[str, Any], repaired: Draft, editor: User, twilio: Sandbox,
    at_registry: RegisteredBrand,
) -> None:  # fmt: skip
    papers = at_registry.papers
    changed = {"street": "411 Alder St", "email": "owner@larkspurbikerepair.example", "company_type": "non-profit"}
    draft = Draft.from_submission({**repaired.as_submission(), **changed})
    attempt = repair.submit(failed.pk, draft, editor, based_on=stands)
    words = [step.key.partition(":")[0] for step in attempt.steps.all()]
    assert words == ["end_user", "end_user", "address", "end_user", *["evaluate", "submit", "await"] * 2, "look"]
    carried(attempt)
    twilio.judge_now(papers.profile_sid)
    carried(attempt)
    assert attempt.state == State.PREPARING, "the A2P bundle is reviewed too"
    twilio.judge_now(papers.product_sid)
    assert carried(attempt).state == State.ACCEPTED
    dossier.read(failed.pk)
    assert {key: standing(failed)[key] for key in changed} == changed


def test_days_of_waiting_are_waited_with_growing_pauses(attempt: Attempt, twilio: Sandbox) -> None:
    carried(attempt)
    assert attempt.due_at
    assert attempt.due_at - timezone.now() < timedelta(seconds=15)
    AttemptStep.objects.filter(key__startswith="await").update(began_at=timezone.now() - timedelta(hours=1))
    carried(attempt)
    assert timedelta(minutes=14) < attempt.due_at - timezone.now() < timedelta(minutes=16)
    AttemptStep.objects.filter(key__startswith="await").update(began_at=timezone.now() - timedelta(days=6))
    carried(attempt)
    assert attempt.state == State.PREPARING
    assert attempt.due_at - timezone.now() <= timedelta(minutes=30)


def test_an_incomplete_profile_is_refused_with_each_requirement_and_nothing_is_spent(
    failed: Review, stands: dict[str, Any], repaired: Draft, editor: User, twilio: Sandbox,
    at_registry: RegisteredBrand,
) -> None:  # fmt: skip
    draft = Draft.from_submission({**repaired.as_submission(), "business_identity": "somebody"})
    attempt = carried(repair.submit(failed.pk, draft, editor, based_on=stands))
    assert attempt.state == State.REFUSED
    assert "Customer profile complete: Not complete, so nothing was handed in." in attempt.answer
    assert "Customer Profile Business Information: Business Identity is missing or not valid" in attempt.answer
    failed.refresh_from_db()
    assert (failed.attempts_used, failed.attempt_open, updates(twilio, at_registry)) == (0, False, 0)
    assert Bundle.objects.filter(kind=Bundle.CUSTOMER_PROFILE, evaluation__status="noncompliant").exists()


def test_a_profile_that_twilio_rejects_ends_the_attempt_with_its_words(
    failed: Review, stands: dict[str, Any], editor: User, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    draft = Draft.from_submission({**stands, "business_registration_number": "91-1111111"})
    attempt = carried(repair.submit(failed.pk, draft, editor, based_on=stands))
    twilio.judge_now(at_registry.papers.profile_sid)
    assert carried(attempt).state == State.REFUSED
    assert "18602: The Business ID you provided could not be verified." in attempt.answer
    failed.refresh_from_db()
    assert (failed.attempts_used, updates(twilio, at_registry)) == (0, 0)


def test_a_corrected_profile_that_was_approved_in_the_console_needs_only_a_last_look(
    account: TwilioAccount, twilio: Sandbox, editor: User, at_registry: RegisteredBrand
) -> None:
    twilio.approve(at_registry.papers.profile_sid)
    review = mirrored(account)
    stands = standing(review)
    with pytest.raises(NotSent, match="Say in the note"):
        repair.submit(review.pk, Draft.from_submission(stands), editor, based_on=stands)
    note = "The registry was told the new name."
    attempt = repair.submit(review.pk, Draft.from_submission(stands), editor, based_on=stands, note=note)
    assert [step.key for step in attempt.steps.all()] == ["look"]
    assert carried(attempt).state == State.ACCEPTED


FAULTS_BEFORE = ["server_error", "drop_before", "time_out_before"]
FAULTS_AFTER = ["drop_after", "time_out_after", "half_body", "wrong_json"]
WRITES = ["EndUsers", "Evaluations", "CustomerProfiles/BU[0-9a-f]+$"]


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("fault", [*FAULTS_BEFORE, *FAULTS_AFTER])
def test_a_step_without_an_answer_is_looked_for_and_done_once(
    path: str, fault: str, attempt: Attempt, twilio: Sandbox, at_registry: RegisteredBrand, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    getattr(twilio, fault)(method="POST", path=path)
    assert carried(attempt).state == State.PREPARING
    assert not steps_of(attempt)["await"]
    carried(attempt)
    twilio.judge_now(at_registry.papers.profile_sid)
    assert carried(attempt).state == State.ACCEPTED
    counters = twilio.counters()
    assert counters.accepted_by("end_users.update", at_registry.papers.business_sid) == 1
    assert counters.accepted_by("profiles.update", at_registry.papers.profile_sid) == 1
    assert updates(twilio, at_registry) == 1


@pytest.mark.parametrize("path", [*WRITES, "BrandRegistrations"])
def test_a_429_waits_as_long_as_twilio_asks(
    path: str, attempt: Attempt, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    twilio.throttle(retry_after=40, method="POST", path=path)
    carried(attempt)
    if path == "BrandRegistrations":
        twilio.judge_now(at_registry.papers.profile_sid)
        carried(attempt)
    assert attempt.state in Attempt.NOT_SENT
    assert attempt.due_at
    assert attempt.due_at >= timezone.now() + timedelta(seconds=35)
    carried(attempt)
    twilio.judge_now(at_registry.papers.profile_sid)
    assert carried(attempt).state == State.ACCEPTED
    assert updates(twilio, at_registry) == 1


@pytest.mark.parametrize("fault", FAULTS_AFTER)
def test_an_update_that_arrived_without_an_answer_is_found_and_never_repeated(
    fault: str, attempt: Attempt, failed: Review, twilio: Sandbox, at_registry: RegisteredBrand, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    carried(attempt)
    twilio.judge_now(at_registry.papers.profile_sid)
    getattr(twilio, fault)(method="POST", path="BrandRegistrations")
    assert carried(attempt).state == State.UNKNOWN
    for _ in range(5):
        carried(attempt)
    assert attempt.state == State.ACCEPTED
    failed.refresh_from_db()
    assert (failed.status, failed.attempts_used, updates(twilio, at_registry)) == (Status.IN_REVIEW, 1, 1)


@pytest.mark.parametrize("fault", FAULTS_BEFORE)
def test_an_update_that_never_arrived_is_not_taken_for_one_that_did(
    fault: str, attempt: Attempt, failed: Review, editor: User, twilio: Sandbox, at_registry: RegisteredBrand,
    settings: Settings,
) -> None:  # fmt: skip
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    carried(attempt)
    # Days go by, and the brand's own stamp moves while nobody resubmitted it.
    twilio.override(at_registry.brand_sid, {"date_updated": "2026-12-24T10:00:00Z"})
    twilio.judge_now(at_registry.papers.profile_sid)
    getattr(twilio, fault)(method="POST", path="BrandRegistrations")
    assert carried(attempt).state == State.UNKNOWN
    for _ in range(5):
        carried(attempt)
    assert attempt.state == State.NOT_APPLIED
    failed.refresh_from_db()
    assert (failed.attempts_used, failed.attempt_open, updates(twilio, at_registry)) == (0, False, 0)
    stands = standing(failed)
    again = repair.submit(failed.pk, Draft.from_submission(stands), editor, based_on=stands, note="It never arrived.")
    assert [step.key for step in again.steps.all()] == ["look"]
    assert carried(again).state == State.ACCEPTED


def test_it_can_be_taken_back_while_it_is_prepared(
    attempt: Attempt, failed: Review, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    carried(attempt)
    assert send.withdraw(attempt.pk)
    twilio.judge_now(at_registry.papers.profile_sid)
    assert carried(attempt).state == State.WITHDRAWN
    assert "stays at Twilio" in attempt.answer
    failed.refresh_from_db()
    assert (failed.attempt_open, updates(twilio, at_registry)) == (False, 0)


def test_what_was_written_and_never_reviewed_is_reviewed_with_the_next_attempt(
    account: TwilioAccount, editor: User, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    twilio.approve(at_registry.papers.profile_sid)
    review = mirrored(account)
    stands = standing(review)
    draft = Draft.from_submission({**stands, "business_registration_number": at_registry.papers.tax_id})
    first = repair.submit(review.pk, draft, editor, based_on=stands)
    twilio.throttle(method="POST", path="Evaluations")
    carried(first)
    assert send.withdraw(first.pk)
    dossier.read(review.pk)
    stands = standing(review)
    assert stands["business_registration_number"] == at_registry.papers.tax_id
    again = repair.submit(review.pk, Draft.from_submission(stands), editor, based_on=stands, note="The same.")
    assert list(steps_of(again)) == ["evaluate", "submit", "await", "look"]


def test_a_brand_resubmitted_elsewhere_meanwhile_is_counted_once_and_ours_is_taken_back(
    attempt: Attempt, failed: Review, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    carried(attempt)
    twilio.judge_now(at_registry.papers.profile_sid)
    twilio.edit_elsewhere(at_registry.brand_sid)
    assert carried(attempt).state == State.WITHDRAWN
    failed.refresh_from_db()
    assert (failed.status, failed.attempts_used, failed.attempt_open) == (Status.IN_REVIEW, 1, False)
    elsewhere = failed.attempts.get(origin=Attempt.ELSEWHERE)
    assert elsewhere.state == State.ACCEPTED
    assert updates(twilio, at_registry) == 0


def test_facts_that_somebody_changed_meanwhile_are_not_overwritten(
    attempt: Attempt, failed: Review, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    held = Entity.objects.get(sid=at_registry.papers.business_sid)
    theirs = {**held.attributes, "business_registration_number": "91-2222222"}
    twilio.override(at_registry.papers.business_sid, {"attributes": theirs})
    assert carried(attempt).state == State.REFUSED
    assert "Somebody changed it at Twilio meanwhile" in attempt.answer
    assert "end_users.update" not in twilio.counters().received


def test_facts_that_somebody_changed_while_the_reviewers_looked_are_not_sent(
    attempt: Attempt, failed: Review, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    carried(attempt)
    papers = at_registry.papers
    held = Entity.objects.get(sid=papers.business_sid)
    twilio.override(papers.business_sid, {"attributes": {**held.attributes, "business_name": "Larkspur Cycles"}})
    twilio.judge_now(papers.profile_sid)
    assert carried(attempt).state == State.REFUSED
    assert "Nothing was sent to the registry and no try was used." in attempt.answer
    assert "Legal business name" in attempt.answer
    failed.refresh_from_db()
    assert (failed.attempts_used, failed.attempt_open, updates(twilio, at_registry)) == (0, False, 0)
    assert standing(failed)["business_name"] == "Larkspur Cycles"


def test_a_paper_that_no_step_wrote_is_looked_at_before_the_brand_is_sent(
    attempt: Attempt, failed: Review, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    carried(attempt)
    address = Entity.objects.get(type="address")
    twilio.override(address.sid, {"city": "Olympia"})
    twilio.judge_now(at_registry.papers.profile_sid)
    assert carried(attempt).state == State.REFUSED
    assert "City" in attempt.answer
    failed.refresh_from_db()
    assert (failed.attempts_used, updates(twilio, at_registry)) == (0, 0)


def test_the_last_look_reads_each_paper_once(attempt: Attempt, twilio: Sandbox, at_registry: RegisteredBrand) -> None:
    carried(attempt)
    twilio.judge_now(at_registry.papers.profile_sid)
    before = len(twilio.calls())
    assert carried(attempt).state == State.ACCEPTED
    read = [call.path for call in twilio.calls()[before:] if "/EndUsers/" in call.path or "/Addresses/" in call.path]
    papers = Entity.objects.filter(Q(sid__startswith="IT") | Q(sid__startswith="AD"))
    assert len(read) == len(set(read)) == papers.count()


def test_a_list_typed_without_spaces_is_what_was_agreed_to(
    failed: Review, repaired: Draft, editor: User, stands: dict[str, Any], twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    business = Entity.objects.get(sid=at_registry.papers.business_sid)
    pages = ["https://social.example/a", "https://social.example/b"]
    draft = Draft.from_submission({**repaired.as_submission(), "social_media_profile_urls": ",".join(pages)})
    attempt = carried(repair.submit(failed.pk, draft, editor, based_on=stands))
    twilio.override(business.sid, {"attributes": {
        **Entity.objects.get(sid=business.sid).attributes, "social_media_profile_urls": pages,
    }})  # fmt: skip
    twilio.judge_now(at_registry.papers.profile_sid)
    assert carried(attempt).state == State.ACCEPTED, attempt.answer


def test_a_campaign_registered_under_it_meanwhile_stops_it(
    attempt: Attempt, account: TwilioAccount, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    carried(attempt)
    twilio.hang_campaign(at_registry)
    twilio.judge_now(at_registry.papers.profile_sid)
    poll_account(account.pk)
    assert carried(attempt).state == State.WITHDRAWN
    assert "1 campaign hangs on this brand" in attempt.answer
    assert twilio.counters().received_by("brands.update", at_registry.brand_sid) == 0


def test_a_reading_that_began_before_a_step_does_not_undo_it(
    attempt: Attempt, failed: Review, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    brand = Brand.objects.get(review=failed)
    asked_at = timezone.now()
    slow = read_dossier(twilio_for(failed.account), brand.sid, brand.profile_sid, brand.product_sid, asked_at)
    carried(attempt)
    dossier.keep(failed.account, brand, slow)
    assert standing(failed)["business_registration_number"] == at_registry.papers.tax_id


def test_an_old_picture_right_after_the_update_is_no_second_rejection(
    attempt: Attempt, failed: Review, account: TwilioAccount, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    before = dict(Brand.objects.get(review=failed).payload)
    carried(attempt)
    twilio.judge_now(at_registry.papers.profile_sid)
    assert carried(attempt).state == State.ACCEPTED
    shown = {key: before[key] for key in ("status", "errors", "brand_feedback", "identity_status", "date_updated")}
    twilio.override(at_registry.brand_sid, shown)
    poll_account(account.pk)
    failed.refresh_from_db()
    assert failed.status == Status.IN_REVIEW
    twilio.override(at_registry.brand_sid)
    poll_account(account.pk)
    failed.refresh_from_db()
    assert (failed.attempts_used, failed.attempts.count()) == (1, 1)


def test_another_answer_about_the_brand_is_no_resubmission(
    failed: Review, account: TwilioAccount, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    twilio.override(at_registry.brand_sid, {"brand_feedback": ["OTHERS"], "brand_score": 12})
    poll_account(account.pk)
    dossier.read(failed.pk)
    failed.refresh_from_db()
    assert (failed.attempts_used, failed.attempts.count()) == (0, 0)


def test_a_fourth_update_is_not_tried_and_the_count_can_be_corrected(
    failed: Review, repaired: Draft, editor: User, stands: dict[str, Any]
) -> None:
    Review.objects.filter(pk=failed.pk).update(attempts_used=3)
    with pytest.raises(NotSent, match="21724"):
        repair.submit(failed.pk, repaired, editor, based_on=stands)
    Review.objects.filter(pk=failed.pk).update(attempts_used=2)
    assert repair.submit(failed.pk, repaired, editor, based_on=stands).policy["free_left_before"] == 1


def test_twilios_own_count_is_said_where_ours_was_wrong(
    account: TwilioAccount, editor: User, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    twilio.approve(at_registry.papers.profile_sid)
    for _ in range(3):
        twilio_for(account).update_brand(at_registry.brand_sid)
        twilio.reject(at_registry.brand_sid, [30795])
    review = mirrored(account)
    stands = standing(review)
    attempt = repair.submit(review.pk, Draft.from_submission(stands), editor, based_on=stands, note="Once more.")
    assert carried(attempt).state == State.REFUSED
    assert attempt.answer_code == 21724
    review.refresh_from_db()
    assert (review.attempts_used, review.attempt_open) == (0, False)
