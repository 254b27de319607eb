"""L01, L04, L16, L29, L31, L41: sizes, counts and shapes that Twilio refuses."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from rulebook.checks.check import Check, Hit
from rulebook.checks.limits import TOO_SHORT_OR_LONG, check_campaign_limits
from rulebook.fields import label_of
from rulebook.findings import Severity
from rulebook.limits import LIMITS, MESSAGING_SPEC
from rulebook.reading import Reading

REPLIES = ("opt_in_message", "opt_out_message", "help_message")
KEYWORDS = ("opt_in_keywords", "opt_out_keywords", "help_keywords")
_KEYWORD = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True, slots=True)
class _CampaignTexts:
    """A reading as the limit checks want it."""

    reading: Reading

    @property
    def description(self) -> str:
        return self.reading.submission.text("description")

    @property
    def message_flow(self) -> str:
        return self.reading.submission.text("message_flow")

    @property
    def message_samples(self) -> tuple[str, ...]:
        return self.reading.submission.texts("message_samples")

    @property
    def privacy_policy_url(self) -> str:
        return self.reading.submission.text("privacy_policy_url")

    @property
    def terms_and_conditions_url(self) -> str:
        return self.reading.submission.text("terms_and_conditions_url")


def _limit(rule: str) -> Callable[[Reading], Iterator[Hit]]:
    def look(reading: Reading) -> Iterator[Hit]:
        for found in check_campaign_limits(_CampaignTexts(reading)):
            if found.rule == rule:
                yield Hit(found.field, found.message, found.span, codes=found.codes)

    return look


def _replies(reading: Reading) -> Iterator[Hit]:
    for field in REPLIES:
        text, limit = reading.submission.text(field), LIMITS["campaign", field]
        fewest, most = limit.min_length or 0, limit.max_length or len(text)
        if text and not fewest <= len(text) <= most:
            label = label_of("campaign", field)
            span = (most, len(text)) if len(text) > most else None
            yield Hit(field, f"{label} is {len(text)} characters; Twilio takes {fewest} to {most}.", span)


def _keywords(reading: Reading) -> Iterator[Hit]:
    for field in KEYWORDS:
        keywords, label = reading.submission.texts(field), label_of("campaign", field)
        odd = [word for word in keywords if not _KEYWORD.fullmatch(word)]
        if odd:
            yield Hit(field, f"{label} may hold only letters A to Z and digits, no blanks or signs: “{odd[0][:40]}”.")
        elif len(",".join(keywords)) > (LIMITS["campaign", field].max_length or 255):
            yield Hit(field, f"{label} are longer than 255 characters together.")


def _size(rule: str, issue: str, look: Callable[[Reading], Iterator[Hit]], source: str = MESSAGING_SPEC) -> Check:
    return Check(
        id=rule,
        issue=issue,
        look=look,
        codes=(TOO_SHORT_OR_LONG,),
        severity=Severity.ERROR,
        kinds=("campaign",),
        source=source,
    )


CHECKS = (
    _size("L01", "field_length", _limit("L01")),
    _size("L04", "field_length", _limit("L04")),
    _size("L16", "field_length", _limit("L16")),
    _size("L41", "field_length", _replies),
    _size("L29", "keyword_format", _keywords),
    _size("L31", "policy_url_missing", _limit("L31"), "Twilio error pages 30933 and 30934"),
)
