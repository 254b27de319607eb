"""The rules of brands."""

import json
from typing import Any

import pytest

from sandbox.handle import Account, RegisteredBrand, Registration, Sandbox
from sandbox.policies import SECONDARY
from tests.sandbox.speaker import MESSAGING, TRUSTHUB, Speaker

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


def test_an_update_has_no_body_and_starts_a_review(
    sandbox: Sandbox, speaker: Speaker, registration: Registration
) -> None:
    sandbox.reject(registration.brand_sid, [30795])
    failed = speaker.get(f"{BRANDS}/{registration.brand_sid}").body
    reply = speaker.post(f"{BRANDS}/{registration.brand_sid}")
    assert (failed["status"], failed["brand_feedback"]) == ("FAILED", ["TAX_ID"])
    assert (reply.status, reply.body["status"], reply.body["errors"]) == (202, "PENDING", [])


def test_the_fourth_update_is_refused(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    replies = []
    for _ in range(4):
        sandbox.reject(registration.brand_sid, [30795])
        replies.append(speaker.post(f"{BRANDS}/{registration.brand_sid}"))
    assert [reply.status for reply in replies] == [202, 202, 202, 400]
    assert replies[-1].code == 21724
    counters = sandbox.counters()
    assert counters.received_by("brands.update", registration.brand_sid) == 4
    assert counters.accepted_by("brands.update", registration.brand_sid) == 3


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
