"""Another registration in the place of one that was deleted: the same review goes on, under its key or a new one."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.db.models import Q

from reviews.contract import Kind
from reviews.models import Renewal, Review
from reviews.record import Sight
from reviews.renewal_models import BETWEEN
from reviews.verdicts import ECHO
from twilio_api.answer import Answer


class Understood(Protocol):
    @property
    def answer(self) -> Answer: ...

    @property
    def sight(self) -> Sight: ...

    @property
    def key(self) -> str: ...


def in_motion(now: datetime) -> Q:
    """Reviews whose old registration was deleted from here, up to an hour after the new one was seen."""
    return Q(renewal__in=BETWEEN) | Q(renewed_at__gt=now - ECHO)


def is_in_motion(review: Review, now: datetime) -> bool:
    """The same of one review at hand."""
    return review.renewal in BETWEEN or bool(review.renewed_at and review.renewed_at > now - ECHO)


def taken_over(kind: Kind, renewed: Sequence[Review], strange: Sequence[Understood]) -> dict[str, Review]:
    """Those of the strange keys that are the new registration of a plan: its review, which is locked, goes on under
    that key, and no second one is made."""
    if kind.renewal is None:
        return {}
    found: dict[str, Review] = {}
    for review in renewed if strange else ():
        renewal = _plan_of(review, Renewal.OPEN) if review.renewal in BETWEEN else None
        told = [u for u in strange if renewal and kind.renewal.is_it(review, renewal.renewing, u.answer.payload)]
        for one in told[:1]:
            review.remote_key = one.key
            review.save(update_fields=["remote_key"])
            found[one.key] = review
    return found


def deleted_ones(kind: Kind, renewed: Sequence[Review], told: Sequence[Understood]) -> set[str]:
    """Keys under which a copy that lags behind still shows what was deleted, before the new one stands or after it."""
    late: set[str] = set()
    for review in renewed:
        if renewal := _plan_of(review, (*Renewal.OPEN, Renewal.State.CREATED)):
            keys = {renewal.old_key, review.remote_key}
            late |= {u.key for u in told if u.key in keys and _shows_the_deleted(kind, renewal, u)}
    return late


def _plan_of(review: Review, states: Sequence[str]) -> Renewal | None:
    """Its plan, if that has deleted anything."""
    return Renewal.objects.filter(review=review, state__in=states).exclude(deleted_at=None).first()


def _shows_the_deleted(kind: Kind, renewal: Renewal, told: Understood) -> bool:
    was, now = kind.read(renewal.snapshot), told.sight.reading
    return was.sid == now.sid and bool(was.created) and was.created == now.created
