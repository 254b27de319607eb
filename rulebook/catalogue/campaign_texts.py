"""Campaigns: description, use case, sample messages, links and flags."""

from functools import partial

from rulebook.catalogue.sources import EDIT_GUIDE, SEEN, cited_page, error_page
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_SAMPLES = ("SAMPLE_MESSAGE_1", "SAMPLE_MESSAGE_2")
_ALL_TEXTS = ("USE_CASE_DESCRIPTION", "MESSAGE_FLOW", *_SAMPLES)

_row = partial(
    Rejection,
    kinds=("campaign",),
    seen=SEEN,
    confidence=Confidence.OFFICIAL,
    resubmittable=True,
    route=Route.EDIT,
)

ROWS: tuple[Rejection, ...] = (
    _row(
        code=30886,
        title="Description is vague or off the use case",
        category=Category.DESCRIPTION,
        meaning="The description does not say who sends what to whom and why, or it describes another use case than "
        "the one registered.",
        remedy=(
            "Name the business that sends.",
            "Name the people who receive, and what they signed up for.",
            "Say what each kind of message is about and what triggers it.",
            "If the software vendor itself offers the service, say so.",
            "Compare with the registered use case: if that is wrong, recreate the campaign.",
        ),
        fields=("USE_CASE_DESCRIPTION",),
        fails="Notifications for our users about our services.",
        passes="Juniper Dental texts patients who booked on juniperdental.example to confirm visits, remind them a day "
        "before and offer a new time when a visit is cancelled.",
        source=f"{EDIT_GUIDE}; {error_page(30886)}",
    ),
    _row(
        code=30892,
        title="Public link shortener in a sample",
        category=Category.LINKS,
        meaning="A sample uses a short link that anybody can make, so nobody sees where it leads. A link without https "
        "can be meant as well.",
        remedy=(
            "Replace the short link with the full https address.",
            "Or use a short domain that belongs to the business.",
        ),
        fields=_SAMPLES,
        fails="Juniper Dental: confirm your visit at bit.ly/3kQx9",
        passes="Juniper Dental: confirm your visit at https://juniperdental.example/c/[code]. Reply STOP to opt out.",
        source=f"{EDIT_GUIDE}; {error_page(30892)}",
        note="30963 names the same fault and its page calls it final; under 30892 an edit is taken.",
    ),
    _row(
        code=30893,
        title="Samples do not fit the use case",
        category=Category.SAMPLES,
        meaning="The samples are missing, unclear, or show other messages than the use case and description promise.",
        remedy=(
            "Write at least two messages the program really sends.",
            "Name the business in at least one of them.",
            "Put square brackets around everything that varies.",
            "Show how to opt out in at least one of them.",
            "Make samples, description and use case tell the same story.",
        ),
        fields=_SAMPLES,
        fails="Thanks for your visit. You are off our list now.",
        passes="Juniper Dental: [Name], your cleaning is on [date] at [time]. Reply C to confirm, STOP to opt out.",
        source=f"{EDIT_GUIDE}; {error_page(30893)}",
    ),
    _row(
        code=30889,
        title="Phone number flag and samples disagree",
        category=Category.SAMPLES,
        meaning="The campaign says its messages contain phone numbers and no sample shows one, or the other way round.",
        remedy=(
            "If messages contain a number, tick the flag and show the number in a sample.",
            "If not, clear the flag and take the number out.",
        ),
        fields=("EMBEDDED_PHONE", *_SAMPLES),
        fails="Flag ticked; sample: Juniper Dental: your visit is tomorrow. Reply STOP to opt out.",
        passes="Flag ticked; sample: Juniper Dental: to move your visit call (503) 555-0148. Reply STOP to opt out.",
        source=error_page(30889),
        note="The four flags freeze once a campaign is verified.",
    ),
    _row(
        code=30895,
        title="Direct lending is not declared",
        category=Category.DESCRIPTION,
        meaning="The business lends money or the texts sound like it, and the direct lending flag is off.",
        remedy=(
            "If the business lends, switch the flag on, even if this campaign is about something else.",
            "Say direct lending in the description.",
            "If it does not lend, take the lending words out.",
        ),
        fields=("DIRECT_LENDING", "USE_CASE_DESCRIPTION"),
        fails="Lakeside Credit tells borrowers their loan is approved; the flag is off.",
        passes="Lakeside Credit lends directly and tells borrowers their loan is approved; the flag is on.",
        source=error_page(30895),
        note="The flag speaks of the whole brand, one-time codes included.",
    ),
    _row(
        code=30888,
        title="Age gate is missing or too weak",
        category=Category.AGE,
        meaning="The campaign declares age-restricted content, and people are not asked for their age or are only "
        "asked yes or no.",
        remedy=(
            "Ask for the full date of birth before the content or the opt-in.",
            "Describe that step in the opt-in description.",
            "Show it in the screenshot or on the page you link.",
        ),
        fields=("AGE_GATED", "MESSAGE_FLOW"),
        fails="Are you over 21? Yes / No",
        passes="Type your date of birth, month, day and year. Under 21 the form ends here.",
        source=error_page(30888),
        note="30956 is about the same gate and its page calls it final.",
    ),
    _row(
        code=30910,
        title="Registration is not in English",
        category=Category.DESCRIPTION,
        meaning="Reviewers read English. At least one text stands in another language without a translation.",
        remedy=(
            "Write description and opt-in description in English.",
            "Keep samples in the language you send and add an English version beside each.",
        ),
        fields=_ALL_TEXTS,
        fails="Juniper Dental: su cita es el [fecha].",
        passes="Juniper Dental: su cita es el [fecha]. (English: your visit is on [date].)",
        source=error_page(30910),
    ),
    _row(
        code=30912,
        title="Reads like personal texting",
        category=Category.DESCRIPTION,
        meaning="The texts read like one person writing to friends or family. Registered campaigns carry business "
        "messages only.",
        remedy=(
            "Name the business and the application that sends.",
            "Say which customers receive the messages and what triggers them.",
            "Personal traffic cannot be registered: do not resubmit it.",
        ),
        fields=_ALL_TEXTS,
        fails="I text my family and a few friends about our trips.",
        passes="Alder Hiking Club texts members who joined on alderhiking.example about dates and meeting points.",
        source=error_page(30912),
    ),
    _row(
        code=30914,
        title="Title is not the sole proprietor's name",
        category=Category.BUSINESS,
        meaning="The campaign carries another name than the person or trade name registered as sole proprietor.",
        remedy=(
            "Use the registered person's name or trade name throughout.",
            "If the business is a company with a tax ID, register a standard brand instead.",
        ),
        fields=("USE_CASE_DESCRIPTION",),
        fails="Registered: Dana Whitfield. Description: Bright Homes Cleaning texts its customers.",
        passes="Registered: Dana Whitfield. Description: Dana Whitfield cleans homes and texts her customers the day "
        "before a visit.",
        source=cited_page(30914),
        confidence=Confidence.SECONDARY,
    ),
    _row(
        code=30963,
        title="Public link shortener",
        category=Category.LINKS,
        meaning="A text or sample uses a short link that anybody can make. Twilio's page calls this rejection final.",
        remedy=(
            "Replace each short link with the full https address or a short domain the business owns.",
            "Register a new campaign with the corrected texts.",
            "If Twilio still offers the edit of this one, try that first: it avoids a new fee.",
        ),
        fields=("USE_CASE_DESCRIPTION", *_SAMPLES),
        resubmittable=False,
        route=Route.RECREATE,
        fails="Juniper Dental: your bill is at tinyurl.com/jd-bill",
        passes="Juniper Dental: your bill is at https://juniperdental.example/bill/[code]. Reply STOP to opt out.",
        source=error_page(30963),
        note="30892 names the same fault and takes an edit. We follow the number Twilio returned.",
    ),
    _row(
        code=30964,
        title="Link without https",
        category=Category.LINKS,
        meaning="A link in the registration starts with http. Only encrypted addresses are taken.",
        remedy=(
            "Make the site answer under https.",
            "Write every link with https in texts and samples.",
            "If Twilio refuses the edit, recreate the campaign.",
        ),
        fields=(*_SAMPLES, "MESSAGE_FLOW"),
        resubmittable=None,
        fails="Juniper Dental: book at http://juniperdental.example",
        passes="Juniper Dental: book at https://juniperdental.example. Reply STOP to opt out.",
        source=cited_page(30964),
        confidence=Confidence.SECONDARY,
        note="Whether Twilio takes an edit is not documented where we could read it.",
    ),
)
