"""A brand's repair form: the facts of its papers in one form, what is said of them, and what may not be sent."""

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Role, TwilioAccount, User
from brands import repair
from brands.draft import Draft
from brands.models import Brand, Bundle
from reviews.kinds import kind_of
from reviews.models import Attempt, Review
from sandbox.handle import RegisteredBrand, Sandbox
from sync import send
from sync.gate import NotSent
from sync.poll import poll_account
from tests.brands.conftest import FALSE_NUMBER, carried, mirrored, standing
from tests.campaigns.form import Window, field_of, hidden, text_of, textarea, words_of
from tests.factories import make_customer, make_user

pytestmark = pytest.mark.django_db

type Open = Callable[[User], Window]


@pytest.fixture
def window(failed: Review) -> Open:
    def opened(user: User) -> Window:
        client = Client()
        client.force_login(user)
        return Window(client, failed, "brands")

    return opened


@pytest.fixture
def ana(db: None) -> User:
    return make_user(Role.EDITOR, name="Ana Ruiz")


# --- who ---


@pytest.mark.parametrize("page", ["fix", "review"])
def test_a_viewer_may_not_repair(page: str, window: Open) -> None:
    viewer = window(make_user(Role.VIEWER))
    for response in (viewer.client.get(viewer.url(page)), viewer.press(page)):
        assert response.status_code == 403


def test_another_customers_brand_does_not_exist(window: Open) -> None:
    elsewhere = make_user(Role.MANAGER, all_customers=False)
    elsewhere.customers.add(make_customer("Harbor Dental"))
    at = window(elsewhere)
    assert {at.client.get(at.url(name)).status_code for name in ("fix", "review", "behind", "papers")} == {404}
    assert {at.press(name).status_code for name in ("fix", "read", "otp", "vetting")} == {404}


# --- the form ---


def test_the_facts_of_all_papers_stand_in_one_form_flagged_ones_first(window: Open, ana: User) -> None:
    page = window(ana).open()
    assert f'value="{FALSE_NUMBER}"' in field_of(page, "business_registration_number")
    assert "flagged by" in field_of(page, "business_registration_number")
    assert 'value="98402"' in field_of(page, "postal_code")
    assert 'value="Rosa"' in field_of(page, "first_name")
    assert "compliance@larkspurbikerepair.example" in field_of(page, "brand_contact_email")
    for absent in ("mobile_phone_number", "second_first_name"):
        assert f'name="{absent}"' not in text_of(page)
    assert page.context["blocks"][0].part.title == "Business"


def test_what_no_update_carries_stands_locked_beside_it(window: Open, ana: User) -> None:
    words = words_of(window(ana).open())
    assert "An address keeps its country" in words
    assert "Set when the brand was registered" in words


def test_a_sole_proprietor_is_asked_for_other_facts(account: TwilioAccount, twilio: Sandbox, ana: User) -> None:
    made = twilio.register_brand(
        account.sid, brand_type="SOLE_PROPRIETOR", filed={"mobile_phone_number": "+441234567890"}
    )
    review = mirrored(account)
    client = Client()
    client.force_login(ana)
    page = Window(client, review, "brands").open()
    assert review.sid == made.brand_sid
    assert "a mobile number of the United States or Canada" in field_of(page, "mobile_phone_number")
    assert 'name="business_registration_number"' not in text_of(page)


def test_the_form_waits_for_papers_that_nobody_has_read(
    account: TwilioAccount, at_registry: RegisteredBrand, ana: User
) -> None:
    poll_account(account.pk)
    review = Review.objects.get(kind="brand")
    client = Client()
    client.force_login(ana)
    at = Window(client, review, "brands")
    page = at.client.get(at.url("fix"))
    assert "are being read" in words_of(page)
    assert f'hx-get="/brands/{review.pk}/fix/papers/"' in text_of(page)
    piece = at.client.get(at.url("papers"), headers={"HX-Request": "true"})
    assert "HX-Refresh" not in piece
    assert "hx-trigger" in text_of(piece)
    Brand.objects.update(dossier_read_at=timezone.now(), dossier_asked_at=None)
    piece = at.client.get(at.url("papers"), headers={"HX-Request": "true"})
    assert piece["HX-Refresh"] == "true"
    assert "hx-trigger" not in text_of(piece)
    assert at.client.get(at.url("papers")).status_code == 302


def test_a_repair_goes_from_the_form_to_twilio(
    window: Open, ana: User, twilio: Sandbox, at_registry: RegisteredBrand
) -> None:
    at = window(ana)
    at.open()
    answer = at.go_on(business_registration_number=at_registry.papers.tax_id)
    assert answer["Location"] == at.url("review")
    page = at.ask_review()
    assert "3 of 3" in words_of(page)
    assert [change.key for change, _ in page.context["changed"]] == ["business_registration_number"]
    answer = at.resubmit()
    attempt = Attempt.objects.get()
    assert answer["Location"] == f"/attempts/{attempt.pk}/"
    carried(attempt)
    page = at.client.get(answer["Location"])
    assert "Getting it ready at Twilio" in words_of(page)
    assert "Business information corrected" in words_of(page)
    assert "Customer profile approved Waiting for review at Twilio" in words_of(page)
    twilio.judge_now(at_registry.papers.profile_sid)
    carried(attempt)
    assert "Twilio took the update" in words_of(at.client.get(answer["Location"]))


def test_what_stopped_a_preparation_is_said_and_the_form_starts_from_what_was_typed(
    window: Open, ana: User, twilio: Sandbox
) -> None:
    at = window(ana)
    at.open()
    at.go_on(business_registration_number="91-1111111", street="12 Elm St")
    twilio.throttle(method="POST", path="Addresses")
    at.resubmit()
    attempt = carried(Attempt.objects.get())
    assert send.withdraw(attempt.pk)
    page = at.client.get(f"/attempts/{attempt.pk}/")
    assert "What was put in place before stays at Twilio." in words_of(page)
    page = at.open()
    assert 'value="91-1111111"' in field_of(page, "business_registration_number")
    assert 'value="12 Elm St"' in field_of(page, "street"), "it was never written, and yet not lost"


def test_a_preparation_that_was_refused_was_not_sent(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.go_on(business_identity="somebody")
    at.resubmit()
    attempt = carried(Attempt.objects.get())
    page = words_of(at.client.get(f"/attempts/{attempt.pk}/"))
    assert "Not sent: something has to stand first" in page
    assert "never sent" in page
    assert "Nothing was spent" in page


# --- what may not be sent ---


def test_a_brand_with_campaigns_is_not_sent_and_page_form_and_gate_say_so(
    window: Open, ana: User, account: TwilioAccount, twilio: Sandbox, at_registry: RegisteredBrand, failed: Review,
    repaired: Draft, stands: dict[str, Any],
) -> None:  # fmt: skip
    twilio.hang_campaign(at_registry)
    poll_account(account.pk)
    campaign = Review.objects.get(kind="campaign")
    at = window(ana)
    for address in (f"/items/{failed.pk}/", at.url("fix")):
        page = at.client.get(address)
        assert "1 campaign hangs on this brand" in words_of(page)
        assert "The long way round," in words_of(page)
        assert f'href="{kind_of("campaign").renewal_url(campaign)}"' in text_of(page)
    at.open()
    at.go_on(business_registration_number=at_registry.papers.tax_id)
    page = at.ask_review()
    assert "1 campaign hangs on this brand" in words_of(page)
    assert "data-spends" not in text_of(page)
    with pytest.raises(NotSent, match="1 campaign hangs on this brand"):
        repair.submit(failed.pk, repaired, ana, based_on=stands)
    twilio.remove(Review.objects.get(kind="campaign").remote_key.partition("/")[0])
    poll_account(account.pk)
    assert repair.submit(failed.pk, repaired, ana, based_on=stands).number == 1


def test_papers_that_nobody_has_read_are_not_sent(failed: Review, ana: User, stands: dict[str, Any]) -> None:
    Brand.objects.update(dossier_read_at=None)
    with pytest.raises(NotSent, match="has not been read yet"):
        repair.submit(failed.pk, Draft.from_submission(stands), ana, based_on=stands)


def test_the_accounts_own_profile_is_changed_in_the_console_only(
    failed: Review, ana: User, repaired: Draft, stands: dict[str, Any]
) -> None:
    bundle = Bundle.objects.get(kind=Bundle.CUSTOMER_PROFILE)
    Bundle.objects.update(payload={**bundle.payload, "policy_sid": "RN6433641899984f951173ef1738c3bdd0"})
    with pytest.raises(NotSent, match="Console"):
        repair.submit(failed.pk, repaired, ana, based_on=stands)


def test_nothing_changes_under_a_reviewers_eyes(
    failed: Review, ana: User, repaired: Draft, stands: dict[str, Any]
) -> None:
    Bundle.objects.filter(kind=Bundle.CUSTOMER_PROFILE).update(status="in-review")
    with pytest.raises(NotSent, match="The customer profile is in review at Twilio"):
        repair.submit(failed.pk, repaired, ana, based_on=stands)


def test_an_approved_brand_is_not_sent(
    account: TwilioAccount, twilio: Sandbox, ana: User, at_registry: RegisteredBrand
) -> None:
    twilio.approve(at_registry.brand_sid)
    review = mirrored(account)
    stands = standing(review)
    with pytest.raises(NotSent, match="Twilio takes no update of an approved brand"):
        repair.submit(review.pk, Draft.from_submission(stands), ana, based_on=stands)


def test_papers_that_changed_since_are_looked_at_before_anything_is_sent(
    failed: Review, ana: User, stands: dict[str, Any], repaired: Draft
) -> None:
    with pytest.raises(NotSent, match="changed at Twilio since you began"):
        repair.submit(failed.pk, repaired, ana, based_on={**stands, "city": "Olympia"})


@pytest.mark.django_db(transaction=True)
def test_twenty_clicks_open_one_attempt(failed: Review, ana: User, repaired: Draft, stands: dict[str, Any]) -> None:
    barrier, refused = Barrier(20), []

    def click() -> None:
        barrier.wait()
        try:
            repair.submit(failed.pk, repaired, ana, based_on=stands)
        except NotSent as error:
            refused.append(str(error))
        finally:
            connection.close()

    threads = [Thread(target=click) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (Attempt.objects.count(), len(refused)) == (1, 19)


def test_a_second_press_sends_nothing(window: Open, ana: User, at_registry: RegisteredBrand) -> None:
    at = window(ana)
    at.open()
    at.go_on(business_registration_number=at_registry.papers.tax_id)
    page = at.ask_review()
    carried_fields = {**hidden(page), "note": textarea(page, "note")}
    first, second = (at.client.post(at.url("review"), carried_fields) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 422)
    assert Attempt.objects.count() == 1


def test_the_form_asks_the_same_of_the_database_however_many_papers_there_are(
    window: Open, ana: User, failed: Review
) -> None:
    at = window(ana)
    at.open()
    with CaptureQueriesContext(
        connection,
    ) as few:
        at.open()
    bundle = Bundle.objects.get(kind=Bundle.CUSTOMER_PROFILE)
    for number in range(30):
        bundle.entities.create(sid=f"RD{number:032}", type="customer_profile_address", attributes={"n": number})
    with CaptureQueriesContext(connection) as many:
        at.open()
    assert len(few) == len(many)
