import pytest

from rulebook.routes import Route, hardest_route


def test_routes_stand_in_order_of_hardness() -> None:
    assert sorted(Route, key=lambda route: -route.hardness) == list(Route)
    assert Route.NONE.hardness == 0


@pytest.mark.parametrize("route", Route)
def test_each_route_has_a_label(route: Route) -> None:
    assert route.label[0].isupper()


def test_the_hardest_route_decides_and_none_stands_for_no_route() -> None:
    assert hardest_route([Route.EDIT, Route.FIX_BRAND, Route.RECREATE]) is Route.FIX_BRAND
    assert hardest_route([]) is Route.NONE
