"""The rules of TrustHub: who may change what when, and what a bundle lacks."""

import json
from typing import Any

import pytest

from sandbox.handle import Account, RegisteredBrand, Sandbox
from sandbox.policies import A2P, PRIMARY, SECONDARY
from tests.sandbox.conftest import speaks_as
from tests.sandbox.speaker import API, TRUSTHUB, Reply, Speaker

PROFILES = f"{TRUSTHUB}/CustomerProfiles"
PRODUCTS = f"{TRUSTHUB}/TrustProducts"
END_USERS = f"{TRUSTHUB}/EndUsers"
DOCUMENTS = f"{TRUSTHUB}/SupportingDocuments"
WRONG = {"business_registration_number": "91-0000000"}


@pytest.fixture
def failed(sandbox: Sandbox, account: Account) -> RegisteredBrand:
    return sandbox.register_brand(account.sid, filed=WRONG)


def attributes(speaker: Speaker, sid: str) -> dict[str, Any]:
    found: dict[str, Any] = speaker.get(f"{END_USERS}/{sid}").body["attributes"]
    return found


def rewrite(speaker: Speaker, sid: str, **changes: Any) -> Reply:
    written = json.dumps({**attributes(speaker, sid), **changes})
    return speaker.post(f"{END_USERS}/{sid}", {"Attributes": written})


def submit(speaker: Speaker, profile_sid: str) -> Reply:
    return speaker.post(f"{PROFILES}/{profile_sid}", {"Status": "pending-review"})


def profile_codes(speaker: Speaker, sid: str) -> list[int]:
    return [error["code"] for error in speaker.get(f"{PROFILES}/{sid}").body["errors"] or []]


# Bundles


def test_a_new_profile_is_a_draft(speaker: Speaker) -> None:
    form = {"FriendlyName": "Larkspur", "Email": "c@larkspur.example", "PolicySid": SECONDARY}
    reply = speaker.post(PROFILES, form)
    assert (reply.status, reply.body["status"], reply.body["policy_sid"]) == (201, "draft", SECONDARY)
    assert speaker.get(f"{PROFILES}/{reply.body['sid']}").body["friendly_name"] == "Larkspur"


@pytest.mark.parametrize("name", ["FriendlyName", "Email", "PolicySid"])
def test_a_new_profile_needs_name_mail_and_policy(speaker: Speaker, name: str) -> None:
    form = {"FriendlyName": "Larkspur", "Email": "c@larkspur.example", "PolicySid": SECONDARY}
    assert speaker.post(PROFILES, {key: value for key, value in form.items() if key != name}).status == 400


@pytest.mark.parametrize("status", ["draft", "twilio-rejected", "twilio-approved"])
def test_a_bundle_is_submitted_by_its_status(
    sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand, status: str
) -> None:
    sandbox.set_status(brand.papers.profile_sid, status)
    reply = submit(speaker, brand.papers.profile_sid)
    assert (reply.status, reply.body["status"], reply.body["errors"]) == (200, "pending-review", None)
    assert sandbox.counters().accepted_by("profiles.update", brand.papers.profile_sid) == 1


@pytest.mark.parametrize("status", ["pending-review", "in-review"])
def test_a_bundle_under_review_cannot_be_changed(
    sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand, status: str
) -> None:
    profile = f"{PROFILES}/{brand.papers.profile_sid}"
    sandbox.set_status(brand.papers.profile_sid, status)
    assert submit(speaker, brand.papers.profile_sid).code == 20001
    assert speaker.post(profile, {"FriendlyName": "Another"}).code == 60711
    assert speaker.post(f"{profile}/EntityAssignments", {"ObjectSid": brand.papers.messaging_sid}).code == 60711


def test_an_approved_profile_keeps_its_name_and_its_assignments(speaker: Speaker, brand: RegisteredBrand) -> None:
    profile = f"{PROFILES}/{brand.papers.profile_sid}"
    [first, *_] = speaker.get(f"{profile}/EntityAssignments").body["results"]
    assert speaker.post(profile, {"FriendlyName": "Another"}).code == 60711
    assert speaker.delete(f"{profile}/EntityAssignments/{first['sid']}").code == 60711


def test_status_and_properties_do_not_go_in_one_request(speaker: Speaker, failed: RegisteredBrand) -> None:
    form = {"Status": "pending-review", "FriendlyName": "Another"}
    assert speaker.post(f"{PROFILES}/{failed.papers.profile_sid}", form).code == 22204


@pytest.mark.parametrize(("status", "code"), [("twilio-approved", 20001), ("draft", 20001), ("submitted", 22203)])
def test_no_other_status_can_be_given(speaker: Speaker, failed: RegisteredBrand, status: str, code: int) -> None:
    assert speaker.post(f"{PROFILES}/{failed.papers.profile_sid}", {"Status": status}).code == code


def test_a_rejected_profile_takes_new_properties(speaker: Speaker, failed: RegisteredBrand) -> None:
    reply = speaker.post(f"{PROFILES}/{failed.papers.profile_sid}", {"FriendlyName": "New", "Email": "n@new.example"})
    assert (reply.status, reply.body["friendly_name"], reply.body["email"]) == (200, "New", "n@new.example")
    assert reply.body["status"] == "twilio-rejected"


def test_a_primary_profile_is_for_the_console(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    sid = sandbox.create_profile(account.sid, policy_sid=PRIMARY)
    assert "Use Twilio Console" in submit(speaker, sid).body["message"]
    form = {"FriendlyName": "Ours", "Email": "c@northbeam.example", "PolicySid": PRIMARY}
    assert speaker.post(PROFILES, form).status == 400


def test_bundles_belong_to_one_account(sandbox: Sandbox, subaccount: Account, brand: RegisteredBrand) -> None:
    stranger = speaks_as(sandbox, subaccount)
    assert submit(stranger, brand.papers.profile_sid).status == 404
    assert stranger.get(f"{PROFILES}/{brand.papers.profile_sid}/EntityAssignments").status == 404
    assert stranger.get(f"{END_USERS}/{brand.papers.business_sid}").status == 404


# What they hold


def test_a_profile_holds_its_people_and_its_address(speaker: Speaker, brand: RegisteredBrand) -> None:
    rows = speaker.get(f"{PROFILES}/{brand.papers.profile_sid}/EntityAssignments").body["results"]
    papers = brand.papers
    assert {row["object_sid"] for row in rows} == {papers.business_sid, papers.representative_sid, papers.document_sid}
    assert {row["customer_profile_sid"] for row in rows} == {papers.profile_sid}
    document = speaker.get(f"{DOCUMENTS}/{papers.document_sid}").body
    assert (document["type"], document["attributes"]["address_sids"]) == (
        "customer_profile_address",
        papers.address_sid,
    )


def test_an_a2p_bundle_holds_the_profile_it_is_for(speaker: Speaker, brand: RegisteredBrand) -> None:
    rows = speaker.get(f"{PRODUCTS}/{brand.papers.product_sid}/EntityAssignments").body["results"]
    assert {row["object_sid"] for row in rows} == {brand.papers.messaging_sid, brand.papers.profile_sid}
    assert rows[0]["trust_product_sid"] == brand.papers.product_sid


def test_assignments_are_narrowed_by_type(speaker: Speaker, brand: RegisteredBrand) -> None:
    path = f"{PROFILES}/{brand.papers.profile_sid}/EntityAssignments?ObjectType=authorized_representative_1"
    assert [row["object_sid"] for row in speaker.get(path).body["results"]] == [brand.papers.representative_sid]


def test_an_assignment_is_made_once_and_taken_away(sandbox: Sandbox, speaker: Speaker, failed: RegisteredBrand) -> None:
    path = f"{PROFILES}/{failed.papers.profile_sid}/EntityAssignments"
    made = speaker.post(path, {"ObjectSid": failed.papers.messaging_sid})
    again = speaker.post(path, {"ObjectSid": failed.papers.messaging_sid})
    assert (made.status, again.status, again.code) == (201, 409, 20409)
    one = f"{path}/{made.body['sid']}"
    assert (speaker.get(one).status, speaker.delete(one).status, speaker.get(one).status) == (200, 204, 404)
    assert sandbox.counters().accepted_by("profile_assignments.delete", failed.papers.profile_sid) == 1


def test_only_what_exists_is_assigned(speaker: Speaker, failed: RegisteredBrand) -> None:
    path = f"{PROFILES}/{failed.papers.profile_sid}/EntityAssignments"
    assert speaker.post(path, {"ObjectSid": "IT" + "0" * 32}).status == 404


def test_new_attributes_replace_the_old_ones(sandbox: Sandbox, speaker: Speaker, failed: RegisteredBrand) -> None:
    sid = failed.papers.representative_sid
    reply = speaker.post(f"{END_USERS}/{sid}", {"FriendlyName": "Rosa", "Attributes": '{"first_name": "Rosa"}'})
    assert (reply.body["friendly_name"], reply.body["attributes"]) == ("Rosa", {"first_name": "Rosa"})
    assert sandbox.counters().accepted_by("end_users.update", str(sid)) == 1


@pytest.mark.parametrize("written", ["not json", "[]", '"text"'])
def test_attributes_are_an_object_in_json(speaker: Speaker, failed: RegisteredBrand, written: str) -> None:
    assert speaker.post(f"{END_USERS}/{failed.papers.business_sid}", {"Attributes": written}).status == 400


def test_an_end_user_has_one_of_the_known_types(speaker: Speaker) -> None:
    form = {"FriendlyName": "Rosa", "Type": "authorized_representative_1", "Attributes": "{}"}
    assert speaker.post(END_USERS, form).status == 201
    assert speaker.post(END_USERS, {**form, "Type": "friend_of_the_house"}).status == 400


def test_what_a_bundle_under_review_holds_stays_as_it_is(
    sandbox: Sandbox, speaker: Speaker, account: Account, failed: RegisteredBrand
) -> None:
    submit(speaker, failed.papers.profile_sid)
    address = f"{API}/2010-04-01/Accounts/{account.sid}/Addresses/{failed.papers.address_sid}.json"
    assert rewrite(speaker, failed.papers.business_sid, business_name="New").status == 400
    assert speaker.post(f"{DOCUMENTS}/{failed.papers.document_sid}", {"FriendlyName": "New"}).status == 400
    assert speaker.post(address, {"City": "Seattle"}).status == 400
    sandbox.judge_now(failed.papers.profile_sid)
    assert speaker.post(address, {"City": "Seattle"}).status == 200


# Addresses


def test_an_address_changes_all_but_its_country(speaker: Speaker, account: Account, brand: RegisteredBrand) -> None:
    path = f"{API}/2010-04-01/Accounts/{account.sid}/Addresses/{brand.papers.address_sid}.json"
    reply = speaker.post(path, {"Street": "1 Pine St", "Region": "OR", "IsoCountry": "CA"})
    assert (reply.body["street"], reply.body["region"], reply.body["iso_country"]) == ("1 Pine St", "OR", "US")
    assert reply.body["date_updated"].endswith("+0000")
    assert speaker.post(path, {"Region": " "}).status == 400


def test_a_parent_reaches_an_address_of_its_subaccount(
    sandbox: Sandbox, speaker: Speaker, account: Account, subaccount: Account
) -> None:
    papers = sandbox.file_papers(subaccount.sid)
    path = f"{API}/2010-04-01/Accounts/{subaccount.sid}/Addresses"
    assert [row["sid"] for row in speaker.get(f"{path}.json").body["addresses"]] == [papers.address_sid]
    assert speaker.post(f"{path}/{papers.address_sid}.json", {"City": "Kent"}).status == 200
    assert sandbox.counters().accepted_by("addresses.update", papers.address_sid) == 1
    own = f"{API}/2010-04-01/Accounts/{account.sid}/Addresses/{papers.address_sid}.json"
    assert speaker.get(own).status == 404


# Evaluations


def evaluate(speaker: Speaker, bundle: str, policy: str) -> dict[str, Any]:
    body: dict[str, Any] = speaker.post(f"{bundle}/Evaluations", {"PolicySid": policy}).body
    return body


def test_whole_papers_are_compliant(speaker: Speaker, brand: RegisteredBrand) -> None:
    for bundle, policy in (
        (f"{PROFILES}/{brand.papers.profile_sid}", SECONDARY),
        (f"{PRODUCTS}/{brand.papers.product_sid}", A2P),
    ):
        evaluation = evaluate(speaker, bundle, policy)
        assert evaluation["status"] == "compliant"
        assert all(result["passed"] and not result["invalid"] for result in evaluation["results"])


def test_an_evaluation_names_each_field_that_is_missing(speaker: Speaker, failed: RegisteredBrand) -> None:
    rewrite(speaker, failed.papers.business_sid, business_name="", business_type="Shop")
    bundle = f"{PROFILES}/{failed.papers.profile_sid}"
    evaluation = evaluate(speaker, bundle, SECONDARY)
    [result] = [result for result in evaluation["results"] if not result["passed"]]
    assert (evaluation["status"], result["object_type"]) == ("noncompliant", "customer_profile_business_information")
    assert {field["object_field"] for field in result["invalid"]} == {"business_name", "business_type"}
    assert (result["error_code"], result["invalid"][0]["error_code"]) == (22214, 22215)
    assert result["failure_reason"]
    assert len(result["valid"]) == 6
    [listed] = speaker.get(f"{bundle}/Evaluations").body["results"]
    assert speaker.get(f"{bundle}/Evaluations/{listed['sid']}").body == evaluation == listed


def test_an_empty_profile_lacks_everything(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    sid = sandbox.create_profile(account.sid)
    evaluation = evaluate(speaker, f"{PROFILES}/{sid}", SECONDARY)
    assert [result["error_code"] for result in evaluation["results"]] == [22214, 22214, 22216]


def test_an_evaluation_cannot_tell_a_wrong_number(speaker: Speaker, failed: RegisteredBrand) -> None:
    evaluation = evaluate(speaker, f"{PROFILES}/{failed.papers.profile_sid}", SECONDARY)
    assert evaluation["status"] == "compliant"


def test_a_public_company_names_its_stock(speaker: Speaker, brand: RegisteredBrand) -> None:
    rewrite(speaker, brand.papers.messaging_sid, company_type="public")
    [result] = [
        result
        for result in evaluate(speaker, f"{PRODUCTS}/{brand.papers.product_sid}", A2P)["results"]
        if not result["passed"]
    ]
    assert {field["object_field"] for field in result["invalid"]} == {"stock_exchange", "stock_ticker"}


# The reviewer


@pytest.mark.parametrize(
    ("filed", "codes"),
    [
        ({}, []),
        ({"business_registration_number": ""}, [18602]),
        ({"business_registration_number": "12-34"}, [18602]),
        (WRONG, [18602]),
        ({"business_name": "Larkspur Bikes"}, [18602]),
        ({"website_url": ""}, [18601]),
        ({"region": ""}, [18603]),
        ({"region": "Washington"}, [18603]),
        ({"job_position": ""}, [18604]),
        ({"email": "rosa@gmail.com"}, [18606]),
    ],
)
def test_a_profile_is_judged_by_its_papers(
    sandbox: Sandbox, speaker: Speaker, account: Account, filed: dict[str, str], codes: list[int]
) -> None:
    papers = sandbox.file_papers(account.sid, filed=filed, profile_status="draft")
    submit(speaker, papers.profile_sid)
    sandbox.judge_now(papers.profile_sid)
    assert profile_codes(speaker, papers.profile_sid) == codes
    status = speaker.get(f"{PROFILES}/{papers.profile_sid}").body["status"]
    assert status == ("twilio-rejected" if codes else "twilio-approved")


def test_a_number_is_read_with_or_without_its_dash(sandbox: Sandbox, speaker: Speaker, failed: RegisteredBrand) -> None:
    plain = failed.papers.tax_id.replace("-", "")
    rewrite(speaker, failed.papers.business_sid, business_registration_number=plain)
    submit(speaker, failed.papers.profile_sid)
    sandbox.judge_now(failed.papers.profile_sid)
    assert profile_codes(speaker, failed.papers.profile_sid) == []


def test_an_incomplete_a2p_bundle_is_rejected(sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand) -> None:
    rewrite(speaker, brand.papers.messaging_sid, company_type="")
    speaker.post(f"{PRODUCTS}/{brand.papers.product_sid}", {"Status": "pending-review"})
    sandbox.judge_now(brand.papers.product_sid)
    body = speaker.get(f"{PRODUCTS}/{brand.papers.product_sid}").body
    assert (body["status"], [error["code"] for error in body["errors"]]) == ("twilio-rejected", [22214])


def test_the_authority_may_come_to_know_a_business(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    papers = sandbox.file_papers(account.sid, filed={"business_registration_number": "91-7654321"})
    sandbox.enter_registry("91-7654321", "Larkspur Bike Repair")
    assert {entry.tax_id for entry in sandbox.registry()} == {papers.tax_id, "91-7654321"}
    submit(speaker, papers.profile_sid)
    sandbox.judge_now(papers.profile_sid)
    assert speaker.get(f"{PROFILES}/{papers.profile_sid}").body["status"] == "twilio-approved"
