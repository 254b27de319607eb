"""What stands still although no reviewer has it: suspended, being deleted, registered elsewhere."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role, TwilioAccount
from campaigns.draft import Draft
from campaigns.repair import submit
from reviews.kinds import kind_of
from reviews.models import Attempt, Review
from reviews.record import mark_gone
from reviews.status import Status
from rulebook import holds
from sync.gate import NotSent
from tests.factories import (
    Payload,
    brand_payload,
    campaign_payload,
    error,
    make_account,
    make_user,
    mirror,
    tollfree_payload,
)

pytestmark = pytest.mark.django_db
type Clients = Callable[[Role], Client]

ROWS = [hold for hold in vars(holds).values() if isinstance(hold, holds.Hold)]


@pytest.fixture
def account() -> TwilioAccount:
    return make_account()


@pytest.fixture
def manager(client_of: Clients) -> Client:
    return client_of(Role.MANAGER)


def suspended(account: TwilioAccount, brand_status: str = "") -> Review:
    """A suspended campaign, and its brand in this state where one is given."""
    campaign = campaign_payload(campaign_status="SUSPENDED", errors=[])
    if brand_status:
        mirror(account, "brand", brand_payload(sid=campaign["brand_registration_sid"], status=brand_status, errors=[]))
    return mirror(account, "campaign", campaign)[0]


def external(account: TwilioAccount, *codes: int, **over: Any) -> Review:
    over = {"is_externally_registered": True, "errors": [error(code) for code in codes], **over}
    return mirror(account, "campaign", campaign_payload(**over))[0]


def page_of(client: Client, review: Review) -> str:
    answer = client.get(f"/items/{review.pk}/")
    assert answer.status_code == 200
    return answer.text


def test_a_campaign_suspended_with_its_brand_says_so_and_leads_there(account: TwilioAccount, manager: Client) -> None:
    page = page_of(manager, suspended(account, "SUSPENDED"))
    brand = Review.objects.get(kind="brand")
    assert "Suspended with its brand" in page
    assert "Settle the brand first; this campaign follows it." in page
    assert f'href="/items/{brand.pk}/"' in page


def test_a_campaign_suspended_alone_says_so(account: TwilioAccount, manager: Client) -> None:
    page = page_of(manager, suspended(account, "APPROVED"))
    assert "The campaign itself is suspended: its brand is not." in page
    assert "Suspended with its brand" not in page
    assert "Either it was stopped itself, or its brand was." not in page, "the page knows which"


def test_where_the_brand_is_not_mirrored_nobody_claims_to_know(account: TwilioAccount, manager: Client) -> None:
    page = page_of(manager, suspended(account))
    assert "Its brand is not mirrored here, so whether the suspension came with the brand cannot be told." in page


def test_a_brand_that_is_gone_or_of_another_account_proves_nothing(account: TwilioAccount) -> None:
    campaign = suspended(account, "SUSPENDED")
    assert kind_of("campaign").held(campaign) is holds.CAMPAIGN_SUSPENDED_THROUGH_BRAND
    mark_gone(Review.objects.get(kind="brand"), campaign.as_of)
    assert kind_of("campaign").held(campaign) is holds.CAMPAIGN_SUSPENDED
    Review.objects.filter(kind="brand").update(gone_at=None, account=make_account(name="Another"))
    assert kind_of("campaign").held(campaign) is holds.CAMPAIGN_SUSPENDED


STOPPED: dict[str, tuple[str, Payload, str]] = {
    "campaign suspended": ("campaign", campaign_payload(campaign_status="SUSPENDED"), "fail with 30033"),
    "campaign deleted": ("campaign", campaign_payload(campaign_status="DELETED", errors=[]), "Deleted at Twilio"),
    "brand suspended": ("brand", brand_payload(status="SUSPENDED"), "with 21731"),
    "brand being deleted": ("brand", brand_payload(status="DELETION_PENDING", errors=[]), "Being deleted"),
    "brand not deleted": ("brand", brand_payload(status="DELETION_FAILED", errors=[]), "Deletion failed"),
}


@pytest.mark.parametrize("story", STOPPED)
def test_what_is_stopped_says_what_is_restricted_and_what_to_do_and_offers_no_edit(
    account: TwilioAccount, manager: Client, story: str
) -> None:
    kind, payload, said = STOPPED[story]
    (review,) = mirror(account, kind, payload)
    page = page_of(manager, review)
    assert said in page
    assert "Restricted" in page
    assert "What to do" in page
    assert "seen Nov 2026" in page
    assert "/fix/" not in page


def test_a_rejected_campaign_of_a_stopped_brand_is_not_sent(account: TwilioAccount, manager: Client) -> None:
    (campaign,) = mirror(account, "campaign", campaign_payload())
    sid = campaign.owner_sids[1]
    mirror(account, "brand", brand_payload(sid=sid, status="SUSPENDED", errors=[]))
    page = page_of(manager, campaign)
    assert "What it hangs on is stopped:" in page
    assert "/fix/" not in page
    stands = kind_of("campaign").read(kind_of("campaign").payload(campaign)).submission
    with pytest.raises(NotSent, match="Its brand is stopped"):
        submit(campaign.pk, Draft.from_submission(stands), make_user(Role.MANAGER), based_on=stands, note="Again.")
    assert not Attempt.objects.exists()


WAITING: dict[str, tuple[tuple[int, ...], str, str]] = {
    "in review": ((), "IN_PROGRESS", "Twilio, to accept the share in the registry, and the carriers after it."),
    "approved": ((), "VERIFIED", "Nothing: it stands."),
    "not shared": ((30904,), "FAILED", "it has to be shared with Twilio in the registry"),
    "not accepted": ((30905,), "FAILED", "Twilio, to accept the share. The registry tells the provider when it has."),
    "declined": ((30906,), "FAILED", "it has to be corrected there and shared again."),
    "migration over": ((30992,), "FAILED", "the migration has to be started again there."),
    "rejected": ((30909,), "FAILED", "what the reasons name has to be corrected there."),
}


@pytest.mark.parametrize("story", WAITING)
def test_a_campaign_registered_elsewhere_says_what_is_waited_for_and_offers_no_edit(
    account: TwilioAccount, manager: Client, story: str
) -> None:
    codes, word, waited_for = WAITING[story]
    review = external(account, *codes, campaign_status=word)
    page = page_of(manager, review)
    assert waited_for in page
    assert "is not shown by Twilio’s API" in page, "what is not documented is said to be"
    assert "/fix/" not in page
    assert not kind_of("campaign").verdict(review, review.as_of).allowed
    assert review.status != Status.NEEDS_FIX, "nobody can fix it here"


def test_the_code_of_a_migration_tells_it_even_where_twilio_sets_no_mark(account: TwilioAccount) -> None:
    review = external(account, 30993, is_externally_registered=None)
    assert kind_of("campaign").held(review) is holds.MIGRATION_ENDED


def test_other_items_are_held_by_nothing(account: TwilioAccount) -> None:
    payloads = {"campaign": campaign_payload(), "brand": brand_payload(), "tollfree": tollfree_payload()}
    for kind, payload in payloads.items():
        assert kind_of(kind).held(mirror(account, kind, payload)[0]) is None


def test_the_page_of_a_stopped_campaign_costs_no_more_for_many_campaigns(
    account: TwilioAccount, manager: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    review = suspended(account, "SUSPENDED")
    manager.get(f"/items/{review.pk}/")
    with django_assert_num_queries(18):
        manager.get(f"/items/{review.pk}/")
    mirror(account, "campaign", *(campaign_payload(campaign_status="SUSPENDED") for _ in range(12)))
    with django_assert_num_queries(18):
        manager.get(f"/items/{review.pk}/")


@pytest.mark.parametrize("hold", ROWS, ids=lambda hold: hold.headline)
def test_every_row_has_a_source_and_says_what_to_do(hold: holds.Hold) -> None:
    assert hold.source
    assert hold.seen
    assert hold.todo
    assert all(words.endswith(".") for words in (hold.why, *hold.restricted, *hold.todo))
