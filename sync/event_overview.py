"""Events as the settings show them: how the streams of a main account and all under it do, and what came in."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet

from accounts.models import TwilioAccount
from sync import overview, streams
from sync.models import Event, EventStream
from sync.standing import Standing, missed, standing_of

SHOWN = 100
UNDER_WAY = Q(state__in=(EventStream.State.MAKING, EventStream.State.LEAVING))


@dataclass(frozen=True, slots=True)
class Events:
    """A main account's own standing, and counts over it and all under it."""

    standing: Standing
    is_on: bool
    hindrance: str
    # Accounts whose sink and subscription are being made or taken away just now.
    under_way: int
    working: int
    accounts: int
    missed: int
    odd: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many events came to this."""

    words: str
    count: int


def events_of(main: TwilioAccount, now: datetime) -> Events:
    family = TwilioAccount.objects.mirrored().filter(overview.family_of(main))
    stream, why = EventStream.objects.filter(account=main).first(), streams.hindrance()
    under_way = EventStream.objects.filter(UNDER_WAY, account__in=family)
    return Events(
        standing=standing_of(stream, now),
        is_on=stream is not None and stream.state != EventStream.State.LEAVING,
        hindrance=why,
        under_way=0 if why else under_way.count(),
        working=streams.working(now).filter(account__in=family).count(),
        accounts=family.count(),
        missed=sum(missed(family, now).values()),
        odd=came_in(main).filter(outcome=Event.Outcome.ODD).count(),
    )


def with_standing(accounts: Iterable[TwilioAccount], now: datetime) -> list[tuple[TwilioAccount, Standing]]:
    """Each with how its events do; costs no query where the streams are joined."""
    return [(account, standing_of(getattr(account, "stream", None), now)) for account in accounts]


def came_in(main: TwilioAccount) -> QuerySet[Event]:
    """The events of this main account and all under it, newest first."""
    family = TwilioAccount.objects.filter(overview.family_of(main))
    return Event.objects.filter(account__in=family).select_related("account", "review")


def tallies(main: TwilioAccount) -> list[Tally]:
    """What became of the events, in the order of the outcomes; only those there are."""
    rows = came_in(main).order_by().values_list("outcome").annotate(Count("pk"))
    counts: dict[str, int] = dict(rows)
    return [Tally(outcome.label, counts[outcome.value]) for outcome in Event.Outcome if counts.get(outcome.value)]
