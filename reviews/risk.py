"""What our rules say of everything that is mirrored: the text that stands, not only what is being repaired."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Mod

from reviews import bulk, house, record
from reviews.kinds import kind_of, kinds
from reviews.locks import hold
from reviews.models import Review
from rulebook.edition import edition
from rulebook.findings import Finding, Severity

BATCH = 100
# So many workers may check side by side, each in a lane of its own.
LANES = 4
# Names our advisory locks among those of other programs in the same database.
LOCKS = 7_243_001
# Nothing was found. The other words are the severities; an empty one means: not checked yet.
CLEAR = "clear"
LABELS = {
    Severity.ERROR.value: "Twilio would refuse it",
    Severity.WARNING.value: "Likely to be rejected",
    Severity.ADVICE.value: "Advice only",
    CLEAR: "Nothing found",
}
# What puts an approved or waiting item at risk.
AT_RISK = (Severity.ERROR.value, Severity.WARNING.value)
_WORST = {severity: place for place, severity in enumerate(Severity)}


def findings_of(reviews: Sequence[Review]) -> dict[int, tuple[Finding, ...]]:
    """What the checks say, by the review's number. The same number of statements for one review and for a hundred.
    Kinds without a text of their own have nothing to check."""
    found: dict[int, tuple[Finding, ...]] = {}
    for slug, group in groupby(sorted(reviews, key=attrgetter("kind")), key=attrgetter("kind")):
        texts = kind_of(slug).checkable(list(group))
        found |= {pk: house.judge(submission) for pk, submission in texts.items()}
    return found


@transaction.atomic
def check_some(lane: int, after: int = 0) -> Sequence[Review]:
    """Checks up to a hundred reviews behind `after` whose text, or whose rules, are newer than their last check, and
    brings their state in line with the house's ways out.

    Returns them in order; none where another worker walks this lane. The rows are locked only to be written: a text
    that changes meanwhile no longer fits the digest that was checked, so its turn comes again.
    """
    if not _is_free(lane):
        return ()
    mine = unchecked().annotate(lane=Mod("pk", LANES)).filter(lane=lane, pk__gt=after)
    reviews = list(mine.order_by("pk")[:BATCH])
    found = findings_of(reviews)
    for review in reviews:
        _note(review, found.get(review.pk, ()))
    hold(Review.objects.filter(pk__in=[review.pk for review in reviews]))
    bulk.update(reviews, ["risk", "risk_codes", "checked_digest", "checked_by"])
    _reweigh([review.pk for review in reviews if _has_another_state(review)])
    return reviews


def unchecked() -> QuerySet[Review]:
    """Present reviews that these rules have not checked as they stand now."""
    # "Other than these rules" as two ranges: an index knows those, so that finding nothing costs nothing.
    by_other_rules = Q(checked_by__lt=rules()) | Q(checked_by__gt=rules())
    return Review.objects.present().filter(Q(is_unchecked=True) | by_other_rules, kind__in=kinds())


def rules() -> str:
    """Names the rules in force, the house's switches and ways out among them: a result holds as long as this stays
    the same."""
    ours = repr((sorted(house.checks().items()), sorted(house.routes().items())))
    return f"{edition()}-{hashlib.sha256(ours.encode()).hexdigest()[:16]}"


def _is_free(lane: int) -> bool:
    """Held until the transaction ends, so a worker that dies frees it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s, %s)", [LOCKS, lane])
        return bool(cursor.fetchone()[0])


def _note(review: Review, found: Iterable[Finding]) -> None:
    findings = sorted(found, key=lambda finding: _WORST[finding.severity])
    serious = [finding for finding in findings if finding.severity.value in AT_RISK]
    review.risk = findings[0].severity.value if findings else CLEAR
    review.risk_codes = list(dict.fromkeys(code for finding in serious for code in finding.codes))
    review.checked_digest, review.checked_by = review.digest, rules()


def _has_another_state(review: Review) -> bool:
    return kind_of(review.kind).state(review) != review.status


def _reweigh(pks: Sequence[int]) -> None:
    """Looked at again under their locks: a reading may have come in between."""
    locked = Review.objects.select_for_update(of=("self",)).select_related("account")
    for review in locked.filter(pk__in=pks).order_by("pk") if pks else ():
        if _has_another_state(review):
            record.reweigh(review, kind_of(review.kind).state(review))
