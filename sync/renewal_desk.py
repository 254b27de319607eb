"""What the pages of a plan stand on: the plan, its item, the person, and the text of the new registration."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from accounts.secrets import SealBroken
from reviews.contract import Awaited, Choices, FieldChange, Kind, Offer, Renewable, Submission
from reviews.flags import flagged_keys
from reviews.kinds import kind_of
from reviews.layout import blocks_of, flagged_places
from reviews.models import Renewal
from reviews.remarks import by_control, checked_form
from reviews.renewal_form import RenewalForm
from reviews.renewal_models import RenewalStep
from reviews.repair_form import as_posted
from reviews.status import Status
from sync.attempt_pages import Step
from sync.desk import by_control_of, revision_of
from sync.gate import Objection
from sync.remote import twilio_at_once
from sync.renew import awaited_by
from sync.renewal_gate import TYPED_IN, is_agreed, may_cancel, offer_of, offered, renewable_of, typed
from sync.send import words_of
from twilio_api.errors import TwilioError

State = Renewal.State


@dataclass(frozen=True, slots=True)
class EarlierText:
    """A text that somebody wrote over: whose, when, and its fields by their labels."""

    by: str
    at: str
    fields: Sequence[tuple[str, str]]


class RenewalDesk:
    """One person at one plan."""

    def __init__(self, renewal: Renewal, user: User) -> None:
        self.renewal, self.user, self.review = renewal, user, renewal.review
        self.kind: Kind = kind_of(self.review.kind)
        self.renewable: Renewable = renewable_of(self.review)

    @cached_property
    def offer(self) -> Offer:
        return offer_of(self.review)

    @cached_property
    def awaited(self) -> Awaited | None:
        """What has to be approved before it can be created."""
        return awaited_by(self.renewal, self.review, self.renewable) if self.renewal.is_open else None

    @cached_property
    def submission(self) -> Submission:
        return typed(self.renewal, self.renewable)

    @property
    def is_agreed(self) -> bool:
        """Whether the word given before still holds."""
        return is_agreed(self.renewal, self.submission, self.offer)

    @property
    def may_type(self) -> bool:
        return self.renewal.state in TYPED_IN and self.user.may(Role.EDITOR)

    @property
    def may_spend(self) -> bool:
        return self.user.may(Role.MANAGER)

    @property
    def may_cancel(self) -> bool:
        return may_cancel(self.renewal, self.user)

    # --- the text ---

    @cached_property
    def offered(self) -> Choices:
        return offered(self.renewal, self.renewable)

    def form(self, posted: Mapping[str, Any] | None = None) -> RenewalForm:
        """Filled from what was just posted, else from what is kept."""
        fields = None if posted is None else as_posted(self.renewable.form_class.typed_fields(posted))
        return self._form(fields)

    def judged(self) -> RenewalForm:
        """The text as it is kept, checked."""
        form = self._form(as_posted(self.renewal.fields))
        form.full_clean()
        return form

    @property
    def errors_left(self) -> int:
        """What Twilio would refuse of the text as it is kept."""
        return int(self._checked(self.judged()).errors)

    def ask_twilio(self) -> None:
        """Asks what may be chosen, and keeps the answer with the plan; where none comes, why. Never raises for it."""
        renewal = self.renewal
        try:
            found = self.renewable.options(twilio_at_once(self.review.account), self.review, self.submission)
        except (TwilioError, SealBroken) as error:
            renewal.options, renewal.options_problem = {}, words_of(error)[:300]
        else:
            renewal.options = {name: [list(row) for row in rows] for name, rows in found.items()}
            renewal.options_problem = "" if all(found.values()) else NOTHING_OFFERED
        renewal.options_for = self.renewable.chosen(self.submission)[:80]
        renewal.save(update_fields=["options", "options_for", "options_problem"])

    @property
    def chose_another(self) -> bool:
        """Whether Twilio was asked for another choice than the one that is typed."""
        return self.renewal.options_for != self.renewable.chosen(self.submission)[:80]

    @property
    def has_to_ask(self) -> bool:
        """The same, or Twilio gave no answer."""
        return self.chose_another or bool(self.renewal.options_problem)

    def _form(self, fields: Mapping[str, Any] | None) -> RenewalForm:
        choices = {**self.renewable.choices(self.review), **self.offered}
        return self.renewable.form_class(fields, initial=self.renewal.fields, judge=self._judge, choices=choices)

    def _judge(self, draft: Any) -> Any:
        return self.renewable.judge(self.review, draft, self.offered)

    # --- what the templates see ---

    def page_context(self) -> dict[str, Any]:
        judged = self.judged()
        return self.shared() | {
            "checked": self._checked(judged),
            "steps": list(self._steps(judged)),
            "every": self._ask_again_after(),
            "changes": [change for change in self._changes() if change.is_changed],
            "snapshot": json.dumps(self.renewal.snapshot, indent=2, ensure_ascii=False),
            "field_label": dict(self.offer.fields).get(self.renewal.field, ""),
            "refusal_title": f"Twilio refused it (HTTP {self.renewal.answer_status})."
            if self.renewal.answer_status
            else "",
            "headline": HEADLINES[State(self.renewal.state)],
            "step": self.review.renewal if self.renewal.is_open else "",
        }

    def form_context(self, form: RenewalForm, not_sent: Sequence[Objection] = ()) -> dict[str, Any]:
        judged = form if form.is_bound else self.judged()
        judged.is_valid()
        return self.shared() | {
            "form": form,
            "not_sent": not_sent,
            "blocks": blocks_of(form, self.renewable.parts, self.review, by_control(judged)),
            "checked": self._checked(judged),
            "flagged_places": flagged_places(form, self.review),
            "revision": self.renewal.revision,
            "has_to_ask": self.has_to_ask,
            "earlier": list(self._earlier(form)),
        }

    def _earlier(self, form: RenewalForm) -> Iterator[EarlierText]:
        """What was written over on purpose, the last first: the fields in which it differs from what is kept now."""
        for text in reversed(self.renewal.earlier):
            said, now = text["fields"], self.renewal.fields
            differs = [name for name in form.fields if said.get(name) != now.get(name)]
            rows = [(str(form.fields[name].label), _as_words(said.get(name))) for name in differs]
            yield EarlierText(text["by"], text["at"], rows)

    def newer_context(self, newer: Renewal, posted: Mapping[str, Any]) -> dict[str, Any]:
        return self.shared() | {"newer": newer, "revision": revision_of(posted)}

    def review_context(
        self, objections: Sequence[Objection] = (), posted: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        changes, flagged = self._changes(), flagged_keys(self.review)
        changed = [change for change in changes if change.is_changed]
        return self.shared() | {
            "changed": [(change, flagged.get(change.key, ())) for change in changed],
            "unchanged": [change for change in changes if not change.is_changed],
            "fields_total": len(changes),
            "checked": self._checked(self.judged()),
            "revision": self.renewal.revision,
            "agreed": bool(posted and posted.get("agreed")),
            "warnings_reason": str(posted.get("warnings_reason", "")) if posted else self.renewal.warnings_reason,
            "objections": by_control_of(objections),
        }

    def shared(self) -> dict[str, Any]:
        names = ("page", "form", "save", "review", "delete", "cancel", "ask", "waive", "look")
        return {
            "desk": self,
            "renewal": self.renewal,
            "review": self.review,
            "kind": self.kind,
            "offer": self.offer,
            "charge": self.offer.charge,
            "policy": self.review.account.policy,
            "urls": {name: reverse(f"renewals:{name}", args=[self.renewal.pk]) for name in names},
            "now": timezone.now(),
        }

    def _checked(self, form: RenewalForm) -> Any:
        return checked_form(self.kind, form, {}, compare=self.renewable.compare)

    def _changes(self) -> list[FieldChange]:
        after = self.renewal.submission if self._is_sent else self.submission
        return list(self.renewable.compare(self.renewal.before, after))

    @property
    def _is_sent(self) -> bool:
        return self.renewal.state in (State.CREATING, State.CREATED) and bool(self.renewal.submission)

    # --- where it stands ---

    def _ask_again_after(self) -> int:
        """Seconds until the page asks again: often while something is on its way, seldom while others decide."""
        if self.renewal.state in (State.DELETING, State.CREATING):
            return 2
        waits = self.review.renewal == RenewalStep.AWAITING and self.renewal.is_open
        return 10 if waits or self._is_watched else 0

    @property
    def _is_watched(self) -> bool:
        return self.renewal.state == State.CREATED and self.review.status == Status.IN_REVIEW

    def _steps(self, judged: RenewalForm) -> Iterator[Step]:
        yield Step("Planned", f"{self.renewal.by_name}, {_day(self.renewal.created_at)}", "done")
        yield self._text_step(judged)
        yield self._delete_step()
        if self.renewal.brand_first or (self.renewal.state == State.DELETED and self.awaited):
            yield self._brand_step()
        yield self._create_step()
        yield self._verdict_step()

    def _text_step(self, judged: RenewalForm) -> Step:
        renewal, errors = self.renewal, self._checked(judged).errors
        if renewal.state == State.CANCELLED:
            return Step("New text", "kept below", "next")
        if renewal.state in TYPED_IN and not renewal.edited_by_name:
            return Step("New text", "nothing changed yet", "next")
        if errors and renewal.state in TYPED_IN:
            return Step("New text", f"{errors} error{'s' if errors > 1 else ''} left", "now")
        by = f"{renewal.edited_by_name}, " if renewal.edited_by_name else ""
        return Step("New text", f"{by}{_day(renewal.edited_at)}", "done")

    def _delete_step(self) -> Step:
        renewal = self.renewal
        if renewal.deleted_at:
            return Step("Deleted", _day(renewal.deleted_at), "done")
        if renewal.state == State.DELETING:
            return Step("Deleted?", renewal.answer or "a worker takes it in a moment", "now")
        if renewal.state == State.CANCELLED:
            return Step("Delete", "not done", "failed")
        return Step("Delete", renewal.answer or "a Manager types its name", "failed" if renewal.answer else "next")

    def _brand_step(self) -> Step:
        if self.renewal.state in (State.CREATING, State.CREATED):
            return Step("Brand", "approved", "done")
        if self.renewal.state != State.DELETED:
            return Step("Brand", "put right and approved", "next")
        return Step("Brand", "not approved yet", "waiting") if self.awaited else Step("Brand", "approved", "done")

    def _create_step(self) -> Step:
        renewal = self.renewal
        if renewal.state == State.CREATED:
            return Step("Created", _day(renewal.settled_at), "done")
        if renewal.is_in_doubt:
            return Step("Created?", f"looked for {renewal.reads} times so far", "now")
        if renewal.state == State.CREATING:
            return Step("Create", renewal.answer or "a worker takes it in a moment", "now")
        if renewal.state == State.CANCELLED and renewal.deleted_at:
            return Step("Create", "not done", "failed")
        return Step("Create", renewal.answer or "a Manager agrees to the cost", "failed" if self._came_back else "next")

    @property
    def _came_back(self) -> bool:
        return self.renewal.state == State.DELETED and bool(self.renewal.answer)

    def _verdict_step(self) -> Step:
        if self.renewal.state != State.CREATED:
            return Step("In review", "at Twilio", "next")
        word = Status(self.review.status)
        if word == Status.IN_REVIEW:
            return Step("In review", self.review.twilio_status, "waiting")
        return Step(word.label, _day(self.review.status_since), "done" if word == Status.APPROVED else "failed")


HEADLINES = {
    State.PLANNED: "A plan to delete it and create it again",
    State.DELETING: "Being deleted at Twilio",
    State.DELETED: "Deleted, and not created again yet",
    State.CREATING: "Being created at Twilio",
    State.CREATED: "Created again",
    State.CANCELLED: "The plan was cancelled",
}
NOTHING_OFFERED = "Twilio offers this brand nothing now: it may not be approved, or may carry no more campaigns."


def _as_words(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value or "")


def _day(moment: datetime | None) -> str:
    return f"{moment.day} {moment:%b, %H:%M} UTC" if moment else ""
