"""Twilio's enumerations of toll-free verifications with plain words. Source: OpenAPI of 2026-04-14."""

from collections.abc import Mapping
from types import MappingProxyType

USE_CASES: Mapping[str, str] = MappingProxyType(
    {
        "TWO_FACTOR_AUTHENTICATION": "Sign-in codes",
        "ACCOUNT_NOTIFICATIONS": "Account notices",
        "CUSTOMER_CARE": "Customer care",
        "CHARITY_NONPROFIT": "Charity",
        "DELIVERY_NOTIFICATIONS": "Deliveries",
        "FRAUD_ALERT_MESSAGING": "Fraud alerts",
        "EVENTS": "Events",
        "HIGHER_EDUCATION": "Higher education",
        "K12": "Schools, K-12",
        "MARKETING": "Marketing",
        "POLLING_AND_VOTING_NON_POLITICAL": "Polls and votes, not political",
        "POLITICAL_ELECTION_CAMPAIGNS": "Election campaigns",
        "PUBLIC_SERVICE_ANNOUNCEMENT": "Public service announcements",
        "SECURITY_ALERT": "Security alerts",
    }
)
OPT_IN_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "WEB_FORM": "Form on a web page",
        "VERBAL": "Spoken",
        "PAPER_FORM": "Form on paper",
        "VIA_TEXT": "Keyword sent as a text",
        "MOBILE_QR_CODE": "QR code",
        "IMPORT": "Imported",
        "IMPORT_PLEASE_REPLACE": "Imported, to be replaced",
    }
)
BUSINESS_TYPES: Mapping[str, str] = MappingProxyType(
    {
        "PRIVATE_PROFIT": "Private company",
        "PUBLIC_PROFIT": "Public company",
        "SOLE_PROPRIETOR": "Sole proprietor",
        "NON_PROFIT": "Non-profit",
        "GOVERNMENT": "Government",
    }
)
AUTHORITIES: Mapping[str, str] = MappingProxyType(
    {
        "EIN": "United States, EIN",
        "CBN": "Canada, business number",
        "CRN": "Company registration number",
        "PROVINCIAL_NUMBER": "Canada, provincial number",
        "NEQ": "Quebec, enterprise number",
        "VAT": "VAT number",
        "ACN": "Australia, company number",
        "ABN": "Australia, business number",
        "BRN": "Business registration number",
        "SIREN": "France, SIREN",
        "SIRET": "France, SIRET",
        "NZBN": "New Zealand, business number",
        "USt-IdNr": "Germany, VAT number",
        "CIF": "Spain, CIF",
        "NIF": "Spain or Portugal, NIF",
        "CNPJ": "Brazil, CNPJ",
        "UID": "Switzerland, UID",
        "OTHER": "Another",
    }
)
VETTING_PROVIDERS: Mapping[str, str] = MappingProxyType({"CAMPAIGN_VERIFY": "Campaign Verify"})
# As Twilio's documents write them; any other text it shows stays as it is.
VOLUMES = ("10", "100", "1,000", "10,000", "100,000", "250,000", "500,000", "750,000", "1,000,000", "5,000,000")

LABELS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "use_case_categories": USE_CASES,
        "opt_in_type": OPT_IN_TYPES,
        "business_type": BUSINESS_TYPES,
        "business_registration_authority": AUTHORITIES,
        "vetting_provider": VETTING_PROVIDERS,
    }
)


def said(name: str, value: str) -> str:
    """Twilio's word with ours before it: "Private company (PRIVATE_PROFIT)"; a word nobody knows stays as it is."""
    word = LABELS.get(name, {}).get(value)
    return f"{word} ({value})" if word else value
