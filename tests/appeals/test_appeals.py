"""An appeal's life at the writer: who may begin one, what it does to the item, and that nothing typed is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from accounts.models import Role, TwilioAccount, User
from audit.models import Entry
from reviews import appeals
from reviews.appeals import NewerLetter, Text
from reviews.kinds import kind_of
from reviews.models import Appeal, Review
from reviews.queries import waiting, with_twilio
from reviews.record import mark_gone
from reviews.status import Status
from tests.appeals.conftest import FINAL
from tests.factories import (
    Payload,
    brand_payload,
    campaign_payload,
    error,
    make_user,
    mirror,
    tollfree_payload,
)

pytestmark = pytest.mark.django_db


def begun(review: Review, by: User) -> Appeal:
    appeal = appeals.begin(review.pk, by)
    assert appeal is not None
    return appeal


def sent(review: Review, by: User) -> Appeal:
    appeal = begun(review, by)
    assert appeals.sent_elsewhere(appeal.pk, by, "Twilio Support Center", "")
    appeal.refresh_from_db()
    return appeal


APPEALABLE: dict[str, tuple[str, Payload, bool]] = {
    "campaign, final": ("campaign", FINAL, True),
    "campaign, without a stated cause": ("campaign", campaign_payload(errors=[error(30880)]), True),
    "campaign, to be edited": ("campaign", campaign_payload(), False),
    "campaign, unknown code": ("campaign", campaign_payload(errors=[error(39999)]), False),
    "campaign, in review": ("campaign", campaign_payload(campaign_status="IN_PROGRESS"), False),
    "campaign, approved": ("campaign", campaign_payload(campaign_status="VERIFIED", errors=[]), False),
    "campaign, suspended": ("campaign", campaign_payload(campaign_status="SUSPENDED", errors=[]), True),
    "campaign, deleted": ("campaign", campaign_payload(campaign_status="DELETED", errors=[]), False),
    "campaign, unknown word": ("campaign", campaign_payload(campaign_status="PAUSED", errors=[]), False),
    "campaign, elsewhere": ("campaign", campaign_payload(is_externally_registered=True), False),
    "toll-free, to be edited": ("tollfree", tollfree_payload(), False),
    "toll-free, no edit": ("tollfree", tollfree_payload(edit_allowed=False), True),
    "brand, final": ("brand", brand_payload(errors=[error(30712)]), True),
    "brand, to be corrected": ("brand", brand_payload(), False),
    "brand, suspended": ("brand", brand_payload(status="SUSPENDED"), True),
    "brand, being deleted": ("brand", brand_payload(status="DELETION_PENDING"), False),
}


@pytest.mark.parametrize("story", APPEALABLE)
def test_an_appeal_is_for_what_no_edit_cures(account: TwilioAccount, ana: User, story: str) -> None:
    kind, payload, is_appealable = APPEALABLE[story]
    (review,) = mirror(account, kind, payload)
    assert (appeals.begin(review.pk, ana) is not None) is is_appealable


def test_what_is_gone_or_cut_off_is_not_appealed(review: Review, account: TwilioAccount, ana: User) -> None:
    TwilioAccount.objects.update(disconnected_at=timezone.now())
    assert appeals.begin(review.pk, ana) is None
    TwilioAccount.objects.update(disconnected_at=None)
    mark_gone(review, timezone.now())
    assert appeals.begin(review.pk, ana) is None


KINDS: dict[str, tuple[str, Payload, list[str]]] = {
    "campaign": ("campaign", FINAL, ["Larkspur Bike Repair", "30885", "High risk", "Opt-in description"]),
    "toll-free": (
        "tollfree",
        tollfree_payload(edit_allowed=False),
        ["Tallgrass Credit Union", "+18885550144", "30473", "https://tallgrass.example/optin.png"],
    ),
    "brand": (
        "brand",
        brand_payload(errors=[error(30712)]),
        ["for Larkspur Bike Repair", "30712", "Customer profile: BU", "Standard"],
    ),
}


@pytest.mark.parametrize("story", KINDS)
def test_the_letter_is_written_from_the_record(account: TwilioAccount, ana: User, story: str) -> None:
    kind, payload, said = KINDS[story]
    (review,) = mirror(account, kind, payload)
    appeal = begun(review, ana)
    for words in [*said, account.sid, review.sid, review.twilio_status, "Ana Ruiz"]:
        assert words in f"{appeal.subject}\n{appeal.text}"
    assert appeal.facts["codes"] == review.codes
    assert appeal.facts["digest"] == review.digest
    assert account.sid in appeal.facts["sids"]


def test_personal_and_registration_numbers_stay_out_of_it(account: TwilioAccount, ana: User) -> None:
    private = {
        "business_contact_phone": "+15550001111",
        "business_contact_email": "dana@tallgrass.example",
        "business_contact_last_name": "Whitfield",
        "business_registration_number": "12-3456789",
    }
    (review,) = mirror(account, "tollfree", tollfree_payload(edit_allowed=False, **private))
    text = begun(review, ana).text
    assert not [value for value in private.values() if value in text]


def test_our_checks_speak_in_the_letter(account: TwilioAccount, ana: User) -> None:
    (review,) = mirror(account, "tollfree", tollfree_payload(edit_allowed=False))
    text = begun(review, ana).text.split("What our own checks of this text found")[1].split("Evidence")[0]
    assert "- " in text


def test_a_sent_appeal_takes_the_item_out_of_the_inbox_and_says_since_when(review: Review, ana: User) -> None:
    now = timezone.now()
    assert waiting(ana, now).count() == 1
    appeal = sent(review, ana)
    review.refresh_from_db()
    assert review.appealed_at == appeal.sent_at
    assert waiting(ana, now).count() == 0
    assert with_twilio(ana).count() == 1
    verdict = kind_of("campaign").verdict(review, timezone.now())
    assert verdict.headline.startswith("Appealed on ")
    assert verdict.headline.endswith(", waiting for an answer")
    assert not verdict.allowed


def test_a_draft_or_a_letter_on_its_way_closes_nothing(review: Review, ana: User) -> None:
    appeal = begun(review, ana)
    appeals.queue(appeal.pk, ana, "support@twilio.example", appeal.revision)
    review.refresh_from_db()
    assert review.appealed_at is None
    assert waiting(ana, timezone.now()).count() == 1


def test_where_an_edit_is_still_allowed_an_appeal_does_not_close_it(account: TwilioAccount, ana: User) -> None:
    (review,) = mirror(account, "campaign", campaign_payload(errors=[error(30880)]))
    sent(review, ana)
    review.refresh_from_db()
    verdict = kind_of("campaign").verdict(review, timezone.now())
    assert verdict.allowed
    assert not verdict.headline.startswith("Appealed")
    assert waiting(ana, timezone.now()).count() == 0


def test_an_answer_brings_it_back(review: Review, ana: User) -> None:
    appeal = sent(review, ana)
    assert appeals.answered(appeal.pk, ana, Appeal.Outcome.REFUSED, "We uphold the decision.", "T-1")
    review.refresh_from_db()
    assert review.appealed_at is None
    assert waiting(ana, timezone.now()).count() == 1
    assert begun(review, ana).pk != appeal.pk, "and another letter may be written"


def test_a_change_at_twilio_brings_it_back_and_leaves_the_letter_open(
    review: Review, account: TwilioAccount, ana: User
) -> None:
    appeal = sent(review, ana)
    mirror(account, "campaign", {**FINAL, "errors": [error(30886)], "date_updated": "2026-11-26T00:00:00Z"})
    review.refresh_from_db()
    appeal.refresh_from_db()
    assert review.appealed_at is None
    assert appeal.state == Appeal.State.SENT
    assert waiting(ana, timezone.now()).count() == 1
    assert appeals.answered(appeal.pk, ana, Appeal.Outcome.OTHER, "Changed by itself.", "")


def test_a_reading_that_changes_nothing_brings_nothing_back(review: Review, account: TwilioAccount, ana: User) -> None:
    sent(review, ana)
    mirror(account, "campaign", FINAL)
    mirror(account, "campaign", {**FINAL, "date_updated": "2026-11-26T00:00:00Z"})
    review.refresh_from_db()
    assert review.appealed_at


def test_an_unreadable_answer_stays_in_the_inbox_whatever_was_appealed(review: Review, ana: User) -> None:
    sent(review, ana)
    Review.objects.update(problem="A campaign without a SID.")
    assert waiting(ana, timezone.now()).count() == 1


def test_a_suspension_is_appealed_too(account: TwilioAccount, ana: User) -> None:
    (review,) = mirror(account, "campaign", campaign_payload(campaign_status="SUSPENDED", errors=[]))
    sent(review, ana)
    review.refresh_from_db()
    assert kind_of("campaign").verdict(review, timezone.now()).headline.startswith("Appealed on ")


def test_giving_up_brings_it_back_and_keeps_the_text(review: Review, ana: User) -> None:
    appeal = sent(review, ana)
    assert appeals.withdraw(appeal.pk, ana)
    review.refresh_from_db()
    appeal.refresh_from_db()
    assert review.appealed_at is None
    assert appeal.text


def test_every_step_stands_in_the_audit_trail(review: Review, ana: User) -> None:
    appeal = sent(review, ana)
    appeals.note_ticket(appeal.pk, ana, "T-1")
    appeals.answered(appeal.pk, ana, Appeal.Outcome.GRANTED, "Approved.", "T-1")
    verbs = Entry.objects.filter(subject=review.subject).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["appeal:drafted", "appeal:sent", "appeal:ticket_noted", "appeal:answered"]


# --- what is typed ---------------------------------------------------------------------------------------------------


def test_a_window_that_was_overtaken_overwrites_nothing(review: Review, ana: User) -> None:
    ben, appeal = make_user(Role.EDITOR, name="Ben Okafor"), begun(review, ana)
    appeals.keep(appeal.pk, ana, Text("S", "Ana's words", 1))
    with pytest.raises(NewerLetter):
        appeals.keep(appeal.pk, ben, Text("S", "Ben's words", 1))
    appeal.refresh_from_db()
    assert (appeal.text, appeal.revision) == ("Ana's words", 2)


def test_what_is_written_over_on_purpose_is_kept(review: Review, ana: User) -> None:
    ben, appeal = make_user(Role.EDITOR, name="Ben Okafor"), begun(review, ana)
    appeals.keep(appeal.pk, ana, Text("S", "Ana's words", 1))
    kept = appeals.keep(appeal.pk, ben, Text("S", "Ben's words", 1, over=True))
    assert kept.text == "Ben's words"
    assert [(text["by"], text["text"]) for text in kept.earlier] == [("Ana Ruiz", "Ana's words")]


def test_the_same_text_again_is_no_conflict(review: Review, ana: User) -> None:
    appeal = begun(review, ana)
    for _ in range(2):
        appeals.keep(appeal.pk, ana, Text("S", "Ana's words", 1))
    appeal.refresh_from_db()
    assert appeal.revision == 2


def test_a_letter_that_is_no_draft_takes_no_text(review: Review, ana: User) -> None:
    appeal = sent(review, ana)
    with pytest.raises(NewerLetter):
        appeals.keep(appeal.pk, ana, Text("S", "Later words", appeal.revision, over=True))


def test_written_anew_it_keeps_the_text_before(review: Review, account: TwilioAccount, ana: User) -> None:
    appeal = begun(review, ana)
    appeals.keep(appeal.pk, ana, Text("S", "Ana's words", 1))
    mirror(account, "campaign", {**FINAL, "description": "Another program by now."})
    assert appeals.rewrite(appeal.pk, ana)
    appeal.refresh_from_db()
    review.refresh_from_db()
    assert "Another program by now." in appeal.text
    assert appeal.earlier[0]["text"] == "Ana's words"
    assert appeal.facts["digest"] == review.digest


# --- double clicks and what the database refuses ---------------------------------------------------------------------


def test_beginning_twice_is_one_appeal(review: Review, ana: User) -> None:
    assert begun(review, ana).pk == begun(review, ana).pk
    assert Appeal.objects.count() == 1


TWICE: dict[str, Callable[[Appeal, User], bool]] = {
    "queue": lambda appeal, by: appeals.queue(appeal.pk, by, "support@twilio.example", 1),
    "sent elsewhere": lambda appeal, by: appeals.sent_elsewhere(appeal.pk, by, "Support Center", ""),
    "withdraw": lambda appeal, by: appeals.withdraw(appeal.pk, by),
    "rewrite a sent one": lambda appeal, by: (
        appeals.sent_elsewhere(appeal.pk, by, "x", "") or appeals.rewrite(appeal.pk, by)
    ),
}


@pytest.mark.parametrize("story", TWICE)
def test_a_second_click_does_nothing(review: Review, ana: User, story: str) -> None:
    appeal = begun(review, ana)
    assert TWICE[story](appeal, ana)
    audited = Entry.objects.count()
    assert not TWICE[story](appeal, ana)
    assert Entry.objects.count() == audited


def test_an_answer_is_recorded_once(review: Review, ana: User) -> None:
    appeal = sent(review, ana)
    assert appeals.answered(appeal.pk, ana, Appeal.Outcome.GRANTED, "Yes.", "")
    assert not appeals.answered(appeal.pk, ana, Appeal.Outcome.REFUSED, "No.", "")
    appeal.refresh_from_db()
    assert appeal.answer == "Yes."


BROKEN: dict[str, dict[str, Any]] = {
    "a second open one": {},
    "sent at no time": {"state": "sent"},
    "answered with no outcome": {"state": "answered", "sent_at": timezone.now()},
}


@pytest.mark.parametrize("story", BROKEN)
def test_the_database_refuses(review: Review, ana: User, story: str) -> None:
    if story == "a second open one":
        begun(review, ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.create(review=review, subject="S", text="T", by_name="Ana", **BROKEN[story])


@pytest.mark.django_db(transaction=True)
def test_twelve_people_at_once_begin_one_appeal(review: Review, ana: User) -> None:
    def press(_: int) -> int:
        try:
            return begun(review, ana).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as crowd:
        assert len(set(crowd.map(press, range(12)))) == 1
    assert Appeal.objects.count() == 1


def test_a_doubt_that_is_settled_late_hides_no_newer_verdict(review: Review, account: TwilioAccount, ana: User) -> None:
    appeal = begun(review, ana)
    appeals.queue(appeal.pk, ana, "support@twilio.example", 1)
    appeals.claim(appeal.pk, timezone.now() - timedelta(hours=1))
    Review.objects.update(status_since=timezone.now())
    Appeal.objects.update(state=Appeal.State.UNKNOWN)
    assert appeals.settle(appeal.pk, ana, left=True)
    review.refresh_from_db()
    assert review.appealed_at is None
    assert review.status == Status.NEEDS_DECISION
