"""Brands: the feedback numbers 30795 to 30799, which an approved brand can carry too.

EDIT means here what it means in `brand_failures`.
"""

from collections.abc import Mapping
from functools import partial
from types import MappingProxyType

from rulebook.catalogue.sources import SEEN, error_page
from rulebook.rejections import Category, Confidence, Rejection
from rulebook.routes import Route

_RESUBMIT = "Have the profile approved again, then resubmit the brand."
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

ROWS: tuple[Rejection, ...] = (
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
        fails="Ticker BRCH at NASDAQ, for a family firm that is not listed",
        passes="Company type: private; ticker and exchange empty",
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
        fails="Company type government, for a charity that works with the city",
        passes="Company type government, for CITY OF ALDER in Oregon",
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
        fails="Company type non-profit, for a youth club without 501(c) status",
        passes="Company type non-profit, for ALDER YOUTH FUND as the IRS lists it",
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
