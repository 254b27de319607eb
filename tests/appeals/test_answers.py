"""What came back: an answer, a ticket or a doubt recorded on the appeal's page, and what that leaves behind."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import TwilioAccount, User
from notifications import appeal_mail
from reviews import appeals
from reviews.kinds import kind_of
from reviews.models import Appeal, Review
from tests.appeals.conftest import FINAL, page_of, post
from tests.factories import brand_payload, error, mirror, tollfree_payload

pytestmark = pytest.mark.django_db

State = Appeal.State


@pytest.fixture
def sent(appeal: Appeal, ana: User) -> Appeal:
    appeals.sent_elsewhere(appeal.pk, ana, "Support Center", "")
    return appeal


def test_the_answer_is_recorded_and_the_item_is_back(editor: Client, sent: Appeal, review: Review) -> None:
    answer = {"outcome": "refused", "answer": "We uphold it.", "ticket": "T-1"}
    for _ in range(2):
        assert post(editor, review, "answer", **answer).status_code == 302
    assert not editor.get("/inbox/").context["inbox"].is_all_quiet
    item = editor.get(f"/items/{review.pk}/").text
    assert "Appeal answered: refused" in item
    assert "recorded the answer to the appeal: refused" in item
    assert "We uphold it." in page_of(editor, review)
    assert "Write the letter" in page_of(editor, review), "another one may be written"


def test_an_answer_without_an_outcome_comes_back(editor: Client, sent: Appeal, review: Review) -> None:
    answer = post(editor, review, "answer", answer="We uphold it.")
    assert answer.status_code == 422
    assert "We uphold it." in answer.text
    sent.refresh_from_db()
    assert sent.state == State.SENT


def test_a_ticket_number_that_comes_later_is_kept(editor: Client, sent: Appeal, review: Review) -> None:
    assert post(editor, review, "ticket", ticket="").status_code == 422
    assert post(editor, review, "ticket", ticket="T-99").status_code == 302
    assert "ticket T-99" in page_of(editor, review)


def test_a_discarded_letter_stays_readable(editor: Client, appeal: Appeal, review: Review) -> None:
    post(editor, review, "withdraw")
    page = page_of(editor, review)
    assert "Discarded: appeal of" in page
    assert "Write the letter" in page


def test_a_doubt_asks_the_person_and_takes_their_word(editor: Client, appeal: Appeal, review: Review) -> None:
    Appeal.objects.update(state=State.UNKNOWN, claimed_at=timezone.now(), error=appeal_mail.DIED, to="a@twilio.example")
    page = page_of(editor, review)
    assert "It may have left, so it is not mailed again" in page
    assert appeal_mail.DIED in page
    post(editor, review, "settle", left="0")
    appeal.refresh_from_db()
    assert appeal.state == State.DRAFTED


def test_a_begun_letter_stands_among_my_drafts(editor: Client, appeal: Appeal, review: Review) -> None:
    (rows,) = [rows for _, rows in editor.get("/inbox/?tab=drafts").context["inbox"].groups]
    assert [row.review.pk for row in rows] == [review.pk]
    assert not Client().get("/inbox/").context


STATES: dict[str, dict[str, Any]] = {
    "none": {},
    "drafted": {"state": "drafted"},
    "queued": {"state": "queued", "to": "a@twilio.example"},
    "unknown": {"state": "unknown"},
    "sent": {"state": "sent", "sent_at": timezone.now()},
    "answered": {"state": "answered", "sent_at": timezone.now(), "outcome": "granted", "settled_at": timezone.now()},
    "withdrawn": {"state": "withdrawn", "settled_at": timezone.now()},
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("kind", ["campaign", "brand", "tollfree"])
def test_every_state_of_every_kind_has_a_page(editor: Client, account: TwilioAccount, state: str, kind: str) -> None:
    payloads = {
        "campaign": FINAL,
        "brand": brand_payload(errors=[error(30712)]),
        "tollfree": tollfree_payload(edit_allowed=False),
    }
    (review,) = mirror(account, kind, payloads[kind])
    if STATES[state]:
        Appeal.objects.create(review=review, subject="S", text="T", by_name="Ana", **STATES[state])
    page_of(editor, review)
    assert editor.get(f"/items/{review.pk}/").status_code == 200
    assert kind_of(kind).verdict(review, timezone.now()).headline


def test_many_past_appeals_cost_as_many_queries_as_one(
    editor: Client, review: Review, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    past = {"review": review, "subject": "S", "text": "T", "by_name": "Ana", **STATES["answered"]}
    Appeal.objects.create(**past)
    page_of(editor, review)
    with django_assert_num_queries(7):
        page_of(editor, review)
    for _ in range(15):
        Appeal.objects.create(**past)
    with django_assert_num_queries(7):
        page_of(editor, review)


def test_a_final_verification_names_what_is_left(editor: Client, account: TwilioAccount) -> None:
    def left_for(code: int) -> str:
        payload = tollfree_payload(edit_allowed=False, rejection_reasons=[{"code": code, "reason": "No."}])
        return editor.get(f"/items/{mirror(account, 'tollfree', payload)[0].pk}/").text

    cannabis, phishing = left_for(30459), left_for(30480)
    assert "What is left" in cannabis
    assert "Proper age gating is in place." in cannabis
    assert "Programmable Voice" in cannabis
    assert "What is left" in phishing
    assert "SendGrid" not in phishing
    assert "Programmable Voice" not in phishing
    (open_one,) = mirror(account, "tollfree", tollfree_payload())
    assert "What is left" not in editor.get(f"/items/{open_one.pk}/").text
