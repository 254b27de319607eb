"""Reading one item again because somebody asks: at once, and answered in words whatever happens."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.models import TwilioAccount
from accounts.secrets import SealBroken
from reviews.access import review_to_read
from reviews.models import Review, Source
from reviews.status import Status
from sync.failures import explain_failure
from sync.remote import twilio_at_once
from sync.singles import read_again
from twilio_api.errors import Ambiguous, CredentialsRefused, GiveWay, Throttled, TwilioError, Unreachable


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a reading came to, for the person who asked: a level of django.contrib.messages and a sentence."""

    level: int
    words: str


@require_POST
def check_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Re-reads the item at Twilio and comes back to its page. Whoever may see it may ask."""
    outcome = check(review_to_read(request, pk))
    messages.add_message(request, outcome.level, outcome.words)
    return redirect("reviews:item", pk)


def check(review: Review) -> Outcome:
    """Reads the item once, now. Never raises for anything Twilio does: the outcome says what and what to do."""
    account = review.account
    if account.disconnected_at or account.status != TwilioAccount.ACTIVE:
        return Outcome(messages.WARNING, "Its account is closed or disconnected, so it is not read any more.")
    try:
        tally = read_again(account, twilio_at_once(account), review, Source.OPERATOR)
    except (TwilioError, SealBroken) as error:
        return Outcome(messages.ERROR, f"Nothing was read. {_explain(error)}")
    return _outcome(review, Review.objects.get(pk=review.pk), is_readable=not tally.failed)


def _outcome(before: Review, now: Review, *, is_readable: bool) -> Outcome:
    if not is_readable:
        return Outcome(messages.WARNING, "Twilio answered, but not in a way we can read. The last good answer stays.")
    if now.gone_at:
        return Outcome(messages.WARNING, "Twilio does not have it any more. Its last text and history stay here.")
    if now.status != before.status:
        return Outcome(
            messages.SUCCESS, f"Read just now: {Status(before.status).label} became {Status(now.status).label}."
        )
    changed = "something changed, its state did not" if now.digest != before.digest else "nothing has changed"
    return Outcome(messages.SUCCESS, f"Read just now: {changed}.")


def _explain(error: Exception) -> str:
    if isinstance(error, CredentialsRefused | SealBroken):
        return explain_failure(error)
    if isinstance(error, GiveWay):
        return f"{error} Try again in a moment; its turn comes by itself too."
    if isinstance(error, Throttled):
        return "Twilio asks us to slow down. Try again in a minute."
    if isinstance(error, Unreachable):
        return "Twilio could not be reached. What you see is the last reading; it is tried again by itself."
    if isinstance(error, Ambiguous):
        return "Twilio did not answer properly. What you see is the last reading; it is tried again by itself."
    return f"Twilio refused to show it: {error}"
