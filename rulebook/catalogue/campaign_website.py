"""Campaigns: the website reviewers open."""

from functools import partial

from rulebook.catalogue.sources import SEEN, error_page
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_WEBSITE = ("WEBSITE_URL", "MESSAGE_FLOW")

_row = partial(
    Rejection,
    kinds=("campaign",),
    category=Category.WEBSITE,
    seen=SEEN,
    confidence=Confidence.OFFICIAL,
    resubmittable=True,
    route=Route.EDIT,
)

ROWS: tuple[Rejection, ...] = (
    _row(
        code=30891,
        title="Website is unreachable or lacks the opt-in",
        meaning="The address does not open, does not lead to the opt-in, or the site is not live and nothing says so.",
        remedy=(
            "Make the site answer publicly under https.",
            "Link the exact page where people opt in.",
            "For pages behind a login or not yet live, host screenshots and say so.",
        ),
        fields=("MESSAGE_FLOW", "WEBSITE_URL"),
        fails="Patients opt in on our website.",
        passes="Patients opt in at https://juniperdental.example/book; screenshot of the form: "
        "https://juniperdental.example/form.png.",
        source=error_page(30891),
    ),
    _row(
        code=30907,
        title="Website belongs to another business",
        meaning="The site is somebody else's, often the software vendor's, or tells of other things than the campaign.",
        remedy=(
            "Use the end customer's site in opt-in description, samples and policy addresses.",
            "If the address on the brand is wrong: delete the campaign, fix the brand, recreate the campaign.",
        ),
        fields=(*_WEBSITE, "SAMPLE_MESSAGE_1", "SAMPLE_MESSAGE_2"),
        fails="Patients of Juniper Dental sign up at https://clinicsoftware.example/signup.",
        passes="Patients of Juniper Dental sign up at https://juniperdental.example/book.",
        source=error_page(30907),
        note="The website of the brand is not part of a campaign update.",
    ),
    _row(
        code=30919,
        title="Website does not explain the business",
        meaning="The site does not say who the business is, what it does, or that it sends texts.",
        remedy=(
            "Add name, contact and services to the site.",
            "Explain the text messages there.",
            "Link privacy policy and terms.",
        ),
        fields=_WEBSITE,
        fails="A home page with one line: Welcome to our new site.",
        passes="Juniper Dental, 12 Elm St, Salem: cleanings and fillings. We text patients about their visits. "
        "Privacy, terms and phone number at the foot.",
        source=error_page(30919),
    ),
    _row(
        code=30920,
        title="Website is only a form",
        meaning="The address opens a bare form or landing page without any business around it.",
        remedy=(
            "Give the main site of the business.",
            "Add contact, about page and policy links to the page with the form.",
        ),
        fields=_WEBSITE,
        fails="https://juniperforms.example opens three fields and a button.",
        passes="https://juniperdental.example/book shows the form within the practice's site: contact, about us, "
        "privacy and terms.",
        source=error_page(30920),
    ),
    _row(
        code=30921,
        title="Website needs a login",
        meaning="The reviewer meets a login or password and cannot see the opt-in.",
        remedy=(
            "Open the page to the public.",
            "Or host screenshots or a recording of the steps behind the login and link them.",
        ),
        fields=_WEBSITE,
        fails="Members opt in inside the app after signing in.",
        passes="Members opt in inside the app after signing in; screenshots of each step: "
        "https://alderhiking.example/sms-optin.",
        source=error_page(30921),
    ),
    _row(
        code=30922,
        title="Website could not be verified",
        meaning="The site does not open, does not match the brand, or shows neither opt-in nor policies.",
        remedy=(
            "Check that the site opens without a login from outside your network.",
            "Link the very page where people opt in.",
            "Show the brand's name, privacy policy and terms on it.",
        ),
        fields=_WEBSITE,
        fails="https://juniper-smiles.example opens nothing; the practice is at juniperdental.example.",
        passes="https://juniperdental.example/book opens without a login and shows name, opt-in, privacy policy and "
        "terms.",
        source=error_page(30922),
    ),
)
