"""Campaigns: the brand behind them, limits, carriers, migrations and suspensions."""

from functools import partial

from rulebook.catalogue.sources import EDIT_GUIDE, SEEN, cited_page, error_page
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_BRAND_FIRST = "Delete the campaign, correct the brand's profile, have the brand approved, recreate the campaign."

_row = partial(
    Rejection,
    kinds=("campaign",),
    category=Category.PROCESS,
    seen=SEEN,
    confidence=Confidence.OFFICIAL,
    resubmittable=True,
)
_brand_fault = partial(_row, category=Category.BUSINESS, fields=("BRAND",), route=Route.FIX_BRAND)

ROWS: tuple[Rejection, ...] = (
    _row(
        code=30880,
        title="Refused without a stated cause",
        category=Category.UNSTATED,
        meaning="A manual review refused the campaign and named no reason.",
        remedy=("Ask Twilio Support for the reason.", "Change what they name before anything is sent again."),
        resubmittable=None,
        route=Route.SUPPORT,
        source=error_page(30880),
        states_cause=False,
    ),
    _brand_fault(
        code=30881,
        title="Brand support email is not acceptable",
        meaning="The brand's support email does not work, is disposable, or is not on the business's own domain.",
        remedy=("Give the customer profile an email on the business's own domain that somebody reads.", _BRAND_FIRST),
        fields=("BRAND_SUPPORT_EMAIL",),
        fails="juniperdental77@gmail.com",
        passes="care@juniperdental.example",
        source=error_page(30881),
    ),
    _brand_fault(
        code=30894,
        title="Campaign is not tied to the real brand",
        meaning="The brand on file is not the business behind the messages.",
        remedy=(
            "Register under the brand of the business that really sends.",
            "If the software vendor offers the service itself, say so in the description.",
            "If the brand's own data is wrong, delete the campaign, fix the brand, recreate the campaign.",
        ),
        fails="Brand: Clinic Software Inc. Sample: Juniper Dental: your visit is on [date].",
        passes="Brand: Juniper Dental Group LLC. Sample: Juniper Dental: your visit is on [date]. Reply STOP to opt "
        "out.",
        source=error_page(30894),
    ),
    _brand_fault(
        code=30898,
        title="Tax ID is used by too many brands",
        category=Category.LIMITS,
        meaning="More brands than allowed share this tax ID. The default ceiling is 50.",
        remedy=(
            "Put the programs of this tax ID under fewer brands.",
            "Or ask Twilio Support to raise the ceiling.",
            "Do not resubmit before one of the two is done.",
        ),
        resubmittable=False,
        source=f"{EDIT_GUIDE}; {error_page(30898)}",
    ),
    _row(
        code=30899,
        title="Refused by a carrier",
        category=Category.UNSTATED,
        meaning="At least one carrier refused the campaign. The number alone does not say why.",
        remedy=(
            "Repair what the other numbers of this rejection name.",
            "Check that business data matches everywhere and the consent wording is complete.",
            "Without other numbers, ask Twilio Support.",
        ),
        resubmittable=None,
        route=Route.SUPPORT,
        source=error_page(30899),
        states_cause=False,
    ),
    _row(
        code=30900,
        title="Use case is not open to this brand",
        category=Category.LIMITS,
        meaning="This brand or a carrier does not take the use case, its sub-use-cases break the bounds, or a public "
        "company lacks its extra vetting.",
        remedy=(
            "Choose a use case the brand may register and recreate the campaign.",
            "For a publicly traded company, complete Auth+ on the brand first.",
        ),
        fields=("USE_CASE",),
        route=Route.RECREATE,
        source=error_page(30900),
    ),
    _row(
        code=30901,
        title="Review timed out",
        meaning="A third party did not finish the review in time. The campaign itself was not judged.",
        remedy=("Register the campaign again.",),
        route=Route.RECREATE,
        source=error_page(30901),
    ),
    _row(
        code=30902,
        title="Refused by a downstream aggregator",
        category=Category.UNSTATED,
        meaning="A company between Twilio and the carriers refused the campaign.",
        remedy=(
            "Repair what is flagged and send this campaign again.",
            "If no field is flagged, ask Twilio Support.",
        ),
        route=Route.EDIT,
        source=error_page(30902),
        note="An older version of the page knows only Support.",
        states_cause=False,
    ),
    _brand_fault(
        code=30903,
        title="Sole proprietor brand for a company",
        meaning="The business has a tax ID, so it cannot register as a sole proprietor.",
        remedy=(
            "Delete the campaign.",
            "Register a standard or low-volume standard brand with the tax ID.",
            "Create the campaign under that brand.",
        ),
        fails="Sole proprietor: Juniper Dental Group LLC",
        passes="Low-volume standard brand: JUNIPER DENTAL GROUP LLC, with its tax ID",
        source=error_page(30903),
    ),
    _brand_fault(
        code=30915,
        title="Sole proprietor is a legal entity",
        meaning="The registered sole proprietor is a company. Another attempt under this brand fails again.",
        remedy=(
            "Do not resubmit this campaign.",
            "Register a standard or low-volume standard brand with the tax ID.",
            "Create the campaign under that brand.",
        ),
        resubmittable=False,
        fails="Sole proprietor: Birch Lane Catering Inc.",
        passes="Standard brand: BIRCH LANE CATERING INC, with its tax ID",
        source=cited_page(30915),
        confidence=Confidence.SECONDARY,
    ),
    _row(
        code=30904,
        title="External campaign is not shared",
        meaning="The campaign was registered elsewhere and has not been shared with Twilio.",
        remedy=(
            "Share it with Twilio in the registry.",
            "Wait until Twilio has accepted the share.",
            "Attach the campaign again.",
        ),
        fields=("CAMPAIGN_ID",),
        route=Route.WAIT,
        source=error_page(30904),
    ),
    _row(
        code=30905,
        title="External campaign is still under review",
        meaning="Twilio had not yet accepted the share when the campaign was attached.",
        remedy=("Wait for the registry's notice of acceptance.", "Attach the campaign again."),
        fields=("CAMPAIGN_ID",),
        route=Route.WAIT,
        source=error_page(30905),
    ),
    _row(
        code=30906,
        title="External campaign was declined",
        meaning="Twilio declined the campaign that another provider shared.",
        remedy=("Correct the campaign at the provider where it was registered.", "Share it with Twilio again."),
        fields=("CAMPAIGN_ID",),
        route=Route.RECREATE,
        source=error_page(30906),
    ),
    _row(
        code=30930,
        title="Brand has too many campaigns",
        category=Category.LIMITS,
        meaning="The brand already holds 100 campaigns, the most the registry takes.",
        remedy=(
            "Delete campaigns of this brand that nobody uses, or merge programs.",
            "Register this campaign again.",
        ),
        fields=("BRAND",),
        resubmittable=None,
        route=Route.RECREATE,
        source=error_page(30930),
    ),
    _row(
        code=30990,
        title="Campaign is suspended",
        meaning="Twilio or a carrier stopped the campaign: its traffic differs from the registration, drew complaints, "
        "or its brand is suspended.",
        remedy=(
            "Read the suspension notice in the mail or the Support Center.",
            "Correct the live traffic and tell Twilio Support what changed.",
            "Do not send the same messages through another campaign.",
        ),
        resubmittable=False,
        route=Route.SUPPORT,
        source=error_page(30990),
    ),
    _brand_fault(
        code=30991,
        title="Brand is not verified",
        meaning="The brand's identity is unverified, so it cannot carry campaigns.",
        remedy=("Repair the brand until its identity is verified.", "Create the campaign again."),
        source=error_page(30991),
    ),
    _row(
        code=30992,
        title="Migration was cancelled",
        meaning="The move of the campaign to Twilio was cancelled.",
        remedy=("Start the migration again.", "Register the campaign after it has finished."),
        route=Route.RECREATE,
        source=error_page(30992),
    ),
    _row(
        code=30993,
        title="Migration timed out",
        meaning="The move of the campaign to Twilio was not confirmed in time.",
        remedy=("Start the migration again.", "If it times out again, ask Twilio Support."),
        route=Route.RECREATE,
        source=error_page(30993),
    ),
    _row(
        code=30994,
        title="Brand is still pending",
        meaning="The brand waits for something, most likely the confirmation of its contact email.",
        remedy=(
            "Have the brand's contact open the confirmation email.",
            "Create the campaign again once the brand is approved.",
        ),
        fields=("BRAND",),
        route=Route.WAIT,
        source=error_page(30994),
    ),
)
