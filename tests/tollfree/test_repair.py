"""A verification is repaired at the desk and sent: the pages, the gate, and what arrives at Twilio."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from accounts.models import User
from reviews.models import Attempt, Draft, Review
from reviews.status import Status
from sandbox.handle import Sandbox
from sync.gate import NotSent
from sync.send import carry
from tests.campaigns.form import hidden, textarea, words_of
from tests.tollfree.conftest import WORDS
from tollfree import remote, repair
from tollfree.draft import Draft as TollfreeDraft
from tollfree.forms import TollfreeForm

State = Attempt.State


@pytest.fixture
def client(client: Client, editor: User) -> Client:
    client.force_login(editor)
    return client


def url(review: Review, name: str) -> str:
    return reverse(f"tollfree:{name}", args=[review.pk])


def typed(page: Any, **over: Any) -> dict[str, Any]:
    """What a browser would post: the form as the page carries it, with what is typed over it."""
    form = page.context["form"]
    fields = {name: form[name].value() for name in form.fields}
    return {k: v for k, v in {**fields, **hidden(page), **over}.items() if v not in (None, False)}


def test_the_form_is_filled_with_what_stands_flagged_fields_first(client: Client, rejected: Review) -> None:
    page = client.get(url(rejected, "fix"))
    assert page.context["blocks"][0].fields[0][0].name == "use_case_summary"
    assert "Customer care (CUSTOMER_CARE)" in words_of(page)
    assert "Only what you change is sent" in words_of(page)
    assert "Locked at Twilio" in words_of(page)


def test_opening_and_saving_the_form_changes_nothing(client: Client, rejected: Review, stands: dict[str, Any]) -> None:
    page = client.get(url(rejected, "fix"))
    client.post(url(rejected, "fix"), typed(page, then="stay"))
    kept = Draft.objects.get().fields
    assert TollfreeForm.draft_of(kept).as_submission() == stands


def test_what_was_typed_is_kept_while_one_types_and_judged_at_once(client: Client, rejected: Review) -> None:
    page = client.get(url(rejected, "fix"))
    answer = client.post(
        url(rejected, "save"),
        typed(page, business_contact_phone="call me", use_case_categories=["EVENTS", "MARKETING"]),
        headers={"HX-Request": "true"},
    )
    assert "country code and digits only" in words_of(answer)
    fields = Draft.objects.get().fields
    assert fields["business_contact_phone"] == "call me"
    assert fields["use_case_categories"] == ["EVENTS", "MARKETING"]


def test_it_goes_from_the_form_to_twilio_with_only_what_changed(
    client: Client, rejected: Review, twilio: Sandbox
) -> None:
    page = client.get(url(rejected, "fix"))
    assert client.post(url(rejected, "fix"), typed(page, then="review", use_case_summary=WORDS)).status_code == 302
    page = client.get(url(rejected, "review"))
    assert "sent to Twilio’s reviewers" in words_of(page)
    assert textarea(page, "note") == "Changed: Use case summary."
    twilio.clear_journal()
    client.post(url(rejected, "review"), {**hidden(page), "note": "The summary says who gets what."})
    attempt = Attempt.objects.get()
    carry(attempt.pk)
    attempt.refresh_from_db()
    rejected.refresh_from_db()
    assert (attempt.state, rejected.attempts_used) == (State.ACCEPTED, 1)
    assert attempt.fee == 0
    assert rejected.status == Status.IN_REVIEW
    assert remote.payload(rejected)["use_case_summary"] == WORDS
    assert twilio.counters().accepted_by("verifications.update", rejected.sid) == 1


def test_the_same_text_needs_a_reason(rejected: Review, stands: dict[str, Any], editor: User, twilio: Sandbox) -> None:
    with pytest.raises(NotSent, match="Nothing differs"):
        repair.submit(
            rejected.pk,
            TollfreeDraft.from_submission(stands),
            editor,
            based_on=stands,
            warnings_reason="They said it passes now.",
        )
    assert not Attempt.objects.exists()


def test_what_twilio_closed_meanwhile_is_not_sent(
    rejected: Review, stands: dict[str, Any], repaired: TollfreeDraft, editor: User, twilio: Sandbox
) -> None:
    attempt = repair.submit(rejected.pk, repaired, editor, based_on=stands)
    twilio.reject(rejected.sid, [30461])
    Review.objects.filter(pk=rejected.pk).update(editable=False, status=Status.NEEDS_DECISION)
    carry(attempt.pk)
    attempt.refresh_from_db()
    assert attempt.state == State.WITHDRAWN
    assert twilio.counters().received_by("verifications.update", rejected.sid) == 0


@pytest.mark.parametrize("mishap", ["time_out_after", "drop_after", "half_body"])
def test_an_edit_without_an_answer_is_looked_for_and_not_repeated(
    mishap: str, rejected: Review, stands: dict[str, Any], repaired: TollfreeDraft, editor: User, twilio: Sandbox,
    settings: Settings,
) -> None:  # fmt: skip
    settings.TWILIO_TIMEOUT_SECONDS = 0.5
    attempt = repair.submit(rejected.pk, repaired, editor, based_on=stands)
    getattr(twilio, mishap)(method="POST", path="/Tollfree/Verifications/")
    carry(attempt.pk)
    attempt.refresh_from_db()
    assert attempt.state == State.UNKNOWN
    carry(attempt.pk)
    attempt.refresh_from_db()
    assert attempt.state == State.ACCEPTED
    assert twilio.counters().accepted_by("verifications.update", rejected.sid) == 1


def test_the_page_of_a_closed_one_says_so_and_its_draft_stays(client: Client, rejected: Review) -> None:
    Review.objects.filter(pk=rejected.pk).update(editable=False, status=Status.NEEDS_DECISION)
    page = client.get(url(rejected, "fix"))
    assert "Twilio does not allow an edit" in words_of(page)
    client.post(url(rejected, "fix"), typed(page, then="stay", use_case_summary=WORDS))
    answer = client.get(url(rejected, "review"))
    assert "Update and resubmit" not in unescape(re.sub(r"<title>.*</title>", "", answer.content.decode()))
    assert Draft.objects.get().fields["use_case_summary"] == WORDS
