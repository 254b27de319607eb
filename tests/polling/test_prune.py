"""What is deleted when it is old, and what never is."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone
from pytest_django.fixtures import Settings

from audit.models import Entry
from audit.record import record
from reviews import drafts
from reviews.models import Attempt, Draft, StatusChange
from sync import prune
from sync.models import Event, PollRun, UnreadablePayload
from sync.tasks import prune_old_rows
from tests.factories import campaign_payload, make_account, make_user, mirror, sid

pytestmark = pytest.mark.django_db
NOW = timezone.now()
LONG_AGO, LATELY = NOW - timedelta(days=91), NOW - timedelta(days=20)


@pytest.fixture(autouse=True)
def old_and_new() -> None:
    account = make_account()
    (review,) = mirror(account, "campaign", campaign_payload())
    StatusChange.objects.update(at=LONG_AGO)
    Attempt.objects.create(review=review, number=1, state=Attempt.State.ACCEPTED, by_name="Ana", created_at=LONG_AGO)
    record(None, "review:noted", review.subject, str(review))
    for moment in (LONG_AGO, LATELY):
        PollRun.objects.create(account=account, started_at=moment, finished_at=moment)
        PollRun.objects.create(account=account, started_at=moment)
        UnreadablePayload.objects.create(
            account=account, kind="brand", digest=str(moment), payload={}, error="Odd.", last_seen_at=moment
        )
        Draft.objects.create(review=review, user=make_user(), updated_at=moment, discarded_at=moment)
        for outcome in (Event.Outcome.READ, Event.Outcome.WAITING):
            Event.objects.create(
                account=account, body={}, occurred_at=moment, received_at=moment, digest=sid(""), outcome=outcome
            )
    Draft.objects.create(review=review, user=make_user(), updated_at=LONG_AGO)


def test_old_runs_payloads_events_and_discarded_drafts_go_and_new_ones_stay() -> None:
    assert prune.prune(NOW) == {"poll_runs": 2, "unreadable_payloads": 1, "discarded_drafts": 1, "events": 1}
    assert PollRun.objects.count() == 2
    assert UnreadablePayload.objects.get().last_seen_at == LATELY
    assert Draft.objects.filter(discarded_at=LATELY).count() == 1
    assert Event.objects.filter(received_at=LONG_AGO).get().outcome == Event.Outcome.WAITING


def test_history_attempts_audit_and_drafts_that_are_kept_never_go() -> None:
    prune.prune(NOW + timedelta(days=3650))
    counts = [model.objects.count() for model in (StatusChange, Attempt, Entry, Draft)]
    assert counts == [1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_a_discarded_draft_that_is_taken_up_again_just_now_stays() -> None:
    draft = Draft.objects.get(discarded_at=LONG_AGO)

    def alone() -> None:
        try:
            prune.prune(NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as beat, transaction.atomic():
        drafts.keep(draft.review, draft.user, {"description": "An hour of typing."}, {}, 0)
        beat.submit(alone).result(30)
    draft.refresh_from_db()
    assert draft.fields == {"description": "An hour of typing."}
    assert not PollRun.objects.filter(started_at=LONG_AGO).exists(), "the rest is pruned"


def test_how_long_is_kept_can_be_set(settings: Settings) -> None:
    settings.KEEP_POLL_RUNS_DAYS, settings.KEEP_UNREADABLE_DAYS = 10, 200
    prune_old_rows()
    assert not PollRun.objects.exists()
    assert UnreadablePayload.objects.count() == 2


def test_a_large_backlog_goes_in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prune, "BATCH", 3)
    account = make_account()
    PollRun.objects.bulk_create([PollRun(account=account, started_at=LONG_AGO) for _ in range(8)])
    assert prune.prune(NOW)["poll_runs"] == 10


def test_other_apps_add_theirs_by_name(settings: Settings) -> None:
    settings.PRUNED = ["sync.prune.poll_runs"]
    assert prune.prune(NOW) == {"poll_runs": 2}
