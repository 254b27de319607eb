"""Every brand, campaign and verification in one list, newest state change first."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from accounts.models import User
from reviews.filters import ItemFilter, without
from reviews.models import Review, ReviewQuerySet
from reviews.paging import Page, Stretch, page
from reviews.queries import NEWEST, Bounded
from reviews.rows import Row, rows_of

ROWS = 50
MOST_COUNTED = 1000


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
    """In four statements, and one more for a text: customers and accounts to choose from, how many fit, the rows."""
    chosen = ItemFilter(asked, user)
    rows, count = _narrowed(chosen.apply())
    found = page([Stretch(rows.with_names(), NEWEST)], asked, ROWS)
    return Items(
        filter=chosen,
        count=count,
        rows=rows_of(found.rows, user, now),
        page=found,
        query=without(asked),
    )


def _narrowed(rows: ReviewQuerySet) -> tuple[ReviewQuerySet, Bounded]:
    """The same rows, named one by one where they are few, and how many they are.

    Few among very many are found by what they have in common, many by going through the newest. Asked for both at once
    the database has to guess which it is, and a wrong guess goes through everything."""
    found = list(rows.order_by().values_list("pk", flat=True)[: MOST_COUNTED + 1])
    if len(found) > MOST_COUNTED:
        return rows, Bounded(MOST_COUNTED, is_more=True)
    return Review.objects.filter(pk__in=found), Bounded(len(found), is_more=False)
