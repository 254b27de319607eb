"""The checks on the repair pages: beside the fields, in the panel, in one line on top, and what they ask for."""

from collections.abc import Callable
from time import perf_counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from campaigns import checks
from campaigns.draft import Draft
from reviews import house
from reviews.house_models import CheckRule
from reviews.models import Attempt, Review
from tests.campaigns.form import GOOD_FLOW, Window, field_of, text_of, textarea, words_of

pytestmark = pytest.mark.django_db

type Open = Callable[[User], Window]

NO_RATES = GOOD_FLOW.replace("Message and data rates may apply. ", "")
INSECURE = "Larkspur Bike Repair: book at http://larkspur.example/book today. Reply STOP to opt out."


def panel_of(page: object) -> str:
    """The Checks panel alone."""
    return text_of(page).partition('id="checks"')[2].partition("</section>")[0]  # type: ignore[arg-type]


def drafted(at: Window, **typed: object) -> Window:
    at.open()
    at.go_on(**{"message_flow": GOOD_FLOW, **typed})
    return at


# --- the form ---


def test_a_form_just_opened_says_what_its_texts_would_fail_for(window: Open, ana: User) -> None:
    page = window(ana).open()
    outlook = words_of(page).partition("Would likely fail for")[2].partition("Twilio decides.")[0]
    assert "30924" in outlook
    assert "4 warnings from our" in outlook
    assert "gives no consent wording" in field_of(page, "message_flow")
    assert "gives no consent wording" in panel_of(page)
    assert 'href="#id_message_flow"' in panel_of(page)


def test_a_good_text_would_likely_pass(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.pause(message_flow=GOOD_FLOW)
    assert "Would likely pass None of our" in words_of(page)
    assert "Twilio decides." in words_of(page)
    assert 'class="findings"' not in text_of(page)


def test_while_typing_every_place_is_swapped(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.pause(message_flow=NO_RATES)
    for name in at.open().context["form"].fields:
        assert f'<ul class="below" id="id_{name}_findings" hx-swap-oob="true">' in text_of(page)
    assert 'id="outlook" hx-swap-oob="innerHTML"' in text_of(page)
    assert "rates" in panel_of(page)


def test_each_finding_stands_once_in_the_panel_and_once_at_its_field(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.go_on(description="Too short.")
    words = "Description is 10 characters; Twilio takes 40 to 4096."
    assert (page.status_code, field_of(page, "description").count(words), panel_of(page).count(words)) == (422, 1, 1)


def test_what_is_said_of_a_span_shows_its_words_marked(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.pause(message_flow=GOOD_FLOW, sample_2=INSECURE)
    assert '<mark class="flagged">http://larkspur.example/book</mark>' in panel_of(page)
    assert 'href="#id_sample_2"' in panel_of(page)


@pytest.mark.parametrize("hostile", ["<script>alert(1)</script>", "\"><img src=x onerror='alert(2)'>", "{{ 7|add:7 }}"])
def test_a_hostile_text_is_marked_and_not_run(hostile: str, window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.pause(description=hostile * 9, message_flow=hostile + GOOD_FLOW, sample_2=f"{hostile} {INSECURE}")
    assert "<mark" in panel_of(page)
    for piece in (page, at.open(), at.ask_review()):
        assert "<script>alert" not in text_of(piece)
        assert "<img src=x" not in text_of(piece)


def test_a_sentence_that_would_mend_it_is_there_to_insert_and_to_copy(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    panel = panel_of(at.pause(message_flow=NO_RATES))
    assert 'data-insert="Message and data rates may apply." data-into="id_message_flow"' in panel
    assert "<p>Message and data rates may apply.</p>" in panel, "without a script it is copied by hand"


def test_a_suggestion_for_a_locked_field_can_only_be_copied(window: Open, ana: User) -> None:
    panel = panel_of(window(ana).open())
    assert 'href="#locked-opt_in_message"' in panel
    assert 'data-into="locked' not in panel


def test_the_brands_name_is_looked_for_and_suggested(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    nobody = "Your yearly check is due, book it this week. Reply STOP to opt out."
    page = at.pause(message_flow=GOOD_FLOW, sample_1=nobody, sample_2=nobody + " Thank you.")
    assert "Larkspur Bike Repair" in panel_of(page)


def test_too_few_samples_are_told_where_the_next_one_goes(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.go_on(sample_2="")
    assert "There is 1 sample message" in field_of(page, "sample_2")


def test_what_is_said_of_all_samples_stands_at_the_first(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.go_on(message_flow="", sample_1="Your yearly check is due.", sample_2="Your order is ready, come by.")
    assert "No sample names Larkspur Bike Repair." in field_of(page, "sample_1")


def test_a_check_that_the_house_switched_off_says_nothing(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    [finding] = checks.run(typed(at, message_flow=NO_RATES), checks.context_of(at.review.pk))
    CheckRule.objects.create(rule=finding.rule, severity=CheckRule.OFF, reason="We know better.", by_name="Ana Ruiz")
    house.forget()
    assert "Would likely pass" in words_of(at.pause(message_flow=NO_RATES))


def typed(at: Window, **over: object) -> Draft:
    at.save(**over)
    return Draft.from_submission({**at.review.campaign.payload, **over})


# --- what it costs ---


def test_findings_cost_no_queries(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()

    def queries(**typed: object) -> int:
        with CaptureQueriesContext(connection) as asked:
            at.pause(**typed)
        return len(asked)

    at.pause(message_flow=GOOD_FLOW)
    good = queries(message_flow=GOOD_FLOW + " ")
    assert queries(message_flow="Bad.", sample_1=INSECURE, sample_2="", description="<b>") == good


def test_the_whole_set_takes_a_few_milliseconds(review: Review) -> None:
    context = checks.context_of(review.pk)
    draft = Draft.from_submission(context.payload)
    checks.run(draft, context)
    started = perf_counter()
    for _ in range(10):
        checks.run(draft, context)
    assert (perf_counter() - started) / 10 < 0.05


# --- the review page ---


def test_warnings_ask_why_beside_them(window: Open, ana: User) -> None:
    at = drafted(window(ana), message_flow=NO_RATES)
    page = at.ask_review()
    assert "rates" in panel_of(page)
    assert f'href="{at.url("fix")}#id_message_flow"' in panel_of(page)
    refused = at.resubmit()
    assert refused.status_code == 422
    assert "1 warning stands. Mend the text, or say why it should be sent all the same." in panel_of(refused)
    assert "warnings_reason_error" in panel_of(refused)
    assert not Attempt.objects.exists()


def test_the_reason_goes_with_the_attempt(window: Open, ana: User) -> None:
    at = drafted(window(ana), message_flow=NO_RATES)
    sent = at.resubmit(warnings_reason="The page shows the rates <b>above</b> the box.")
    assert Attempt.objects.get().warnings_reason == "The page shows the rates <b>above</b> the box."
    page = at.client.get(sent["Location"])
    assert "The page shows the rates <b>above</b> the box." in words_of(page)
    assert "<b>above" not in text_of(page)
    assert "What our checks said" in words_of(page)


def test_a_reason_is_not_lost_when_something_else_is_refused(window: Open, ana: User) -> None:
    at = drafted(window(ana), message_flow=NO_RATES)
    refused = at.resubmit(revision="0", warnings_reason="Half an hour of thought.")
    assert textarea(refused, "warnings_reason") == "Half an hour of thought."


def test_a_good_text_is_asked_nothing(window: Open, ana: User) -> None:
    page = drafted(window(ana)).ask_review()
    assert "Would likely pass" in words_of(page)
    assert 'name="warnings_reason"' not in text_of(page)
