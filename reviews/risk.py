"""What our checks say of everything that is mirrored: the text that stands, not only what is being repaired."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import groupby
from operator import attrgetter

from django.db.models import F, Q, QuerySet

from reviews import house
from reviews.kinds import kind_of, kinds
from reviews.models import Review
from rulebook.edition import edition
from rulebook.findings import Finding, Severity
from rulebook.lint import lint

BATCH = 100
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
        found |= {pk: house.settle(lint(submission)) for pk, submission in texts.items()}
    return found


def check_some() -> int:
    """Checks up to a hundred reviews whose text, or whose rules, are newer than their last check.

    Returns how many there were. Locks nothing: a text that changes meanwhile no longer fits the digest that was
    checked, so its turn comes again. Safe to run side by side.
    """
    reviews = list(unchecked().order_by("pk")[:BATCH])
    found = findings_of(reviews)
    for review in reviews:
        _note(review, found.get(review.pk, ()))
    Review.objects.bulk_update(reviews, ["risk", "risk_codes", "checked_digest", "checked_by"])
    return len(reviews)


def unchecked() -> QuerySet[Review]:
    """Present reviews that these rules have not checked as they stand now."""
    return _with_text().filter(~Q(checked_digest=F("digest")) | ~Q(checked_by=rules()))


def progress() -> tuple[int, int]:
    """How many are checked by the rules in force, and how many there are."""
    total = _with_text().count()
    return total - unchecked().count(), total


def rules() -> str:
    """Names the rules in force, the house's switches among them: a result holds as long as this stays the same."""
    switched = hashlib.sha256(repr(sorted(house.checks().items())).encode()).hexdigest()[:16]
    return f"{edition()}-{switched}"


def _with_text() -> QuerySet[Review]:
    return Review.objects.present().filter(kind__in=kinds())


def _note(review: Review, found: Iterable[Finding]) -> None:
    findings = sorted(found, key=lambda finding: _WORST[finding.severity])
    serious = [finding for finding in findings if finding.severity.value in AT_RISK]
    review.risk = findings[0].severity.value if findings else CLEAR
    review.risk_codes = list(dict.fromkeys(code for finding in serious for code in finding.codes))
    review.checked_digest, review.checked_by = review.digest, rules()
