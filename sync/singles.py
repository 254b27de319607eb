"""Reading items whose turn has come: one by one, or by a listing of their kind where that costs fewer calls."""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from django.db import transaction
from django.utils import timezone

from accounts.models import TwilioAccount
from accounts.secrets import SealBroken
from reviews import bulk
from reviews.contract import Kind, Parted
from reviews.kinds import kind_of
from reviews.locks import hold
from reviews.models import Review, Source
from sync import hearing, limits
from sync.apply import Tally, apply, apply_gone
from sync.failures import explain_failure, retry_after
from sync.pages import in_pages
from sync.remote import twilio_for
from twilio_api.answer import Answer
from twilio_api.client import PAGE_SIZE, Twilio
from twilio_api.errors import Ambiguous, CredentialsRefused, Gone, Throttled, TwilioError, Unreachable

log = structlog.get_logger(__name__)

# What a listing may ask for besides its own pages: the names its items lack.
BESIDES = 1
# So many items in a row without any answer: then it is not the items, and the rest waits for another turn.
SILENT = 3
# When what found no place is looked at again, in seconds.
NEXT_TURN = 5.0
# To write one answer costs nearly as much as to write fifty: what was asked for one by one is written together, with
# the first answer that comes so many seconds after the first of them.
GATHER_SECONDS = 1.0


@dataclass
class _Gathered:
    """Answers that are not written yet, by their kind."""

    account: TwilioAccount
    source: Source
    tally: Tally
    answers: defaultdict[str, list[Answer]] = field(default_factory=lambda: defaultdict(list))
    began: float = 0

    def add(self, kind: str, answer: Answer | None) -> None:
        """None: it is gone, and marked already."""
        if answer is None:
            self.tally.add(Tally(seen=1, changed=1))
            return
        if not self.answers:
            self.began = time.monotonic()
        self.answers[kind].append(answer)
        if time.monotonic() - self.began >= GATHER_SECONDS:
            self.write()

    def write(self) -> None:
        answers = dict(self.answers)
        self.answers.clear()
        for kind, told in answers.items():
            self.tally.add(apply(self.account, kind_of(kind), told, self.source))


def check_reviews(account_id: int, review_ids: Sequence[int], source: Source = Source.POLL) -> Tally:
    """Reads these items again. One that fails is left for its next turn, and so are all that found no place in the
    account's limits; the others go on.

    Raises CredentialsRefused or SealBroken when the account itself cannot be read."""
    account = TwilioAccount.objects.select_related("parent").get(pk=account_id)
    hearing.keep_up(account)
    twilio, tally, began = twilio_for(account), Tally(), timezone.now()
    due = Review.objects.filter(account=account, pk__in=review_ids).order_by("next_check_at", "pk")
    try:
        for slug in due.order_by("kind").values_list("kind", flat=True).distinct():
            if _should_list(account, kind_of(slug), due.filter(kind=slug).count()):
                tally.add(_list(account, twilio, kind_of(slug), source))
        # What a listing showed is read by now; the rest is asked for by itself.
        _one_by_one(account, twilio, due.filter(as_of__lt=began), source, tally)
    except Throttled as error:
        _wait_for_a_turn(due.filter(as_of__lt=began), error.retry_after or NEXT_TURN)
    return tally


def check_reviews_quietly(account_id: int, review_ids: Sequence[int]) -> None:
    """The same for a worker, unless enough of them work for this account: then the items wait for another turn. An
    account that cannot be read is marked as failing, where everybody sees it."""
    sid = TwilioAccount.objects.values_list("sid", flat=True).get(pk=account_id)
    with limits.task_of(sid) as entered:
        if not entered:
            _wait_for_a_turn(Review.objects.filter(pk__in=review_ids), NEXT_TURN)
            return
        try:
            check_reviews(account_id, review_ids)
        except (CredentialsRefused, SealBroken) as error:
            now = timezone.now()
            TwilioAccount.objects.filter(pk=account_id, failing_since=None).update(
                failing_since=now,
                failures=1,
                last_error=explain_failure(error)[:300],
                next_poll_at=now + retry_after(error, 1),
            )


def read_again(account: TwilioAccount, twilio: Twilio, review: Review, source: Source) -> Tally:
    """Reads one item again; what Twilio has no more is marked gone. Raises TwilioError."""
    answer = _asked(twilio, review)
    return apply(account, kind_of(review.kind), [answer], source) if answer else Tally(seen=1, changed=1)


def check_one(account: TwilioAccount, twilio: Twilio, review: Review, source: Source) -> Tally:
    """The same; an item that fails by itself is counted and left. Raises what concerns the whole account."""
    try:
        return read_again(account, twilio, review, source)
    except (CredentialsRefused, Throttled):
        raise
    except TwilioError as error:
        log.warning("item_unread", review=review.pk, error=str(error))
        return Tally(seen=1, failed=1)


def is_cheaper_listed(due: int, there: int) -> bool:
    """Whether a list of all that are there costs fewer calls than asking for each that is due: a page holds 500."""
    return due > -(-there // PAGE_SIZE) + BESIDES


def _should_list(account: TwilioAccount, kind: Kind, due: int) -> bool:
    """A kind that is listed in parts costs a call for each: never."""
    if isinstance(kind, Parted) or not is_cheaper_listed(due, 1):
        return False
    return is_cheaper_listed(due, Review.objects.present().filter(account=account, kind=kind.slug).count())


def _list(account: TwilioAccount, twilio: Twilio, kind: Kind, source: Source) -> Tally:
    tally = Tally()
    try:
        for page in in_pages(kind.listing(twilio, account)):
            tally.add(apply(account, kind, page, source))
    except (CredentialsRefused, Throttled):
        raise
    except TwilioError as error:
        log.warning("kind_unlisted", account=account.sid, kind=kind.slug, error=str(error))
    return tally


def _one_by_one(
    account: TwilioAccount, twilio: Twilio, reviews: Iterable[Review], source: Source, tally: Tally
) -> None:
    gathered = _Gathered(account, source, tally)
    try:
        _ask_each(twilio, reviews, gathered)
    finally:
        gathered.write()  # whatever stopped it, what was answered is kept


def _ask_each(twilio: Twilio, reviews: Iterable[Review], gathered: _Gathered) -> None:
    silent = 0
    for review in reviews:
        try:
            gathered.add(review.kind, _asked(twilio, review))
            silent = 0
        except (CredentialsRefused, Throttled):
            raise
        except TwilioError as error:
            log.warning("item_unread", review=review.pk, error=str(error))
            gathered.tally.add(Tally(seen=1, failed=1))
            silent = silent + 1 if isinstance(error, Unreachable | Ambiguous) else 0
        if silent == SILENT:
            return


def _asked(twilio: Twilio, review: Review) -> Answer | None:
    """What Twilio says of one item. None where it has it no more, which is marked at once. Raises TwilioError."""
    asked_at = timezone.now()
    try:
        return kind_of(review.kind).fetch(twilio, review)
    except Gone:
        apply_gone(review, asked_at)
        return None


@transaction.atomic
def _wait_for_a_turn(reviews: Iterable[Review], seconds: float) -> None:
    """They were pushed ahead when they were given out; now they are due soon again, not all at the same moment."""
    now = timezone.now()
    rows = list(reviews)
    for place, review in enumerate(rows):
        review.next_check_at = _turn(now, seconds, place)
    hold(Review.objects.filter(pk__in=[review.pk for review in rows]))
    bulk.update(rows, ["next_check_at"])


def _turn(now: datetime, seconds: float, place: int) -> datetime:
    return now + timedelta(seconds=seconds + place / 10)
