"""The use cases a brand may register, with Twilio's codes (OpenAPI document of 2026-04-14) and our words."""

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class UseCase:
    code: str
    name: str
    description: str
    post_approval_required: bool = False

    def as_payload(self) -> dict[str, Any]:
        return asdict(self)


USE_CASES = (
    UseCase("2FA", "Two-factor authentication", "One-time passwords and login codes"),
    UseCase("ACCOUNT_NOTIFICATION", "Account notification", "Reminders and alerts about an account"),
    UseCase("AGENTS_FRANCHISES", "Agents and franchises", "Numbers for each agent or branch", True),
    UseCase("CHARITY", "Charity", "Messages of a registered charity"),
    UseCase("PROXY", "Proxy", "Numbers that hide those of two people", True),
    UseCase("CUSTOMER_CARE", "Customer care", "Support and account management"),
    UseCase("DELIVERY_NOTIFICATION", "Delivery notification", "Where a delivery is"),
    UseCase("EMERGENCY", "Emergency", "Public safety and health", True),
    UseCase("FRAUD_ALERT", "Fraud alert", "Warnings of suspected fraud"),
    UseCase("HIGHER_EDUCATION", "Higher education", "Messages of colleges and universities"),
    UseCase("K12_EDUCATION", "K-12 education", "Messages of schools", True),
    UseCase("LOW_VOLUME", "Low volume mixed", "Few messages of any kind"),
    UseCase("MARKETING", "Marketing", "Offers and promotions"),
    UseCase("MIXED", "Mixed", "Several kinds in one campaign"),
    UseCase("POLITICAL", "Political", "Messages of a campaign for office"),
    UseCase("POLLING_VOTING", "Polling and voting", "Surveys and votes that are not political"),
    UseCase("PUBLIC_SERVICE_ANNOUNCEMENT", "Public service announcement", "Matters of public interest"),
    UseCase("SECURITY_ALERT", "Security alert", "Warnings of a breach"),
    UseCase("SOCIAL", "Social", "Messages between members of a network", True),
    UseCase("SWEEPSTAKE", "Sweepstake", "Contests and drawings", True),
)
# The one use case of a sole proprietor, and nobody else's.
SOLE_PROPRIETOR = UseCase("SOLE_PROPRIETOR", "Sole proprietor", "Whatever a business without a tax number sends")


def allowed(brand_type: str) -> tuple[UseCase, ...]:
    return (SOLE_PROPRIETOR,) if brand_type == "SOLE_PROPRIETOR" else USE_CASES


def is_known(code: str) -> bool:
    return any(use_case.code == code for use_case in (*USE_CASES, SOLE_PROPRIETOR))
