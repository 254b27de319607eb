"""The dossier of a brand in the mirror: asked for when somebody needs it, read by a worker, kept with its age."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import TwilioAccount
from accounts.secrets import SealBroken
from brands.facts import BUSINESS, facts_of, plain_number, value_of
from brands.models import Brand, Bundle, Entity
from brands.trusthub import Dossier, Paper, ReadBundle, read_dossier
from reviews.models import Review
from reviews.payloads import storable, text
from reviews.status import REJECTED
from sync.failures import explain_failure
from sync.remote import AT_ONCE_SECONDS, twilio_for
from twilio_api.answer import Payload
from twilio_api.errors import CredentialsRefused, Throttled, TwilioError

log = structlog.get_logger(__name__)

# Older than this, somebody who looks has it read again.
FRESH = timedelta(minutes=5)
# A reader that says nothing for this long is dead, and another may begin.
LEASE = timedelta(minutes=2)
# A dossier that could not be read is tried again after this.
RETRY_AFTER = timedelta(minutes=15)
# And where its account may not be asked more often just now: at the least after this.
NEXT_TURN = timedelta(seconds=15)


def facts(brand: Brand) -> dict[str, str]:
    """What the papers say: one statement. Empty where nobody has read them."""
    return facts_of(papers_of(brand))


def papers_of(brand: Brand) -> list[Entity]:
    """What the two bundles are made of, the customer profile's first."""
    held = Entity.objects.filter(bundle__sid__in=brand.bundle_sids).select_related("bundle")
    return sorted(held, key=lambda entity: (entity.bundle.sid != brand.profile_sid, entity.pk))


def claim_due(now: datetime, most: int) -> list[int]:
    """Takes so many brands whose dossier is to be read: one of each account, rejected ones first, so that a long list
    is read slowly. Accounts that fail as a whole wait for their own turn."""
    due = Brand.objects.filter(
        Q(dossier_asked_at=None) | Q(dossier_asked_at__lt=now - LEASE),
        dossier_due_at__lte=now,
        review__gone_at=None,
        review__account__disconnected_at=None,
        review__account__failing_since=None,
        review__account__status=TwilioAccount.ACTIVE,
    )
    rows = due.values_list("pk", "review__account_id", "review__status", "dossier_due_at")
    first: dict[int, int] = {}
    for pk, account_id, _, _ in sorted(rows, key=lambda row: (row[2] not in REJECTED, row[3])):
        first.setdefault(account_id, pk)
    chosen = list(first.values())[:most]
    with transaction.atomic():
        # A second beat takes none of these: it waits for none, and looks again at what it finds unlocked.
        free = due.filter(pk__in=chosen).select_for_update(skip_locked=True, of=("self",))
        taken = set(free.values_list("pk", flat=True))
        Brand.objects.filter(pk__in=taken).update(dossier_asked_at=now)
    return [pk for pk in chosen if pk in taken]


def read(review_id: int) -> None:
    """Reads one dossier and keeps it; what goes wrong is kept in words. Safe to run twice."""
    review = Review.objects.with_names().filter(pk=review_id, kind="brand", gone_at=None).first()
    if review is None:
        return
    brand, now = Brand.objects.get(pk=review_id), timezone.now()
    try:
        twilio = twilio_for(review.account, patience=AT_ONCE_SECONDS)
        found = read_dossier(twilio, brand.sid, brand.profile_sid, brand.product_sid, now)
    except Throttled as error:
        wait = max(NEXT_TURN, timedelta(seconds=error.retry_after or 0))
        Brand.objects.filter(pk=brand.pk).update(dossier_asked_at=None, dossier_due_at=now + wait)
    except (TwilioError, SealBroken) as error:
        log.warning("dossier_unread", review=review_id, error=type(error).__name__)
        _failed(brand, error, now)
    else:
        keep(review.account, brand, found)


@transaction.atomic
def keep(account: TwilioAccount, brand: Brand, found: Dossier) -> None:
    """Mirrors a dossier, unless a newer one is known already."""
    locked = Brand.objects.select_for_update().get(pk=brand.pk)
    if locked.dossier_read_at is None or locked.dossier_read_at <= found.as_of:
        for bundle in found.bundles:
            _keep_bundle(account, bundle, found.as_of)
        locked.vettings, locked.dossier_read_at = [storable(vetting) for vetting in found.vettings], found.as_of
        locked.dossier_problem = _missing(found.bundles)
    locked.dossier_asked_at = locked.dossier_due_at = None
    locked.save(update_fields=[
        "vettings", "dossier_read_at", "dossier_problem", "dossier_asked_at", "dossier_due_at",
    ])  # fmt: skip


def keep_bundle(account: TwilioAccount, kind: str, sid: str, payload: Payload, **over: Any) -> Bundle:
    """What Twilio shows of a bundle itself; what it holds stays as it was read."""
    shown = {
        "account": account,
        "kind": kind,
        "name": text(payload, "friendly_name")[:200] or sid,
        "status": text(payload, "status")[:40],
        "payload": storable(payload),
        **over,
    }
    return Bundle.objects.update_or_create(sid=sid, defaults=shown)[0]


def keep_paper(paper: Paper) -> None:
    """What was written into an end user or address just now, wherever it is assigned."""
    Entity.objects.filter(sid=paper.sid).update(attributes=storable(paper.attributes), tax_number=_tax_number(paper))


def wrote(brand: Brand, now: datetime) -> None:
    """Something was written into the papers now: a reading that began before it shows old truth."""
    Brand.objects.filter(pk=brand.pk).update(dossier_read_at=now)


def mark_due(brand: Brand, now: datetime) -> None:
    """Has the sweep read it again soon."""
    Brand.objects.filter(pk=brand.pk).update(dossier_due_at=now)


def brands_of_tax_number(number: str) -> int:
    """How many brands stand on a registration number, over the whole mirror: those whose papers were read."""
    profiles = Entity.objects.filter(tax_number=plain_number(number)).values("bundle__sid")
    return Brand.objects.filter(profile_sid__in=profiles, review__gone_at=None).count() if plain_number(number) else 0


def read_of_all() -> tuple[int, int]:
    """Of how many brands the papers were read, and how many there are."""
    present = Brand.objects.filter(review__gone_at=None)
    return present.exclude(dossier_read_at=None).count(), present.count()


def _keep_bundle(account: TwilioAccount, found: ReadBundle, as_of: datetime) -> None:
    if found.payload is None:
        Entity.objects.filter(bundle__sid=found.sid).delete()
        Bundle.objects.filter(sid=found.sid).update(status="gone", read_at=as_of)
        return
    evaluation = storable(found.evaluation) if found.evaluation else None
    row = keep_bundle(account, found.kind, found.sid, found.payload, evaluation=evaluation, read_at=as_of)
    row.entities.all().delete()
    Entity.objects.bulk_create(_row(row, paper) for paper in found.papers)


def _row(bundle: Bundle, paper: Paper) -> Entity:
    return Entity(
        bundle=bundle,
        sid=paper.sid[:34],
        type=paper.type,
        name=storable(paper.name),
        attributes=storable(paper.attributes),
        tax_number=_tax_number(paper),
    )


def _tax_number(paper: Paper) -> str:
    attributes: Mapping[str, Any] = paper.attributes if paper.type == BUSINESS else {}
    return plain_number(value_of(attributes, "business_registration_number"))


def _missing(bundles: Sequence[ReadBundle]) -> str:
    gone = [bundle.sid for bundle in bundles if bundle.payload is None]
    return f"Twilio has no bundle {', '.join(gone)}." if gone else ""


def _failed(brand: Brand, error: Exception, now: datetime) -> None:
    Brand.objects.filter(pk=brand.pk).update(
        dossier_asked_at=None, dossier_due_at=now + RETRY_AFTER, dossier_problem=_explain(error)[:300]
    )


def _explain(error: Exception) -> str:
    if isinstance(error, CredentialsRefused | SealBroken):
        return explain_failure(error)
    return f"Twilio did not show what stands behind it: {error}"
