"""The lists are served by their indexes: what the database would do if going through everything were out of the
question. An index that a changed condition no longer fits is not named here any more."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Customer, User
from reviews import customers, queries
from reviews.filters import ItemFilter
from reviews.models import Review
from reviews.paging import Stretch, among
from reviews.search import found_by
from tests.factories import campaign_payload, make_account, make_user, mirror

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return make_user("viewer")


@pytest.fixture(autouse=True)
def no_way_through_everything() -> None:
    without("seqscan", "sort")


@pytest.fixture
def many_rows() -> None:
    """Two thousand items that wait for nobody: where there are none, one index is as good as another."""
    mirror(make_account(), "campaign", campaign_payload(campaign_status="VERIFIED", errors=[]))
    names = [str(field.column) for field in Review._meta.concrete_fields if not field.generated]
    kept = ", ".join(name for name in names if name not in ("id", "remote_key"))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO reviews_review ({kept}, remote_key) "
            f"SELECT {kept}, remote_key || number FROM reviews_review, generate_series(1, 2000) AS number"
        )
        cursor.execute("ANALYZE reviews_review")


def without(*ways: str) -> None:
    with connection.cursor() as cursor:
        for way in ways:
            cursor.execute(f"SET LOCAL enable_{way} = off")


def plan(rows: QuerySet[Review]) -> str:
    return rows.explain()


def explained(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


def asked(query: str) -> QueryDict:
    return QueryDict(query)


@pytest.mark.usefixtures("many_rows")
def test_the_inbox_is_read_in_its_order(user: User) -> None:
    now = timezone.now()
    waiting = queries.waiting(user, now)
    due, rest = queries.by_urgency(waiting, now)
    without("bitmapscan")
    assert "Index Scan using review_waiting_due" in plan(due.after([]))
    assert "Index Scan using review_waiting" in plan(rest.after([]))


def test_counting_the_inbox_looks_at_no_row(user: User) -> None:
    waiting = queries.waiting(user, timezone.now()).order_by()
    without("bitmapscan")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX review_waiting_status")  # as good as the other where there is nothing to count
    assert "Index Only Scan using review_waiting" in plan(waiting.only("pk"))


@pytest.mark.parametrize(
    ("query", "index"),
    [
        ("", "review_newest"),
        ("state=needs_fix", "review_by_status"),
        ("kind=brand", "review_by_kind"),
        ("customer=1", "review_by_customer"),
        ("account=1", "review_by_account"),
        ("risk=error", "review_by_risk"),
        ("gone=only", "review_gone"),
        ("appealed=waiting", "review_appealed"),
    ],
)
@pytest.mark.usefixtures("many_rows")
def test_each_filter_is_read_in_its_order(user: User, query: str, index: str) -> None:
    rows = ItemFilter(asked(query), user).apply().order_by(*queries.NEWEST)[:50]
    assert f"Scan using {index}" in plan(rows)


@pytest.mark.usefixtures("many_rows")
def test_a_page_far_down_begins_there(user: User) -> None:
    place = (timezone.now(), 1)
    rows = Stretch(ItemFilter(asked(""), user).apply(), queries.NEWEST).after(place)[:50]
    assert "Index Cond: (ROW(status_since, id) < ROW(" in plan(rows)


@pytest.mark.usefixtures("many_rows")
def test_what_a_customer_has_is_read_in_its_order_from_any_place() -> None:
    without("bitmapscan")
    now = timezone.now()
    due, rest = customers.stretches(Customer.objects.get(), now)
    assert "Index Scan using review_customer_due" in plan(due.after([]))
    assert "Index Scan using review_by_rank" in plan(rest.after([]))
    assert "ROW(rank, status_since, id) < ROW(" in plan(rest.after([2, now, 1])).partition("Filter")[0]


@pytest.mark.usefixtures("many_rows")
def test_the_figures_of_a_customer_are_counted_and_found_in_an_index() -> None:
    without("bitmapscan")
    customer = Customer.objects.get()
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX review_by_customer")  # as good as the other where all they have is approved
    with CaptureQueriesContext(connection) as statements:
        customers.figures(customer, timezone.now())
    assert len(statements) == 2
    for statement in statements.captured_queries:
        found = explained(statement["sql"])
        assert "Filter" not in found
        assert "using review_by_rank" in found
        assert "Seq Scan on reviews_review" not in found
        assert "Sort" not in found


@pytest.mark.usefixtures("many_rows")
def test_few_are_found_by_what_they_have_in_common_before_they_are_put_in_order(user: User) -> None:
    rows = among(ItemFilter(asked("code=30909"), user).apply().order_by())
    found = plan(Stretch(rows, queries.NEWEST).after([])[:50])
    assert "Bitmap Index Scan on review_codes" in found
    assert "Index Cond: (id = ANY ((InitPlan 1)" in found


def test_the_catalogue_counts_codes_without_looking_at_a_row(user: User) -> None:
    without("bitmapscan")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX review_checked, review_unchecked, review_due")  # as good where there is nothing
    numbered = Review.objects.present().exclude(codes=[])
    assert "Index Only Scan using review_numbered" in plan(numbered.order_by().only("pk"))


@pytest.mark.parametrize(
    ("condition", "index"),
    [("larkspur bike", "review_words"), ("MG" + "0" * 32, "review_owners"), ("30909", "review_codes")],
)
def test_a_text_is_looked_up(user: User, condition: str, index: str) -> None:
    rows = Review.objects.filter(found_by(condition, user.customers.all())).order_by()
    assert f"Bitmap Index Scan on {index}" in plan(rows)
