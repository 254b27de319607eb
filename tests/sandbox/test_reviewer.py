"""The reviewer: when it answers, and what it makes of a text."""

from typing import Any

import pytest

from sandbox.handle import Account, RegisteredBrand, Registration, Sandbox
from tests.sandbox.conftest import REVIEW_SECONDS
from tests.sandbox.speaker import MESSAGING, Speaker, campaign_path, update_form

LARKSPUR = "https://larkspurbikerepair.example"
CONSENT = "Customers tick a box on https://larkspur.example that reads: I agree to receive {kind} from Larkspur.{rest}"


def submit(speaker: Speaker, registration: Registration, **changes: Any) -> None:
    path = campaign_path(registration.service_sid)
    assert speaker.post(path, update_form(speaker.get(path).body, **changes)).status == 200


def verdict(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> tuple[str, list[tuple[int, list[str]]]]:
    sandbox.advance(REVIEW_SECONDS)
    body = speaker.get(campaign_path(registration.service_sid)).body
    return body["campaign_status"], [(error["error_code"], error["fields"]) for error in body["errors"]]


@pytest.fixture
def rejected(sandbox: Sandbox, registration: Registration) -> Registration:
    sandbox.freeze()
    sandbox.reject(registration.service_sid, [30924])
    return registration


def test_a_submission_waits_is_read_and_judged(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    submit(speaker, rejected)
    path, words = campaign_path(rejected.service_sid), []
    for _ in range(5):
        words.append(speaker.get(path).body["campaign_status"])
        sandbox.advance(REVIEW_SECONDS / 4)
    assert words == ["PENDING", "IN_PROGRESS", "IN_PROGRESS", "IN_PROGRESS", "VERIFIED"]


def test_good_text_is_verified(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    submit(speaker, rejected)
    assert verdict(sandbox, speaker, rejected) == ("VERIFIED", [])
    assert speaker.get(campaign_path(rejected.service_sid)).body["campaign_id"].startswith("C")


@pytest.mark.parametrize(
    ("kind", "rest"),
    [
        ("texts", " Message frequency varies. Message and data rates may apply. Reply STOP to opt out."),
        ("promotional texts", " Message and data rates may apply. Reply STOP to opt out."),
        ("promotional texts", " Message frequency varies. Reply STOP to opt out."),
        ("promotional texts", " Message frequency varies. Message and data rates may apply."),
    ],
    ids=["message type", "frequency", "rates", "opt-out"],
)
def test_a_missing_disclosure_fails_the_opt_in_flow(
    sandbox: Sandbox, speaker: Speaker, rejected: Registration, kind: str, rest: str
) -> None:
    submit(speaker, rejected, message_flow=CONSENT.format(kind=kind, rest=rest))
    assert verdict(sandbox, speaker, rejected) == ("FAILED", [(30924, ["MESSAGE_FLOW"])])


@pytest.mark.parametrize(
    "rest",
    [
        " Message frequency varies. Message and data rates may apply. Reply STOP to unsubscribe.",
        " Up to 5 messages per month. Msg & data rates may apply. Reply STOP to cancel.",
        " 2 msgs/week. Message and data rates may apply. Text STOP to end.",
    ],
)
def test_the_disclosures_are_read_in_common_wordings(
    sandbox: Sandbox, speaker: Speaker, rejected: Registration, rest: str
) -> None:
    submit(speaker, rejected, message_flow=CONSENT.format(kind="recurring promotional texts", rest=rest))
    assert verdict(sandbox, speaker, rejected) == ("VERIFIED", [])


@pytest.mark.parametrize(
    ("sample", "code"),
    [
        ("Larkspur: pay at https://bit.ly/3xYz now. Reply STOP to opt out.", 30892),
        ("Your bicycle is ready, come by. Reply STOP to opt out.", 30893),
        ("Larkspur Bike Repair: your bicycle is ready, come by.", 30893),
    ],
    ids=["shortener", "no brand", "no STOP"],
)
def test_a_bad_sample_is_flagged_by_its_number(
    sandbox: Sandbox, speaker: Speaker, rejected: Registration, sample: str, code: int
) -> None:
    good = "Larkspur Bike Repair: we close at [Time]. Reply STOP to opt out."
    submit(speaker, rejected, message_samples=[good, sample])
    assert verdict(sandbox, speaker, rejected) == ("FAILED", [(code, ["SAMPLE_MESSAGE_2"])])


def test_one_time_codes_need_no_stop(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    made = sandbox.register(account.sid, use_case="2FA")
    sandbox.reject(made.service_sid, [39999])
    submit(speaker, made)
    assert verdict(sandbox, speaker, made) == ("VERIFIED", [])


def test_a_vague_description_fails(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    submit(speaker, rejected, description="Promotional messages for our many valued customers")
    assert verdict(sandbox, speaker, rejected) == ("FAILED", [(30886, ["USE_CASE_DESCRIPTION"])])


def test_consent_nobody_can_look_at_fails(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    submit(speaker, rejected, message_flow="Customers agree to our terms when they come to us for the first time.")
    _, errors = verdict(sandbox, speaker, rejected)
    assert [code for code, _ in errors] == [30924, 30909]


def test_an_error_carries_its_address_and_words(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    [error] = speaker.get(campaign_path(rejected.service_sid)).body["errors"]
    assert error["url"] == "https://www.twilio.com/docs/api/errors/30924"
    assert "consent language" in error["description"]


def test_an_unknown_code_is_shown_all_the_same(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    sandbox.reject(rejected.service_sid, [39999])
    [error] = speaker.get(campaign_path(rejected.service_sid)).body["errors"]
    assert (error["error_code"], error["fields"], bool(error["description"])) == (39999, [], True)


def test_a_decision_in_between_ends_the_review(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    submit(speaker, rejected)
    sandbox.reject(rejected.service_sid, [30885])
    assert verdict(sandbox, speaker, rejected) == ("FAILED", [(30885, ["USE_CASE_DESCRIPTION"])])


def test_judging_now_needs_no_waiting(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    submit(speaker, rejected)
    sandbox.judge_now()
    assert speaker.get(campaign_path(rejected.service_sid)).body["campaign_status"] == "VERIFIED"


def test_a_brand_passes_once_its_profile_is_approved(
    sandbox: Sandbox, speaker: Speaker, brand: RegisteredBrand
) -> None:
    path = f"{MESSAGING}/a2p/BrandRegistrations/{brand.brand_sid}"
    sandbox.reject(brand.brand_sid, [30795])
    sandbox.set_status(brand.papers.profile_sid, "twilio-rejected")
    statuses = []
    for _ in range(2):
        speaker.post(path)
        sandbox.judge_now(brand.brand_sid)
        statuses.append(speaker.get(path).body["status"])
        sandbox.approve(brand.papers.profile_sid)
    assert statuses == ["FAILED", "APPROVED"]


def test_promotions_want_another_use_case(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    samples = ["Larkspur: 20% off tune-ups this week. Reply STOP to opt out."] * 2
    made = sandbox.register(account.sid, use_case="CUSTOMER_CARE", message_samples=samples)
    sandbox.reject(made.service_sid, [39999])
    submit(speaker, made)
    assert verdict(sandbox, speaker, made) == ("FAILED", [(30900, ["USE_CASE"])])


def test_a_campaign_is_no_better_than_its_brand(sandbox: Sandbox, speaker: Speaker, rejected: Registration) -> None:
    sandbox.reject(rejected.brand_sid, [30795])
    submit(speaker, rejected)
    assert verdict(sandbox, speaker, rejected) == ("FAILED", [(30991, ["BRAND"])])


def test_a_tax_number_is_good_for_fifty_brands(
    sandbox: Sandbox, speaker: Speaker, account: Account, rejected: Registration
) -> None:
    for _ in range(49):
        sandbox.create_brand(account.sid, customer_profile_bundle_sid=rejected.profile_sid)
    submit(speaker, rejected)
    assert verdict(sandbox, speaker, rejected) == ("VERIFIED", [])
    sandbox.register_brand(sandbox.create_account("Somebody else").sid)
    submit(speaker, rejected)
    assert verdict(sandbox, speaker, rejected) == ("FAILED", [(30898, ["BRAND"])])


def test_a_frozen_clock_moves_only_when_told(sandbox: Sandbox) -> None:
    before = sandbox.freeze()
    assert sandbox.advance(90) == before + 90
    assert sandbox.state()["now"] == before + 90
    assert sandbox.run_clock() >= before + 90
