"""Review and resubmit: what the page shows before anything is spent, and what its one button refuses."""

from collections.abc import Callable
from decimal import Decimal
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role, TwilioAccount, User
from audit.models import Entry
from reviews.models import Attempt, Draft, Review
from reviews.status import Status
from sandbox.handle import Registration, Sandbox
from sync import send
from sync.poll import poll_account
from tests.campaigns.form import GOOD_FLOW as FLOW
from tests.campaigns.form import Window, hidden, text_of, textarea, words_of
from tests.factories import make_customer, make_user

pytestmark = pytest.mark.django_db

type Open = Callable[[User], Window]


def drafted(at: Window, **typed: object) -> Window:
    at.open()
    at.go_on(**{"message_flow": FLOW, **typed})
    return at


def costs(account: TwilioAccount) -> None:
    TwilioAccount.objects.filter(pk=account.pk).update(policy_id="fifteen-each")


def nothing_written() -> bool:
    resubmitted = Entry.objects.filter(verb="campaign:resubmitted").exists()
    return not (Attempt.objects.exists() or resubmitted or Review.objects.filter(attempt_open=True).exists())


# --- what it shows ---


def test_without_a_draft_there_is_nothing_to_review(window: Open, ana: User) -> None:
    at = window(ana)
    response = at.ask_review()
    assert (response.status_code, response["Location"]) == (302, at.url("fix"))


def test_each_changed_field_is_compared_word_by_word(window: Open, ana: User) -> None:
    page = drafted(window(ana)).ask_review()
    assert [change.key for change, _ in page.context["changed"]] == ["message_flow"]
    assert "<del>" in text_of(page)
    assert "<ins>" in text_of(page)
    assert "flow" not in words_of(page).split("fields stay as they are")[1].split("Note for the record")[0].lower()


def test_a_flagged_field_that_was_left_as_it_was_is_named(window: Open, ana: User) -> None:
    page = drafted(window(ana), message_flow=None, description="x" * 60).ask_review()
    assert "Flagged, but not changed:" not in words_of(page), "an emptied field is changed too"
    at = window(ana)
    at.open()
    at.save(message_flow=at.review.campaign.payload["message_flow"])
    assert "Flagged, but not changed: Opt-in description" in words_of(at.ask_review())


def test_attempts_before_and_after_and_the_policy_stand_beside_the_button(
    window: Open, review: Review, ana: User
) -> None:
    Review.objects.filter(pk=review.pk).update(attempts_used=1)
    words = words_of(drafted(window(ana)).ask_review())
    assert "Attempts counted 1 2" in words
    assert "Fee expected $0.00 , at most $15.00" in words
    assert "Policy: Three free resubmissions, then $15.00 each." in words


def test_a_free_resubmission_asks_for_no_tick(window: Open, ana: User) -> None:
    assert 'name="agreed"' not in text_of(drafted(window(ana)).ask_review())


def test_the_tick_names_the_amount_the_account_and_the_customer(
    window: Open, mirrored: TwilioAccount, marta: User
) -> None:
    costs(mirrored)
    words = words_of(drafted(window(marta)).ask_review())
    asked = f"I accept that Twilio may charge $15.00 to {mirrored.name} {mirrored.sid} for {mirrored.customer.name}"
    assert asked in words


def test_an_editor_sees_the_fee_and_no_tick(window: Open, mirrored: TwilioAccount, ana: User) -> None:
    costs(mirrored)
    page = drafted(window(ana)).ask_review()
    assert 'name="agreed"' not in text_of(page)
    assert "Only a Manager or above may accept the fee" in words_of(page)


def test_the_note_begins_with_what_changed(window: Open, ana: User) -> None:
    assert textarea(drafted(window(ana)).ask_review(), "note") == "Changed: Opt-in description."


def test_hostile_texts_are_shown_and_not_run(window: Open, review: Review, ana: User) -> None:
    hostile = "<script>alert(1)</script> \"quoted\" 'twice' & <img src=x onerror=alert(2)> " + FLOW
    Review.objects.filter(pk=review.pk).update(title=hostile[:200])
    at = drafted(window(ana), message_flow=hostile, sample_1=hostile)
    pages = [at.open(), at.ask_review(), at.resubmit(note=hostile, warnings_reason=hostile)]
    pages.append(at.client.get(pages[-1]["Location"]))
    for page in pages:
        assert "<script>alert" not in text_of(page)
        assert "<img src=x" not in text_of(page)


# --- sending ---


def test_sending_leads_to_the_attempt_and_puts_the_draft_away(window: Open, ana: User) -> None:
    response = drafted(window(ana)).resubmit(note="Frequency added.\r\nRates added.")
    attempt = Attempt.objects.get()
    assert (response.status_code, response["Location"]) == (302, f"/attempts/{attempt.pk}/")
    assert (attempt.submission["message_flow"], attempt.by, attempt.fee) == (FLOW, ana, Decimal(0))
    assert attempt.note == "Frequency added.\nRates added."
    assert not Draft.objects.kept().exists()


def test_a_manager_who_ticks_agrees_to_the_fee(window: Open, mirrored: TwilioAccount, marta: User) -> None:
    costs(mirrored)
    assert drafted(window(marta)).resubmit(agreed="1").status_code == 302
    attempt = Attempt.objects.get()
    assert (attempt.fee, bool(attempt.fee_agreed_at), attempt.policy["id"]) == (Decimal(15), True, "fifteen-each")


def test_without_the_tick_nothing_is_sent_and_the_words_stand_beside_it(
    window: Open, mirrored: TwilioAccount, marta: User
) -> None:
    costs(mirrored)
    page = drafted(window(marta)).resubmit(note="My own words.")
    assert page.status_code == 422
    assert "Accept the fee of $15.00 first. Nothing was sent." in words_of(page)
    assert 'aria-describedby="fee_error"' in text_of(page)
    assert textarea(page, "note") == "My own words."
    assert nothing_written()


STALE = ["0.00", "14.99", "", "NaN", "-15.00", "1e999999999", "15.00 ", "Infinity", "sNaN", "9" * 400, "١٥"]


@pytest.mark.parametrize("fee", STALE)
def test_a_stale_or_forged_fee_is_asked_again(fee: str, window: Open, mirrored: TwilioAccount, marta: User) -> None:
    costs(mirrored)
    page = drafted(window(marta)).resubmit(fee=fee, agreed="1")
    assert page.status_code == 422
    assert "Nothing was sent." in words_of(page)
    assert 'id="fee_error"' in text_of(page)
    assert hidden(page)["fee"] == "15.00"
    assert nothing_written()


def test_a_tick_from_somebody_who_may_not_spend_is_none(window: Open, mirrored: TwilioAccount, ana: User) -> None:
    costs(mirrored)
    page = drafted(window(ana)).resubmit(agreed="1")
    assert page.status_code == 422
    assert "Only a Manager or above may spend that" in words_of(page)
    assert nothing_written()


@pytest.mark.parametrize("revision", ["0", "99", "", None, "1' OR 1=1"])
def test_a_draft_that_was_changed_after_the_page_was_opened_is_not_sent(
    revision: str | None, window: Open, ana: User
) -> None:
    page = drafted(window(ana)).resubmit(revision=revision)
    assert page.status_code == 422
    assert "The draft was changed after this page was opened" in words_of(page)
    assert nothing_written()
    assert Draft.objects.kept().exists()


def test_a_draft_that_is_gone_is_not_sent(window: Open, ana: User) -> None:
    at = drafted(window(ana))
    carried = hidden(at.ask_review())
    at.press("discard")
    page = at.press("review", **carried, note="Gone.")
    assert page.status_code == 422
    assert "This draft was sent or discarded in another window. Nothing was sent" in words_of(page)
    assert nothing_written()


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"status": Status.IN_REVIEW}, "With the reviewers"),
        ({"status": Status.STOPPED}, "Stopped by Twilio or a carrier"),
        ({"status": Status.UNKNOWN, "twilio_status": "PONDERING"}, "Twilio uses a word we do not know"),
    ],
)
def test_what_cannot_be_edited_is_refused_in_words(
    changed: dict[str, object], words: str, window: Open, review: Review, ana: User
) -> None:
    at = drafted(window(ana))
    carried = hidden(at.ask_review())
    Review.objects.filter(pk=review.pk).update(**changed)
    page = at.press("review", **carried, note="Sent all the same.")
    assert page.status_code == 422
    assert words in words_of(page)
    assert "Update and resubmit" not in words_of(page), "the page is of the moment, and so is its button"
    assert nothing_written()


def test_a_disconnected_account_sends_nothing(window: Open, mirrored: TwilioAccount, ana: User) -> None:
    at = drafted(window(ana))
    carried = hidden(at.ask_review())
    TwilioAccount.objects.filter(pk=mirrored.pk).update(status="suspended")
    page = at.press("review", **carried)
    assert (page.status_code, "Its Twilio account is not connected" in words_of(page)) == (422, True)
    assert nothing_written()


def test_whoever_lost_the_right_sends_nothing(window: Open, ana: User) -> None:
    at = drafted(window(ana))
    carried = hidden(at.ask_review())
    User.objects.filter(pk=ana.pk).update(role=Role.VIEWER)
    assert at.press("review", **carried).status_code == 403
    User.objects.filter(pk=ana.pk).update(role=Role.MANAGER, all_customers=False)
    ana.customers.add(make_customer("Harbor Dental"))
    assert at.press("review", **carried).status_code == 404
    assert nothing_written()


def test_an_invalid_draft_is_refused_with_its_fields(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(description="Too short.")
    page = at.resubmit()
    assert page.status_code == 422
    assert "Description is 10 characters; Twilio takes 40 to 4096." in words_of(page)
    assert page.context["changed"][0][0].after == "Too short.", "shown as it was typed, not as if it were gone"
    assert nothing_written()


def test_the_same_text_needs_a_reason_beside_the_note(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save()
    page = at.resubmit(note="  \r\n ", warnings_reason="As it was.")
    assert page.status_code == 422
    assert 'aria-describedby="note_error"' in text_of(page)
    assert nothing_written()
    assert at.resubmit(note="The website was mended.", warnings_reason="As it was.").status_code == 302


def test_a_refusal_asks_no_more_for_many_attempts(window: Open, review: Review, ana: User) -> None:
    at = drafted(window(ana))
    at.ask_review()

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            at.press("review", revision="0")
        return len(asked)

    few = queries()
    for number in range(1, 15):
        Attempt.objects.create(review=review, number=number, state=Attempt.State.REFUSED, by_name="Ana Ruiz")
    assert queries() == few


# --- pressed more than once ---


def test_a_second_press_of_the_same_form_gets_a_clear_page(window: Open, ana: User) -> None:
    at = drafted(window(ana))
    form = {**hidden(at.ask_review()), "note": "Once."}
    first, second = at.press("review", **form), at.press("review", **form)
    assert [first.status_code, second.status_code] == [302, 422]
    attempt = Attempt.objects.get()
    assert "Nothing was sent a second time" in words_of(second)
    assert f'href="/attempts/{attempt.pk}/"' in text_of(second)


def test_an_attempt_is_opened_together_with_the_end_of_its_draft(window: Open, ana: User) -> None:
    """Or the text would stand there again after a crash, begun on what Twilio shows no more."""
    at = drafted(window(ana))

    def crash(execute: Any, sql: str, *given: Any) -> Any:
        if sql.startswith('UPDATE "reviews_draft"'):
            raise ZeroDivisionError
        return execute(sql, *given)

    with connection.execute_wrapper(crash), pytest.raises(ZeroDivisionError):
        at.resubmit()
    assert nothing_written()
    assert Draft.objects.kept().get().fields["message_flow"] == FLOW


@pytest.mark.django_db(transaction=True)
def test_twenty_presses_at_once_make_one_attempt_and_one_call(
    account: TwilioAccount, registered: Registration, twilio: Sandbox
) -> None:
    poll_account(account.pk)
    ana = make_user(Role.EDITOR)
    at = Window(Client(), Review.objects.get(kind="campaign"))
    at.client.force_login(ana)
    form = {**hidden(drafted(at).ask_review()), "note": "All at once."}
    browsers = [Client() for _ in range(20)]
    for browser in browsers:
        browser.force_login(ana)
    start, answers = Barrier(20), list[tuple[int, str]]()

    def press(browser: Client) -> None:
        start.wait()
        try:
            response = browser.post(at.url("review"), form)
            answers.append((response.status_code, words_of(response)))
        finally:
            connection.close()

    threads = [Thread(target=press, args=[browser]) for browser in browsers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(status for status, _ in answers) == [302] + [422] * 19
    assert all("Nothing was sent a second time" in words for status, words in answers if status == 422)
    attempt = Attempt.objects.get()
    send.carry(attempt.pk)
    attempt.refresh_from_db()
    assert attempt.state == Attempt.State.ACCEPTED
    assert twilio.counters().received_by("campaigns.update", registered.service_sid) == 1
