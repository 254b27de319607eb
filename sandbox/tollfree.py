"""Toll-free verifications: /v1/Tollfree/Verifications (HH...). OpenAPI document of 2026-04-14."""

from datetime import datetime

from sandbox import errors, news, numbers, paging, reviewer
from sandbox.call import Answer, Call, own
from sandbox.clock import iso
from sandbox.errors import Refused
from sandbox.form import Parameter, boolean, filled, one_of, read_form, some_of, texts
from sandbox.world import Kind, Payload, Resource, World, new_sid

BASE = "https://messaging.twilio.com/v1/Tollfree/Verifications"
OPT_IN_TYPES = (
    "VERBAL",
    "WEB_FORM",
    "PAPER_FORM",
    "VIA_TEXT",
    "MOBILE_QR_CODE",
    "IMPORT",
    "IMPORT_PLEASE_REPLACE",
)
USE_CASES = (
    "TWO_FACTOR_AUTHENTICATION",
    "ACCOUNT_NOTIFICATIONS",
    "CUSTOMER_CARE",
    "CHARITY_NONPROFIT",
    "DELIVERY_NOTIFICATIONS",
    "FRAUD_ALERT_MESSAGING",
    "EVENTS",
    "HIGHER_EDUCATION",
    "K12",
    "MARKETING",
    "POLLING_AND_VOTING_NON_POLITICAL",
    "POLITICAL_ELECTION_CAMPAIGNS",
    "PUBLIC_SERVICE_ANNOUNCEMENT",
    "SECURITY_ALERT",
)
AUTHORITIES = (
    *("EIN", "CBN", "CRN", "PROVINCIAL_NUMBER", "VAT", "ACN", "ABN", "BRN", "SIREN", "SIRET", "NZBN", "USt-IdNr"),
    *("CIF", "NIF", "CNPJ", "UID", "NEQ", "OTHER"),
)
BUSINESS_TYPES = ("PRIVATE_PROFIT", "PUBLIC_PROFIT", "SOLE_PROPRIETOR", "NON_PROFIT", "GOVERNMENT")
REQUIRED = (
    Parameter("BusinessName", "business_name", required=True),
    Parameter("BusinessWebsite", "business_website", required=True),
    Parameter("NotificationEmail", "notification_email", required=True),
    Parameter("UseCaseCategories", "use_case_categories", some_of(*USE_CASES), required=True),
    Parameter("UseCaseSummary", "use_case_summary", required=True),
    Parameter("ProductionMessageSample", "production_message_sample", required=True),
    Parameter("OptInImageUrls", "opt_in_image_urls", texts, required=True),
    Parameter("OptInType", "opt_in_type", one_of(*OPT_IN_TYPES), required=True),
    Parameter("MessageVolume", "message_volume", required=True),
)
OPTIONAL = (
    Parameter("BusinessStreetAddress", "business_street_address"),
    Parameter("BusinessStreetAddress2", "business_street_address2"),
    Parameter("BusinessCity", "business_city"),
    Parameter("BusinessStateProvinceRegion", "business_state_province_region"),
    Parameter("BusinessPostalCode", "business_postal_code"),
    Parameter("BusinessCountry", "business_country"),
    Parameter("AdditionalInformation", "additional_information"),
    Parameter("BusinessContactFirstName", "business_contact_first_name"),
    Parameter("BusinessContactLastName", "business_contact_last_name"),
    Parameter("BusinessContactEmail", "business_contact_email"),
    Parameter("BusinessContactPhone", "business_contact_phone"),
    Parameter("BusinessRegistrationNumber", "business_registration_number"),
    Parameter("BusinessRegistrationAuthority", "business_registration_authority", one_of(*AUTHORITIES)),
    Parameter("BusinessRegistrationCountry", "business_registration_country"),
    Parameter("BusinessType", "business_type", one_of(*BUSINESS_TYPES)),
    Parameter("BusinessRegistrationPhoneNumber", "business_registration_phone_number"),
    Parameter("DoingBusinessAs", "doing_business_as"),
    Parameter("OptInConfirmationMessage", "opt_in_confirmation_message"),
    Parameter("HelpMessageSample", "help_message_sample"),
    Parameter("PrivacyPolicyUrl", "privacy_policy_url"),
    Parameter("TermsAndConditionsUrl", "terms_and_conditions_url"),
    Parameter("AgeGatedContent", "age_gated_content", boolean),
    Parameter("OptInKeywords", "opt_in_keywords", texts),
    Parameter("VettingProvider", "vetting_provider", one_of("CAMPAIGN_VERIFY")),
    Parameter("VettingId", "vetting_id"),
)
# Required of all but sole proprietors (descriptions in the OpenAPI document). An edit need not repeat them.
REGISTRATION = (
    Parameter("BusinessRegistrationNumber", "business_registration_number", filled, required=True),
    Parameter("BusinessRegistrationAuthority", "business_registration_authority", one_of(*AUTHORITIES), required=True),
    Parameter("BusinessRegistrationCountry", "business_registration_country", filled, required=True),
)
# Of new registrations the industry asks for both since 2026-09-15 (AWS's notice). Twilio's own page was not found:
# the sandbox refuses, as Twilio does where its rules for campaigns say the same.
POLICIES = (
    Parameter("PrivacyPolicyUrl", "privacy_policy_url", filled, required=True),
    Parameter("TermsAndConditionsUrl", "terms_and_conditions_url", filled, required=True),
)
# The number, the customer profile and the caller's own reference are set once and never edited.
CREATE = (
    *REQUIRED,
    *OPTIONAL,
    Parameter("TollfreePhoneNumberSid", "tollfree_phone_number_sid", required=True),
    Parameter("CustomerProfileSid", "customer_profile_sid"),
    Parameter("ExternalReferenceId", "external_reference_id"),
)
# `EditReason` is sent along for the reviewer and shown by no field.
UPDATE = (*(Parameter(p.name, p.field, p.read) for p in REQUIRED), *OPTIONAL)
FILTERS = {
    "Status": "status",
    "TollfreePhoneNumberSid": "tollfree_phone_number_sid",
    "ExternalReferenceId": "external_reference_id",
    "TrustProductSid": "trust_product_sid",
}
_UNSET = (
    "customer_profile_sid",
    "trust_product_sid",
    "rejection_reason",
    "error_code",
    "edit_expiration",
    "edit_allowed",
    "rejection_reasons",
    "external_reference_id",
    "vetting_id_expiration",
    *(parameter.field for parameter in (*REQUIRED, *OPTIONAL)),
)


def payload(sid: str, account_sid: str, now: float, fields: Payload) -> Payload:
    return {
        "sid": sid,
        "account_sid": account_sid,
        **dict.fromkeys(_UNSET),
        "date_created": iso(now),
        "date_updated": iso(now),
        "regulated_item_sid": "RA" + sid[2:],
        "tollfree_phone_number_sid": "PN" + sid[2:],
        "tollfree_phone_number": "+18885550100",
        "status": "PENDING_REVIEW",
        "age_gated_content": False,
        "opt_in_keywords": [],
        "resource_links": {},
        **fields,
    }


def show(verification: Resource) -> Payload:
    return verification.shown({"url": f"{BASE}/{verification.key}"})


def list_(world: World, call: Call) -> Answer:
    """The one list of this API that may span subaccounts."""
    accounts = [call.account.sid]
    if (call.asked("IncludeSubAccounts") or "").lower() == "true":
        accounts += [account.sid for account in world.subaccounts(call.account.sid)]
    found = [
        verification for verification in world.shelves[Kind.VERIFICATION].of(accounts) if _fits(verification, call)
    ]
    return paging.answer(call, "verifications", found, show)


def fetch(world: World, call: Call) -> Answer:
    return Answer(200, show(own(world, call, Kind.VERIFICATION, call.args["sid"])))


def create(world: World, call: Call) -> Answer:
    fields = read_form(call.form, CREATE) | read_form(call.form, POLICIES)
    if fields.get("business_type") != "SOLE_PROPRIETOR":
        fields |= read_form(call.form, REGISTRATION)
    number = _number(world, call, fields["tollfree_phone_number_sid"])
    verification = add(world, call.account.sid, {**fields, "tollfree_phone_number": number.payload["phone_number"]})
    reviewer.submit(world, verification, {})
    return Answer(201, show(verification))


def add(world: World, account_sid: str, fields: Payload) -> Resource:
    """A verification as it stands, and its number; it is in nobody's queue until submitted."""
    sid = str(fields.get("sid") or new_sid("HH"))
    made = payload(sid, account_sid, world.clock.now(), fields)
    if world.find(Kind.NUMBER, made["tollfree_phone_number_sid"]) is None:
        number = {"sid": made["tollfree_phone_number_sid"], "phone_number": made["tollfree_phone_number"]}
        numbers.add(world, account_sid, number)
    return world.add(Kind.VERIFICATION, account_sid, made)


def update(world: World, call: Call) -> Answer:
    """An edit is taken while `edit_allowed`; after `edit_expiration` too, only without priority (error page 30437).

    Documents name no code for an edit in any other state: a plain 400.
    """
    verification = own(world, call, Kind.VERIFICATION, call.args["sid"])
    fields = read_form(call.form, UPDATE)
    if verification.payload["status"] != "TWILIO_REJECTED":
        raise Refused(errors.VERIFICATION_NOT_EDITABLE, status=reviewer.status(verification))
    if not verification.payload["edit_allowed"]:
        raise Refused(errors.EDIT_NOT_ALLOWED)
    verification.updates += 1
    late = _is_late(verification, world.clock.now())
    reviewer.submit(world, verification, fields, delay=world.review_seconds if late else 0.0)
    return Answer(202, show(verification))


def delete(world: World, call: Call) -> Answer:
    verification = own(world, call, Kind.VERIFICATION, call.args["sid"])
    world.remove(verification)
    news.tell(world, verification, "DELETED")
    return Answer(204)


def _number(world: World, call: Call, sid: str) -> Resource:
    """A toll-free number of the account itself (error page 30436) that has no verification yet.

    Documents are silent about a second verification for a number: a plain 400.
    """
    number = world.find(Kind.NUMBER, sid, call.account.sid)
    if number is None or not numbers.is_toll_free(number.payload["phone_number"]):
        raise Refused(errors.NUMBER_NOT_YOURS, sid=sid)
    taken = {
        found.payload["tollfree_phone_number_sid"] for found in world.shelves[Kind.VERIFICATION].of([call.account.sid])
    }
    if sid in taken:
        raise Refused(errors.NUMBER_TAKEN, sid=sid)
    return number


def _is_late(verification: Resource, now: float) -> bool:
    """After its window an edit is handled like a new submission: it waits a whole review longer for its turn."""
    closes = verification.payload["edit_expiration"]
    return bool(closes) and datetime.fromisoformat(closes).timestamp() < now


def _fits(verification: Resource, call: Call) -> bool:
    asked = ((field, call.query.get(name)) for name, field in FILTERS.items())
    return all(values is None or verification.payload[field] in values for field, values in asked)
