"""The numbers of one business, and what each is for: reviewers ask when there are many, or when one is shared.

Source: Twilio's article on toll-free resubmission, its two rows on numbers: more than five of one business need a
justification (departments, agents, locations with their addresses), and each number belongs to one business.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts.models import User
from reviews.models import Review
from reviews.payloads import text, tidy
from reviews.rows import phone
from rulebook.explain import same_fault
from rulebook.names import name_words
from tollfree.models import TollfreeVerification

# More than this many of one business need a reason; in Canada more than one.
MOST_WITHOUT_A_REASON = 5
MOST_SHOWN = 200
LONGEST_PURPOSE = 300
MANY = frozenset(same_fault("tollfree", 30479))
SHARED = frozenset(same_fault("tollfree", 30478))


def key_of(business_name: str) -> str:
    """The name by which numbers of the same business are found; empty for none."""
    return " ".join(name_words(business_name))[:200]


@dataclass(frozen=True, slots=True)
class Number:
    """One number with the business it is registered for."""

    pk: int
    number: str
    business: str
    address: str
    review: Review
    purpose: str
    # What this person typed and what was not kept, because something else was written meanwhile.
    unkept: str | None = None

    @property
    def shown(self) -> str:
        return phone(self.number) or "number not shown"

    @property
    def control(self) -> str:
        """The name of its box in the form."""
        return f"purpose_{self.pk}"

    @property
    def was_control(self) -> str:
        """The name of the hidden input with what stood there when the page was made."""
        return f"was_{self.pk}"

    @property
    def is_unkept(self) -> bool:
        return self.unkept is not None

    @property
    def in_box(self) -> str:
        return self.purpose if self.unkept is None else self.unkept


class Numbers:
    """The numbers a reviewer asks about, as far as this person may see them."""

    def __init__(self, review: Review, user: User) -> None:
        self.review, self.user = review, user

    @property
    def is_shared(self) -> bool:
        """Whether the question is who uses this number, rather than why there are so many."""
        return bool(SHARED.intersection(self.review.codes)) and not MANY.intersection(self.review.codes)

    @property
    def is_asked(self) -> bool:
        """Whether a reviewer has asked at all."""
        return bool((MANY | SHARED).intersection(self.review.codes))

    @cached_property
    def rows(self) -> list[Number]:
        """In one statement; this review's number first."""
        found = self._found().select_related("review__customer").order_by("phone_number")[:MOST_SHOWN]
        return sorted(map(_number, found), key=lambda row: row.pk != self.review.pk)

    @property
    def business(self) -> str:
        return next((row.business for row in self.rows if row.pk == self.review.pk), self.review.title)

    @property
    def needs_a_reason(self) -> bool:
        return len(self.rows) > MOST_WITHOUT_A_REASON

    @property
    def is_complete(self) -> bool:
        return all(row.purpose for row in self.rows)

    @property
    def words(self) -> str:
        """What to write into the additional information: each number with what it is for."""
        return _shared(self.rows, self.review.pk) if self.is_shared else _many(self.business, self.rows)

    def keep(self, posted: Mapping[str, str]) -> bool:
        """Saves what was typed anew; every other row stays as it is. False when a row was written meanwhile: that one
        is not overwritten, and has what was typed beside it."""
        typed = {row.pk: _purpose(posted, row.control) for row in self.rows if _is_typed(posted, row)}
        was = {row.pk: _purpose(posted, row.was_control) for row in self.rows}
        with transaction.atomic():
            found = TollfreeVerification.objects.filter(pk__in=typed).order_by("pk")
            stored = dict(found.select_for_update().values_list("pk", "purpose"))
            unkept = {pk for pk, purpose in stored.items() if purpose not in (was[pk], typed[pk])}
            changed = [TollfreeVerification(pk=pk, purpose=typed[pk]) for pk in stored if pk not in unkept]
            TollfreeVerification.objects.bulk_update(changed, ["purpose"])
        del self.rows
        self.rows = [replace(row, unkept=typed[row.pk]) if row.pk in unkept else row for row in self.rows]
        return not unkept

    def _found(self) -> QuerySet[TollfreeVerification]:
        main = self.review.account.main
        family = Q(review__account=main) | Q(review__account__parent=main)
        visible = Review.objects.visible_to(self.user).present()
        rows = TollfreeVerification.objects.filter(family, review__in=visible)
        if self.is_shared:
            return rows.filter(review__customer=self.review.customer_id)
        key = TollfreeVerification.objects.values_list("business_key", flat=True).get(review=self.review)
        return rows.filter(business_key=key) if key else rows.filter(review=self.review)


def _number(row: TollfreeVerification) -> Number:
    places = ("business_street_address", "business_city", "business_state_province_region", "business_country")
    address = ", ".join(filter(None, (text(row.payload, place) for place in places)))
    business = text(row.payload, "business_name")
    return Number(row.pk, row.phone_number, business, address, row.review, row.purpose)


def _is_typed(posted: Mapping[str, str], row: Number) -> bool:
    return row.control in posted and _purpose(posted, row.control) != _purpose(posted, row.was_control)


def _purpose(posted: Mapping[str, str], control: str) -> str:
    return tidy(posted.get(control, ""))[:LONGEST_PURPOSE]


def _many(business: str, rows: Sequence[Number]) -> str:
    named = business or "This business"
    lines = [f"{row.shown}: {row.purpose or '[what it is for]'}" for row in rows]
    several = (
        f"{len(rows)} toll-free numbers, each for a purpose of its own" if len(rows) > 1 else "one toll-free number"
    )
    return "\n".join([f"{named} uses {several}:", *lines])


def _shared(rows: Sequence[Number], own: int) -> str:
    lines = [f"{row.shown}: {row.purpose or row.business or '[business]'}" for row in rows if row.pk != own]
    mine = next((row for row in rows if row.pk == own), None)
    user = (mine.purpose or mine.business) if mine else "[business]"
    others = ["The other businesses have numbers of their own:", *lines] if lines else []
    return "\n".join([f"This number sends for {user or '[business]'} only.", *others])
