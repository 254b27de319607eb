"""What the repair pages of a campaign stand on: the item, the person, their draft, and what Twilio shows now."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.http import Http404
from django.utils import timezone

from accounts.models import Role, User
from campaigns import checks, remote
from campaigns.checks import Context
from campaigns.draft import Draft as CampaignDraft
from campaigns.forms import CampaignForm, fields_of, typed_fields
from campaigns.layout import blocks_of, flagged_places, locked_groups
from campaigns.remarks import by_control, checked_form
from reviews import drafts
from reviews.contract import FieldChange, Submission, Verdict
from reviews.flags import flagged_keys
from reviews.models import Attempt, Draft, Review
from reviews.payloads import tidy
from reviews.repeats import Repeat, repeat_of
from reviews.status import Status
from rulebook.limits import CAMPAIGN_FROZEN_WHEN_VERIFIED
from sync.gate import NotSent, Objection

# After these a person corrects what they sent, so the form starts from that text and not from Twilio's.
CAME_BACK = (Attempt.State.REFUSED, Attempt.State.NOT_APPLIED, Attempt.State.WITHDRAWN)

GONE = Objection("", "This draft was sent or discarded in another window.")
# As the pages write them. Decimal alone would also read "1e999999999", which nobody can print.
AMOUNT, REVISION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,2})?"), re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Consent:
    """What stood on the page when the button was pressed."""

    agreed_fee: Decimal | None
    note: str
    warnings_reason: str


class Desk:
    """One person at one campaign."""

    def __init__(self, review: Review, user: User) -> None:
        if review.kind != remote.slug:
            raise Http404
        self.review, self.user = review, user
        self.draft = drafts.draft_of(review, user)

    # --- what stands ---

    @cached_property
    def stands(self) -> Submission:
        """The text as Twilio showed it last."""
        return remote.read(self.context.payload).submission

    @cached_property
    def context(self) -> Context:
        return checks.context_of(self.review.pk)

    @cached_property
    def verdict(self) -> Verdict:
        return remote.verdict(self.review, timezone.now())

    @property
    def based_on(self) -> Submission:
        return self.draft.based_on if self.draft else self.stands

    @property
    def is_approved(self) -> bool:
        return self.review.status == Status.APPROVED

    @cached_property
    def attempts(self) -> list[Attempt]:
        return list(self.review.attempts.all()[:10])

    @cached_property
    def repeat(self) -> Repeat | None:
        return repeat_of(self.review, self.attempts, timezone.now())

    # --- the form and the draft ---

    def form(self, data: Mapping[str, Any] | None = None) -> CampaignForm:
        """The form filled from what was just posted, else from the draft, else from what is to be corrected."""
        return self._form(None if data is None else typed_fields(data))

    def typed(self) -> CampaignDraft:
        """The draft as it would be sent. Raises NotSent when there is none any more."""
        if self.draft is None:
            raise NotSent([GONE])
        return self._judged(self.draft.fields).draft()

    def keep(self, data: Mapping[str, Any]) -> None:
        """Saves the typed fields. Raises drafts.NewerDraft."""
        # A token that is not ours proves nothing was seen: the difference to nothing is shown before any sending.
        seen = drafts.unsealed(self.review, str(data.get("seen", "")))
        self._keep(typed_fields(data), {} if seen is None else seen, _revision(data), over=bool(data.get("over")))

    def take_over(self, draft_pk: int) -> None:
        """Makes a colleague's text one's own. 404 when it is gone."""
        theirs = Draft.objects.kept().filter(pk=draft_pk, review=self.review).first()
        if theirs is None:
            raise Http404
        self._keep(theirs.fields, theirs.based_on, 0, over=True)

    def sent(self) -> None:
        """The text lives in the attempt now."""
        if self.draft:
            drafts.sent(self.draft)

    def afresh(self) -> Desk:
        """The same desk with what has happened meanwhile, to say why nothing was sent; the draft is the page's."""
        now = Desk(Review.objects.with_names().get(pk=self.review.pk), self.user)
        now.draft = self.draft
        return now

    def _form(self, fields: Mapping[str, Any] | None) -> CampaignForm:
        posted = None if fields is None else _posted(fields)
        return CampaignForm(posted, initial=self._start(), approved=self.is_approved, context=self.context)

    def _judged(self, fields: Mapping[str, Any]) -> CampaignForm:
        form = self._form(fields)
        form.full_clean()
        return form

    def _keep(self, fields: Mapping[str, Any], based_on: Submission, revision: int, *, over: bool) -> None:
        kept = {**fields, **self._frozen()}
        self.draft = drafts.keep(self.review, self.user, kept, based_on, revision, over=over)

    def _frozen(self) -> dict[str, Any]:
        """Of an approved campaign the four flags: their boxes are disabled, so no browser sends them."""
        if not self.is_approved:
            return {}
        return {name: self.stands.get(name, False) for name in CAMPAIGN_FROZEN_WHEN_VERIFIED}

    def _start(self) -> dict[str, Any]:
        if self.draft:
            return {**self.draft.fields, **self._frozen()}
        last = self.attempts[0] if self.attempts else None
        came_back = last is not None and last.state in CAME_BACK and last.before == self.stands
        return fields_of(last.submission if last and came_back else self.stands)

    # --- what the templates see ---

    def fix_context(self, form: CampaignForm, not_sent: Sequence[Objection] = ()) -> dict[str, Any]:
        # A form that was only opened says nothing of itself: its texts are checked as if they had been posted.
        judged = form if form.is_bound else self._form(self._start())
        judged.is_valid()
        return self._shared() | {
            "form": form,
            "not_sent": not_sent,
            "blocks": blocks_of(form, self.review, by_control(judged)),
            "checked": checked_form(judged, self.context),
            "flagged_places": flagged_places(form, self.review),
            "locked": locked_groups(self.review),
            "draft": self.draft,
            "revision": self.draft.revision if self.draft else 0,
            "seen": drafts.sealed(self.review, self.based_on),
            "seen_now": drafts.sealed(self.review, self.stands),
            "others": drafts.others_at_work(self.review, self.user),
            "changed_at_twilio": self._changed_at_twilio(),
        }

    def newer_context(self, draft: Draft, data: Mapping[str, Any]) -> dict[str, Any]:
        """For a window whose text was not saved: it keeps its own revision, so that no later save of it slips over
        the newer text unasked."""
        return self._shared() | {"newer": draft, "revision": _revision(data), "seen": str(data.get("seen", ""))}

    def review_context(
        self, objections: Sequence[Objection] = (), data: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        judged = self._judged(self.draft.fields if self.draft else {})
        changes = remote.compare(self.stands, judged.draft().as_submission())
        changed = [change for change in changes if change.is_changed]
        flagged = flagged_keys(self.review)
        return self._shared() | {
            "changed": [(change, flagged.get(change.key, ())) for change in changed],
            "unchanged": [change for change in changes if not change.is_changed],
            "fields_total": len(changes),
            "untouched": _untouched(changed, flagged),
            "revision": self.draft.revision if self.draft else 0,
            "note": str(data.get("note", "")) if data else _note(changed),
            "agreed": bool(data and data.get("agreed")),
            "checked": checked_form(judged, self.context),
            "warnings_reason": str(data.get("warnings_reason", "")) if data else "",
            "objections": _by_control(objections),
            "changed_at_twilio": self._changed_at_twilio(),
            "may_spend": self.user.may(Role.MANAGER),
            "free_after": max((self.verdict.charge.free_left or 0) - 1, 0) if self.verdict.charge else 0,
            "policy": self.review.account.policy,
            "fix_url": remote.fix_url(self.review),
        }

    def _shared(self) -> dict[str, Any]:
        return {
            "review": self.review,
            "verdict": self.verdict,
            "charge": self.verdict.charge,
            "attempts": self.attempts,
            "repeat": self.repeat,
            "now": timezone.now(),
        }

    def _changed_at_twilio(self) -> list[FieldChange]:
        """What Twilio shows differently since the draft was begun."""
        if self.draft is None or dict(self.draft.based_on) == dict(self.stands):
            return []
        return [change for change in remote.compare(self.draft.based_on, self.stands) if change.is_changed]


def consent_from(data: Mapping[str, Any], at: Desk) -> Consent:
    """What the person agreed to on the page they saw. Raises NotSent when the draft is no longer that page's."""
    if at.draft is None:
        raise NotSent([GONE])
    if str(at.draft.revision) != str(data.get("revision")):
        words = "The draft was changed after this page was opened. It is shown as it is now: look at it again."
        raise NotSent([Objection("", words)])
    fee = str(data.get("fee", ""))
    agreed = Decimal(fee) if data.get("agreed") and AMOUNT.fullmatch(fee) else None
    return Consent(agreed_fee=agreed, note=_words(data, "note"), warnings_reason=_words(data, "warnings_reason"))


def _words(data: Mapping[str, Any], name: str) -> str:
    return tidy(str(data.get(name, "")))[:2000]


def _revision(data: Mapping[str, Any]) -> int:
    """The draft's revision the window knows; 0 for none, and for what is no revision of ours."""
    told = str(data.get("revision", ""))
    return int(told) if REVISION.fullmatch(told) else 0


def _posted(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Kept fields as a browser would post them: an unticked box is absent."""
    return {name: value for name, value in fields.items() if value is not False}


def _note(changed: Sequence[FieldChange]) -> str:
    return f"Changed: {', '.join(change.label for change in changed)}." if changed else ""


def _untouched(changed: Sequence[FieldChange], flagged: Mapping[str, Sequence[int]]) -> list[str]:
    """Labels of flagged fields that this draft leaves as they were rejected."""
    touched = {change.key for change in changed}
    fields = CampaignForm.base_fields
    return [str(fields[key].label) for key in flagged if key in fields and key not in touched]


def _by_control(objections: Sequence[Objection]) -> dict[str, list[str]]:
    """Objections by the control they stand beside; those of text fields belong to the draft, not to this page."""
    found: dict[str, list[str]] = {"form": [], "fee": [], "note": [], "warnings_reason": []}
    places = {"agreed_fee": "fee", "note": "note", "warnings_reason": "warnings_reason"}
    for objection in objections:
        found[places.get(objection.control, "form")].append(objection.words)
    return found
