"""Our way to Twilio: what it asks, what it makes of every kind of answer, and what it never does."""

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest
from urllib3 import BaseHTTPResponse

from campaigns.draft import Draft
from campaigns.renewal_draft import NewCampaign
from sandbox.handle import Account, Registration, Sandbox
from tests.referee import Referee, Sent, needs_documents
from tollfree.renewal_form import NewVerification
from twilio_api.client import Params, Twilio
from twilio_api.credentials import Credentials
from twilio_api.errors import Ambiguous, CredentialsRefused, Garbled, Gone, Refused, Throttled, Unreachable
from twilio_api.transport import Transport

SAME_SID = "QE2c6890da8086d771620e9b13fadeba0b"


@pytest.fixture
def sandbox(running_sandbox: Sandbox) -> Sandbox:
    running_sandbox.empty()
    return running_sandbox


@pytest.fixture
def at_twilio(sandbox: Sandbox) -> Account:
    return sandbox.create_account("Northbeam Software")


@pytest.fixture
def credentials(at_twilio: Account) -> Credentials:
    return Credentials(account_sid=at_twilio.sid, secret=at_twilio.auth_token)


@pytest.fixture
def waits() -> list[float]:
    """How long the client would have waited between its tries."""
    return []


@pytest.fixture
def client(sandbox: Sandbox, credentials: Credentials, waits: list[float]) -> Twilio:
    return Twilio(credentials, base_url=sandbox.base_url, timeout=0.5, wait=waits.append)


@pytest.fixture
def registered(sandbox: Sandbox, at_twilio: Account) -> Registration:
    return sandbox.register(at_twilio.sid)


def params(client: Twilio, registered: Registration) -> Params:
    return Draft.from_payload(client.campaign(registered.service_sid, SAME_SID).payload).params()


def test_a_read_is_as_old_as_its_question(client: Twilio, sandbox: Sandbox) -> None:
    sandbox.slow(0.2)
    before = datetime.now(UTC)
    answer = client.account()
    assert before <= answer.as_of
    assert (datetime.now(UTC) - answer.as_of).total_seconds() >= 0.2


def test_a_write_is_as_new_as_its_answer(client: Twilio, sandbox: Sandbox, registered: Registration) -> None:
    sandbox.reject(registered.service_sid, [30924])
    given = params(client, registered)
    sandbox.slow(0.2, method="POST")
    before = datetime.now(UTC)
    answer = client.update_campaign(registered.service_sid, SAME_SID, given)
    assert (answer.as_of - before).total_seconds() >= 0.2
    assert answer.request_id.startswith("RQ")


def test_lists_are_followed_to_their_last_page(
    client: Twilio, sandbox: Sandbox, at_twilio: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("twilio_api.client.PAGE_SIZE", 2)
    made = {sandbox.create_service(at_twilio.sid) for _ in range(5)}
    assert {answer.payload["sid"] for answer in client.services()} == made
    sandbox.create_subaccount(at_twilio.sid)
    sandbox.create_subaccount(at_twilio.sid)
    assert len(list(client.accounts())) == 3


def test_campaigns_come_in_the_shape_that_shows_their_addresses(client: Twilio, registered: Registration) -> None:
    [answer] = client.campaigns(registered.service_sid)
    assert answer.payload["privacy_policy_url"]


def test_a_throttled_read_waits_as_told_and_asks_again(client: Twilio, sandbox: Sandbox, waits: list[float]) -> None:
    sandbox.throttle(retry_after=3)
    sandbox.throttle()
    assert client.account().status == 200
    assert sorted(waits) == [1.5, 3.0]


def test_a_read_gives_up_after_its_tries(client: Twilio, sandbox: Sandbox, waits: list[float]) -> None:
    sandbox.throttle(calls=9)
    with pytest.raises(Throttled):
        client.account()
    assert len(waits) == 3
    sandbox.clear_faults()


@pytest.mark.parametrize("fault", ["server_error", "drop_before", "half_body", "wrong_json"])
def test_a_read_that_fails_once_is_repeated(client: Twilio, sandbox: Sandbox, fault: str) -> None:
    getattr(sandbox, fault)()
    assert client.account().payload["sid"] == client.account_sid


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("server_error", Ambiguous),
        ("drop_before", Ambiguous),
        ("drop_after", Ambiguous),
        ("time_out_before", Ambiguous),
        ("time_out_after", Ambiguous),
        ("half_body", Ambiguous),
        ("wrong_json", Garbled),
        ("throttle", Throttled),
    ],
)
def test_a_write_is_never_repeated(
    client: Twilio, sandbox: Sandbox, registered: Registration, fault: str, error: type[Exception]
) -> None:
    sandbox.reject(registered.service_sid, [30924])
    given = params(client, registered)
    sandbox.clear_journal()
    getattr(sandbox, fault)(method="POST")
    with pytest.raises(error):
        client.update_campaign(registered.service_sid, SAME_SID, given)
    assert len([call for call in sandbox.calls() if call.method == "POST"]) == 1
    sandbox.clear_faults()


def test_a_refusal_carries_twilios_code_and_words(client: Twilio, sandbox: Sandbox, registered: Registration) -> None:
    sandbox.reject(registered.service_sid, [30924])
    short = {**params(client, registered), "Description": "Too short."}
    with pytest.raises(Refused) as refused:
        client.update_campaign(registered.service_sid, SAME_SID, short)
    assert (refused.value.status, refused.value.code) == (400, 21728)


def test_what_is_not_there_is_gone(client: Twilio) -> None:
    with pytest.raises(Gone):
        client.brand("BN" + "0" * 32)


def test_what_is_deleted_twice_is_gone_the_second_time(client: Twilio, registered: Registration) -> None:
    client.delete_campaign(registered.service_sid, SAME_SID)
    with pytest.raises(Gone):
        client.delete_campaign(registered.service_sid, SAME_SID)


def test_a_verification_is_found_by_its_reference(client: Twilio, sandbox: Sandbox, at_twilio: Account) -> None:
    ours = sandbox.register_number(at_twilio.sid, external_reference_id="redress-1")
    sandbox.register_number(at_twilio.sid, phone="+18445550199", tollfree_phone_number_sid="PN" + "9" * 32)
    found = client.tollfree_verifications(ExternalReferenceId="redress-1")
    assert [answer.payload["sid"] for answer in found] == [ours]


def test_wrong_credentials_are_told_apart(sandbox: Sandbox, at_twilio: Account) -> None:
    stranger = Twilio(Credentials(account_sid=at_twilio.sid, secret="wrong"), base_url=sandbox.base_url)
    with pytest.raises(CredentialsRefused):
        stranger.account()


def test_nobody_listening_is_unreachable(credentials: Credentials, waits: list[float]) -> None:
    with pytest.raises(Unreachable):
        Twilio(credentials, base_url="http://127.0.0.1:9", wait=waits.append).account()


@pytest.mark.parametrize(
    "address", ["https://evil.example/next", "http://messaging.twilio.com/v1", "https://twilio.com.evil.example/"]
)
def test_credentials_go_to_twilio_only(address: str, sandbox: Sandbox) -> None:
    with pytest.raises(Unreachable, match="Not an address of Twilio"):
        Transport(sandbox.base_url, 1.0).request("GET", address, headers={}, auth=("AC", "secret"))
    with pytest.raises(Unreachable, match="Not an address of Twilio"):
        Transport("", 1.0).request("GET", address, headers={}, auth=("AC", "secret"))


def test_credentials_never_show_their_secret() -> None:
    shown = repr(Credentials(account_sid="AC1", secret="hush", key_sid="SK1"))
    assert "hush" not in shown
    assert "AC1" in shown


class Refereed(Transport):
    """Sends before the referee's eyes."""

    def __init__(self, base_url: str, referee: Referee) -> None:
        super().__init__(base_url, 5.0)
        self._referee = referee

    def ask(self, method: str, address: str, body: str, headers: Mapping[str, str]) -> BaseHTTPResponse:
        answer = super().ask(method, address, body, headers)
        self._referee.judge(Sent(method, address, headers, body, answer.status, answer.data))
        return answer


def number_of(client: Twilio, sid: str) -> str:
    return str(client.tollfree_verification(sid).payload["tollfree_phone_number_sid"])


@needs_documents
def test_twilios_documents_allow_every_request_of_ours(
    sandbox: Sandbox, at_twilio: Account, credentials: Credentials, registered: Registration
) -> None:
    referee = Referee()
    client = Twilio(credentials, transport=Refereed(sandbox.base_url, referee))
    number = sandbox.register_number(at_twilio.sid)
    client.account()
    for listing in (client.accounts(), client.brands(), client.customer_profiles(), client.services()):
        assert list(listing)
    assert list(client.tollfree_verifications())
    client.brand(registered.brand_sid)
    client.tollfree_verification(number)
    [campaign] = client.campaigns(registered.service_sid)
    sandbox.reject(registered.service_sid, [30924])
    draft = Draft.from_payload(campaign.payload)
    client.update_campaign(registered.service_sid, SAME_SID, draft.params())
    client.use_cases(registered.service_sid, registered.brand_sid)
    client.delete_campaign(registered.service_sid, SAME_SID)
    client.create_campaign(registered.service_sid, NewCampaign.from_payload(campaign.payload).params())
    [verification] = client.tollfree_verifications(TollfreePhoneNumberSid=number_of(client, number))
    client.delete_tollfree_verification(number)
    new = NewVerification.from_payload(verification.payload)
    client.create_tollfree_verification(new.params(str(verification.payload["tollfree_phone_number_sid"]), "redress-1"))
    assert len(referee.judged) == 17
