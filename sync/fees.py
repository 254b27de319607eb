"""Changing a main account's fee policy: what it would change, asked of the kinds themselves, and doing it."""

import copy
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import TwilioAccount, User
from audit.record import record
from reviews.kinds import kind_of
from reviews.models import Review
from reviews.status import REJECTED


@dataclass(frozen=True, slots=True)
class Shift:
    """How many rejected items the next try would cost this much, now and then."""

    fee: Decimal
    now: int
    then: int


def proposed(main: TwilioAccount, columns: Mapping[str, Any], by: User) -> TwilioAccount:
    """The account as it would be. Not saved."""
    account = copy.copy(main)
    for name, value in {**columns, "policy_since": timezone.now(), "policy_set_by": by.display_name}.items():
        setattr(account, name, value)
    return account


def mark_of(then: TwilioAccount | None) -> str:
    """Names the terms that were looked at, so that no others are put in force by the button beneath them."""
    if then is None:
        return ""
    return f"{then.policy_id} {then.free_resubmissions} {then.fee_per_resubmission:.2f} {then.fee_to_recreate:.2f}"


def shifts(main: TwilioAccount, then: TwilioAccount) -> list[Shift]:
    """What the next try of each rejected item costs now and would cost then, cheapest first."""
    family = Q(account=main) | Q(account__parent=main)
    rejected = list(Review.objects.present().filter(family, status__in=REJECTED).with_names())
    before, after = _fees(rejected, main), _fees(rejected, then)
    return [Shift(fee, before[fee], after[fee]) for fee in sorted(before | after)]


@transaction.atomic
def put_in_force(main: TwilioAccount, then: TwilioAccount, by: User) -> None:
    """From now on; attempts keep the policy they were agreed to under."""
    before = TwilioAccount.objects.select_for_update().get(pk=main.pk).policy
    then.save(update_fields=COLUMNS)
    record(by, "policy:changed", main.subject, str(main), before=before.label, after=then.policy.label, **_terms(then))


COLUMNS = [
    "policy_id", "free_resubmissions", "fee_per_resubmission", "fee_to_recreate", "policy_since", "policy_set_by",
]  # fmt: skip


def _fees(reviews: list[Review], main: TwilioAccount) -> Counter[Decimal]:
    now, fees = timezone.now(), Counter[Decimal]()
    for review in reviews:
        _stand_under(review, main)
        if charge := kind_of(review.kind).verdict(review, now).charge:
            fees[charge.fee] += 1
    return fees


def _stand_under(review: Review, main: TwilioAccount) -> None:
    if review.account.parent_id:
        review.account.parent = main
    else:
        review.account = main


def _terms(account: TwilioAccount) -> dict[str, Any]:
    policy = account.policy
    return {
        "free": policy.free_resubmissions,
        "per_resubmission": str(policy.fee_per_resubmission),
        "to_recreate": str(policy.fee_to_recreate),
    }
