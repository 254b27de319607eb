"""Money: each case is a row."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rulebook.policy import (
    BRAND_UPDATES,
    DEFAULT,
    PRESETS,
    TOLLFREE_EDITS,
    FeePolicy,
    charge_for_brand_update,
    charge_for_new_verification,
    charge_for_recreation,
    charge_for_resubmission,
    custom,
)

SEEN = date(2026, 11, 22)


def certain_terms(*, free: int | None, fee: str) -> FeePolicy:
    return custom(free_resubmissions=free, fee_per_resubmission=Decimal(fee), fee_to_recreate=Decimal(fee), seen=SEEN)


TWO_FREE_THEN_9_50 = certain_terms(free=2, fee="9.5")
TWO_THEN_FREE_BUT_ASK = certain_terms(free=2, fee="0")
ALWAYS_FREE = certain_terms(free=None, fee="15")
TWENTY_EACH_UNSURE = custom(
    free_resubmissions=0,
    fee_per_resubmission=Decimal(20),
    fee_to_recreate=Decimal(20),
    seen=SEEN,
    certain=False,
)

RESUBMISSIONS = [
    # policy, used, fee, free left, free in all, over the allowance, must agree, at most
    (PRESETS["three-free-then-15"], 0, "0.00", 3, 3, False, False, "15.00"),
    (PRESETS["three-free-then-15"], 1, "0.00", 2, 3, False, False, "15.00"),
    (PRESETS["three-free-then-15"], 2, "0.00", 1, 3, False, False, "15.00"),
    (PRESETS["three-free-then-15"], 3, "15.00", 0, 3, True, True, "15.00"),
    (PRESETS["three-free-then-15"], 9, "15.00", 0, 3, True, True, "15.00"),
    (PRESETS["fifteen-each"], 0, "15.00", 0, 0, True, True, "15.00"),
    (PRESETS["fifteen-each"], 5, "15.00", 0, 0, True, True, "15.00"),
    (PRESETS["once-per-campaign"], 0, "0.00", None, None, False, False, "15.00"),
    (PRESETS["once-per-campaign"], 50, "0.00", None, None, False, False, "15.00"),
    (TWO_FREE_THEN_9_50, 1, "0.00", 1, 2, False, False, "0.00"),
    (TWO_FREE_THEN_9_50, 2, "9.50", 0, 2, True, True, "9.50"),
    (TWO_THEN_FREE_BUT_ASK, 2, "0.00", 0, 2, True, True, "0.00"),
    (ALWAYS_FREE, 7, "0.00", None, None, False, False, "0.00"),
    (TWENTY_EACH_UNSURE, 0, "20.00", 0, 0, True, True, "20.00"),
]


@pytest.mark.parametrize(("policy", "used", "fee", "left", "total", "over", "agree", "at_most"), RESUBMISSIONS)
def test_what_a_resubmission_costs(
    policy: FeePolicy,
    used: int,
    fee: str,
    left: int | None,
    total: int | None,
    over: bool,
    agree: bool,
    at_most: str,
) -> None:
    charge = charge_for_resubmission(policy, used)
    assert (charge.fee, charge.at_most) == (Decimal(fee), Decimal(at_most))
    assert (charge.free_left, charge.free_total) == (left, total)
    assert (charge.over_allowance, charge.needs_acknowledgement) == (over, agree)
    assert charge.certain is policy.certain


@pytest.mark.parametrize(
    ("policy", "used", "why"),
    [
        (DEFAULT, 0, "Free resubmission 1 of 3. Public sources disagree: at most $15.00."),
        (
            DEFAULT,
            3,
            "The free resubmissions (3) are used up. This one costs $15.00. Public sources disagree: at most $15.00.",
        ),
        (
            PRESETS["fifteen-each"],
            0,
            "Each resubmission costs $15.00. Public sources disagree: at most $15.00.",
        ),
        (
            PRESETS["once-per-campaign"],
            4,
            "Resubmitting the same campaign is free. Public sources disagree: at most $15.00.",
        ),
        (TWO_FREE_THEN_9_50, 0, "Free resubmission 1 of 2."),
        (TWO_FREE_THEN_9_50, 2, "The free resubmissions (2) are used up. This one costs $9.50."),
    ],
)
def test_it_says_why(policy: FeePolicy, used: int, why: str) -> None:
    assert charge_for_resubmission(policy, used).why == why


@pytest.mark.parametrize("policy", [*PRESETS.values(), TWO_FREE_THEN_9_50, TWO_THEN_FREE_BUT_ASK])
def test_recreating_always_asks(policy: FeePolicy) -> None:
    charge = charge_for_recreation(policy)
    assert charge.needs_acknowledgement
    assert charge.fee == policy.fee_to_recreate
    assert not charge.over_allowance
    assert (charge.free_left, charge.free_total) == (None, None)


@given(policy=st.sampled_from([*PRESETS.values(), TWO_FREE_THEN_9_50, ALWAYS_FREE]), used=st.integers(min_value=0))
def test_money_is_never_spent_unasked(policy: FeePolicy, used: int) -> None:
    charge = charge_for_resubmission(policy, used)
    assert Decimal(0) <= charge.fee <= charge.at_most
    assert charge.needs_acknowledgement or not (charge.fee or charge.over_allowance)


@given(used=st.integers(max_value=-1))
def test_it_refuses_a_negative_count(used: int) -> None:
    with pytest.raises(ValueError, match="zero or more"):
        charge_for_resubmission(DEFAULT, used)
    with pytest.raises(ValueError, match="zero or more"):
        BRAND_UPDATES.left(used)


@pytest.mark.parametrize("fee", ["-0.01", "NaN", "Infinity"])
def test_own_terms_refuse_an_impossible_fee(fee: str) -> None:
    with pytest.raises(ValueError, match="A fee is zero or more"):
        certain_terms(free=0, fee=fee)


def test_own_terms_refuse_a_negative_allowance() -> None:
    with pytest.raises(ValueError, match="A count is zero or more"):
        certain_terms(free=-1, fee="1")


def test_presets_are_dated_sourced_and_never_called_certain() -> None:
    assert list(PRESETS) == ["three-free-then-15", "fifteen-each", "once-per-campaign"]
    for policy_id, policy in PRESETS.items():
        assert policy.id == policy_id
        assert policy.label
        assert policy.source
        assert policy.seen
        assert not policy.certain


@pytest.mark.parametrize(("used", "left"), [(0, 3), (2, 1), (3, 0), (4, 0)])
def test_a_brand_takes_three_updates(used: int, left: int) -> None:
    assert BRAND_UPDATES.left(used) == left


@pytest.mark.parametrize(("used", "left"), [(0, 3), (1, 2), (2, 1), (3, 0), (9, 0)])
def test_a_brands_update_is_free_and_counted(used: int, left: int) -> None:
    charge = charge_for_brand_update(used)
    assert (charge.free_left, charge.free_total, charge.fee, charge.at_most) == (left, 3, Decimal(0), Decimal(0))
    assert not charge.needs_acknowledgement
    assert not charge.by_policy
    assert ("used up" in charge.why) is (left == 0)


def test_a_brands_updates_may_be_unlimited() -> None:
    charge = charge_for_brand_update(40, None)
    assert (charge.free_left, charge.free_total, charge.fee) == (None, None, Decimal(0))


def test_nobody_counts_toll_free_edits() -> None:
    assert TOLLFREE_EDITS.left(40) is None


def test_a_new_verification_is_free_and_asks_all_the_same() -> None:
    charge = charge_for_new_verification()
    assert charge.fee == charge.at_most == 0
    assert charge.certain
    assert charge.needs_acknowledgement
