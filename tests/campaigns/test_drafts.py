"""Drafts: saved while one types, one for each person, and never one text over another unasked."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import Role, User
from reviews import drafts
from reviews.models import Draft, Review
from tests.campaigns.form import Window, hidden, text_of, textarea, words_of
from tests.factories import make_user

pytestmark = pytest.mark.django_db

type Open = Callable[[User], Window]

MINE = "Larkspur Bike Repair texts customers who booked a repair about their service."
NEWER = "Larkspur Bike Repair texts its customers about repairs, and this was typed later."


# --- saved as one types ---


def test_a_pause_saves_and_tells_the_new_revision(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    first, second = at.pause(description="Half"), at.pause(description="Half a word")
    assert [first.status_code, second.status_code] == [200, 200]
    assert [hidden(first)["revision"], hidden(second)["revision"]] == ["1", "2"]
    assert text_of(second).lstrip().startswith('<div class="flex flex-wrap items-center gap-3" id="saved">')
    assert "Draft saved" in words_of(second)
    assert Draft.objects.get().fields["description"] == "Half a word"


def test_a_click_while_the_same_text_is_being_saved_is_no_conflict(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.pause(description=MINE)
    at.shown["revision"] = "0"  # the answer to the pause is still on its way when the button is pressed
    assert at.go_on().status_code == 302


def test_a_double_click_on_save_is_no_conflict(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    assert [at.save(description=MINE).status_code, at.save().status_code] == [302, 302]


@pytest.mark.parametrize("revision", ["", "-1", "²", "1e3", "9" * 5000, "<b>"])
def test_an_odd_revision_is_an_old_one(revision: str, window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(description=MINE)
    assert at.save(description=NEWER, revision=revision).status_code == 409
    assert Draft.objects.get().fields["description"] == MINE


def test_a_demoted_person_saves_nothing_more_and_loses_nothing(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.pause(description=MINE)
    User.objects.filter(pk=ana.pk).update(role=Role.VIEWER)
    assert [at.pause(description=NEWER).status_code, at.save().status_code] == [403, 403]
    assert Draft.objects.get().fields["description"] == MINE


# --- two windows of one person ---


@pytest.fixture
def older(window: Open, ana: User) -> Window:
    """A window that was opened before another one saved a newer text."""
    older, newer = window(ana), window(ana)
    older.open()
    newer.open()
    newer.save(description=NEWER)
    return older


def test_an_older_window_is_told_and_both_texts_are_kept(older: Window) -> None:
    page = older.save(description=MINE)
    assert page.status_code == 409
    assert "another window saved a newer text" in words_of(page)
    assert textarea(page, "description") == MINE
    assert Draft.objects.get().fields["description"] == NEWER


def test_the_same_while_typing(older: Window) -> None:
    piece = older.pause(description=MINE)
    assert piece.status_code == 409
    assert 'id="saved"' in text_of(piece), "it takes the place of the note that says saved"
    assert "Keep the text of this window" in words_of(piece)
    assert Draft.objects.get().fields["description"] == NEWER


def test_after_it_was_told_typing_on_still_overwrites_nothing(older: Window) -> None:
    older.save(description=MINE)
    assert older.pause(description=MINE + " More.").status_code == 409
    assert older.go_on().status_code == 409
    assert Draft.objects.get().fields["description"] == NEWER


@pytest.mark.parametrize("way", ["save", "pause"])
def test_the_text_of_this_window_is_kept_when_chosen(way: str, older: Window) -> None:
    getattr(older, way)(description=MINE)
    assert older.keep_this().status_code == 302
    assert Draft.objects.get().fields["description"] == MINE
    assert older.open().status_code == 200
    assert older.save(description=MINE + " More.").status_code == 302


def test_the_newer_text_is_opened_when_chosen(older: Window) -> None:
    older.save(description=MINE)
    assert textarea(older.open(), "description") == NEWER
    assert older.save(description=MINE).status_code == 302


# --- two people ---


def test_both_are_told_of_each_other(window: Open, ana: User, marta: User) -> None:
    for person in (ana, marta):
        at = window(person)
        at.open()
        at.save(description=MINE)
    assert "Marta Lindqvist is editing too" in words_of(window(ana).open())
    assert "Ana Ruiz is editing too" in words_of(window(marta).open())


def test_somebody_who_stopped_long_ago_is_not_at_work(window: Open, ana: User, marta: User) -> None:
    at = window(ana)
    at.open()
    at.save(description=MINE)
    Draft.objects.update(updated_at=timezone.now() - drafts.AT_WORK * 2)
    assert "is editing too" not in words_of(window(marta).open())


@pytest.mark.parametrize("has_own", [False, True])
def test_going_on_from_a_colleagues_text_leaves_theirs(has_own: bool, window: Open, ana: User, marta: User) -> None:
    hers, mine = window(ana), window(marta)
    hers.open()
    hers.save(description=NEWER)
    if has_own:
        mine.open()
        mine.save(description=MINE)
    theirs = Draft.objects.get(user=ana)
    assert mine.press("continue_from", theirs.pk).status_code == 302
    assert textarea(mine.open(), "description") == NEWER
    mine.save(description=MINE)
    theirs.refresh_from_db()
    assert (theirs.fields["description"], theirs.revision) == (NEWER, 1)


def test_what_they_had_not_seen_at_twilio_is_not_seen_by_taking_over(
    window: Open, review: Review, ana: User, marta: User
) -> None:
    theirs = Draft.objects.create(review=review, user=ana, fields={}, based_on={"description": "Older."})
    mine = window(marta)
    mine.open()
    mine.save(description=MINE)
    mine.press("continue_from", theirs.pk)
    assert "It changed at Twilio since you began" in words_of(mine.open())


def test_a_text_that_is_gone_cannot_be_taken_over(window: Open, review: Review, ana: User, marta: User) -> None:
    gone = Draft.objects.create(review=review, user=ana, discarded_at=timezone.now())
    assert window(marta).press("continue_from", gone.pk).status_code == 404


# --- discarding ---


def test_a_discarded_draft_comes_back(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(description=MINE)
    response = at.press("discard")
    assert response["Location"].endswith("?discarded")
    page = at.open("?discarded")
    assert textarea(page, "description") != MINE
    assert "Bring it back" in words_of(page)
    at.press("restore")
    assert textarea(at.open(), "description") == MINE


def test_an_older_window_does_not_write_over_what_was_discarded(window: Open, ana: User) -> None:
    older, newer = window(ana), window(ana)
    older.open()
    older.pause(description="Half")
    newer.open()
    newer.save(description=NEWER)
    newer.press("discard")
    assert older.pause(description=MINE).status_code == 409
    newer.press("restore")
    assert textarea(newer.open(), "description") == NEWER


def test_a_window_opened_after_discarding_begins_anew(window: Open, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(description=MINE)
    at.press("discard")
    at.open()
    assert at.pause(description=NEWER).status_code == 200
    assert Draft.objects.kept().get().fields["description"] == NEWER


def test_only_ones_own_draft_is_discarded(window: Open, ana: User, marta: User) -> None:
    for person in (ana, marta):
        at = window(person)
        at.open()
        at.save(description=MINE)
    window(ana).press("discard")
    assert [draft.user for draft in Draft.objects.kept()] == [marta]


def test_a_text_saved_after_it_was_sent_stays(window: Open, review: Review, ana: User) -> None:
    at = window(ana)
    at.open()
    at.save(description=MINE)
    on_the_page = Draft.objects.get()
    at.open()
    at.save(description=NEWER)
    drafts.sent(on_the_page)
    assert Draft.objects.kept().get().fields["description"] == NEWER


# --- at once ---


@pytest.mark.django_db(transaction=True)
def test_of_many_windows_at_once_one_saves_and_the_others_are_told(review: Review) -> None:
    ana, start, outcomes = make_user(), Barrier(8), list[str]()
    drafts.keep(review, ana, {"description": "first"}, {}, 0)

    def save(number: int) -> None:
        start.wait()
        try:
            outcomes.append(f"kept {drafts.keep(review, ana, {'description': str(number)}, {}, 1).revision}")
        except drafts.NewerDraft:
            outcomes.append("told")
        finally:
            connection.close()

    threads = [Thread(target=save, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["kept 2"] + ["told"] * 7
