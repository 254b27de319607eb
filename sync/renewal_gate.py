"""What people decide about a plan: begun, confirmed, created, cancelled. Each is asked again under the review's lock,
whatever the page has checked before; the database's constraints stand behind it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import IntegrityError, transaction

import audit.record
from accounts.models import Role, User
from reviews import renewals
from reviews.contract import Choices, Offer, Renewable
from reviews.kinds import kind_of
from reviews.models import Renewal, Review
from reviews.renewals import Agreement, Wish
from reviews.status import Status
from rulebook.findings import Severity
from sync.gate import NotSent, Objection, broken_by, by_warnings
from sync.renew import awaited_by
from sync.tasks import carry_renewal

State = Renewal.State
TYPED_IN = (State.PLANNED, State.DELETING, State.DELETED)


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What somebody typed and ticked before a deletion, and the state of the item they saw."""

    name: str
    seen: str
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Order:
    """What stood on the page when Create was pressed. `agreed_fee` is None without the tick."""

    revision: int
    agreed_fee: Decimal | None = None
    warnings_reason: str = ""


def plan(review_id: int, wish: Wish, by: User) -> Renewal:
    """Opens a plan with everything that stands as its start. Raises NotSent; then nothing has changed."""
    try:
        with transaction.atomic():
            review = Review.objects.select_for_update(of=("self",)).with_names().get(pk=review_id)
            return _plan(review, wish, by)
    except IntegrityError as error:
        if broken_by(error) != "one_open_renewal":
            raise
        raise NotSent([Objection("", "Another plan for this was opened at the same moment.")]) from error


def confirm(renewal_id: int, confirmation: Confirmation, by: User) -> None:
    """Takes the typed name and hands the deletion to a worker. Raises NotSent; then nothing is deleted."""
    with _locked(renewal_id) as (renewal, review):
        kind, renewable = kind_of(review.kind), renewable_of(review)
        if objections := list(_against_deletion(renewal, review, confirmation, by)):
            raise NotSent(objections)
        snapshot, approved = kind.payload(review), review.status == Status.APPROVED and review.gone_at is None
        renewals.confirm(renewal, review, by, snapshot, renewable.submission_of(snapshot), approved=approved)
        _record(by, "renewal:deletion_confirmed", review, renewal, stops_traffic=approved)
        hand_over(renewal)


def create(renewal_id: int, order: Order, by: User) -> None:
    """Takes the word of somebody who may spend and hands the creation to a worker. Raises NotSent: nothing is sent.

    A word that was given for the same text and amount holds when the creation came to nothing: nothing was spent."""
    with _locked(renewal_id) as (renewal, review):
        renewable, offer = renewable_of(review), offer_of(review)
        draft = renewable.form_class.draft_of(renewal.fields)
        findings = renewable.judge(review, draft, offered(renewal, renewable))
        submission = draft.as_submission()
        holds = is_agreed(renewal, submission, offer)
        objections = [
            *_against_creation(renewal, review, offer, order, by, holds=holds),
            *(Objection(f.field, f.message) for f in findings if f.severity == Severity.ERROR),
            *by_warnings(findings, order.warnings_reason),
        ]
        if objections:
            raise NotSent(objections)
        reason, policy = order.warnings_reason, review.account.policy
        agreement = Agreement(submission, offer.charge, policy, None if holds else by, findings, reason)
        renewals.agree(renewal, review, agreement)
        _record(by, "renewal:creation_agreed", review, renewal, fee=f"{renewal.fee:.2f}")
        hand_over(renewal)


def cancel(renewal_id: int, by: User) -> bool:
    """Ends a plan, by those who may. False when it is too late, because something is on its way to Twilio."""
    with _locked(renewal_id) as (renewal, review):
        if not may_cancel(renewal, by):
            return False
        renewals.cancel(renewal, review, f"Cancelled by {by.display_name}. {_left_behind(renewal)}")
        _record(by, "renewal:cancelled", review, renewal)
        return True


def may_cancel(renewal: Renewal, by: User) -> bool:
    """Before its deletion whoever may edit, after it whoever may spend. A creation in doubt only an administrator, who
    has looked in the Console: where Twilio never tells, the plan would stay open for ever."""
    if renewal.is_in_doubt:
        return by.may(Role.ADMINISTRATOR)
    least = {State.PLANNED: Role.EDITOR, State.DELETED: Role.MANAGER}.get(State(renewal.state))
    return least is not None and by.may(least)


def brand_is_right(renewal_id: int, by: User) -> None:
    """Somebody knows that the brand needs no further repair: its approval is asked for no more than of any brand."""
    with _locked(renewal_id) as (renewal, review):
        if renewal.brand_first and renewal.is_open:
            renewal.brand_first = False
            renewal.save(update_fields=["brand_first"])
            _record(by, "renewal:brand_left_as_it_is", review, renewal)
            settle_wait(renewal, review)


def settle_wait(renewal: Renewal, review: Review) -> None:
    """Writes down anew whom a deleted one waits for: the text or the brand may have changed. Holds the locks."""
    if renewal.state == State.DELETED:
        renewals.wait(renewal, review, awaited_by(renewal, review, renewable_of(review)))


def save(renewal_id: int, by: User, fields: Mapping[str, Any], revision: int, *, over: bool = False) -> Renewal:
    """Keeps what was typed, valid or not. Raises renewals.NewerText, and NotSent where it is too late to type."""
    with _locked(renewal_id) as (renewal, review):
        if renewal.state not in TYPED_IN:
            raise NotSent([Objection("", _NOT_NOW[State(renewal.state)])])
        renewable = renewable_of(review)
        was = renewable.chosen(typed(renewal, renewable))
        renewals.keep(renewal, by, fields, revision, over=over)
        if renewable.chosen(typed(renewal, renewable)) != was:
            settle_wait(renewal, review)
        return renewal


def typed(renewal: Renewal, renewable: Renewable) -> dict[str, Any]:
    """The text as it would be sent."""
    return dict(renewable.form_class.draft_of(renewal.fields).as_submission())


def renewable_of(review: Review) -> Renewable:
    """How its kind is made anew. Raises NotSent where it is not."""
    if found := kind_of(review.kind).renewal:
        return found
    raise NotSent([Objection("", "This kind is not deleted and created again from here.")])


def offer_of(review: Review) -> Offer:
    """The offer as if no plan were open: what holds for the thing itself."""
    alone = copy(review)
    alone.renewal = ""
    return renewable_of(review).offer(alone)


def offered(renewal: Renewal, renewable: Renewable) -> Choices:
    """What Twilio said may be chosen, as it was kept; nothing while it was asked for another choice than is typed."""
    if renewal.options_for != renewable.chosen(typed(renewal, renewable)):
        return {}
    return {name: [(value, words) for value, words in rows] for name, rows in renewal.options.items()}


def is_agreed(renewal: Renewal, submission: Mapping[str, Any], offer: Offer) -> bool:
    """Whether the word given before holds for this text and this amount."""
    same = dict(renewal.submission) == dict(submission) and renewal.fee == offer.charge.fee
    return renewal.fee_agreed_at is not None and same


def is_named(typed: str, title: str) -> bool:
    """Whether this is the name, by hand: signs between the words, which no keyboard has, do not matter."""
    words = re.findall(r"\w+", title)
    return re.findall(r"\w+", typed) == words if words else typed.strip() == title


def _left_behind(renewal: Renewal) -> str:
    if renewal.is_in_doubt:
        return "The old one is deleted; whether the new one was made was not known here."
    return "The old one stays deleted." if renewal.deleted_at else "Nothing was deleted."


def _plan(review: Review, wish: Wish, by: User) -> Renewal:
    offer = renewable_of(review).offer(review)
    if objections := list(_against_plan(offer, wish, by)):
        raise NotSent(objections)
    renewable, snapshot = renewable_of(review), kind_of(review.kind).payload(review)
    before = renewable.submission_of(snapshot)
    renewal = renewals.plan(review, by, wish, snapshot, before, renewable.form_class.fields_of(before))
    _record(by, "renewal:planned", review, renewal, why=wish.why, field=wish.field)
    return renewal


def _against_plan(offer: Offer, wish: Wish, by: User) -> Iterator[Objection]:
    if not by.may(Role.EDITOR):
        yield Objection("", f"Your role is {by.role_label}. Planning this needs Editor or above.")
    if offer.hindrance:
        yield Objection("", offer.hindrance)
    if not wish.why.strip():
        yield Objection("why", "Say why, and what will be different: it stays in the history.")
    if not offer.is_right and wish.field not in dict(offer.fields):
        yield Objection("field", "An edit would do. Name the field that no edit can change, if there is one.")


def _against_deletion(renewal: Renewal, review: Review, said: Confirmation, by: User) -> Iterator[Objection]:
    offer = offer_of(review)
    if not by.may(Role.MANAGER):
        yield Objection("", f"Your role is {by.role_label}. Only a Manager or above may delete at Twilio.")
    if renewal.state != State.PLANNED:
        yield Objection("", "The deletion is confirmed already. Nothing was asked for a second time.")
        return
    if offer.hindrance:
        yield Objection("", offer.hindrance)
    if said.seen != review.digest:
        yield Objection("", "It changed at Twilio after this page was opened. Look at it again before you confirm.")
    if not is_named(said.name, review.title):
        yield Objection("name", f"This is not “{review.title}”. Nothing was deleted.")
    if offer.stops_traffic and not said.stops:
        yield Objection("stops", "It is approved: say that its traffic may stop. Nothing was deleted.")


def _against_creation(
    renewal: Renewal, review: Review, offer: Offer, order: Order, by: User, *, holds: bool
) -> Iterator[Objection]:
    if renewal.state != State.DELETED:
        yield Objection("", _NOT_NOW[State(renewal.state)])
        return
    if order.revision != renewal.revision:
        yield Objection("", "The text was changed after this page was opened. It is shown as it is now.")
    if offer.hindrance:
        yield Objection("", offer.hindrance)
    if awaited := awaited_by(renewal, review, renewable_of(review)):
        yield Objection("", awaited.words)
    if not by.may(Role.EDITOR if holds else Role.MANAGER):
        yield Objection("agreed_fee", "Only a Manager or above may agree to this. The text is kept; ask one.")
    elif not holds:
        yield from _by_fee(offer, order.agreed_fee)


def _by_fee(offer: Offer, agreed: Decimal | None) -> Iterator[Objection]:
    fee = offer.charge.fee
    if agreed is None:
        yield Objection(
            "agreed_fee", f"Accept the fee of ${fee:.2f} and the new place in the queue first. Nothing was sent."
        )
    elif agreed != fee:
        words = f"The fee is ${fee:.2f} now, not ${agreed:.2f}. Accept the new one. Nothing was sent."
        yield Objection("agreed_fee", words)


_NOT_NOW = {
    State.PLANNED: "The old one stands still. It has to be deleted first.",
    State.DELETING: "The old one is being deleted. Wait until it is gone.",
    State.CREATING: "It is being created already. Nothing was sent a second time.",
    State.CREATED: "It was created already. Nothing was sent a second time.",
    State.CANCELLED: "The plan was cancelled.",
}


def hand_over(renewal: Renewal) -> None:
    """Should the broker be away, the plan is committed all the same and the next sweep finds it."""
    transaction.on_commit(partial(carry_renewal.delay, renewal.pk), robust=True)


def _record(by: User, verb: str, review: Review, renewal: Renewal, **detail: Any) -> None:
    audit.record.record(by, verb, review.subject, str(review), renewal=renewal.pk, **detail)


@contextmanager
def _locked(renewal_id: int) -> Iterator[tuple[Renewal, Review]]:
    with transaction.atomic():
        review = Review.objects.select_for_update(of=("self",)).with_names().get(renewals=renewal_id)
        yield Renewal.objects.select_for_update().get(pk=renewal_id), review
