"""Toll-free verifications that may be sent again: opt-in, age gate and links.

The 308xx numbers in `also` are the same faults in the product-neutral family; they share the row.
"""

from functools import partial

from rulebook.catalogue.sources import SEEN, article_row, error_page
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_OPT_IN = ("OptInImageUrls", "OptInType", "AdditionalInformation")
_AGE = ("OptInImageUrls", "BusinessWebsite", "AgeGatedContent")
_BIRTH_DATE = (
    "Ask for the full date of birth, month, day and year, on the site or in the opt-in.",
    "Show that step in the opt-in images and resubmit.",
)

_row = partial(
    Rejection,
    kinds=("tollfree",),
    seen=SEEN,
    confidence=Confidence.OFFICIAL,
    resubmittable=True,
    route=Route.EDIT,
)

_alcohol = partial(
    _row,
    title="Alcohol without a robust age gate",
    category=Category.AGE,
    meaning="The program is about alcohol and people are only asked yes or no about their age.",
    remedy=_BIRTH_DATE,
    fields=_AGE,
    fails="Are you over 21? Yes / No",
    passes="When were you born? [Month] [Day] [Year]",
)

ROWS: tuple[Rejection, ...] = (
    _row(
        code=30446,
        also=(30831,),
        title="Express consent is required",
        category=Category.CONSENT,
        meaning="The program sends promotions and people have not expressly agreed to promotional texts.",
        remedy=(
            "Ask for promotional texts in writing, with an agreement of its own.",
            "Keep it outside terms, privacy policy and checkout.",
            "Show it in the opt-in images.",
        ),
        fields=_OPT_IN,
        fails="By placing an order you accept our terms, including offers by text.",
        passes="Empty box: I agree to offers by text from Harbor Dental.",
        source=article_row(30446, 30831),
    ),
    _row(
        code=30475,
        title="Giving a number is treated as consent",
        category=Category.CONSENT,
        meaning="People give a number or email to get a service, and nothing says that texts will come.",
        remedy=(
            "Say next to the number that giving it means signing up for texts.",
            "Make it a separate, optional choice.",
            "An email sign-up is no consent to texts.",
        ),
        fields=_OPT_IN,
        fails="Phone number (required to book)",
        passes="Phone number. Empty box, optional: Text me about my visits.",
        source=article_row(30475),
    ),
    _row(
        code=30476,
        also=(30842,),
        title="No opt-in provided",
        category=Category.EVIDENCE,
        meaning="The submission does not show where and how people agree: the field is empty, the link is private or "
        "expired, the image is unreadable, or one word stands for it all.",
        remedy=(
            "Describe each way people opt in, with the place and the wording.",
            "Link a public page or a readable image of it, no login, no private drive.",
            "For a keyword, say which one and where people see it.",
            "Show consent outside of terms and privacy policy.",
            "If the opt-in only shows once a form is filled in, link a screenshot of it.",
            "Put it into this submission, not into another ticket; for a bulk upload, into the file itself.",
        ),
        fields=_OPT_IN,
        fails="Opt-in: keyword",
        passes="Patients tick the text message box on the paper intake form; scan: "
        "https://harbordental.example/intake-form.png",
        source=article_row(30476, 30842),
    ),
    _row(
        code=30477,
        title="Opt-in is shared with third parties",
        category=Category.CONSENT,
        meaning="The consent covers texts from partners, affiliates or other businesses.",
        remedy=(
            "Collect consent for this one business only.",
            "Remove the sharing language from opt-in and policies.",
            "Or add that numbers and consent are not shared.",
        ),
        fields=("PrivacyPolicyUrl", "TermsAndConditionsUrl", *_OPT_IN),
        fails="I agree to texts from Harbor Dental and its partners.",
        passes="I agree to visit texts from Harbor Dental. My number is not shared for marketing.",
        source=article_row(30477),
    ),
    _row(
        code=30837,
        title="Opt-in example is incomplete or unbranded",
        category=Category.EVIDENCE,
        meaning="The opt-in example leaves out parts of the wording or does not show the business's name.",
        remedy=("Show the whole form with the business's name and the full consent wording.",),
        fields=("OptInImageUrls",),
        fails="A picture of one check box, without name and wording",
        passes="A picture of the whole form: Harbor Dental on top, the empty box with its full wording, both policy "
        "links",
        source=error_page(30837),
    ),
    _row(
        code=30850,
        title="SMS terms are missing or not compliant",
        category=Category.POLICIES,
        meaning="The terms of the text program cannot be opened or leave out what they must say.",
        remedy=(
            "Publish terms with program name, kinds of messages, frequency, rates, HELP and STOP.",
            "Give their public address.",
        ),
        fields=("TermsAndConditionsUrl",),
        fails="Terms: https://harbordental.example/terms, which asks for a password",
        passes="Harbor Dental visit reminders by text. Message frequency varies. Message and data rates may apply. "
        "Reply HELP for help, STOP to opt out.",
        source=error_page(30850),
    ),
    _alcohol(code=30456, source=article_row(30456), note="Age-gated messages cannot go to Canada."),
    _alcohol(
        code=30875,
        resubmittable=None,
        source=error_page(30875),
        note="30456 names the same fault and takes an edit. For this number no page promises one: see whether Twilio "
        "still allows the edit. Age-gated messages cannot go to Canada.",
    ),
    _row(
        code=30448,
        also=(30825,),
        title="Age gate is missing or too weak",
        category=Category.AGE,
        meaning="The content needs an age check, and site and opt-in have none or only ask yes or no.",
        remedy=_BIRTH_DATE,
        fields=_AGE,
        fails="I confirm that I am 18 or older.",
        passes="When were you born? [Month] [Day] [Year]",
        source=article_row(30448, 30825),
    ),
    _row(
        code=30449,
        title="Public link shortener",
        category=Category.LINKS,
        meaning="The sample uses a free short link, a kind often abused.",
        remedy=("Write the full https address, or use a short domain that shows the brand.",),
        fields=("ProductionMessageSample",),
        fails="Harbor Dental: confirm at bit.ly/2hD7k",
        passes="Harbor Dental: confirm at https://harbordental.example/c/[code]. Reply STOP to opt out.",
        source=article_row(30449),
    ),
    _row(
        code=30471,
        also=(30858,),
        title="Link without https",
        category=Category.LINKS,
        meaning="The sample contains an address that is not encrypted.",
        remedy=("Make the site answer under https.", "Write the link with https."),
        fields=("ProductionMessageSample",),
        fails="Harbor Dental: forms at http://harbordental.example/forms",
        passes="Harbor Dental: forms at https://harbordental.example/forms. Reply STOP to opt out.",
        source=article_row(30471, 30858),
    ),
    _row(
        code=30857,
        title="Link in the sample is not acceptable",
        category=Category.LINKS,
        meaning="A link in the sample is shortened, not encrypted or not reachable.",
        remedy=(
            "Write the full https address.",
            "Check that it opens without a login and belongs to the business.",
        ),
        fields=("ProductionMessageSample",),
        fails="Harbor Dental: pay at tinyurl.com/hd-pay",
        passes="Harbor Dental: pay at https://harbordental.example/pay. Reply STOP to opt out.",
        source=error_page(30857),
    ),
)
