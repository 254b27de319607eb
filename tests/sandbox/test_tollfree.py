"""The rules of toll-free verifications."""

from datetime import datetime, timedelta

import pytest

from sandbox.handle import Account, Sandbox
from tests.sandbox.conftest import speaks_as
from tests.sandbox.speaker import MESSAGING, Speaker

VERIFICATIONS = f"{MESSAGING}/Tollfree/Verifications"
NEW = {
    "BusinessName": "Harbor Dental Tacoma",
    "BusinessWebsite": "https://harbordental.example",
    "NotificationEmail": "compliance@northbeam.example",
    "UseCaseCategories": ["CUSTOMER_CARE", "MARKETING"],
    "UseCaseSummary": "Harbor Dental reminds patients who ticked the SMS box of their appointments.",
    "ProductionMessageSample": "Harbor Dental: see you on [Date]. Reply STOP to opt out.",
    "OptInImageUrls": ["https://harbordental.example/opt-in.png"],
    "OptInType": "WEB_FORM",
    "MessageVolume": "1,000",
    "TollfreePhoneNumberSid": "PN" + "0" * 32,
    "BusinessType": "SOLE_PROPRIETOR",
    "ExternalReferenceId": "customer-7",
}


@pytest.fixture
def rejected(sandbox: Sandbox, account: Account) -> str:
    sid = sandbox.register_number(account.sid, production_message_sample="Harbor: see http://harbor.example STOP")
    sandbox.reject(sid, [30471])
    return sid


def test_a_rejection_opens_an_edit_window_of_seven_days(speaker: Speaker, rejected: str) -> None:
    body = speaker.get(f"{VERIFICATIONS}/{rejected}").body
    rejected_at, closes = (datetime.fromisoformat(body[name]) for name in ("date_updated", "edit_expiration"))
    assert (body["status"], body["edit_allowed"]) == ("TWILIO_REJECTED", True)
    assert closes - rejected_at == timedelta(days=7)
    assert body["rejection_reasons"] == [{"code": 30471, "reason": body["rejection_reason"]}]
    assert body["error_code"] == 30471


def test_an_edit_changes_what_is_sent_and_starts_a_review(sandbox: Sandbox, speaker: Speaker, rejected: str) -> None:
    form = {"ProductionMessageSample": "Harbor Dental: see you. Reply STOP to opt out.", "EditReason": "Link fixed"}
    reply = speaker.post(f"{VERIFICATIONS}/{rejected}", form)
    assert (reply.status, reply.body["status"], reply.body["edit_allowed"]) == (202, "PENDING_REVIEW", None)
    assert (reply.body["business_name"], reply.body["rejection_reasons"]) == ("Harbor Dental Tacoma", None)
    sandbox.judge_now(rejected)
    assert speaker.get(f"{VERIFICATIONS}/{rejected}").body["status"] == "TWILIO_APPROVED"


def test_an_edit_that_repairs_nothing_is_rejected_again(sandbox: Sandbox, speaker: Speaker, rejected: str) -> None:
    speaker.post(f"{VERIFICATIONS}/{rejected}", {"EditReason": "Please look again"})
    sandbox.judge_now(rejected)
    assert speaker.get(f"{VERIFICATIONS}/{rejected}").body["error_code"] == 30471


def test_the_number_cannot_be_changed(speaker: Speaker, rejected: str) -> None:
    before = speaker.get(f"{VERIFICATIONS}/{rejected}").body["tollfree_phone_number_sid"]
    reply = speaker.post(f"{VERIFICATIONS}/{rejected}", {"TollfreePhoneNumberSid": "PN" + "1" * 32})
    assert reply.body["tollfree_phone_number_sid"] == before


def test_a_closed_window_still_takes_an_edit(sandbox: Sandbox, speaker: Speaker, rejected: str) -> None:
    sandbox.advance(8 * 24 * 3600)
    assert speaker.post(f"{VERIFICATIONS}/{rejected}", {"EditReason": "Late"}).status == 202


def test_a_final_rejection_takes_no_edit(sandbox: Sandbox, speaker: Speaker, rejected: str) -> None:
    sandbox.reject(rejected, [30461])
    body = speaker.get(f"{VERIFICATIONS}/{rejected}").body
    assert (body["edit_allowed"], body["edit_expiration"]) == (False, None)
    assert speaker.post(f"{VERIFICATIONS}/{rejected}", {"EditReason": "No poker"}).status == 400


@pytest.mark.parametrize("status", ["PENDING_REVIEW", "IN_REVIEW", "TWILIO_APPROVED"])
def test_an_edit_in_any_other_state_is_refused(sandbox: Sandbox, speaker: Speaker, rejected: str, status: str) -> None:
    sandbox.set_status(rejected, status)
    assert speaker.post(f"{VERIFICATIONS}/{rejected}", {"EditReason": "Now"}).status == 400


def test_an_unknown_word_of_a_closed_list_is_refused(speaker: Speaker, rejected: str) -> None:
    assert speaker.post(f"{VERIFICATIONS}/{rejected}", {"OptInType": "TELEPATHY"}).status == 400


def test_the_older_shape_has_a_single_reason(sandbox: Sandbox, speaker: Speaker, rejected: str) -> None:
    sandbox.reject(rejected, [30473], rejection_reasons=None, edit_expiration="2026-11-30T10:00:00Z")
    body = speaker.get(f"{VERIFICATIONS}/{rejected}").body
    assert (body["rejection_reasons"], body["error_code"]) == (None, 30473)
    assert body["edit_expiration"] == "2026-11-30T10:00:00Z"


def test_a_new_verification_goes_to_review(sandbox: Sandbox, speaker: Speaker) -> None:
    reply = speaker.post(VERIFICATIONS, NEW)
    assert (reply.status, reply.body["status"]) == (201, "PENDING_REVIEW")
    assert reply.body["use_case_categories"] == ["CUSTOMER_CARE", "MARKETING"]
    sandbox.judge_now(reply.body["sid"])
    assert speaker.get(f"{VERIFICATIONS}/{reply.body['sid']}").body["status"] == "TWILIO_APPROVED"


@pytest.mark.parametrize("name", ["BusinessName", "OptInImageUrls", "TollfreePhoneNumberSid"])
def test_a_new_verification_needs_its_required_fields(speaker: Speaker, name: str) -> None:
    assert speaker.post(VERIFICATIONS, {key: value for key, value in NEW.items() if key != name}).status == 400


def test_a_deleted_verification_is_gone(speaker: Speaker, rejected: str) -> None:
    assert speaker.delete(f"{VERIFICATIONS}/{rejected}").status == 204
    assert speaker.get(f"{VERIFICATIONS}/{rejected}").status == 404


def test_a_list_spans_subaccounts_only_when_asked(
    sandbox: Sandbox, speaker: Speaker, account: Account, subaccount: Account
) -> None:
    own, theirs = sandbox.register_number(account.sid), sandbox.register_number(subaccount.sid)

    def listed(query: str) -> list[str]:
        return [row["sid"] for row in speaker.get(VERIFICATIONS + query).body["verifications"]]

    assert (listed(""), listed("?IncludeSubAccounts=true")) == ([own], [own, theirs])
    assert speaker.get(f"{VERIFICATIONS}/{theirs}").status == 404


def test_a_subaccount_never_sees_its_parents_verifications(
    sandbox: Sandbox, account: Account, subaccount: Account
) -> None:
    sandbox.register_number(account.sid)
    reply = speaks_as(sandbox, subaccount).get(f"{VERIFICATIONS}?IncludeSubAccounts=true")
    assert reply.body["verifications"] == []


def test_a_list_is_narrowed_by_status_and_reference(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    sandbox.register_number(account.sid)
    ours = sandbox.register_number(account.sid, external_reference_id="customer-7")
    sandbox.reject(ours, [30471])
    for query in ("Status=TWILIO_REJECTED", "ExternalReferenceId=customer-7"):
        rows = speaker.get(f"{VERIFICATIONS}?{query}").body["verifications"]
        assert [row["sid"] for row in rows] == [ours]
