"""The common registration policy of 2026-09-15: what people read where they opt in.

Shared by campaigns and toll-free verifications. A row names the fields of both: upper-case ones of campaigns, API
parameters of toll-free verifications.
"""

from functools import partial

from rulebook.catalogue.sources import SEEN, cited_page, error_page
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_OPT_IN = ("MESSAGE_FLOW", "OptInImageUrls", "OptInType", "AdditionalInformation")

_row = partial(
    Rejection,
    kinds=("campaign", "tollfree"),
    seen=SEEN,
    confidence=Confidence.OFFICIAL,
    resubmittable=True,
    route=Route.EDIT,
)
_wording = partial(_row, category=Category.CONSENT, fields=_OPT_IN)

ROWS: tuple[Rejection, ...] = (
    _wording(
        code=30505,
        title="Opt-in is not optional",
        meaning="People must agree to texts to go on.",
        remedy=("Let people finish without texts.", "Mark the box as optional."),
        fails="Text messages (required)",
        passes="Text messages (optional)",
        source=cited_page(30505),
        confidence=Confidence.SECONDARY,
    ),
    _wording(
        code=30508,
        title="Opt-in is pre-selected",
        meaning="The box is ticked before anybody touches it.",
        remedy=("Leave the box empty at first.", "Replace the image with one that shows it empty."),
        fails="The box is ticked when the page opens.",
        passes="The box is empty until somebody ticks it.",
        source=cited_page(30508),
        confidence=Confidence.SECONDARY,
    ),
    _row(
        code=30509,
        also=(30836,),
        title="Opt-in address is not accessible",
        category=Category.EVIDENCE,
        meaning="The opt-in link needs a login, is broken or leads elsewhere.",
        remedy=("Give a direct public link to the opt-in.", "Or host images of it where anybody can open them."),
        fields=("MESSAGE_FLOW", "OptInImageUrls"),
        fails="https://drive.google.com/file/d/1aB2/view",
        passes="https://harbordental.example/sms-signup",
        source=error_page(30509, 30836),
        note="A toll-free verification keeps its priority for seven days and stays restricted meanwhile.",
    ),
    _wording(
        code=30511,
        title="Verbal consent script is missing",
        meaning="People agree by voice, and the submission does not show what is said.",
        remedy=(
            "Write down the full script the person hears.",
            "Add a sample conversation.",
            "Say how the consent is recorded.",
        ),
        fails="Patients agree on the phone.",
        passes="Staff reads: May we text you visit reminders? Message frequency varies, message and data rates may "
        "apply, reply STOP to opt out. The patient says yes; staff notes it in the chart.",
        source=error_page(30511),
    ),
    _wording(
        code=30513,
        also=(30841,),
        title="Opt-in wording is unclear",
        meaning="The wording does not plainly ask for consent to texts.",
        remedy=(
            "Write SMS or text messages where people agree.",
            "Say which messages come.",
            "Keep it apart from terms and other consents.",
        ),
        fails="I agree to be contacted.",
        passes="I agree to text messages from Harbor Dental about my visits.",
        source=error_page(30513, 30841),
    ),
    _row(
        code=30543,
        title="Live opt-in link is missing",
        category=Category.EVIDENCE,
        meaning="People opt in on a website and the submission does not link that page.",
        remedy=("Give the direct address of the live opt-in page.",),
        fields=("MESSAGE_FLOW", "OptInImageUrls"),
        fails="Sign-up is on our website.",
        passes="Sign-up: https://harbordental.example/sms-signup",
        source=error_page(30543),
    ),
    _wording(
        code=30544,
        title="Message purpose is not stated",
        meaning="The invitation to opt in does not say what kind of messages come.",
        remedy=("Say what the messages are about, next to the consent.",),
        fails="I agree to texts from Harbor Dental.",
        passes="I agree to visit reminders by text from Harbor Dental.",
        source=error_page(30544),
    ),
    _wording(
        code=30545,
        title="Message frequency is not stated",
        meaning="The invitation to opt in does not say how often messages come.",
        remedy=("Add a number, or: Message frequency varies.",),
        fails="I agree to receive texts from Harbor Dental.",
        passes="I agree to receive texts from Harbor Dental, up to 4 messages a month.",
        source=error_page(30545),
    ),
    _wording(
        code=30549,
        title="Terms link is missing at the opt-in",
        meaning="No link to the terms stands where people opt in.",
        remedy=("Link the terms next to the consent.",),
        fails="I agree to receive texts from Harbor Dental. Privacy: harbordental.example/privacy",
        passes="I agree to receive texts from Harbor Dental. Privacy: harbordental.example/privacy Terms: "
        "harbordental.example/terms",
        source=cited_page(30549),
        confidence=Confidence.SECONDARY,
    ),
    _wording(
        code=30550,
        title="Privacy link is missing at the opt-in",
        meaning="No link to the privacy policy stands where people opt in.",
        remedy=("Link the privacy policy next to the consent.",),
        fails="I agree to receive texts from Harbor Dental. Terms: harbordental.example/terms",
        passes="I agree to receive texts from Harbor Dental. Terms: harbordental.example/terms Privacy: "
        "harbordental.example/privacy",
        source=cited_page(30550),
        confidence=Confidence.SECONDARY,
    ),
    _wording(
        code=30551,
        title="Consent does not say SMS or text",
        meaning="People agree to be contacted, and nothing says it is by text.",
        remedy=("Write SMS or text messages into the consent.",),
        fails="I agree to receive communications.",
        passes="I agree to receive text messages.",
        source=error_page(30551),
    ),
    _wording(
        code=30556,
        title="SMS consent is mixed with other channels",
        meaning="One consent covers texts together with email or calls.",
        remedy=("Give texts a control of their own.",),
        fails="One box: Contact me by email, phone and text.",
        passes="Three empty boxes: email, phone, text.",
        source=error_page(30556),
    ),
    _wording(
        code=30564,
        title="Policy links are away from the opt-in",
        meaning="Privacy policy and terms are linked, but not where people consent.",
        remedy=("Move both links next to the consent.",),
        fails="The links stand in the footer of the home page; the form has none.",
        passes="Both links stand under the check box of the form.",
        source=cited_page(30564),
        confidence=Confidence.SECONDARY,
    ),
    _wording(
        code=30569,
        title="Rates are not disclosed at the opt-in",
        meaning="The invitation to opt in does not say that message and data rates may apply.",
        remedy=("Add next to the consent: Message and data rates may apply.",),
        fails="I agree to receive texts from Harbor Dental.",
        passes="I agree to receive texts from Harbor Dental. Message and data rates may apply.",
        source=error_page(30569),
    ),
    _wording(
        code=30570,
        title="Help is not offered at the opt-in",
        meaning="The invitation to opt in does not say how to get help.",
        remedy=("Add next to the consent: Reply HELP for help.",),
        fails="I agree to receive texts from Harbor Dental. Reply STOP to end.",
        passes="I agree to receive texts from Harbor Dental. Reply STOP to end, HELP for help.",
        source=error_page(30570),
    ),
)
