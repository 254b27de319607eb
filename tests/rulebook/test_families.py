"""Forbidden content as it is sent, and texts that only share its words."""

import pytest

from rulebook.findings import Severity
from tests.rulebook.drafts import campaign, counted, issues

OFFERED = {
    30940: [
        "Flash sale on edibles today",
        "new indica strains on the shelf",
        "Your CBD order is ready for pickup",
        "Half off delta-8 gummies",
        "hemp flower restock",
        "Visit our dispensary before 9",
    ],
    30461: [
        "100 free spins on our slots",
        "Today's betting picks are in",
        "Poker night, $50 buy-in, cash game from 8",
        "Bingo for money every Friday",
        "Our casino has a new jackpot",
        "Place your first bet, we match it",
    ],
    30464: [
        "Bitcoin is up, trade now",
        "Our token presale opens Friday",
        "Stake your coins for 9% APY",
        "NFT drop at noon",
        "Deposit received in your crypto wallet",
    ],
    30463: [
        "Buy alert: ACME, target $12",
        "Three penny stocks to own today",
        "Earn 12% returns on your investment, guaranteed",
        "Options signals for members",
        "Our fund has a guaranteed monthly return",
    ],
    30443: [
        "Personal loans from 5.9%, apply today",
        "Get a payday loan in minutes",
        "Refinance now and lower your mortgage payment",
        "You are pre-approved for a $5,000 loan",
        "Borrow up to $2,000 with no credit check",
        "Our auto loan rates start at 3.9% this month",
    ],
    30949: [
        "Cut your credit card debt in half",
        "Our debt settlement program can help",
        "Consolidate what you owe into one payment",
        "See if your student debt can be forgiven",
    ],
    30467: [
        "We remove late payments from your credit report",
        "Raise your credit score by 100 points",
        "Your credit repair consultation is tomorrow",
        "Round 3 of disputes went to Experian",
    ],
    30943: [
        "This is an attempt to collect a debt owed to Mercy Hospital",
        "We collect past-due accounts for our clients",
        "Your account was placed with us for collection",
        "We bought your charged-off account from the bank",
    ],
    30458: [
        "New vapes in stock",
        "Premium cigars 20% off",
        "Hookah lounge open till 2",
        "Fresh e-liquid flavors",
        "Cigarettes by the carton",
    ],
    30457: [
        "New handguns in the case",
        "9mm ammo is back",
        "Shotgun sale on Saturday",
        "Book a lane at our gun range and shop the counter",
    ],
    30953: [
        "Strippers on stage all night",
        "Sex toys half price",
        "Swinger party on Saturday",
        "Watch our new porn videos",
        "Topless dancers tonight",
    ],
    30462: [
        "Enter to win a free bicycle",
        "Monthly giveaway: winner drawn Friday",
        "Sweepstakes entries close tonight",
        "Reply WIN for a chance to win $500",
        "Join our raffle for a new helmet",
    ],
    30951: [
        "Three contractors want to send you a quote",
        "We sell your request to up to five insurance companies",
        "Join my team and earn commission on people you recruit",
        "We match homeowners with lenders who then text them offers",
    ],
}
NEAR = [
    "Your library loan of three books is due Friday",
    "The parcel goes to 12 Crypto Street",
    "We close for the hemp rope workshop at the maritime museum? No: at noon",
    "Your weed control visit is on Tuesday",
    "Two appointment slots are open tomorrow",
    "The stock of brake pads is back in stock",
    "Coin laundry is open until 9",
    "Bring your arcade tokens back",
    "Adult swim starts at 7",
    "The medical escort meets you at the door",
    "Your RV site has full hookups",
    "Quit smoking class starts Monday",
    "Tobacco cessation group meets at 6",
    "The heat gun you rented is due back",
    "Garbage collection moves to Friday",
    "Drawing class meets in room 4",
    "The school admission lottery results are posted",
    "Problem gambling helpline: we are here all night",
    "Gun violence prevention meeting at city hall",
    "Edible flowers workshop this Saturday",
    "The strip mall parking lot is closed",
    "Glue gun safety is part of the craft class",
    "Your return label for the order is in the mail",
    "Fall collection from our potters arrives Friday",
    "Free compost giveaway at the depot",
    "We never offer crypto; beware of scams in our name",
    "Your credit card payment for the repair went through",
    "Pay by credit card or check at the counter",
    "Your smoke detector test is Tuesday",
    "Consolidated School District: buses run late",
    "Lead paint testing crew arrives at 9",
    "The essay contest deadline moved to May",
    "Your debit card was used at [merchant]",
    "Settlement conference is moved to June 3",
    "Your prescription is ready at the counter",
    "Token ring repaired, bicycle ready",
    "Trading card meetup moved to Sunday",
]


def forbidden(sample: str) -> set[int]:
    samples = [f"Larkspur Bike Repair: {sample}. Reply STOP to opt out.", "Larkspur Bike Repair: ready at [time]."]
    found = counted(campaign(message_samples=samples))
    return {code for finding in found if finding.rule == "L26" for code in finding.codes}


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in OFFERED.items() for text in texts])
def test_what_is_offered_is_found(code: int, text: str) -> None:
    assert code in forbidden(text)


@pytest.mark.parametrize("text", NEAR)
def test_what_only_shares_its_words_is_not(text: str) -> None:
    assert forbidden(text) == set()


def test_forbidden_content_is_an_error() -> None:
    found = counted(campaign(description="Larkspur texts riders who subscribed about new cigars and vapes in store."))
    assert {finding.severity for finding in found if finding.rule == "L26"} == {Severity.ERROR}


DRINKS = ["New double IPA on tap", "Wine club shipment ships Monday", "$6 cocktails till 7", "Bourbon release Friday"]
NO_DRINKS = [
    "Root beer floats for every kid",
    "Your flu shot is due",
    "The wine-colored saddle is here",
    "Rum cake recipe night",
    "Alcohol-free social ride on Sunday",
    "Vintage bicycles on show",
    "Ginger ale for all riders",
]


@pytest.mark.parametrize("text", DRINKS)
def test_alcohol_wants_its_flag_and_a_birth_date(text: str) -> None:
    samples = [f"Larkspur Bike Repair: {text}. STOP to end.", "Larkspur Bike Repair: ready at [time]."]
    found = issues(campaign(message_samples=samples, us_app_to_person_usecase="MIXED"))
    assert found >= {"age_gate_flag", "weak_age_gate"}
    flow = str(campaign().draft["message_flow"]) + " Before that visitors enter their full date of birth."
    gated = campaign(message_samples=samples, us_app_to_person_usecase="MIXED", age_gated=True, message_flow=flow)
    assert issues(gated) == set()


@pytest.mark.parametrize("text", NO_DRINKS)
def test_what_is_no_drink_wants_nothing(text: str) -> None:
    samples = [f"Larkspur Bike Repair: {text}. STOP to end.", "Larkspur Bike Repair: ready at [time]."]
    assert issues(campaign(message_samples=samples)) == set()


LENDS = [
    "We are a direct lender of car loans.",
    "Buyers may use our in-house financing.",
    "The credit union makes mortgages.",
    "We offer installment plans of our own.",
    "Members borrow from us through a line of credit; we offer credit lines.",
]
LENDS_NOT = [
    "We do not lend money.",
    "A loaner bicycle is free while we repair yours.",
    "Our tool library lends tools to members.",
    "Financing comes from a third-party bank, not from us.",
]


@pytest.mark.parametrize("text", LENDS)
def test_a_lender_wants_its_flag(text: str) -> None:
    description = f"{campaign().draft['description']} {text}"
    assert "direct_lending_flag" in issues(campaign(description=description))
    assert "direct_lending_flag" not in issues(campaign(description=description, direct_lending=True))


@pytest.mark.parametrize("text", LENDS_NOT)
def test_who_lends_no_money_wants_none(text: str) -> None:
    assert issues(campaign(description=f"{campaign().draft['description']} {text}")) == set()
