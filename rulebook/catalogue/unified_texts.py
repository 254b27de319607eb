"""The common registration policy of 2026-09-15: use case, samples, replies and terms.

Shared by campaigns and toll-free verifications. A row names the fields of both: upper-case ones of campaigns, API
parameters of toll-free verifications.
"""

from functools import partial

from rulebook.catalogue.sources import SEEN, cited_page, error_page, reported
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_USE_CASE = ("USE_CASE_DESCRIPTION", "UseCaseSummary")
_SAMPLES = ("SAMPLE_MESSAGE_1", "SAMPLE_MESSAGE_2", "ProductionMessageSample")
_TERMS = ("TERMS_AND_CONDITIONS_URL",)  # both kinds: names match without case and underscores
_CREATE_ONLY = "On a campaign this reply is set on creation: describe it in the opt-in description, or recreate."
_NO_EDIT_OF_HELP = "On a campaign this reply is set on creation: let Twilio's opt-out handling send it, or recreate."
_APPEAL = (
    "Do not resubmit: rewording does not change the answer.",
    "If the reviewer misread the program, appeal through Twilio Support and show what it sends.",
)

_row = partial(
    Rejection,
    kinds=("campaign", "tollfree"),
    seen=SEEN,
    confidence=Confidence.OFFICIAL,
    resubmittable=True,
    route=Route.EDIT,
)
_cited = partial(_row, confidence=Confidence.SECONDARY)
_terms = partial(_row, category=Category.POLICIES, fields=_TERMS)
_cited_terms = partial(_terms, confidence=Confidence.SECONDARY)


ROWS: tuple[Rejection, ...] = (
    _row(
        code=30497,
        title="Use case summary is incomplete",
        category=Category.DESCRIPTION,
        meaning="The summary leaves open what is sent and what for, or speaks of something else.",
        remedy=("Say who sends, who receives, what the messages say and what triggers them.",),
        fields=_USE_CASE,
        fails="Notifications.",
        passes="Harbor Dental in Tacoma sends visit reminders to patients who ticked the text message box on the "
        "intake form.",
        source=error_page(30497),
    ),
    _row(
        code=30532,
        title="Personal use is not supported",
        category=Category.DESCRIPTION,
        meaning="The texts read like one person writing to friends or family.",
        remedy=(
            "Describe the business, its customers and the application that sends.",
            "Personal traffic cannot be registered: do not resubmit it.",
            "If the reviewer misread it, appeal through Twilio Support.",
        ),
        fields=_USE_CASE,
        resubmittable=None,
        fails="Texts to my relatives about our reunion.",
        passes="Alder Hiking Club texts its members meeting points and weather changes.",
        source=error_page(30532),
        note="Twilio's page does not say whether it takes a corrected submission again.",
    ),
    _row(
        code=30534,
        title="Test program lacks details",
        category=Category.DESCRIPTION,
        meaning="The program is called a test, and business, purpose or recipients are missing.",
        remedy=(
            "Give the real business and what the test is for.",
            "Name the internal people who receive the messages.",
            "State that nobody outside receives any.",
        ),
        fields=_USE_CASE,
        fails="Testing.",
        passes="Harbor Dental tests reminder texts with four staff phones. No patient receives them.",
        source=error_page(30534),
    ),
    _row(
        code=30535,
        title="Refer-a-friend texts lack safeguards",
        category=Category.CONSENT,
        meaning="People forward messages to others, and consent, limits or opt-out of those others are not shown.",
        remedy=(
            "Send once to a person somebody chose by hand.",
            "Show how that person agrees and opts out.",
            "Offer no reward for forwarding.",
        ),
        fields=("USE_CASE_DESCRIPTION", "MESSAGE_FLOW", "UseCaseSummary", *_SAMPLES),
        fails="Forward this to ten friends and get 5 dollars.",
        passes="Members may name one friend, who gets a single invitation and replies YES to join.",
        source=error_page(30535),
    ),
    _row(
        code=30537,
        title="Business and use case do not match",
        category=Category.SAMPLES,
        meaning="Samples or website show another business than the use case describes.",
        remedy=("Make website, samples and use case tell of the same business.",),
        fields=("WEBSITE_URL", "BusinessWebsite", *_SAMPLES),
        fails="Use case: dental reminders. Sample: Your pizza is on its way.",
        passes="Use case: dental reminders. Sample: Harbor Dental: your visit is tomorrow at 9:00.",
        source=error_page(30537),
    ),
    _row(
        code=30538,
        title="A use case has no sample",
        category=Category.SAMPLES,
        meaning="Several use cases are selected and at least one has no sample message.",
        remedy=("Write one sample for each selected use case.", "Or drop use cases you do not need."),
        fields=("UseCaseCategories", *_SAMPLES),
        fails="Delivery and marketing are selected; the only sample announces a parcel.",
        passes="One sample announces a parcel, a second one an offer.",
        source=error_page(30538),
    ),
    _cited(
        code=30566,
        title="Academic fraud",
        category=Category.FORBIDDEN,
        meaning="The program helps people cheat in school or exams, which is prohibited.",
        remedy=_APPEAL,
        fields=_USE_CASE,
        resubmittable=False,
        route=Route.APPEAL,
        fails="Your essay written overnight. No checker will find out.",
        passes="Alder Tutoring: your writing lesson is on [date] at [time]. Reply STOP to opt out.",
        source=cited_page(30566),
    ),
    _cited(
        code=30567,
        title="Phishing, real or simulated",
        category=Category.ABUSE,
        meaning="The program sends phishing messages, be it only as an exercise, which is prohibited.",
        remedy=_APPEAL,
        fields=_USE_CASE,
        resubmittable=False,
        route=Route.APPEAL,
        fails="We send staff fake login pages and note who types a password.",
        passes="Alder IT: the course on how to spot fake messages is open until [date]. Reply STOP to opt out.",
        source=cited_page(30567),
    ),
    _row(
        code=30503,
        also=(30828,),
        title="Opt-in confirmation is incomplete",
        category=Category.REPLIES,
        meaning="The reply to an opt-in does not name the program, or lacks frequency, rates, a contact or STOP.",
        remedy=("Name the program.", "Add frequency, rates, HELP or a contact, and STOP."),
        fields=("OPT_IN_MESSAGE", "OptInConfirmationMessage"),
        fails="You are in.",
        passes="Harbor Dental visit reminders: you are signed up. Message frequency varies. Message and data rates may "
        "apply. Reply HELP for help, STOP to opt out.",
        source=error_page(30503, 30828),
        note=_CREATE_ONLY,
    ),
    _row(
        code=30540,
        title="Double opt-in message is incomplete",
        category=Category.REPLIES,
        meaning="People confirm twice, and the confirmation message is missing or leaves something out.",
        remedy=("Send a confirmation with brand, program, rates, HELP and STOP.",),
        fields=("OPT_IN_MESSAGE", "OptInConfirmationMessage"),
        fails="Reply YES to confirm.",
        passes="Harbor Dental visit reminders: reply YES to confirm. Message and data rates may apply. Reply HELP for "
        "help, STOP to opt out.",
        source=error_page(30540),
        note=_CREATE_ONLY,
    ),
    _row(
        code=30486,
        also=(30531, 30936),
        title="HELP reply lacks name or contact",
        category=Category.REPLIES,
        meaning="The reply to HELP does not say which business it is or how to reach it.",
        remedy=("Name the business and a phone number, email or site in the reply.",),
        fields=("HELP_MESSAGE", "HelpMessageSample"),
        fails="Reply STOP to cancel.",
        passes="Harbor Dental: for help call (253) 555-0161 or write to care@harbordental.example.",
        source=f"{error_page(30486, 30531)}; {reported(30936)}",
        note=_NO_EDIT_OF_HELP,
    ),
    _cited_terms(
        code=30557,
        title="Terms do not name the program",
        meaning="The terms page names neither business nor program.",
        remedy=("Name business and program at the top of the terms.",),
        fails="Terms of use of this website",
        passes="Harbor Dental visit reminders: terms of the text program",
        source=cited_page(30557),
    ),
    _terms(
        code=30558,
        title="Terms lack the message frequency",
        meaning="The terms page does not say how often messages come.",
        remedy=("Add the frequency to the terms.",),
        fails="Harbor Dental sends text messages to its patients.",
        passes="Message frequency varies.",
        source=error_page(30558),
    ),
    _cited_terms(
        code=30559,
        title="Terms do not describe the program",
        meaning="The terms page does not say what kinds of messages the program sends.",
        remedy=("List the kinds of messages in the terms.",),
        fails="You will get messages from us.",
        passes="We send visit reminders, confirmations and openings after cancellations.",
        source=cited_page(30559),
    ),
    _cited_terms(
        code=30560,
        title="Terms lack a way to get help",
        meaning="The terms page does not say how to get help.",
        remedy=("Add HELP and a phone number or email to the terms.",),
        fails="We are always glad to hear from you.",
        passes="Reply HELP for help, or call (253) 555-0161.",
        source=cited_page(30560),
    ),
    _cited_terms(
        code=30561,
        title="Terms lack the opt-out",
        meaning="The terms page does not say how to stop the messages.",
        remedy=("Add to the terms: Reply STOP to opt out.",),
        fails="You may leave the program whenever you like.",
        passes="Reply STOP to opt out.",
        source=cited_page(30561),
    ),
    _cited_terms(
        code=30562,
        title="Terms lack the rates",
        meaning="The terms page does not say that message and data rates may apply.",
        remedy=("Add to the terms: Message and data rates may apply.",),
        fails="The program is free.",
        passes="Message and data rates may apply.",
        source=cited_page(30562),
    ),
    _cited_terms(
        code=30563,
        title="Terms lack the carrier sentence",
        meaning="The terms page does not say that carriers are not liable for late or lost messages.",
        remedy=("Add a sentence that carriers are not liable for delayed or undelivered messages.",),
        fails="We do our best to deliver each message.",
        passes="Carriers are not liable for delayed or undelivered messages.",
        source=cited_page(30563),
    ),
)
