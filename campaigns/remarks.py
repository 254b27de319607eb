"""The checks of a campaign's draft beside the fields of its form."""

from __future__ import annotations

from campaigns.checks import Context
from campaigns.forms import CampaignForm
from campaigns.show import lines
from reviews.checked import Checked, checked
from reviews.payloads import text
from rulebook.findings import Finding


def checked_form(form: CampaignForm, context: Context) -> Checked:
    """The outcome, each finding with the place on the page where it belongs. The form has to be cleaned."""
    findings = form.findings()
    keys = {finding.field for finding in findings}
    names = {key: form.control_of(key) for key in keys}
    controls = {key: form[name].id_for_label for key, name in names.items() if name}
    places = {key: f"locked-{key}" for key in keys if key in context.payload} | controls
    locked = {key: text(context.payload, key) for key in keys if not names[key]}
    return checked("campaign", findings, locked | lines(form.draft().as_submission()), places, controls)


def by_control(form: CampaignForm) -> dict[str, list[Finding]]:
    """What is said of each of the form's fields, in the order of the panel."""
    said: dict[str, list[Finding]] = {name: [] for name in form.fields}
    for finding in form.findings():
        if name := form.control_of(finding.field):
            said[name].append(finding)
    return said
