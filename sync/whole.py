"""Reading an account as a whole: subaccounts, every kind listed, what vanished looked for one by one.

Each page is written before the next is asked for, and the place after it is kept in the run's row. So a reading that
gives way, fails or is killed goes on there, and costs one page again at most.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta

import structlog
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from accounts.models import TwilioAccount
from reviews.contract import Kind, Parted
from reviews.kinds import kinds
from reviews.models import Review, Source
from sync.apply import Tally, apply
from sync.discovery import discover_subaccounts
from sync.models import PollRun
from sync.pages import in_pages
from sync.singles import check_one
from twilio_api.answer import Answer
from twilio_api.client import Twilio

log = structlog.get_logger(__name__)

# A reader that says nothing for this long is dead; the account is free for another.
LEASE = timedelta(minutes=3)
SUBACCOUNTS = "subaccounts"

type Progress = Callable[[PollRun], None]


class TurnOver(Exception):
    """The reading has had its time for now; others wait."""


class WholeReading:
    """One account's reading from the place where its run stands to the end."""

    def __init__(
        self,
        account: TwilioAccount,
        twilio: Twilio,
        run: PollRun,
        *,
        progress: Progress | None = None,
        until: datetime | None = None,
    ) -> None:
        self.account, self.twilio, self.run = account, twilio, run
        self._progress, self._until = progress, until
        self._calls_before = run.calls
        self._found = set[str]()

    def read(self) -> None:
        """Raises a TwilioError, or TurnOver when it was at it until `until`; the next one then goes on from there."""
        stages = [*([SUBACCOUNTS] if self.account.parent is None else []), *kinds()]
        stands_at = self.run.cursor.get("stage", "")
        for stage in stages[stages.index(stands_at) if stands_at in stages else 0 :]:
            self._begin(stage)
            if stage == SUBACCOUNTS:
                discover_subaccounts(self.account, self.twilio, self._page_done)
            else:
                self._read_kind(kinds()[stage])

    def note(self) -> None:
        """Where the reading stands, kept for whoever watches or goes on; and the sign of life that keeps the lease."""
        run, now = self.run, timezone.now()
        run.calls = self._calls_before + self.twilio.calls
        run.save(update_fields=["stage", "calls", "seen", "changed", "failed", "cursor", "parts_read"])
        TwilioAccount.objects.filter(pk=run.account_id).update(lease_until=now + LEASE)
        if self._progress:
            self._progress(run)

    def _begin(self, stage: str) -> None:
        run = self.run
        if run.cursor.get("stage") != stage:
            run.cursor, run.parts_read = {"stage": stage, "began": timezone.now().isoformat()}, 0
        run.stage = stage if stage == SUBACCOUNTS else kinds()[stage].plural
        self._found.clear()
        self.twilio.begin_at(run.cursor.get("page", ""))
        self.note()

    def _read_kind(self, kind: Kind) -> None:
        if "listed" not in self.run.cursor:
            if isinstance(kind, Parted):
                self._read_parts(kind, kind)
            else:
                self._read_list(kind, kind.listing(self.twilio, self.account))
            self._stand(listed="yes")
        for review in self._missing(kind):
            check_one(self.account, self.twilio, review, Source.POLL)
            self._pause_if_over()

    def _read_parts(self, kind: Kind, parted: Parted) -> None:
        run = self.run
        if "parts" not in run.cursor:
            run.parts = list(parted.parts(self.twilio, self.account))
            run.save(update_fields=["parts"])
            self._stand(parts="known")
        for part in run.parts[run.parts_read :]:
            self._read_list(kind, parted.listing_of(self.twilio, part))
            run.parts_read += 1
            self._stand(page="")

    def _read_list(self, kind: Kind, answers: Iterable[Answer]) -> None:
        for page in in_pages(answers):
            tally = apply(self.account, kind, page, Source.POLL)
            self._found |= tally.keys
            self._count(tally)
            if page[-1].ends_page:
                self._page_done(page[-1].next_page)

    def _page_done(self, next_page: str) -> None:
        """After the last page of a list it is the stage or the part that is done, not a page."""
        if next_page:
            self._stand(page=next_page)

    def _stand(self, **place: str) -> None:
        self.run.cursor = {**self.run.cursor, **place}
        self.note()
        self._pause_if_over()

    def _pause_if_over(self) -> None:
        if self._until and timezone.now() >= self._until:
            raise TurnOver

    def _count(self, tally: Tally) -> None:
        run = self.run
        run.seen, run.changed, run.failed = (
            run.seen + tally.seen,
            run.changed + tally.changed,
            run.failed + tally.failed,
        )

    def _missing(self, kind: Kind) -> Iterator[Review]:
        """Not in the list any more: each is asked for by itself before it is called gone."""
        began = parse_datetime(self.run.cursor["began"])
        absent = Review.objects.present().filter(account=self.account, kind=kind.slug, as_of__lt=began)
        return (review for review in absent.order_by("pk") if review.remote_key not in self._found)
