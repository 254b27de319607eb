"""Changing the house's rules: each change in one transaction with its line in the audit trail."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.record import record
from reviews import house
from reviews.house_models import CheckRule, HouseNote
from rulebook.checks.check import Check
from rulebook.lint import CHECKS

# Where the plain name of a check's issue does not say what it looks at.
LOOKS_AT = {
    "L01": "Length of the description",
    "L04": "Length of the opt-in description",
    "L05": "No address of the opt-in page",
    "L09": "Opt-out is missing",
    "L16": "Length and number of the samples",
    "L23": "Samples repeat each other",
    "L24": "Direct lending flag",
    "L25": "Age gate flag",
    "L31": "Policy addresses are missing",
    "L34": "A field changed that no edit can change",
    "L37": "Phone flag and samples differ",
    "L22": "Link flag and samples differ",
    "L41": "Length of the replies",
    "L44": "A flag changed after approval",
}


@dataclass(frozen=True, slots=True)
class Switch:
    """One check as the settings list it: the rulebook's row, and what the house made of it."""

    check: Check
    rule: CheckRule | None

    @property
    def looks_at(self) -> str:
        return words_of(self.check)

    @property
    def is_off(self) -> bool:
        return self.rule is not None and self.rule.severity == CheckRule.OFF

    @property
    def counts_as(self) -> str:
        return self.rule.get_severity_display() if self.rule else self.check.severity.title()


def switches() -> list[Switch]:
    """Every check of the rulebook, in one statement."""
    rules = {rule.rule: rule for rule in CheckRule.objects.all()}
    return [Switch(check, rules.get(check.id)) for check in sorted(CHECKS, key=lambda check: check.id)]


def words_of(check: Check) -> str:
    """What the check looks at, in words."""
    words = check.issue.replace("_", " ").replace("url", "address")
    return LOOKS_AT.get(check.id, words[:1].upper() + words[1:])


@transaction.atomic
def set_note(kind: str, code: int, note: str, route: str, by: User) -> HouseNote:
    """Replaces the note there is."""
    said = {"note": note, "route": route, "by_name": by.display_name, "at": timezone.now()}
    written, _ = HouseNote.objects.update_or_create(kind=kind, code=code, defaults=said)
    record(by, "house:note_set", written.subject, str(written), note=note, route=route)
    house.forget()
    return written


@transaction.atomic
def remove_note(note: HouseNote, by: User) -> None:
    record(by, "house:note_removed", note.subject, str(note), note=note.note, route=note.route)
    note.delete()
    house.forget()


@transaction.atomic
def switch_check(check: Check, severity: str, reason: str, by: User) -> None:
    """Off, or down to a severity; "" is the rulebook's own again."""
    said = {"severity": severity, "reason": reason, "by_name": by.display_name, "at": timezone.now()}
    if severity:
        CheckRule.objects.update_or_create(rule=check.id, defaults=said)
    else:
        CheckRule.objects.filter(rule=check.id).delete()
    verb = "house:check_switched" if severity else "house:check_restored"
    record(by, verb, f"check:{check.id}", f"{check.id} {words_of(check)}", counts_as=severity, reason=reason)
    house.forget()
