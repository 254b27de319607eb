"""A review as one line of a list: what it is, what is wrong, how much is left, and the one thing to do."""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from accounts.models import Role, User
from reviews.contract import Kind, Verdict
from reviews.freshness import ItemFreshness, freshness_of
from reviews.kinds import kind_of
from reviews.models import Review
from reviews.queries import NEW
from reviews.renewal_models import FOR_US, RenewalStep
from reviews.risk import AT_RISK, LABELS
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
    now: datetime

    @property
    def name(self) -> str:
        """What tells it from its customer's other items."""
        return name_beside(self.review.customer.name, self.review)

    @property
    def first(self) -> Advice | None:
        return self.advices[0] if self.advices else None

    @property
    def others(self) -> tuple[str, ...]:
        """The numbers of the reasons beyond the first."""
        return () if self.renewal else tuple(str(advice.code or "no number") for advice in self.advices[1:])

    @property
    def code(self) -> str:
        """What the machine calls it: the first reason's number, or Twilio's word where that is not one of ours."""
        if self.renewal:
            return ""
        if self.review.status == Status.UNKNOWN:
            return self.review.twilio_status
        return str(self.first.code or "") if self.first and not self.review.problem else ""

    @property
    def renewal(self) -> str:
        """Where the plan to make it anew stands, and who is asked; empty where there is none."""
        return RenewalStep(self.review.renewal).label if self.review.renewal else ""

    @property
    def reason(self) -> str:
        """What is wrong, in a few words; empty where nothing is."""
        review = self.review
        if self.renewal:
            return self.renewal
        if review.problem:
            return f"Unreadable answer of Twilio: {review.problem}"
        if review.status == Status.UNKNOWN:
            return "a word of Twilio’s we do not know" if review.twilio_status else "Twilio gives no state"
        if self.first:
            return self.first.title if self.first.known else self.first.meaning
        return "Twilio gave no reason" if review.status in REJECTED else ""

    @property
    def has_deadline(self) -> bool:
        """Whether a clock says anything: one that is over, or of something gone, presses nobody."""
        return self.review.deadline is not None and self.review.deadline > self.now and not self.review.gone_at

    @property
    def risk(self) -> str:
        """The severity of what our checks found serious; empty where nothing is."""
        return self.review.risk if self.review.risk in AT_RISK and not self.review.gone_at else ""

    @property
    def risk_words(self) -> str:
        """What that means, with the codes it could bring."""
        codes = ", ".join(str(code) for code in self.review.risk_codes)
        return f"{LABELS[self.risk]}{f': {codes}' if codes else ''}" if self.risk else ""

    @property
    def is_listed(self) -> bool:
        """Whether our catalogue knows the first reason."""
        return self.first is None or self.first.known or bool(self.renewal)

    @property
    def fields(self) -> tuple[str, ...]:
        """The flagged fields in our words."""
        return tuple(dict.fromkeys(label_of(self.review.kind, name) for name in self.review.flagged_fields))


def rows_of(reviews: Iterable[Review], user: User, now: datetime, drafts: Collection[int] = ()) -> list[Row]:
    return [_row(review, user, now, has_draft=review.pk in drafts) for review in reviews]


def may_fix(user: User, verdict: Verdict) -> bool:
    return verdict.allowed and user.may(Role.MANAGER if verdict.needs_manager else Role.EDITOR)


def name_beside(heading: str, review: Review) -> str:
    """Title and detail without what is said already."""
    title = "" if review.title == heading else review.title
    detail = "" if review.detail.casefold() in title.casefold() else phone(review.detail)
    return " · ".join(part for part in (title, detail) if part)


def phone(text: str) -> str:
    """A North American number as people read it; anything else as it is."""
    return re.sub(r"^\+1(\d{3})(\d{3})(\d{4})$", r"+1 \1 \2 \3", text)


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
        is_new=review.is_rejected and now - review.status_since < NEW,
        has_draft=has_draft,
        now=now,
    )


def _act(review: Review, kind: Kind, verdict: Verdict, user: User) -> Act:
    if review.renewal in FOR_US and user.may(Role.EDITOR):
        return Act("Go on", reverse("renewals:start", args=[review.pk]))
    fix_url = kind.fix_url(review) if may_fix(user, verdict) else ""
    if fix_url and review.status == Status.NEEDS_FIX:
        return Act("Fix", fix_url)
    return Act(
        "Decide" if review.status == Status.NEEDS_DECISION else "Open", reverse("reviews:item", args=[review.pk])
    )
