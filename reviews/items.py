"""Every brand, campaign and verification in one list, newest state change first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from accounts.models import User
from reviews.filters import ItemFilter, without
from reviews.models import Review
from reviews.paging import Page, page
from reviews.queries import Bounded, bounded_count
from reviews.rows import Row, rows_of

ROWS = 50
MOST_COUNTED = 1000
NEWEST = ("-status_since", "-pk")


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
        """How many fit, never a guess: beyond a thousand it says only that."""
        if self.count.is_more:
            return f"More than {self.count.number:,} items"
        return "1 item" if self.count.number == 1 else f"{self.count.number:,} items"


def read_items(user: User, asked: QueryDict, now: datetime) -> Items:
    """In four statements: the count, the rows, and the customers and accounts to choose from."""
    chosen = ItemFilter(asked, user)
    rows = chosen.apply()
    found = page(rows.with_names(), NEWEST, asked, ROWS)
    return Items(
        filter=chosen,
        count=bounded_count(rows, MOST_COUNTED),
        rows=rows_of(found.rows, user, now),
        page=found,
        query=without(asked),
    )
