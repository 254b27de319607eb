"""A review as one line of a list: what it is, what is wrong, how much is left, and the one thing to do."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import Role, User
from reviews.contract import Kind, Verdict
from reviews.freshness import ItemFreshness, freshness_of
from reviews.kinds import kind_of
from reviews.models import Review
from reviews.queries import is_newly_rejected
from reviews.status import REJECTED, Status
from reviews.verdicts import advices
from rulebook.explain import Advice
from rulebook.fields import label_of


@dataclass(frozen=True, slots=True)
class Act:
    """The one button of a row."""

    word: str
    url: str

    @property
    def is_fix(self) -> bool:
        return self.word == "Fix"


@dataclass(frozen=True, slots=True)
class Row:
    """One review as a list shows it. Costs no query where customer, account and parent are joined."""

    review: Review
    kind: str
    verdict: Verdict
    advices: tuple[Advice, ...]
    freshness: ItemFreshness
    act: Act
    is_new: bool
    has_draft: bool

    @property
    def name(self) -> str:
        """What tells it from its customer's other items."""
        return name_beside(self.review.customer.name, self.review)

    @property
    def is_older(self) -> bool:
        """Its state is older than we know: it was so when it was first seen."""
        return self.review.status_since <= self.review.first_seen_at

    @property
    def first(self) -> Advice | None:
        return self.advices[0] if self.advices else None

    @property
    def more(self) -> int:
        """Reasons beyond the first."""
        return max(len(self.advices) - 1, 0)

    @property
    def instead_of_reason(self) -> str:
        """What stands where the first reason would, when there is none to show."""
        review = self.review
        if review.problem:
            return f"Twilio’s newest answer could not be read: {review.problem}"
        if review.status == Status.UNKNOWN:
            return f"Twilio calls it {review.twilio_status or 'nothing at all'}, a word we do not know"
        return "Twilio gave no reason" if review.status in REJECTED and not self.advices else ""

    @property
    def fields(self) -> tuple[str, ...]:
        """The flagged fields in our words."""
        return tuple(dict.fromkeys(label_of(self.review.kind, name) for name in self.review.flagged_fields))


def rows_of(reviews: Iterable[Review], user: User, now: datetime, drafts: Collection[int] = ()) -> list[Row]:
    return [_row(review, user, now, has_draft=review.pk in drafts) for review in reviews]


def may_fix(user: User, verdict: Verdict) -> bool:
    return verdict.allowed and user.may(Role.MANAGER if verdict.needs_manager else Role.EDITOR)


def name_beside(heading: str, review: Review) -> str:
    """Title and detail without what the heading says already."""
    return " · ".join(part for part in (review.title, review.detail) if part and part != heading)


def _row(review: Review, user: User, now: datetime, *, has_draft: bool) -> Row:
    kind = kind_of(review.kind)
    verdict = kind.verdict(review, now)
    return Row(
        review=review,
        kind=kind.label,
        verdict=verdict,
        advices=advices(review),
        freshness=freshness_of(review, now),
        act=_act(review, kind, verdict, user),
        is_new=is_newly_rejected(review, now),
        has_draft=has_draft,
    )


def _act(review: Review, kind: Kind, verdict: Verdict, user: User) -> Act:
    fix_url = kind.fix_url(review) if may_fix(user, verdict) else ""
    if fix_url and review.status == Status.NEEDS_FIX:
        return Act("Fix", fix_url)
    return Act(
        "Decide" if review.status == Status.NEEDS_DECISION else "Open", reverse("reviews:item", args=[review.pk])
    )
