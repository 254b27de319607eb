"""Server time and statements of the pages people look at all day, as the portfolio grows from 1,000 items to 100,000.

Each page is asked of the whole Django application in this process, as a signed-in administrator who sees everything,
and the list also as somebody who cares for one customer; beside them Django's admin list of the same rows. Each size
has a database of its own, and each page is asked of one after the other in turn: a machine that slows down meanwhile
does so for all of them.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.test import Client
from django.urls import reverse

from accounts.models import Customer, Role, User
from benchmarks import portfolio
from benchmarks.figures import AT_MOST, Figure
from campaigns.desk import CampaignDesk
from reviews.models import Review
from reviews.queries import NEWEST
from reviews.status import Rank, Status

SIZES = (1_000, 10_000, 100_000)
WARM, ROUNDS = 3, 25
# Pages that have to stay flat, and how much slower the largest may be than the smallest.
MOST_GROWTH, MOST_STATEMENTS = 1.5, 10
FLAT = (
    "inbox", "list", "list, far down", "list of one customer’s person", "filtered list", "search", "customer",
    "large customer", "large customer, far down",
)  # fmt: skip
FAR_DOWN = 0.9

type Ask = Callable[[], HttpResponseBase]


@dataclass(frozen=True)
class Crew:
    """Who asks: an administrator, and somebody who cares for one customer."""

    user: User
    client: Client
    person: User
    client_of_person: Client


@dataclass(frozen=True)
class Portfolio:
    """So many items in a database of their own, and what is asked of them."""

    database: BaseDatabaseWrapper
    pages: Mapping[str, Ask]

    def stand(self) -> None:
        """All queries go there from now on."""
        connections["default"] = self.database


@dataclass(frozen=True)
class Measured:
    """The median in milliseconds, and how many statements one request takes."""

    median: float
    statements: int


def measure() -> Iterator[Figure]:
    _plain()
    user = User.objects.create_superuser("bench@redress.example", "correct horse battery")
    person = User.objects.create_user("one@redress.example", role=Role.EDITOR, all_customers=False)
    portfolios = dict(_portfolios(Crew(user, _signed_in(user), person, _signed_in(person))))
    names = portfolios[SIZES[0]].pages
    yield from _figures({name: _side_by_side(portfolios, name) for name in names})


def _signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def _portfolios(crew: Crew) -> Iterator[tuple[int, Portfolio]]:
    """By size, the smallest first: the next one is a copy that grew."""
    filled = 0
    for size in SIZES:
        connections["default"] = _copy(f"pages_{size}")
        portfolio.fill(size - filled, seed=portfolio.SEED + size)
        filled = size
        yield size, Portfolio(connections["default"], pages(crew))


def _copy(name: str) -> BaseDatabaseWrapper:
    """Of the database that stands now."""
    plain = connections.settings["default"]
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{connection.settings_dict["NAME"]}"')
    connection.close()  # or it could not be copied itself
    # All connections of this name would share one pool, and so one database.
    options = {option: value for option, value in plain["OPTIONS"].items() if option != "pool"}
    connections.settings["default"] = {**plain, "NAME": name, "OPTIONS": options}
    return connections.create_connection("default")


def _figures(by_name: Mapping[str, Mapping[int, Measured]]) -> Iterator[Figure]:
    for name, by_size in by_name.items():
        least, most = by_size[SIZES[0]], by_size[SIZES[-1]]
        for size, measured in by_size.items():
            yield Figure(f"{name}, {size:,} items", measured.median, "ms")
        if name in FLAT:
            growth = most.median / least.median
            yield Figure(f"{name}, 100,000 against 1,000", growth, "times", MOST_GROWTH, AT_MOST)
            yield Figure(f"{name}, statements", most.statements, "", MOST_STATEMENTS, AT_MOST)
        else:
            yield Figure(f"{name}, statements", most.statements, "")


def pages(crew: Crew) -> dict[str, Ask]:
    """What is asked, by its name; drawn from what is there now."""
    large = Customer.objects.get(name=portfolio.LARGE)
    rejected = Review.objects.filter(kind="campaign", status=Status.NEEDS_FIX).exclude(customer=large).order_by("title")
    review = rejected[rejected.count() // 2]
    crew.person.customers.set([review.customer])
    typed = CampaignDesk(review, crew.user).form().initial
    asked_by_person = _getting(crew.client_of_person, reverse("reviews:items"))
    return {
        **{name: _getting(crew.client, url) for name, url in _urls(review, large).items()},
        "list of one customer’s person": asked_by_person,
        "live check": lambda: crew.client.post(reverse("campaigns:save", args=[review.pk]), _as_form(typed)),
    }


def _urls(review: Review, large: Customer) -> dict[str, str]:
    """What is only read."""
    items, words = reverse("reviews:items"), " ".join(review.title.split()[:2])
    page_of_large = reverse("accounts:customer", args=[large.pk])
    approved = Review.objects.filter(customer=large, rank=Rank.APPROVED)
    return {
        "inbox": reverse("reviews:inbox"),
        "list": items,
        "list, far down": f"{items}?after=0~{_far_down(Review.objects.all())}",
        "filtered list": f"{items}?state=needs_fix&kind=campaign",
        "search": f"{items}?q={quote(words)}",
        "search without result": f"{items}?q=nothing+is+called+this",
        "customer": reverse("accounts:customer", args=[review.customer_id]),
        "large customer": page_of_large,
        "large customer, far down": f"{page_of_large}?after=1~{Rank.APPROVED}~{_far_down(approved)}",
        "item": reverse("reviews:item", args=[review.pk]),
        "repair form": reverse("campaigns:fix", args=[review.pk]),
        "Django’s admin list": reverse("admin:reviews_review_changelist"),
    }


def _getting(client: Client, url: str) -> Ask:
    return lambda: client.get(url)


def _side_by_side(portfolios: Mapping[int, Portfolio], name: str) -> dict[int, Measured]:
    """One page by the number of items."""
    statements = {size: _statements(at, at.pages[name]) for size, at in portfolios.items()}
    took = {size: list[float]() for size in portfolios}
    for _ in range(ROUNDS):
        for size, at in portfolios.items():
            at.stand()
            took[size].append(_took(at.pages[name]))
    return {size: Measured(statistics.median(took[size]), statements[size]) for size in portfolios}


def _statements(at: Portfolio, ask: Ask) -> int:
    """How many a request takes once the page is warm. Raises RuntimeError where there is no such page."""
    at.stand()
    for _ in range(WARM):
        ask()
    statements: list[str] = []
    with connection.execute_wrapper(_noting(statements)):
        answer = ask()
    if answer.status_code != 200:
        raise RuntimeError(f"a page answered {answer.status_code}")
    return len(statements)


def _noting(statements: list[str]) -> Callable[..., Any]:
    def note(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        statements.append(sql)
        return execute(sql, *rest)

    return note


def _took(ask: Ask) -> float:
    began = time.perf_counter()
    ask()
    return (time.perf_counter() - began) * 1000


def _far_down(rows: QuerySet[Review]) -> str:
    """The place, as addresses have it, behind nine tenths of these, newest first."""
    row = rows.order_by(*NEWEST)[int(rows.count() * FAR_DOWN)]
    return f"{quote(row.status_since.isoformat())}~{row.pk}"


def _as_form(typed: Mapping[str, object]) -> dict[str, object]:
    """The fields as a browser posts them: a box that is not ticked is not there."""
    return {name: value for name, value in typed.items() if value not in (None, False, "")}


def _plain() -> None:
    """No proxy in front, and no files collected: neither is what is measured."""
    settings.SECURE_SSL_REDIRECT = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = False
    uncollected = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": uncollected}
