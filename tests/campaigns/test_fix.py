"""The repair form: what it starts from, what it marks, and that no failure costs a typed text."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, TwilioAccount, User
from campaigns import remote
from reviews.models import Attempt, Draft, Review
from reviews.status import Status
from tests.campaigns.form import GOOD_FLOW as FLOW
from tests.campaigns.form import Window, field_of, text_of, textarea, words_of
from tests.factories import brand_payload, campaign_payload, error, make_customer, make_user, mirror

pytestmark = pytest.mark.django_db

type Open = Callable[[User], Window]

POSTS = ["save", "discard", "restore", "see_change"]


def standing(review: Review) -> dict[str, object]:
    return dict(remote.read(remote.payload(review)).submission)


def attempt_of(review: Review, state: Attempt.State, number: int = 1, **over: object) -> Attempt:
    given = {"before": standing(review), "submission": {**standing(review), "description": "What was sent. " * 4}}
    return Attempt.objects.create(review=review, number=number, state=state, by_name="Ana Ruiz", **given | over)


# --- who ---


@pytest.mark.parametrize("page", ["fix", "review"])
def test_a_viewer_may_not_repair(page: str, window: Open, review: Review) -> None:
    viewer = window(make_user(Role.VIEWER))
    for response in (viewer.client.get(viewer.url(page)), viewer.press(page)):
        assert response.status_code == 403
        assert "Editor" in words_of(response)
    assert not Draft.objects.exists()


def test_a_stranger_is_sent_to_sign_in(review: Review) -> None:
    for name in ("fix", "review"):
        response = Client().get(reverse(f"campaigns:{name}", args=[review.pk]))
        assert (response.status_code, "/sign-in/" in response["Location"]) == (302, True)


def test_another_customers_campaign_does_not_exist(window: Open, review: Review) -> None:
    elsewhere = make_user(Role.MANAGER, all_customers=False)
    elsewhere.customers.add(make_customer("Harbor Dental"))
    at = window(elsewhere)
    asked = [at.client.get(at.url("fix")), at.client.get(at.url("review"))]
    posted = [at.press(name) for name in ("fix", "review", *POSTS)]
    assert {response.status_code for response in asked + posted} == {404}
    assert not Draft.objects.exists()


@pytest.mark.parametrize("name", [*POSTS, "continue_from"])
def test_what_changes_something_takes_no_get(name: str, window: Open, ana: User) -> None:
    at = window(ana)
    url = at.url(name, 1) if name == "continue_from" else at.url(name)
    assert at.client.get(url).status_code == 405


def test_a_brand_is_not_a_campaign(mirrored: TwilioAccount, ana: User) -> None:
    at = Window(Client(), mirror(mirrored, "brand", brand_payload())[0])
    at.client.force_login(ana)
    asked = [at.client.get(at.url("fix")), at.client.get(at.url("review"))]
    posted = [at.press(name) for name in ("fix", "review", *POSTS)]
    assert {response.status_code for response in asked + posted} == {404}


def test_somebody_deactivated_meanwhile_is_a_stranger(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    User.objects.filter(pk=ana.pk).update(is_active=False)
    assert at.save(description="Too late.").status_code == 302
    assert not Draft.objects.exists()


# --- what it starts from ---


def test_it_starts_from_the_text_at_twilio(window: Open, ana: User) -> None:
    page = window(ana).open()
    payload = campaign_payload()
    assert textarea(page, "description") == payload["description"]
    assert textarea(page, "sample_2") == payload["message_samples"][1]
    assert textarea(page, "sample_3") == ""
    assert "checked" in field_of(page, "has_embedded_links")
    assert "checked" not in field_of(page, "age_gated")
    assert 'value="https://larkspur.example/terms"' in field_of(page, "terms_and_conditions_url")


def test_it_goes_on_from_ones_own_draft(window: Open, ana: User, marta: User) -> None:
    at = window(ana)
    at.open()
    at.save(description="Half a")
    assert textarea(window(ana).open(), "description") == "Half a"
    assert textarea(window(marta).open(), "description") != "Half a"


@pytest.mark.parametrize("state", [Attempt.State.REFUSED, Attempt.State.NOT_APPLIED, Attempt.State.WITHDRAWN])
def test_it_goes_on_from_what_came_back(state: Attempt.State, window: Open, review: Review, ana: User) -> None:
    attempt = attempt_of(review, state)
    assert textarea(window(ana).open(), "description") == attempt.submission["description"]


def test_what_came_back_is_forgotten_once_twilio_shows_another_text(window: Open, review: Review, ana: User) -> None:
    attempt_of(review, Attempt.State.REFUSED, before={**standing(review), "description": "Long replaced."})
    assert textarea(window(ana).open(), "description") == standing(review)["description"]


# --- what it marks ---


def test_flagged_fields_are_marked_and_named(window: Open, ana: User) -> None:
    page = window(ana).open()
    assert "flagged by 30909" in field_of(page, "message_flow")
    assert "flagged by" not in field_of(page, "description")
    assert 'href="#id_message_flow"' in text_of(page)


def test_every_sample_is_marked_when_the_samples_are_flagged(window: Open, review: Review, ana: User) -> None:
    rejections = [{"code": 30892, "description": "", "url": "", "fields": ["MESSAGE_SAMPLES"]}]
    Review.objects.filter(pk=review.pk).update(rejections=rejections)
    page = window(ana).open()
    assert all("flagged by 30892" in field_of(page, f"sample_{number}") for number in range(1, 6))


def test_a_flagged_field_that_is_locked_or_unknown_is_named_too(window: Open, review: Review, ana: User) -> None:
    rejections = [{"code": 30897, "description": "", "url": "", "fields": ["USE_CASE", "SOMETHING_NEW"]}]
    Review.objects.filter(pk=review.pk).update(rejections=rejections)
    page = window(ana).open()
    assert 'href="#locked-us_app_to_person_usecase"' in text_of(page)
    assert 'id="locked-us_app_to_person_usecase"' in text_of(page)
    assert "SOMETHING_NEW" in words_of(page)


@pytest.mark.parametrize(
    ("name", "least", "most"), [("description", 40, 4096), ("message_flow", 40, 2048), ("sample_5", 20, 1024)]
)
def test_counters_show_least_and_most(name: str, least: int, most: int, window: Open, ana: User) -> None:
    page = window(ana).open()
    assert f'data-count="id_{name}" data-min="{least}" data-max="{most}"' in text_of(page)
    assert "maxlength" not in field_of(page, name), "a browser would cut a pasted text in silence"


def test_what_is_locked_is_shown_with_the_reason_and_the_other_way(window: Open, ana: User) -> None:
    words = words_of(window(ana).open())
    assert "Use case Marketing A different use case is a new review. Other way:" in words
    assert "Reply START to rejoin." in words
    assert "Subscriber opt-in yes" in words
    assert "Opt-in keywords empty" in words


def test_a_closed_campaign_says_why_and_keeps_the_form(window: Open, review: Review, ana: User) -> None:
    Review.objects.filter(pk=review.pk).update(status=Status.IN_REVIEW)
    page = window(ana).open()
    assert "With the reviewers" in words_of(page)
    assert textarea(page, "description")


def test_a_disconnected_account_is_said_before_anybody_types(window: Open, mirrored: TwilioAccount, ana: User) -> None:
    TwilioAccount.objects.filter(pk=mirrored.pk).update(disconnected_at=timezone.now())
    assert "Its Twilio account is not connected" in words_of(window(ana).open())


# --- no failure costs a text ---


def test_an_invalid_text_is_kept_and_explained_beside_its_field(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.go_on(description="Too short.", message_flow=FLOW)
    assert page.status_code == 422
    assert textarea(page, "description") == "Too short."
    assert textarea(page, "message_flow") == FLOW
    assert "Twilio takes 40 to 4096" in field_of(page, "description")
    assert 'aria-invalid="true"' in field_of(page, "description")
    assert Draft.objects.get().fields["description"] == "Too short."


def test_an_invalid_text_may_be_saved_for_later(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    response = at.save(description="")
    assert (response.status_code, response["Location"]) == (302, f"{at.url('fix')}?saved")
    assert Draft.objects.get().fields["description"] == ""


ODD = {
    "twenty thousand characters": "x" * 20_000,
    "more than that": "ä" * 30_000,
    "emoji": "👩🏽‍🔧 tune-ups 🚲 " * 20,
    "hostile": "</textarea><script>alert('1')</script>\"'&amp;",
    "leading line": "\nSecond line first.",
    "right to left": "\u202eReply STOP\u202c מחר",
}


@pytest.mark.parametrize("typed", ODD.values(), ids=ODD.keys())
def test_any_text_comes_back_as_it_was_typed(typed: str, window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(description=typed)
    assert Draft.objects.get().fields["description"] == typed
    page = at.open()
    assert textarea(page, "description") == typed
    assert "<script>alert" not in text_of(page)


def test_nul_is_dropped_and_line_ends_are_a_browsers(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.go_on(description="One\x00 line that is long enough to pass,\r\nand another one.", message_flow=FLOW)
    assert page.status_code == 302, "neither makes a good text invalid"
    assert Draft.objects.get().fields["description"].startswith("One line")
    change, _ = at.ask_review().context["changed"][0]
    assert change.after == "One line that is long enough to pass,\nand another one."


def test_samples_may_have_gaps_and_errors_stand_beside_the_right_one(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.go_on(sample_2="", sample_3="Too short.")
    assert page.status_code == 422
    assert "Twilio takes 20 to 1024" in field_of(page, "sample_3")
    assert "Twilio takes" not in field_of(page, "sample_2")
    assert at.go_on(sample_3="Larkspur: your bike is ready. Reply STOP to opt out.").status_code == 302
    assert len(at.ask_review().context["changed"]) == 1, "the third box is the second sample"


def test_one_sample_is_too_few_and_five_are_not_too_many(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    page = at.go_on(sample_2="")
    assert page.status_code == 422
    assert "There is 1 sample message; Twilio takes 2 to 5." in words_of(page)
    five = {f"sample_{n}": f"Larkspur: message number {n}. Reply STOP to opt out." for n in range(1, 6)}
    assert at.go_on(**five).status_code == 302


def test_an_approved_campaign_keeps_its_flags_whatever_the_browser_leaves_out(
    window: Open, review: Review, marta: User
) -> None:
    Review.objects.filter(pk=review.pk).update(status=Status.APPROVED, rejections=[])
    at = window(marta)
    page = at.open()
    assert "disabled" in field_of(page, "has_embedded_links")
    assert (
        at.go_on(description="Larkspur Bike Repair texts its customers about their yearly service.").status_code == 302
    )
    assert [change.key for change, _ in at.ask_review().context["changed"]] == ["description"]
    assert at.resubmit(warnings_reason="It was approved with these words.").status_code == 302
    assert Attempt.objects.get().submission["has_embedded_links"] is True


def test_flags_ticked_before_the_approval_are_taken_back(window: Open, review: Review, marta: User) -> None:
    at = window(marta)
    at.open()
    at.save(age_gated=True)
    Review.objects.filter(pk=review.pk).update(status=Status.APPROVED, rejections=[])
    assert [change.key for change, _ in at.ask_review().context["changed"]] == []


def test_a_campaign_with_more_samples_than_the_form_has_still_shows_what_changed() -> None:
    many = {"message_samples": [f"sample {n}" for n in range(6)]}
    fewer = {"message_samples": [f"sample {n}" for n in range(5)]}
    assert [change.key for change in remote.compare(many, fewer) if change.is_changed] == ["sample_6"]


# --- the item changes at Twilio meanwhile ---


def change_at_twilio(review: Review, **over: object) -> None:
    mirror(review.account, "campaign", {**remote.payload(review), **over})


def test_a_change_at_twilio_is_shown_and_nothing_is_sent_before_it_was_seen(
    window: Open, review: Review, ana: User
) -> None:
    at = window(ana)
    at.open()
    change_at_twilio(review, description="Rewritten in the Console by somebody who did not tell us.")
    at.go_on(message_flow=FLOW)
    page = at.open()
    assert "It changed at Twilio since you began" in words_of(page)
    assert "Rewritten" in text_of(page)
    assert textarea(page, "message_flow") == FLOW
    Review.objects.update(resubmitted_at=None)
    refused = at.resubmit()
    assert refused.status_code == 422
    assert "changed at Twilio since you began" in words_of(refused)
    assert not Attempt.objects.filter(origin=Attempt.HERE).exists()

    at.press("see_change", seen=at.open().context["seen_now"])
    page = at.open()
    assert "It changed at Twilio" not in words_of(page)
    assert textarea(page, "message_flow") == FLOW
    assert at.resubmit().status_code == 302


def test_a_change_seen_is_only_the_one_that_was_shown(window: Open, review: Review, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(message_flow=FLOW)
    change_at_twilio(review, description="The first change in the Console, which was shown and seen.")
    seen = at.open().context["seen_now"]
    change_at_twilio(review, description="The second change in the Console, which nobody has seen yet.")
    at.press("see_change", seen=seen)
    assert "It changed at Twilio" in words_of(at.open())


@pytest.mark.parametrize("seen", ["", "nonsense", None])
def test_a_forged_mark_of_having_seen_is_none(seen: str | None, window: Open, review: Review, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(message_flow=FLOW)
    change_at_twilio(review, description="Changed in the Console while somebody was typing here.")
    at.press("see_change", **({} if seen is None else {"seen": seen}))
    page = at.open()
    assert page.status_code == 200
    assert "It changed at Twilio" in words_of(page)


def test_the_mark_of_another_campaign_is_none(window: Open, review: Review, mirrored: TwilioAccount, ana: User) -> None:
    other = Window(Client(), mirror(mirrored, "campaign", campaign_payload(description="Another one." * 9))[0])
    other.client.force_login(ana)
    at = window(ana)
    at.open()
    at.save(message_flow=FLOW)
    at.press("see_change", seen=other.open().context["seen_now"])
    assert Draft.objects.get(review=review).based_on == standing(review)


def test_a_first_save_with_a_forged_mark_shows_the_whole_text(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(message_flow=FLOW, seen="nonsense")
    assert "It changed at Twilio" in words_of(at.open())


# --- how much it asks ---


def test_the_same_number_of_queries_for_many_attempts_and_drafts(window: Open, review: Review, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(description=FLOW)

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            at.open()
            at.ask_review()
        return len(asked)

    at.open()
    few = queries()
    for number in range(1, 12):
        attempt_of(review, Attempt.State.REFUSED, number)
        Draft.objects.create(review=review, user=make_user(), fields={}, based_on={})
    assert queries() == few


def test_a_code_without_a_field_marks_nothing(mirrored: TwilioAccount, ana: User) -> None:
    at = Window(Client(), mirror(mirrored, "campaign", campaign_payload(errors=[error(30924)]))[0])
    at.client.force_login(ana)
    assert "flagged by" not in text_of(at.open())


def test_what_was_rejected_and_stands_as_it_was_is_not_called_likely_to_pass(
    mirrored: TwilioAccount, ana: User
) -> None:
    passing = {"message_flow": FLOW, "errors": [error(30924, "MESSAGE_FLOW")]}
    at = Window(Client(), mirror(mirrored, "campaign", campaign_payload(**passing))[0])
    at.client.force_login(ana)
    assert "Nothing is changed yet" in words_of(at.open())
    assert "Would likely pass" in words_of(at.pause(message_flow=f"{FLOW} Numbers are not shared."))
