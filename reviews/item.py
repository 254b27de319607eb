"""One item as its page shows it: what may be done and why, what stands, what happened."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from accounts.models import Role, User
from reviews.appeals import is_appealable
from reviews.contract import FieldView, Kind, Offer, Panel, Rejection, Verdict
from reviews.drafts import AT_WORK
from reviews.forms import CountForm
from reviews.freshness import ItemFreshness, freshness_of
from reviews.kinds import kind_of
from reviews.models import Appeal, Attempt, Draft, Renewal, Review
from reviews.renewal_models import RenewalStep
from reviews.risk import findings_of
from reviews.rows import may_fix, name_beside
from reviews.status import Status
from reviews.timeline import MOST, Timeline, timeline_of
from reviews.verdicts import advices
from reviews.words import sid_word
from rulebook.alternatives import Alternative, alternatives
from rulebook.explain import Advice, hardest
from rulebook.fields import draft_key, label_of
from rulebook.findings import Finding, Severity
from rulebook.holds import Hold, hold_of
from rulebook.routes import Route

CONSOLE = "https://console.twilio.com/"
ICONS = {
    Route.EDIT: "pencil-square",
    Route.RECREATE: "arrow-path-rounded-square",
    Route.FIX_BRAND: "building-office",
    Route.APPEAL: "scale",
    Route.SUPPORT: "lifebuoy",
    Route.WAIT: "clock",
    Route.NONE: "information-circle",
}


@dataclass(frozen=True, slots=True)
class Flag:
    """A field that a reason points at; the key leads to it in the submission, "" where it is not shown there."""

    label: str
    key: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of the reviewer: what Twilio said, and what that means."""

    number: int
    said: Rejection
    advice: Advice
    flags: tuple[Flag, ...]

    @property
    def url(self) -> str:
        return self.said.url or self.advice.url


@dataclass(frozen=True, slots=True)
class Check:
    """One remark of our checks, in the words of `desk/_findings.html`."""

    severity: Severity
    message: str
    codes: tuple[int, ...]
    field_label: str
    field_id: str


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the submission with the numbers of the reasons that flag it."""

    view: FieldView
    reasons: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SidFact:
    """A SID the item hangs on, and the item that stands for it here, if there is one."""

    word: str
    sid: str
    review: Review | None = None


class Item:
    """One review in front of one person. Everything is asked for once, and only when the page comes to it."""

    def __init__(self, review: Review, user: User, now: datetime, *, whole: bool = False) -> None:
        self.review, self.user, self.now, self.whole = review, user, now, whole
        self.kind: Kind = kind_of(review.kind)
        self.count_form = CountForm(initial={"used": review.attempts_used})

    # --- what may be done ---

    @cached_property
    def verdict(self) -> Verdict:
        """What may be done. Whether something was stopped by itself or through another only the page asks."""
        verdict, hold = self.kind.verdict(self.review, self.now), self.held
        is_general = verdict.headline == hold_of(self.review.kind, self.review.twilio_status).headline
        return replace(verdict, headline=hold.headline, why=hold.why) if hold and is_general else verdict

    @property
    def fix_url(self) -> str:
        """Where this person may repair it; empty where nobody can, or this person may not."""
        may = may_fix(self.user, self.verdict) and not self.stopped_with
        return self.kind.fix_url(self.review) if may else ""

    @cached_property
    def held(self) -> Hold | None:
        """What keeps it from moving although no reviewer has it."""
        return self.kind.held(self.review) if not self.review.gone_at else None

    @cached_property
    def stopped_with(self) -> list[SidFact]:
        """What it hangs on that is stopped: no change of it is taken while that lasts."""
        return [fact for fact in self.sids if fact.review and fact.review.status == Status.STOPPED]

    @property
    def may_reassign(self) -> bool:
        return self.user.may(Role.MANAGER) and bool(self.review.owner_sids)

    @property
    def is_for_fixing(self) -> bool:
        return bool(self.fix_url) and self.review.status == Status.NEEDS_FIX and not self.obstacles

    @property
    def console_url(self) -> str:
        """Where to go on instead: with what cannot be repaired here yet, and with states only Twilio can explain."""
        is_theirs = self.review.status in (Status.UNKNOWN, Status.STOPPED)
        is_elsewhere = self.review.is_rejected and not self.kind.fix_url(self.review)
        return CONSOLE if (is_theirs or is_elsewhere) and not self.review.gone_at else ""

    @cached_property
    def renewals(self) -> list[Renewal]:
        """Its plans to be made anew. Where none has touched it nothing is asked: what people decided is audited."""
        touched = self.review.renewal or self.review.renewed_at or self.review.gone_at
        return list(self.review.renewals.all()[:MOST]) if touched else []

    @property
    def renewal(self) -> Renewal | None:
        """The open plan to delete it and make it anew, or the last one."""
        return self.renewals[0] if self.renewals else None

    @property
    def renewal_step(self) -> str:
        """Where the open plan stands, and who is asked; empty where none is open."""
        return RenewalStep(self.review.renewal).label if self.review.renewal else ""

    @cached_property
    def offer(self) -> Offer | None:
        """What speaks for making it anew; None where that is not offered to this person."""
        renewable = self.kind.renewal
        if renewable is None or not self.renewal_url:
            return None
        return renewable.offer(self.review)

    @cached_property
    def renewal_url(self) -> str:
        """Where this person may plan that."""
        return self.kind.renewal_url(self.review) if self.user.may(Role.EDITOR) else ""

    @property
    def hindrances(self) -> tuple[str, ...]:
        """Why it cannot be sent, where the headline does not say it already."""
        said = (self.verdict.headline, hold_of(self.review.kind, self.review.twilio_status).headline)
        reasons = tuple(words for words in self.verdict.reasons if words.rstrip(".") not in said)
        return (*reasons, *self.obstacles)

    @cached_property
    def obstacles(self) -> tuple[str, ...]:
        """What forbids sending although the verdict allows it."""
        return tuple(self.kind.obstacles(self.review)) if self.verdict.allowed else ()

    @property
    def icon(self) -> str:
        """The drawing beside the verdict."""
        return ICONS.get(self.verdict.route, "information-circle")

    @cached_property
    def source(self) -> Advice | None:
        """The reason that decides, for the claim's source and date."""
        return hardest(reason.advice for reason in self.reasons)

    @cached_property
    def appeals(self) -> list[Appeal]:
        """The last two: at most one of them is open."""
        return list(self.review.appeals.all()[:2])

    @property
    def appeal(self) -> Appeal | None:
        return next((appeal for appeal in self.appeals if appeal.is_open), None)

    @property
    def last_appeal(self) -> Appeal | None:
        """The last that was sent and is over."""
        return next((appeal for appeal in self.appeals if not appeal.is_open and appeal.sent_at), None)

    @property
    def may_appeal(self) -> bool:
        return is_appealable(self.review, self.verdict)

    @cached_property
    def alternatives(self) -> tuple[Alternative, ...]:
        """What is left where Twilio takes no edit."""
        review = self.review
        is_over = review.is_rejected and review.editable is not True and not review.gone_at and not review.attempt_open
        return alternatives(review.kind, [reason.advice for reason in self.reasons]) if is_over else ()

    # --- why ---

    @cached_property
    def reasons(self) -> list[Reason]:
        said = zip(self.review.reasons, advices(self.review), strict=True)
        return [Reason(n, r, advice, self._flags(r)) for n, (r, advice) in enumerate(said, 1)]

    def _flags(self, said: Rejection) -> tuple[Flag, ...]:
        kind, shown = self.review.kind, {field.view.key for field in self.filled}
        keys = [(label_of(kind, name), draft_key(kind, name) or name) for name in said.fields]
        return tuple(dict.fromkeys(Flag(label, key if key in shown else "") for label, key in keys))

    @cached_property
    def checks(self) -> list[Check]:
        """What our checks say of the text that stands, worst first."""
        kind, places = self.review.kind, {field.view.key: f"field-{field.view.key}" for field in self.filled}
        found = self._found.get(self.review.pk, ())
        return [Check(f.severity, f.message, f.codes, label_of(kind, f.field), places.get(f.field, "")) for f in found]

    @property
    def has_text(self) -> bool:
        """Whether it has a text of its own, and with it an opt-in to look at."""
        return self.review.pk in self._found

    @cached_property
    def _found(self) -> Mapping[int, tuple[Finding, ...]]:
        return findings_of([self.review])

    # --- what stands ---

    @property
    def name(self) -> str:
        return name_beside(self.review.customer.name, self.review)

    @cached_property
    def fields(self) -> list[Field]:
        numbers: dict[int, list[int]] = {}
        for number, reason in enumerate(self.review.reasons, 1):
            numbers.setdefault(reason.code or 0, []).append(number)
        return [
            Field(view, tuple(n for code in view.flagged_by for n in numbers.get(code, ())))
            for view in self.kind.shown(self.review)
        ]

    @property
    def filled(self) -> list[Field]:
        """What there is to read, and what is flagged for being empty."""
        return [field for field in self.fields if field.view.value or field.reasons]

    @property
    def empty(self) -> list[str]:
        """The labels of the others."""
        return [field.view.label for field in self.fields if not field.view.value and not field.reasons]

    @cached_property
    def panels(self) -> Sequence[Panel]:
        """What only its kind knows of."""
        return self.kind.panels(self.review, self.user, self.now)

    @cached_property
    def raw(self) -> str:
        """Twilio's last answer as it came, without what a kind lays beside it under a name of ours."""
        payload = self.kind.payload(self.review)
        return json.dumps({k: v for k, v in payload.items() if not k.startswith("_")}, indent=2, ensure_ascii=False)

    @cached_property
    def freshness(self) -> ItemFreshness:
        return freshness_of(self.review, self.now)

    @cached_property
    def sids(self) -> list[SidFact]:
        """Its own SID and those it hangs on, each with its item here."""
        review = self.review
        others = [sid for sid in review.owner_sids if sid != review.sid]
        here = {r.sid: r for r in Review.objects.visible_to(self.user).filter(account=review.account, sid__in=others)}
        own = SidFact(sid_word(review.sid, self.kind.label), review.sid)
        return [own, *(SidFact(sid_word(sid), sid, here.get(sid)) for sid in others)]

    # --- what happened ---

    @cached_property
    def attempts(self) -> list[Attempt]:
        return list(self.review.attempts.all()[:MOST])

    @property
    def open_attempt(self) -> Attempt | None:
        return next((attempt for attempt in self.attempts if attempt.is_open), None)

    @cached_property
    def timeline(self) -> Timeline:
        return timeline_of(self.review, self.attempts, self.renewals, whole=self.whole)

    @cached_property
    def drafts(self) -> list[Draft]:
        return list(self.review.drafts.filter(discarded_at=None).select_related("user"))

    @property
    def own_draft(self) -> Draft | None:
        return next((draft for draft in self.drafts if draft.user_id == self.user.pk), None)

    @property
    def others_at_work(self) -> list[Draft]:
        since: timedelta = AT_WORK
        return [d for d in self.drafts if d.user_id != self.user.pk and self.now - d.updated_at < since]
