"""What has to be true after every round, whatever was killed in it. Each returns what is wrong, in words."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import TwilioAccount, User
from brands.models import Brand
from campaigns.models import Campaign
from notifications.announce import TOLD
from notifications.models import Notice
from reviews.models import Attempt, Draft, Review, StatusChange
from sync.apply import digest_of
from sync.models import Event, PollRun, UnreadablePayload
from tests.faults.people import Wish
from tests.faults.product import Product
from tests.faults.world import shown_by

State = Attempt.State
IN_DOUBT = "These may have reached you already"
ENDED = {State.ACCEPTED, State.REFUSED, State.NOT_APPLIED, State.WITHDRAWN}


def wrong(at: Product, wishes: Sequence[Wish], began: datetime) -> list[str]:
    """Everything that does not add up since the round began. Twilio's counts have to begin with it too."""
    return [
        *attempts(at, began),
        *texts(wishes, began),
        *mirror(at),
        *notices(at, began),
        *left_overs(at),
    ]


def attempts(at: Product, began: datetime) -> Iterator[str]:
    """Every attempt has ended, and Twilio carried out one update for each that was accepted and none for others."""
    counted, accepted, made = at.twilio.counters(), Counter[str](), Counter[str]()
    for attempt in Attempt.objects.filter(created_at__gte=began).select_related("review"):
        if attempt.state not in ENDED or attempt.due_at:
            yield f"attempt {attempt.pk} is {attempt.state} and due at {attempt.due_at}"
        if attempt.origin != Attempt.HERE:
            yield f"attempt {attempt.pk} is said to have been made elsewhere"
        made[_service(attempt.review)] += 1
        accepted[_service(attempt.review)] += attempt.state == State.ACCEPTED
    for service in {*made, *counted.updates}:
        came, carried_out = counted.updates_of(service), counted.accepted_by("campaigns.update", service)
        if carried_out != accepted[service] or came > made[service]:
            told = f"{accepted[service]} of {made[service]} accepted here, Twilio carried out {carried_out} of {came}"
            yield f"{service}: {told}"
    if not Attempt.objects.filter(created_at__gte=began, state=State.REFUSED).exists():
        yield "nothing was refused: this round proves nothing about what Twilio refuses"
    yield from _miscounted()


def texts(wishes: Sequence[Wish], began: datetime) -> Iterator[str]:
    """What a person sent is in exactly one attempt, which keeps it also where it never arrived, and in no draft."""
    made = Attempt.objects.filter(created_at__gte=began).values_list("review_id", "submission__message_flow")
    times, drafts = Counter(made), set(Draft.objects.kept().values_list("review_id", "fields__message_flow"))
    for wish in wishes:
        found, is_kept = times.pop((wish.review_id, wish.flow), 0), (wish.review_id, wish.flow) in drafts
        if found != 1 or is_kept:
            yield f"review {wish.review_id}: its text is in {found} attempts, {'and' if is_kept else 'not'} in a draft"
    if times:
        yield f"attempts that nobody asked for: {times}"


def mirror(at: Product) -> Iterator[str]:
    """The mirror shows what Twilio shows: the same things, words and texts, none missing and none more."""
    theirs, ours = shown_by(at.twilio), dict(_mirrored())
    if missing := theirs.keys() - ours.keys():
        yield f"not mirrored: {sorted(missing)}"
    if more := ours.keys() - theirs.keys():
        yield f"mirrored and not at Twilio: {sorted(more)}"
    for key in theirs.keys() & ours.keys():
        review, payload = ours[key]
        word = theirs[key]["campaign_status" if key[0] == "campaign" else "status"]
        if not review.digest == digest_of(theirs[key]) == digest_of(payload) or review.twilio_status != word:
            yield f"{key}: the mirror shows {review.twilio_status}, Twilio {word}"
    if problems := list(UnreadablePayload.objects.values_list("error", flat=True)):
        yield f"unreadable: {problems}"


def notices(at: Product, began: datetime) -> Iterator[str]:
    """Each reader was told of each change once: by one notice, and by one line in one mail that arrived. A second line
    is allowed only where it says itself that it may be one, because whoever mailed the first died over it."""
    changes = StatusChange.objects.filter(at__gte=began, new_status__in=TOLD).exclude(old_status="")
    due, readers = Counter(changes.values_list("review_id", flat=True)), User.objects.filter(alerts_on=True)
    if not due:
        yield "nothing happened that anybody would be told of: this round proves nothing about notices"
    for reader in readers:
        told = Counter(Notice.objects.filter(person=reader, change__in=changes).values_list("change_id", flat=True))
        if told != Counter(changes.values_list("pk", flat=True)):
            yield f"{reader}: notices and changes differ"
        mails = [str(mail.get_content()).partition(IN_DOUBT) for mail in at.mail.to(reader.email)]
        plain, doubtful = (Counter(pk for mail in mails for pk in _items_in(mail[part])) for part in (0, 2))
        if twice := plain - due:
            yield f"{reader}: told twice of {dict(twice)}"
        if never := due - plain - doubtful:
            yield f"{reader}: never told of {dict(never)}"
    if unsent := Notice.objects.filter(sent_at=None).count():
        yield f"{unsent} notices were not sent"


def left_overs(at: Product) -> Iterator[str]:
    """No lease is held, nothing is due for ever, no reading is open, no account is called failing."""
    now, late = timezone.now(), timezone.now() - timedelta(seconds=30)
    accounts = TwilioAccount.objects.mirrored()
    stuck = {
        "accounts with a lease": accounts.filter(lease_until__gt=now),
        "accounts that fail": accounts.filter(~Q(last_error="") | Q(failing_since__isnull=False)),
        "accounts that are due": accounts.filter(next_poll_at__lte=late),
        "items that are due": Review.objects.present().filter(Q(next_check_at__lte=late) | Q(next_check_at=None)),
        "items said to be under way": Review.objects.filter(attempt_open=True),
        "items with a problem": Review.objects.exclude(problem=""),
        "readings without an end": PollRun.objects.filter(finished_at=None),
        "readings that failed": PollRun.objects.exclude(error="").filter(started_at__gte=F("account__last_read_at")),
        "events that wait": Event.objects.filter(outcome=Event.Outcome.WAITING),
        "changes nobody looked at": StatusChange.objects.filter(announced_at=None),
    }
    yield from (f"{what}: {list(rows[:5])}" for what, rows in stuck.items() if rows.exists())


def _miscounted() -> Iterator[str]:
    """Only what was accepted counts against the free resubmissions."""
    accepted = Count("attempts", filter=Q(attempts__state=State.ACCEPTED))
    for review in Review.objects.annotate(accepted=accepted).exclude(attempts_used=F("accepted")):
        yield f"{review}: {review.attempts_used} counted"


def _mirrored() -> Iterator[tuple[tuple[str, str], tuple[Review, object]]]:
    for kind, rows in (("brand", Brand.objects), ("campaign", Campaign.objects)):
        for row in rows.select_related("review").filter(review__gone_at=None):
            yield (kind, row.review.remote_key), (row.review, row.payload)


def _service(review: Review) -> str:
    return review.remote_key.partition("/")[0]


def _items_in(text: str) -> list[int]:
    return [int(pk) for pk in re.findall(r"/items/(\d+)/", text)]
