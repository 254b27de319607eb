"""The first screen: what needs somebody, what hurts today, what is new."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import Q
from django.http import QueryDict

from accounts.models import User
from reviews import queries
from reviews.freshness import AccountsFreshness, freshness_of_accounts
from reviews.models import Appeal, Draft, Review, ReviewQuerySet
from reviews.paging import MOST_DIGITS, Page, page
from reviews.queries import MOST_COUNTED, Bounded, bounded_count
from reviews.rows import Row, rows_of
from reviews.words import SOON

MOST_ROWS = 100


@dataclass(frozen=True, slots=True)
class Tab:
    """A queue of the inbox. A tab with nothing in it stays, so that the strip keeps its shape."""

    slug: str
    count: Bounded

    @property
    def label(self) -> str:
        return LABELS[self.slug][0]

    @property
    def is_hot(self) -> bool:
        return self.slug == "due" and bool(self.count)


@dataclass(frozen=True, slots=True)
class Tabs:
    """The strip above the list. `seen` is the last change the page knows, `news` what has come since."""

    current: str
    tabs: tuple[Tab, ...]
    soonest: datetime | None
    seen: int
    news: int
    freshness: AccountsFreshness

    @property
    def mark(self) -> str:
        """Differs when anything on the strip does: the poll answers only then."""
        numbers = (*(tab.count for tab in self.tabs), self.news, self.freshness.fresh, self.freshness.total)
        return "-".join(str(number) for number in numbers)

    @property
    def everything(self) -> Bounded:
        return self._count("all")

    @property
    def due(self) -> Bounded:
        return self._count("due")

    @property
    def label(self) -> str:
        return LABELS[self.current][0]

    @property
    def empty(self) -> str:
        """Why there is nothing under this tab."""
        return LABELS[self.current][1]

    def _count(self, slug: str) -> Bounded:
        return next(tab.count for tab in self.tabs if tab.slug == slug)


@dataclass(frozen=True, slots=True)
class Inbox:
    """One page of one tab."""

    tabs: Tabs
    page: Page[Review]
    groups: list[tuple[str, list[Row]]]
    # Counted only where nothing waits at all: what others have to answer.
    with_twilio: Bounded | None = None

    @property
    def is_all_quiet(self) -> bool:
        return not self.tabs.everything

    @property
    def others(self) -> str:
        """What there is instead, when nothing needs a person."""
        count = self.with_twilio or Bounded(0, is_more=False)
        are = "1 registration is" if count.number == 1 else f"{count} registrations are"
        return f"{are} with Twilio or the carriers. New rejections appear here by themselves."


LABELS = {
    "all": ("Everything", ""),
    "due": ("Due soon", "No edit window closes within three days."),
    "new": ("New rejections", "Nothing was rejected in the last 24 hours."),
    "decide": ("Needs decision", "Nothing waits for a decision."),
    "unknown": ("Unknown", "Every state and every answer of Twilio could be read."),
    "drafts": (
        "My drafts",
        "You have no draft here. A draft is kept as soon as you type in a repair form, or begin an appeal.",
    ),
}


def read_inbox(user: User, asked: QueryDict, now: datetime) -> Inbox:
    """The page of the inbox that was asked for, in eight statements at most."""
    drafts = _drafts(user)
    rows, conditions = queries.waiting(user, now), queries.inbox_tabs(now, drafts)
    tabs = _tabs(user, rows, conditions, asked, now)
    found = page(queries.by_urgency(rows.filter(conditions[tabs.current]).with_names(), now), asked, MOST_ROWS)
    return Inbox(
        tabs=tabs,
        page=found,
        groups=_grouped(rows_of(found.rows, user, now, drafts), now),
        with_twilio=None if tabs.everything else bounded_count(queries.with_twilio(user), MOST_COUNTED),
    )


def read_tabs(user: User, asked: QueryDict, now: datetime) -> Tabs:
    """The strip alone, for a page that has been open for a while and says what it has `seen`."""
    drafts = _drafts(user)
    return _tabs(user, queries.waiting(user, now), queries.inbox_tabs(now, drafts), asked, now)


def _drafts(user: User) -> list[int]:
    """Where this person has begun to write: a repair, or an appeal."""
    repairs = Draft.objects.kept().filter(user=user).values_list("review_id", flat=True)
    letters = Appeal.objects.filter(by=user, state=Appeal.State.DRAFTED).values_list("review_id", flat=True)
    return list(repairs.union(letters.order_by()))


def _tabs(user: User, rows: ReviewQuerySet, conditions: dict[str, Q], asked: QueryDict, now: datetime) -> Tabs:
    counts = queries.inbox_counts(user, rows, conditions)
    current = asked.get("tab", "")
    seen = asked.get("seen", "")
    known = int(seen) if seen.isdecimal() and len(seen) <= MOST_DIGITS else queries.newest_change()
    return Tabs(
        current=current if current in conditions else "all",
        tabs=tuple(Tab(slug, counts[slug]) for slug in conditions),
        soonest=queries.soonest_deadline(rows, now),
        seen=known,
        news=queries.changed_after(rows, known) if seen else 0,
        freshness=freshness_of_accounts(user, now),
    )


def _grouped(rows: list[Row], now: datetime) -> list[tuple[str, list[Row]]]:
    return [(title, list(group)) for title, group in groupby(rows, key=lambda row: _group(row, now))]


def _group(row: Row, now: datetime) -> str:
    deadline = row.review.deadline
    if deadline and deadline > now:
        return "Due within three days" if deadline < now + SOON else "Due later"
    return "Without a deadline"
