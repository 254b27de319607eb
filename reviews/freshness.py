"""How old the truth on a page is. Old truth is never shown as fresh: it says when it was read and why not since."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Max, Min, Q, QuerySet
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from accounts.models import Customer, TwilioAccount, User
from reviews.models import Review
from reviews.schedule import extra_pause, stale_after
from reviews.words import age_text, exact


@dataclass(frozen=True, slots=True)
class AccountsFreshness:
    """How many of the accounts a person sees were read as a whole within the limit, and what stopped the others."""

    total: int
    fresh: int
    failing: int
    unreadable: int
    error: str
    oldest: datetime | None
    # Connected, and their first reading has not come to its end.
    unread: int

    @property
    def why(self) -> str:
        """What stops the failing ones, without what to do about it."""
        return self.error.partition(". ")[0].rstrip(".")

    @property
    def stale(self) -> int:
        """Those that are too old although nothing is known to have stopped them."""
        return self.total - self.fresh - self.failing

    @property
    def late(self) -> str:
        """What the stale ones are, in words."""
        return f"{self.stale} not read {'yet' if self.unread == self.stale else 'in time'}"

    @property
    def is_stale(self) -> bool:
        return self.fresh < self.total

    @property
    def text(self) -> SafeString:
        """For the top bar; `.long` goes where the screen is narrow."""
        if not self.total:
            return SafeString("No account")
        count = f"{self.fresh} of {self.total}" if self.is_stale else f"{self.total}"
        return format_html('{}<span class="long"> {}</span> fresh', count, _accounts(self.total))

    @property
    def title(self) -> str:
        if not self.total:
            return "No Twilio account is connected"
        read = f"oldest whole reading {exact(self.oldest)}" if self.oldest else "some were never read"
        return f"{self.fresh} of {self.total} accounts read within {_limit_words()}; {read}"

    @property
    def url(self) -> str:
        return reverse("sync:accounts")


@dataclass(frozen=True, slots=True)
class ItemFreshness:
    """When an item was read. `why` says, where it is stale, what keeps it from being read again."""

    as_of: datetime
    is_stale: bool
    why: str = ""


def freshness_of_accounts(user: User, now: datetime) -> AccountsFreshness:
    """What the person's accounts come to, in one statement."""
    return freshness_over(_accounts_of(user), now)


def freshness_over(accounts: QuerySet[TwilioAccount], now: datetime) -> AccountsFreshness:
    """What these come to, in one statement: mirrored ones, because no other is ever read."""
    failing, in_time = Q(failing_since__isnull=False), Q(failing_since=None) & _read_in_time(now)
    found: dict[str, Any] = accounts.aggregate(
        total=Count("pk", distinct=True),
        fresh=Count("pk", filter=in_time, distinct=True),
        failing=Count("pk", filter=failing, distinct=True),
        unreadable=Count("unreadable", distinct=True),
        error=Max("last_error", filter=failing),
        oldest=Min("last_read_at"),
        unread=Count("pk", filter=Q(failing_since=None, last_read_at=None), distinct=True),
    )
    return AccountsFreshness(**{**found, "error": found["error"] or ""})


def freshness_of(review: Review, now: datetime) -> ItemFreshness:
    """Needs the review's account joined. What is gone is settled, not stale."""
    why = "" if review.gone_at else _stopped_by(review.account) or _too_old(review, now)
    return ItemFreshness(review.as_of, is_stale=bool(why), why=why)


def _accounts_of(user: User) -> QuerySet[TwilioAccount]:
    mirrored = TwilioAccount.objects.mirrored()
    if user.all_customers:
        return mirrored
    mine = Customer.objects.filter(people=user)
    return mirrored.filter(Q(customer__in=mine) | Q(assignments__customer__in=mine))


def _read_in_time(now: datetime) -> Q:
    """Where events work an account is asked less often, and may be older by as much."""
    limit = now - timedelta(seconds=settings.STALE_AFTER_SECONDS)
    return Q(last_read_at__gte=limit) | Q(hears_events=True, last_read_at__gte=limit - extra_pause())


def _stopped_by(account: TwilioAccount) -> str:
    if account.disconnected_at:
        return f"Its account was disconnected on {exact(account.disconnected_at)}."
    if account.status != TwilioAccount.ACTIVE:
        return f"Its account is {account.status} at Twilio."
    if account.failing_since:
        return f"Its account cannot be read since {exact(account.failing_since)}. {account.last_error}".strip()
    return ""


def _too_old(review: Review, now: datetime) -> str:
    limit = stale_after(review.status, hears=review.account.hears_events)
    if now - review.as_of <= limit:
        return ""
    return f"Not read for {age_text(now - review.as_of)}, which is over the limit of {age_text(limit)}."


def _limit_words() -> str:
    return age_text(timedelta(seconds=settings.STALE_AFTER_SECONDS))


def _accounts(count: int) -> str:
    return "account" if count == 1 else "accounts"
