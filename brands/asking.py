"""Having a dossier read because somebody looks: by a worker, never in the request."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models import Q

from accounts.models import TwilioAccount
from brands.dossier import FRESH, LEASE
from brands.models import Brand
from brands.tasks import read_dossier
from reviews.models import Review


def ask(review: Review, now: datetime, *, at_once: bool = False) -> None:
    """Has the dossier read by a worker if what is known is old, or `at_once`; not while somebody is reading it."""
    if review.gone_at or review.account.disconnected_at or review.account.status != TwilioAccount.ACTIVE:
        return
    free = Q(dossier_asked_at=None) | Q(dossier_asked_at__lt=now - LEASE)
    old = Q() if at_once else Q(dossier_read_at=None) | Q(dossier_read_at__lt=now - FRESH)
    tried = Q() if at_once else Q(dossier_problem="") | Q(dossier_due_at__lte=now)
    if Brand.objects.filter(free, old, tried, review=review).update(dossier_asked_at=now):
        # Should the broker be away, the lease runs out and the next look asks again.
        transaction.on_commit(partial(read_dossier.delay, review.pk), robust=True)
