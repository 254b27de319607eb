"""Toll-free verifications Twilio does not take again: the number is blocked (30032), an appeal is what is left."""

from functools import partial

from rulebook.catalogue.sources import SEEN, article_row, reported
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_APPEAL = (
    "Stop sending from this number: its messages fail with 30032.",
    "If the reviewer is wrong, open a ticket with Twilio Support.",
    "Subject: Toll-Free Verification Rejection Appeal for (your business name or number).",
    "Give the earlier ticket number, if any, and what the program really sends.",
)
# Twilio's article offers other channels for "many" of these. To whom, stands in rulebook.alternatives.
_CHANNELS = "email with Twilio SendGrid, or calls with Twilio Programmable Voice"
_LAWFUL = (*_APPEAL, f"Perhaps another channel is allowed: {_CHANNELS}. Ask Twilio first.")
_CANNABIS = (*_APPEAL, f"Or, behind an age gate and where the substance is legal: {_CHANNELS}.")
_NEWER_NUMBER = (
    "Under the 308xx number: if Twilio still allows the edit of this verification, a corrected one may go again."
)

_row = partial(
    Rejection,
    kinds=("tollfree",),
    category=Category.FORBIDDEN,
    remedy=_APPEAL,
    fields=("UseCaseSummary", "ProductionMessageSample", "BusinessWebsite"),
    seen=SEEN,
    confidence=Confidence.OFFICIAL,
    resubmittable=False,
    route=Route.APPEAL,
)
_abuse = partial(_row, category=Category.ABUSE)

ROWS: tuple[Rejection, ...] = (
    _row(
        code=30441,
        also=(30873,),
        title="Adult content",
        meaning="The submission is about sex: pornography, nude pictures, toys, anything for adults only.",
        fails="Velvet Room: new sex toys, half price tonight.",
        passes="Harbor Clinic: your women's health visit is on [date] at [time]. Reply STOP to opt out.",
        source=article_row(30441, 30873),
        note=_NEWER_NUMBER,
    ),
    _row(
        code=30455,
        also=(30874,),
        title="Hateful or violent content",
        meaning="The submission insults, threatens or swears, or calls for violence.",
        fails="They do not belong here. Come on Friday and we make them leave.",
        passes="Harbor Community Center: the evening against hate in our schools is on [date]. Reply STOP to opt out.",
        source=article_row(30455, 30874),
        note=_NEWER_NUMBER,
    ),
    _row(
        code=30457,
        remedy=_LAWFUL,
        title="Firearms",
        meaning="The submission is about firearms, ammunition or gun ranges.",
        fails="Copper Ridge Range: rent a pistol and get 50 rounds free.",
        passes="Copper Ridge Laser Tag: your game is on [date] at [time]. Reply STOP to opt out.",
        source=article_row(30457),
    ),
    _row(
        code=30458,
        remedy=_LAWFUL,
        also=(30878,),
        title="Tobacco or vape products",
        meaning="The submission is about cigarettes, cigars, other tobacco, vape products or the like.",
        fails="Cloud Pier Vapes: mango juice is back in stock.",
        passes="Fernway Health: day [number] without smoking. Your coach calls at [time]. Reply STOP to opt out.",
        source=article_row(30458, 30878),
        note=_NEWER_NUMBER,
    ),
    _row(
        code=30459,
        remedy=_CANNABIS,
        also=(30860,),
        title="Cannabis or CBD",
        meaning="The submission is about cannabis, marijuana, CBD, THC or hemp.",
        fails="Green Fern: CBD oil, buy two and get a third.",
        passes="Fernway Health: our evening for parents on drugs and teens is on [date]. Reply STOP to opt out.",
        source=article_row(30459, 30860),
        note=f"Twilio suggests email for them, with an age gate and where the product is legal. {_NEWER_NUMBER}",
    ),
    _abuse(
        code=30442,
        also=(30851,),
        title="Known spam",
        meaning="The fraud team has marked the number, the business or its traffic as spam.",
        fails="Final notice. Your car warranty ends today. Call now.",
        passes="Harbor Auto: the warranty of the car you bought from us ends on [date]. Reply STOP to opt out.",
        source=f"{article_row(30442)}; {reported(30851)}",
        note=_NEWER_NUMBER,
    ),
    _row(
        code=30443,
        remedy=_LAWFUL,
        title="Loan marketing",
        meaning="The program markets mortgage, auto, student, payday, personal or other loans.",
        fails="Lakeside Mortgage: rates from 5 percent, apply by Friday.",
        passes="Harbor Credit Union: your payment of [amount] is due on [date]. Reply STOP to opt out.",
        source=article_row(30443),
    ),
    _row(
        code=30460,
        also=(30863,),
        title="Debt collection for others",
        meaning="The business collects debts owed to somebody else, so the people texted never opted in with it.",
        fails="Ridgeline Recovery collects the debt on your old phone bill. Pay [amount].",
        passes="Harbor Dental: your balance with us is [amount]. Questions? Call (253) 555-0161. Reply STOP to opt "
        "out.",
        source=article_row(30460, 30863),
        note=_NEWER_NUMBER,
    ),
    _row(
        code=30461,
        remedy=_LAWFUL,
        title="Gambling",
        meaning="The submission is about casinos, betting or other gambling.",
        fails="Lucky Pier Casino: 50 free spins tonight.",
        passes="Fernway Health: your group for people who quit gambling meets on [date]. Reply STOP to opt out.",
        source=article_row(30461),
    ),
    _row(
        code=30462,
        remedy=_LAWFUL,
        title="Sweepstakes",
        meaning="The submission is about sweepstakes, contests or prizes.",
        fails="Text WIN and you are in the draw for a week at the beach.",
        passes="Harbor Coffee: each member gets a free cup on their birthday. Reply STOP to opt out.",
        source=article_row(30462),
    ),
    _row(
        code=30463,
        remedy=_LAWFUL,
        title="Stock alerts",
        meaning="The submission is about stocks and the stock market.",
        fails="Stock alert: buy NWXT before noon, it doubles today.",
        passes="Harbor Supply: item [number] is back in stock. Reply STOP to opt out.",
        source=article_row(30463),
    ),
    _row(
        code=30464,
        remedy=_LAWFUL,
        also=(30867,),
        title="Cryptocurrency",
        meaning="The submission is about cryptocurrency, NFTs or blockchain.",
        fails="Our new crypto coin starts at noon. Connect your wallet at https://coinreef.example.",
        passes="Harbor Transit: your bus pass for [month] is ready. Reply STOP to opt out.",
        source=article_row(30464, 30867),
        note=_NEWER_NUMBER,
    ),
    _row(
        code=30465,
        title="Risky investments",
        meaning="The program promises people a return on money they put in.",
        fails="Invest 500 dollars now: guaranteed returns of 80 percent by June.",
        passes="Harbor Library: the class on planning for retirement is on [date]. Reply STOP to opt out.",
        source=article_row(30465),
    ),
    _row(
        code=30466,
        title="Debt relief",
        meaning="The program consolidates or reduces debts.",
        fails="Consolidate your card debt into one low payment. Reply YES.",
        passes="Harbor Power: your bill of [amount] is due on [date]. Reply STOP to opt out.",
        source=article_row(30466),
    ),
    _row(
        code=30467,
        title="Credit repair",
        meaning="The program repairs or improves credit.",
        fails="Credit repair: we take bad marks off your report. First month free.",
        passes="Harbor Credit Union: your account review is on [date] at [time]. Reply STOP to opt out.",
        source=article_row(30467),
    ),
    _row(
        code=30468,
        also=(30871,),
        title="Sale of leads to third parties",
        meaning="Personal details go to partners or other businesses that people did not opt in with.",
        fails="By signing up you agree that our partners may text you their offers.",
        passes="I agree to texts from Harbor Solar about my quote. My number is not shared or sold.",
        source=article_row(30468, 30871),
        note=_NEWER_NUMBER,
    ),
    _row(
        code=30469,
        title="Federally illegal substances",
        meaning="The submission is about substances that federal law forbids.",
        fails="Mushroom chocolate with psilocybin, shipped to each state.",
        passes="Harbor Market: your order of oyster mushrooms is ready. Reply STOP to opt out.",
        source=article_row(30469),
    ),
    _abuse(
        code=30480,
        also=(30853,),
        title="Known phishing",
        meaning="The fraud team has marked the number, the business or its traffic as phishing.",
        fails="Your parcel is held. Enter your card at https://parcel-fee.example.",
        passes="Harbor Parcel: parcel [number] arrives on [date]. Reply STOP to opt out.",
        source=f"{article_row(30480)}; {reported(30853)}",
        note=_NEWER_NUMBER,
    ),
    _abuse(
        code=30444,
        title="Fraud",
        meaning="The fraud team has marked the number, the business or its traffic as spam or fraud.",
        fails="The tax office owes you 1,200 dollars. Send us your bank login.",
        passes="Harbor Tax: we filed your return on [date]. Questions? Call (253) 555-0134. Reply STOP to opt out.",
        source=article_row(30444),
    ),
    _abuse(
        code=30470,
        title="Deceptive marketing",
        meaning="Reviewers judge the marketing of this program deceptive.",
        fails="A free phone. Only pay shipping, and 49 dollars a week from then on.",
        passes="Harbor Phones: the [model] costs [amount] a month for 24 months. Details: "
        "https://harborphones.example/plans. Reply STOP to opt out.",
        source=article_row(30470),
    ),
)
