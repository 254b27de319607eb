"""What the repair pages stand on, whatever the kind: the item, the person, their draft, and what Twilio shows now."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any, ClassVar, Self

from django.db import transaction
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from reviews import drafts
from reviews.contract import FieldChange, Kind, Submission, Verdict
from reviews.flags import flagged_keys
from reviews.layout import Part, blocks_of, flagged_places, likely_places, locked_groups
from reviews.models import Attempt, Draft, Review
from reviews.payloads import tidy
from reviews.remarks import by_control, checked_form
from reviews.repair_form import Judge, RepairForm, as_posted
from reviews.repeats import Repeat, repeat_of
from rulebook.findings import Finding
from sync.gate import NotSent, Objection
from twilio_api.answer import Payload

# After these a person corrects what they sent, so the form starts from that text and not from Twilio's.
CAME_BACK = (Attempt.State.REFUSED, Attempt.State.NOT_APPLIED, Attempt.State.WITHDRAWN)

GONE = Objection("", "This draft was sent or discarded in another window.")
# As the pages write them. Decimal alone would also read "1e999999999", which nobody can print.
AMOUNT, REVISION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,2})?"), re.compile(r"[0-9]{1,9}")
LONGEST_WORDS = 2000


# A kind's `repair.submit`: the review, the draft, the person, and what they agreed to.
type Spend = Callable[..., Attempt]


@dataclass(frozen=True, slots=True)
class Consent:
    """What stood on the page when the button was pressed."""

    agreed_fee: Decimal | None
    note: str
    warnings_reason: str


class Desk(ABC):
    """One person at one item. A kind that can be repaired here has a subclass in its module `desk`."""

    kind: ClassVar[Kind]
    form_class: ClassVar[type[RepairForm]]
    parts: ClassVar[Sequence[Part]]
    # The namespace of its addresses, which sync.repair_pages made.
    pages: ClassVar[str]
    # Whether unchanged fields go with an update too, and what the form says of it.
    sends_everything: ClassVar[bool]
    sent_words: ClassVar[str]
    # Whether the note goes to Twilio with the update. Otherwise it is for the record here.
    note_is_sent: ClassVar[bool] = False
    # Whether there is an opt-in to look at.
    has_opt_in: ClassVar[bool] = True
    # The ids of checks that the kind has besides the rulebook's.
    own_checks: ClassVar[Collection[str]] = ()
    # What the kind says above the form, as the name of a template; empty for nothing.
    above: ClassVar[str] = ""

    def __init__(self, review: Review, user: User) -> None:
        if review.kind != self.kind.slug:
            raise Http404
        self.review, self.user = review, user
        self.draft = drafts.draft_of(review, user)

    # --- what a kind says of itself ---

    @property
    @abstractmethod
    def payload(self) -> Payload:
        """What Twilio showed last."""

    @abstractmethod
    def judge(self, draft: Any) -> tuple[Finding, ...]:
        """What the checks say of the draft, as the house reads them."""

    @property
    @abstractmethod
    def frozen(self) -> Collection[str]:
        """Fields that cannot change in the state it is in: their boxes are disabled, so no browser sends them."""

    @property
    def offered(self) -> Collection[str] | None:
        """The fields this item has, where they differ from item to item; None for all of the form."""
        return None

    @property
    @abstractmethod
    def spend(self) -> Spend:
        """The kind's one function that spends an attempt."""

    # --- what stands ---

    @cached_property
    def stands(self) -> Submission:
        """The text as Twilio showed it last."""
        return self.kind.read(self.payload).submission

    @cached_property
    def verdict(self) -> Verdict:
        return self.kind.verdict(self.review, timezone.now())

    @cached_property
    def obstacles(self) -> Sequence[str]:
        """What forbids sending although the verdict allows it."""
        return self.kind.obstacles(self.review) if self.verdict.allowed else ()

    @property
    def renewal_url(self) -> str:
        """Where a plan begins to change what no update carries."""
        return self.kind.renewal_url(self.review)

    @property
    def based_on(self) -> Submission:
        return self.draft.based_on if self.draft else self.stands

    @cached_property
    def attempts(self) -> list[Attempt]:
        return list(self.review.attempts.all()[:10])

    @cached_property
    def repeat(self) -> Repeat | None:
        return repeat_of(self.review, self.attempts, timezone.now())

    def url(self, name: str, *args: Any) -> str:
        return reverse(f"{self.pages}:{name}", args=[self.review.pk, *args])

    @transaction.atomic
    def submit(self, draft: Any, consent: Consent) -> Attempt:
        """Opens an attempt, in which the text lives from then on: both or neither. Raises gate.NotSent."""
        attempt = self.spend(
            self.review.pk,
            draft,
            self.user,
            based_on=self.based_on,
            agreed_fee=consent.agreed_fee,
            note=consent.note,
            warnings_reason=consent.warnings_reason,
        )
        if self.draft:
            drafts.sent(self.draft)
        return attempt

    # --- the form and the draft ---

    def form(self, posted: Mapping[str, Any] | None = None) -> RepairForm:
        """The form filled from what was just posted, else from the draft, else from what is to be corrected."""
        return self._form(None if posted is None else self.form_class.typed_fields(posted))

    def typed(self) -> Any:
        """The draft as it would be sent, for the gate to judge. Raises NotSent when there is none any more."""
        if self.draft is None:
            raise NotSent([GONE])
        form = self._form(self.draft.fields, judge=lambda draft: ())
        form.full_clean()
        return form.draft()

    def keep(self, posted: Mapping[str, Any]) -> None:
        """Saves the typed fields. Raises drafts.NewerDraft."""
        # A token that is not ours proves nothing was seen: the difference to nothing is shown before any sending.
        seen = drafts.unsealed(self.review, str(posted.get("seen", "")))
        fields = self.form_class.typed_fields(posted)
        self._keep(fields, {} if seen is None else seen, revision_of(posted), over=bool(posted.get("over")))

    def take_over(self, draft_pk: int) -> None:
        """Makes a colleague's text one's own. 404 when it is gone."""
        theirs = Draft.objects.kept().filter(pk=draft_pk, review=self.review).first()
        if theirs is None:
            raise Http404
        self._keep(theirs.fields, theirs.based_on, 0, over=True)

    def add_words(self, name: str, words: str) -> None:
        """Adds a paragraph to one field of the person's draft, unless it stands there. Raises drafts.NewerDraft."""
        fields = self._start()
        said = str(fields.get(name, ""))
        if words not in said:
            fields[name] = f"{said}\n\n{words}".strip()
        self._keep(fields, self.based_on, self.draft.revision if self.draft else 0, over=False)

    def afresh(self) -> Self:
        """The same desk with what has happened meanwhile, to say why nothing was sent; the draft is the page's."""
        now = type(self)(Review.objects.with_names().get(pk=self.review.pk), self.user)
        now.draft = self.draft
        return now

    def _form(self, fields: Mapping[str, Any] | None, judge: Judge | None = None) -> RepairForm:
        posted = None if fields is None else as_posted(fields)
        return self.form_class(
            posted, initial=self._start(), judge=judge or self.judge, frozen=self.frozen, offered=self.offered
        )

    def _judged(self, fields: Mapping[str, Any]) -> RepairForm:
        form = self._form(fields)
        form.full_clean()
        return form

    def _keep(self, fields: Mapping[str, Any], based_on: Submission, revision: int, *, over: bool) -> None:
        kept = {**fields, **self._frozen()}
        self.draft = drafts.keep(self.review, self.user, kept, based_on, revision, over=over)

    def _frozen(self) -> dict[str, Any]:
        stands = self.form_class.fields_of(self.stands) if self.frozen else {}
        return {name: stands[name] for name in self.frozen}

    def _start(self) -> dict[str, Any]:
        if self.draft:
            return {**self.draft.fields, **self._frozen()}
        last = self.attempts[0] if self.attempts else None
        came_back = last is not None and last.state in CAME_BACK and _lies_between(last, self.stands)
        return self.form_class.fields_of(last.submission if last and came_back else self.stands)

    # --- what the templates see ---

    def fix_context(self, form: RepairForm, not_sent: Sequence[Objection] = ()) -> dict[str, Any]:
        # A form that was only opened says nothing of itself: its texts are checked as if they had been posted.
        judged = form if form.is_bound else self._form(self._start())
        judged.is_valid()
        return self._shared() | {
            "form": form,
            "not_sent": not_sent,
            "blocks": blocks_of(form, self.parts, self.review, by_control(judged)),
            "checked": checked_form(self.kind, judged, self.payload, self.own_checks),
            "flagged_places": flagged_places(form, self.review),
            "likely_places": likely_places(form, self.review),
            "same": self._is_same(judged),
            "locked": locked_groups(self.kind, self.review),
            "draft": self.draft,
            "revision": self.draft.revision if self.draft else 0,
            "seen": drafts.sealed(self.review, self.based_on),
            "seen_now": drafts.sealed(self.review, self.stands),
            "others": [
                (other, self.url("continue_from", other.pk)) for other in drafts.others_at_work(self.review, self.user)
            ],
            "changed_at_twilio": self._changed_at_twilio(),
        }

    def newer_context(self, draft: Draft, posted: Mapping[str, Any]) -> dict[str, Any]:
        """For a window whose text was not saved: it keeps its own revision, so that no later save of it slips over
        the newer text unasked."""
        return self._shared() | {"newer": draft, "revision": revision_of(posted), "seen": str(posted.get("seen", ""))}

    def review_context(
        self, objections: Sequence[Objection] = (), posted: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        judged = self._judged(self.draft.fields if self.draft else {})
        changes = self.kind.compare(self.stands, judged.draft().as_submission())
        changed = [change for change in changes if change.is_changed]
        flagged = flagged_keys(self.review)
        return self._shared() | {
            "changed": [(change, flagged.get(change.key, ())) for change in changed],
            "unchanged": [change for change in changes if not change.is_changed],
            "same": self.review.is_rejected and not changed,
            "fields_total": len(changes),
            "untouched": self._untouched(changed, flagged),
            "revision": self.draft.revision if self.draft else 0,
            "note": str(posted.get("note", "")) if posted else _note(changed),
            "agreed": bool(posted and posted.get("agreed")),
            "checked": checked_form(self.kind, judged, self.payload, self.own_checks),
            "warnings_reason": str(posted.get("warnings_reason", "")) if posted else "",
            "objections": by_control_of(objections),
            "changed_at_twilio": self._changed_at_twilio(),
            "may_spend": self.user.may(Role.MANAGER),
            "free_after": max((self.verdict.charge.free_left or 0) - 1, 0) if self.verdict.charge else 0,
            "policy": self.review.account.policy,
        }

    def _shared(self) -> dict[str, Any]:
        return {
            "desk": self,
            "urls": {name: self.url(name) for name in ("fix", "save", "discard", "restore", "see_change", "review")},
            "review": self.review,
            "verdict": self.verdict,
            "charge": self.verdict.charge,
            "attempts": self.attempts,
            "repeat": self.repeat,
            "now": timezone.now(),
        }

    def _is_same(self, judged: RepairForm) -> bool:
        """Whether what was rejected stands in the form as it was."""
        changes = self.kind.compare(self.stands, judged.draft().as_submission())
        return self.review.is_rejected and not any(change.is_changed for change in changes)

    def _untouched(self, changed: Sequence[FieldChange], flagged: Mapping[str, Sequence[int]]) -> list[str]:
        """Labels of flagged fields that this draft leaves as they were rejected."""
        touched, fields = {change.key for change in changed}, self._form(None).fields
        boxes = [self.form_class.boxed.get(key, (key,)) for key in flagged]
        return [str(fields[one[0]].label) for one in boxes if one[0] in fields and not touched.intersection(one)]

    def _changed_at_twilio(self) -> list[FieldChange]:
        """What Twilio shows differently since the draft was begun."""
        if self.draft is None or dict(self.draft.based_on) == dict(self.stands):
            return []
        return [change for change in self.kind.compare(self.draft.based_on, self.stands) if change.is_changed]


def _lies_between(attempt: Attempt, stands: Submission) -> bool:
    """Whether what stands is what stood before the attempt, or that with a part of the attempt put in place."""
    before, sent = attempt.before, attempt.submission
    known = before.keys() == stands.keys()
    return known and all(value in (before[key], sent.get(key, before[key])) for key, value in stands.items())


def consent_from(posted: Mapping[str, Any], at: Desk) -> Consent:
    """What the person agreed to on the page they saw. Raises NotSent when the draft is no longer that page's."""
    if at.draft is None:
        raise NotSent([GONE])
    if str(at.draft.revision) != str(posted.get("revision")):
        words = "The draft was changed after this page was opened. It is shown as it is now: look at it again."
        raise NotSent([Objection("", words)])
    fee = str(posted.get("fee", ""))
    agreed = Decimal(fee) if posted.get("agreed") and AMOUNT.fullmatch(fee) else None
    return Consent(agreed_fee=agreed, note=_words(posted, "note"), warnings_reason=_words(posted, "warnings_reason"))


def _words(posted: Mapping[str, Any], name: str) -> str:
    return tidy(str(posted.get(name, "")))[:LONGEST_WORDS]


def revision_of(posted: Mapping[str, Any]) -> int:
    """The draft's revision the window knows; 0 for none, and for what is no revision of ours."""
    told = str(posted.get("revision", ""))
    return int(told) if REVISION.fullmatch(told) else 0


def _note(changed: Sequence[FieldChange]) -> str:
    return f"Changed: {', '.join(change.label for change in changed)}." if changed else ""


def by_control_of(objections: Sequence[Objection]) -> dict[str, list[str]]:
    """Objections by the control they stand beside; those of text fields belong to the draft, not to this page."""
    found: dict[str, list[str]] = {"form": [], "fee": [], "note": [], "warnings_reason": []}
    places = {"agreed_fee": "fee", "note": "note", "warnings_reason": "warnings_reason"}
    for objection in objections:
        found[places.get(objection.control, "form")].append(objection.words)
    return found
