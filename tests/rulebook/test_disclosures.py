"""The same disclosure in many wordings, and wordings that only come near it."""

import pytest

from rulebook.checks.meanings import frequency, help_or_contact, kind_of_messages, opt_out, rates
from rulebook.names import name_of
from rulebook.prose import prose
from tests.rulebook.drafts import FLOW, LARKSPUR, LINKS, WORDING, campaign, issues, tollfree

RATES = [
    "Message and data rates may apply.",
    "Msg & data rates may apply",
    "msg&data rates apply",
    "Std msg/data rates may apply",
    "Standard carrier charges may apply to texts you get.",
    "Your mobile plan's usual message and data charges apply.",
    "M&D: msg and data rates might apply",
    "You may be charged for data and messages by your carrier.",
    "carrier fees could apply",
    "Data rates may apply.",
    "Text and data fees of your phone company may apply",
    "Your provider may bill you for messages and data",
]
NO_RATES = [
    "We rate your visit on a scale.",
    "At any rate, we text you about orders.",
    "Delivery charges are shown at checkout.",
    "The class fee is $20.",
]
FREQUENCY = [
    "Message frequency varies.",
    "Msg freq varies",
    "up to 4 texts a month",
    "about three messages per stay",
    "One text per order.",
    "2-6 msgs/wk",
    "No more than 5 alerts each week",
    "roughly twice a month",
    "How often we write depends on your bookings",
    "Expect 1 to 2 texts weekly",
    "max. 8 msgs/mo",
    "Number of texts depends on the weather",
    "a handful of messages every season",
    "We send one code per login",
    "once a week",
    "monthly texts",
    "a couple of texts per job",
    "You get a text each time a parcel is scanned",
    "typically 10 messages a year",
    "4 msgs per month max",
    "Volume of messages varies by season",
    "at most one message a day",
]
NO_FREQUENCY = [
    "I agree to receive recurring offers by text.",
    "Reply STOP to end, HELP for help.",
    "Patients tick a box on the form.",
    "I want to receive order updates by SMS.",
    "Message and data rates may apply.",
    "Customers who visit one of our two shops fill in a card.",
]
OPT_OUT = [
    "Reply STOP to opt out.",
    "Txt STOP to end",
    "STOP = unsubscribe",
    "to leave the list just send the word stop",
    "Answer END at any time and we quit texting",
    "text 'stop' whenever you like",
    "Send CANCEL to cancel",
    "Had enough? STOP.",
    "write back QUIT to leave",
    "Unsubscribe by replying stop",
]
NO_OPT_OUT = [
    "You can opt out at any time.",
    "Unsubscribe whenever you like.",
    "Tell us if you want us to stop.",
    "Ask the front desk to take you off the list.",
    "Stop by our shop on Main Street.",
    "Guests can end the texts in their settings.",
]
HELP = [
    "HELP for help",
    "reply help if you get stuck",
    "Questions? Call (503) 555-0100",
    "For support write to care@fern.example",
    "text INFO for info",
    "Contact us at https://fern.example/contact for help",
    "Need assistance? Ring 800-555-0100",
    "Problems? Visit fern.example/help",
]
NO_HELP = [
    "Reply STOP to end.",
    "We help people find homes.",
    "Guests enter their phone number on the form.",
    "Message and data rates may apply.",
]
KINDS = [
    "appointment reminders from Larkspur",
    "order updates by text",
    "I want recurring texts from Larkspur",
    "Yes, send me promotional messages",
    "Text me about my bicycle",
    "get a text when your repair is done",
    "one-time passcodes for sign-in",
    "weekly specials and new menu items",
    "outage alerts",
    "Larkspur may text me delivery notices",
    "service texts about my bike",
    "text me if my table is ready",
    "billing and payment messages",
    "shipping notifications",
    "marketing texts",
    "class schedule changes by SMS, reminders",
    "Larkspur may send me repair status texts",
]
NO_KINDS = [
    "I agree to get texts from Larkspur Bike Repair.",
    "I agree that Larkspur Bike Repair may text me.",
    "By ticking you consent to SMS messages from us at the number given.",
    "I would like to receive communications by text message.",
    "Larkspur Bike Repair may contact me by SMS. Message frequency varies.",
    "Yes, you may send me text messages. Reply STOP to opt out, HELP for help.",
    "I consent to receive text messages from Larkspur. Message and data rates may apply.",
    "Message frequency varies and depends on use. Msg & data rates may apply.",
]


@pytest.mark.parametrize("text", RATES)
def test_rates_are_said(text: str) -> None:
    assert rates(prose(text))


@pytest.mark.parametrize("text", NO_RATES)
def test_rates_are_not_said(text: str) -> None:
    assert not rates(prose(text))


@pytest.mark.parametrize("text", FREQUENCY)
def test_frequency_is_said(text: str) -> None:
    assert frequency(prose(text))


@pytest.mark.parametrize("text", NO_FREQUENCY)
def test_frequency_is_not_said(text: str) -> None:
    assert not frequency(prose(text))


@pytest.mark.parametrize("text", OPT_OUT)
def test_an_opt_out_is_said(text: str) -> None:
    assert opt_out(prose(text))


@pytest.mark.parametrize("text", NO_OPT_OUT)
def test_an_opt_out_is_not_said(text: str) -> None:
    assert not opt_out(prose(text))


@pytest.mark.parametrize("text", HELP)
def test_help_is_said(text: str) -> None:
    assert help_or_contact(prose(text))


@pytest.mark.parametrize("text", NO_HELP)
def test_help_is_not_said(text: str) -> None:
    assert not help_or_contact(prose(text))


@pytest.mark.parametrize("text", KINDS)
def test_the_kind_of_messages_is_said(text: str) -> None:
    assert kind_of_messages(prose(text), name_of(LARKSPUR))


@pytest.mark.parametrize("text", NO_KINDS)
def test_the_kind_of_messages_is_not_said(text: str) -> None:
    assert kind_of_messages(prose(text), name_of(LARKSPUR)) is None


@pytest.mark.parametrize(
    ("piece", "issue"),
    [
        ("repair status ", "missing_message_type"),
        ("Message frequency varies. ", "missing_frequency"),
        ("Message and data rates may apply. ", "missing_rates"),
        ("Reply STOP to opt out, ", "missing_opt_out"),
        (", HELP for help", "missing_help"),
        (LINKS, "missing_policy_link"),
        (LINKS.partition("Terms")[0], "missing_policy_link"),
    ],
)
def test_what_is_left_out_is_missed(piece: str, issue: str) -> None:
    assert issues(campaign(message_flow=FLOW.replace(piece, ""))) == {issue}


def test_only_the_quotation_counts_where_it_is_all_of_the_wording() -> None:
    flow = FLOW.replace("box on", "box for repair reminders on").replace("repair status ", "")
    assert issues(campaign(message_flow=flow)) == set()
    whole = flow.replace("book: '", "book. The full text at the box, nothing left out: '")
    assert issues(campaign(message_flow=whole)) == {"missing_message_type"}


def test_a_path_without_wording_is_one_issue() -> None:
    flow = f"Riders create an account at https://larkspurbikes.example/new and enter a mobile number. {LINKS}"
    assert issues(campaign(message_flow=flow)) == {"no_consent_language"}


@pytest.mark.parametrize(
    "links",
    [
        "Privacy: larkspurbikes.example/privacy, Terms: larkspurbikes.example/terms.",
        "Links to the privacy policy and the terms are shown under the box.",
        "Our Privacy Policy and Terms are linked right below.",
        "T&Cs https://larkspurbikes.example/tc and privacy notice https://larkspurbikes.example/pn",
        "https://larkspurbikes.example/terms https://larkspurbikes.example/privacy",
    ],
)
def test_policy_links_come_in_many_shapes(links: str) -> None:
    assert issues(campaign(message_flow=FLOW.replace(LINKS, links))) == set()


@pytest.mark.parametrize("text", [None, "", "See the pictures.", "Riders tick the box on the booking page shown."])
def test_pictures_may_carry_the_wording_of_a_toll_free_number(text: str | None) -> None:
    assert issues(tollfree(additional_information=text)) == set()


def test_quoted_wording_of_a_toll_free_number_must_be_whole() -> None:
    text = FLOW.replace("Message frequency varies. ", "")
    assert issues(tollfree(additional_information=text)) == {"missing_frequency"}
    assert WORDING in FLOW
