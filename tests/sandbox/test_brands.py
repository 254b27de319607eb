"""The rules of brands."""

import json
from typing import Any

import pytest

from sandbox.handle import Account, RegisteredBrand, Registration, Sandbox
from sandbox.policies import SECONDARY
from tests.sandbox.conftest import REVIEW_SECONDS
from tests.sandbox.speaker import MESSAGING, TRUSTHUB, Reply, Speaker, campaign_path

BRANDS = f"{MESSAGING}/a2p/BrandRegistrations"


def test_a_brand_is_listed_with_its_links(speaker: Speaker, registration: Registration) -> None:
    page = speaker.get(BRANDS).body
    assert page["meta"]["key"] == "data"
    assert [row["sid"] for row in page["data"]] == [registration.brand_sid]
    assert page["data"][0]["links"]["brand_vettings"].endswith("/Vettings")


@pytest.mark.parametrize("status", ["PENDING", "APPROVED", "IN_REVIEW", "DELETION_PENDING"])
def test_only_a_failed_brand_may_be_updated(
    sandbox: Sandbox, speaker: Speaker, registration: Registration, status: str
) -> None:
    sandbox.set_status(registration.brand_sid, status)
    assert speaker.post(f"{BRANDS}/{registration.brand_sid}").code == 21725


def test_an_update_has_no_body_and_starts_a_review(sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand) -> None:
    sandbox.reject(brand.brand_sid, [30795])
    failed = speaker.get(f"{BRANDS}/{brand.brand_sid}").body
    reply = speaker.post(f"{BRANDS}/{brand.brand_sid}")
    assert (failed["status"], failed["brand_feedback"]) == ("FAILED", ["TAX_ID"])
    assert (reply.status, reply.body["status"], reply.body["errors"]) == (202, "PENDING", [])


def test_the_fourth_update_is_refused(sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand) -> None:
    replies = []
    for _ in range(4):
        sandbox.reject(brand.brand_sid, [30795])
        replies.append(speaker.post(f"{BRANDS}/{brand.brand_sid}"))
    assert [reply.status for reply in replies] == [202, 202, 202, 400]
    assert replies[-1].code == 21724
    counters = sandbox.counters()
    assert counters.received_by("brands.update", brand.brand_sid) == 4
    assert counters.accepted_by("brands.update", brand.brand_sid) == 3


def test_a_brand_with_campaigns_cannot_be_updated(
    sandbox: Sandbox, speaker: Speaker, registration: Registration
) -> None:
    sandbox.reject(registration.brand_sid, [30795])
    sandbox.reject(registration.service_sid, [30991])
    refused = speaker.post(f"{BRANDS}/{registration.brand_sid}")
    assert (refused.status, refused.code) == (400, 20001)
    assert speaker.delete(campaign_path(registration.service_sid)).status == 204
    assert speaker.post(f"{BRANDS}/{registration.brand_sid}").status == 202


def test_a_suspended_brand_is_closed(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    sandbox.suspend(registration.brand_sid)
    assert speaker.post(f"{BRANDS}/{registration.brand_sid}").code == 21731


def test_a_new_brand_goes_to_review(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    bundles = {
        "CustomerProfileBundleSid": registration.profile_sid,
        "A2PProfileBundleSid": registration.papers.product_sid,
    }
    reply = speaker.post(BRANDS, bundles)
    sandbox.judge_now(reply.body["sid"])
    assert (reply.status, reply.body["status"]) == (201, "PENDING")
    assert speaker.get(f"{BRANDS}/{reply.body['sid']}").body["status"] == "APPROVED"


# How its papers decide


def codes(speaker: Speaker, brand_sid: str) -> list[int]:
    return [error["error_code"] for error in speaker.get(f"{BRANDS}/{brand_sid}").body["errors"]]


@pytest.mark.parametrize(
    ("filed", "code", "field"),
    [
        ({"business_registration_number": "91-0000000"}, 30795, "business_registration_number"),
        ({"business_registration_number": "91-00"}, 30795, "business_registration_number"),
        ({"business_name": "Larkspur Bikes"}, 30795, "business_name"),
        ({"business_registration_number": ""}, 30757, "business_registration_number"),
        ({"business_registration_identifier": ""}, 30758, "business_registration_identifier"),
        ({"region": ""}, 30701, "region"),
        ({"postal_code": "9840"}, 30701, "postal_code"),
        ({"postal_code": "97201"}, 30754, "postal_code"),
        ({"company_type": "non-profit"}, 30798, "company_type"),
        ({"company_type": "government"}, 30797, "company_type"),
        ({"company_type": "public"}, 30796, "stock_ticker"),
    ],
)
def test_a_brand_fails_where_its_papers_differ_from_the_truth(
    sandbox: Sandbox, speaker: Speaker, account: Account, filed: dict[str, str], code: int, field: str
) -> None:
    brand = sandbox.register_brand(account.sid, filed=filed)
    body = speaker.get(f"{BRANDS}/{brand.brand_sid}").body
    assert body["status"] == "FAILED"
    assert [error["error_code"] for error in body["errors"]] == [code]
    assert field in body["errors"][0]["fields"]


def test_a_charity_is_one_if_the_authority_knows_it_as_one(
    sandbox: Sandbox, speaker: Speaker, account: Account
) -> None:
    brand = sandbox.register_brand(account.sid, company_type="non-profit")
    assert speaker.get(f"{BRANDS}/{brand.brand_sid}").body["status"] == "APPROVED"


def test_a_brand_without_papers_fails(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    sid = sandbox.create_brand(account.sid)
    sandbox.judge_now(sid)
    assert codes(speaker, sid) == [30793]


def test_a_failed_brand_passes_once_its_profile_is_right_and_approved(
    sandbox: Sandbox, speaker: Speaker, account: Account
) -> None:
    brand = sandbox.register_brand(account.sid, filed={"business_registration_number": "91-0000000"})
    profile, end_user = f"{TRUSTHUB}/CustomerProfiles/{brand.papers.profile_sid}", f"{TRUSTHUB}/EndUsers"
    held = f"{end_user}/{brand.papers.business_sid}"
    written = {**speaker.get(held).body["attributes"], "business_registration_number": brand.papers.tax_id}
    assert speaker.post(held, {"Attributes": json.dumps(written)}).status == 200
    assert speaker.post(f"{profile}/Evaluations", {"PolicySid": SECONDARY}).body["status"] == "compliant"
    assert speaker.post(profile, {"Status": "pending-review"}).status == 200
    sandbox.judge_now(brand.papers.profile_sid)
    assert speaker.post(f"{BRANDS}/{brand.brand_sid}").status == 202
    sandbox.judge_now(brand.brand_sid)
    body: dict[str, Any] = speaker.get(f"{BRANDS}/{brand.brand_sid}").body
    assert (body["status"], body["identity_status"], body["errors"]) == ("APPROVED", "VERIFIED", [])


def test_a_brand_sent_off_before_its_profile_is_approved_fails_again(
    sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand
) -> None:
    sandbox.reject(brand.brand_sid, [30795])
    sandbox.set_status(brand.papers.profile_sid, "in-review")
    speaker.post(f"{BRANDS}/{brand.brand_sid}")
    sandbox.judge_now(brand.brand_sid)
    assert codes(speaker, brand.brand_sid) == [30799]


def test_a_brand_with_a_rejected_a2p_bundle_fails(sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand) -> None:
    sandbox.set_status(brand.papers.product_sid, "twilio-rejected")
    sandbox.judge_now(brand.brand_sid)
    rejected = codes(speaker, brand.brand_sid)
    sandbox.set_status(brand.papers.product_sid, "in-review")
    sandbox.judge_now(brand.brand_sid)
    assert (rejected, codes(speaker, brand.brand_sid)) == ([30799], [])


# The owner of a sole proprietorship


HOUR = 3600.0


@pytest.fixture
def sole(sandbox: Sandbox, account: Account) -> RegisteredBrand:
    sandbox.freeze()
    return sandbox.register_brand(account.sid, name="Wren Tailoring", brand_type="SOLE_PROPRIETOR")


def identity(speaker: Speaker, brand: RegisteredBrand) -> tuple[str, str]:
    body = speaker.get(f"{BRANDS}/{brand.brand_sid}").body
    return body["status"], body["identity_status"]


def send_otp(speaker: Speaker, brand: RegisteredBrand) -> Reply:
    return speaker.post(f"{BRANDS}/{brand.brand_sid}/SmsOtp")


def test_a_sole_proprietor_is_verified_by_answering(sandbox: Sandbox, speaker: Speaker, sole: RegisteredBrand) -> None:
    assert identity(speaker, sole) == ("APPROVED", "UNVERIFIED")
    sandbox.advance(24 * HOUR)
    assert sandbox.answer_otp(sole.brand_sid) is True
    assert identity(speaker, sole) == ("APPROVED", "VERIFIED")


def test_an_answer_after_a_day_comes_too_late(sandbox: Sandbox, speaker: Speaker, sole: RegisteredBrand) -> None:
    sandbox.advance(24 * HOUR + 1)
    assert sandbox.answer_otp(sole.brand_sid) is False
    assert identity(speaker, sole) == ("APPROVED", "UNVERIFIED")


def test_asking_again_gives_another_day(sandbox: Sandbox, speaker: Speaker, sole: RegisteredBrand) -> None:
    sandbox.advance(30 * HOUR)
    reply = send_otp(speaker, sole)
    assert (reply.status, reply.body["brand_registration_sid"]) == (201, sole.brand_sid)
    assert sandbox.counters().accepted_by("otps.create", sole.brand_sid) == 1
    sandbox.advance(23 * HOUR)
    assert sandbox.answer_otp(sole.brand_sid) is True


def test_only_a_sole_proprietor_who_has_not_answered_is_asked(
    sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand, sole: RegisteredBrand
) -> None:
    assert send_otp(speaker, brand).status == 400
    sandbox.set_status(sole.brand_sid, "PENDING")
    assert send_otp(speaker, sole).status == 400
    sandbox.approve(sole.brand_sid)
    sandbox.answer_otp(sole.brand_sid)
    assert send_otp(speaker, sole).status == 400
    assert sandbox.answer_otp(brand.brand_sid) is False


def test_a_sole_proprietor_needs_a_mobile_number(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    made = sandbox.register_brand(account.sid, brand_type="SOLE_PROPRIETOR", filed={"mobile_phone_number": "+44 20"})
    assert codes(speaker, made.brand_sid) == [30751]


# Vettings


TOKEN = "cv|1.0|tcr|10dlc|9975c339|GQ3EXAMPLE"


def vet(speaker: Speaker, brand: RegisteredBrand, **form: str) -> Reply:
    return speaker.post(f"{BRANDS}/{brand.brand_sid}/Vettings", {"VettingProvider": "campaign-verify", **form})


def test_an_imported_vetting_verifies_the_brand(sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand) -> None:
    reply = vet(speaker, brand, VettingId=TOKEN)
    assert (reply.status, reply.body["vetting_class"], reply.body["vetting_status"]) == (
        201,
        "POLITICAL",
        "IN_PROGRESS",
    )
    sandbox.advance(REVIEW_SECONDS)
    path = f"{BRANDS}/{brand.brand_sid}/Vettings"
    assert speaker.get(f"{path}/{reply.body['brand_vetting_sid']}").body["vetting_status"] == "SUCCESS"
    assert identity(speaker, brand) == ("APPROVED", "VETTED_VERIFIED")
    assert len(speaker.get(f"{path}?VettingProvider=campaign-verify").body["data"]) == 1
    assert speaker.get(f"{path}?VettingProvider=aegis").body["data"] == []


def test_an_aegis_vetting_needs_no_token(speaker: Speaker, brand: RegisteredBrand) -> None:
    assert vet(speaker, brand, VettingProvider="aegis").body["vetting_class"] == "STANDARD"


@pytest.mark.parametrize("provider", ["", "AEGIS", "somebody"])
def test_a_vetting_comes_from_one_of_two(speaker: Speaker, brand: RegisteredBrand, provider: str) -> None:
    assert vet(speaker, brand, VettingProvider=provider).status == 400


@pytest.mark.parametrize("token", ["", "cv|1.0|tcr|tfree|9975c339|GQ3EXAMPLE", "9975c339"])
def test_a_wrong_token_is_refused(speaker: Speaker, brand: RegisteredBrand, token: str) -> None:
    assert vet(speaker, brand, VettingId=token).code == 21722


def test_a_token_is_good_once(sandbox: Sandbox, speaker: Speaker, account: Account, brand: RegisteredBrand) -> None:
    other = sandbox.register_brand(account.sid, name="Pelican Pizza Co.")
    assert vet(speaker, brand, VettingId=TOKEN).status == 201
    assert vet(speaker, other, VettingId=TOKEN).code == 21722


def test_one_import_runs_at_a_time(speaker: Speaker, brand: RegisteredBrand) -> None:
    vet(speaker, brand, VettingProvider="aegis")
    assert vet(speaker, brand, VettingId=TOKEN).code == 21723


def test_a_failed_or_sole_brand_takes_no_vetting(
    sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand, sole: RegisteredBrand
) -> None:
    sandbox.reject(brand.brand_sid, [30795])
    assert [vet(speaker, made, VettingId=TOKEN).code for made in (brand, sole)] == [21721, 21721]
    sandbox.suspend(brand.brand_sid)
    assert vet(speaker, brand, VettingId=TOKEN).code == 21731
