"""Why a reviewer says no: the codes this sandbox knows, what each flags and how it is worded.

The codes and the fields they flag are Twilio's (www.twilio.com/docs/api/errors, read 2026-11-22); the words are ours.
A code that is not in the table is answered all the same: Twilio's list keeps growing.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

UNKNOWN_REASON = "The submission has been reviewed and it was rejected."


@dataclass(frozen=True, slots=True)
class Reason:
    description: str
    fields: tuple[str, ...] = ()


# Rejections of a toll-free number after which no edit is taken, only an appeal (Twilio's article on resubmission).
FINAL_FOR_TOLL_FREE = frozenset({30441, 30442, 30443, 30444, 30455, *range(30457, 30471), 30480})

REASONS: Mapping[int, Reason] = MappingProxyType(
    {
        # Campaigns
        30883: Reason("The campaign was rejected because of content that may not be sent.", ("USE_CASE_DESCRIPTION",)),
        30885: Reason(
            "The campaign was rejected because it carries a high risk of fraud or deception.", ("USE_CASE_DESCRIPTION",)
        ),
        30886: Reason(
            "The campaign was rejected because its description is vague or does not fit the use case.",
            ("USE_CASE_DESCRIPTION",),
        ),
        30892: Reason(
            "The campaign was rejected because a sample message uses a public URL shortener.", ("SAMPLE_MESSAGE_1",)
        ),
        30893: Reason(
            "The campaign was rejected because a sample message does not name the brand or tell how to opt out.",
            ("SAMPLE_MESSAGE_1",),
        ),
        30895: Reason("The campaign was rejected because direct lending was not declared.", ("DIRECT_LENDING",)),
        30896: Reason("The campaign was rejected because of the opt-in information provided.", ("MESSAGE_FLOW",)),
        30897: Reason("The campaign was rejected because of disallowed content.", ("USE_CASE_DESCRIPTION",)),
        30898: Reason("The campaign was rejected because its tax ID is used for too many brands.", ("BRAND",)),
        30900: Reason("The campaign was rejected because its content does not fit the use case.", ("USE_CASE",)),
        30904: Reason("The externally registered campaign was not shared with Twilio.", ("CAMPAIGN_ID",)),
        30908: Reason(
            "The campaign was rejected because a compliant privacy policy could not be verified.",
            ("PRIVACY_POLICY_URL",),
        ),
        30909: Reason(
            "The campaign was rejected because the reviewer could not verify how people opt in.", ("MESSAGE_FLOW",)
        ),
        30924: Reason(
            "The campaign was rejected because the opt-in flow lacks required consent language.", ("MESSAGE_FLOW",)
        ),
        30991: Reason("The campaign was rejected because its brand is not verified.", ("BRAND",)),
        # Brands: field names are lower case there
        30701: Reason("The state, region or province is not valid.", ("region",)),
        30751: Reason("The mobile number is not a wireless number of the US or Canada.", ("mobile_phone_number",)),
        30754: Reason(
            "The parts of the address do not form one address.",
            ("street", "city", "region", "postal_code", "iso_country"),
        ),
        30757: Reason("The business registration number is missing.", ("business_registration_number",)),
        30758: Reason("The business registration identifier is missing.", ("business_registration_identifier",)),
        30793: Reason(
            "The customer profile or the A2P bundle was not found.",
            ("customer_profile_bundle_sid", "a2p_profile_bundle_sid"),
        ),
        30795: Reason(
            "The tax ID does not match the records of the legal entity.",
            ("business_registration_number", "business_name"),
        ),
        30796: Reason("The stock symbol does not match the company.", ("stock_ticker", "stock_exchange")),
        30797: Reason("The brand could not be confirmed as a government entity.", ("company_type",)),
        30798: Reason("No tax-exempt record was found for this non-profit.", ("company_type",)),
        30799: Reason("The details of the brand could not be verified."),
        # Toll-free verifications
        30445: Reason("Business information is missing or could not be verified"),
        30449: Reason("Public URL shortener in the sample message"),
        30461: Reason("Disallowed content: gambling"),
        30471: Reason("Unsecured URL in the sample message"),
        30473: Reason("Business website could not be validated"),
        30474: Reason("Details of the end business are needed, not those of its vendor"),
        30476: Reason("Opt-in evidence cannot be opened or read"),
        30478: Reason("Single number used for multiple businesses"),
        30479: Reason("Justification needed for more than 5 numbers per business"),
        30482: Reason("Business e-mail is not on the business's own domain"),
        30497: Reason("Use case summary does not say who receives which messages"),
        30509: Reason("Opt-in URL is not accessible"),
        30513: Reason("Opt-in language is unclear"),
        30527: Reason("Business registration number is missing or invalid"),
        # TrustHub
        18601: Reason("The association between business name and website cannot be verified"),
        18602: Reason("The Business ID you provided could not be verified"),
        18603: Reason("The address could not be verified"),
        18604: Reason("Unable to verify Authorized representative #1"),
        18605: Reason("Unable to verify Authorized representative #2"),
        18606: Reason("The Email domain doesn't match the website domain"),
    }
)


@dataclass(frozen=True, slots=True)
class Rejection:
    code: int
    fields: tuple[str, ...] = ()
    description: str = ""

    @property
    def reason(self) -> Reason:
        return REASONS.get(self.code, Reason(UNKNOWN_REASON))

    @property
    def words(self) -> str:
        return self.description or self.reason.description

    def as_error(self) -> dict[str, Any]:
        """An item of `errors[]` as brands and campaigns show it."""
        return {
            "error_code": self.code,
            "fields": list(self.fields or self.reason.fields),
            "url": f"https://www.twilio.com/docs/api/errors/{self.code}",
            "description": self.words,
        }

    def as_reason(self) -> dict[str, Any]:
        """An item of `rejection_reasons[]`: its keys are open in the OpenAPI document, `code` and `reason` a guess."""
        return {"code": self.code, "reason": self.words}
