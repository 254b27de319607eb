"""L01, L04, L16, L31: sizes and address shapes that Twilio refuses outright (21728, 30933, 30934).

Lengths are counted in Unicode characters of the text as it would be sent.
"""

from collections.abc import Iterator, Sequence
from typing import Protocol
from urllib.parse import urlsplit

from rulebook.fields import label_of, sample_key
from rulebook.findings import Finding, Severity
from rulebook.limits import LIMITS, FieldLimit

TOO_SHORT_OR_LONG = 21728
DESCRIPTION = LIMITS["campaign", "description"]
MESSAGE_FLOW = LIMITS["campaign", "message_flow"]
MESSAGE_SAMPLES = LIMITS["campaign", "message_samples"]


class CampaignFields(Protocol):
    """What these checks read of a campaign draft."""

    @property
    def description(self) -> str: ...
    @property
    def message_flow(self) -> str: ...
    @property
    def message_samples(self) -> Sequence[str]: ...
    @property
    def privacy_policy_url(self) -> str: ...
    @property
    def terms_and_conditions_url(self) -> str: ...


def check_campaign_limits(fields: CampaignFields) -> Iterator[Finding]:
    """What Twilio would refuse before any reviewer reads it. All findings are errors."""
    yield from _length("L01", "description", fields.description, DESCRIPTION)
    yield from _length("L04", "message_flow", fields.message_flow, MESSAGE_FLOW)
    yield from _samples(fields.message_samples, MESSAGE_SAMPLES)
    yield from _https("privacy_policy_url", fields.privacy_policy_url, code=30933)
    yield from _https("terms_and_conditions_url", fields.terms_and_conditions_url, code=30934)


def _samples(samples: Sequence[str], limit: FieldLimit) -> Iterator[Finding]:
    fewest, most = limit.min_items or 0, limit.max_items or len(samples)
    if not fewest <= len(samples) <= most:
        count = f"{len(samples)} sample message{'' if len(samples) == 1 else 's'}"
        yield _error("L16", limit.field, f"There {_is(len(samples))} {count}; Twilio takes {fewest} to {most}.")
    for number, sample in enumerate(samples, start=1):
        yield from _length("L16", sample_key(number), sample, limit)


def _length(rule: str, field: str, text: str, limit: FieldLimit) -> Iterator[Finding]:
    shortest, longest = limit.min_length or 0, limit.max_length or len(text)
    label = label_of("campaign", field)
    if not text.strip():
        yield _error(rule, field, f"{label} is empty; Twilio takes {shortest} to {longest} characters.")
    elif not shortest <= len(text) <= longest:
        span = (longest, len(text)) if len(text) > longest else None
        characters = f"{len(text)} character{'' if len(text) == 1 else 's'}"
        yield _error(rule, field, f"{label} is {characters}; Twilio takes {shortest} to {longest}.", span=span)


def _https(field: str, address: str, *, code: int) -> Iterator[Finding]:
    label = label_of("campaign", field)
    if not address.strip():
        yield _error("L31", field, f"{label} is missing; Twilio wants a public https address.", codes=(code,))
    elif not _is_https(address):
        yield _error("L31", field, f"{label} is not a full https:// address.", codes=(code,))


def _is_https(address: str) -> bool:
    if address != address.strip() or any(character.isspace() for character in address):
        return False
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:  # brackets that hold no IPv6 address
        return False
    return parts.scheme == "https" and "." in host.strip(".")


def _error(
    rule: str,
    field: str,
    message: str,
    *,
    span: tuple[int, int] | None = None,
    codes: tuple[int, ...] = (TOO_SHORT_OR_LONG,),
) -> Finding:
    return Finding(rule=rule, field=field, severity=Severity.ERROR, message=message, span=span, codes=codes)


def _is(count: int) -> str:
    return "is" if count == 1 else "are"
