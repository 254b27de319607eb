"""What stands behind a brand: read by a worker, kept with its age, and said where it cannot be read."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import TwilioAccount
from brands import asking, dossier, tasks
from brands.facts import plain_number
from brands.models import Brand, Bundle, Entity
from reviews.models import Review
from sandbox.handle import RegisteredBrand, Sandbox
from sync.poll import poll_account
from sync.remote import twilio_for
from tests.brands.conftest import FALSE_NUMBER, mirrored, standing
from tests.factories import brand_payload, make_account, mirror

pytestmark = pytest.mark.django_db


def brand_of(review: Review) -> Brand:
    return Brand.objects.get(review=review)


def test_it_holds_both_bundles_their_papers_and_the_address_behind_the_document(
    failed: Review, at_registry: RegisteredBrand
) -> None:
    papers = at_registry.papers
    profile = Bundle.objects.get(sid=papers.profile_sid)
    held = set(profile.entities.values_list("sid", flat=True))
    assert held == {papers.business_sid, papers.representative_sid, papers.document_sid, papers.address_sid}
    assert profile.status == "twilio-rejected"
    product = Bundle.objects.get(sid=papers.product_sid)
    assert (product.kind, product.status) == (Bundle.TRUST_PRODUCT, "twilio-approved")
    assert set(product.entities.values_list("sid", flat=True)) == {papers.messaging_sid, papers.profile_sid}
    assert standing(failed)["business_registration_number"] == FALSE_NUMBER
    assert standing(failed)["postal_code"] == "98402"


def test_it_takes_some_ten_calls(failed: Review, twilio: Sandbox) -> None:
    twilio.clear_journal()
    dossier.read(failed.pk)
    assert len(twilio.calls()) == 12


def test_the_newest_evaluation_is_kept(
    failed: Review, account: TwilioAccount, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    policy_sid = str(Bundle.objects.get(sid=at_registry.papers.profile_sid).payload["policy_sid"])
    twilio_for(account).evaluate_bundle(Bundle.CUSTOMER_PROFILE, at_registry.papers.profile_sid, policy_sid)
    dossier.read(failed.pk)
    evaluation = Bundle.objects.get(sid=at_registry.papers.profile_sid).evaluation
    assert evaluation is not None
    assert evaluation["status"] == "compliant"


@pytest.mark.parametrize("path", ["CustomerProfiles/BU", "EndUsers", "Addresses", "Vettings", "EntityAssignments"])
def test_one_that_cannot_be_read_keeps_what_was_known_and_says_so(path: str, failed: Review, twilio: Sandbox) -> None:
    known = dict(standing(failed))
    twilio.server_error(path=path, calls=20)
    dossier.read(failed.pk)
    brand = brand_of(failed)
    assert "Twilio did not show what stands behind it" in brand.dossier_problem
    assert brand.dossier_due_at
    assert (brand.dossier_asked_at, standing(failed)) == (None, known)
    twilio.clear_faults()
    dossier.read(failed.pk)
    assert brand_of(failed).dossier_problem == ""


def test_refused_credentials_are_said(failed: Review, account: TwilioAccount) -> None:
    TwilioAccount.objects.update(key_sid="SK" + "0" * 32)
    dossier.read(failed.pk)
    assert "Connect the account again" in brand_of(failed).dossier_problem


def test_a_bundle_that_twilio_has_no_more_is_named(
    failed: Review, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    twilio.remove(at_registry.papers.profile_sid)
    dossier.read(failed.pk)
    assert brand_of(failed).dossier_problem == f"Twilio has no bundle {at_registry.papers.profile_sid}."
    assert "business_name" not in standing(failed)


def test_odd_papers_are_read_without_harm(failed: Review, twilio: Sandbox, at_registry: RegisteredBrand) -> None:
    twilio.override(at_registry.papers.business_sid, {"attributes": ["none"], "type": None, "friendly_name": 7})
    twilio.override(at_registry.papers.document_sid, {"attributes": {"address_sids": {"odd": 1}}})
    twilio.override(at_registry.papers.messaging_sid, {"attributes": {"company_type": "\x00", "stock_ticker": 5}})
    dossier.read(failed.pk)
    assert brand_of(failed).dossier_problem == ""
    assert standing(failed)["stock_ticker"] == "5"


def test_an_older_reading_is_dropped(failed: Review) -> None:
    newer = timezone.now() + timedelta(seconds=30)
    Brand.objects.update(dossier_read_at=newer)
    Entity.objects.all().delete()
    dossier.read(failed.pk)
    assert not Entity.objects.exists()
    assert brand_of(failed).dossier_read_at == newer


def test_a_fresh_one_is_not_read_again_and_nobody_reads_it_twice_at_once(failed: Review) -> None:
    now = timezone.now()
    asking.ask(failed, now)
    assert brand_of(failed).dossier_asked_at is None, "it is fresh"
    asking.ask(failed, now + dossier.FRESH + timedelta(seconds=1))
    asked = brand_of(failed).dossier_asked_at
    assert asked
    asking.ask(failed, asked + timedelta(seconds=1), at_once=True)
    assert brand_of(failed).dossier_asked_at == asked, "somebody is reading it"
    asking.ask(failed, asked + dossier.LEASE + timedelta(seconds=1))
    assert brand_of(failed).dossier_asked_at != asked, "that one is dead"


def test_one_that_could_not_be_read_is_not_asked_for_with_each_look(failed: Review) -> None:
    now = timezone.now()
    Brand.objects.update(dossier_read_at=None, dossier_problem="No.", dossier_due_at=now + timedelta(minutes=5))
    asking.ask(failed, now)
    assert brand_of(failed).dossier_asked_at is None
    asking.ask(failed, now, at_once=True)
    assert brand_of(failed).dossier_asked_at


def test_a_disconnected_account_is_not_asked(failed: Review) -> None:
    TwilioAccount.objects.update(disconnected_at=timezone.now())
    asking.ask(Review.objects.with_names().get(pk=failed.pk), timezone.now(), at_once=True)
    assert brand_of(failed).dossier_asked_at is None


def test_the_sweep_reads_one_of_each_account_rejected_ones_first() -> None:
    one, two = make_account(name="One"), make_account(name="Two")
    mirror(one, "brand", *[brand_payload(status="APPROVED", errors=[]) for _ in range(3)])
    (rejected,) = mirror(one, "brand", brand_payload())
    mirror(two, "brand", brand_payload())
    now = timezone.now()
    taken = dossier.claim_due(now, 10)
    assert len(taken) == 2
    assert rejected.pk in taken
    assert not set(taken) & set(dossier.claim_due(now, 10)), "the same ones are not taken twice"


def test_no_more_papers_are_given_out_than_the_queue_takes_and_the_rest_stays_due() -> None:
    for _ in range(3):
        mirror(make_account(), "brand", brand_payload())
    now = timezone.now()
    assert dossier.claim_due(now, 0) == []
    taken = dossier.claim_due(now, 2)
    assert len(taken) == 2
    assert len(dossier.claim_due(now, 2)) == 1


def test_a_failing_account_waits_for_its_own_turn() -> None:
    mirror(make_account(failing_since=timezone.now()), "brand", brand_payload())
    assert dossier.claim_due(timezone.now(), 10) == []


def test_a_brand_that_changed_has_its_papers_read_anew(failed: Review, account: TwilioAccount, twilio: Sandbox) -> None:
    assert brand_of(failed).dossier_due_at is None
    twilio.reject(failed.sid, [30754])
    poll_account(account.pk)
    assert brand_of(failed).dossier_due_at


def test_the_task_of_a_brand_that_is_gone_does_nothing(failed: Review) -> None:
    Review.objects.update(gone_at=timezone.now())
    tasks.read_dossier(failed.pk)
    tasks.read_dossier(failed.pk + 1000)


def test_one_tax_number_is_counted_over_the_whole_mirror_however_it_is_written() -> None:
    for number in ("91-0000001", "910000001", "91 0000001", "91-0000002"):
        review = mirror(make_account(), "brand", brand_payload(customer_profile_bundle_sid=None))[0]
        bundle = Bundle.objects.create(account=review.account, sid=f"BU{review.pk:032}", name="X", payload={})
        Brand.objects.filter(review=review).update(profile_sid=bundle.sid)
        Entity.objects.create(bundle=bundle, sid=f"IT{review.pk:032}", tax_number=plain_number(number))
    assert dossier.brands_of_tax_number("91-0000001") == 3
    Review.objects.filter(brand__sid__isnull=False).update(gone_at=timezone.now())
    assert dossier.brands_of_tax_number("91-0000001") == 0
    assert dossier.brands_of_tax_number("") == 0


def test_a_sole_proprietor_has_other_facts(account: TwilioAccount, twilio: Sandbox) -> None:
    twilio.register_brand(account.sid, brand_type="SOLE_PROPRIETOR")
    stands = standing(mirrored(account))
    assert stands["mobile_phone_number"] == "+12535550142"
    assert "business_registration_number" not in stands
    assert stands["first_name"] == "Rosa"
