"""A brand's page: its registration, what stands behind it, what hangs on it, and who sees what of it."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, TwilioAccount, User
from brands import dossier
from brands.facts import plain_number
from brands.models import Brand, Bundle, Entity
from reviews.models import Review
from sandbox.handle import RegisteredBrand, Sandbox
from sync.poll import poll_account
from tests.brands.conftest import FALSE_NUMBER, mirrored
from tests.campaigns.form import text_of, words_of
from tests.factories import brand_payload, campaign_payload, make_account, make_customer, make_user, mirror

pytestmark = pytest.mark.django_db


@pytest.fixture
def viewer(db: None) -> Client:
    return signed_in(make_user(Role.VIEWER))


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def words(client: Client, review: Review) -> str:
    return words_of(client.get(f"/items/{review.pk}/"))


def test_it_shows_what_the_registry_made_of_it(viewer: Client, account: TwilioAccount, twilio: Sandbox) -> None:
    twilio.register_brand(account.sid)
    page = words(viewer, mirrored(account))
    assert "Identity Verified (VERIFIED)" in page
    assert "Score 74" in page
    assert "Secondary vetting Done: score 74" in page
    assert "Campaigns can be registered on it." in page


def test_feedback_and_identity_are_put_into_words(viewer: Client, failed: Review) -> None:
    page = words(viewer, failed)
    assert "Feedback tax number and legal name do not match" in page
    assert "Identity Not verified (UNVERIFIED)" in page
    assert "No campaign can be registered on it before it is approved." in page


def test_a_word_nobody_knows_stays_visible(viewer: Client) -> None:
    payload = brand_payload(identity_status="HALF", brand_feedback=["MOON"], brand_type="NEW", brand_score=None)
    page = words(viewer, mirror(make_account(), "brand", payload)[0])
    assert "(HALF)" in page
    assert "MOON" in page
    assert "Type NEW" in page


def test_it_shows_the_bundles_their_reasons_evaluations_and_papers(
    viewer: Client, failed: Review, at_registry: RegisteredBrand
) -> None:
    page = words(viewer, failed)
    assert "Rejected" in page
    assert "18602 The Business ID you provided could not be verified" in page
    assert f"Business information {at_registry.papers.business_sid}" in page
    assert f"Document: address {at_registry.papers.document_sid}" in page
    assert FALSE_NUMBER in page
    Bundle.objects.filter(kind=Bundle.CUSTOMER_PROFILE).update(
        evaluation={
            "status": "noncompliant",
            "date_created": "2026-11-20T10:00:00Z",
            "results": [{"passed": False, "requirement_friendly_name": "Representative", "failure_reason": "None."}],
        }
    )
    assert "Its evaluation found wanting" in words(viewer, failed)
    assert "Representative: None." in words(viewer, failed)


def test_a_flagged_fact_leads_to_its_place_in_the_submission(viewer: Client, failed: Review) -> None:
    page = text_of(viewer.get(f"/items/{failed.pk}/"))
    assert 'href="#field-business_registration_number"' in page
    assert 'id="field-business_registration_number"' in page


def test_what_was_laid_beside_twilios_answer_is_not_shown_as_its_answer(viewer: Client, failed: Review) -> None:
    assert "_papers" not in text_of(viewer.get(f"/items/{failed.pk}/"))


def test_a_dossier_that_cannot_be_read_is_said(viewer: Client, failed: Review, twilio: Sandbox) -> None:
    twilio.server_error(path="EndUsers", calls=10)
    dossier.read(failed.pk)
    assert "It could not be read whole. Twilio did not show what stands behind it" in words(viewer, failed)


def test_opening_the_page_has_an_old_dossier_read_and_asks_again_until_it_is_there(
    viewer: Client, failed: Review
) -> None:
    Brand.objects.update(dossier_read_at=None)
    page = text_of(viewer.get(f"/items/{failed.pk}/"))
    assert f'hx-get="/brands/{failed.pk}/behind/?first=1"' in page
    piece = viewer.get(f"/brands/{failed.pk}/behind/?first=1", headers={"HX-Request": "true"})
    assert "being read" in words_of(piece)
    assert "HX-Refresh" not in piece
    dossier.read(failed.pk)
    piece = viewer.get(f"/brands/{failed.pk}/behind/?first=1", headers={"HX-Request": "true"})
    assert "hx-get" not in text_of(piece)
    assert piece["HX-Refresh"] == "true"
    assert viewer.get(f"/brands/{failed.pk}/behind/")["Location"] == f"/items/{failed.pk}/#dossier"


def test_anybody_who_may_see_it_may_have_it_read_again(viewer: Client, failed: Review) -> None:
    assert viewer.get(f"/brands/{failed.pk}/behind/read/").status_code == 405
    assert viewer.post(f"/brands/{failed.pk}/behind/read/").status_code == 302
    assert Brand.objects.get().dossier_asked_at


def test_another_kind_has_nothing_behind_it(viewer: Client) -> None:
    (campaign,) = mirror(make_account(), "campaign", campaign_payload())
    assert viewer.get(f"/brands/{campaign.pk}/behind/", headers={"HX-Request": "true"}).status_code == 404
    assert viewer.post(f"/brands/{campaign.pk}/behind/read/").status_code == 404


# --- what hangs on it ---


def test_what_hangs_on_it_stands_with_its_state_and_what_the_brand_does_to_it(
    viewer: Client, account: TwilioAccount, twilio: Sandbox
) -> None:
    made = twilio.register_brand(account.sid)
    twilio.hang_campaign(made)
    twilio.suspend(made.brand_sid)
    review = mirrored(account)
    page = words(viewer, review)
    assert "1 on this brand" in page
    assert "Every campaign on it is suspended with it" in page
    assert "The long way round" not in page, "nothing is to be repaired"


def test_campaigns_of_other_customers_are_counted_and_not_named() -> None:
    account = make_account(name="Northbeam")
    (brand,) = mirror(account, "brand", brand_payload())
    mine, theirs = mirror(account, "campaign", *[campaign_payload(brand_registration_sid=brand.sid) for _ in "12"])
    other = make_customer("Harbor Dental")
    Review.objects.filter(pk=theirs.pk).update(customer=other)
    user = make_user(Role.EDITOR, all_customers=False)
    user.customers.add(account.customer)
    page = words(signed_in(user), brand)
    assert "2 on this brand" in page
    assert "2 campaigns hang on this brand" in page
    assert mine.title in page
    assert theirs.title not in page
    assert "1 more" in page


def test_the_page_asks_the_same_of_the_database_for_ten_campaigns_and_for_forty(viewer: Client) -> None:
    account = make_account()
    (brand,) = mirror(account, "brand", brand_payload())
    Brand.objects.update(dossier_read_at=timezone.now())

    def queries(count: int) -> int:
        mirror(account, "campaign", *[campaign_payload(brand_registration_sid=brand.sid) for _ in range(count)])
        with CaptureQueriesContext(connection) as asked:
            assert viewer.get(f"/items/{brand.pk}/").status_code == 200
        return len(asked)

    assert queries(10) == queries(30)


# --- one number on many brands ---


@pytest.mark.parametrize(("brands", "expected"), [(2, ""), (40, "Many brands on one tax number."),
                                                  (50, "Too many brands on one tax number.")])  # fmt: skip
def test_one_tax_number_on_many_brands_is_warned_of_and_explained(
    brands: int, expected: str, viewer: Client, failed: Review
) -> None:
    for number in range(brands - 1):
        (review,) = mirror(make_account(), "brand", brand_payload())
        bundle = Bundle.objects.create(account=review.account, sid=f"BU{number:032}", name="X", payload={})
        Brand.objects.filter(review=review).update(profile_sid=bundle.sid)
        Entity.objects.create(bundle=bundle, sid=f"IT{number:032}", tax_number=plain_number(FALSE_NUMBER))
    page = words(viewer, failed)
    assert f"on {brands} brands of this installation, counted over the 1 of {brands} whose papers were read" in page
    assert (expected in page) if expected else ("tax number." not in page.replace("one tax number. ", ""))
    assert ("30898" in page) is (brands >= 40)


# --- whose business it is ---


def test_people_of_other_customers_see_nothing_of_it(failed: Review) -> None:
    elsewhere = make_user(Role.ADMINISTRATOR, all_customers=False)
    elsewhere.customers.add(make_customer("Harbor Dental"))
    client = signed_in(elsewhere)
    assert client.get(f"/items/{failed.pk}/").status_code == 404
    assert client.get(f"/brands/{failed.pk}/behind/", headers={"HX-Request": "true"}).status_code == 404


def test_names_and_phones_are_never_logged(failed: Review, account: TwilioAccount, twilio: Sandbox,
                                           capfd: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    dossier.read(failed.pk)
    twilio.server_error(path="EndUsers", calls=10)
    dossier.read(failed.pk)
    poll_account(account.pk)
    told = "".join(capfd.readouterr())
    for secret in ("Rosa", "Imani", "+12535550142", "rosa@", FALSE_NUMBER):
        assert secret not in told
