"""Several rejections on one item: which one decides, and what its route would cure."""

from datetime import UTC, datetime

import pytest

from reviews import house
from reviews.contract import Verdict
from reviews.kinds import kind_of
from reviews.models import HouseNote, Review
from reviews.status import Status
from reviews.verdicts import cured_codes, weighed
from rulebook.explain import Advice, explain
from rulebook.routes import Route
from tests.factories import Payload, brand_payload, campaign_payload, error, make_account, mirror, tollfree_payload

# A number of each route, for a campaign; the last states no cause of its own.
EDIT, OTHER_EDIT, RECREATE, BRAND, APPEAL, WAIT, UNSTATED = 30924, 30909, 30890, 30881, 30897, 30904, 30880


def advice(*codes: int | None) -> list[Advice]:
    return [explain("campaign", code) for code in codes]


def verdict_of(kind: str, payload: Payload) -> Verdict:
    (review,) = mirror(make_account(), kind, payload)
    return kind_of(kind).verdict(review, datetime.now(UTC))


@pytest.mark.parametrize(
    ("route", "codes", "cured"),
    [
        (Route.EDIT, (EDIT, OTHER_EDIT), (EDIT, OTHER_EDIT)),
        (Route.EDIT, (EDIT, RECREATE), (EDIT,)),
        (Route.RECREATE, (EDIT, RECREATE), (EDIT, RECREATE)),
        (Route.RECREATE, (RECREATE, BRAND), (RECREATE,)),
        (Route.FIX_BRAND, (EDIT, RECREATE, BRAND), (EDIT, RECREATE, BRAND)),
        (Route.APPEAL, (EDIT, APPEAL), (APPEAL,)),
        (Route.WAIT, (EDIT, WAIT), (WAIT,)),
        (Route.EDIT, (APPEAL, WAIT), ()),
        (Route.EDIT, (), ()),
    ],
)
def test_a_route_cures_its_own_faults_and_those_it_repairs_on_its_way(
    route: Route, codes: tuple[int, ...], cured: tuple[int, ...]
) -> None:
    assert cured_codes(route, advice(*codes)) == cured


def test_a_number_without_a_cause_falls_with_its_companions() -> None:
    assert cured_codes(Route.EDIT, advice(UNSTATED, EDIT)) == (UNSTATED, EDIT)
    assert cured_codes(Route.EDIT, advice(UNSTATED, EDIT, APPEAL)) == (EDIT,)
    assert cured_codes(Route.EDIT, advice(UNSTATED)) == ()


@pytest.mark.parametrize(
    ("route", "codes", "said"),
    [
        (Route.EDIT, (EDIT,), ""),
        (Route.EDIT, (EDIT, EDIT), ""),
        (Route.EDIT, (EDIT, OTHER_EDIT), "An edit would cure 30924 and 30909."),
        (Route.EDIT, (EDIT, UNSTATED), "An edit would cure 30924 and 30880."),
        (
            Route.RECREATE,
            (EDIT, RECREATE),
            "30890 decides: no lighter way cures it. A new campaign would cure 30924 and 30890.",
        ),
        (
            Route.FIX_BRAND,
            (EDIT, OTHER_EDIT, BRAND),
            "30881 decides: no lighter way cures it. A repaired brand with a new campaign would cure 30924, 30909 "
            "and 30881.",
        ),
        (
            Route.APPEAL,
            (EDIT, OTHER_EDIT, WAIT, APPEAL),
            "30897 decides: no lighter way cures it. An appeal would cure 30897; 30904 needs waiting; 30924 and 30909 "
            "need an edit.",
        ),
        (Route.EDIT, (EDIT, RECREATE), "An edit would cure 30924; 30890 needs a new campaign."),
        (Route.APPEAL, (EDIT, OTHER_EDIT), ""),
    ],
)
def test_the_hardest_stands_first_and_what_is_left_is_said(route: Route, codes: tuple[int, ...], said: str) -> None:
    assert weighed(route, advice(*codes), "campaign") == said


def test_a_reason_without_a_number_is_named_too() -> None:
    assert weighed(Route.EDIT, advice(EDIT, None), "campaign").endswith("cure 30924 and the reason without a number.")


@pytest.mark.django_db
def test_the_verdict_of_a_campaign_says_what_its_route_would_cure() -> None:
    verdict = verdict_of("campaign", campaign_payload(errors=[error(EDIT), error(RECREATE)]))
    assert verdict.route is Route.RECREATE
    assert verdict.why.startswith("30890 decides: no lighter way cures it. A new campaign would cure 30924 and 30890.")
    assert verdict.cured == (EDIT, RECREATE)


@pytest.mark.django_db
def test_the_verdict_of_a_brand_says_so_too() -> None:
    verdict = verdict_of("brand", brand_payload(errors=[error(30795), error(30798)]))
    assert verdict.why.startswith("An edit would cure 30795 and 30798.")
    assert verdict.cured == (30795, 30798)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("editable", "said", "cured"),
    [
        (True, "An edit would cure 30471; 30441 needs an appeal.", (30471,)),
        (False, "30441 decides: no lighter way cures it. An appeal would cure 30441; 30471 needs an edit.", (30441,)),
    ],
)
def test_the_verdict_of_a_verification_follows_what_twilio_allows(
    editable: bool, said: str, cured: tuple[int, ...]
) -> None:
    reasons = [{"code": 30471, "reason": "Link"}, {"code": 30441, "reason": "Adult content"}]
    verdict = verdict_of("tollfree", tollfree_payload(edit_allowed=editable, rejection_reasons=reasons))
    assert said in verdict.why
    assert verdict.cured == cured


@pytest.mark.django_db
def test_a_route_of_the_house_changes_verdict_and_state() -> None:
    HouseNote.objects.create(kind="campaign", code=EDIT, route=Route.SUPPORT, by_name="Ana Ruiz")
    house.forget()
    (review,) = mirror(make_account(), "campaign", campaign_payload(errors=[error(EDIT)]))
    assert review.status == Status.NEEDS_DECISION
    assert kind_of("campaign").verdict(review, datetime.now(UTC)).route is Route.SUPPORT


@pytest.mark.django_db
def test_where_the_house_stands_by_an_edit_the_desk_allows_it() -> None:
    HouseNote.objects.create(kind="campaign", code=30883, route=Route.EDIT, by_name="Ana Ruiz")
    house.forget()
    verdict = verdict_of("campaign", campaign_payload(errors=[error(30883)]))
    assert (verdict.route, verdict.allowed) == (Route.EDIT, True)
    assert Review.objects.get().status == Status.NEEDS_FIX
