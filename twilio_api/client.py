"""Twilio in the words of our domain. Payloads are kept whole: the library's own models drop what they do not know.

Endpoints and fields: Twilio's OpenAPI documents, HEAD of 2026-04-14, and www.twilio.com/docs/messaging/compliance.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

from twilio.http.response import Response
from twilio.rest import Client

from twilio_api.answer import Answer
from twilio_api.credentials import Credentials
from twilio_api.errors import (
    Ambiguous,
    Garbled,
    GiveWay,
    Throttled,
    Unreachable,
)
from twilio_api.limiter import Call, Limiter, Unlimited
from twilio_api.responses import API, answer_of, next_page, raise_for, told_by
from twilio_api.transport import Transport

MESSAGING = "https://messaging.twilio.com/v1"
TRUSTHUB = "https://trusthub.twilio.com/v1"
EVENTS = "https://events.twilio.com/v1"
# The campaign's two policy URLs are only in the second answer shape, and any value asks for it: the documents
# name the header, not its values (OpenAPI of 2026-04-14; unverified against Twilio itself).
CAMPAIGN_SHAPE = {"X-Twilio-Api-Version": "v1.2"}
PAGE_SIZE = 500
# TrustHub's two kinds of bundle, by our word for them.
BUNDLES = {"customer_profile": "CustomerProfiles", "trust_product": "TrustProducts"}
# A read is safe to repeat. Waits in seconds; Twilio's Retry-After goes before, up to LONGEST_WAIT.
READ_WAITS = (0.5, 1.5, 4.0)
LONGEST_WAIT = 30.0

type Params = Mapping[str, str | bool | Sequence[str]]


class Twilio:
    """One account's way to Twilio. Not shared between threads; make one for each piece of work."""

    def __init__(
        self,
        credentials: Credentials,
        *,
        base_url: str = "",
        timeout: float = 20.0,
        transport: Transport | None = None,
        limiter: Limiter | None = None,
        read_waits: Sequence[float] | None = None,
        wait: Callable[[float], None] = time.sleep,
    ) -> None:
        self.account_sid = credentials.account_sid
        self._transport = transport or Transport(base_url, timeout)
        self._limiter = limiter or Unlimited()
        self._read_waits, self._wait = READ_WAITS if read_waits is None else read_waits, wait
        self._asked_at = datetime.now(UTC)
        self._begin_at = ""
        # An environment that is not empty keeps the host's TWILIO_REGION and TWILIO_EDGE out of our addresses.
        self._client = Client(  # type: ignore[no-untyped-call]
            credentials.username,
            credentials.secret,
            credentials.account_sid,
            http_client=self._transport,
            environment={"_": "_"},
        )

    @property
    def calls(self) -> int:
        """How many requests have been made."""
        return self._transport.calls

    def begin_at(self, page: str) -> None:
        """The list that this page belongs to is read from there on, once: to go on where a reading was interrupted."""
        self._begin_at = page

    # --- reading; each raises Refused, Throttled, Unreachable or Ambiguous ---

    def account(self) -> Answer:
        return self._read(f"{API}/2010-04-01/Accounts/{self.account_sid}.json")

    def accounts(self) -> Iterator[Answer]:
        """The account itself and its subaccounts. Their payloads carry auth tokens: never store or log them whole."""
        return self._list(f"{API}/2010-04-01/Accounts.json", "accounts")

    def brands(self) -> Iterator[Answer]:
        return self._list(f"{MESSAGING}/a2p/BrandRegistrations", "data")

    def brand(self, sid: str) -> Answer:
        return self._read(f"{MESSAGING}/a2p/BrandRegistrations/{sid}")

    def brand_vettings(self, sid: str) -> Iterator[Answer]:
        return self._list(f"{MESSAGING}/a2p/BrandRegistrations/{sid}/Vettings", "data")

    def customer_profiles(self) -> Iterator[Answer]:
        return self._list(f"{TRUSTHUB}/CustomerProfiles", "results")

    def bundle(self, kind: str, sid: str) -> Answer:
        """A customer profile or a trust product; `kind` is one of BUNDLES."""
        return self._read(_bundle_url(kind, sid))

    def bundle_assignments(self, kind: str, sid: str) -> Iterator[Answer]:
        return self._list(f"{_bundle_url(kind, sid)}/EntityAssignments", "results")

    def bundle_evaluations(self, kind: str, sid: str) -> Iterator[Answer]:
        return self._list(f"{_bundle_url(kind, sid)}/Evaluations", "results")

    def end_user(self, sid: str) -> Answer:
        return self._read(f"{TRUSTHUB}/EndUsers/{sid}")

    def document(self, sid: str) -> Answer:
        return self._read(f"{TRUSTHUB}/SupportingDocuments/{sid}")

    def address(self, sid: str) -> Answer:
        return self._read(f"{API}/2010-04-01/Accounts/{self.account_sid}/Addresses/{sid}.json")

    def services(self) -> Iterator[Answer]:
        return self._list(f"{MESSAGING}/Services", "services")

    def campaigns(self, service_sid: str) -> Iterator[Answer]:
        return self._list(f"{MESSAGING}/Services/{service_sid}/Compliance/Usa2p", "compliance", CAMPAIGN_SHAPE)

    def campaign(self, service_sid: str, sid: str) -> Answer:
        return self._read(f"{MESSAGING}/Services/{service_sid}/Compliance/Usa2p/{sid}", CAMPAIGN_SHAPE)

    def use_cases(self, service_sid: str, brand_sid: str) -> Answer:
        """What campaigns of this brand may be for; an empty list where it may have none."""
        asked = urlencode({"BrandRegistrationSid": brand_sid})
        return self._read(f"{MESSAGING}/Services/{service_sid}/Compliance/Usa2p/Usecases?{asked}")

    def tollfree_verifications(self, **filters: str) -> Iterator[Answer]:
        """All of them, or those that fit: `TollfreePhoneNumberSid`, `ExternalReferenceId`."""
        return self._list(f"{MESSAGING}/Tollfree/Verifications", "verifications", filters=filters)

    def tollfree_verification(self, sid: str) -> Answer:
        return self._read(f"{MESSAGING}/Tollfree/Verifications/{sid}")

    def sinks(self) -> Iterator[Answer]:
        """Where this account's events go, ours and others'."""
        return self._list(f"{EVENTS}/Sinks", "sinks")

    def subscriptions(self) -> Iterator[Answer]:
        return self._list(f"{EVENTS}/Subscriptions", "subscriptions")

    def subscribed_types(self, subscription_sid: str) -> Iterator[Answer]:
        return self._list(f"{EVENTS}/Subscriptions/{subscription_sid}/SubscribedEvents", "types")

    def event_types(self) -> Iterator[Answer]:
        """The types of events there are to subscribe to, whatever they are about."""
        return self._list(f"{EVENTS}/Types", "types")

    # --- writing; never repeated here, whatever happens ---

    def update_campaign(self, service_sid: str, sid: str, params: Params) -> Answer:
        """Resubmits a campaign. After Refused, Throttled, Unreachable nothing has happened; after Ambiguous it may."""
        return self._write(f"{MESSAGING}/Services/{service_sid}/Compliance/Usa2p/{sid}", params, CAMPAIGN_SHAPE)

    def update_tollfree_verification(self, sid: str, params: Params) -> Answer:
        """Edits and resubmits a verification: the fields that are sent change, the others stay. After Refused,
        Throttled, Unreachable nothing has happened; after Ambiguous it may."""
        return self._write(f"{MESSAGING}/Tollfree/Verifications/{sid}", params)

    def create_campaign(self, service_sid: str, params: Params) -> Answer:
        """Registers a campaign, which may cost a fee. After Refused, Throttled, Unreachable nothing has happened; after
        Ambiguous it may: list the service before this is called again."""
        return self._write(f"{MESSAGING}/Services/{service_sid}/Compliance/Usa2p", params, CAMPAIGN_SHAPE)

    def create_tollfree_verification(self, params: Params) -> Answer:
        """Submits a verification. After Ambiguous, look for its `ExternalReferenceId` before this is called again."""
        return self._write(f"{MESSAGING}/Tollfree/Verifications", params)

    # Whoever deletes twice gets Gone the second time: harmless, as long as nothing new stands there by then.

    def delete_campaign(self, service_sid: str, sid: str) -> None:
        self._call("DELETE", f"{MESSAGING}/Services/{service_sid}/Compliance/Usa2p/{sid}")

    def delete_tollfree_verification(self, sid: str) -> None:
        self._call("DELETE", f"{MESSAGING}/Tollfree/Verifications/{sid}")

    def update_brand(self, sid: str) -> Answer:
        """Resubmits a brand: no body, it is judged by what its bundles hold. After Refused, Throttled, Unreachable
        nothing has happened; after Ambiguous it may."""
        return self._write(f"{MESSAGING}/a2p/BrandRegistrations/{sid}", {})

    def update_end_user(self, sid: str, attributes: Mapping[str, Any]) -> Answer:
        """Replaces the attributes as a whole."""
        return self._write(f"{TRUSTHUB}/EndUsers/{sid}", {"Attributes": json.dumps(attributes)})

    def update_address(self, sid: str, params: Params) -> Answer:
        """The fields that are sent change, the others stay; taken as it is written, not as Twilio would correct it."""
        url = f"{API}/2010-04-01/Accounts/{self.account_sid}/Addresses/{sid}.json"
        return self._write(url, {**params, "AutoCorrectAddress": False})

    def evaluate_bundle(self, kind: str, sid: str, policy_sid: str) -> Answer:
        """Whether a bundle holds all its policy asks for. Judges nothing and spends nothing."""
        return self._write(f"{_bundle_url(kind, sid)}/Evaluations", {"PolicySid": policy_sid})

    def submit_bundle(self, kind: str, sid: str) -> Answer:
        """Hands a bundle to Twilio's reviewers."""
        return self._write(_bundle_url(kind, sid), {"Status": "pending-review"})

    def resend_brand_otp(self, sid: str) -> Answer:
        """Asks the owner of a sole proprietor's brand once more, by text message."""
        return self._write(f"{MESSAGING}/a2p/BrandRegistrations/{sid}/SmsOtp", {})

    def import_brand_vetting(self, sid: str, provider: str, vetting_id: str) -> Answer:
        params = {"VettingProvider": provider} | ({"VettingId": vetting_id} if vetting_id else {})
        return self._write(f"{MESSAGING}/a2p/BrandRegistrations/{sid}/Vettings", params)

    def create_sink(self, description: str, destination: str) -> Answer:
        """A webhook for events, several of them in one request. After Ambiguous it may exist: list before repeating."""
        configuration = {"destination": destination, "method": "POST", "batch_events": True}
        params = {"Description": description, "SinkConfiguration": json.dumps(configuration), "SinkType": "webhook"}
        return self._write(f"{EVENTS}/Sinks", params)

    def test_sink(self, sid: str) -> Answer:
        """Has Twilio send a test event there."""
        return self._write(f"{EVENTS}/Sinks/{sid}/Test", {})

    def delete_sink(self, sid: str) -> None:
        """Raises Gone when there is none."""
        self._call("DELETE", f"{EVENTS}/Sinks/{sid}")

    def create_subscription(self, description: str, sink_sid: str, types: Sequence[str]) -> Answer:
        """The sink has to be active. Versions are left out: Twilio takes the type's own."""
        written = [json.dumps({"type": name}) for name in types]
        return self._write(
            f"{EVENTS}/Subscriptions", {"Description": description, "SinkSid": sink_sid, "Types": written}
        )

    def subscribe(self, subscription_sid: str, name: str) -> Answer:
        """Adds one type of event to a subscription."""
        return self._write(f"{EVENTS}/Subscriptions/{subscription_sid}/SubscribedEvents", {"Type": name})

    def delete_subscription(self, sid: str) -> None:
        """Raises Gone when there is none."""
        self._call("DELETE", f"{EVENTS}/Subscriptions/{sid}")

    # --- how ---

    def _list(
        self, url: str, key: str, headers: Mapping[str, str] | None = None, *, filters: Mapping[str, str] | None = None
    ) -> Iterator[Answer]:
        next_url = self._begin(f"{url}?{urlencode({'PageSize': PAGE_SIZE, **(filters or {})})}")
        asked = set[str]()
        while next_url:
            if next_url in asked:
                raise Garbled("Twilio's list comes back to a page that it showed already.")
            asked.add(next_url)
            answer = self._read(next_url, headers)
            page, asked_at = answer.payload, answer.as_of
            records = page.get(key)
            if not isinstance(records, list):
                raise Garbled(f"Twilio's list has no “{key}”.")
            next_url = next_page(page)
            for left, record in zip(range(len(records) - 1, -1, -1), records, strict=True):
                payload = record if isinstance(record, dict) else {"unreadable": record}
                yield Answer(payload, asked_at, ends_page=not left, next_page=next_url)

    def _begin(self, first_page: str) -> str:
        if self._begin_at.partition("?")[0] != first_page.partition("?")[0]:
            return first_page
        page, self._begin_at = self._begin_at, ""
        return page

    def _read(self, url: str, headers: Mapping[str, str] | None = None) -> Answer:
        for wait in (*self._read_waits, None):
            try:
                return answer_of(self._call("GET", url, headers=headers), self._asked_at)
            except GiveWay:
                raise
            except Throttled as error:
                if wait is None:
                    raise
                if isinstance(self._limiter, Unlimited):  # otherwise the limiter lets nobody through before it is time
                    self._wait(min(error.retry_after or wait, LONGEST_WAIT))
            except (Unreachable, Ambiguous):
                if wait is None:
                    raise
                self._wait(wait)
        raise AssertionError("the last try returns or raises")

    def _write(self, url: str, params: Params, headers: Mapping[str, str] | None = None) -> Answer:
        response = self._call("POST", url, data=params, headers=headers)
        return answer_of(response, datetime.now(UTC))

    def _call(
        self, method: str, url: str, *, data: Params | None = None, headers: Mapping[str, str] | None = None
    ) -> Response:
        place, response = self._limiter.before(self.account_sid, Call.of(method)), None
        self._asked_at = datetime.now(UTC)
        try:
            response = self._client.request(method, url, data=_form(data), headers=dict(headers or {}))
        finally:
            place.after(*told_by(response))
        raise_for(response)
        return response


def _bundle_url(kind: str, sid: str) -> str:
    return f"{TRUSTHUB}/{BUNDLES[kind]}/{sid}"


def _form(params: Params | None) -> dict[str, Any] | None:
    """Twilio's form dialect: true and false in lower case, lists as repeated keys."""
    if params is None:
        return None
    return {key: str(value).lower() if isinstance(value, bool) else value for key, value in params.items()}
