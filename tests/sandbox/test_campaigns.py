"""The rules of campaigns, and their two shapes."""

from typing import Any

import pytest

from sandbox.handle import Account, Registration, Sandbox
from sandbox.texts import Business, campaign
from tests.sandbox.speaker import MESSAGING, Speaker, campaign_path, update_form

TEXTS = campaign(Business("Larkspur Bike Repair", "larkspurbikes"), "MARKETING")
REQUIRED = (
    "Description",
    "MessageFlow",
    "MessageSamples",
    "HasEmbeddedLinks",
    "HasEmbeddedPhone",
    "AgeGated",
    "DirectLending",
)


@pytest.fixture
def rejected(sandbox: Sandbox, registration: Registration) -> Registration:
    sandbox.reject(registration.service_sid, [30924])
    return registration


def fetch(speaker: Speaker, registration: Registration, **headers: str) -> dict[str, Any]:
    body: dict[str, Any] = speaker.get(campaign_path(registration.service_sid), **headers).body
    return body


def test_the_same_sid_hangs_under_every_service(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    first, second = sandbox.register(account.sid), sandbox.register(account.sid, name="Pelican Pizza Co.")
    rows = [
        speaker.get(f"{MESSAGING}/Services/{made.service_sid}/Compliance/Usa2p").body["compliance"]
        for made in (first, second)
    ]
    assert [[row["sid"] for row in listed] for listed in rows] == [["QE2c6890da8086d771620e9b13fadeba0b"]] * 2
    assert rows[0][0]["messaging_service_sid"] != rows[1][0]["messaging_service_sid"]


def test_a_service_without_a_campaign_lists_none(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    service = sandbox.create_service(account.sid)
    page = speaker.get(f"{MESSAGING}/Services/{service}/Compliance/Usa2p").body
    assert (page["compliance"], page["meta"]["key"]) == ([], "compliance")


def test_the_policy_addresses_stand_only_in_the_newer_shape(speaker: Speaker, registration: Registration) -> None:
    old = fetch(speaker, registration)
    new = fetch(speaker, registration, X_Twilio_Api_Version="v1.2")
    assert set(new) - set(old) == {"privacy_policy_url", "terms_and_conditions_url"}


def test_another_sid_under_the_service_is_not_found(speaker: Speaker, registration: Registration) -> None:
    reply = speaker.get(campaign_path(registration.service_sid, "QE" + "1" * 32))
    assert (reply.status, reply.code) == (404, 20404)


def test_an_update_starts_a_review(speaker: Speaker, rejected: Registration) -> None:
    reply = speaker.post(campaign_path(rejected.service_sid), update_form(fetch(speaker, rejected)))
    assert (reply.status, reply.body["campaign_status"], reply.body["errors"]) == (200, "PENDING", [])


@pytest.mark.parametrize("name", REQUIRED)
def test_an_update_needs_all_seven_fields(speaker: Speaker, rejected: Registration, name: str) -> None:
    form = update_form(fetch(speaker, rejected))
    del form[name]
    reply = speaker.post(campaign_path(rejected.service_sid), form)
    assert (reply.status, name in reply.body["message"]) == (400, True)
    assert fetch(speaker, rejected)["campaign_status"] == "FAILED"


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "x" * 39},
        {"description": "x" * 4097},
        {"message_flow": "x" * 39},
        {"message_flow": "x" * 2049},
        {"message_samples": ["x" * 20]},
        {"message_samples": ["x" * 20] * 6},
        {"message_samples": ["x" * 19, "x" * 20]},
        {"message_samples": ["x" * 20, "x" * 1025]},
    ],
)
def test_a_wrong_length_is_refused(speaker: Speaker, rejected: Registration, changes: dict[str, Any]) -> None:
    form = update_form(fetch(speaker, rejected), **changes)
    assert speaker.post(campaign_path(rejected.service_sid), form).code == 21728


@pytest.mark.parametrize(
    "changes",
    [
        {"description": "x" * 40},
        {"description": "é" * 4096},
        {"message_flow": "x" * 2048},
        {"message_samples": ["x" * 20, "x" * 1024]},
        {"message_samples": ["x" * 20] * 5},
    ],
)
def test_a_length_at_its_bound_is_taken(speaker: Speaker, rejected: Registration, changes: dict[str, Any]) -> None:
    form = update_form(fetch(speaker, rejected), **changes)
    assert speaker.post(campaign_path(rejected.service_sid), form).status == 200


@pytest.mark.parametrize("flag", ["has_embedded_links", "has_embedded_phone", "age_gated", "direct_lending"])
def test_the_four_flags_are_frozen_once_verified(speaker: Speaker, registration: Registration, flag: str) -> None:
    now = fetch(speaker, registration)
    reply = speaker.post(campaign_path(registration.service_sid), update_form(now, **{flag: not now[flag]}))
    assert reply.status == 400
    assert fetch(speaker, registration)["campaign_status"] == "VERIFIED"


def test_a_failed_campaign_may_change_its_flags(speaker: Speaker, rejected: Registration) -> None:
    form = update_form(fetch(speaker, rejected), direct_lending=True)
    assert speaker.post(campaign_path(rejected.service_sid), form).body["direct_lending"] is True


def test_a_verified_campaign_goes_to_review_again_with_new_text(speaker: Speaker, registration: Registration) -> None:
    form = update_form(fetch(speaker, registration), description=TEXTS["description"] + " And more.")
    assert speaker.post(campaign_path(registration.service_sid), form).body["campaign_status"] == "PENDING"


def test_a_flag_that_is_no_boolean_is_refused(speaker: Speaker, rejected: Registration) -> None:
    form = {**update_form(fetch(speaker, rejected)), "AgeGated": "maybe"}
    assert speaker.post(campaign_path(rejected.service_sid), form).status == 400


def test_an_update_carries_no_other_field(speaker: Speaker, rejected: Registration) -> None:
    others = {"UsAppToPersonUsecase": "2FA", "OptInMessage": "A message of a proper length.", "HelpKeywords": "INFO"}
    before = fetch(speaker, rejected)
    after = speaker.post(campaign_path(rejected.service_sid), {**update_form(before), **others}).body
    kept = ("us_app_to_person_usecase", "opt_in_message", "help_keywords")
    assert [after[name] for name in kept] == [before[name] for name in kept]


def test_an_update_sets_the_policy_addresses_when_sent(speaker: Speaker, rejected: Registration) -> None:
    form = {**update_form(fetch(speaker, rejected)), "PrivacyPolicyUrl": "https://larkspur.example/new"}
    after = speaker.post(campaign_path(rejected.service_sid), form, X_Twilio_Api_Version="v1").body
    assert after["privacy_policy_url"] == "https://larkspur.example/new"
    assert after["terms_and_conditions_url"] == "https://larkspurbikerepair.example/terms"


@pytest.mark.parametrize("status", ["PENDING", "IN_PROGRESS"])
def test_an_update_in_review_is_refused(
    sandbox: Sandbox, speaker: Speaker, rejected: Registration, status: str
) -> None:
    sandbox.set_status(rejected.service_sid, status)
    assert speaker.post(campaign_path(rejected.service_sid), update_form(fetch(speaker, rejected))).status == 400


def test_a_suspended_campaign_is_closed_to_writes(
    sandbox: Sandbox, speaker: Speaker, registration: Registration
) -> None:
    sandbox.suspend(registration.service_sid)
    form = update_form(fetch(speaker, registration))
    assert speaker.post(campaign_path(registration.service_sid), form).code == 21729
    assert speaker.delete(campaign_path(registration.service_sid)).code == 21729


def test_a_suspended_brand_suspends_its_campaigns(
    sandbox: Sandbox, speaker: Speaker, registration: Registration
) -> None:
    sandbox.suspend(registration.brand_sid)
    now = fetch(speaker, registration)
    assert now["campaign_status"] == "SUSPENDED"
    assert speaker.post(campaign_path(registration.service_sid), update_form(now)).code == 21731


def test_an_unchanged_update_is_an_update_like_any_other(
    sandbox: Sandbox, speaker: Speaker, rejected: Registration
) -> None:
    form = update_form(fetch(speaker, rejected))
    for _ in range(2):
        assert speaker.post(campaign_path(rejected.service_sid), form).status == 200
        sandbox.judge_now(rejected.service_sid)
    assert sandbox.counters().accepted_by("campaigns.update", rejected.service_sid) == 2
