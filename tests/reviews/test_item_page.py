"""One item: what may be done and why, what stands, what happened, and how old all of it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

import audit.record
from accounts.models import Role, TwilioAccount
from audit.models import Entry
from reviews import drafts
from reviews.attempts import found_elsewhere
from reviews.kinds import kind_of
from reviews.models import Review
from reviews.record import mark_gone
from tests.factories import (
    Payload,
    brand_payload,
    campaign_payload,
    error,
    make_account,
    make_customer,
    make_user,
    mirror,
    tollfree_payload,
)

pytestmark = pytest.mark.django_db
type Clients = Callable[[Role], Client]

REJECTED = campaign_payload()
UNDER_REVIEW = {**REJECTED, "campaign_status": "IN_PROGRESS", "errors": []}


@pytest.fixture
def campaign() -> Review:
    return mirror(make_account(), "campaign", REJECTED)[0]


@pytest.fixture
def editor(client_of: Clients) -> Client:
    return client_of(Role.EDITOR)


def page_of(client: Client, review: Review, query: str = "") -> str:
    answer = client.get(f"/items/{review.pk}/{query}")
    assert answer.status_code == 200
    return answer.text


def test_a_rejected_campaign_says_why_what_to_do_and_what_it_costs(editor: Client, campaign: Review) -> None:
    page = page_of(editor, campaign)
    assert "Edit this campaign and resubmit it" in page
    assert "The opt-in information could not be verified." in page, "Twilio's own words"
    assert "https://www.twilio.com/docs/api/errors/30909" in page
    assert 'href="#field-message_flow"' in page
    assert 'id="field-message_flow"' in page
    assert "3 of 3" in page
    assert "$0.00" in page
    assert "at most $15.00" in page
    assert f"/campaigns/{campaign.pk}/fix/" in page


def test_a_brand_is_explained_and_leads_to_its_form(editor: Client) -> None:
    (brand,) = mirror(make_account(), "brand", brand_payload())
    page = page_of(editor, brand)
    assert f"/brands/{brand.pk}/fix/" in page
    assert "Correct the business profile and resubmit the brand" in page
    assert "has not been read yet" in page
    assert "What to do" in page


def test_a_verification_leads_to_its_form_while_twilio_takes_an_edit(editor: Client) -> None:
    account = make_account()
    (open_one,) = mirror(account, "tollfree", tollfree_payload())
    (closed,) = mirror(account, "tollfree", tollfree_payload(edit_allowed=False))
    assert f"/tollfree/{open_one.pk}/fix/" in page_of(editor, open_one)
    assert "Fix toll-free" in page_of(editor, open_one)
    assert f"/tollfree/{closed.pk}/fix/" not in page_of(editor, closed)


def test_the_deadline_of_a_verification_stands_with_the_verdict(editor: Client) -> None:
    page = page_of(editor, mirror(make_account(), "tollfree", tollfree_payload())[0])
    assert "Edit window" in page
    assert "data-deadline" in page


ODD_PAYLOADS: dict[str, tuple[str, Payload]] = {
    "a word nobody knows": ("campaign", campaign_payload(campaign_status="PAUSED_BY_TCR", errors=[])),
    "a number nobody knows": ("campaign", campaign_payload(errors=[error(39999, "NEW_FIELD", description="New.")])),
    "errors without anything": ("campaign", campaign_payload(errors=[{}, None, [], {"fields": ["X"]}])),
    "errors that are no list": ("campaign", campaign_payload(errors="rejected")),
    "hardly anything": ("campaign", {"sid": "QE1", "messaging_service_sid": "MG1"}),
    "nulls everywhere": ("tollfree", {**dict.fromkeys(tollfree_payload()), "sid": "HH1"}),
    "lists for words": ("brand", brand_payload(status=["FAILED"], brand_type={}, errors=[error(30795)])),
    "markup": ("campaign", campaign_payload(description="<script>alert(1)</script>", errors=[error(1, "<b>")])),
}


@pytest.mark.parametrize("story", ODD_PAYLOADS)
def test_whatever_twilio_sends_there_is_a_page(editor: Client, story: str) -> None:
    kind, payload = ODD_PAYLOADS[story]
    page = page_of(editor, mirror(make_account(), kind, payload)[0])
    assert "<script>alert" not in page
    for client_url in ("/inbox/", "/items/"):
        assert editor.get(client_url).status_code == 200


def test_unknown_words_and_numbers_are_shown_as_they_are(editor: Client) -> None:
    account = make_account()
    (odd,) = mirror(account, "campaign", ODD_PAYLOADS["a word nobody knows"][1])
    (new,) = mirror(account, "campaign", ODD_PAYLOADS["a number nobody knows"][1])
    assert "PAUSED_BY_TCR" in page_of(editor, odd)
    assert 'href="https://console.twilio.com/"' in page_of(editor, odd)
    page = page_of(editor, new)
    assert "Not in our catalogue" in page
    assert "39999" in page
    assert "New field" in page


def test_twilios_raw_answer_is_there_and_harmless(editor: Client) -> None:
    (review,) = mirror(make_account(), "campaign", ODD_PAYLOADS["markup"][1])
    assert "&quot;description&quot;: &quot;&lt;script&gt;" in page_of(editor, review)


def test_what_is_gone_says_so_and_keeps_its_text(editor: Client, campaign: Review) -> None:
    mark_gone(campaign, timezone.now())
    page = page_of(editor, campaign)
    assert "Twilio does not have it any more." in page
    assert REJECTED["description"] in page
    assert "/fix/" not in page


STALE: dict[str, tuple[dict[str, Any], str]] = {
    "account fails": ({"failing_since": timezone.now(), "last_error": "Twilio refused the credentials."}, "refused"),
    "account closed": ({"status": "closed"}, "is closed at Twilio"),
    "account disconnected": ({"disconnected_at": timezone.now()}, "was disconnected on"),
}


@pytest.mark.parametrize("story", STALE)
def test_old_truth_is_not_shown_as_fresh(editor: Client, campaign: Review, story: str) -> None:
    changes, said = STALE[story]
    assert "This is old." not in page_of(editor, campaign)
    TwilioAccount.objects.update(**changes)
    page = page_of(editor, campaign)
    assert "This is old." in page
    assert said in page


def test_an_item_not_read_for_long_says_for_how_long(editor: Client, campaign: Review) -> None:
    Review.objects.update(as_of=timezone.now() - timedelta(hours=9))
    assert "Not read for 9 h, which is over the limit of 8 h." in page_of(editor, campaign)


def test_an_answer_that_could_not_be_read_is_said(editor: Client, campaign: Review) -> None:
    Review.objects.update(problem="A campaign without a SID.")
    assert "Twilio’s newest answer could not be read:" in page_of(editor, campaign)


def test_the_timeline_tells_changes_attempts_and_acts_newest_first(editor: Client) -> None:
    account, now = make_account(), timezone.now()
    (review,) = mirror(account, "campaign", REJECTED, as_of=now - timedelta(days=30))
    mirror(account, "campaign", {**UNDER_REVIEW, "date_updated": "2026-10-01"}, as_of=now - timedelta(days=20))
    mirror(account, "campaign", {**REJECTED, "date_updated": "2026-10-20"}, as_of=now - timedelta(days=1))
    audit.record.record(None, "review:noted", review.subject, str(review))

    events = editor.get(f"/items/{review.pk}/").context["item"].timeline.events

    assert [event.what for event in events] == [
        "Redress noted the review",
        "Needs fix",
        "In review",
        "Somebody outside Redress resubmitted, attempt 1",
        "First seen: needs fix",
    ]
    assert events[1].note == "seen by poll · 19 d in review"
    assert events[1].code == "30909"


def test_the_timeline_is_cut_at_fifty_and_the_rest_is_a_link_away(editor: Client, campaign: Review) -> None:
    for number in range(60):
        audit.record.record(None, f"thing:number_{number}", campaign.subject, str(campaign))
    assert "Show older" in page_of(editor, campaign)
    whole = editor.get(f"/items/{campaign.pk}/?older=1").context["item"].timeline
    assert len(whole.events) == 61
    assert not whole.has_older


def test_it_says_who_else_is_typing_and_where_my_own_draft_is(campaign: Review) -> None:
    ana, ben = make_user("editor", name="Ana Ruiz"), make_user("editor", name="Ben Okafor")
    drafts.keep(campaign, ana, {"description": "x"}, {}, 0)
    page = page_of(signed_in(ben), campaign)
    assert "Ana Ruiz is editing since" in page
    assert "You have a draft" not in page
    assert "You have a draft" in page_of(signed_in(ana), campaign)


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    return client


def test_a_campaign_leads_to_its_brand(editor: Client) -> None:
    account = make_account()
    (brand,) = mirror(account, "brand", brand_payload())
    (campaign,) = mirror(account, "campaign", campaign_payload(brand_registration_sid=brand.sid))
    assert f'href="/items/{brand.pk}/"' in page_of(editor, campaign)


def test_another_customers_item_does_not_exist(campaign: Review) -> None:
    user = make_user("administrator", all_customers=False)
    user.customers.add(make_customer("Mine"))
    assert signed_in(user).get(f"/items/{campaign.pk}/").status_code == 404
    assert signed_in(user).post(f"/items/{campaign.pk}/count/", {"used": 0, "reason": "x"}).status_code == 404


def test_a_long_history_costs_as_many_queries_as_a_short_one(
    editor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    account = make_account()
    (review,) = mirror(account, "campaign", REJECTED)
    with django_assert_num_queries(18):
        editor.get(f"/items/{review.pk}/")
    reading = kind_of("campaign").read(REJECTED)
    for number in range(30):
        status = "PENDING" if number % 2 else "IN_PROGRESS"
        mirror(account, "campaign", {**UNDER_REVIEW, "campaign_status": status})
        found_elsewhere(review, reading, reading, timezone.now())
    mirror(account, "campaign", {**REJECTED, "errors": [error(30924)], "date_updated": "2026-11-01T00:00:00Z"})
    with django_assert_num_queries(18):
        editor.get(f"/items/{review.pk}/")


# --- the count an administrator may correct --------------------------------------------------------------------------


def test_an_administrator_corrects_the_count_with_a_reason(client_of: Clients, campaign: Review) -> None:
    client = client_of(Role.ADMINISTRATOR)
    answer = client.post(f"/items/{campaign.pk}/count/", {"used": 2, "reason": "Sent twice in the Console"})
    assert answer.status_code == 302
    campaign.refresh_from_db()
    assert campaign.attempts_used == 2
    entry = Entry.objects.get(verb="count:corrected")
    assert (entry.detail["was"], entry.detail["now"]) == (0, 2)
    page = page_of(client, campaign)
    assert "1 of 3" in page
    assert "corrected the count from 0 to 2: Sent twice in the Console" in page


def test_a_correction_without_a_reason_comes_back_with_the_form(client_of: Clients, campaign: Review) -> None:
    answer = client_of(Role.ADMINISTRATOR).post(f"/items/{campaign.pk}/count/", {"used": -1, "reason": " "})
    assert answer.status_code == 422
    assert "This field is required." in answer.text
    campaign.refresh_from_db()
    assert campaign.attempts_used == 0


@pytest.mark.parametrize("role", [Role.VIEWER, Role.EDITOR, Role.MANAGER])
def test_nobody_else_corrects_or_is_offered_to(client_of: Clients, campaign: Review, role: Role) -> None:
    client = client_of(role)
    assert client.post(f"/items/{campaign.pk}/count/", {"used": 2, "reason": "x"}).status_code == 403
    assert "Correct the count" not in page_of(client, campaign)


def test_looking_at_the_address_corrects_nothing(client_of: Clients, campaign: Review) -> None:
    assert client_of(Role.ADMINISTRATOR).get(f"/items/{campaign.pk}/count/").status_code == 405


def test_the_admin_site_shows_the_mirror_and_changes_nothing(campaign: Review) -> None:
    client = signed_in(make_user("administrator", is_staff=True, is_superuser=True))
    for model in ("review", "statuschange", "attempt", "appeal"):
        assert client.get(f"/admin/reviews/{model}/").status_code == 200
        assert client.get(f"/admin/reviews/{model}/add/").status_code == 403
    assert client.post(f"/admin/reviews/review/{campaign.pk}/delete/", {"post": "yes"}).status_code == 403
