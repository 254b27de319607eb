"""The one door: whatever Twilio told us, by poll, event or answer, becomes true here and nowhere else."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import takewhile

import structlog
from django.db import DatabaseError, DataError, IntegrityError, transaction
from django.db.models import Q, prefetch_related_objects
from django.utils import timezone

from accounts.models import TwilioAccount
from reviews import attempts, record, renewals
from reviews.contract import Kind, Reading, Unreadable
from reviews.models import Attempt, Review, Source
from reviews.payloads import storable
from reviews.record import Sight
from reviews.schedule import CLOCKS_DIFFER
from reviews.status import Status
from reviews.verdicts import ECHO
from sync import anew
from sync.models import UnreadablePayload
from twilio_api.answer import Answer

log = structlog.get_logger(__name__)

MAX_PAYLOAD_CHARS = 200_000


@dataclass(slots=True)
class Tally:
    """What a batch of answers came to."""

    seen: int = 0
    changed: int = 0
    failed: int = 0
    keys: set[str] = field(default_factory=set)

    def add(self, other: "Tally") -> None:
        self.seen += other.seen
        self.changed += other.changed
        self.failed += other.failed
        self.keys |= other.keys


@dataclass(frozen=True, slots=True)
class Understood:
    answer: Answer
    sight: Sight

    @property
    def key(self) -> str:
        return self.sight.reading.remote_key


def apply(account: TwilioAccount, kind: Kind, answers: Iterable[Answer], source: Source) -> Tally:
    """Mirrors the answers: older than what we know is dropped, unchanged is noted, changed is written down.

    One transaction, rows locked; a batch of unchanged answers costs a constant number of statements. One answer
    that cannot be read is kept aside and counted, and the rest goes on.
    """
    understood, unreadable = _understand(kind, answers)
    tally = Tally(seen=len(understood) + len(unreadable), keys={u.key for u in understood})
    try:
        tally.changed = _written(account, kind, understood, unreadable, source)
    except (DataError, IntegrityError):
        tally.changed, unwritable = _one_by_one(account, kind, understood, source)
        unreadable += unwritable
        _written(account, kind, (), unreadable, source)
    tally.failed = len(unreadable)
    tally.keys |= {key for key in (_identity(kind, answer) for answer, _ in unreadable) if key}
    return tally


@transaction.atomic
def apply_gone(asked: Review, asked_at: datetime) -> bool:
    """Twilio had this item no more when it was asked for. Returns whether that is still the newest known of it: what
    was created anew meanwhile under the same row is another item, and is there."""
    review = Review.objects.select_for_update().get(pk=asked.pk)
    if review.remote_key != asked.remote_key or not _is_newer(asked_at, review):
        return False
    record.mark_gone(review, asked_at)
    return True


def digest_of(payload: object) -> str:
    """A stable fingerprint of a payload, whatever the order of its keys."""
    return hashlib.sha256(json.dumps(payload, sort_keys=True, default=str).encode()).hexdigest()


def _understand(kind: Kind, answers: Iterable[Answer]) -> tuple[list[Understood], list[tuple[Answer, str]]]:
    newest: dict[str, Understood] = {}
    unreadable: list[tuple[Answer, str]] = []
    for answer in (replace(told, payload=storable(told.payload)) for told in answers):
        try:
            reading = kind.read(answer.payload)
        except Unreadable as error:
            unreadable.append((answer, str(error)))
        except Exception as error:
            # Whatever Twilio sends, one record must not stop the others: it is kept, marked, counted and logged.
            log.exception("payload_unreadable", kind=kind.slug)
            unreadable.append((answer, f"{type(error).__name__}: {error}"))
        else:
            newest[reading.remote_key] = Understood(answer, Sight(reading, answer.as_of, digest_of(answer.payload)))
    return list(newest.values()), unreadable


def _one_by_one(
    account: TwilioAccount, kind: Kind, understood: Sequence[Understood], source: Source
) -> tuple[int, list[tuple[Answer, str]]]:
    """One of these says what no column takes, a word that is too long, say: it is found by writing each by itself.
    Returns how many changed, and those that cannot be written."""
    changed, unwritable = 0, list[tuple[Answer, str]]()
    for one in understood:
        try:
            changed += _written(account, kind, [one], (), source)
        except (DataError, IntegrityError) as error:
            log.exception("payload_unwritable", kind=kind.slug)
            unwritable.append((one.answer, _first_line(error)))
    return changed, unwritable


def _first_line(error: DatabaseError) -> str:
    return str(error).partition("\n")[0]


def _written(
    account: TwilioAccount,
    kind: Kind,
    understood: Sequence[Understood],
    unreadable: Sequence[tuple[Answer, str]],
    source: Source,
) -> int:
    try:
        return _write(account, kind, understood, unreadable, source)
    except IntegrityError:
        # Somebody else saw one of these for the first time just now; this time we find it.
        return _write(account, kind, understood, unreadable, source)


def _with_names(account: TwilioAccount, kind: Kind, understood: Sequence[Understood]) -> list[Understood]:
    named = kind.named(account, [u.sight.reading for u in understood])
    return [replace(u, sight=replace(u.sight, reading=r)) for u, r in zip(understood, named, strict=True)]


@transaction.atomic
def _write(
    account: TwilioAccount,
    kind: Kind,
    understood: Sequence[Understood],
    unreadable: Sequence[tuple[Answer, str]],
    source: Source,
) -> int:
    odd = [(answer, error, _identity(kind, answer)) for answer, error in unreadable]
    held, renewed = _lock(account, kind, [*(u.key for u in understood), *(key for *_, key in odd if key)])
    known = {u.key: held[u.key] for u in understood if u.key in held}
    may_have_been_unreadable = len(known) < len(understood) or any(review.problem for review in known.values())
    known |= anew.taken_over(kind, renewed, [u for u in understood if u.key not in known])
    for review in (*held.values(), *known.values()):
        review.account = account
    late = anew.deleted_ones(kind, renewed, understood)
    fresh = [u for u in understood if u.key not in known and u.key not in late]
    current = [u for u in understood if u.key in known and u.key not in late and _is_newer(u.sight.as_of, known[u.key])]
    same = [u for u in current if u.sight.digest == known[u.key].digest]
    differing = [u for u in current if u.sight.digest != known[u.key].digest]
    prefetch_related_objects([known[u.key] for u in differing], "attempts")
    moved = [u for u in differing if not _is_old_picture(known[u.key], u)]
    if fresh or moved:
        fresh, moved = _with_names(account, kind, fresh), _with_names(account, kind, moved)

    record.refresh((known[u.key], u.sight.as_of) for u in same)
    added = record.add(account, kind.slug, [u.sight for u in fresh], source) if fresh else []
    changes = _move(kind, [(known[u.key], u) for u in moved], source)
    rows = [*zip(added, fresh, strict=True), *((known[u.key], u) for u in moved)]
    if rows:
        kind.mirror([(review, u.sight.reading, u.answer.payload) for review, u in rows])
    _keep_unreadable(account, kind, odd, held)
    if may_have_been_unreadable:
        _forget_readable(account, kind, understood)
    return len(fresh) + changes


def _lock(account: TwilioAccount, kind: Kind, keys: list[str]) -> tuple[dict[str, Review], list[Review]]:
    """The reviews of these keys, and those of the account that are made anew or just were, in one statement."""
    rows = Review.objects.select_for_update().filter(account=account, kind=kind.slug)
    asked, now = set(keys), timezone.now()
    found = list(rows.filter(Q(remote_key__in=keys) | anew.in_motion(now)).order_by("pk"))
    known = {review.remote_key: review for review in found if review.remote_key in asked}
    return known, [review for review in found if anew.is_in_motion(review, now)]


def _is_newer(as_of: datetime, known: Review) -> bool:
    """What is known from a moment that has not come yet was read by a clock that was wrong: then anything is newer."""
    return as_of >= known.as_of or known.as_of > timezone.now() + CLOCKS_DIFFER


def _is_old_picture(review: Review, understood: Understood) -> bool:
    """Right after a submission Twilio may answer a read from a copy that lags behind: with the very answer that
    stood before. Taken over, it would show an old rejection as a new one and count the same submission twice."""
    sent, sight = review.resubmitted_at, understood.sight
    if sent is None or review.status != Status.IN_REVIEW or sight.as_of - sent >= ECHO:
        return False
    counted = next((attempt for attempt in review.attempts.all() if attempt.state == Attempt.State.ACCEPTED), None)
    return counted is not None and attempts.is_what_stood_before(counted, sight.reading)


def _move(kind: Kind, moved: Sequence[tuple[Review, Understood]], source: Source) -> int:
    """Returns how many changes were written. What all of them take are a constant number of statements; their attempts
    were read with them."""
    kept = kind.payloads([review for review, _ in moved])
    old = {review.pk: kind.read(kept[review.pk]) for review, _ in moved}
    made_anew = {r.pk for r, u in moved if renewals.is_made_anew(r, old[r.pk], u.sight.reading)}
    changes = record.move([(review, understood.sight) for review, understood in moved], source)
    for review, understood in moved:
        if review.pk in made_anew:
            renewals.begin_anew(review, understood.sight.reading, understood.sight.as_of)
        else:
            _attribute(review, old[review.pk], understood)
    return changes


def _attribute(review: Review, old: Reading, understood: Understood) -> None:
    """Whose submission is this, if it is one? Ours while one of ours is in doubt; otherwise somebody else's."""
    newest_first, new = attempts.of_what_stands(review), understood.sight.reading
    ours = next((attempt for attempt in newest_first if attempt.is_here), None)
    if found := _found(newest_first, new):
        told = "Found at Twilio when it was read back."
        attempts.settle(found, Attempt.State.ACCEPTED, review, old_until=found.sent_at, answer=told)
    elif attempts.is_resubmission(old, new) and not (ours and _is_answered_by(ours, review, new)):
        attempts.found_elsewhere(review, old, new, understood.sight.as_of)


def _found(newest_first: Sequence[Attempt], new: Reading) -> Attempt | None:
    """The attempt in doubt that this reading shows. What was counted last has an answer, and so has all before it."""
    since_counted = takewhile(lambda attempt: attempt.state != Attempt.State.ACCEPTED, newest_first)
    return next((a for a in since_counted if _is_in_doubt(a) and attempts.has_arrived(a, new)), None)


def _is_in_doubt(ours: Attempt) -> bool:
    """Even one that was given up may arrive late."""
    return ours.state in (Attempt.State.SENDING, Attempt.State.UNKNOWN, Attempt.State.NOT_APPLIED)


def _is_answered_by(ours: Attempt, review: Review, new: Reading) -> bool:
    """Twilio may take our update and show its effect only later: still the same submission, counted once."""
    if ours.state != Attempt.State.ACCEPTED or not ours.settled_at or not attempts.has_arrived(ours, new):
        return False
    later = Q(at__gt=ours.settled_at) & ~Q(new_status=new.status)
    return not review.changes.filter(later).exclude(source=Source.HOUSE).exists()


def _keep_unreadable(
    account: TwilioAccount, kind: Kind, odd: Sequence[tuple[Answer, str, str]], held: Mapping[str, Review]
) -> None:
    """Answers, what is wrong with each, and the key of the item it is about as far as that can be read."""
    for answer, error, key in odd:
        UnreadablePayload.objects.update_or_create(
            account=account,
            kind=kind.slug,
            digest=digest_of(answer.payload),
            defaults={"error": error[:300], "last_seen_at": timezone.now()},
            create_defaults={"error": error[:300], "remote_key": key[:80], "payload": _bounded(answer)},
        )
        if key in held:
            record.mark_unreadable([held[key]], error)


def _forget_readable(account: TwilioAccount, kind: Kind, understood: Sequence[Understood]) -> None:
    keys = [u.key for u in understood]
    UnreadablePayload.objects.filter(account=account, kind=kind.slug, remote_key__in=keys).delete()


def _identity(kind: Kind, answer: Answer) -> str:
    """The item's key when at least that much can be read, else an empty string."""
    try:
        return kind.identity(answer.payload)
    except Unreadable:
        return ""


def _bounded(answer: Answer) -> object:
    text = json.dumps(answer.payload, default=str)
    return json.loads(text) if len(text) <= MAX_PAYLOAD_CHARS else {"cut": text[:MAX_PAYLOAD_CHARS]}
