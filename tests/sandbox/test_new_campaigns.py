"""New campaigns: what a creation is refused for, sole proprietors, and campaigns of other providers."""

from typing import Any

import pytest

from sandbox.handle import Account, RegisteredBrand, Registration, Sandbox
from sandbox.texts import Business, campaign
from tests.sandbox.speaker import MESSAGING, Speaker, campaign_path, update_form

TEXTS = campaign(Business("Larkspur Bike Repair", "larkspurbikes"), "MARKETING")


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
