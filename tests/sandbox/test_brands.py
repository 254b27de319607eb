"""The rules of brands."""

import pytest

from sandbox.handle import Registration, Sandbox
from tests.sandbox.speaker import MESSAGING, Speaker

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
    bundles = {"CustomerProfileBundleSid": registration.profile_sid, "A2PProfileBundleSid": "BU" + "0" * 32}
    reply = speaker.post(BRANDS, bundles)
    sandbox.judge_now(reply.body["sid"])
    assert (reply.status, reply.body["status"]) == (201, "PENDING")
    assert speaker.get(f"{BRANDS}/{reply.body['sid']}").body["status"] == "APPROVED"
