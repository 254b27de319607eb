"""Customers and what they have: the list with its counts, one customer's figures, and moving things between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from accounts.models import Assignment, Customer, TwilioAccount, User
from audit.record import record
from reviews.models import Review
from reviews.paging import Stretch, by_name
from reviews.queries import MOST_COUNTED, NEWEST, Bounded, added, bounded_counts, first_value
from reviews.status import WAITING_FOR_US, Rank, Status

SIZE: Final = 50
PRESENT: Final = [rank for rank in Rank if rank is not Rank.GONE]


@dataclass(frozen=True, slots=True)
class Row:
    """A customer with the number of their items in each status that has any."""

    customer: Customer
    counts: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def fine(self) -> int:
        return self.counts.get(Status.APPROVED, 0)

    @property
    def rejected(self) -> list[tuple[str, int]]:
        return [(status, self.counts[status]) for status in WAITING_FOR_US if self.counts.get(status)]

    @property
    def in_review(self) -> int:
        return self.counts.get(Status.IN_REVIEW, 0)


@dataclass(frozen=True, slots=True)
class Figures:
    """What one customer's items come to, those gone from Twilio left out."""

    total: Bounded
    fine: Bounded
    waiting: Bounded
    waiting_since: datetime | None
    in_review: Bounded
    in_review_since: datetime | None
    deadline: datetime | None


def visible_to(user: User) -> QuerySet[Customer]:
    return Customer.objects.all() if user.all_customers else Customer.objects.filter(people=user)


def listed(customers: QuerySet[Customer], asked: Mapping[str, str]) -> tuple[list[Row], str]:
    """A page of customers by name and where the next one begins, in a constant number of statements."""
    found = customers
    if words := asked.get("q", "").strip():
        found = found.filter(Q(name__icontains=words) | Q(accounts__sid=words)).distinct()
    shown, after = by_name(found, asked.get("after", ""), SIZE)
    return _with_counts(shown), after


def stretches(customer: Customer, now: datetime) -> list[Stretch[Review]]:
    """Everything of theirs: soonest deadline first, then the newest of what waits for us, of what is in review, of what
    is settled, and of what is gone."""
    theirs, due = Review.objects.filter(customer=customer), Q(rank=Rank.WAITING, deadline__gt=now)
    return [
        Stretch(theirs.filter(due), ("deadline", *NEWEST)),
        Stretch(theirs.exclude(due), ("-rank", *NEWEST)),
    ]


def figures(customer: Customer, now: datetime) -> Figures:
    """In two statements, neither of which goes through all they have."""
    theirs = {rank: Review.objects.filter(customer=customer, rank=rank) for rank in PRESENT}
    counts = bounded_counts(customer, {rank.name: rows for rank, rows in theirs.items()}, MOST_COUNTED)
    firsts = {
        "waiting_since": first_value(theirs[Rank.WAITING], "status_since"),
        "in_review_since": first_value(theirs[Rank.IN_REVIEW], "status_since"),
        "deadline": first_value(theirs[Rank.WAITING].filter(deadline__gt=now), "deadline"),
    }
    moments: dict[str, Any] = {**Customer.objects.filter(pk=customer.pk).values(**firsts).get()}
    return Figures(
        total=added(counts.values()),
        fine=counts[Rank.APPROVED.name],
        waiting=counts[Rank.WAITING.name],
        in_review=counts[Rank.IN_REVIEW.name],
        **moments,
    )


@transaction.atomic
def rename(customer: Customer, name: str, by: User) -> None:
    record(by, "customer:renamed", customer.subject, name, before=customer.name)
    Customer.objects.filter(pk=customer.pk).update(name=name)


@transaction.atomic
def reassign(account: TwilioAccount, subject_sid: str, to: Customer | str, by: User) -> tuple[Customer, int]:
    """A brand or messaging service belongs to this customer, and everything under it. A text makes a new customer.

    Returns the customer and how many items have moved; what Twilio shows later follows by itself.
    """
    customer = to if isinstance(to, Customer) else Customer.objects.create(name=to)
    Assignment.objects.update_or_create(account=account, subject_sid=subject_sid, defaults={"customer": customer})
    moved = _move(account, subject_sid)
    record(by, "customer:reassigned", customer.subject, customer.name, what=subject_sid, items=moved)
    return customer, moved


def _move(account: TwilioAccount, subject_sid: str) -> int:
    """The nearest owner wins: an assigned messaging service goes before its brand."""
    owners = dict(Assignment.objects.filter(account=account).values_list("subject_sid", "customer_id"))
    under = Review.objects.select_for_update().filter(account=account, owner_sids__contains=[subject_sid])
    moved = []
    for review in under.order_by("pk"):
        owner = next((owners[sid] for sid in review.owner_sids if sid in owners), account.customer_id)
        if review.customer_id != owner:
            review.customer_id = owner
            moved.append(review)
    Review.objects.bulk_update(moved, ["customer"], batch_size=500)
    return len(moved)


def _with_counts(customers: Iterable[Customer]) -> list[Row]:
    shown = list(customers)
    counts: dict[int, dict[str, int]] = {customer.pk: {} for customer in shown}
    rows = Review.objects.present().filter(customer__in=shown).order_by().values_list("customer", "status")
    for customer_id, status, count in rows.annotate(Count("pk")):
        counts[customer_id][status] = count
    return [Row(customer, counts[customer.pk]) for customer in shown]
