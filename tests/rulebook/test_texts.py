"""Samples, flags, links, descriptions and ways in: each check once silent and often struck."""

from typing import Any

import pytest

from rulebook.submission import Business
from tests.rulebook.drafts import CAMPAIGN, FLOW, LINKS, WORDING, campaign, issues, tollfree

NAME = "Larkspur Bike Repair"
SECOND = f"{NAME}: we found worn pads. Shall we replace them? Reply STOP to end."


def sampled(text: str, **changes: Any) -> set[str]:
    return issues(campaign(message_samples=[f"{NAME}: {text}", SECOND], **changes))


@pytest.mark.parametrize(
    "text", ["pay at https://larkspurbikes.example/pay", "see larkspurbikes.example", "pay: [link]"]
)
def test_a_link_wants_its_flag(text: str) -> None:
    assert sampled(text) == {"links_flag_mismatch"}
    assert sampled(text, has_embedded_links=True) == set()


@pytest.mark.parametrize("text", ["write to shop@larkspurbikes.example", "it is ready at 5.30 p.m. today"])
def test_what_is_no_link_wants_none(text: str) -> None:
    assert sampled(text) == set()
    assert sampled(text, has_embedded_links=True) == {"links_flag_mismatch"}


PHONES = ["call (503) 555-0123", "call 503-555-0123", "ring +15035550123", "call 1-800-GO-PEDAL", "call [branch phone]"]
NO_PHONES = [
    "order 4155550123 is ready",
    "code 482913 is your locker",
    "text back to 55512",
    "ticket 20261103-77 is open",
]


@pytest.mark.parametrize("text", [*PHONES, "call 503.555.0123 now", "dial 503 555 0123", "call [shop phone number]"])
def test_a_phone_wants_its_flag(text: str) -> None:
    assert sampled(text) == {"phone_flag_mismatch"}
    assert sampled(text, has_embedded_phone=True) == set()


@pytest.mark.parametrize("text", NO_PHONES)
def test_what_is_no_phone_wants_none(text: str) -> None:
    assert sampled(text) == set()


@pytest.mark.parametrize(
    "mark",
    [
        "{name}",
        "{{ name }}",
        "<name>",
        "%name%",
        "%s",
        "$name",
        "____",
        "XXXX",
        "lorem ipsum dolor",
        "${name}",
        "FIRST_NAME",
    ],
)
def test_a_placeholder_stands_in_square_brackets(mark: str) -> None:
    assert sampled(f"hi {mark}, your bicycle is ready.") == {"bad_placeholder"}


@pytest.mark.parametrize("text", ["hi [Name], it costs $45.", "save the date <3 everyone", "size XXL is in, 100% wool"])
def test_prices_and_hearts_are_no_placeholders(text: str) -> None:
    assert sampled(text) == set()


def test_samples_name_the_brand_tell_stop_and_differ() -> None:
    plain = "Hi [Name], your bicycle is ready at [time]."
    assert issues(campaign(message_samples=[plain, "Hi [Name], see you soon, [day]."])) == {
        "brand_missing_in_samples",
        "samples_without_opt_out",
    }
    assert issues(campaign(message_samples=[SECOND, SECOND.upper() + "!"])) == {"samples_duplicated"}


@pytest.mark.parametrize(
    ("brand", "written"),
    [
        ("Juniper & Sage Apothecary LLC", "Juniper & Sage"),
        ("Tacoma Harbor Dental", "Harbor Dental"),
        ("Quarrystone Physical Therapy, Inc.", "Quarrystone PT"),
        ("The Blue Kettle Diner", "Blue Kettle"),
        ("Pemberton Unified School District", "Pemberton USD"),
        ("Northwind Valley Water District", "NVWD"),
        ("Osei Family Law", "osei-family.example"),
    ],
)
def test_a_short_form_names_the_brand(brand: str, written: str) -> None:
    samples = [f"{written}: your visit is on [date]. Reply STOP to end.", "See you at [time]."]
    website = "https://www.osei-family.example"
    submission = campaign(brand=Business(brand, website), message_samples=samples)
    assert "brand_missing_in_samples" not in issues(submission)


def test_what_a_business_deals_in_does_not_name_it() -> None:
    samples = ["Your bike is ready, the repair went well. Reply STOP to end.", "Bicycle season: see you at [time]."]
    assert issues(campaign(message_samples=samples)) == {"brand_missing_in_samples"}


@pytest.mark.parametrize("address", ["https://bit.ly/3xyz", "tinyurl.com/abc", "https://t.co/x", "https://is.gd/q"])
def test_a_public_shortener_is_found(address: str) -> None:
    assert sampled(f"pay at {address}", has_embedded_links=True) == {"public_shortener"}


@pytest.mark.parametrize("address", ["https://lrkspr.example/x", "https://t.larkspurbikes.example/x"])
def test_the_brands_own_short_domain_is_fine(address: str) -> None:
    assert sampled(f"pay at {address}", has_embedded_links=True) == set()


def test_http_is_found_wherever_it_stands() -> None:
    assert sampled("pay at http://larkspurbikes.example/pay", has_embedded_links=True) == {"insecure_url"}
    assert issues(
        campaign(message_flow=FLOW.replace("https://larkspurbikes.example/book", "http://larkspurbikes.example"))
    ) == {"insecure_url"}


@pytest.mark.parametrize(
    ("privacy", "terms", "expected"),
    [
        ("https://larkspurbikes.example/legal", "https://LarkspurBikes.example/legal/", {"policy_urls_identical"}),
        ("https://larkspurbikes.example/l#p", "https://larkspurbikes.example/l#t", set()),
        ("https://help.larkspurbikes.example/p", "https://larkspurbikes.example/t", set()),
        ("https://vendor.example/p", "https://larkspurbikes.example/t", {"policy_url_other_domain"}),
        (None, "https://larkspurbikes.example/t", {"policy_url_missing"}),
    ],
)
def test_policy_addresses(privacy: str | None, terms: str, expected: set[str]) -> None:
    assert issues(campaign(privacy_policy_url=privacy, terms_and_conditions_url=terms)) == expected


VAGUE = [
    "Larkspur Bike Repair sends messages and updates to customers about our services and news.",
    "We text customers when their bicycle is ready for collection.",
    "Larkspur Bike Repair sends reminders of repair dates and collection times.",
    "Important information for our valued customers about their account and our services.",
    "This campaign sends notifications to users who opted in to receive communications.",
]
CLEAR = [
    "Larkspur texts cyclists who left a bicycle with us when it is fixed and what it costs.",
    "Customers of Larkspur Bike Repair get a text when parts arrive.",
    "larkspur bike repair - we text people that booked a tune up about pick up times. nothing else",
    "Order and pickup notices of Larkspur Bike Repair for shoppers who bought online.",
]


@pytest.mark.parametrize("text", VAGUE)
def test_a_vague_description_is_found(text: str) -> None:
    assert issues(campaign(description=text)) == {"vague_description"}


@pytest.mark.parametrize("text", CLEAR)
def test_a_clear_description_is_fine(text: str) -> None:
    assert issues(campaign(description=text)) == set()


PERSONAL = [
    "I want to text my family and a few friends about our camping trip. Larkspur Bike Repair",
    "Larkspur: Nadia keeps her cousins and siblings posted on the wedding and shares photos with relatives.",
    "Larkspur is for personal use only, to remind my kids of chores and my husband of groceries.",
]
NOT_PERSONAL = [
    "Larkspur Bike Repair, a family-owned shop, tells riders when a bicycle is ready.",
    "Larkspur Bike Repair tells riders and their families when the friends and family sale of helmets starts.",
    "Larkspur Bike Repair tells parents that the bicycle of their children is ready.",
]


@pytest.mark.parametrize("text", PERSONAL)
def test_private_traffic_is_found(text: str) -> None:
    assert "personal_use" in issues(campaign(description=text))


@pytest.mark.parametrize("text", NOT_PERSONAL)
def test_a_family_business_is_no_private_traffic(text: str) -> None:
    assert issues(campaign(description=text)) == set()


NOT_READY = [
    "Our website is under construction.",
    "The site launches in March.",
    "Our new website will go live next month.",
    "The website is not live yet.",
    "The site is protected by a password, ask us for it.",
    "We are still building our website.",
    "Our homepage is coming soon.",
]
READY = [
    "Our website shows opening times.",
    "The job site is under construction, crews get start times elsewhere.",
    "Road construction notices are on our website.",
    "The site needs no password.",
]


@pytest.mark.parametrize("text", NOT_READY)
def test_a_site_that_is_not_open_is_found(text: str) -> None:
    assert issues(campaign(description=f"{CAMPAIGN['description']} {text}")) == {"website_not_ready"}


@pytest.mark.parametrize("text", READY)
def test_a_site_that_is_open_is_fine(text: str) -> None:
    assert issues(campaign(description=f"{CAMPAIGN['description']} {text}")) == set()


NO_PATH = [
    "See the attached consent form that we sent to support last week.",
    "All recipients are existing customers and have opted in to receive messages from us.",
    "Customers have given their consent. See ticket 4411 for the details please.",
    "Online. Online. Online. Online. Online. Online.",
    "N/A - N/A - N/A - N/A - N/A - N/A - N/A - N/A",
    "Opt-in is collected in line with all laws and carrier rules that apply to us.",
]


@pytest.mark.parametrize("text", NO_PATH)
def test_no_way_to_sign_up_is_found(text: str) -> None:
    assert issues(campaign(message_flow=text)) == {"no_opt_in_path"}
    assert issues(tollfree(additional_information=text, opt_in_image_urls=[])) == {"no_opt_in_path"}


PATHS = [
    f"Our mechanic asks at the counter, reads this aloud and notes the answer: '{WORDING}' {LINKS}",
    f"Paper card at the desk with an optional box, signed by the rider: '{WORDING}' {LINKS}",
    f"Riders scan the QR code in the shop; it opens larkspurbikes.example/list with an empty box: '{WORDING}' {LINKS}",
    f"In the app (https://larkspurbikes.example/app.png) a switch is off until turned on: '{WORDING}' {LINKS}",
]


@pytest.mark.parametrize("text", PATHS)
def test_many_ways_to_sign_up_are_fine(text: str) -> None:
    assert issues(campaign(message_flow=text)) == set()


@pytest.mark.parametrize(
    "where", ["our checkout page", "our website", "the booking form online", "our mobile app", "the customer portal"]
)
def test_a_page_wants_its_address(where: str) -> None:
    flow = f"Riders tick an optional, empty box on {where}: '{WORDING}' {LINKS}"
    assert issues(campaign(message_flow=flow)) == {"no_opt_in_url"}


@pytest.mark.parametrize(
    "evidence",
    [
        "Screenshot: https://drive.google.com/file/d/1/view",
        "Picture: https://www.dropbox.com/s/abc/box.png",
        "The page opens only after logging in to the rider account.",
        "Reviewers need a password to see the page.",
        "The page sits behind a login.",
    ],
)
def test_evidence_behind_a_door_is_found(evidence: str) -> None:
    assert issues(campaign(message_flow=f"{FLOW} {evidence}")) == {"private_evidence_link"}


@pytest.mark.parametrize(
    "evidence",
    [
        "The page sits behind a login, so a public screenshot is at https://larkspurbikes.example/box.png.",
        "No login is needed to see the page.",
        "The page is public.",
    ],
)
def test_public_evidence_is_fine(evidence: str) -> None:
    assert issues(campaign(message_flow=f"{FLOW} {evidence}")) == set()
