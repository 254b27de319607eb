"""L34, L44: what an update of a campaign cannot carry, and what it must not change once approved."""

from collections.abc import Iterator

from rulebook.checks.check import Check, Hit
from rulebook.fields import label_of
from rulebook.findings import Severity
from rulebook.limits import CAMPAIGN_FROZEN_WHEN_VERIFIED, EDIT_GUIDE
from rulebook.reading import Reading

UNEDITABLE = (
    "us_app_to_person_usecase",
    "opt_in_message",
    "opt_out_message",
    "help_message",
    "opt_in_keywords",
    "opt_out_keywords",
    "help_keywords",
)


def _frozen(reading: Reading) -> Iterator[Hit]:
    if reading.submission.status != "VERIFIED":
        return
    for field in _changed(reading, CAMPAIGN_FROZEN_WHEN_VERIFIED):
        yield Hit(field, f"“{label_of('campaign', field)}” cannot change once the campaign is approved.")


def _uneditable(reading: Reading) -> Iterator[Hit]:
    for field in _changed(reading, UNEDITABLE):
        yield Hit(field, f"{label_of('campaign', field)} cannot be updated; only a new campaign changes it.")


def _changed(reading: Reading, fields: tuple[str, ...]) -> Iterator[str]:
    """Those of the fields that both drafts hold and that differ. Nothing, none and an empty list are the same."""
    before, after = reading.submission.previous, reading.submission.draft
    if before is not None:
        yield from (
            one for one in fields if one in before and one in after and _value(before[one]) != _value(after[one])
        )


def _value(value: object) -> object:
    return list(value) if isinstance(value, list | tuple) and value else value or None


CHECKS = (
    Check(
        id="L44",
        issue="boolean_changed_after_approval",
        look=_frozen,
        codes=(),
        severity=Severity.ERROR,
        kinds=("campaign",),
        source=EDIT_GUIDE,
    ),
    Check(
        id="L34",
        issue="uneditable_field_changed",
        look=_uneditable,
        codes=(),
        severity=Severity.ERROR,
        kinds=("campaign",),
        source=EDIT_GUIDE,
    ),
)
