"""The rules of toll-free verifications."""

from datetime import datetime, timedelta

import pytest

from sandbox.handle import Account, Sandbox
from tests.sandbox.conftest import REVIEW_SECONDS, speaks_as
from tests.sandbox.speaker import API, MESSAGING, Form, Speaker

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
    "BusinessType": "PRIVATE_PROFIT",
    "BusinessRegistrationNumber": "911234567",
    "BusinessRegistrationAuthority": "EIN",
    "BusinessRegistrationCountry": "US",
    "PrivacyPolicyUrl": "https://harbordental.example/privacy",
    "TermsAndConditionsUrl": "https://harbordental.example/terms",
    "ExternalReferenceId": "customer-7",
}
REGISTRATION = ("BusinessRegistrationNumber", "BusinessRegistrationAuthority", "BusinessRegistrationCountry")


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


def test_a_closed_window_still_takes_an_edit_that_waits_longer(
    sandbox: Sandbox, speaker: Speaker, rejected: str
) -> None:
    sandbox.freeze()
    sandbox.advance(8 * 24 * 3600)
    path = f"{VERIFICATIONS}/{rejected}"
    assert speaker.get(path).body["edit_allowed"] is True
    form = {"ProductionMessageSample": "Harbor Dental: see you. Reply STOP to opt out.", "EditReason": "Late"}
    assert speaker.post(path, form).status == 202
    statuses = []
    for _ in range(2):
        sandbox.advance(REVIEW_SECONDS)
        statuses.append(speaker.get(path).body["status"])
    assert statuses == ["PENDING_REVIEW", "TWILIO_APPROVED"]


def test_a_final_rejection_takes_no_edit(sandbox: Sandbox, speaker: Speaker, rejected: str) -> None:
    sandbox.reject(rejected, [30461])
    body = speaker.get(f"{VERIFICATIONS}/{rejected}").body
    assert (body["edit_allowed"], body["edit_expiration"]) == (False, None)
    assert speaker.post(f"{VERIFICATIONS}/{rejected}", {"EditReason": "No poker"}).status == 400


@pytest.mark.parametrize("status", ["PENDING_REVIEW", "IN_REVIEW", "TWILIO_APPROVED"])
def test_an_edit_in_any_other_state_is_refused(sandbox: Sandbox, speaker: Speaker, rejected: str, status: str) -> None:
    sandbox.set_status(rejected, status)
    assert speaker.post(f"{VERIFICATIONS}/{rejected}", {"EditReason": "Now"}).status == 400


def test_the_older_shape_has_a_single_reason(sandbox: Sandbox, speaker: Speaker, rejected: str) -> None:
    sandbox.reject(rejected, [30473], rejection_reasons=None, edit_expiration="2026-11-30T10:00:00Z")
    body = speaker.get(f"{VERIFICATIONS}/{rejected}").body
    assert (body["rejection_reasons"], body["error_code"]) == (None, 30473)
    assert body["edit_expiration"] == "2026-11-30T10:00:00Z"


@pytest.fixture
def new(sandbox: Sandbox, account: Account) -> Form:
    """The form of a new verification, for a number the account has."""
    return {**NEW, "TollfreePhoneNumberSid": sandbox.create_number(account.sid, "+18335550150")}


def test_a_new_verification_goes_to_review(sandbox: Sandbox, speaker: Speaker, new: Form) -> None:
    reply = speaker.post(VERIFICATIONS, new)
    assert (reply.status, reply.body["status"]) == (201, "PENDING_REVIEW")
    assert reply.body["use_case_categories"] == ["CUSTOMER_CARE", "MARKETING"]
    assert reply.body["tollfree_phone_number"] == "+18335550150"
    sandbox.judge_now(reply.body["sid"])
    assert speaker.get(f"{VERIFICATIONS}/{reply.body['sid']}").body["status"] == "TWILIO_APPROVED"


@pytest.mark.parametrize(
    "name",
    [
        "BusinessName",
        "OptInImageUrls",
        "TollfreePhoneNumberSid",
        "PrivacyPolicyUrl",
        "TermsAndConditionsUrl",
        *REGISTRATION,
    ],
)
def test_a_new_verification_needs_its_required_fields(speaker: Speaker, new: Form, name: str) -> None:
    reply = speaker.post(VERIFICATIONS, {key: value for key, value in new.items() if key != name})
    assert (reply.status, name in reply.body["message"]) == (400, True)


def test_a_sole_proprietor_needs_no_registration(speaker: Speaker, new: Form) -> None:
    kept = {key: value for key, value in new.items() if key not in REGISTRATION}
    assert speaker.post(VERIFICATIONS, {**kept, "BusinessType": "SOLE_PROPRIETOR"}).status == 201


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("UseCaseCategories", ["CUSTOMER_CARE", "GOSSIP"]),
        ("BusinessRegistrationAuthority", "SSN"),
        ("OptInType", "TELEPATHY"),
        ("BusinessType", "LLC"),
        ("VettingProvider", "AEGIS"),
    ],
)
def test_a_word_outside_its_list_is_refused(
    speaker: Speaker, rejected: str, new: Form, name: str, word: str | list[str]
) -> None:
    assert speaker.post(VERIFICATIONS, {**new, name: word}).status == 400
    assert speaker.post(f"{VERIFICATIONS}/{rejected}", {name: word}).status == 400


def test_a_number_is_a_toll_free_one_of_the_account_itself(
    sandbox: Sandbox, speaker: Speaker, account: Account, subaccount: Account, new: Form
) -> None:
    wrong = (
        "PN" + "0" * 32,
        sandbox.create_number(subaccount.sid, "+18335550151"),
        sandbox.create_number(account.sid, "+12535550152"),
    )
    assert [speaker.post(VERIFICATIONS, {**new, "TollfreePhoneNumberSid": sid}).code for sid in wrong] == [30436] * 3


def test_a_number_has_one_verification_at_a_time(speaker: Speaker, new: Form) -> None:
    first, second = speaker.post(VERIFICATIONS, new), speaker.post(VERIFICATIONS, new)
    assert (first.status, second.status) == (201, 400)
    speaker.delete(f"{VERIFICATIONS}/{first.body['sid']}")
    assert speaker.post(VERIFICATIONS, new).status == 201


def test_the_numbers_of_an_account_are_listed_and_found(
    sandbox: Sandbox, speaker: Speaker, account: Account, subaccount: Account
) -> None:
    verification = sandbox.register_number(account.sid, phone="+18445550160")
    sandbox.create_number(account.sid, "+18445550161")
    theirs = sandbox.create_number(subaccount.sid, "+18445550162")
    path = f"{API}/2010-04-01/Accounts/{account.sid}/IncomingPhoneNumbers.json"
    [found] = speaker.get(f"{path}?PhoneNumber=%2B18445550160").body["incoming_phone_numbers"]
    named = speaker.get(f"{VERIFICATIONS}/{verification}").body["tollfree_phone_number_sid"]
    assert (found["sid"], len(speaker.get(path).body["incoming_phone_numbers"])) == (named, 2)
    rows = speaker.get(path.replace(account.sid, subaccount.sid)).body["incoming_phone_numbers"]
    assert [row["sid"] for row in rows] == [theirs]


# More of what its reviewer looks at


def test_a_shared_number_is_rejected_until_it_is_one_businesss(
    sandbox: Sandbox, speaker: Speaker, account: Account
) -> None:
    sid = sandbox.register_number(account.sid, additional_information="One number for several clients of our agency.")
    sandbox.edit_elsewhere(sid)
    sandbox.judge_now(sid)
    path = f"{VERIFICATIONS}/{sid}"
    assert speaker.get(path).body["error_code"] == 30478
    form = {"AdditionalInformation": "This number is used by Harbor Dental Tacoma only.", "EditReason": "One business"}
    assert speaker.post(path, form).status == 202
    sandbox.judge_now(sid)
    assert speaker.get(path).body["status"] == "TWILIO_APPROVED"


def test_a_sixth_number_of_a_business_needs_its_reason(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    sids = [sandbox.register_number(account.sid, phone=f"+1844555017{digit}") for digit in range(6)]
    path = f"{VERIFICATIONS}/{sids[-1]}"
    sandbox.edit_elsewhere(sids[-1])
    sandbox.judge_now(sids[-1])
    assert (speaker.get(path).body["error_code"], speaker.get(path).body["edit_allowed"]) == (30479, True)
    speaker.post(path, {"AdditionalInformation": "Six numbers: each of our six clinics texts from its own number."})
    sandbox.judge_now(sids[-1])
    assert speaker.get(path).body["status"] == "TWILIO_APPROVED"


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
