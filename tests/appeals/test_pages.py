"""The appeal's page: a letter is begun, typed, sent and answered by people, with and without the script."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from pytest_django.fixtures import Settings

from accounts.models import Role, TwilioAccount, User
from notifications import appeal_mail
from reviews import appeals
from reviews.letters import TICKET, WHY
from reviews.models import Appeal, Review
from tests.appeals.conftest import FINAL, page_of, post
from tests.factories import (
    campaign_payload,
    error,
    make_account,
    make_user,
    mirror,
    tollfree_payload,
)

pytestmark = pytest.mark.django_db
type Clients = Callable[[Role], Client]

State = Appeal.State
HTMX = {"HX-Request": "true"}
WHOLE = {"subject": "Appeal for Larkspur", "text": "Hello,\nit was misread.", "revision": "1"}


def test_an_item_that_is_final_leads_to_its_letter(editor: Client, review: Review) -> None:
    assert f'href="/items/{review.pk}/appeal/"' in editor.get(f"/items/{review.pk}/").text
    assert "Write the letter" in page_of(editor, review)
    answer = post(editor, review, "begin")
    assert answer.status_code == 302
    page = page_of(editor, review)
    assert "A2P Campaign Rejection Appeal for Larkspur Bike Repair" in page
    assert WHY in page
    assert "mailto:" in page
    assert "data-copy-from" in page


def test_an_item_that_can_be_edited_is_not_offered_a_way_round(editor: Client, account: TwilioAccount) -> None:
    (review,) = mirror(account, "campaign", campaign_payload())
    assert "/appeal/" not in editor.get(f"/items/{review.pk}/").text
    assert "There is nothing to appeal" in page_of(editor, review)
    post(editor, review, "begin")
    assert not Appeal.objects.exists()


def test_the_toll_free_letter_has_twilios_own_subject(editor: Client, account: TwilioAccount) -> None:
    (review,) = mirror(account, "tollfree", tollfree_payload(edit_allowed=False))
    post(editor, review, "begin")
    assert "Toll-Free Verification Rejection Appeal for Tallgrass Credit Union" in page_of(editor, review)


def test_a_viewer_reads_the_letter_and_changes_nothing(client_of: Clients, appeal: Appeal, review: Review) -> None:
    page = page_of(client_of(Role.VIEWER), review)
    assert "A letter is being written" in page
    assert "<textarea" not in page
    assert "Mail the letter" not in page


def test_hostile_text_is_shown_and_not_obeyed(editor: Client, account: TwilioAccount) -> None:
    evil = "<script>alert(1)</script>\r\nBcc: all@evil.example"
    payload = campaign_payload(errors=[error(30885, description=evil)], description=evil)
    (review,) = mirror(make_account(name=evil), "campaign", payload)
    post(editor, review, "begin")
    page = page_of(editor, review)
    assert "<script>alert" not in page
    appeal = Appeal.objects.get()
    assert "\n" not in appeal.subject
    assert "&body=" not in page or "%0D%0ABcc" not in page.split("&amp;body=")[0], "the address of the mail keeps it in"


# --- typing ----------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_saved_by_the_script(editor: Client, appeal: Appeal, review: Review) -> None:
    answer = post(editor, review, "save", **WHOLE, headers=HTMX)
    assert answer.status_code == 200
    assert 'value="2" hx-swap-oob="true"' in answer.text
    appeal.refresh_from_db()
    assert (appeal.text, appeal.revision) == ("Hello,\nit was misread.", 2)


def test_and_by_the_button_without_it(editor: Client, appeal: Appeal, review: Review) -> None:
    assert post(editor, review, "save", **WHOLE).status_code == 302
    appeal.refresh_from_db()
    assert appeal.subject == "Appeal for Larkspur"


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["script", "button"])
def test_a_window_that_was_overtaken_keeps_its_text(
    editor: Client, appeal: Appeal, review: Review, headers: dict[str, str]
) -> None:
    appeals.keep(appeal.pk, make_user(Role.EDITOR, name="Ben Okafor"), appeals.Text("S", "Ben's words", 1))
    answer = post(editor, review, "save", **WHOLE, headers=headers)
    assert answer.status_code == 409
    assert "Ben Okafor saved a newer text" in answer.text
    if not headers:
        assert "it was misread." in answer.text
        assert 'name="revision" value="1"' in answer.text, "a later save must not slip over the newer text"
    appeal.refresh_from_db()
    assert appeal.text == "Ben's words"
    assert post(editor, review, "save", **WHOLE, over="1").status_code == 302
    assert "Ben&#x27;s words" in page_of(editor, review), "what was written over stays below"


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["script", "button"])
def test_a_text_too_long_comes_back_with_the_page(
    editor: Client, appeal: Appeal, review: Review, headers: dict[str, str]
) -> None:
    answer = post(editor, review, "save", subject="S", text="x" * 40_001, revision="1", headers=headers)
    assert answer.status_code == 422
    assert "at most 40000 characters" in answer.text
    appeal.refresh_from_db()
    assert appeal.revision == 1


def test_a_subject_is_one_line_whatever_is_posted(editor: Client, appeal: Appeal, review: Review) -> None:
    post(editor, review, "save", **{**WHOLE, "subject": "Appeal\r\nBcc: all@evil.example"})
    appeal.refresh_from_db()
    assert appeal.subject == "Appeal Bcc: all@evil.example"


def test_a_change_at_twilio_is_said_beside_the_letter(
    editor: Client, appeal: Appeal, review: Review, account: TwilioAccount
) -> None:
    assert "It changed at Twilio since this letter was written." not in page_of(editor, review)
    mirror(account, "campaign", {**FINAL, "description": "Another program by now."})
    assert "It changed at Twilio since this letter was written." in page_of(editor, review)
    post(editor, review, "rewrite")
    page = page_of(editor, review)
    assert "Another program by now." in page
    assert "Earlier text by Ana Ruiz" in page


# --- sending ---------------------------------------------------------------------------------------------------------


def test_it_is_mailed_from_here_after_the_commit(
    editor: Client,
    appeal: Appeal,
    review: Review,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    settings: Settings,
) -> None:
    with django_capture_on_commit_callbacks() as asked:
        answer = post(editor, review, "mail", **WHOLE, to="support@twilio.example")
    assert answer.status_code == 302
    assert len(asked) == 1
    appeal.refresh_from_db()
    assert (appeal.state, appeal.to, appeal.text) == (State.QUEUED, "support@twilio.example", WHOLE["text"])
    assert 'hx-trigger="every 2s"' in page_of(editor, review)
    appeal_mail.mail(appeal.pk, timezone.now())
    assert len(mail.outbox) == 1
    page = page_of(editor, review)
    assert "Appealed on " in page
    assert "mailed to support@twilio.example" in page
    assert 'hx-trigger="every' not in page.split('id="appeal"')[1].split(">")[0]


def test_pressing_twice_mails_once(editor: Client, appeal: Appeal, review: Review) -> None:
    for _ in range(2):
        assert post(editor, review, "mail", **WHOLE, to="support@twilio.example").status_code == 302
    appeal_mail.mail(appeal.pk, timezone.now())
    post(editor, review, "mail", **WHOLE, to="support@twilio.example")
    appeal_mail.mail(appeal.pk, timezone.now())
    assert len(mail.outbox) == 1


def test_a_text_typed_while_another_sends_is_shown_and_not_lost(
    editor: Client, appeal: Appeal, review: Review, ana: User
) -> None:
    appeals.sent_elsewhere(appeal.pk, ana, "Support Center", "")
    answer = post(editor, review, "save", **WHOLE)
    assert answer.status_code == 409
    assert "this letter is sent by now" in answer.text
    assert "it was misread." in answer.text


REFUSED: dict[str, tuple[str, dict[str, str], str]] = {
    "gaps": ("mail", {"text": f"Hello {WHY} {TICKET}", "to": "a@twilio.example"}, "Still to be filled in"),
    "no address": ("mail", {"to": ""}, "Give the address it goes to"),
    "no such address": ("mail", {"to": "twilio"}, "Enter a valid email address."),
    "two addresses": ("mail", {"to": "a@twilio.example, b@twilio.example"}, "Enter a valid email address."),
    "an address with a header": (
        "mail",
        {"to": "a@twilio.example\r\nBcc: b@x.example"},
        "Enter a valid email address.",
    ),
    "no text": ("mail", {"text": " ", "to": "a@twilio.example"}, "This cannot be empty."),
    "no subject": ("elsewhere", {"subject": "", "how": "Support Center"}, "This cannot be empty."),
    "nowhere": ("elsewhere", {"how": ""}, "Say where it went."),
}


@pytest.mark.parametrize("story", REFUSED)
def test_what_is_not_whole_is_kept_and_not_sent(editor: Client, appeal: Appeal, review: Review, story: str) -> None:
    name, changes, said = REFUSED[story]
    answer = post(editor, review, name, **{**WHOLE, **changes})
    assert answer.status_code == 422
    assert said in answer.text
    assert 'name="revision" value="2"' in answer.text, "the next save goes on from here"
    appeal.refresh_from_db()
    assert appeal.state == State.DRAFTED
    assert appeal.revision == 2


def test_copied_and_sent_elsewhere_it_waits_with_its_ticket(editor: Client, appeal: Appeal, review: Review) -> None:
    post(editor, review, "elsewhere", **WHOLE, how="Support Center", ticket="T-77")
    item = editor.get(f"/items/{review.pk}/").text
    assert "waiting for an answer" in item
    assert "Support Center, ticket T-77" in item
    assert "Ana Ruiz sent the appeal" in item
    listed = editor.get("/items/?appealed=waiting")
    assert [row.review.pk for row in listed.context["items"].rows] == [review.pk]
    assert "appealed " in listed.text
    assert not editor.get("/items/?appealed=no").context["items"].rows
    assert editor.get("/inbox/").context["inbox"].is_all_quiet
    assert "1 registration is with Twilio" in editor.get("/inbox/").text


def test_the_file_says_since_when(editor: Client, appeal: Appeal, review: Review, ana: User) -> None:
    appeals.sent_elsewhere(appeal.pk, ana, "Support Center", "")
    review.refresh_from_db()
    heading, line = b"".join(editor.get("/items.csv")).decode().splitlines()[:2]
    assert "Appealed at" in heading
    assert review.appealed_at
    assert review.appealed_at.isoformat(timespec="seconds") in line


def test_the_proposed_address_is_the_settings(
    editor: Client, appeal: Appeal, review: Review, settings: Settings
) -> None:
    assert 'name="to"' in page_of(editor, review)
    settings.APPEAL_EMAIL = "support@twilio.example"
    assert 'value="support@twilio.example"' in page_of(editor, review)
