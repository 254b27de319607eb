"""Campaigns: programs carriers do not carry. Rewording does not help; an appeal or another program does."""

from functools import partial

from rulebook.catalogue.sources import EDIT_GUIDE, SEEN, cited_page, error_page
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_SAMPLES = ("SAMPLE_MESSAGE_1", "SAMPLE_MESSAGE_2")
_CONTENT = ("USE_CASE_DESCRIPTION", *_SAMPLES)
_ALL_TEXTS = ("USE_CASE_DESCRIPTION", "MESSAGE_FLOW", *_SAMPLES)
_APPEAL = (
    "Do not resubmit: rewording does not change the answer.",
    "If the reviewer misread the program, appeal through Twilio Support and show what it sends.",
    "Otherwise register another program without this content.",
)

_row = partial(
    Rejection,
    kinds=("campaign",),
    category=Category.FORBIDDEN,
    remedy=_APPEAL,
    fields=_ALL_TEXTS,
    seen=SEEN,
    confidence=Confidence.OFFICIAL,
    resubmittable=False,
    route=Route.APPEAL,
)
_shaft = partial(_row, code=30883, fields=_CONTENT, source=f"{EDIT_GUIDE}; {error_page(30883)}")

ROWS: tuple[Rejection, ...] = (
    _shaft(
        title="Forbidden content",
        meaning="The texts or the business are about sex, hate, alcohol, firearms, tobacco or cannabis, which carriers "
        "do not carry. Twilio's description says which.",
        fails="Copper Ridge Outfitters: rifles, vapes and whiskey, all 20% off today.",
        passes="Copper Ridge Trails: your guided hike is on [date] at [time]. Reply STOP to opt out.",
    ),
    _shaft(
        when=("sex", "adult", "porn", "nud"),
        title="Adult content",
        meaning="The texts or the business are about sex: pornography, nude pictures, toys, anything for adults only.",
        fails="Velvet Room: new adult films and toys, half price tonight.",
        passes="Harmony Counseling: your couples session is on [date] at [time]. Reply STOP to opt out.",
    ),
    _shaft(
        when=("hate", "violen", "profan"),
        title="Hateful or violent content",
        meaning="The texts insult, threaten or swear, or call for violence.",
        fails="Drive those people out of our town. Bring clubs on Friday.",
        passes="Alder Community Center: our talk on how to report hate is on [date]. Reply STOP to opt out.",
    ),
    _shaft(
        when=("alcohol",),
        title="Alcohol content",
        meaning="The texts or the business refer to alcohol.",
        fails="Hollow Oak Taproom: pints for 4 dollars until eight.",
        passes="Fernway Health: your recovery group meets on [date] at [time]. Reply STOP to opt out.",
    ),
    _shaft(
        when=("firearm", "tobacco", "vape", "cannabis", "marijuana", "cbd"),
        title="Firearms, tobacco or cannabis content",
        meaning="The texts or the business are about firearms, tobacco, vape products, cannabis or CBD.",
        fails="Copper Ridge Outfitters: CBD gummies and pistol rounds are back.",
        passes="Fernway Health: your quit-smoking class starts on [date]. Reply STOP to opt out.",
    ),
    _row(
        code=30882,
        title="Program breaks the terms",
        meaning="The program breaks the terms of the messaging service, for example as affiliate marketing.",
        remedy=(
            "If the terms page is what is wrong, repair it, correct its address and resubmit.",
            "Otherwise do not resubmit: rewording does not change the answer.",
            *_APPEAL[1:],
        ),
        fields=("TERMS_AND_CONDITIONS_URL",),
        resubmittable=None,
        fails="Earn a commission on each sale: join our affiliate marketing and send the links to everybody you know.",
        passes="Larkspur Bike Repair texts its own customers about its own repairs and offers.",
        source=f"{EDIT_GUIDE}; {error_page(30882)}",
        note="Older pages call 30882 final. In 2026 the number also stands for a faulty terms page: then the terms "
        "address is flagged, and an edit looks possible.",
    ),
    _row(
        code=30882,
        when=("terms_and_conditions_url", "termsandconditionsurl"),
        title="Terms page does not support the program",
        category=Category.POLICIES,
        meaning="The terms address is wrong, opens nothing, or the page says nothing about the text messages.",
        remedy=(
            "Publish terms for the text program: name, what is sent, how often, rates, HELP and STOP.",
            "Correct the terms address and resubmit.",
            "If the terms are fine, appeal through Twilio Support.",
        ),
        fields=("TERMS_AND_CONDITIONS_URL",),
        resubmittable=None,
        route=Route.EDIT,
        fails="Terms: https://juniperdental.example/tos, which opens “Page not found”.",
        passes="Juniper Dental visit reminders by text. Message frequency varies. Message and data rates may apply. "
        "Reply HELP for help, STOP to opt out.",
        source=error_page(30882),
        note="Older pages call 30882 final. Rejections of 2026 that flag the terms address look fixable; no page "
        "promises it.",
    ),
    _row(
        code=30884,
        title="Known spam or phishing program",
        category=Category.ABUSE,
        meaning="Reviewers recognise the program as spam or phishing.",
        fields=("MESSAGE_FLOW", *_SAMPLES),
        fails="Your account is locked. Confirm your password at https://secure-login.example today.",
        passes="Lakeside Credit Union: a new phone signed in on [date]. Not you? Call the number on your card. Reply "
        "STOP to opt out.",
        source=error_page(30884),
    ),
    _row(
        code=30885,
        title="Fraudulent or deceptive program",
        category=Category.ABUSE,
        meaning="Reviewers judge the program fraudulent, deceptive or of high risk.",
        remedy=(
            "Do not resubmit it as it is.",
            "If the judgement is wrong, appeal through Twilio Support with evidence of the business and its consent.",
        ),
        fields=_CONTENT,
        fails="You were chosen. Pay a fee of 5 dollars and get 900 dollars back.",
        passes="Larkspur Bike Repair: your refund of [amount] for order [number] is on its way. Reply STOP to opt out.",
        source=error_page(30885),
    ),
    _row(
        code=30897,
        title="Disallowed kind of business",
        meaning="The program is about loans, debt collection for others, gambling, sweepstakes, stock tips, crypto, "
        "risky investments, debt relief, credit repair, sale of leads or illegal substances.",
        fails="Quick Ridge Loans: cash by tonight, no credit check.",
        passes="Lakeside Power: your bill of [amount] is due on [date]. Reply STOP to opt out.",
        source=f"{EDIT_GUIDE}; {error_page(30897)}",
    ),
    _row(
        code=30940,
        title="Cannabis or CBD",
        meaning="The texts or the business are about cannabis or CBD.",
        fails="Green Fern: THC gummies are back, order before six.",
        passes="Fernway Health: our evening for parents on drugs and teens is on [date]. Reply STOP to opt out.",
        source=cited_page(30940),
        confidence=Confidence.SECONDARY,
    ),
    _row(
        code=30941,
        title="Prescription or controlled drugs",
        meaning="The program markets prescription drugs, an online pharmacy or controlled substances.",
        fails="Pillbarn, the online pharmacy: weight-loss shots with no prescription.",
        passes="Bell Street Pharmacy: your prescription [number] is ready to pick up. Reply STOP to opt out.",
        source=error_page(30941),
        note="A licensed pharmacy can perhaps register its refill reminders under another use case.",
    ),
    _row(
        code=30943,
        title="Debt collection for others",
        meaning="The program collects debts owed to somebody else.",
        fails="Ridgeline Recovery collects the debt of [amount] you owe your former gym. Pay us today.",
        passes="Juniper Dental: your balance with us is [amount]. Questions? Call (503) 555-0148. Reply STOP to opt "
        "out.",
        source=error_page(30943),
        note="Notices about a balance owed to the business itself may be allowed.",
    ),
    _row(
        code=30949,
        title="Debt relief",
        meaning="The program promotes settling, reducing or consolidating debts.",
        fails="Cut your card debt in half. Reply YES for a plan.",
        passes="Alder Library: the class on household budgets is on [date]. Reply STOP to opt out.",
        source=error_page(30949),
    ),
    _row(
        code=30951,
        title="Sale of leads or multi-level marketing",
        meaning="The program collects contacts for other companies, resells consent or recruits for multi-level sales.",
        fails="Leave your number and up to five insurers will text you their offers.",
        passes="Marsh Lane Insurance texts only people who asked Marsh Lane for a quote, about that quote.",
        source=error_page(30951),
    ),
    _row(
        code=30952,
        title="Against federal law",
        meaning="Federal law forbids what the program is for, whatever a state allows.",
        fails="Legal in our state: magic mushrooms brought to your door.",
        passes="Alder Market: your order of oyster mushrooms is ready. Reply STOP to opt out.",
        source=error_page(30952),
    ),
    _row(
        code=30953,
        title="Sexually explicit or suggestive",
        meaning="The texts are sexual, or a linked site carries pornographic, escort or dating content.",
        fails="Hot singles near you want to hook up tonight: https://afterdark.example",
        passes="Alder Dance School: your salsa class for singles and couples starts on [date]. Reply STOP to opt out.",
        source=cited_page(30953),
        confidence=Confidence.SECONDARY,
    ),
    _row(
        code=30954,
        title="Hate or violence",
        meaning="The texts are hateful, violent or harassing.",
        fails="We know where you live. Vote wrong and you will regret it.",
        passes="Alder County: you vote at [place] on [date], from 7 to 8. Reply STOP to opt out.",
        source=error_page(30954),
    ),
    _row(
        code=30956,
        title="Alcohol without an age check",
        category=Category.AGE,
        meaning="Site and opt-in do not check that people are 21 or older. Twilio's page calls this rejection final.",
        remedy=(
            "Ask for the full date of birth before the content or the opt-in.",
            "Register a new campaign that describes and shows the check.",
            "If Twilio still offers the edit of this one, try that first: it avoids a new fee.",
        ),
        fields=("AGE_GATED", "MESSAGE_FLOW"),
        route=Route.RECREATE,
        fails="Are you 21 or older? Yes / No",
        passes="Type your date of birth, month, day and year, to enter the shop and to sign up for texts.",
        source=error_page(30956),
        note="30888 is about the same gate and takes an edit. This page doubts a date of birth field alone; Twilio's "
        "other pages ask for exactly that.",
    ),
)
