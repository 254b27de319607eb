"""When it is offered: where it is right, with the cheaper way named where there is one, and never in between."""

from typing import Any

import pytest
from django.utils import timezone

from accounts.models import TwilioAccount, User
from campaigns import remote
from reviews.models import Renewal, Review
from reviews.renewals import Wish
from reviews.status import Status
from sync import renewal_gate
from sync.gate import NotSent
from tests.factories import brand_payload, campaign_payload, error, make_account, mirror, sid

pytestmark = pytest.mark.django_db


def campaign(*errors: dict[str, object], **over: object) -> Review:
    review = mirror(make_account(), "campaign", campaign_payload(errors=list(errors), **over))[0]
    return Review.objects.with_names().get(pk=review.pk)


@pytest.mark.parametrize(
    ("review", "why"),
    [
        ([error(30900, "USE_CASE")], "cannot be changed by an edit"),
        ([error(30881, "BRAND_SUPPORT_EMAIL")], "The fault lies with the brand"),
        ([error(30924, "MESSAGE_FLOW"), error(30900, "USE_CASE")], "cannot be changed by an edit"),
        ([error(39999, "HELP_MESSAGE")], "no update can change: HELP reply"),
    ],
)
def test_it_is_right_where_no_edit_helps(review: list[dict[str, object]], why: str) -> None:
    offer = remote.renewal.offer(campaign(*review))
    assert offer.is_right, offer
    assert why in offer.why


def test_a_brand_at_fault_is_put_right_in_between() -> None:
    assert remote.renewal.offer(campaign(error(30881, "BRAND_SUPPORT_EMAIL"))).brand_first is True
    assert remote.renewal.offer(campaign(error(30900, "USE_CASE"))).brand_first is False


@pytest.mark.parametrize(
    ("code", "words"),
    [(30924, "An edit of this campaign is enough"), (30885, "Appeal"), (30880, "Ask Twilio Support")],
)
def test_the_cheaper_way_is_named(code: int, words: str) -> None:
    offer = remote.renewal.offer(campaign(error(code, "MESSAGE_FLOW")))
    assert not offer.is_right
    assert words in offer.cheaper


def test_a_person_may_choose_it_when_they_name_a_locked_field(ana: User) -> None:
    review = campaign(error(30924, "MESSAGE_FLOW"))
    for wish in (Wish("Because."), Wish("Because.", "description"), Wish("Because.", "messaging_service_sid")):
        with pytest.raises(NotSent, match="Name the field"):
            renewal_gate.plan(review.pk, wish, ana)
    renewal = renewal_gate.plan(review.pk, Wish("The HELP reply is wrong.", "help_message"), ana)
    assert (renewal.field, renewal.why) == ("help_message", "The HELP reply is wrong.")


def test_it_costs_the_fee_of_the_policy_and_always_asks() -> None:
    review = campaign(error(30900))
    charge = remote.renewal.offer(review).charge
    assert (int(charge.fee), charge.needs_acknowledgement) == (15, True)
    TwilioAccount.objects.update(policy_id="custom", fee_to_recreate=0)
    charge = remote.renewal.offer(Review.objects.with_names().get(pk=review.pk)).charge
    assert (int(charge.fee), charge.needs_acknowledgement) == (0, True)


def test_an_approved_one_says_that_its_traffic_stops() -> None:
    offer = remote.renewal.offer(campaign(campaign_status="VERIFIED"))
    assert (offer.is_possible, offer.is_right, offer.stops_traffic) == (True, False, True)


HINDERED: dict[str, tuple[dict[str, Any], str]] = {
    "in review": ({"status": Status.IN_REVIEW}, "The reviewers have it"),
    "suspended": ({"status": Status.STOPPED}, "suspended"),
    "an unknown word": ({"status": Status.UNKNOWN}, "Console"),
    "appealed": ({"appealed_at": timezone.now()}, "An appeal waits"),
    "under way": ({"attempt_open": True}, "under way"),
    "just sent": ({"resubmitted_at": timezone.now()}, "from before the last submission"),
    "planned already": ({"renewal": "planned"}, "open already"),
}


@pytest.mark.parametrize("story", HINDERED)
def test_it_is_not_offered_in_between(story: str, ana: User) -> None:
    columns, words = HINDERED[story]
    review = campaign(error(30900))
    if "resubmitted_at" in columns:
        columns = {"resubmitted_at": timezone.now()}
    Review.objects.filter(pk=review.pk).update(**columns)
    again = Review.objects.with_names().get(pk=review.pk)
    assert words in remote.renewal.offer(again).hindrance
    assert remote.renewal_url(again) == ""
    with pytest.raises(NotSent, match=words):
        renewal_gate.plan(review.pk, Wish("Because."), ana)
    assert not Renewal.objects.exists()


def test_it_is_not_offered_for_a_campaign_of_another_provider(ana: User) -> None:
    review = campaign(error(30900, "USE_CASE"), is_externally_registered=True)
    with pytest.raises(NotSent, match="registered with another provider"):
        renewal_gate.plan(review.pk, Wish("The use case is wrong."), ana)


def test_it_is_not_offered_for_a_disconnected_account(ana: User) -> None:
    review = campaign(error(30900))
    TwilioAccount.objects.update(disconnected_at=timezone.now())
    with pytest.raises(NotSent, match="not connected"):
        renewal_gate.plan(review.pk, Wish("Because."), ana)


def test_what_somebody_deleted_in_the_console_can_be_registered_again(ana: User) -> None:
    review = campaign(error(30924))
    Review.objects.filter(pk=review.pk).update(gone_at=timezone.now())
    assert remote.renewal.offer(Review.objects.with_names().get(pk=review.pk)).is_right
    assert renewal_gate.plan(review.pk, Wish("Deleted in the Console by mistake."), ana)


def test_a_brand_is_never_made_anew(ana: User) -> None:
    review = mirror(make_account(), "brand", brand_payload(sid=sid("BN", "of payloads")))[0]
    with pytest.raises(NotSent, match="not deleted and created again"):
        renewal_gate.plan(review.pk, Wish("Because."), ana)


def test_a_reason_is_asked_for(ana: User) -> None:
    with pytest.raises(NotSent, match="Say why"):
        renewal_gate.plan(campaign(error(30900)).pk, Wish("  "), ana)


def test_while_a_plan_is_open_nothing_else_is_sent(ana: User) -> None:
    review = campaign(error(30900))
    renewal_gate.plan(review.pk, Wish("Because."), ana)
    verdict = remote.verdict(Review.objects.with_names().get(pk=review.pk), timezone.now())
    assert not verdict.allowed
    assert "A plan to make it anew is open" in verdict.headline
