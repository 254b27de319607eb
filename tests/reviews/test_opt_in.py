"""The opt-in page of an item: what a reviewer looks for, what the text shows of it, and wordings to copy."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from reviews.models import Draft, Review
from tests.factories import (
    brand_payload,
    campaign_payload,
    make_account,
    make_customer,
    make_user,
    mirror,
    tollfree_payload,
)

pytestmark = pytest.mark.django_db
type Clients = Callable[[Role], Client]

HOSTILE = '"><script>alert(1)</script>'


@pytest.fixture
def campaign() -> Review:
    return mirror(make_account(), "campaign", campaign_payload())[0]


@pytest.fixture
def viewer(client_of: Clients) -> Client:
    return client_of(Role.VIEWER)


def page_of(client: Client, review: Review, query: str = "") -> str:
    answer = client.get(f"/items/{review.pk}/opt-in/{query}")
    assert answer.status_code == 200
    return answer.text


def test_it_shows_what_is_missing_and_what_to_add(viewer: Client, campaign: Review) -> None:
    page = page_of(viewer, campaign)
    assert "The wording says that message and data rates may apply." in page
    assert "Add: Message and data rates may apply." in page
    assert "Twilio error page 30924" in page


def test_it_quotes_what_was_found(viewer: Client) -> None:
    flow = "Riders tick an empty box on https://larkspur.example/book: I want deals. Msg frequency varies. STOP to end."
    (review,) = mirror(make_account(), "campaign", campaign_payload(message_flow=flow))
    assert "“Msg frequency varies.”" in page_of(viewer, review)


def test_the_type_is_read_from_the_text_until_one_is_chosen(viewer: Client, campaign: Review) -> None:
    assert 'aria-current="page">Web form' in page_of(viewer, campaign)
    chosen = page_of(viewer, campaign, "?type=verbal")
    assert 'aria-current="page">Spoken' in chosen
    assert "The spoken question is quoted word for word." in chosen


def test_an_unknown_type_is_as_good_as_none(viewer: Client, campaign: Review) -> None:
    assert 'aria-current="page">Web form' in page_of(viewer, campaign, "?type=pigeon")


def test_wordings_carry_the_customer_where_the_brand_is_not_mirrored(viewer: Client, campaign: Review) -> None:
    page = page_of(viewer, campaign)
    assert "I agree to receive special offers by text message from Larkspur Bike Repair." in page
    assert "for help, write to care@larkspur.example." in page, "the contact of the reply that stands"
    assert 'data-copy-from="#consent"' in page


def test_wordings_follow_the_form_and_the_address_can_be_passed_on(viewer: Client, campaign: Review) -> None:
    page = page_of(viewer, campaign, "?type=qr&kind=repair+updates&often=4_month&contact=503-555-0123")
    assert "I agree to receive repair updates by text message" in page
    assert "Up to 4 messages a month." in page
    assert "call 503-555-0123" in page
    assert "?type=paper&amp;kind=repair+updates&amp;often=4_month&amp;contact=503-555-0123" in page


def test_a_kind_that_says_nothing_is_remarked_on(viewer: Client, campaign: Review) -> None:
    assert "The opt-in reply lacks the kind of messages." in page_of(viewer, campaign, "?kind=things")


def test_what_the_form_cannot_use_is_said_and_changes_nothing(viewer: Client, campaign: Review) -> None:
    page = page_of(viewer, campaign, f"?kind={'x' * 90}&often=hourly")
    assert "I agree to receive special offers" in page
    assert page.count('aria-invalid="true"') == 2


def test_hostile_texts_stay_texts(viewer: Client) -> None:
    (review,) = mirror(make_account(name=HOSTILE), "campaign", campaign_payload(message_flow=f"Tick a box {HOSTILE}"))
    page = page_of(viewer, review, "?kind=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&type=%22%3E%3Cscript%3E")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_toll_free_verification_has_one_too(viewer: Client) -> None:
    (review,) = mirror(make_account(), "tollfree", tollfree_payload())
    assert "from Tallgrass Credit Union" in page_of(viewer, review)


def test_a_brand_has_no_opt_in(viewer: Client) -> None:
    (brand,) = mirror(make_account(), "brand", brand_payload())
    assert viewer.get(f"/items/{brand.pk}/opt-in/").status_code == 404
    assert "/opt-in/" not in viewer.get(f"/items/{brand.pk}/").text


def test_the_item_leads_to_it(viewer: Client, campaign: Review) -> None:
    assert f'href="/items/{campaign.pk}/opt-in/"' in viewer.get(f"/items/{campaign.pk}/").text


def test_it_exists_only_for_those_who_care_for_the_customer(client: Client, campaign: Review) -> None:
    outsider = make_user(Role.ADMINISTRATOR, all_customers=False)
    outsider.customers.add(make_customer("Mine"))
    client.force_login(outsider)
    assert client.get(f"/items/{campaign.pk}/opt-in/").status_code == 404


def test_it_only_reads(viewer: Client, campaign: Review) -> None:
    assert viewer.post(f"/items/{campaign.pk}/opt-in/").status_code == 405


def test_other_items_cost_it_nothing(viewer: Client, campaign: Review) -> None:
    alone = _queries(viewer, campaign)
    mirror(campaign.account, "campaign", *(campaign_payload() for _ in range(30)))
    assert _queries(viewer, campaign) == alone


def _queries(client: Client, review: Review) -> int:
    with CaptureQueriesContext(connection) as queries:
        page_of(client, review)
    return len(queries)


def test_an_open_draft_is_what_is_looked_at_and_the_other_text_is_one_click_away(campaign: Review) -> None:
    editor, client = make_user(Role.EDITOR), Client()
    client.force_login(editor)
    flow = "Customers text JOIN to 12345. Message and data rates may apply."
    Draft.objects.create(review=campaign, user=editor, fields={"message_flow": flow})
    drafted, standing = page_of(client, campaign), page_of(client, campaign, "?text=twilio")
    assert "Add: Message and data rates may apply." not in drafted
    assert "your draft, not sent yet" in drafted
    assert "Add: Message and data rates may apply." in standing
    assert "What stands at Twilio" in standing


def test_nobody_looks_at_a_colleagues_draft(viewer: Client, campaign: Review) -> None:
    Draft.objects.create(review=campaign, user=make_user(Role.EDITOR), fields={"message_flow": "Theirs."})
    assert "your draft" not in page_of(viewer, campaign)
