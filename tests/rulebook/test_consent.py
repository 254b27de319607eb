"""Consent that is forced, ticked in advance, folded into something else or handed on; and what merely sounds so."""

import pytest

from tests.rulebook.drafts import FLOW, LINKS, WORDING, campaign, issues

PRECHECKED = [
    "The SMS box comes already ticked.",
    "The checkbox is pre-checked for convenience.",
    "The text option is selected by default.",
    "The toggle starts on and riders may turn it off.",
    "The box is checked when the page loads.",
    "Riders who do not want texts untick the box.",
    "Texts are enabled by default for new accounts.",
    "The consent box is ticked in advance.",
    "It is preselected; you can uncheck it if you do not want texts.",
    "We tick the box for the customer; they can deselect it.",
]
NOT_PRECHECKED = [
    "The box is not pre-checked.",
    "The box is never ticked in advance.",
    "The box is unticked by default.",
    "Nothing is pre-selected.",
    "The toggle is off by default.",
    "The switch starts off.",
    "The box is empty when the page loads.",
    "No box comes checked.",
]
FORCED = [
    "The box must be ticked to place the order.",
    "Booking is not possible without agreeing to texts.",
    "Riders cannot complete the booking unless they check the SMS box.",
    "Ticking the box is required to book a repair.",
    "By providing your phone number you agree to receive texts.",
    "Everyone who books a repair is automatically enrolled in texts.",
    "Giving us the number counts as consent to texts.",
    "SMS consent is mandatory for all customers.",
    "Consent to texts is a condition of service.",
    "The Book button stays greyed out until the SMS box is ticked.",
    "We treat every phone number on a work order as opted in.",
]
NOT_FORCED = [
    "Consent is not a condition of purchase.",
    "Agreeing is not required to book a repair.",
    "You can book without ticking it.",
    "The box may be left empty and the booking goes through.",
    "Nobody has to agree to texts to get a bicycle repaired.",
    "Texts are optional; repairs do not depend on them.",
    "Booking works the same with or without it.",
    "The phone number is required so that we can call, the box is not.",
]
BUNDLED = [
    "Riders tick one box: I accept the Terms of Service, which include text messages.",
    "Text consent is part of the repair contract that every rider signs.",
    "By signing the service agreement customers also consent to SMS.",
    "Checkbox: I agree to the Terms and Privacy Policy and to receive text messages.",
    "Our lease says that tenants get text messages, so signing the lease is the consent.",
    "One signature covers both the waiver and the texts.",
    "Agreement to SMS is contained in our privacy policy, which all users accept.",
]
NOT_BUNDLED = [
    "The texts have a box of their own, separate from the terms.",
    "The consent has its own line on the contract, with its own signature.",
    "SMS consent is not part of the terms of service.",
    "Links to the terms and the privacy policy are shown beside the box.",
]
MIXED = [
    "The label reads: I agree to receive e-mails, calls and texts.",
    "Box: contact me by phone, text or email.",
    "Box: I agree to receive marketing offers and appointment reminders by text.",
    "A single box covers both order updates and promotions.",
    "Yes, send me emails and text messages about my repairs.",
    "I consent to calls and SMS from Larkspur Bike Repair.",
]
NOT_MIXED = [
    "E-mail has a separate box.",
    "Riders who skip the box are called by phone instead.",
    "Call or text us at (503) 555-0100 with questions.",
    "This covers texts only, not e-mails or calls.",
    "Two boxes: one for repair notices, one for offers.",
    "We e-mail the invoice.",
]
SHARING = [
    "We and our marketing partners may text you.",
    "Numbers may be shared with our affiliates.",
    "We pass contact details to selected sponsors.",
    "Mobile numbers are sold to other companies.",
    "Texts may come from Larkspur and its trusted partners.",
    "Your information may be given to third parties for marketing.",
    "We do not sell numbers, but we share them with affiliated companies.",
]
NOT_SHARING = [
    "We never share mobile numbers with third parties.",
    "Numbers are not sold or passed to partners.",
    "No mobile information is shared with affiliates.",
    "We only share numbers with the messaging provider that delivers the texts.",
    "Partners and sponsors do not get the number.",
    "Without exception, numbers stay with us and go to no third party.",
    "Mobile data is not shared with third parties except the service provider that sends the messages.",
]
ALL = {
    "prechecked_consent": (PRECHECKED, NOT_PRECHECKED),
    "forced_consent": (FORCED, NOT_FORCED),
    "bundled_consent": (BUNDLED, NOT_BUNDLED),
    "mixed_consent": (MIXED, NOT_MIXED),
    "third_party_sharing": (SHARING, NOT_SHARING),
}
PAGE = "Riders use the form on https://larkspurbikes.example/book."


@pytest.mark.parametrize(
    ("issue", "sentence"), [(issue, sentence) for issue, (said, _) in ALL.items() for sentence in said]
)
def test_it_is_found(issue: str, sentence: str) -> None:
    assert issue in issues(campaign(message_flow=f"{PAGE} {sentence} {WORDING} {LINKS}"))


@pytest.mark.parametrize(
    ("issue", "sentence"), [(issue, sentence) for issue, (_, denied) in ALL.items() for sentence in denied]
)
def test_a_denial_is_no_finding(issue: str, sentence: str) -> None:
    assert issues(campaign(message_flow=f"{FLOW} {sentence}")) == set()


@pytest.mark.parametrize(
    "place",
    [
        "https://larkspurbikes.example/list has a form for the text list and nothing else.",
        "The only purpose of the form on https://larkspurbikes.example/list is to join the text club.",
        "https://larkspurbikes.example/list is a sign-up form just for the text alerts.",
    ],
)
def test_a_form_for_nothing_but_the_list_may_use_its_button(place: str) -> None:
    flow = f"{place} Over the button: 'By submitting this form I agree. {WORDING}' {LINKS}"
    assert issues(campaign(message_flow=flow)) == set()
