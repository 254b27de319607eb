"""The verbs: bending the world, and looking at what happened in it."""

import json
import socket
import time
from base64 import b64encode
from http.client import IncompleteRead, RemoteDisconnected
from urllib.parse import urlencode, urlsplit

import pytest

from sandbox.handle import Account, Registration, Sandbox, VerbRefused
from tests.sandbox.conftest import speaks_as
from tests.sandbox.speaker import MESSAGING, Speaker, campaign_path, update_form

SERVICES = f"{MESSAGING}/Services"


@pytest.fixture
def rejected(sandbox: Sandbox, registration: Registration) -> Registration:
    sandbox.reject(registration.service_sid, [30924])
    return registration


def submit(speaker: Speaker, registration: Registration) -> None:
    path = campaign_path(registration.service_sid)
    speaker.post(path, update_form(speaker.get(path).body))


def status(speaker: Speaker, registration: Registration) -> str:
    return str(speaker.get(campaign_path(registration.service_sid)).body["campaign_status"])


def test_answers_wear_twilios_dress(speaker: Speaker) -> None:
    headers = speaker.get(SERVICES).headers
    assert headers["Content-Type"] == "application/json;charset=utf-8"
    assert headers["Twilio-Request-Id"].startswith("RQ")


def test_an_unknown_path_and_a_wrong_method_are_told_apart(speaker: Speaker, registration: Registration) -> None:
    assert (speaker.get(f"{MESSAGING}/Nothing").status, speaker.get("/voice.twilio.com/v1/Calls").code) == (404, 20404)
    assert speaker.delete(SERVICES).status == 405


# Faults


def test_a_slow_call_brings_the_news_of_when_it_was_asked(sandbox: Sandbox, speaker: Speaker) -> None:
    sandbox.slow(0.2, path="/Services$")
    begun = time.monotonic()
    assert speaker.get(SERVICES).status == 200
    assert time.monotonic() - begun >= 0.2


def test_a_slow_call_holds_nobody_else(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    impatient = Speaker(sandbox.base_url, account.sid, account.auth_token, patience=0.1)
    sandbox.time_out_before(5)
    with pytest.raises(TimeoutError):
        impatient.get(SERVICES)
    begun = time.monotonic()
    assert speaker.get(SERVICES).status == 200
    assert time.monotonic() - begun < 1


def test_a_timeout_before_writing_changes_nothing(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    sandbox.time_out_before(0.05, method="POST")
    with pytest.raises(RemoteDisconnected):
        submit(speaker, rejected)
    assert status(speaker, rejected) == "FAILED"
    assert sandbox.counters().updates_of(rejected.service_sid) == 0


def test_a_timeout_after_writing_was_carried_out(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    sandbox.time_out_after(0.05, method="POST", path="/Usa2p/")
    with pytest.raises(RemoteDisconnected):
        submit(speaker, rejected)
    assert status(speaker, rejected) == "PENDING"
    assert sandbox.counters().updates_of(rejected.service_sid) == 1


def test_a_dropped_connection_before_or_after_processing(
    sandbox: Sandbox, speaker: Speaker, rejected: Registration
) -> None:
    statuses = []
    for drop in (sandbox.drop_before, sandbox.drop_after):
        drop(method="POST")
        with pytest.raises(RemoteDisconnected):
            submit(speaker, rejected)
        statuses.append(status(speaker, rejected))
    assert statuses == ["FAILED", "PENDING"]


@pytest.mark.parametrize(("retry_after", "header"), [(None, None), (7, "7")])
def test_a_throttled_call_is_not_carried_out(
    sandbox: Sandbox, speaker: Speaker, rejected: Registration, retry_after: int | None, header: str | None
) -> None:
    sandbox.throttle(retry_after=retry_after, method="POST")
    reply = speaker.post(campaign_path(rejected.service_sid), {})
    assert (reply.status, reply.code, reply.headers.get("Retry-After")) == (429, 20429, header)
    assert sandbox.counters().updates_of(rejected.service_sid) == 0


def test_a_server_error_is_answered_in_twilios_words(sandbox: Sandbox, speaker: Speaker) -> None:
    sandbox.server_error()
    assert (speaker.get(SERVICES).status, speaker.get(SERVICES).status) == (500, 200)


def test_half_a_body_breaks_off(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    sandbox.half_body()
    with pytest.raises(IncompleteRead):
        speaker.get(SERVICES)


def test_half_a_request_is_no_request(sandbox: Sandbox, account: Account, rejected: Registration) -> None:
    """Whoever asks may be killed between two packets."""
    content = urlencode({"Description": "Larkspur Bike Repair texts customers who booked a repair. " * 3})
    sign_in = b64encode(f"{account.sid}:{account.auth_token}".encode()).decode()
    head = (
        f"POST {campaign_path(rejected.service_sid)} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Basic {sign_in}\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(content)}\r\n\r\n"
    )
    address = urlsplit(sandbox.base_url)
    with socket.create_connection((address.hostname or "", address.port or 0), timeout=10) as line:
        line.sendall((head + content[: len(content) // 2]).encode())
        line.shutdown(socket.SHUT_WR)
        assert line.recv(1) == b"", "hung up without a word"
    assert sandbox.counters().updates_of(rejected.service_sid) == 0


def test_wrong_json_cannot_be_read(sandbox: Sandbox, speaker: Speaker) -> None:
    sandbox.wrong_json()
    with pytest.raises(json.JSONDecodeError):
        speaker.get(SERVICES)


def test_a_fault_strikes_as_often_as_asked_and_only_what_fits(sandbox: Sandbox, speaker: Speaker) -> None:
    sandbox.throttle(calls=2, method="GET", path=r"/BrandRegistrations$")
    asked = [SERVICES, *[f"{MESSAGING}/a2p/BrandRegistrations"] * 3]
    assert [speaker.get(path).status for path in asked] == [200, 429, 429, 200]


def test_faults_can_be_cleared(sandbox: Sandbox, speaker: Speaker) -> None:
    sandbox.server_error(calls=100)
    sandbox.clear_faults()
    assert speaker.get(SERVICES).status == 200


# Bending


def test_an_item_can_be_approved_suspended_and_taken_away(
    sandbox: Sandbox, speaker: Speaker, rejected: Registration
) -> None:
    sandbox.approve(rejected.service_sid)
    approved = status(speaker, rejected)
    sandbox.suspend(rejected.service_sid)
    suspended = status(speaker, rejected)
    sandbox.remove(rejected.service_sid)
    assert (approved, suspended) == ("VERIFIED", "SUSPENDED")
    assert speaker.get(campaign_path(rejected.service_sid)).status == 404


def test_any_word_can_be_a_status(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    sandbox.set_status(registration.service_sid, "ON_THE_MOON")
    assert status(speaker, registration) == "ON_THE_MOON"


def test_a_rejection_may_flag_other_fields(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    sandbox.reject(registration.service_sid, [30893, 30886], fields={30893: ["SAMPLE_MESSAGE_2"]})
    errors = speaker.get(campaign_path(registration.service_sid)).body["errors"]
    assert [error["fields"] for error in errors] == [["SAMPLE_MESSAGE_2"], ["USE_CASE_DESCRIPTION"]]


def test_an_edit_elsewhere_is_in_review_and_in_no_counter(
    sandbox: Sandbox, speaker: Speaker, rejected: Registration
) -> None:
    sandbox.edit_elsewhere(rejected.service_sid, description="Changed in the Console by somebody else, long enough.")
    body = speaker.get(campaign_path(rejected.service_sid)).body
    assert (body["campaign_status"], body["description"][:7]) == ("PENDING", "Changed")
    assert sandbox.counters().updates_of(rejected.service_sid) == 0


def test_an_override_shows_odd_payloads_until_undone(
    sandbox: Sandbox, speaker: Speaker, registration: Registration
) -> None:
    path = campaign_path(registration.service_sid)
    before = speaker.get(path).body
    sandbox.override(registration.service_sid, {"errors": None, "surprise": [1]}, missing=["campaign_status"])
    odd = speaker.get(path).body
    sandbox.override(registration.service_sid)
    assert (odd["errors"], odd["surprise"], "campaign_status" in odd) == (None, [1], False)
    assert speaker.get(path).body == before


def test_a_service_can_be_overridden_where_it_has_no_campaign(
    sandbox: Sandbox, speaker: Speaker, account: Account
) -> None:
    service = sandbox.create_service(account.sid)
    sandbox.override(service, missing=["friendly_name"])
    assert "friendly_name" not in speaker.get(f"{SERVICES}/{service}").body


def test_an_unknown_verb_item_or_fault_says_so(sandbox: Sandbox) -> None:
    with pytest.raises(VerbRefused, match="no item"):
        sandbox.approve("MG" + "0" * 32)
    with pytest.raises(VerbRefused, match="no account"):
        sandbox.create_service("AC" + "0" * 32)
    with pytest.raises(VerbRefused, match="unterminated"):
        sandbox.server_error(path="(")


# Looking


def test_the_log_tells_who_asked_what_and_what_came_of_it(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    sandbox.drop_before(path="/a2p/")
    speaker.get(SERVICES)
    with pytest.raises(RemoteDisconnected):
        speaker.get(f"{MESSAGING}/a2p/BrandRegistrations")
    served, dropped = sandbox.calls()
    assert (served.method, served.path, served.account, served.route) == ("GET", SERVICES, account.sid, "services.list")
    assert (served.status, dropped.status, dropped.fault) == (200, None, "drop_before")


def test_counters_tell_received_from_accepted(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    submit(speaker, rejected)
    submit(speaker, rejected)
    counters = sandbox.counters()
    assert counters.updates_of(rejected.service_sid) == 2
    assert counters.accepted_by("campaigns.update", rejected.service_sid) == 1
    assert counters.calls == {"campaigns.fetch": 2, "campaigns.update": 2}
    sandbox.clear_journal()
    assert (sandbox.counters().updates, sandbox.calls()) == ({}, [])


def test_the_state_lists_every_item_with_its_status(sandbox: Sandbox, rejected: Registration) -> None:
    state = sandbox.state()
    assert state["counts"]["campaign"] == 1
    assert {item["sid"]: item["status"] for item in state["items"]} == {
        rejected.profile_sid: "twilio-approved",
        rejected.papers.product_sid: "twilio-approved",
        rejected.brand_sid: "APPROVED",
        rejected.service_sid: "FAILED",
    }


def test_an_empty_world_knows_nobody(sandbox: Sandbox, account: Account) -> None:
    sandbox.empty()
    assert speaks_as(sandbox, account).get(SERVICES).status == 401
