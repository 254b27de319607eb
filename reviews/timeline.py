"""What happened to one item, newest first: what Twilio showed, what we sent, what people did."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.urls import reverse

from audit.models import Entry
from reviews.models import Attempt, Renewal, Review, StatusChange
from reviews.status import Status
from reviews.words import age_text, money

SHOWN = 50
MOST = 1000


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the timeline, in the words of `desk/_timeline.html`."""

    what: str
    moment: datetime
    status: str = ""
    icon: str = ""
    code: str = ""
    note: str = ""
    url: str = ""
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    events: list[Event]
    has_older: bool


def timeline_of(
    review: Review, attempts: Sequence[Attempt], renewals: Sequence[Renewal] = (), *, whole: bool = False
) -> Timeline:
    """The last fifty events, or the last thousand. `attempts` and `renewals` are the review's, at least as many."""
    most = MOST if whole else SHOWN
    changes = list(review.changes.all()[: most + 1])
    entries = Entry.objects.filter(subject=review.subject).exclude(verb__endswith=SUBMITTED)[: most + 1]
    renewed = [event for renewal in renewals for event in _renewal(renewal)]
    events = [*_changes(changes), *map(_attempt, attempts), *map(_entry, entries), *renewed, *_gone(review)]
    events.sort(key=lambda event: event.moment, reverse=True)
    return Timeline(events[:most], has_older=len(events) > most)


# The attempt itself stands in the timeline; the audit's entry of it would say the same twice.
SUBMITTED = ":resubmitted"


def _changes(changes: Sequence[StatusChange]) -> Iterator[Event]:
    """Newest first, as they come. Each but the last says how long the one before it had lasted."""
    for change, before in pairwise([*changes, None]):
        if change is not None:
            yield _change(change, before)


def _change(change: StatusChange, before: StatusChange | None) -> Event:
    word = Status(change.new_status).label
    return Event(
        what=word if change.old_status else f"First seen: {word.lower()}",
        moment=change.at,
        status=change.new_status,
        code=_codes(change) or change.new_twilio_status,
        note=" · ".join(filter(None, [f"seen by {change.get_source_display()}", _time_in_review(change, before)])),
        is_waiting=change.new_status == Status.IN_REVIEW,
    )


def _codes(change: StatusChange) -> str:
    return ", ".join(str(code) for code in dict.fromkeys(change.codes))


def _time_in_review(change: StatusChange, before: StatusChange | None) -> str:
    """How long the review took, where both its ends were seen."""
    if before is None or not before.old_status or before.new_status != Status.IN_REVIEW:
        return ""
    return f"{age_text(change.at - before.at)} in review"


def _attempt(attempt: Attempt) -> Event:
    settled = "" if attempt.state == Attempt.State.ACCEPTED else attempt.get_state_display().lower()
    fee = f"fee {money(attempt.fee)} expected" if attempt.is_here else ""
    note = f"“{attempt.note}”" if attempt.note else ""
    return Event(
        what=f"{attempt.by_name} resubmitted, attempt {attempt.number}",
        moment=attempt.created_at,
        icon="paper-airplane",
        note=" · ".join(filter(None, [settled, fee, note])),
        url=reverse("attempts:page", args=[attempt.pk]),
        is_waiting=attempt.is_open,
    )


def _renewal(renewal: Renewal) -> Iterator[Event]:
    """What became of a plan at Twilio; what people decided stands in the audit's entries."""
    url = reverse("renewals:page", args=[renewal.pk])
    if renewal.deleted_at:
        yield Event("Deleted at Twilio, to be created again", renewal.deleted_at, icon="archive-box", url=url)
    if renewal.state == Renewal.State.CREATED and renewal.settled_at:
        note = f"fee {money(renewal.fee)} accepted" if renewal.request_id else renewal.answer
        icon = "arrow-path-rounded-square"
        yield Event("Created again: the same history goes on", renewal.settled_at, icon=icon, note=note, url=url)


APPEAL_ACTS = {
    "drafted": "wrote",
    "answered": "recorded the answer to",
    "ticket_noted": "noted the ticket of",
    "settled": "said what became of",
    "withdrawn": "withdrew",
}


def _entry(entry: Entry) -> Event:
    what = f"{entry.actor_name} {_said(entry)}"
    if not entry.verb.startswith("appeal:"):
        return Event(what, entry.at, icon="pencil")
    where, ticket = entry.detail.get("to") or entry.detail.get("where"), entry.detail.get("ticket")
    note = " · ".join(filter(None, [f"to {where}" if where else "", f"ticket {ticket}" if ticket else ""]))
    pk = entry.subject.partition(":")[2]
    waits = entry.verb in ("appeal:mailed", "appeal:sent")
    return Event(what, entry.at, icon="scale", note=note, url=reverse("appeals:page", args=[pk]), is_waiting=waits)


def _said(entry: Entry) -> str:
    detail = entry.detail
    if entry.verb == "count:corrected":
        return f"corrected the count from {detail.get('was')} to {detail.get('now')}: {detail.get('reason')}"
    if said := _SAID.get(entry.verb):
        return said.format(**{"was": detail.get("was"), "why": detail.get("why"), "fee": money(detail.get("fee"))})
    noun, _, act = entry.verb.partition(":")
    if noun == "appeal":
        outcome = f": {detail['outcome']}" if detail.get("outcome") else ""
        return f"{APPEAL_ACTS.get(act, act)} the appeal{outcome}"
    return f"{act or 'touched'} the {noun}".replace("_", " ")


_SAID = {
    "renewal:planned": "began a plan to delete it and create it again: {why}",
    "renewal:deletion_confirmed": "typed its name, to delete it at Twilio",
    "renewal:creation_agreed": "accepted {fee} for the new one",
    "renewal:cancelled": "cancelled the plan to create it again",
    "renewal:brand_left_as_it_is": "said that the brand is right as it is",
    "count:restarted": "set the tries back to zero, because another registration stands now ({was} before)",
}


def _gone(review: Review) -> Iterable[Event]:
    """Unless a plan has deleted it: that says so itself."""
    if review.gone_at and not review.renewal:
        yield Event("Gone from Twilio", review.gone_at, icon="archive-box", note="its last text stays here")
