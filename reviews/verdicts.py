"""What the kinds' verdicts have in common: the advice for each reason, and the states nobody can act in."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from accounts.models import TwilioAccount
from reviews.contract import Rejection, Verdict
from reviews.models import Review
from reviews.status import Status
from rulebook.explain import Advice, explain, hardest
from rulebook.routes import Route

# How long an old rejection is taken for the echo of one that was just answered. Twilio may show the new state late.
ECHO = timedelta(hours=1)


def advices(review: Review) -> tuple[Advice, ...]:
    """What the rulebook says of each reason, in Twilio's order."""
    return tuple(explain(review.kind, r.code, r.description, r.fields) for r in review.reasons)


def route_of(found: Sequence[Advice]) -> Route:
    """The route of the hardest reason; EDIT where Twilio gave no reason at all."""
    decisive = hardest(found)
    return decisive.route if decisive else Route.EDIT


def state_by_route(kind: str, reasons: Sequence[Rejection]) -> Status:
    """What a rejection asks of us: a fix where an edit can cure all of it, else a decision."""
    route = route_of([explain(kind, r.code, r.description, r.fields) for r in reasons])
    return Status.NEEDS_FIX if route == Route.EDIT else Status.NEEDS_DECISION


def closed(review: Review, now: datetime) -> Verdict | None:
    """The verdict where nothing can be sent whatever the kind: gone, under way, cut off, waiting, stopped, unknown."""
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
    return _BY_STATUS.get(Status(review.status))


def is_echo(review: Review, now: datetime) -> bool:
    """Whether the rejection it shows is still the one from before the last submission."""
    sent = review.resubmitted_at
    return bool(sent and sent > review.status_since and now - sent < ECHO)


def _no(headline: str, why: str, route: Route) -> Verdict:
    return Verdict(route=route, allowed=False, headline=headline, why=why, reasons=(f"{headline}.",))


_BY_STATUS = {
    Status.IN_REVIEW: _no("With the reviewers", "Nothing can be changed until they answer.", Route.WAIT),
    Status.STOPPED: _no(
        "Stopped by Twilio or a carrier",
        "A suspended registration cannot be edited. Ask Twilio Support what happened and what would lift it.",
        Route.SUPPORT,
    ),
    Status.UNKNOWN: _no(
        "Twilio uses a word we do not know",
        "The state is shown as Twilio gives it. Look it up in the Console before you do anything.",
        Route.SUPPORT,
    ),
}
