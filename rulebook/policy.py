"""What a submission costs and how often it may be repeated.

Public sources disagree about money, and Twilio's API returns neither the fee nor the attempts left. So the policy is
dated data with its source, chosen per account; these functions say what follows from it and how sure that is.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

SEEN = date(2026, 11, 22)
CENT = Decimal("0.01")
FREE = Decimal("0.00")
VETTING_FEE = Decimal("15.00")  # the highest fee for one campaign review in any public source


@dataclass(frozen=True, slots=True, kw_only=True)
class FeePolicy:
    """What campaign reviews cost, in US dollars.

    `free_resubmissions` counts per campaign; None means every resubmission is free. `certain` is True only where
    somebody who knows the account's contract has said so: public sources contradict each other.
    """

    id: str
    label: str
    free_resubmissions: int | None
    fee_per_resubmission: Decimal
    fee_to_recreate: Decimal
    source: str
    seen: date
    note: str = ""
    certain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Charge:
    """The price of one submission, before it is sent.

    `fee` is what the policy expects, `at_most` the most any public source would charge; they are equal when the policy
    is `certain`. `free_left` counts the free resubmissions left before this one; it and `free_total` are None where
    nothing is counted. `by_policy` is False where no fee policy has a say. `why` is a sentence for people.
    """

    fee: Decimal
    free_left: int | None
    free_total: int | None
    over_allowance: bool
    needs_acknowledgement: bool
    at_most: Decimal
    certain: bool
    why: str
    by_policy: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class AttemptLimit:
    """How many updates Twilio takes of one thing of this kind; None where it publishes no limit."""

    kind: str
    updates: int | None
    source: str
    seen: date
    note: str = ""

    def left(self, used: int) -> int | None:
        """Updates left after `used` of them; None where nothing is counted."""
        _refuse_negative(used)
        return None if self.updates is None else max(self.updates - used, 0)


DEFAULT_ID = "three-free-then-15"

PRESETS: Mapping[str, FeePolicy] = MappingProxyType(
    {
        policy.id: policy
        for policy in (
            FeePolicy(
                id=DEFAULT_ID,
                label="Three free resubmissions, then $15.00 each",
                free_resubmissions=3,
                fee_per_resubmission=VETTING_FEE,
                fee_to_recreate=VETTING_FEE,
                source="Twilio, Troubleshooting and rectifying A2P campaigns, Campaign Edit beta version",
                seen=SEEN,
                note="The beta guide grants three free resubmissions of a campaign and names no price after them; "
                "$15.00 is the vetting fee named elsewhere. The default, because it asks before money can be spent.",
            ),
            FeePolicy(
                id="fifteen-each",
                label="$15.00 for each resubmission",
                free_resubmissions=0,
                fee_per_resubmission=VETTING_FEE,
                fee_to_recreate=VETTING_FEE,
                source="SalesAi, guide to fixing a rejected A2P campaign",
                seen=SEEN,
                note="A reseller's guide, undated: each correction costs $15.00, agreed to with a check box.",
            ),
            FeePolicy(
                id="once-per-campaign",
                label="Once per campaign: edits are free",
                free_resubmissions=None,
                fee_per_resubmission=FREE,
                fee_to_recreate=VETTING_FEE,
                source="Twilio error page 30924",
                seen=SEEN,
                note="The newest word from Twilio itself: the fee is charged once per campaign, so editing avoids it "
                "and deleting and recreating pays it again.",
            ),
        )
    }
)
DEFAULT = PRESETS[DEFAULT_ID]

BRAND_UPDATES = AttemptLimit(
    kind="brand",
    updates=3,
    source="Twilio error pages 21724 and 60723; the number three from public integrations",
    seen=SEEN,
    note="Twilio says only that updates are limited and answers 21724 after the last one.",
)
# A tax number serves at most this many brands; over it campaigns fail with 30898. Source: Twilio, Troubleshooting and
# rectifying A2P campaigns (seen 2026-11-22). The warning before it is ours.
BRANDS_PER_TAX_NUMBER, MANY_BRANDS_PER_TAX_NUMBER = 50, 40
TOLLFREE_EDITS = AttemptLimit(
    kind="tollfree",
    updates=None,
    source="Twilio help, toll-free verification rejected: resubmission",
    seen=SEEN,
    note="No fee and no published limit. Twilio says per verification whether an edit is allowed, and until when.",
)


def custom(
    *,
    free_resubmissions: int | None,
    fee_per_resubmission: Decimal,
    fee_to_recreate: Decimal,
    seen: date,
    source: str = "Set by an administrator",
    note: str = "",
    certain: bool = True,
) -> FeePolicy:
    """A policy for an account that knows its own terms; certain unless said otherwise. ValueError if negative."""
    if free_resubmissions is not None:
        _refuse_negative(free_resubmissions)
    return FeePolicy(
        id="custom",
        label="Own terms",
        free_resubmissions=free_resubmissions,
        fee_per_resubmission=_fee(fee_per_resubmission),
        fee_to_recreate=_fee(fee_to_recreate),
        source=source,
        seen=seen,
        note=note,
        certain=certain,
    )


def charge_for_resubmission(policy: FeePolicy, used: int) -> Charge:
    """The price of sending a corrected campaign again after `used` resubmissions of it. ValueError if negative."""
    _refuse_negative(used)
    total = policy.free_resubmissions
    left = None if total is None else max(total - used, 0)
    over_allowance = left == 0
    fee = policy.fee_per_resubmission if over_allowance else FREE
    return Charge(
        fee=fee,
        free_left=left,
        free_total=total,
        over_allowance=over_allowance,
        needs_acknowledgement=fee > 0 or over_allowance,
        at_most=_at_most(policy, fee),
        certain=policy.certain,
        why=_with_doubt(policy, fee, _reason(total, used, fee)),
    )


def charge_for_recreation(policy: FeePolicy) -> Charge:
    """The price of deleting a campaign and registering it again. Always acknowledged: the old one is gone for good."""
    fee = policy.fee_to_recreate
    return Charge(
        fee=fee,
        free_left=None,
        free_total=None,
        over_allowance=False,
        needs_acknowledgement=True,
        at_most=_at_most(policy, fee),
        certain=policy.certain,
        why=_with_doubt(policy, fee, f"A recreated campaign is reviewed as a new one: {_dollars(fee)}."),
    )


def charge_for_tollfree_edit(used: int) -> Charge:
    """The price of editing a rejected toll-free verification: nothing, as often as Twilio allows it. ValueError if
    negative."""
    _refuse_negative(used)
    return Charge(
        fee=FREE,
        free_left=None,
        free_total=None,
        over_allowance=False,
        needs_acknowledgement=False,
        at_most=FREE,
        certain=True,
        why="Editing a toll-free verification is free, and no limit on tries is published.",
        by_policy=False,
    )


def charge_for_new_verification() -> Charge:
    """The price of deleting a toll-free verification and submitting a new one: nothing, but the old one is gone for
    good. Always acknowledged."""
    return Charge(
        fee=FREE,
        free_left=None,
        free_total=None,
        over_allowance=False,
        needs_acknowledgement=True,
        at_most=FREE,
        certain=True,
        why="A toll-free verification is free, the first and every later one.",
    )


def charge_for_brand_update(used: int, updates: int | None = BRAND_UPDATES.updates) -> Charge:
    """The price of a brand's update after `used` of them: nothing, until `updates` are used up. ValueError if
    negative."""
    _refuse_negative(used)
    left = None if updates is None else max(updates - used, 0)
    return Charge(
        fee=FREE,
        free_left=left,
        free_total=updates,
        over_allowance=False,
        needs_acknowledgement=False,
        at_most=FREE,
        certain=True,
        why=_brand_reason(used, updates),
        by_policy=False,
    )


def _reason(total: int | None, used: int, fee: Decimal) -> str:
    if total is None:
        return "Resubmitting the same campaign is free."
    if used < total:
        return f"Free resubmission {used + 1} of {total}."
    if total == 0:
        return f"Each resubmission costs {_dollars(fee)}."
    return f"The free resubmissions ({total}) are used up. This one costs {_dollars(fee)}."


def _brand_reason(used: int, updates: int | None) -> str:
    if updates is None:
        return "Updating a brand is free."
    if used >= updates:
        return f"The updates of this brand ({updates}) are used up: Twilio answers 21724."
    return f"Update {used + 1} of {updates}, free. After the last one Twilio answers 21724 (number from integrators)."


def _with_doubt(policy: FeePolicy, fee: Decimal, why: str) -> str:
    if policy.certain:
        return why
    return f"{why} Public sources disagree: at most {_dollars(_at_most(policy, fee))}."


def _at_most(policy: FeePolicy, fee: Decimal) -> Decimal:
    return fee if policy.certain else max(fee, VETTING_FEE)


def _dollars(amount: Decimal) -> str:
    return f"${amount:,.2f}"


def _fee(amount: Decimal) -> Decimal:
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"A fee is zero or more, not {amount}.")
    return amount.quantize(CENT)


def _refuse_negative(count: int) -> None:
    if count < 0:
        raise ValueError(f"A count is zero or more, not {count}.")
