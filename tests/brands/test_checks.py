"""What is said of a brand's facts before anything is sent."""

import pytest

from brands.checks import Context, run
from brands.draft import PAPERS, Draft
from rulebook.findings import Severity

GOOD = {
    "business_name": "Larkspur Bike Repair",
    "business_registration_number": "91-0000000",
    "business_registration_identifier": "EIN",
    "business_type": "Corporation",
    "business_identity": "direct_customer",
    "business_industry": "RETAIL",
    "business_regions_of_operation": "USA_AND_CANADA",
    "website_url": "https://www.larkspur.example",
    "customer_name": "Larkspur Bike Repair",
    "street": "410 Alder St",
    "city": "Tacoma",
    "region": "WA",
    "postal_code": "98402",
    "first_name": "Rosa",
    "last_name": "Imani",
    "email": "rosa@larkspur.example",
    "phone_number": "+12535550142",
    "business_title": "Owner",
    "job_position": "CEO",
    "company_type": "private",
    "stock_ticker": "",
    "stock_exchange": "",
    "brand_contact_email": "compliance@mail.larkspur.example",
}


def said(context: Context | None = None, /, **over: str) -> list[tuple[str, str, tuple[int, ...]]]:
    """Field, severity and numbers of each finding."""
    found = run(Draft({**GOOD, **over}), context or Context({PAPERS: GOOD}))
    return [(finding.field, finding.severity.value, finding.codes) for finding in found]


def test_good_facts_pass() -> None:
    assert said() == []
    assert said(business_registration_number="910000000") == []
    assert said(business_registration_identifier="DUNS", business_registration_number="12-345") == []


@pytest.mark.parametrize(
    ("field", "value", "severity", "code"),
    [
        ("business_registration_number", "91-000000", "error", 30795),
        ("business_registration_number", "123-45-6789", "error", 30795),
        ("business_registration_number", "", "error", 30757),
        ("business_registration_identifier", "", "error", 30758),
        ("region", "Washington", "error", 30701),
        ("region", "wa", "error", 30701),
        ("postal_code", "9840", "error", 30701),
        ("email", "rosa", "error", 30701),
        ("email", "rosa@gmail.com", "warning", 18606),
        ("email", "rosa@other.example", "warning", 18606),
        ("phone_number", "(253) 555-0142", "error", 30701),
        ("website_url", "larkspur.example", "error", 30701),
        ("website_url", "http://larkspur.example", "warning", 18601),
        ("stock_ticker", "LARK", "warning", 30796),
    ],
)
def test_what_would_be_refused_is_said_beside_its_field(field: str, value: str, severity: str, code: int) -> None:
    ((at, level, codes),) = said(None, **{field: value})
    assert (at, level, code in codes) == (field, severity, True)


def test_a_listed_company_names_its_stock_and_a_mailbox() -> None:
    found = said(company_type="public", brand_contact_email="")
    assert {field for field, _, _ in found} == {"stock_ticker", "stock_exchange", "brand_contact_email"}


def test_a_contact_on_a_free_mailbox_is_warned_of() -> None:
    assert said(brand_contact_email="larkspur@gmail.com") == [("brand_contact_email", "warning", ())]


@pytest.mark.parametrize(("code", "passes"), [("K1A 0B1", True), ("K1A0B1", True), ("98402", False)])
def test_a_canadian_address_has_a_canadian_postal_code(code: str, passes: bool) -> None:
    found = said(Context({PAPERS: GOOD}, country="CA"), region="ON", postal_code=code)
    assert (not found) is passes


def test_a_country_we_know_no_shapes_of_is_not_judged() -> None:
    assert said(Context({PAPERS: GOOD}, country="DE"), region="Bayern", postal_code="80331x") == []


@pytest.mark.parametrize(
    ("brands", "expected"),
    [(1, []), (39, []), (40, [Severity.ADVICE]), (49, [Severity.ADVICE]), (50, [Severity.WARNING])],
)
def test_one_tax_number_on_many_brands_is_warned_of_at_forty_and_explained_at_fifty(
    brands: int, expected: list[Severity]
) -> None:
    found = run(Draft(GOOD), Context({PAPERS: GOOD}, brands_on=lambda number: brands))
    assert [finding.severity for finding in found] == expected
    assert all(finding.codes == (30898,) for finding in found)


def test_facts_of_a_bundle_under_review_cannot_change() -> None:
    context = Context({PAPERS: GOOD}, states={"street": ("customer_profile", "pending-review")})
    assert said(context) == []
    assert said(context, street="1 Elm St") == [("", "error", ())]
