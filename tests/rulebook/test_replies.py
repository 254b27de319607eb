"""Replies, keywords, senders, use cases and toll-free fields: each check once silent and often struck."""

from typing import Any

import pytest

from rulebook.submission import Submission
from tests.rulebook.drafts import CAMPAIGN, LINKS, VENDOR, WORDING, campaign, issues, tollfree

NAME = "Larkspur Bike Repair"
SECOND = f"{NAME}: we found worn pads. Shall we replace them? Reply STOP to end."


REPLY = (
    f"{NAME}: you get repair alerts, about 3 msgs per repair. Msg & data rates may apply. HELP for help, STOP to end."
)
KEYWORD_FLOW = f"Riders text WHEELS to (503) 555-0123, as the poster in the shop says: '{WORDING}' {LINKS}"


def test_a_keyword_route_wants_its_keyword_and_its_reply() -> None:
    assert issues(campaign(message_flow=KEYWORD_FLOW, opt_in_keywords=["WHEELS"], opt_in_message=REPLY)) == set()
    assert issues(campaign(message_flow=KEYWORD_FLOW, opt_in_message=REPLY)) == {"keyword_path_mismatch"}
    assert issues(campaign(message_flow=KEYWORD_FLOW, opt_in_keywords=["WHEELS"])) == {"optin_reply_incomplete"}
    assert issues(campaign(opt_in_keywords=["WHEELS"])) == {"keyword_path_mismatch"}
    assert "keyword_path_mismatch" in issues(tollfree(opt_in_type="VIA_TEXT"))


@pytest.mark.parametrize(
    "flow",
    [
        "Riders send the word WHEELS to our number. The sticker reads:",
        "Text WHEELS to 55512 to join.",
        'Customers text "wheels" to the shop number; the flyer says:',
        "By texting WHEELS to +15035550123 riders join.",
        "The keyword is WHEELS, sent to 503-555-0123, per the poster:",
    ],
)
def test_keyword_routes_come_in_many_shapes(flow: str) -> None:
    text = f"{flow} '{WORDING}' {LINKS}"
    assert issues(campaign(message_flow=text, opt_in_keywords=["WHEELS"], opt_in_message=REPLY)) == set()


@pytest.mark.parametrize(
    "piece",
    [
        f"{NAME}: ",
        "repair alerts",
        ", about 3 msgs per repair",
        " Msg & data rates may apply.",
        "HELP for help, ",
        ", STOP to end",
    ],
)
def test_an_opt_in_reply_says_everything(piece: str) -> None:
    reply = REPLY.replace(piece, "texts" if piece == "repair alerts" else "")
    assert issues(campaign(opt_in_message=reply)) == {"optin_reply_incomplete"}


@pytest.mark.parametrize(
    ("reply", "fine"),
    [
        ("Larkspur: you are unsubscribed and get no more messages.", True),
        ("You have been removed from Larkspur alerts. We won't text you again.", True),
        ("Larkspur: opt-out confirmed, this is our last text.", True),
        ("Larkspur: you have been unsubscribed. Bye!", False),
        ("Larkspur: sorry to see you go! Text START to come back.", False),
    ],
)
def test_an_opt_out_reply_confirms_and_ends(reply: str, fine: bool) -> None:
    assert issues(campaign(opt_out_message=reply)) == (set() if fine else {"optout_reply_incomplete"})


@pytest.mark.parametrize(
    ("reply", "fine"),
    [
        ("Larkspur Bike Repair: call (503) 555-0123.", True),
        ("Larkspur help: write to shop@larkspurbikes.example", True),
        ("Larkspur Bike Repair: larkspurbikes.example/help", True),
        ("Larkspur Bike Repair texts. Reply STOP to end.", False),
        ("For help call (503) 555-0123. Reply STOP to end.", False),
    ],
)
def test_a_help_reply_names_brand_and_contact(reply: str, fine: bool) -> None:
    assert issues(campaign(help_message=reply)) == (set() if fine else {"help_reply_incomplete"})


FOREIGN = [
    "Larkspur Bike Repair: su bicicleta está lista, puede recogerla mañana. Responda STOP para no recibir más.",
    "Larkspur Bike Repair: votre vélo est prêt, vous pouvez le chercher. Répondez STOP pour arrêter.",
    "Larkspur Bike Repair: Ihr Rad ist fertig und wartet. Antworten Sie STOP, wenn Sie nicht mehr wollen.",
    "Larkspur Bike Repair: 您的自行车已修好，请明天来取。回复 STOP 退订。",
    "Larkspur Bike Repair: xe đạp của bạn đã sửa xong, vui lòng đến lấy. STOP để dừng.",
]


@pytest.mark.parametrize("text", FOREIGN)
def test_another_language_is_found(text: str) -> None:
    assert issues(campaign(message_samples=[text, SECOND])) == {"not_english"}
    both = f"{text} / {NAME}: your bicycle is ready and you can collect it tomorrow. Reply STOP to end."
    assert issues(campaign(message_samples=[both, SECOND])) == set()


def test_the_vendor_does_not_stand_for_the_brand() -> None:
    sample = "Pelican Inbox: your appointment is on [date]. Reply STOP to end."
    assert "isv_instead_of_business" in issues(campaign(isv=VENDOR, message_samples=[sample, sample + " [a]"]))
    assert "isv_instead_of_business" in issues(tollfree(isv=VENDOR, business_name="Pelican Inbox LLC"))
    assert "isv_instead_of_business" in issues(
        tollfree(isv=VENDOR, business_website="https://www.pelicaninbox.example")
    )
    assert issues(campaign(isv=VENDOR, description=f"{CAMPAIGN['description']} Sent via Pelican Inbox.")) == set()


USE_CASES = [
    ("CUSTOMER_CARE", "20% off all helmets this weekend"),
    ("ACCOUNT_NOTIFICATION", "buy one tube, get one free until Sunday"),
    ("DELIVERY_NOTIFICATION", "flash sale starts now"),
    ("MARKETING", "482913 is your login code"),
    ("MARKETING", "your appointment is confirmed for [date]"),
    ("2FA", "your bicycle is ready for pickup"),
    ("PUBLIC_SERVICE_ANNOUNCEMENT", "save $20 with coupon PEDAL"),
]
USE_CASES_FINE = [
    ("CUSTOMER_CARE", "your tune-up is on [date]"),
    ("ACCOUNT_NOTIFICATION", "your balance of $40 is due"),
    ("MARKETING", "20% off all helmets this weekend"),
    ("MIXED", "your order shipped, and 10% off the next one"),
    ("2FA", "482913 is your login code"),
    ("DELIVERY_NOTIFICATION", "your order is on the truck"),
    ("CUSTOMER_CARE", "an opening came up tomorrow, want it?"),
    ("CUSTOMER_CARE", "save the date, class starts May 3"),
    ("CHARITY", "can you give $10 for kids' helmets today?"),
]


@pytest.mark.parametrize(("use_case", "text"), USE_CASES)
def test_a_sample_outside_of_the_use_case_is_found(use_case: str, text: str) -> None:
    samples = [f"{NAME}: {text}. Reply STOP to end.", f"{NAME}: {text}!! [again and again]"]
    found = issues(campaign(us_app_to_person_usecase=use_case, message_samples=[samples[0], samples[1] + " ok"]))
    assert "sample_use_case_mismatch" in found


@pytest.mark.parametrize(("use_case", "text"), USE_CASES_FINE)
def test_a_sample_of_the_use_case_is_fine(use_case: str, text: str) -> None:
    samples = [f"{NAME}: {text}. Reply STOP to end.", f"{NAME}: {text} then."]
    assert "sample_use_case_mismatch" not in issues(
        campaign(us_app_to_person_usecase=use_case, message_samples=samples)
    )


def test_mere_confirmations_are_no_samples() -> None:
    samples = [
        f"{NAME}: you are now subscribed. Reply HELP for help, STOP to end.",
        f"{NAME}: you have been unsubscribed and will receive no more messages.",
    ]
    assert "sample_use_case_mismatch" in issues(campaign(message_samples=samples))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"business_contact_email": "larkspur.shop@gmail.com"}, "public_email_contact"),
        ({"business_contact_email": "nadia@yahoo.co.uk"}, "public_email_contact"),
        ({"business_contact_first_name": "Support", "business_contact_last_name": "Team"}, "role_contact_name"),
        ({"business_contact_first_name": "Larkspur", "business_contact_last_name": "Repair"}, "role_contact_name"),
        ({"business_registration_number": None}, "missing_registration_number"),
        ({"business_registration_number": "00-0000000"}, "missing_registration_number"),
        ({"business_registration_number": "applied for"}, "missing_registration_number"),
        ({"business_street_address": "TBD"}, "business_data_incomplete"),
        ({"business_contact_phone": "(503) 555-0123"}, "business_data_incomplete"),
        ({"business_website": ""}, "business_data_incomplete"),
        ({"opt_in_image_urls": ["https://drive.google.com/file/d/1"]}, "private_evidence_link"),
        ({"use_case_categories": ["CUSTOMER_CARE", "MARKETING"]}, "category_without_sample"),
    ],
)
def test_toll_free_fields(changes: dict[str, Any], expected: str) -> None:
    assert issues(tollfree(**changes)) == {expected}


@pytest.mark.parametrize(
    "changes",
    [
        {"business_registration_number": None, "business_type": "SOLE_PROPRIETOR"},
        {"business_contact_first_name": "Maria", "business_contact_last_name": "Sales"},
        {"notification_email": "desk@gmail.com"},
        {
            "use_case_categories": ["CUSTOMER_CARE", "MARKETING"],
            "production_message_sample": f"{NAME}: it is ready, STOP to end.\n{NAME}: 20% off. STOP to end.",
        },
    ],
)
def test_toll_free_fields_that_are_fine(changes: dict[str, Any]) -> None:
    assert issues(tollfree(**changes)) == set()


def test_updates() -> None:
    after = {**CAMPAIGN, "age_gated": True, "opt_in_keywords": None, "help_message": f"{NAME}: call (503) 555-0123."}
    update: dict[str, Any] = {"kind": "campaign", "draft": after, "brand": campaign().brand, "previous": CAMPAIGN}
    assert issues(Submission(**update, status="FAILED")) == {"uneditable_field_changed"}
    assert issues(Submission(**update, status="VERIFIED")) == {
        "uneditable_field_changed",
        "boolean_changed_after_approval",
    }
    assert issues(Submission(**{**update, "previous": after}, status="VERIFIED")) == set()


@pytest.mark.parametrize("words", [["MY-CLUB"], ["MY CLUB"], ["CLÜB"], ["A" * 200, "B" * 60]])
def test_keywords_are_letters_and_digits(words: list[str]) -> None:
    assert "keyword_format" in issues(campaign(opt_out_keywords=words))
