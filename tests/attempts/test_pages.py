"""The page of an attempt: what it says in each state, when it asks again, and what may be pressed on it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from audit.models import Entry
from campaigns import remote
from reviews.models import Attempt, Review
from reviews.status import Status
from tests.campaigns.form import text_of, words_of
from tests.factories import campaign_payload, make_account, make_customer, make_user, mirror

pytestmark = pytest.mark.django_db
State = Attempt.State

HOSTILE = "<script>alert(1)</script> \"quoted\" 'twice' & <img src=x onerror=alert(2)>"


@pytest.fixture
def review() -> Review:
    return mirror(make_account(name="Larkspur Bike Repair"), "campaign", campaign_payload())[0]


@pytest.fixture
def make(review: Review) -> Callable[..., Attempt]:
    """An attempt at the campaign in this state."""

    def made(state: State, **over: Any) -> Attempt:
        now, before = timezone.now(), dict(remote.read(remote.payload(review)).submission)
        given = {
            "number": 1,
            "by_name": "Ana Ruiz",
            "before": before,
            "submission": {**before, "message_flow": "Customers tick a box that says how often we write."},
            "sent_at": None if state in (State.QUEUED, State.WITHDRAWN) else now,
            "due_at": now if state in Attempt.OPEN else None,
            "settled_at": None if state in Attempt.OPEN else now,
        }
        Review.objects.filter(pk=review.pk).update(attempt_open=state in Attempt.OPEN)
        return Attempt.objects.create(review=review, state=state, **{**given, **over})

    return made


def browser(user: User | None = None) -> Client:
    client = Client()
    client.force_login(user or make_user(Role.EDITOR))
    return client


def url(attempt: Attempt, name: str = "page") -> str:
    return reverse(f"attempts:{name}", args=[attempt.pk])


def asks_again(page: Any) -> str:
    """How often, or nothing when it has stopped."""
    found = text_of(page).partition('hx-trigger="every ')[2]
    return found.partition('"')[0]


# --- who ---


def test_a_viewer_reads_and_presses_nothing(make: Callable[..., Attempt]) -> None:
    attempt, viewer = make(State.QUEUED), browser(make_user(Role.VIEWER))
    page = viewer.get(url(attempt))
    assert (page.status_code, "Take it back" in words_of(page)) == (200, False)
    assert {viewer.post(url(attempt, name)).status_code for name in ("withdraw", "read_back")} == {403}
    attempt.refresh_from_db()
    assert attempt.state == State.QUEUED


def test_a_stranger_is_sent_to_sign_in(make: Callable[..., Attempt]) -> None:
    assert "/sign-in/" in Client().get(url(make(State.QUEUED)))["Location"]


def test_another_customers_attempt_does_not_exist(make: Callable[..., Attempt]) -> None:
    attempt, elsewhere = make(State.QUEUED), make_user(Role.MANAGER, all_customers=False)
    elsewhere.customers.add(make_customer("Harbor Dental"))
    client = browser(elsewhere)
    answers = [client.get(url(attempt)), *(client.post(url(attempt, name)) for name in ("withdraw", "read_back"))]
    assert [answer.status_code for answer in answers] == [404, 404, 404]


@pytest.mark.parametrize("name", ["withdraw", "read_back"])
def test_what_changes_something_takes_no_get(name: str, make: Callable[..., Attempt]) -> None:
    assert browser().get(url(make(State.QUEUED), name)).status_code == 405


# --- what it says, and whether it asks again ---

SAYS = {
    State.QUEUED: ("Waiting for its turn", "Take it back", "2s"),
    State.SENDING: ("Sending to Twilio", "You can leave this page", "2s"),
    State.UNKNOWN: ("Twilio did not answer", "It may have arrived, so we do not send it again", "2s"),
    State.REFUSED: ("Twilio refused the update", "21729 The campaign is suspended.", ""),
    State.NOT_APPLIED: ("It never arrived", "Nothing was spent", ""),
    State.WITHDRAWN: ("Taken back", "Nothing was spent", ""),
    State.ACCEPTED: ("Twilio took the update", "Counted:", ""),
}


@pytest.mark.parametrize("state", SAYS)
def test_each_state_says_what_happens_next(state: State, make: Callable[..., Attempt]) -> None:
    headline, words, every = SAYS[state]
    told = {"answer": "The campaign is suspended.", "answer_code": 21729, "answer_status": 400}
    page = browser().get(url(make(state, **(told if state == State.REFUSED else {}))))
    assert page.status_code == 200
    assert f"<h1>{headline}</h1>" in text_of(page)
    assert words in words_of(page)
    assert asks_again(page) == every
    assert "how often we write" in words_of(page), "the text that was sent"


def test_one_made_elsewhere_names_nobody_of_ours_and_no_fee(make: Callable[..., Attempt]) -> None:
    page = browser().get(url(make(State.ACCEPTED, origin=Attempt.ELSEWHERE, by_name="Somebody outside Redress")))
    assert "<h1>Resubmitted outside Redress</h1>" in text_of(page)
    assert "not known, it was sent elsewhere" in words_of(page)


@pytest.mark.parametrize(
    ("stands", "every", "words"),
    [
        ({"status": Status.IN_REVIEW, "twilio_status": "IN_PROGRESS"}, "10s", "IN_PROGRESS"),
        ({"resubmitted_at": timedelta(0)}, "10s", "Twilio still shows the old verdict"),
        ({"resubmitted_at": -timedelta(hours=3), "status_since": -timedelta(hours=4)}, "", "Needs fix"),
        ({"status": Status.APPROVED, "twilio_status": "VERIFIED"}, "", "Approved Twilio says VERIFIED"),
        ({"status": Status.NEEDS_FIX, "status_since": timedelta(0)}, "", "Rejected again 30909"),
    ],
    ids=["in review", "echo", "echo long over", "approved", "rejected again"],
)
def test_an_accepted_one_asks_until_the_verdict(
    stands: dict[str, Any], every: str, words: str, make: Callable[..., Attempt], review: Review
) -> None:
    attempt, now = make(State.ACCEPTED), timezone.now()
    moments = {key: now + value if isinstance(value, timedelta) else value for key, value in stands.items()}
    Review.objects.filter(pk=review.pk).update(**moments)
    page = browser().get(url(attempt))
    assert asks_again(page) == every
    assert words in words_of(page)


def test_a_verdict_is_said_of_the_attempt_it_is_about(make: Callable[..., Attempt]) -> None:
    former, latest = make(State.ACCEPTED), make(State.ACCEPTED, number=2)
    pages = [browser().get(url(attempt)) for attempt in (former, latest)]
    assert ["Rejected again" in words_of(page) for page in pages] == [False, True]
    assert "Fix it again" in words_of(pages[1])


def test_a_former_attempt_has_nothing_to_wait_for(make: Callable[..., Attempt], review: Review) -> None:
    former = make(State.ACCEPTED)
    make(State.ACCEPTED, number=2)
    Review.objects.filter(pk=review.pk).update(status=Status.IN_REVIEW)
    assert asks_again(browser().get(url(former))) == ""


def test_the_piece_it_asks_for_is_the_page_without_its_frame(make: Callable[..., Attempt]) -> None:
    piece = browser().get(url(make(State.SENDING)), headers={"HX-Request": "true"})
    assert text_of(piece).lstrip().startswith('<div class="stack" id="progress"')
    assert "<html" not in text_of(piece)
    assert asks_again(piece) == "2s"


def test_an_account_that_is_not_let_in_is_not_told_as_twilios_answer(make: Callable[..., Attempt]) -> None:
    page = browser().get(url(make(State.REFUSED, answer="Its secret cannot be opened.")))
    assert "Its secret cannot be opened." in words_of(page)
    assert "Twilio answered" not in words_of(page)


def test_hostile_texts_are_shown_and_not_run(make: Callable[..., Attempt], review: Review) -> None:
    Review.objects.filter(pk=review.pk).update(title=HOSTILE, twilio_status=HOSTILE[:100])
    attempt = make(State.REFUSED, answer=HOSTILE, note=HOSTILE, by_name=HOSTILE, request_id="<b>")
    attempt.submission["description"] = HOSTILE
    attempt.save(update_fields=["submission"])
    page = browser().get(url(attempt))
    assert "<script>alert" not in text_of(page)
    assert "<img src=x" not in text_of(page)


def test_the_next_item_is_the_one_that_waits_for_this_person(make: Callable[..., Attempt], review: Review) -> None:
    attempt = make(State.ACCEPTED)
    here, elsewhere = make_user(), make_user(all_customers=False)
    elsewhere.customers.add(review.customer)
    other = mirror(make_account(name="Harbor Dental"), "campaign", campaign_payload())[0]
    pages = [browser(user).get(url(attempt)) for user in (here, elsewhere)]
    assert [page.context["next_url"] for page in pages] == [
        reverse("reviews:item", args=[other.pk]),
        reverse("reviews:inbox"),
    ]


# --- what may be pressed ---


def test_a_waiting_one_is_taken_back_and_the_form_goes_on_from_it(make: Callable[..., Attempt], review: Review) -> None:
    attempt, client = make(State.QUEUED), browser()
    answer = client.post(url(attempt, "withdraw"), follow=True)
    assert "Nothing was sent and nothing was spent" in words_of(answer)
    assert "<h1>Taken back</h1>" in text_of(answer)
    assert Entry.objects.filter(verb="attempt:withdrawn").count() == 1
    assert "how often we write" in words_of(client.get(reverse("campaigns:fix", args=[review.pk])))


@pytest.mark.parametrize("state", [state for state in State if state not in Attempt.NOT_SENT])
def test_any_other_is_not_taken_back(state: State, make: Callable[..., Attempt]) -> None:
    attempt = make(state)
    browser().post(url(attempt, "withdraw"))
    attempt.refresh_from_db()
    assert attempt.state == state
    assert not Entry.objects.filter(verb="attempt:withdrawn").exists()


def test_one_that_ended_meanwhile_is_not_called_late_sending(make: Callable[..., Attempt]) -> None:
    answer = browser().post(url(make(State.WITHDRAWN), "withdraw"), follow=True)
    assert "being sent already" not in words_of(answer)


@pytest.mark.parametrize("state", [state for state in State if state != State.UNKNOWN])
def test_only_an_unanswered_one_is_read_back(state: State, make: Callable[..., Attempt]) -> None:
    attempt = make(state)
    assert browser().post(url(attempt, "read_back")).status_code == 302
    was, attempt_now = attempt.due_at, Attempt.objects.get()
    assert (attempt_now.state, attempt_now.due_at) == (state, was)


def test_read_again_brings_the_next_reading_forward(make: Callable[..., Attempt]) -> None:
    attempt = make(State.UNKNOWN, due_at=timezone.now() + timedelta(hours=1))
    browser().post(url(attempt, "read_back"))
    attempt.refresh_from_db()
    assert attempt.due_at
    assert attempt.due_at <= timezone.now()


# --- how much it asks ---


# --- a doubt that Twilio does not end ---


@pytest.mark.parametrize(
    ("outcome", "state", "counted"), [("arrived", State.ACCEPTED, 1), ("lost", State.NOT_APPLIED, 0)]
)
def test_an_administrator_settles_it_by_hand_with_a_reason(
    outcome: str, state: State, counted: int, make: Callable[..., Attempt], review: Review
) -> None:
    attempt, ana = make(State.UNKNOWN), make_user(Role.ADMINISTRATOR, name="Ana Ruiz")
    answer = browser(ana).post(url(attempt, "settle"), {"outcome": outcome, "reason": "Ticket 4711 says so."})
    attempt.refresh_from_db()
    review.refresh_from_db()
    assert answer.status_code == 302
    assert (attempt.state, review.attempts_used, review.attempt_open) == (state, counted, False)
    assert "Ana Ruiz: Ticket 4711" in attempt.answer
    assert Entry.objects.get(verb="attempt:settled").detail["reason"] == "Ticket 4711 says so."


def test_settling_needs_a_reason_and_keeps_what_was_chosen(make: Callable[..., Attempt]) -> None:
    attempt = make(State.UNKNOWN)
    page = browser(make_user(Role.ADMINISTRATOR)).post(url(attempt, "settle"), {"outcome": "arrived", "reason": " "})
    attempt.refresh_from_db()
    assert (page.status_code, attempt.state) == (422, State.UNKNOWN)
    assert "checked" in page.content.decode()


@pytest.mark.parametrize("state", [state for state in State if state != State.UNKNOWN])
def test_what_is_not_in_doubt_is_not_settled_by_hand(state: State, make: Callable[..., Attempt]) -> None:
    attempt = make(state)
    browser(make_user(Role.ADMINISTRATOR)).post(url(attempt, "settle"), {"outcome": "arrived", "reason": "Because."})
    attempt.refresh_from_db()
    assert attempt.state == state
    assert not Entry.objects.filter(verb="attempt:settled").exists()


def test_the_same_number_of_queries_for_many_attempts(make: Callable[..., Attempt]) -> None:
    attempt, client = make(State.ACCEPTED), browser()
    client.get(url(attempt))

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url(attempt))
        return len(asked)

    few = queries()
    for number in range(2, 15):
        make(State.REFUSED, number=number)
    assert queries() == few
