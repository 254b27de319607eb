"""What a person may ask Twilio for besides a repair: the owner asked again, a vetting imported. One call each, at once,
audited, one at a time; an answer that never came is looked for and never taken for a no."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

import audit.record
from accounts.models import User
from accounts.secrets import SealBroken
from brands import asking
from brands.models import Brand
from brands.otp import waits_for_owner
from brands.registration import PROVIDERS, is_running, takes_vettings
from reviews.models import Review
from reviews.payloads import storable, text
from sync.check import Outcome
from sync.failures import explain_failure
from sync.remote import twilio_at_once
from twilio_api.answer import Payload
from twilio_api.client import Twilio
from twilio_api.errors import Ambiguous, CredentialsRefused, Refused, Throttled, TwilioError, Unreachable

# A second click within this time is the same one.
ONE_AT_A_TIME = timedelta(seconds=60)
TWICE = Outcome(messages.WARNING, "This was asked for within the last minute. Nothing was sent a second time.")


def resend_otp(review: Review, by: User) -> Outcome:
    """Twilio sends the owner another text message, and the 24 hours begin anew."""
    brand, now = Brand.objects.get(review=review), timezone.now()
    if not waits_for_owner(review, brand):
        return Outcome(messages.WARNING, "Nobody has to confirm this brand now. Nothing was sent.")
    # Written down before the call: whoever comes after a kill sees that it may have gone out.
    if not _claim(review, by, now, "brand:otp_resent", {}, otp_sent_at=now, otp_is_unsure=True):
        return TWICE
    try:
        twilio_at_once(review.account).resend_brand_otp(brand.sid)
    except Ambiguous:
        words = "Twilio did not answer: the message may have gone out. Ask the owner before you send another."
        return Outcome(messages.WARNING, words)
    except (TwilioError, SealBroken) as error:
        _release(review, otp_sent_at=brand.otp_sent_at, otp_is_unsure=brand.otp_is_unsure)
        return Outcome(messages.ERROR, f"Nothing was sent. {_explain(error)}")
    Brand.objects.filter(review=review).update(otp_is_unsure=False)
    return Outcome(messages.SUCCESS, "Twilio sends the owner another message. It counts for 24 hours.")


def import_vetting(review: Review, by: User, provider: str, vetting_id: str) -> Outcome:
    """Twilio fetches what a third party found out. The token opens that to whoever has it, so it is neither logged nor
    kept in the trail."""
    brand, now = Brand.objects.get(review=review), timezone.now()
    if not takes_vettings(review, brand):
        return Outcome(messages.WARNING, "Only an approved standard brand takes a vetting from elsewhere.")
    if is_running(brand):
        return Outcome(messages.WARNING, "Another vetting of this brand is under way. Wait for it.")
    if _find(brand.vettings, provider, vetting_id):
        return Outcome(messages.WARNING, "This vetting is there already.")
    if not _claim(review, by, now, "brand:vetting_imported", {"provider": provider}):
        return TWICE
    try:
        twilio = twilio_at_once(review.account)
        vetting = _import(twilio, brand, provider, vetting_id)
    except (TwilioError, SealBroken) as error:
        return _not_imported(review, error, now)
    if vetting is None:
        words = "Twilio did not answer and shows none so far. Look again in a minute before you send it once more."
        return Outcome(messages.WARNING, words)
    _keep(review, vetting)
    asking.ask(review, now, at_once=True)
    return Outcome(messages.SUCCESS, f"{PROVIDERS[provider]} is asked. What it says appears here.")


def _import(twilio: Twilio, brand: Brand, provider: str, vetting_id: str) -> Payload | None:
    """The vetting Twilio made, read back where it did not answer; None where it shows none. Raises Ambiguous where that
    cannot be read either: a list that was refused says nothing about the import."""
    try:
        return twilio.import_brand_vetting(brand.sid, provider, vetting_id).payload
    except Ambiguous:
        return _find(_vettings_now(twilio, brand), provider, vetting_id)


def _vettings_now(twilio: Twilio, brand: Brand) -> list[Payload]:
    try:
        return [answer.payload for answer in twilio.brand_vettings(brand.sid)]
    except TwilioError as error:
        raise Ambiguous(str(error)) from error


def _not_imported(review: Review, error: Exception, now: datetime) -> Outcome:
    if isinstance(error, Ambiguous):
        asking.ask(review, now, at_once=True)
        return Outcome(messages.WARNING, "Twilio did not answer: it may have arrived. It is looked for.")
    _release(review)
    return Outcome(messages.ERROR, f"Nothing was imported. {_explain(error)}")


def _find(vettings: list[Any], provider: str, vetting_id: str) -> Payload | None:
    listed = (vetting for vetting in vettings if isinstance(vetting, dict))
    asked = (provider, vetting_id)
    return next((v for v in listed if (text(v, "vetting_provider"), text(v, "vetting_id")) == asked), None)


@transaction.atomic
def _claim(review: Review, by: User, now: datetime, action: str, told: dict[str, str], **columns: Any) -> bool:
    """Takes the brand for one action, and writes down who asked for it. False while another is under way."""
    free = Brand.objects.filter(Q(action_at=None) | Q(action_at__lt=now - ONE_AT_A_TIME), review=review)
    if not free.update(action_at=now, **columns):
        return False
    account = review.account.sid
    audit.record.record(by, action, review.subject, str(review), account=account, customer=review.customer.name, **told)
    return True


def _release(review: Review, **columns: Any) -> None:
    Brand.objects.filter(review=review).update(action_at=None, **columns)


@transaction.atomic
def _keep(review: Review, vetting: Payload) -> None:
    brand = Brand.objects.select_for_update().get(review=review)
    sid = text(vetting, "brand_vetting_sid")
    others = [v for v in brand.vettings if isinstance(v, dict) and text(v, "brand_vetting_sid") != sid]
    brand.vettings = [storable(vetting), *others]
    brand.save(update_fields=["vettings"])


def _explain(error: Exception) -> str:
    if isinstance(error, CredentialsRefused | SealBroken):
        return explain_failure(error)
    if isinstance(error, Throttled):
        return "Twilio asks us to slow down. Try again in a minute."
    if isinstance(error, Unreachable):
        return "Twilio could not be reached. Try again."
    return f"Twilio refused it: {error}" if isinstance(error, Refused) else str(error)
