"""What an appeal is written from: gathered from the review, its submission, the reviewer's reasons and our checks."""

import re
from collections.abc import Sequence
from typing import Any

from accounts.models import User
from reviews.contract import FieldView
from reviews.kinds import kind_of
from reviews.letters import Facts, Said
from reviews.models import Review
from reviews.risk import findings_of
from reviews.status import Status
from reviews.verdicts import advices
from reviews.words import day, sid_word
from rulebook.findings import Severity

LINK = re.compile(r"https://[^\s<>\"]+[^\s<>\".,;)]")
# Twilio has these; a letter needs no copy of a person's or a company's numbers.
KEPT_OUT = frozenset(
    {
        "business_contact_first_name", "business_contact_last_name", "business_contact_email",
        "business_contact_phone", "notification_email", "business_registration_number",
        "business_registration_phone_number", "vetting_id",
    }
)  # fmt: skip


def facts_of(review: Review, signed_by: User) -> Facts:
    """The facts of this review, for the person who signs."""
    kind = kind_of(review.kind)
    shown = [field for field in kind.shown(review) if field.value]
    return Facts(
        kind=review.kind,
        label=kind.label,
        is_suspended=review.status == Status.STOPPED,
        business=_business(review),
        number=review.detail if review.detail.startswith("+") else "",
        sids=_sids(review, kind.label),
        twilio_status=review.twilio_status,
        since=day(review.status_since),
        reasons=_reasons(review),
        submitted=[(field.label, field.value) for field in shown if field.key not in KEPT_OUT],
        findings=_findings(review),
        evidence=_evidence(shown),
        signed=signed_by.display_name,
    )


def as_json(review: Review) -> dict[str, Any]:
    """What the appeal keeps of them: enough to tell later whether they still stand."""
    sids = list(dict.fromkeys([review.account.sid, review.sid, *review.owner_sids]))
    return {"twilio_status": review.twilio_status, "codes": review.codes, "sids": sids, "digest": review.digest}


def _business(review: Review) -> str:
    """The customer where no name is known: a nameless thing is called by its SID."""
    is_named = kind_of(review.kind).is_titled_by_business and review.title != review.sid
    return review.title if is_named else review.customer.name


def _sids(review: Review, label: str) -> list[tuple[str, str]]:
    others = [(sid_word(sid), sid) for sid in review.owner_sids if sid != review.sid]
    return [("Account", review.account.sid), (sid_word(review.sid, label), review.sid), *others]


def _reasons(review: Review) -> list[Said]:
    return [
        Said(said.code, said.description, f"{advice.title}. {advice.meaning}" if advice.known else "")
        for said, advice in zip(review.reasons, advices(review), strict=True)
    ]


def _findings(review: Review) -> list[str] | None:
    """Advice stays out: it weighs nothing with a reviewer."""
    found = findings_of([review]).get(review.pk)
    return None if found is None else [f.message for f in found if f.severity != Severity.ADVICE]


def _evidence(shown: Sequence[FieldView]) -> list[str]:
    """Every address in what was submitted, once."""
    return list(dict.fromkeys(link for field in shown for link in LINK.findall(field.value)))
