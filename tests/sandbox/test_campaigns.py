"""The rules of campaigns, and their two shapes."""

from typing import Any

import pytest

from sandbox.handle import Account, RegisteredBrand, Registration, Sandbox
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


def create_form(registration: Registration, **changes: Any) -> dict[str, Any]:
    return {
        **update_form({"has_embedded_phone": False, "age_gated": False, "direct_lending": False, **TEXTS}),
        "BrandRegistrationSid": registration.brand_sid,
        "UsAppToPersonUsecase": "MARKETING",
        "PrivacyPolicyUrl": TEXTS["privacy_policy_url"],
        "TermsAndConditionsUrl": TEXTS["terms_and_conditions_url"],
        **changes,
    }


def creation_path(sandbox: Sandbox, registration: Registration) -> str:
    service = sandbox.create_service(registration.account_sid)
    return f"{MESSAGING}/Services/{service}/Compliance/Usa2p"


def test_a_new_campaign_goes_to_review(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    reply = speaker.post(creation_path(sandbox, registration), create_form(registration))
    assert (reply.status, reply.body["campaign_status"]) == (201, "PENDING")
    assert sandbox.counters().creates == {"campaigns": 1}


@pytest.mark.parametrize(("name", "code"), [("PrivacyPolicyUrl", 30933), ("TermsAndConditionsUrl", 30934)])
def test_a_new_campaign_needs_both_policy_addresses(
    sandbox: Sandbox, speaker: Speaker, registration: Registration, name: str, code: int
) -> None:
    reply = speaker.post(creation_path(sandbox, registration), create_form(registration, **{name: ""}))
    assert reply.code == code


@pytest.mark.parametrize(
    ("status", "code"), [("FAILED", 21717), ("PENDING", 21717), ("SUSPENDED", 21731), ("APPROVED", None)]
)
def test_a_new_campaign_needs_an_approved_brand(
    sandbox: Sandbox, speaker: Speaker, registration: Registration, status: str, code: int | None
) -> None:
    path = creation_path(sandbox, registration)
    sandbox.set_status(registration.brand_sid, status)
    assert speaker.post(path, create_form(registration)).code == code


def test_a_service_takes_one_campaign(speaker: Speaker, registration: Registration) -> None:
    path = f"{MESSAGING}/Services/{registration.service_sid}/Compliance/Usa2p"
    assert speaker.post(path, create_form(registration)).status == 400


def test_a_deleted_campaign_is_gone(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    reply = speaker.delete(campaign_path(registration.service_sid))
    assert (reply.status, reply.body) == (204, None)
    assert speaker.get(campaign_path(registration.service_sid)).status == 404
    assert sandbox.counters().deletes == {"campaigns": 1}


def test_a_service_counts_as_registered_once_its_campaign_is_verified(
    sandbox: Sandbox, speaker: Speaker, registration: Registration
) -> None:
    path = f"{MESSAGING}/Services/{registration.service_sid}"
    verified = speaker.get(path).body["us_app_to_person_registered"]
    sandbox.reject(registration.service_sid, [30924])
    assert (verified, speaker.get(path).body["us_app_to_person_registered"]) == (True, False)


def test_use_cases_are_empty_for_a_brand_that_may_register_nothing(
    sandbox: Sandbox, speaker: Speaker, registration: Registration
) -> None:
    base = f"{MESSAGING}/Services/{registration.service_sid}/Compliance/Usa2p/Usecases"
    path = f"{base}?BrandRegistrationSid={registration.brand_sid}"
    usable = speaker.get(path).body["us_app_to_person_usecases"]
    sandbox.set_status(registration.brand_sid, "FAILED")
    assert ("MARKETING" in {row["code"] for row in usable}) is True
    assert speaker.get(path).body["us_app_to_person_usecases"] == []


@pytest.mark.parametrize(("use_case", "code"), [("GOSSIP", 21720), ("SOLE_PROPRIETOR", 21717)])
def test_a_new_campaign_has_a_use_case_of_its_brand(
    sandbox: Sandbox, speaker: Speaker, registration: Registration, use_case: str, code: int
) -> None:
    form = create_form(registration, UsAppToPersonUsecase=use_case)
    assert speaker.post(creation_path(sandbox, registration), form).code == code


def test_a_service_with_a_suspended_campaign_takes_no_other(
    sandbox: Sandbox, speaker: Speaker, registration: Registration
) -> None:
    sandbox.suspend(registration.service_sid)
    path = f"{MESSAGING}/Services/{registration.service_sid}/Compliance/Usa2p"
    assert speaker.post(path, create_form(registration)).code == 21729


def test_a_campaign_of_a_mock_brand_is_a_mock(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    mock = sandbox.create_brand(registration.account_sid, mock=True, customer_profile_bundle_sid=None)
    sandbox.approve(mock)
    form = create_form(registration, BrandRegistrationSid=mock)
    assert speaker.post(creation_path(sandbox, registration), form).body["mock"] is True


# Sole proprietors


@pytest.fixture
def sole(sandbox: Sandbox, account: Account) -> RegisteredBrand:
    return sandbox.register_brand(account.sid, name="Wren Tailoring", brand_type="SOLE_PROPRIETOR")


def sole_form(registration: RegisteredBrand) -> dict[str, Any]:
    texts = campaign(Business("Wren Tailoring", "wrentailoring"), "SOLE_PROPRIETOR")
    return {
        **update_form({"has_embedded_phone": False, "age_gated": False, "direct_lending": False, **texts}),
        "BrandRegistrationSid": registration.brand_sid,
        "UsAppToPersonUsecase": "SOLE_PROPRIETOR",
        "PrivacyPolicyUrl": texts["privacy_policy_url"],
        "TermsAndConditionsUrl": texts["terms_and_conditions_url"],
    }


def test_a_sole_proprietor_waits_with_a_campaign_for_the_owners_answer(
    sandbox: Sandbox, speaker: Speaker, sole: RegisteredBrand
) -> None:
    path = f"{MESSAGING}/Services/{sandbox.create_service(sole.account_sid)}/Compliance/Usa2p"
    assert speaker.post(path, sole_form(sole)).code == 21717
    sandbox.answer_otp(sole.brand_sid)
    assert speaker.post(path, {**sole_form(sole), "UsAppToPersonUsecase": "MARKETING"}).code == 21717
    made = speaker.post(path, sole_form(sole))
    sandbox.judge_now(made.body["messaging_service_sid"])
    assert speaker.get(f"{path}/{made.body['sid']}").body["campaign_status"] == "VERIFIED"


def test_a_sole_proprietor_has_one_campaign_even_a_failed_one(
    sandbox: Sandbox, speaker: Speaker, sole: RegisteredBrand
) -> None:
    sandbox.answer_otp(sole.brand_sid)
    first = sandbox.hang_campaign(sole, name="Wren Tailoring", use_case="SOLE_PROPRIETOR")
    sandbox.reject(first, [30924])
    path = f"{MESSAGING}/Services/{sandbox.create_service(sole.account_sid)}/Compliance/Usa2p"
    assert speaker.post(path, sole_form(sole)).code == 21732
    speaker.delete(campaign_path(first))
    assert speaker.post(path, sole_form(sole)).status == 201


def test_a_sole_proprietor_has_one_use_case(sandbox: Sandbox, speaker: Speaker, sole: RegisteredBrand) -> None:
    base = f"{MESSAGING}/Services/{sandbox.create_service(sole.account_sid)}/Compliance/Usa2p/Usecases"
    path = f"{base}?BrandRegistrationSid={sole.brand_sid}"
    before = speaker.get(path).body["us_app_to_person_usecases"]
    sandbox.answer_otp(sole.brand_sid)
    after = [row["code"] for row in speaker.get(path).body["us_app_to_person_usecases"]]
    assert (before, after) == ([], ["SOLE_PROPRIETOR"])


# Registered elsewhere


PREREGISTERED = f"{MESSAGING}/Services/PreregisteredUsa2p"


def test_a_shared_campaign_is_attached_to_a_service(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    service = sandbox.create_service(account.sid)
    sandbox.share_campaign("CXYZ123", description="Registered with another provider for years.")
    reply = speaker.post(PREREGISTERED, {"CampaignId": "CXYZ123", "MessagingServiceSid": service})
    assert (reply.status, reply.body["campaign_id"]) == (201, "CXYZ123")
    sandbox.judge_now(service)
    body = speaker.get(campaign_path(service)).body
    assert (body["campaign_status"], body["is_externally_registered"]) == ("VERIFIED", True)
    assert (body["campaign_id"], body["description"][:10]) == ("CXYZ123", "Registered")


def test_a_campaign_nobody_shared_fails(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    service = sandbox.create_service(account.sid)
    speaker.post(PREREGISTERED, {"CampaignId": "CXYZ123", "MessagingServiceSid": service})
    sandbox.judge_now(service)
    body = speaker.get(campaign_path(service)).body
    assert (body["campaign_status"], body["errors"][0]["error_code"]) == ("FAILED", 30904)


def test_a_preregistered_campaign_needs_its_number_and_a_free_service(
    sandbox: Sandbox, speaker: Speaker, subaccount: Account, registration: Registration
) -> None:
    taken, theirs = registration.service_sid, sandbox.create_service(subaccount.sid)
    assert speaker.post(PREREGISTERED, {"MessagingServiceSid": taken}).status == 400
    assert speaker.post(PREREGISTERED, {"CampaignId": "CXYZ123", "MessagingServiceSid": taken}).status == 400
    assert speaker.post(PREREGISTERED, {"CampaignId": "CXYZ123", "MessagingServiceSid": theirs}).status == 404


def test_what_was_registered_elsewhere_is_edited_there(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    service = sandbox.register_external(account.sid)
    path = campaign_path(service)
    form = update_form({**speaker.get(path).body, **TEXTS})
    assert (speaker.post(path, form).status, speaker.delete(path).status) == (400, 204)
