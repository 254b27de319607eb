"""Twilio's refusals as rows: HTTP status, code and words. From www.twilio.com/docs/api/errors, read 2026-11-22."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Refusal:
    status: int
    code: int | None
    message: str


class Refused(Exception):
    """The call is answered with an error body. `**words` fill the message of the row."""

    def __init__(self, refusal: Refusal, **words: str) -> None:
        self.refusal = refusal
        self.message = refusal.message.format(**words)
        super().__init__(self.message)


UNAUTHENTICATED = Refusal(401, 20003, "Authenticate")
# Page 20005 names the code and not the HTTP status; 403, as for every other call that is known but not allowed.
ACCOUNT_NOT_ACTIVE = Refusal(403, 20005, "Account not active")
NOT_FOUND = Refusal(404, 20404, "The requested resource {path} was not found")
METHOD_NOT_ALLOWED = Refusal(405, 20004, "Method not allowed")
TOO_MANY_REQUESTS = Refusal(429, 20429, "Too Many Requests")
INTERNAL = Refusal(500, 20500, "An internal server error has occurred")
# Page 20001 names the code for a request that is understood and not taken; the words are ours.
BAD_REQUEST = Refusal(400, 20001, "Bad request")

MISSING_PARAMETER = Refusal(400, 20001, "Missing required parameter {name} in the post body")
INVALID_PARAMETER = Refusal(400, 20001, "Invalid value for parameter {name}: {value}")
INVALID_PAGE_SIZE = Refusal(400, 20006, "Page size must be between 1 and 1000")

BRAND_NOT_FOR_USE_CASE = Refusal(400, 21717, "The Brand is not valid for the use case {use_case}")
USE_CASE_UNKNOWN = Refusal(400, 21720, "Unknown use case {use_case}")
SOLE_PROPRIETOR_LIMIT = Refusal(400, 21732, "A Sole Proprietor Brand may have one Campaign, a failed one included")
BRAND_NOT_USABLE = Refusal(400, 21717, "The Brand must be APPROVED and not UNVERIFIED to register a Campaign")
VETTING_NOT_FOR_BRAND = Refusal(400, 21721, "Brand cannot take a vetting: it must be APPROVED and STANDARD")
VETTING_TOKEN = Refusal(400, 21722, "The Campaign Verify token is invalid, used or expired")
VETTING_RUNNING = Refusal(400, 21723, "A vetting import is already in progress for this Brand")
BRAND_UPDATES_SPENT = Refusal(400, 21724, "Brand update count exceeded")
BRAND_NOT_FAILED = Refusal(400, 21725, "Brand can only be updated when in FAILED state")
CAMPAIGN_LENGTHS = Refusal(400, 21728, "Campaign registration failed due to length validation failures: {fields}")
CAMPAIGN_SUSPENDED = Refusal(400, 21729, "Cannot perform operation on suspended campaign")
BRAND_SUSPENDED = Refusal(400, 21731, "Cannot perform operation on suspended brand")
NUMBER_NOT_YOURS = Refusal(400, 30436, "{sid} is no toll-free phone number of this account")

# The pages of these three speak of regulatory bundles and of the profiles of branded calls. Page 60711 names
# the statuses of customer profiles: "Once a Customer Profile is in review or approved, you cannot edit it."
BUNDLE_STATUS_UNKNOWN = Refusal(400, 22203, "Unable to parse bundle status: {value}")
BUNDLE_MIXED_UPDATE = Refusal(400, 22204, "Bundle status and properties cannot be updated in the same request")
BUNDLE_NOT_EDITABLE = Refusal(400, 60711, "Business status does not allow updates: {status}")
# Integrators' code looks for 20409 where an item is assigned twice; Twilio's pages do not mention it.
ALREADY_ASSIGNED = Refusal(409, 20409, "{sid} is already assigned to this bundle")

# Pages 30933 and 30934 ask for the two since 2026-06-30; whether they come as a synchronous 400 is unverified.
PRIVACY_POLICY_MISSING = Refusal(400, 30933, "Privacy Policy URL is required for A2P 10DLC campaign registration")
TERMS_MISSING = Refusal(400, 30934, "Terms and Conditions URL is required for A2P 10DLC campaign registration")

# No page gives these a code of their own: a plain 400 with the generic code of a bad request.
CAMPAIGN_IN_REVIEW = Refusal(400, 20001, "Campaign cannot be updated while it is {status}")
# "A Brand cannot be edited while a Campaign is associated with it" (Campaign Edit guide).
BRAND_HAS_CAMPAIGNS = Refusal(400, 20001, "Brand cannot be updated while Campaigns are associated with it: {count}")
OTP_NOT_FOR_BRAND = Refusal(400, 20001, "An OTP is sent to an APPROVED and UNVERIFIED sole proprietor only")
CAMPAIGN_EXISTS = Refusal(400, 20001, "A Campaign is already registered for this Messaging Service")
CAMPAIGN_EXTERNAL = Refusal(400, 20001, "An externally registered Campaign is edited where it was registered")
FLAG_FROZEN = Refusal(400, 20001, "{name} cannot be changed once the Campaign is VERIFIED")
NUMBER_TAKEN = Refusal(400, 20001, "A Tollfree Verification already exists for {sid}")
VERIFICATION_NOT_EDITABLE = Refusal(400, 20001, "Tollfree Verification cannot be edited while it is {status}")
EDIT_NOT_ALLOWED = Refusal(400, 20001, "Tollfree Verification was rejected and may not be edited")
TRANSITION_NOT_ALLOWED = Refusal(400, 20001, "Bundle status cannot be changed from {status} to {asked}")
ITEM_IN_REVIEW = Refusal(400, 20001, "{sid} cannot be updated while {bundle} is {status}")
# "Sink must be active for the subscription to be created" (OpenAPI document); no code is named.
SINK_NOT_ACTIVE = Refusal(400, 20001, "Sink {sid} is not active")
SINK_IN_USE = Refusal(400, 20001, "Sink {sid} is used by a Subscription")
# Word for word from a field report of 2026-09-14, which gives no code.
PRIMARY_BY_CONSOLE = Refusal(
    400, 20001, "This operation is restricted via API for Primary Customer Profiles. Use Twilio Console instead"
)


def body(refusal: Refusal, message: str | None = None) -> dict[str, Any]:
    """Twilio's error body; `code` is left out where there is none, as Twilio does."""
    answer: dict[str, Any] = {"message": message or refusal.message, "status": refusal.status}
    if refusal.code is not None:
        answer |= {"code": refusal.code, "more_info": f"https://www.twilio.com/docs/errors/{refusal.code}"}
    return answer
