"""Every brand, campaign and verification in one list, newest state change first."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.models import User
from reviews.filters import ItemFilter, without
from reviews.models import NAMES, Review
from reviews.paging import Page, Stretch, among, page
from reviews.queries import NEWEST, Bounded, bounded_count
from reviews.rows import Row, rows_of

ROWS = 50
MOST_COUNTED = 5000


@dataclass(frozen=True, slots=True)
class Items:
    """One page of what was asked for."""

    filter: ItemFilter
    count: Bounded
    rows: list[Row]
    page: Page[Review]
    # The query in force without the place in it.
    query: str

    @property
    def said(self) -> str:
        """How many fit, never a guess: where more fit than are counted it says only that."""
        if self.count.is_more:
            return f"More than {self.count.number:,} items"
        return "1 item" if self.count.number == 1 else f"{self.count.number:,} items"


def read_items(user: User, asked: QueryDict, now: datetime) -> Items:
    """In four statements, and one more for a text: customers and accounts to choose from, how many fit, the rows."""
    chosen = ItemFilter(asked, user)
    rows, count = _narrowed(chosen.apply())
    found = page([Stretch(rows, NEWEST, beside=NAMES)], asked, ROWS)
    return Items(
        filter=chosen,
        count=count,
        rows=rows_of(found.rows, user, now),
        page=found,
        query=without(asked),
    )


def _narrowed(rows: QuerySet[Review]) -> tuple[QuerySet[Review], Bounded]:
    """The same rows, looked up by their keys where they are few, and how many they are.

    Few among very many are found by what they have in common, many by going through the newest. Asked for both at once
    the database has to guess which it is, and a wrong guess goes through everything."""
    count = bounded_count(rows, MOST_COUNTED)
    return (rows if count.is_more else among(rows.order_by())), count
