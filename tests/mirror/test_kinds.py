"""The same questions to every kind. A fourth kind passes these before anything else is said of it."""

from typing import Any

import pytest
from django.utils import timezone

from reviews.contract import Kind, Unreadable
from reviews.kinds import kind_of, kinds
from reviews.models import Attempt, Review, Source
from reviews.payloads import rejections
from reviews.status import Status
from sync.apply import apply
from tests.factories import brand_payload, campaign_payload, make_account, tollfree_payload
from twilio_api.answer import Answer

pytestmark = pytest.mark.django_db
REJECTED = {"brand": brand_payload, "campaign": campaign_payload, "tollfree": tollfree_payload}


@pytest.fixture(params=["brand", "campaign", "tollfree"])
def kind(request: pytest.FixtureRequest) -> Kind:
    return kind_of(request.param)


@pytest.fixture
def payload(kind: Kind) -> dict[str, Any]:
    return REJECTED[kind.slug]()


@pytest.fixture
def review(kind: Kind, payload: dict[str, Any]) -> Review:
    apply(make_account(), kind, [Answer(payload, timezone.now())], Source.POLL)
    return Review.objects.with_names().get()


def test_every_kind_is_asked_here() -> None:
    assert set(kinds()) == set(REJECTED)


def test_reading_is_repeatable_and_knows_its_identity(kind: Kind, payload: dict[str, Any]) -> None:
    assert kind.read(payload) == kind.read(payload)
    assert kind.read(payload).remote_key == kind.identity(payload)


def test_a_payload_without_identity_is_unreadable(kind: Kind) -> None:
    with pytest.raises(Unreadable):
        kind.read({})


def test_null_everywhere_is_read(kind: Kind, payload: dict[str, Any]) -> None:
    nulls = {key: value if "sid" in key else None for key, value in payload.items()}
    assert kind.read(nulls).status == Status.UNKNOWN


def in_words_unheard_of(kind: Kind, payload: dict[str, Any]) -> dict[str, Any]:
    return {**payload, "campaign_status" if kind.slug == "campaign" else "status": "PONDERING"}


def test_an_unknown_word_stays_visible(kind: Kind, payload: dict[str, Any]) -> None:
    reading = kind.read(in_words_unheard_of(kind, payload))
    assert (reading.twilio_status, reading.status) == ("PONDERING", Status.UNKNOWN)


def test_its_row_keeps_the_whole_payload(kind: Kind, payload: dict[str, Any], review: Review) -> None:
    assert kind.payload(review) == payload


def test_a_rejection_has_a_verdict_with_advice_and_a_reason_when_it_may_not_be_sent(kind: Kind, review: Review) -> None:
    verdict = kind.verdict(review, timezone.now())
    assert verdict.headline
    assert verdict.advices
    assert verdict.allowed or verdict.reasons


@pytest.mark.parametrize(
    "changed",
    [
        {"gone_at": timezone.now()},
        {"attempt_open": True},
        {"status": Status.IN_REVIEW},
        {"status": Status.STOPPED},
        {"status": Status.UNKNOWN},
    ],
    ids=["gone", "under way", "in review", "stopped", "unknown"],
)
def test_nothing_is_sent_where_nobody_can_act(kind: Kind, review: Review, changed: dict[str, Any]) -> None:
    Review.objects.update(**changed)
    verdict = kind.verdict(Review.objects.with_names().get(), timezone.now())
    assert not verdict.allowed
    assert verdict.reasons


def test_the_submission_is_shown_with_its_flags(kind: Kind, review: Review) -> None:
    assert len({view.key for view in kind.shown(review)}) == len(kind.shown(review))


def test_a_submission_compared_with_itself_changes_nothing(kind: Kind, payload: dict[str, Any]) -> None:
    submission = kind.read(payload).submission
    assert not [change for change in kind.compare(submission, submission) if change.is_changed]


def test_listing_and_mirroring_forty_costs_as_many_statements_as_ten(
    kind: Kind, django_assert_max_num_queries: Any
) -> None:
    account = make_account()
    for count in (10, 40):
        answers = [Answer(REJECTED[kind.slug](), timezone.now()) for _ in range(count)]
        with django_assert_max_num_queries(10):
            apply(account, kind, answers, Source.POLL)


@pytest.mark.parametrize("resubmitted", [False, True])
def test_forty_changed_answers_cost_as_many_statements_as_ten(
    kind: Kind, resubmitted: bool, django_assert_max_num_queries: Any
) -> None:
    account = make_account()
    for count in (10, 40):
        seen = [REJECTED[kind.slug]() for _ in range(count)]
        apply(account, kind, [Answer(payload, timezone.now()) for payload in seen], Source.POLL)
        if resubmitted:
            resubmit_all()
        changed = [Answer(in_words_unheard_of(kind, payload), timezone.now()) for payload in seen]
        with django_assert_max_num_queries(12):
            assert apply(account, kind, changed, Source.POLL).changed == count


def resubmit_all() -> None:
    """A moment ago, so that an answer might be an old picture of what stood before."""
    Review.objects.update(status=Status.IN_REVIEW, resubmitted_at=timezone.now())
    untried = Review.objects.filter(attempts=None)
    Attempt.objects.bulk_create(
        Attempt(review=review, number=1, before={}, submission={}, state=Attempt.State.ACCEPTED) for review in untried
    )


def test_odd_reasons_are_read_as_far_as_they_go() -> None:
    assert rejections([{"rejection_code": "30513", "rejection_reason": "Unclear"}])[0].code == 30513
    assert rejections([{"url": "javascript:alert(1)", "reason": "x"}])[0].url == ""
    assert rejections(None) == rejections("x") == rejections([None, {}, []]) == ()
