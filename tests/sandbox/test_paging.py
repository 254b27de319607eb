"""Lists and how they are followed."""

import pytest

from sandbox.handle import Account, Registration, Sandbox
from tests.sandbox.speaker import MESSAGING, TRUSTHUB, Speaker

SERVICES = f"{MESSAGING}/Services"


@pytest.fixture
def services(sandbox: Sandbox, account: Account) -> list[str]:
    return [sandbox.create_service(account.sid, friendly_name=f"Service {number}") for number in range(5)]


def test_pages_are_followed_to_the_end(speaker: Speaker, services: list[str]) -> None:
    seen, url = [], f"https:/{SERVICES}?PageSize=2"
    pages = []
    while url:
        page = speaker.follow(url).body
        pages.append(page["meta"]["page"])
        seen += [row["sid"] for row in page["services"]]
        url = page["meta"]["next_page_url"]
    assert (seen, pages) == (services, [0, 1, 2])


def test_a_page_knows_itself_and_its_neighbours(speaker: Speaker, services: list[str]) -> None:
    first = speaker.get(f"{SERVICES}?PageSize=2").body["meta"]
    second = speaker.follow(first["next_page_url"]).body["meta"]
    assert (first["key"], first["page_size"], first["previous_page_url"]) == ("services", 2, None)
    assert first["url"].startswith("https://messaging.twilio.com/v1/Services?")
    back = speaker.follow(second["previous_page_url"]).body
    assert [row["sid"] for row in back["services"]] == services[:2]


def test_a_full_last_page_has_no_next(speaker: Speaker, services: list[str]) -> None:
    assert speaker.get(f"{SERVICES}?PageSize=5").body["meta"]["next_page_url"] is None


def test_a_page_is_not_shifted_by_what_was_deleted_before_it(
    sandbox: Sandbox, speaker: Speaker, services: list[str]
) -> None:
    following = speaker.get(f"{SERVICES}?PageSize=2").body["meta"]["next_page_url"]
    sandbox.remove(services[0])
    assert [row["sid"] for row in speaker.follow(following).body["services"]] == services[2:4]


def test_fifty_rows_are_the_default(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    for _ in range(51):
        sandbox.create_service(account.sid)
    page = speaker.get(SERVICES).body
    assert (len(page["services"]), page["meta"]["page_size"]) == (50, 50)


@pytest.mark.parametrize("size", ["0", "1001", "many"])
def test_an_impossible_page_size_is_refused(speaker: Speaker, size: str) -> None:
    assert speaker.get(f"{SERVICES}?PageSize={size}").status == 400


def test_filters_stay_in_the_addresses_of_the_pages(sandbox: Sandbox, speaker: Speaker, account: Account) -> None:
    for _ in range(3):
        sandbox.register_number(account.sid)
    page = speaker.get(f"{MESSAGING}/Tollfree/Verifications?Status=TWILIO_APPROVED&PageSize=2").body
    assert "Status=TWILIO_APPROVED" in page["meta"]["next_page_url"]


def test_bundles_are_listed_and_fetched(sandbox: Sandbox, speaker: Speaker, registration: Registration) -> None:
    product = sandbox.create_profile(registration.account_sid, kind="trust_product", status="draft")
    profiles = speaker.get(f"{TRUSTHUB}/CustomerProfiles?Status=twilio-approved").body
    assert ([row["sid"] for row in profiles["results"]], profiles["meta"]["key"]) == (
        [registration.profile_sid],
        "results",
    )
    assert speaker.get(f"{TRUSTHUB}/CustomerProfiles/{registration.profile_sid}").body["errors"] is None
    assert speaker.get(f"{TRUSTHUB}/TrustProducts/{product}").body["status"] == "draft"
    approved = speaker.get(f"{TRUSTHUB}/TrustProducts?Status=twilio-approved").body["results"]
    assert [row["sid"] for row in approved] == [registration.papers.product_sid]
