"""The checks of a draft beside the fields of its form."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from reviews.checked import Checked, checked
from reviews.contract import FieldChange, Kind, Submission
from reviews.payloads import texts
from reviews.repair_form import RepairForm
from rulebook.findings import Finding
from twilio_api.answer import Payload

type Compare = Callable[[Submission, Submission], Sequence[FieldChange]]


def checked_form(
    kind: Kind, form: RepairForm, payload: Payload, own: Collection[str] = (), compare: Compare | None = None
) -> Checked:
    """The outcome, each finding with the place on the page where it belongs. The form has to be cleaned. `own` are the
    kind's own checks, `compare` is given where the form holds other fields than an update."""
    findings, submission = form.findings(), form.draft().as_submission()
    keys = {finding.field for finding in findings}
    names = {key: form.control_of(key) for key in keys}
    controls = {key: form[name].id_for_label for key, name in names.items() if name}
    places = {key: f"locked-{key}" for key in keys if key in payload} | controls
    locked = {key: "\n".join(texts(payload, key)) for key in keys if not names[key]}
    typed = {change.key: change.after for change in (compare or kind.compare)(submission, submission)}
    return checked(kind.slug, findings, locked | typed, places, controls, own)


def by_control(form: RepairForm) -> dict[str, list[Finding]]:
    """What is said of each of the form's fields, in the order of the panel."""
    said: dict[str, list[Finding]] = {name: [] for name in form.fields}
    for finding in form.findings():
        if name := form.control_of(finding.field):
            said[name].append(finding)
    return said
