"""Thin tasks: an id in, reload, do one thing, safe to run twice. The periodic ones only fan out."""

from celery import shared_task
from django.utils import timezone

from reviews import risk
from sync import clocks, due, events, hearing, poll, prune, renew, singles, streams, turns


@shared_task
def fan_out_due_accounts() -> None:
    for account_id in due.claim_due_accounts(timezone.now(), due.room()):
        read_account.delay(account_id)


@shared_task
def fan_out_due_reviews() -> None:
    room = due.room(due.MOST_WITH_ITEMS)
    for account_id, review_ids in due.claim_due_reviews(timezone.now(), accounts=room).items():
        read_reviews.delay(account_id, review_ids)


@shared_task
def fan_out_due_attempts() -> None:
    for attempt_id in due.claim_due_attempts(timezone.now(), due.room(due.MOST_OF_ALL)):
        carry_attempt.apply_async((attempt_id,), expires=due.EXPIRES.total_seconds())


@shared_task
def fan_out_due_renewals() -> None:
    renewals = due.due_renewals(timezone.now()).order_by("due_at").values_list("pk", flat=True)
    for renewal_id in renewals[: due.room(due.MOST_OF_ALL)]:
        carry_renewal.apply_async((renewal_id,), expires=due.EXPIRES.total_seconds())


@shared_task
def fan_out_waiting_events() -> None:
    for account_id in events.accounts_waiting(timezone.now())[: due.room(due.MOST_WITH_EVENTS)]:
        work_on_events.apply_async((account_id,), expires=due.EXPIRES.total_seconds())


@shared_task
def fan_out_due_streams() -> None:
    hearing.keep_all_up()
    for account_id in streams.claim_due(timezone.now(), due.room(due.MOST_WITH_EVENTS)):
        tend_stream.delay(account_id)


@shared_task
def fan_out_unchecked_texts() -> None:
    if risk.unchecked().exists():
        for lane in range(risk.LANES):
            check_texts.delay(lane)


@shared_task
def check_texts(lane: int, after: int = 0) -> None:
    """One batch; the next of the lane follows by itself until everything in it is checked by the rules in force."""
    checked = risk.check_some(lane, after)
    if len(checked) == risk.BATCH:
        check_texts.delay(lane, checked[-1].pk)


@shared_task
def read_account(account_id: int) -> None:
    poll.poll_in_turn(account_id)
    if due.runs_low("accounts"):
        fan_out_due_accounts.apply_async(expires=10)


@shared_task
def read_reviews(account_id: int, review_ids: list[int]) -> None:
    singles.check_reviews_quietly(account_id, review_ids)


@shared_task
def work_on_events(account_id: int) -> None:
    events.work(account_id)


@shared_task
def tend_stream(account_id: int) -> None:
    streams.tend(account_id)
    if due.runs_low("streams"):
        fan_out_due_streams.apply_async(expires=10)


@shared_task
def carry_attempt(attempt_id: int) -> None:
    turns.carry_in_turn(attempt_id)


@shared_task
def carry_renewal(renewal_id: int) -> None:
    renew.carry(renewal_id)


@shared_task
def set_clocks_right() -> None:
    clocks.set_right(timezone.now())


@shared_task
def prune_old_rows() -> None:
    prune.prune(timezone.now())
