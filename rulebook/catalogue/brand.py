"""Brands: registration failures 307xx and the feedback numbers 30795 to 30799.

A brand's update call has no body. Each EDIT here means: correct the customer profile or A2P profile, have it approved,
resubmit the brand. While campaigns hang on the brand Twilio refuses the edit: those are deleted first.
"""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from rulebook.catalogue.sources import SEEN, error_page
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_RESUBMIT = "Have the profile approved again, then resubmit the brand."
_ASK_SUPPORT = "Ask Twilio Support."
_NO_CAMPAIGNS = "Until it is fixed the brand carries no campaigns, even when its status is APPROVED."

_row = partial(
    Rejection,
    kinds=("brand",),
    category=Category.BUSINESS,
    seen=SEEN,
    confidence=Confidence.OFFICIAL,
    resubmittable=True,
    route=Route.EDIT,
)
_support = partial(_row, resubmittable=None, route=Route.SUPPORT)

FEEDBACK: tuple[Rejection, ...] = (
    _row(
        code=30795,
        title="Tax ID and legal name do not match",
        meaning="The tax ID is invalid, belongs to another legal name, or is a Social Security number.",
        remedy=(
            "Copy legal name and number letter by letter from IRS letter CP 575 or 147C, or the national register.",
            "Use the company's number, never a person's.",
            _RESUBMIT,
        ),
        fields=("business_registration_number", "business_name"),
        fails="Juniper Dental",
        passes="JUNIPER DENTAL GROUP LLC",
        source=error_page(30795),
        note=_NO_CAMPAIGNS,
    ),
    _row(
        code=30796,
        title="Stock listing does not match",
        meaning="The brand is registered as a public company, and ticker and exchange do not confirm it.",
        remedy=(
            "Correct ticker and exchange in the A2P profile.",
            "If the company is not listed, change its type to private.",
            _RESUBMIT,
        ),
        fields=("stock_ticker", "stock_exchange", "company_type"),
        source=error_page(30796),
        note=_NO_CAMPAIGNS,
    ),
    _row(
        code=30797,
        title="Government entity is not confirmed",
        meaning="The registry cannot confirm the business as a US government entity.",
        remedy=(
            "If it is none, change the company type.",
            "If it is one, use its official name and US address.",
            _RESUBMIT,
        ),
        fields=("company_type",),
        source=error_page(30797),
        note=_NO_CAMPAIGNS,
    ),
    _row(
        code=30798,
        title="Non-profit status is not on record",
        meaning="The IRS lists no 501(c) status for this name and number.",
        remedy=(
            "If it has no 501(c) status, change the company type.",
            "If it has one, use name and number exactly as the IRS lists them.",
            _RESUBMIT,
        ),
        fields=("company_type",),
        source=error_page(30798),
        note=_NO_CAMPAIGNS,
    ),
    _row(
        code=30799,
        title="Business details are not verified",
        category=Category.UNSTATED,
        meaning="The registry could not verify the business and does not say which detail is wrong.",
        remedy=(
            "Compare legal name and tax ID with the official letter.",
            "Then check stock listing, government and non-profit type.",
            _RESUBMIT,
            "If all of it is right, ask Twilio Support.",
        ),
        source=error_page(30799),
        note=_NO_CAMPAIGNS,
        states_cause=False,
    ),
)

FAILURES: tuple[Rejection, ...] = (
    _row(
        code=30701,
        title="A profile field is invalid",
        meaning="A field breaks its format, length or list of values. The flagged fields say which.",
        remedy=("Correct the flagged fields in the profile.", _RESUBMIT),
        fields=(
            "friendly_name",
            "business_name",
            "business_registration_number",
            "first_name",
            "last_name",
            "phone_number",
            "mobile_phone_number",
            "street",
            "city",
            "region",
            "postal_code",
            "iso_country",
            "email",
            "stock_ticker",
            "stock_exchange",
            "website_url",
            "business_industry",
        ),
        fails="region: Oregon",
        passes="region: OR",
        source=error_page(30701),
    ),
    _row(
        code=30702,
        title="Brand is unknown to the registry",
        category=Category.PROCESS,
        meaning="The registry holds the brand as inactive or deleted.",
        remedy=("If the brand was deleted, register it again.", f"Otherwise correct its data. {_RESUBMIT}"),
        route=Route.RECREATE,
        source=error_page(30702),
    ),
    _row(
        code=30703,
        title="Business details are already in use",
        meaning="Another brand already uses this tax ID, legal name, phone, email, website or stock ticker.",
        remedy=(
            "If it is the same business, use the brand that exists.",
            "If not, enter details that belong to this business alone.",
            _RESUBMIT,
        ),
        fields=(
            "mobile_phone_number",
            "business_registration_number",
            "business_name",
            "phone_number",
            "email",
            "website_url",
            "stock_ticker",
        ),
        source=error_page(30703),
    ),
    _support(
        code=30712,
        title="Account has too many brands",
        category=Category.LIMITS,
        meaning="The account has reached its number of brands.",
        remedy=("Ask Twilio Support to raise the limit.",),
        source=error_page(30712),
    ),
    _row(
        code=30729,
        title="Country is not allowed",
        category=Category.LIMITS,
        meaning="Businesses of this country cannot be registered.",
        remedy=(
            "If the country is a typing error, correct it in the profile.",
            "If not, ask Twilio Support.",
        ),
        fields=("iso_country",),
        resubmittable=None,
        source=error_page(30729),
    ),
    _support(
        code=30734,
        title="Sole proprietors are switched off",
        category=Category.LIMITS,
        meaning="This account may not register sole proprietors.",
        remedy=("Ask Twilio Support to allow it.", "Or register a standard brand if the business has a tax ID."),
        fields=("brand_type",),
        source=error_page(30734),
    ),
    _row(
        code=30747,
        title="Address is used by other brands",
        category=Category.LIMITS,
        meaning="Other sole proprietor brands already use this address.",
        remedy=("Enter the owner's own address in the starter profile.", _RESUBMIT),
        fields=("street",),
        source=error_page(30747),
    ),
    _row(
        code=30748,
        title="Phone number is used by other brands",
        category=Category.LIMITS,
        meaning="Other sole proprietor brands already use this phone number.",
        remedy=("Enter the owner's own phone number in the starter profile.", _RESUBMIT),
        fields=("phone_number",),
        source=error_page(30748),
    ),
    _row(
        code=30749,
        title="Email is used by other brands",
        category=Category.LIMITS,
        meaning="Other sole proprietor brands already use this email address.",
        remedy=("Enter the owner's own email address in the starter profile.", _RESUBMIT),
        fields=("email",),
        source=error_page(30749),
    ),
    _row(
        code=30750,
        title="Mobile number is used by other brands",
        category=Category.LIMITS,
        meaning="Other sole proprietor brands already use this mobile number.",
        remedy=("Enter the owner's own mobile number in the sole proprietor profile.", _RESUBMIT),
        fields=("mobile_phone_number",),
        source=error_page(30750),
    ),
    _row(
        code=30751,
        title="Mobile number cannot get texts",
        meaning="The owner's number is not a US or Canadian mobile number.",
        remedy=("Enter a real mobile number that receives texts, no landline and no internet number.", _RESUBMIT),
        fields=("mobile_phone_number",),
        source=error_page(30751),
    ),
    _row(
        code=30752,
        title="Owner did not confirm in time",
        category=Category.PROCESS,
        meaning="The owner did not answer YES to the confirmation text within 24 hours.",
        remedy=(
            "Check that the mobile number is the owner's.",
            "Send the confirmation text again.",
            "Have the owner answer YES the same day.",
        ),
        fields=("mobile_phone_number",),
        source=error_page(30752),
        note="Sending the text again is a call of its own, not an update of the brand.",
    ),
    _row(
        code=30753,
        title="Email is not acceptable",
        meaning="The registry does not accept this email address.",
        remedy=("Enter a working mailbox, best on the business's own domain.", _RESUBMIT),
        fields=("email",),
        source=error_page(30753),
    ),
    _row(
        code=30754,
        title="Postal address is not deliverable",
        meaning="Street, city, region, postal code and country do not make an address that mail reaches.",
        remedy=("Enter the address as the postal service writes it.", _RESUBMIT),
        fields=("street", "city", "region", "postal_code", "iso_country"),
        fails="12 Main, Portland, Oregon",
        passes="12 SW Main St, Portland, OR 97204, US",
        source=error_page(30754),
    ),
    _row(
        code=30755,
        title="Country is not supported yet",
        category=Category.LIMITS,
        meaning="Businesses of this country cannot be registered yet.",
        remedy=(
            "If the country is a typing error, correct it in the profile.",
            "If not, another sender type has to do.",
        ),
        fields=("iso_country",),
        resubmittable=None,
        source=error_page(30755),
    ),
    _row(
        code=30756,
        title="Names look made up",
        meaning="A name looks like random letters.",
        remedy=("Enter the real names of business and representative.", _RESUBMIT),
        fields=("business_name", "first_name", "last_name"),
        fails="Asdf Qwer",
        passes="Dana Whitfield",
        source=error_page(30756),
    ),
    _row(
        code=30757,
        title="Registration number is missing",
        meaning="The profile has no business registration number.",
        remedy=("Enter the tax ID or registration number in the profile.", _RESUBMIT),
        fields=("business_registration_number",),
        source=error_page(30757),
    ),
    _row(
        code=30758,
        title="Registration authority is missing",
        meaning="The profile does not say who issued the registration number.",
        remedy=("Choose the authority, such as EIN, in the profile.", _RESUBMIT),
        fields=("business_registration_identifier",),
        source=error_page(30758),
    ),
    _support(
        code=30790,
        title="Fault at Twilio or the registry",
        category=Category.PROCESS,
        meaning="The registration failed inside Twilio or the registry. The brand itself was not judged.",
        remedy=(_ASK_SUPPORT,),
        source=error_page(30790),
        states_cause=False,
    ),
    _row(
        code=30791,
        title="Passing fault",
        category=Category.PROCESS,
        meaning="The registration failed for a moment. The brand itself was not judged.",
        remedy=("Wait half a minute.", "Send the same brand again."),
        route=Route.WAIT,
        source=error_page(30791),
        states_cause=False,
    ),
    _support(
        code=30792,
        title="Failed without a stated cause",
        category=Category.UNSTATED,
        meaning="The registration failed and Twilio names no reason.",
        remedy=(_ASK_SUPPORT,),
        source=error_page(30792),
        states_cause=False,
    ),
    _row(
        code=30793,
        title="Profile is missing or incomplete",
        meaning="Customer profile or A2P profile was not found, or the stock exchange in it is not supported.",
        remedy=("Check that both profiles exist in this account.", "Check the stock exchange.", _RESUBMIT),
        fields=("customer_profile_bundle_sid", "a2p_profile_bundle_sid", "stock_exchange"),
        source=error_page(30793),
    ),
    _row(
        code=30794,
        title="Registration failed: see description",
        category=Category.UNSTATED,
        meaning="The cause stands only in Twilio's own description of this error.",
        remedy=("Do what the description says.", _RESUBMIT, "If it says nothing, ask Twilio Support."),
        resubmittable=None,
        source=error_page(30794),
        states_cause=False,
    ),
)

ROWS: tuple[Rejection, ...] = (*FEEDBACK, *FAILURES)

# brand_feedback is deprecated, but older brands carry its words and no errors.
FEEDBACK_WORDS: Mapping[str, int] = MappingProxyType(
    {
        "TAX_ID": 30795,
        "STOCK_SYMBOL": 30796,
        "GOVERNMENT_ENTITY": 30797,
        "NONPROFIT": 30798,
        "OTHERS": 30799,
    }
)
