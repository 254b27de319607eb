"""The pages of a plan: what they say, who may do what, and that nothing is lost or spent by a slip."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Role, TwilioAccount, User
from audit.models import Entry
from reviews.models import Renewal, Review
from sandbox.handle import Registration, Sandbox
from sync.poll import poll_account
from tests.campaigns.form import field_of, text_of, textarea, words_of
from tests.factories import make_customer, make_user
from tests.renewal.conftest import carried, deletions
from tests.renewal.form import Browser, RenewalWindow, start_url, window

pytestmark = pytest.mark.django_db(transaction=True)
State = Renewal.State

PAGES = ("page", "form", "review", "delete")
POSTS = ("save", "ask", "cancel", "waive", "look")


# --- the start ---


def test_the_costs_stand_first_with_their_sources(review: Review, ana: User, client_for: Browser) -> None:
    words = words_of(client_for(ana).get(start_url(review)))
    assert "This is the right way." in words
    assert "Fee $15.00" in words
    assert "The end: it is reviewed as a new one" in words
    assert "Policy: Three free resubmissions, then $15.00 each" in words
    assert "The messaging service stays, and its numbers stay in it." in words
    assert "nothing is deleted by beginning it" in words


def test_the_cheaper_way_is_said_first_and_leads_to_the_form(
    review: Review, ana: User, client_for: Browser, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.reject(wrong_use_case.service_sid, [30924])
    poll_account(review.account_id)
    page = client_for(ana).get(start_url(review))
    assert "There is a cheaper way." in words_of(page)
    assert f'href="/campaigns/{review.pk}/fix/"' in text_of(page)
    refused = client_for(ana).post(start_url(review), {"why": "Because."})
    assert refused.status_code == 422
    assert "Name the field that no edit can change" in words_of(refused)
    assert not Renewal.objects.exists()


def test_beginning_a_plan_keeps_everything_and_asks_twilio(
    review: Review, ana: User, client_for: Browser, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    answer = client_for(ana).post(start_url(review), {"why": "It is customer care."})
    renewal = Renewal.objects.get()
    assert answer["Location"] == reverse("renewals:page", args=[renewal.pk])
    assert ["CUSTOMER_CARE", "Customer care"] in renewal.options["us_app_to_person_usecase"]
    assert Entry.objects.filter(verb="renewal:planned").count() == 1
    assert deletions(twilio, wrong_use_case) == 0
    assert client_for(ana).get(start_url(review))["Location"] == answer["Location"], "one plan, one page"


def test_twilio_being_away_does_not_keep_a_plan_from_beginning(
    review: Review, ana: User, client_for: Browser, twilio: Sandbox
) -> None:
    twilio.server_error(method="GET", path="Usecases", calls=9)
    client_for(ana).post(start_url(review), {"why": "It is customer care."})
    at = window(client_for, ana, Renewal.objects.get())
    assert "What may be chosen is not known." in words_of(at.open())
    twilio.clear_faults()
    assert at.post("ask").status_code == 302
    assert "What may be chosen is not known" not in words_of(at.open())


# --- who ---


def test_a_viewer_reads_and_does_nothing(planned: Renewal, review: Review, client_for: Browser) -> None:
    at = window(client_for, make_user(Role.VIEWER), planned)
    assert at.get("page").status_code == 200
    assert "Delete the old one" not in words_of(at.get("page"))
    assert {at.get(name).status_code for name in ("form", "review", "delete")} == {403}
    assert {at.post(name).status_code for name in (*POSTS, "form", "review", "delete")} == {403}
    assert at.client.get(start_url(review)).status_code == 403


def test_an_editor_plans_and_writes_and_neither_deletes_nor_agrees(
    deleted: Renewal, planned: Renewal, ana: User, client_for: Browser, twilio: Sandbox
) -> None:
    at = window(client_for, ana, planned)
    assert at.get("delete").status_code == 403
    assert at.post("delete", name=planned.review.title).status_code == 403
    page = at.create()
    assert page.status_code == 422
    assert "Only a Manager or above may agree" in words_of(page)
    assert 'name="agreed"' not in text_of(at.get("review"))


def test_a_stranger_and_another_customers_person_find_nothing(planned: Renewal, client_for: Browser) -> None:
    stranger = RenewalWindow(Client(), planned)
    assert {stranger.get(name).status_code for name in PAGES} == {302}
    elsewhere = make_user(Role.MANAGER, all_customers=False)
    elsewhere.customers.add(make_customer("Harbor Dental"))
    at = window(client_for, elsewhere, planned)
    assert {at.get(name).status_code for name in PAGES} == {404}
    assert {at.post(name).status_code for name in (*POSTS, "form", "review", "delete")} == {404}


def test_looking_at_its_pages_changes_nothing(
    planned: Renewal, marta: User, client_for: Browser, twilio: Sandbox
) -> None:
    at = window(client_for, marta, planned)
    twilio.clear_journal()
    before = Renewal.objects.filter(pk=planned.pk).values().get()
    assert {at.get(name).status_code for name in PAGES} == {200}
    assert {at.get(name).status_code for name in POSTS} == {405}
    assert Renewal.objects.filter(pk=planned.pk).values().get() == before
    assert twilio.calls() == []


# --- the form ---


def test_every_field_of_the_call_can_be_given(planned: Renewal, ana: User, client_for: Browser) -> None:
    at = window(client_for, ana, planned)
    page = at.open()
    names = set(page.context["form"].fields)
    assert {"us_app_to_person_usecase", "brand_registration_sid", "opt_in_message", "opt_out_message", "help_message",
            "opt_in_keywords", "opt_out_keywords", "help_keywords", "subscriber_opt_in", "age_gated",
            "privacy_policy_url", "sample_5"} < names  # fmt: skip
    at.save(opt_in_keywords="START, join", opt_in_message="Larkspur Bike Repair: you are in. Reply HELP or STOP.")
    planned.refresh_from_db()
    assert planned.fields["opt_in_keywords"] == "START, join"


def test_the_use_cases_are_those_that_twilio_offers_the_brand(planned: Renewal, ana: User, client_for: Browser) -> None:
    page = window(client_for, ana, planned).open()
    field = field_of(page, "us_app_to_person_usecase")
    assert '<option value="CUSTOMER_CARE" selected>' in field
    assert "needs a further approval" in field
    assert "SOLE_PROPRIETOR" not in field


def test_a_use_case_the_brand_may_not_have_is_an_error(planned: Renewal, ana: User, client_for: Browser) -> None:
    at = window(client_for, ana, planned)
    at.open()
    page = at.go_on(us_app_to_person_usecase="SOLE_PROPRIETOR")
    assert page.status_code == 422
    assert "Twilio does not offer this use case" in words_of(page)


def test_a_new_registration_is_judged_as_one(planned: Renewal, ana: User, client_for: Browser) -> None:
    """No update carries a reply, so a reply that is too short is only a warning there; here it is refused."""
    at = window(client_for, ana, planned)
    at.open()
    page = at.go_on(help_message="Too short.")
    assert page.status_code == 422
    assert 'aria-invalid="true"' in field_of(page, "help_message")
    assert "cannot be updated" not in words_of(page)


def test_what_is_typed_is_saved_while_typing(planned: Renewal, ana: User, client_for: Browser) -> None:
    at = window(client_for, ana, planned)
    at.open()
    assert at.pause(description="Half a").status_code == 200
    assert textarea(window(client_for, ana, planned).open(), "description") == "Half a"
    assert at.pause(description="Half a sentence").status_code == 200


def test_a_second_window_does_not_overwrite_a_newer_text(
    planned: Renewal, ana: User, marta: User, client_for: Browser
) -> None:
    mine, theirs = window(client_for, ana, planned), window(client_for, marta, planned)
    mine.open()
    theirs.open()
    theirs.save(description="Marta’s text.")
    page = mine.save(description="Ana’s text.")
    assert page.status_code == 409
    assert "Not saved here: Marta Lindqvist saved a newer text" in words_of(page)
    planned.refresh_from_db()
    assert planned.fields["description"] == "Marta’s text."
    assert mine.pause(description="Ana’s text!").status_code == 409
    mine.client.post(mine.url("form"), {**mine.fields(description="Ana’s text."), "over": "1"})
    planned.refresh_from_db()
    assert planned.fields["description"] == "Ana’s text."


def test_a_text_written_over_on_purpose_stays_to_be_copied(
    planned: Renewal, ana: User, marta: User, client_for: Browser
) -> None:
    mine, theirs = window(client_for, ana, planned), window(client_for, marta, planned)
    mine.open()
    theirs.open()
    theirs.save(description="Marta’s <b>hour</b> of work.", age_gated=True)
    mine.client.post(mine.url("form"), {**mine.fields(description="Ana’s text."), "over": "1"})
    planned.refresh_from_db()
    assert [(text["by"], text["fields"]["description"]) for text in planned.earlier] == [
        ("Marta Lindqvist", "Marta’s <b>hour</b> of work.")
    ]
    page = mine.open()
    assert "Earlier text by Marta Lindqvist" in words_of(page)
    assert "Marta’s &lt;b&gt;hour&lt;/b&gt; of work." in text_of(page).split("Earlier text by")[1]


def test_a_text_saved_in_its_turn_leaves_no_earlier_one(planned: Renewal, ana: User, client_for: Browser) -> None:
    at = window(client_for, ana, planned)
    at.open()
    at.save(description="One.")
    at.save(description="Two.")
    planned.refresh_from_db()
    assert planned.earlier == []


def test_another_brand_makes_twilio_be_asked_again(
    planned: Renewal, ana: User, client_for: Browser, twilio: Sandbox, account: TwilioAccount
) -> None:
    other = twilio.register_brand(account.sid, name="Harbor Dental").brand_sid
    poll_account(account.pk)
    at = window(client_for, ana, planned)
    assert other in field_of(at.open(), "brand_registration_sid")
    at.save(brand_registration_sid=other)
    planned.refresh_from_db()
    assert planned.options_for == other


def test_nothing_is_typed_into_what_is_being_created(ordered: Renewal, ana: User, client_for: Browser) -> None:
    at = window(client_for, ana, ordered)
    assert at.get("form").status_code == 302
    assert at.pause(description="Too late.").status_code == 409
    assert at.save(description="Too late.").status_code == 409


# --- deleting ---


@pytest.mark.parametrize("name", ["", "larkspur bike repair marketing", "Larkspur", "x" * 201])
def test_a_wrong_name_deletes_nothing(name: str, planned: Renewal, marta: User, client_for: Browser) -> None:
    page = window(client_for, marta, planned).delete(name=name)
    assert page.status_code in (200, 422)
    planned.refresh_from_db()
    assert planned.state == State.PLANNED
    assert 'id="id_name_error"' in text_of(page)


def test_the_right_name_hands_it_to_a_worker(planned: Renewal, marta: User, client_for: Browser) -> None:
    answer = window(client_for, marta, planned).delete()
    assert answer.status_code == 302
    planned.refresh_from_db()
    assert (planned.state, planned.confirmed_by_name) == (State.DELETING, "Marta Lindqvist")
    assert Entry.objects.filter(verb="renewal:deletion_confirmed").count() == 1


def test_what_changed_after_the_page_was_opened_is_not_deleted(
    planned: Renewal, marta: User, client_for: Browser
) -> None:
    page = window(client_for, marta, planned).delete(seen="of long ago")
    assert page.status_code == 422
    assert "It changed at Twilio after this page was opened" in words_of(page)


def test_an_approved_one_takes_a_second_word(
    planned: Renewal, marta: User, client_for: Browser, twilio: Sandbox, wrong_use_case: Registration
) -> None:
    twilio.approve(wrong_use_case.service_sid)
    poll_account(planned.review.account_id)
    planned.review.refresh_from_db()
    at = window(client_for, marta, planned)
    assert "Its messages stop" in words_of(at.get("delete"))
    assert at.delete().status_code == 422
    assert at.delete(stops="on").status_code == 302


# --- creating ---


def test_the_new_one_is_compared_with_the_old_one(deleted: Renewal, marta: User, client_for: Browser) -> None:
    page = window(client_for, marta, deleted).get("review")
    assert [change.key for change, _ in page.context["changed"]] == ["us_app_to_person_usecase"]
    assert "I accept that Twilio may charge $15.00" in words_of(page)


@pytest.mark.parametrize(
    "over", [{"agreed": None}, {"fee": "14.99"}, {"fee": "NaN"}, {"revision": "99"}, {"revision": None}]
)
def test_without_the_word_for_this_text_and_amount_nothing_is_created(
    over: dict[str, str | None], deleted: Renewal, marta: User, client_for: Browser
) -> None:
    page = window(client_for, marta, deleted).create(**over)
    assert page.status_code == 422
    deleted.refresh_from_db()
    assert (deleted.state, deleted.fee_agreed_at) == (State.DELETED, None)


def test_the_button_creates_once_however_often_it_is_pressed(
    deleted: Renewal, marta: User, client_for: Browser
) -> None:
    at = window(client_for, marta, deleted)
    assert at.create().status_code == 302
    page = at.client.post(at.url("review"), {"agreed": "1", "fee": "15.00", "revision": deleted.revision})
    assert page.status_code == 422
    assert "It is being created already. Nothing was sent a second time." in words_of(page)


def test_errors_block_and_warnings_take_a_reason(deleted: Renewal, marta: User, client_for: Browser) -> None:
    at = window(client_for, marta, deleted)
    at.open()
    at.save(description="Too short.")
    page = at.create()
    assert page.status_code == 422
    assert "Twilio takes 40 to 4096" in words_of(page)


# --- cancelled ---


def test_an_editor_cancels_before_the_deletion(
    planned: Renewal, review: Review, ana: User, client_for: Browser
) -> None:
    window(client_for, ana, planned).post("cancel")
    planned.refresh_from_db()
    assert (planned.state, Review.objects.get(pk=review.pk).renewal) == (State.CANCELLED, "")
    assert "Nothing was deleted" in words_of(window(client_for, ana, planned).get("page"))
    assert client_for(ana).get(f"/campaigns/{review.pk}/fix/").status_code == 200


def test_after_the_deletion_it_takes_a_manager_and_the_old_one_stays_deleted(
    deleted: Renewal, review: Review, ana: User, marta: User, client_for: Browser
) -> None:
    window(client_for, ana, deleted).post("cancel")
    deleted.refresh_from_db()
    assert deleted.state == State.DELETED
    window(client_for, marta, deleted).post("cancel")
    deleted.refresh_from_db()
    assert deleted.state == State.CANCELLED
    assert "The old one stays deleted" in deleted.answer
    assert Review.objects.get(pk=review.pk).gone_at


@pytest.mark.parametrize("step", ["confirmed", "ordered"])
def test_what_is_on_its_way_is_not_cancelled(
    step: str, request: pytest.FixtureRequest, marta: User, client_for: Browser
) -> None:
    renewal: Renewal = request.getfixturevalue(step)
    state = renewal.state
    window(client_for, marta, renewal).post("cancel")
    renewal.refresh_from_db()
    assert renewal.state == state


def test_a_doubt_that_twilio_never_ends_is_closed_by_an_administrator(
    ordered: Renewal, review: Review, marta: User, client_for: Browser, twilio: Sandbox, account: TwilioAccount
) -> None:
    twilio.drop_after(method="POST")
    carried(ordered)
    window(client_for, marta, ordered).post("cancel")
    ordered.refresh_from_db()
    assert ordered.is_in_doubt
    window(client_for, make_user(Role.ADMINISTRATOR), ordered).post("cancel")
    ordered.refresh_from_db()
    assert ordered.state == State.CANCELLED
    assert "was not known here" in ordered.answer
    poll_account(account.pk)
    assert Review.objects.get(pk=review.pk).gone_at is None, "it was made, and the mirror says so"
    assert Review.objects.filter(kind="campaign").count() == 1
