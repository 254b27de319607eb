"""The whole rulebook over a verification's draft, and what Twilio's form demands of it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from reviews import house
from rulebook.findings import Finding, Severity
from tollfree.checkable import submission_of
from tollfree.draft import LISTS, Draft
from tollfree.models import TollfreeVerification
from tollfree.show import FIELDS
from tollfree.words import LABELS
from twilio_api.answer import Payload

# What creation demands, so no edit may empty it. Source: OpenAPI of 2026-04-14, CreateTollfreeVerification.
REQUIRED = (
    "business_name",
    "business_website",
    "notification_email",
    "use_case_categories",
    "use_case_summary",
    "production_message_sample",
    "opt_in_image_urls",
    "opt_in_type",
    "message_volume",
)
PHONES = ("business_contact_phone", "business_registration_phone_number")
COUNTRIES = ("business_country", "business_registration_country")
LONGEST_VETTING_ID = 500
_E164, _COUNTRY, _MAILBOX = re.compile(r"\+[1-9]\d{7,14}"), re.compile(r"[A-Z]{2}"), re.compile(r"[^@\s]+@[^@\s]+\.\w+")


@dataclass(frozen=True, slots=True)
class Context:
    """What stands at Twilio."""

    payload: Payload


def context_of(review_id: int) -> Context:
    """One statement."""
    return Context(dict(TollfreeVerification.objects.values_list("payload", flat=True).get(review=review_id)))


def run(draft: Draft, context: Context) -> tuple[Finding, ...]:
    """What the form would refuse, then what the rulebook says as the house reads it; each field refused once."""
    refused = tuple(_refused(draft, Draft.from_payload(context.payload).as_submission()))
    named = {finding.field for finding in refused}
    judged = house.judge(submission_of(context.payload, draft))
    return (*refused, *(finding for finding in judged if finding.field not in named))


def _refused(draft: Draft, before: Mapping[str, Any]) -> Iterator[Finding]:
    """What Twilio's form refuses outright, or cannot be told."""
    typed = draft.as_submission()
    for name in REQUIRED:
        if not typed[name]:
            yield _error(name, f"{FIELDS[name]}: Twilio takes no verification without it.")
    for name in LISTS:
        if before[name] and not typed[name] and name not in REQUIRED:
            yield _error(name, f"{FIELDS[name]}: an edit can change this list, not empty it.")
    for name in PHONES:
        if typed[name] and not _E164.fullmatch(typed[name]):
            yield _error(name, f"{FIELDS[name]}: write plus, country code and digits only, as in +12065550142.")
    for name in COUNTRIES:
        if typed[name] and not _COUNTRY.fullmatch(typed[name]):
            yield _error(name, f"{FIELDS[name]}: write the two capital letters of the country, as in US.")
    if typed["notification_email"] and not _MAILBOX.fullmatch(typed["notification_email"]):
        yield _error("notification_email", "Notices go to: this is no mail address.")
    if len(typed["vetting_id"]) > LONGEST_VETTING_ID:
        yield _error("vetting_id", f"Vetting ID: at most {LONGEST_VETTING_ID} characters.")
    yield from _unsecured(draft)
    yield from _unknown_words(typed, before)
    yield from _unregistered(draft)


def _unsecured(draft: Draft) -> Iterator[Finding]:
    for number, image in enumerate(draft.opt_in_image_urls, 1):
        if not image.startswith("https://"):
            yield _error(f"opt_in_image_{number}", f"Picture {number}: only public https addresses are opened.")
    for name in ("business_website", "privacy_policy_url", "terms_and_conditions_url"):
        if (typed := getattr(draft, name)) and not typed.startswith(("https://", "http://")):
            yield _error(name, f"{FIELDS[name]}: write the whole address, beginning with https://.")


def _unknown_words(typed: Mapping[str, Any], before: Mapping[str, Any]) -> Iterator[Finding]:
    """A word that Twilio does not list is refused, unless it is the one that stands: Twilio knows more than we."""
    for name, words in LABELS.items():
        values, stood = ([one] if isinstance(one, str) else one for one in (typed[name], before[name]))
        for value in values:
            if value and value not in words and value not in stood:
                yield _error(name, f"{FIELDS[name]}: Twilio knows no “{value[:60]}”.")


def _unregistered(draft: Draft) -> Iterator[Finding]:
    """Number, authority and country belong together for every type but a sole proprietor. Source: OpenAPI of
    2026-04-14, BusinessRegistrationNumber; that the number is missing is the rulebook's finding."""
    if draft.business_type == "SOLE_PROPRIETOR" or not draft.business_registration_number:
        return
    for name in ("business_registration_authority", "business_registration_country"):
        if not getattr(draft, name):
            yield _error(name, f"{FIELDS[name]}: goes with the registration number.")


def _error(name: str, message: str) -> Finding:
    return Finding("form", name, Severity.ERROR, message)
