"""Reading an account as a whole: subaccounts, every kind listed, then what vanished looked for one by one.

Each page is written before the next is asked for, and the place after it is kept in the run's row. Small parts of a
kind, one call each, are written together every three seconds; that a list of one page is done is kept no sooner either.
So a reading that gives way or fails goes on where it stopped. One that is killed asks again for the page that was under
way and for what it had asked in the three seconds before; and for all profiles of brands, or all messaging services,
where it was killed before their lists had ended.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import batched

import structlog
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import TwilioAccount
from reviews.contract import Kind, Parted
from reviews.kinds import kinds
from reviews.models import Review, Source
from sync.apply import Tally, apply
from sync.discovery import discover_subaccounts
from sync.lanes import writing_in_turn
from sync.models import PollRun, UnreadablePayload
from sync.pages import BATCH, in_pages
from sync.singles import check_one
from twilio_api.answer import Answer
from twilio_api.client import Twilio
from twilio_api.errors import Ambiguous

log = structlog.get_logger(__name__)

# A reader that says nothing for this long is dead; the account is free for another.
LEASE = timedelta(minutes=3)
# How often the sign of life is written, at most.
SIGN_OF_LIFE = timedelta(seconds=20)
# The stages of a reading besides the kinds.
SUBACCOUNTS, VANISHED = "subaccounts", "what vanished"
# A part's answer is mostly a single record, and to write one costs as much as to write fifty: what came within so many
# seconds after the first is written together.
GATHER_SECONDS = 3.0

# A part that has stopped so many readings in a row is left out of the next, and the others are read: it is kept as an
# answer that could not be understood, and its items grow stale.
PART_TRIES = 3

type Progress = Callable[[PollRun], None]


class TurnOver(Exception):
    """The reading has had its time for now; others wait."""


@dataclass(slots=True)
class Gathered:
    """Answers of several parts that are not written yet, and how many of the parts are read to their end."""

    answers: list[Answer] = field(default_factory=list)
    parts: int = 0
    began: float = 0

    def add(self, answers: Sequence[Answer], parts: int = 0) -> None:
        self.began = self.began or time.monotonic()
        self.answers += answers
        self.parts += parts

    @property
    def is_enough(self) -> bool:
        return len(self.answers) >= BATCH or time.monotonic() - self.began >= GATHER_SECONDS


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
        self._found = set[tuple[str, str]]()
        self._gathered = Gathered()
        # The lease was just taken.
        self._alive_at, self._noted_at = timezone.now(), time.monotonic()

    def read(self) -> None:
        """Raises a TwilioError, or TurnOver when it was at it until `until`; the next one then goes on from there."""
        stages, stands_at = self._stages(), self.run.cursor.get("stage", "")
        to_do = stages[stages.index(stands_at) if stands_at in stages else 0 :]
        for stage in to_do:
            self._begin(stage)
            if stage != to_do[0]:
                self._pause_if_over()
            self._read_stage(stage)

    def _stages(self) -> list[str]:
        """What one list shows goes before what has many parts: those take their time, and whoever ends after them has
        little left to ask."""
        by_length = sorted(kinds(), key=lambda slug: isinstance(kinds()[slug], Parted))
        return [*([SUBACCOUNTS] if self.account.parent is None else []), *by_length, VANISHED]

    def _read_stage(self, stage: str) -> None:
        if stage == SUBACCOUNTS:
            discover_subaccounts(self.account, self.twilio.accounts(), self._page_done)
        elif stage == VANISHED:
            self._look_for_vanished()
        else:
            self._read_kind(kinds()[stage])

    def note(self, *also: str) -> None:
        """Where the reading stands, kept for whoever watches or goes on; and the sign of life that keeps the lease."""
        run, now, self._noted_at = self.run, timezone.now(), time.monotonic()
        run.calls = self._calls_before + self.twilio.calls
        run.save(update_fields=["stage", "calls", "seen", "changed", "failed", "cursor", "parts_read", *also])
        if now - self._alive_at >= SIGN_OF_LIFE:
            self._alive_at = now
            TwilioAccount.objects.filter(pk=run.account_id).update(lease_until=now + LEASE)
        self._tell()

    def _tell(self) -> None:
        if self._progress:
            self._progress(self.run)

    def _begin(self, stage: str) -> None:
        run = self.run
        if run.cursor.get("stage") != stage:
            run.cursor, run.parts_read = {"stage": stage, "began": timezone.now().isoformat()}, 0
        run.stage = kinds()[stage].plural if stage in kinds() else stage
        self.twilio.begin_at(run.cursor.get("page", ""))
        if time.monotonic() - self._noted_at >= GATHER_SECONDS:
            self.note()
        else:
            self._tell()

    def _read_kind(self, kind: Kind) -> None:
        if isinstance(kind, Parted):
            self._read_parts(kind, kind)
        else:
            self._read_list(kind, kind.listing(self.twilio, self.account))

    def _read_parts(self, kind: Kind, parted: Parted) -> None:
        run = self.run
        if "parts" not in run.cursor:
            run.parts = list(parted.parts(self.twilio, self.account))
            run.cursor = {**run.cursor, "parts": "known"}
            self.note("parts")
            self._pause_if_over()
        self._gathered = Gathered()
        try:
            for place, part in enumerate(run.parts[run.parts_read :]):
                try:
                    self._gather(kind, parted.listing_of(self.twilio, part))
                except Ambiguous as error:
                    if place or self.account.failures < PART_TRIES:
                        raise
                    self._leave_out(parted, part, error)
        finally:
            # Whatever stopped it, what was answered is kept.
            self._write_gathered(kind)

    def _gather(self, kind: Kind, answers: Iterable[Answer]) -> None:
        """One part. What is gathered is written where a page follows, and after a part when it is enough."""
        for answer in answers:
            self._gathered.add([answer])
            if answer.ends_page and answer.next_page:
                self._write_gathered(kind, next_page=answer.next_page)
                self._pause_if_over()
        self._gathered.add([], parts=1)
        if self._gathered.is_enough:
            self._write_gathered(kind)
            self._pause_if_over()

    def _leave_out(self, parted: Parted, part: str, error: Ambiguous) -> None:
        """The part where the account's readings have stopped ever again. Raises where Twilio answers nothing else."""
        parted.parts(self.twilio, self.account)
        log.warning("part_left_out", account=self.account.sid, part=part, error=str(error))
        self._gathered.add([parted.unlisted(part, str(error))], parts=1)

    def _write_gathered(self, kind: Kind, next_page: str = "") -> None:
        gathered, self._gathered = self._gathered, Gathered()
        if not gathered.answers and not gathered.parts:
            return
        for batch in batched(gathered.answers, BATCH):
            self._write(kind, batch)
        self.run.parts_read += gathered.parts
        self.run.cursor = {**self.run.cursor, "page": next_page}
        self.note()

    def _read_list(self, kind: Kind, answers: Iterable[Answer]) -> None:
        for page in in_pages(answers):
            self._write(kind, page)
            if page[-1].ends_page:
                self._page_done(page[-1].next_page)

    def _write(self, kind: Kind, answers: Sequence[Answer]) -> None:
        with writing_in_turn():
            tally = apply(self.account, kind, answers, Source.POLL)
        self._found |= {(kind.slug, key) for key in tally.keys}
        self._count(tally)

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

    def _look_for_vanished(self) -> None:
        """Each is asked for by itself before it is called gone, and only once, though nobody should be able to read
        it."""
        for pk in self._vanished():
            check_one(self.account, self.twilio, Review.objects.get(pk=pk), Source.POLL)
            self._stand(asked=str(pk))

    def _vanished(self) -> list[int]:
        """What no list of this reading showed, readable or not, and nobody has read by itself since it began."""
        account, began, asked = self.account, self.run.started_at, int(self.run.cursor.get("asked", 0))
        unreadable = UnreadablePayload.objects.filter(account=account, last_seen_at__gte=began)
        listed = unreadable.filter(kind=OuterRef("kind"), remote_key=OuterRef("remote_key"))
        unread = Review.objects.present().filter(account=account, as_of__lt=began, pk__gt=asked)
        absent = unread.exclude(Exists(listed)).order_by("pk").values_list("pk", "kind", "remote_key")
        return [pk for pk, *shown in absent if tuple(shown) not in self._found]
