"""Every check over one draft: what a reviewer will say before it is paid for."""

from itertools import chain

from rulebook.checks import (
    business,
    consent,
    content,
    disclosures,
    links,
    replies,
    routes,
    samples,
    senders,
    sizes,
    updates,
    usecases,
)
from rulebook.checks.check import Check
from rulebook.findings import Finding, Severity
from rulebook.reading import Reading
from rulebook.submission import Submission

CHECKS: tuple[Check, ...] = tuple(
    chain.from_iterable(
        theme.CHECKS
        for theme in (
            sizes,
            senders,
            routes,
            disclosures,
            consent,
            replies,
            samples,
            links,
            usecases,
            content,
            business,
            updates,
        )
    )
)
_ORDER = {severity: place for place, severity in enumerate(Severity)}


def lint(submission: Submission) -> tuple[Finding, ...]:
    """What the checks say of a draft, worst first. Total: any text of any length gets an answer in milliseconds."""
    reading = Reading(submission)
    found = chain.from_iterable(check.findings(reading) for check in CHECKS)
    return tuple(sorted(dict.fromkeys(found), key=lambda finding: _ORDER[finding.severity]))


def check_of(rule: str) -> Check | None:
    """The check's row."""
    return next((check for check in CHECKS if check.id == rule), None)
