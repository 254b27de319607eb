"""Campaigns: how people consent, what they read while they do, and the replies they get."""

from functools import partial

from rulebook.catalogue.sources import SEEN, cited_page, error_page
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_RESELLER_GUIDE = "Public reseller guide help.gohighlevel.com 155000007572 (2026-03-25)"
_SECOND_GUIDE = "help.kyriossystems.com 15122134"

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
        code=30924,
        title="Consent wording lacks disclosures",
        category=Category.CONSENT,
        meaning="What people read before they agree leaves out the kind of messages, how often they come, that rates "
        "apply, or how to stop. Agreeing to general terms is no consent to texts.",
        remedy=(
            "Say what kind of messages come.",
            "Say how often, or that the frequency varies.",
            "Add: Message and data rates may apply.",
            "Say how to stop: Reply STOP to opt out.",
            "Put all four next to the check box or button, or in the reply to a keyword.",
            "Give a public address or screenshot that shows the wording.",
        ),
        fields=("MESSAGE_FLOW", "OPT_IN_MESSAGE"),
        fails="Check box: I want texts from Juniper Dental. Reply STOP to end.",
        passes="Check box: I agree to appointment texts from Juniper Dental. Message frequency varies. Message and "
        "data rates may apply. Reply STOP to opt out, HELP for help.",
        source=error_page(30924),
        note="Twilio's page says to edit the same campaign: a new one pays the fee again. Sources disagree on what "
        "an edit costs.",
    ),
    _row(
        code=30896,
        title="Opt-in is not shown or is incomplete",
        category=Category.CONSENT,
        meaning="The reviewer cannot see how people agree to texts, a step is missing, or the consent is shared with "
        "other companies.",
        remedy=(
            "Describe each way people opt in, step by step.",
            "Give the public address of the opt-in page, or a hosted screenshot.",
            "Link privacy policy and terms.",
            "If people text a keyword, say where they find it and what they get back.",
            "Remove wording that lets partners use the numbers.",
        ),
        fields=("MESSAGE_FLOW",),
        fails="Customers give us their number when they order.",
        passes="Patients tick an optional, empty box on https://juniperdental.example/book next to the full consent "
        "wording, with links to https://juniperdental.example/privacy and https://juniperdental.example/terms.",
        source=error_page(30896),
    ),
    _row(
        code=30909,
        title="Opt-in cannot be verified",
        category=Category.EVIDENCE,
        meaning="The reviewer followed the opt-in description and could not confirm that people consent that way. It "
        "also comes when keywords are declared although consent is given on a web form.",
        remedy=(
            "Walk through each way to opt in: where, what people read, what they do.",
            "Quote the wording and link a public page or screenshot of it.",
            "Remove ways that do not exist.",
            "If consent is a web form, do not declare opt-in keywords.",
        ),
        fields=("MESSAGE_FLOW",),
        fails="Customers opt in online or by keyword.",
        passes="Patients open https://juniperdental.example/book, enter a number and tick an empty box reading: Text "
        "me about my visits. Message frequency varies. Message and data rates may apply. Reply STOP to opt out.",
        source=error_page(30909),
        note="Opt-in keywords are set when a campaign is created: removing them means recreating it.",
    ),
    _row(
        code=30887,
        title="Opt-out is unclear",
        category=Category.REPLIES,
        meaning="The registration does not show how people stop the messages, or you answer STOP yourselves without "
        "registering words and reply.",
        remedy=(
            "Say in the opt-in description how people stop: Reply STOP to opt out.",
            "Let Twilio's own opt-out handling answer, or register your words and reply.",
        ),
        fields=("MESSAGE_FLOW", "OPT_OUT_KEYWORDS", "OPT_OUT_MESSAGE"),
        fails="You can unsubscribe whenever you like.",
        passes="Reply STOP to any message to opt out; one confirmation follows and then nothing more.",
        source=error_page(30887),
    ),
    _row(
        code=30887,
        when=("opt_out_message", "opt_out_keywords"),
        title="Opt-out words or reply are wrong",
        category=Category.REPLIES,
        meaning="The registered opt-out words or the reply to them do not end the messages clearly. No update carries "
        "these two fields.",
        remedy=(
            "Let Twilio's own opt-out handling answer, if that is enough.",
            "Otherwise delete the campaign and recreate it with the corrected words and reply.",
            "In the reply, name the business and say that no more messages follow.",
        ),
        fields=("OPT_OUT_KEYWORDS", "OPT_OUT_MESSAGE"),
        route=Route.RECREATE,
        fails="Sorry to see you go. Text START to return.",
        passes="Juniper Dental: you are unsubscribed and get no more messages. Text START to return.",
        source=error_page(30887),
    ),
    _row(
        code=30890,
        title="HELP reply lacks name or contact",
        category=Category.REPLIES,
        meaning="The reply to HELP does not say which business it is or how to reach it. No update carries this field.",
        remedy=(
            "Write a reply with the business name and a phone number, email or site.",
            "Set it through Twilio's own opt-out handling, or recreate the campaign with it.",
        ),
        fields=("HELP_MESSAGE",),
        route=Route.RECREATE,
        fails="Reply STOP to cancel. Rates may apply.",
        passes="Juniper Dental: for help call (503) 555-0148 or write to care@juniperdental.example. Reply STOP to opt "
        "out.",
        source=error_page(30890),
    ),
    _row(
        code=30913,
        title="Marketing and service consent mixed",
        category=Category.CONSENT,
        meaning="One agreement covers promotional and informational texts together.",
        remedy=(
            "Give promotional texts their own optional control.",
            "Or send informational texts only, and say so.",
        ),
        fields=("MESSAGE_FLOW",),
        fails="One box: Send me visit reminders, offers and news.",
        passes="Two empty boxes: one for visit reminders by text, one for offers by text.",
        source=f"{_RESELLER_GUIDE}; {cited_page(30913)}",
        confidence=Confidence.SECONDARY,
    ),
    _row(
        code=30917,
        title="Not every opt-in method is described",
        category=Category.EVIDENCE,
        meaning="The registration names several ways to opt in and at least one has no full description.",
        remedy=(
            "For each way say where it is, what people read and what they do.",
            "Link evidence for each.",
            "Drop the ways nobody uses.",
            "Leave keyword fields empty when there is no keyword.",
        ),
        fields=("MESSAGE_FLOW",),
        fails="Patients opt in on our site, on paper or by texting JOIN. The site form is at "
        "https://juniperdental.example/book.",
        passes="1) Site: the empty box at https://juniperdental.example/book. 2) Paper: the intake form, scan at "
        "https://juniperdental.example/form.png. 3) Keyword: the desk sign, photo at "
        "https://juniperdental.example/sign.png.",
        source=error_page(30917),
    ),
    _row(
        code=30923,
        title="Consent is bundled with terms",
        category=Category.CONSENT,
        meaning="People agree to texts only by accepting terms they must accept anyway.",
        remedy=("Take SMS consent out of the mandatory terms.", "Add a separate optional control for it."),
        fields=("MESSAGE_FLOW",),
        fails="Check box: I accept the Terms, which include text messages.",
        passes="Check box 1: I accept the Terms. Check box 2, optional: Text me about my visits.",
        source=f"{_RESELLER_GUIDE}; {_SECOND_GUIDE}; {cited_page(30923)}",
        confidence=Confidence.SECONDARY,
    ),
    _row(
        code=30925,
        title="Consent box is pre-checked or missing",
        category=Category.CONSENT,
        meaning="People do not act to agree: the box comes ticked, or there is none.",
        remedy=(
            "Show a separate box for texts that is empty at first.",
            "Replace the screenshot with one that shows it empty.",
        ),
        fields=("MESSAGE_FLOW",),
        fails="The box is ticked when the page opens; people may clear it.",
        passes="The box is empty when the page opens; people who want texts tick it.",
        source=error_page(30925),
    ),
    _row(
        code=30931,
        title="People cannot decline texts",
        category=Category.CONSENT,
        meaning="Nobody can buy, book or register without agreeing to texts.",
        remedy=(
            "Let people finish without texts.",
            "Make the number or the box optional and say so beside it.",
            "Show that in the evidence.",
        ),
        fields=("MESSAGE_FLOW",),
        fails="The box must be ticked to book a visit.",
        passes="The box is optional: a visit can be booked without it.",
        source=error_page(30931),
    ),
    _row(
        code=30927,
        title="Evidence belongs to another company",
        category=Category.EVIDENCE,
        meaning="The page or screenshot shows another company than the registered brand.",
        remedy=(
            "Replace the evidence with the brand's own page.",
            "Show the same business name and domain there, in the samples and in the opt-in reply.",
        ),
        fields=("MESSAGE_FLOW", "OPT_IN_MESSAGE", "SAMPLE_MESSAGE_1", "SAMPLE_MESSAGE_2"),
        fails="The brand is Juniper Dental; the screenshot shows a form of Birch Smile Group.",
        passes="The brand is Juniper Dental; the screenshot shows its own form at https://juniperdental.example/book.",
        source=error_page(30927),
        note="The opt-in reply is set when a campaign is created: changing it means recreating.",
    ),
    _row(
        code=30908,
        title="Privacy policy is not compliant",
        category=Category.POLICIES,
        meaning="The privacy policy is missing, contradicts itself, or allows mobile data to be shared.",
        remedy=(
            "Publish one privacy policy on the business's site.",
            "Say in it that nobody else gets mobile numbers or consent for marketing of their own.",
            "Link it in the opt-in description and in the privacy policy address.",
        ),
        fields=("PRIVACY_POLICY_URL", "MESSAGE_FLOW"),
        fails="We may pass your details, phone number included, to selected partners.",
        passes="We do not share or sell mobile numbers or text consent to third parties or affiliates for marketing.",
        source=error_page(30908),
    ),
    _row(
        code=30932,
        title="Privacy policy allows sharing",
        category=Category.POLICIES,
        meaning="The policy lets third parties have mobile numbers or consent, or does not rule it out.",
        remedy=(
            "Remove wording that allows sharing for marketing.",
            "Add a sentence that rules it out for mobile numbers and consent.",
            "Link the policy in the opt-in description.",
        ),
        fields=("PRIVACY_POLICY_URL", "MESSAGE_FLOW"),
        fails="We share your information with affiliates for their offers.",
        passes="Mobile numbers and text consent stay with us and the provider that delivers the messages.",
        source=error_page(30932),
    ),
    _row(
        code=30933,
        title="Privacy policy address is missing",
        category=Category.POLICIES,
        meaning="The registration carries no privacy policy address. Twilio demands one on creation since 2026-06-30.",
        remedy=("Publish the policy under https without a login.", "Send its address with the registration."),
        fields=("PRIVACY_POLICY_URL",),
        fails="Privacy policy address: empty",
        passes="https://juniperdental.example/privacy",
        source=error_page(30933),
        note="Whether an update demands it too is not documented. Sending it does no harm.",
    ),
    _row(
        code=30934,
        title="Terms address is missing",
        category=Category.POLICIES,
        meaning="The registration carries no terms address. Twilio demands one on creation since 2026-06-30.",
        remedy=("Publish the terms under https without a login.", "Send their address with the registration."),
        fields=("TERMS_AND_CONDITIONS_URL",),
        fails="Terms address: empty",
        passes="https://juniperdental.example/sms-terms",
        source=error_page(30934),
        note="Whether an update demands it too is not documented. Sending it does no harm.",
    ),
)
