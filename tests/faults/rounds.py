"""A round: texts are sent and everything is read anew, something goes wrong meanwhile, and then the books have to
balance. A seed decides what goes wrong and when."""

import os
import random
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import TwilioAccount
from reviews.models import Attempt, Review
from sandbox.handle import Sandbox
from sync.whole import LEASE
from tests.faults import books, passing
from tests.faults.people import Person, Wish, pressing, wishes_for
from tests.faults.product import Manner, Name, Product
from tests.faults.world import World, reject, somebody_new
from tests.rows import update_free

ALL_TEXTS = 200
# So many are sent while processes are killed; and so few while a server is away, the next round others.
TEXTS = int(os.environ.get("FAULT_TEXTS", ALL_TEXTS))
FEW = min(TEXTS, 40)
# In so many seconds all kills should be over: CI has twenty minutes, on a fast machine and on a slow one. Where rounds
# take too long for that, some have to do with few texts, which takes this share of the time at the most.
TIME = float(os.environ.get("FAULT_SECONDS", "inf"))
SHARE_OF_FEW = 0.5
KILLS, REFUSED = 3, 3
# A part without children, or whose children are no business of Celery's, dies as a whole or not at all.
MANNERS = {
    Name.WEB: [Manner.WHOLE, Manner.PARENT, Manner.CHILD],
    Name.TWILIO: [Manner.WHOLE],
    Name.DEFAULT: [Manner.WHOLE, Manner.PARENT, Manner.CHILD],
    Name.BEAT: [Manner.WHOLE],
}


@dataclass(frozen=True)
class Kill:
    """Who dies, how, and when: after this share of the texts was sent here, or arrived at Twilio."""

    name: Name
    manner: Manner
    sent: float
    arrived: float


@dataclass
class Desk:
    """The product at work, with its people and what stands at Twilio."""

    at: Product
    world: World
    people: Sequence[Person]
    pressed: int = 0
    # How many are sent in this round, and where among all that stand rejected it begins.
    texts: int = 0
    begins_at: int = 0
    # A round begins where the last one ended. Where that was a failure, the next would only fail with it.
    is_spoilt: bool = False
    lock: threading.Lock = field(default_factory=threading.Lock)
    began: float = field(default_factory=time.monotonic)
    played: int = 0

    def has_time_for_all(self, left: int) -> bool:
        """Whether the next round may send all texts, with so many `left` after it, judged by those that were played."""
        passed = time.monotonic() - self.began
        a_round = passed / max(self.played, 1)
        return passed + a_round + a_round * SHARE_OF_FEW * left <= TIME

    @property
    def twilio(self) -> Sandbox:
        return self.at.twilio

    @property
    def arrived(self) -> int:
        return sum(self.twilio.counters().updates.values())

    @property
    def chosen(self) -> list[str]:
        """Whose texts are sent in this round."""
        rejected = [*self.world.rejected, *self.world.rejected]
        return rejected[self.begins_at : self.begins_at + self.texts]

    def wait(self, *, pressed: float = 0, arrived: float = 0) -> None:
        """Until this share was sent by people and this share arrived at Twilio, or as many as will before the leases of
        the dead run out. The launcher looks after its parts."""
        sent, came = round(pressed * self.texts), round(arrived * self.texts)

        def is_so() -> bool:
            if self.pressed < sent:
                return False
            if self.arrived >= came:
                return True
            passing.lost_tasks_are_missed(self.at)
            return self._is_all_on_its_way()

        self.at.until(is_so)

    def wait_until_read(self) -> None:
        """Every account is due once more, and somebody has begun with one: whoever dies now dies over a reading."""
        asked = timezone.now()
        update_free(TwilioAccount.objects.filter(lease_until=None), next_poll_at=asked)
        begun = TwilioAccount.objects.filter(lease_until__gt=asked + LEASE)
        self.at.until(begun.exists)

    def _is_all_on_its_way(self) -> bool:
        """What a dead worker had begun to send is not sent by another."""
        return self.pressed == self.texts and not Attempt.objects.filter(state__in=Attempt.NOT_SENT).exists()

    def note_pressed(self) -> None:
        with self.lock:
            self.pressed += 1


def kills_of(seed: int) -> list[Kill]:
    """Always the worker that sends, and two more: while people press, or while what they sent is on its way."""
    dice = random.Random(seed)  # noqa: S311
    names = [Name.TWILIO, *dice.choices(list(Name), k=KILLS - 1)]
    dice.shuffle(names)
    moments = sorted(dice.uniform(0.03, 0.95) for _ in range(KILLS))
    return [
        Kill(name, dice.choice(MANNERS[name]), *((moment, 0.0) if dice.random() < 0.5 else (0.0, moment)))
        for name, moment in zip(names, moments, strict=True)
    ]


def play(desk: Desk, words: str, trouble: Callable[[], None], texts: int = FEW) -> None:
    """One round with this trouble in the middle of it. Fails with all that does not add up afterwards."""
    if desk.is_spoilt:
        pytest.skip("an earlier round left a mess: run this one by itself")
    desk.is_spoilt, began = True, timezone.now()
    desk.begins_at, desk.texts = (desk.begins_at + desk.texts) % ALL_TEXTS, texts
    wishes = _begin(desk, words)
    with pressing(wishes, desk.people, desk.note_pressed) as all_pressed:
        trouble()
        desk.at.until(all_pressed)
    _come_to_an_end(desk)
    found = books.wrong(desk.at, wishes, began)
    desk.is_spoilt, desk.played = bool(found), desk.played + 1
    assert not found, "\n".join(found)


def kill(desk: Desk, kills: Sequence[Kill]) -> None:
    for one in kills:
        desk.wait(pressed=one.sent, arrived=one.arrived)
        if one.name is Name.TWILIO:
            desk.wait_until_read()
        desk.at.kill(one.name, one.manner)


def _begin(desk: Desk, words: str) -> list[Wish]:
    """Texts to send, of which Twilio refuses some; verdicts that nobody knows yet; an account nobody has seen, and all
    others due to be read."""
    desk.pressed = 0
    desk.at.killed_at.clear()
    desk.at.silence = timedelta()
    desk.at.mail.empty()
    desk.twilio.clear_journal()
    reviews = {review.remote_key.partition("/")[0]: review for review in Review.objects.filter(kind="campaign")}
    wishes = wishes_for(desk.people, [reviews[service] for service in desk.chosen], words)
    for service in desk.world.bystanders:
        _turn(desk.twilio, service, reviews[service])
    somebody_new(desk.twilio, desk.world)
    desk.twilio.refuse(calls=REFUSED, method="POST", path="/Usa2p/")
    TwilioAccount.objects.update(next_poll_at=timezone.now())
    return wishes


def _turn(twilio: Sandbox, service: str, review: Review) -> None:
    if review.is_rejected:
        twilio.approve(service)
    else:
        reject(twilio, [service])


def _come_to_an_end(desk: Desk) -> None:
    """What is open ends, what the dead held is done by others, the reviewers answer, and all is read once more."""
    at = desk.at
    passing.until_settled(at)
    desk.twilio.clear_faults()  # whatever weather this round had, its attempts ended in it; looking needs none
    passing.give_out_again(at)
    passing.until_drained(at)
    reject(desk.twilio, desk.chosen)
    passing.until_read_once_more(at, timezone.now())
    passing.until_heard(at)
    passing.until_told(at)
    passing.until_drained(at)
