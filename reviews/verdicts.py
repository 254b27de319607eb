"""What the kinds' verdicts have in common: the advice for each reason, and the states nobody can act in."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from accounts.models import TwilioAccount
from reviews.contract import Rejection, Verdict
from reviews.house import advise
from reviews.models import Review
from reviews.renewal_models import RenewalStep
from reviews.status import Status
from reviews.words import day
from rulebook.explain import Advice, hardest
from rulebook.holds import Hold, hold_of
from rulebook.routes import Route

# How long an old rejection is taken for the echo of one that was just answered. Twilio may show the new state late.
ECHO = timedelta(hours=1)


def advices(review: Review) -> tuple[Advice, ...]:
    """What the rulebook and the house say of each reason, in Twilio's order."""
    return tuple(advise(review.kind, r.code, r.description, r.fields) for r in review.reasons)


def route_of(found: Sequence[Advice]) -> Route:
    """The route of the hardest reason; EDIT where Twilio gave no reason at all."""
    decisive = hardest(found)
    return decisive.route if decisive else Route.EDIT


def cures(route: Route, found: Sequence[Advice]) -> tuple[Advice, ...]:
    """Those that this route would put right, as it stands: a new registration repairs on its way what an edit would.

    A number that states no cause falls with its companions, so it is cured where all of them are.
    """
    stated = [advice for advice in found if advice.states_cause] or found
    cured = [advice for advice in stated if advice.route in _CONTAINS[route]]
    return tuple(found if len(cured) == len(stated) else cured)


def weighed(route: Route, found: Sequence[Advice], thing: str) -> str:
    """Where several reasons speak: which one decides, what the route would cure, and what it would leave.

    "30886 decides: no lighter way cures it. A new campaign would cure 30886 and 30924." Empty for a single reason,
    and where the route comes from elsewhere and cures none of them.
    """
    cured, decisive = cures(route, found), hardest(found)
    if len(_numbers(found)) < 2 or not cured or decisive is None:
        return ""
    is_mixed = any(advice.route is not route for advice in found if advice.states_cause)
    first = f"{_number(decisive)} decides: no lighter way cures it. " if is_mixed and decisive.route is route else ""
    kept = [advice for advice in found if advice.states_cause and advice not in cured]
    rest = "".join(f"; {_needs(harder, kept, thing)}" for harder in Route if harder in {a.route for a in kept})
    way = _NOUNS[route].format(thing=thing)
    return f"{first}{way[0].upper()}{way[1:]} would cure {_listed(cured)}{rest}."


def cured_codes(route: Route, found: Sequence[Advice]) -> tuple[int, ...]:
    """The numbers of those the route would cure."""
    return tuple(dict.fromkeys(advice.code for advice in cures(route, found) if advice.code))


def state_by_route(kind: str, reasons: Sequence[Rejection]) -> Status:
    """What a rejection asks of us: a fix where an edit can cure all of it, else a decision."""
    route = route_of([advise(kind, r.code, r.description, r.fields) for r in reasons])
    return Status.NEEDS_FIX if route == Route.EDIT else Status.NEEDS_DECISION


def closed(review: Review, now: datetime) -> Verdict | None:
    """The verdict where nothing can be sent whatever the kind: gone, under way, cut off, waiting, stopped, unknown."""
    if not_now := shut(review, now):
        return not_now
    if review.status == Status.STOPPED:
        return appealed(review, verdict_of(hold_of(review.kind, review.twilio_status)))
    return _BY_STATUS.get(Status(review.status))


def shut(review: Review, now: datetime) -> Verdict | None:
    """The same for what Twilio's own word has no part in: gone, under way, cut off, just sent."""
    if review.renewal:
        return _no("A plan to make it anew is open", f"{RenewalStep(review.renewal).label}.", Route.RECREATE)
    if review.gone_at:
        return _no("No longer at Twilio", "Its last text and history are kept here.", Route.NONE)
    if review.attempt_open:
        return _no("A submission is under way", "Another one can be sent once this one is settled.", Route.WAIT)
    if review.account.disconnected_at or review.account.status != TwilioAccount.ACTIVE:
        return _no(
            "Its Twilio account is not connected",
            "Nothing can be sent until the account is connected again and open at Twilio.",
            Route.WAIT,
        )
    if review.is_rejected and is_echo(review, now):
        return _no(
            "Sent, waiting for Twilio", "Twilio still shows the verdict from before the last submission.", Route.WAIT
        )
    return None


def verdict_of(hold: Hold, found: tuple[Advice, ...] = ()) -> Verdict:
    """What keeps it from moving, as a verdict: never an edit."""
    return replace(_no(hold.headline, hold.why, hold.route), advices=found)


def appealed(review: Review, verdict: Verdict) -> Verdict:
    """The verdict of something an appeal was sent for: where it may not be edited, all there is to do is wait. Where
    it still may, the appeal closes nothing."""
    if review.appealed_at is None or verdict.allowed:
        return verdict
    return replace(
        verdict,
        route=Route.WAIT,
        headline=f"Appealed on {day(review.appealed_at)}, waiting for an answer",
        why="It comes back to the inbox when the answer is recorded here, or when Twilio changes it.",
    )


def is_final(found: Sequence[Advice]) -> bool:
    """Whether Twilio does not take it again, as it says of the reason that decides."""
    decisive = hardest(found)
    return decisive is not None and decisive.resubmittable is False


def is_echo(review: Review, now: datetime) -> bool:
    """Whether the rejection it shows is still the one from before the last submission."""
    sent = review.resubmitted_at
    return bool(sent and sent > review.status_since and now - sent < ECHO)


def _needs(route: Route, kept: Sequence[Advice], thing: str) -> str:
    theirs = [advice for advice in kept if advice.route is route]
    verb = "needs" if len(_numbers(theirs)) == 1 else "need"
    return f"{_listed(theirs)} {verb} {_NOUNS[route].format(thing=thing)}"


def _listed(found: Sequence[Advice]) -> str:
    *others, last = _numbers(found)
    return f"{', '.join(others)} and {last}" if others else last


def _numbers(found: Sequence[Advice]) -> list[str]:
    return list(dict.fromkeys(_number(advice) for advice in found))


def _number(advice: Advice) -> str:
    return str(advice.code or "the reason without a number")


def _no(headline: str, why: str, route: Route) -> Verdict:
    return Verdict(route=route, allowed=False, headline=headline, why=why, reasons=(f"{headline}.",))


# What each route puts right besides its own kind of fault. Waiting, asking and appealing change no text.
_CONTAINS = {
    **{route: frozenset({route, Route.NONE}) for route in Route},
    Route.RECREATE: frozenset({Route.RECREATE, Route.EDIT, Route.NONE}),
    Route.FIX_BRAND: frozenset({Route.FIX_BRAND, Route.RECREATE, Route.EDIT, Route.NONE}),
}
_NOUNS = {
    Route.APPEAL: "an appeal",
    Route.SUPPORT: "help from Twilio Support",
    Route.FIX_BRAND: "a repaired brand with a new {thing}",
    Route.RECREATE: "a new {thing}",
    Route.WAIT: "waiting",
    Route.EDIT: "an edit",
    Route.NONE: "nothing",
}
_BY_STATUS = {
    Status.IN_REVIEW: _no("With the reviewers", "Nothing can be changed until they answer.", Route.WAIT),
    Status.UNKNOWN: _no(
        "Twilio uses a word we do not know",
        "The state is shown as Twilio gives it. Look it up in the Console before you do anything.",
        Route.SUPPORT,
    ),
}
