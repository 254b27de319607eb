"""The owner asked again, a vetting imported: one call each, audited, guarded, looked for when no answer came."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import Role, TwilioAccount
from audit.models import Entry
from brands.actions import ONE_AT_A_TIME
from brands.models import Brand
from brands.otp import LIFETIME
from reviews.models import Review
from sandbox.handle import RegisteredBrand, Sandbox
from sync.poll import poll_account
from tests.brands.conftest import mirrored
from tests.campaigns.form import text_of, words_of

pytestmark = pytest.mark.django_db

TOKEN = "cv|1.0|tcr|10dlc|7c9c1a2b|9f2e7d"

type ClientOf = Callable[[Role], Client]


@pytest.fixture
def sole(account: TwilioAccount, twilio: Sandbox) -> RegisteredBrand:
    return twilio.register_brand(account.sid, brand_type="SOLE_PROPRIETOR")


@pytest.fixture
def unconfirmed(sole: RegisteredBrand, account: TwilioAccount) -> Review:
    return mirrored(account)


@pytest.fixture
def approved(account: TwilioAccount, twilio: Sandbox) -> Review:
    twilio.register_brand(account.sid)
    return mirrored(account)


@pytest.fixture
def editor(client_of: ClientOf) -> Client:
    return client_of(Role.EDITOR)


def ask_owner(client: Client, review: Review) -> str:
    return words_of(client.post(f"/brands/{review.pk}/otp/", follow=True))


def bring_in(client: Client, review: Review, token: str = TOKEN, provider: str = "campaign-verify") -> str:
    typed = {"provider": provider, "vetting_id": token}
    return words_of(client.post(f"/brands/{review.pk}/vettings/", typed, follow=True))


def sent(twilio: Sandbox) -> int:
    return sum(call.path.endswith("/SmsOtp") and call.method == "POST" for call in twilio.calls())


def imported(twilio: Sandbox) -> int:
    return sum(call.path.endswith("/Vettings") and call.method == "POST" for call in twilio.calls())


# --- the owner ---


def test_the_page_says_what_the_owner_has_to_do_and_by_when(editor: Client, unconfirmed: Review) -> None:
    page = editor.get(f"/items/{unconfirmed.pk}/")
    assert "The owner has to answer YES" in words_of(page)
    assert "+12535550142" in words_of(page)
    assert "Sole proprietor, unverified" in words_of(page)
    assert "No campaign can be registered on it before the owner has confirmed." in words_of(page)
    assert "Send the owner another message" in words_of(page)
    assert "it does not tell when" in words_of(page)
    assert "Approved, but the owner has not confirmed it" in words_of(page)
    Brand.objects.update(otp_sent_at=timezone.now())
    page = editor.get(f"/items/{unconfirmed.pk}/")
    assert "It counts until" in words_of(page)
    assert "data-deadline" in text_of(page)


def test_after_a_day_the_page_says_that_it_is_over(editor: Client, unconfirmed: Review) -> None:
    Brand.objects.update(otp_sent_at=timezone.now() - LIFETIME)
    page = words_of(editor.get(f"/items/{unconfirmed.pk}/"))
    assert "The owner has not answered in time" in page
    assert "Its 24 hours are over" in page


def test_the_owner_is_asked_again_and_confirms(
    editor: Client, unconfirmed: Review, sole: RegisteredBrand, account: TwilioAccount, twilio: Sandbox
) -> None:
    assert "Twilio sends the owner another message." in ask_owner(editor, unconfirmed)
    brand = Brand.objects.get()
    assert brand.otp_sent_at
    assert not brand.otp_is_unsure
    entry = Entry.objects.get(verb="brand:otp_resent")
    assert "2535550142" not in str(entry.detail)
    twilio.answer_otp(sole.brand_sid)
    poll_account(account.pk)
    assert "The owner has" not in words_of(editor.get(f"/items/{unconfirmed.pk}/"))
    assert "Nobody has to confirm this brand now." in ask_owner(editor, unconfirmed)
    assert sent(twilio) == 1


def test_two_clicks_send_one_message(editor: Client, unconfirmed: Review, twilio: Sandbox) -> None:
    ask_owner(editor, unconfirmed)
    assert "Nothing was sent a second time." in ask_owner(editor, unconfirmed)
    assert sent(twilio) == 1
    Brand.objects.update(action_at=timezone.now() - ONE_AT_A_TIME * 2)
    ask_owner(editor, unconfirmed)
    assert sent(twilio) == 2


def test_a_message_without_an_answer_may_have_gone_out(
    editor: Client, unconfirmed: Review, twilio: Sandbox, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    twilio.drop_after(method="POST", path="SmsOtp")
    assert "the message may have gone out" in ask_owner(editor, unconfirmed)
    assert Brand.objects.get().otp_is_unsure
    assert "may have sent" in words_of(editor.get(f"/items/{unconfirmed.pk}/"))
    assert sent(twilio) == 1


@pytest.mark.parametrize("fault", ["throttle", "refused"])
def test_a_message_that_was_not_sent_may_be_asked_for_at_once(
    fault: str, editor: Client, unconfirmed: Review, sole: RegisteredBrand, twilio: Sandbox
) -> None:
    if fault == "throttle":
        twilio.throttle(method="POST", path="SmsOtp")
    else:
        twilio.set_status(sole.brand_sid, "SUSPENDED")
    assert "Nothing was sent." in ask_owner(editor, unconfirmed)
    brand = Brand.objects.get()
    assert (brand.action_at, brand.otp_sent_at, brand.otp_is_unsure) == (None, None, False)


@pytest.mark.parametrize("address", ["otp", "vettings"])
def test_who_may_ask(address: str, client_of: ClientOf, unconfirmed: Review, twilio: Sandbox) -> None:
    url = f"/brands/{unconfirmed.pk}/{address}/"
    assert "/sign-in/" in Client().post(url)["Location"]
    assert client_of(Role.VIEWER).post(url).status_code == 403
    assert client_of(Role.EDITOR).get(url).status_code == 405
    assert sent(twilio) + imported(twilio) == 0
    viewer = words_of(client_of(Role.VIEWER).get(f"/items/{unconfirmed.pk}/"))
    assert "Send the owner another message" not in viewer


def test_a_standard_brand_has_no_owner_to_ask(editor: Client, approved: Review, twilio: Sandbox) -> None:
    assert "Nobody has to confirm this brand now." in ask_owner(editor, approved)
    assert sent(twilio) == 0


# --- vettings ---


def test_a_vetting_is_imported_and_shown_until_it_has_passed(
    editor: Client, approved: Review, account: TwilioAccount, twilio: Sandbox
) -> None:
    page = bring_in(editor, approved)
    assert "Campaign Verify is asked." in page
    assert "Campaign Verify Under way" in page
    assert imported(twilio) == 1
    entry = Entry.objects.get(verb="brand:vetting_imported")
    assert TOKEN not in str(entry.detail)
    assert "9f2e7d" not in page, "the token opens the finding to whoever has it"
    assert "Another vetting of this brand is under way." in bring_in(editor, approved, "cv|1.0|tcr|10dlc|other|x")


def test_two_clicks_import_one_vetting(editor: Client, approved: Review, twilio: Sandbox) -> None:
    bring_in(editor, approved)
    Brand.objects.update(vettings=[])
    assert "Nothing was sent a second time." in bring_in(editor, approved)
    assert imported(twilio) == 1


def test_one_that_is_there_is_not_imported_again(editor: Client, approved: Review, twilio: Sandbox) -> None:
    known = {"vetting_provider": "campaign-verify", "vetting_id": TOKEN, "vetting_status": "SUCCESS"}
    Brand.objects.update(vettings=[known])
    assert "This vetting is there already." in bring_in(editor, approved)
    assert imported(twilio) == 0


@pytest.mark.parametrize("fault", ["drop_after", "half_body", "time_out_after"])
def test_a_vetting_without_an_answer_is_found_where_it_arrived(
    fault: str, editor: Client, approved: Review, twilio: Sandbox, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    getattr(twilio, fault)(method="POST", path="Vettings")
    assert "Campaign Verify is asked." in bring_in(editor, approved)
    assert imported(twilio) == 1


@pytest.mark.parametrize("fault", ["drop_before", "server_error"])
def test_a_vetting_that_never_arrived_is_not_taken_for_one(
    fault: str, editor: Client, approved: Review, twilio: Sandbox, settings: Settings
) -> None:
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    getattr(twilio, fault)(method="POST", path="Vettings")
    assert "Twilio did not answer and shows none so far." in bring_in(editor, approved)
    assert Brand.objects.get().vettings == []


def test_a_vetting_in_doubt_that_cannot_be_looked_for_is_said(
    editor: Client, approved: Review, twilio: Sandbox
) -> None:
    twilio.drop_after(method="POST", path="Vettings")
    twilio.server_error(method="GET", path="Vettings", calls=5)
    assert "it may have arrived. It is looked for." in bring_in(editor, approved)


@pytest.mark.parametrize("fault", ["throttle", "drop_before"])
def test_a_vetting_in_doubt_stays_so_where_the_list_is_not_shown(
    fault: str, editor: Client, approved: Review, twilio: Sandbox
) -> None:
    twilio.drop_after(method="POST", path="Vettings")
    getattr(twilio, fault)(method="GET", path="Vettings", calls=5)
    assert "it may have arrived. It is looked for." in bring_in(editor, approved)
    assert Brand.objects.get().action_at is not None
    assert "Nothing was sent a second time." in bring_in(editor, approved)
    assert imported(twilio) == 1


def test_a_token_that_twilio_refuses_is_said_in_its_words(editor: Client, approved: Review) -> None:
    assert "Nothing was imported. Twilio refused it:" in bring_in(editor, approved, "nonsense")
    assert Brand.objects.get().action_at is None


@pytest.mark.parametrize(("provider", "token"), [("somebody", TOKEN), ("aegis", ""), ("aegis", "x" * 501)])
def test_what_is_no_vetting_is_not_sent(
    provider: str, token: str, editor: Client, approved: Review, twilio: Sandbox
) -> None:
    assert "Nothing was imported." in bring_in(editor, approved, token, provider)
    assert imported(twilio) == 0


def test_a_failed_brand_takes_no_vetting(editor: Client, failed: Review, twilio: Sandbox) -> None:
    assert "Only an approved standard brand takes a vetting" in bring_in(editor, failed)
    assert "Import a vetting" not in words_of(editor.get(f"/items/{failed.pk}/"))
    assert imported(twilio) == 0
