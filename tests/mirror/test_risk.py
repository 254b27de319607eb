"""The whole mirror is checked: as it arrives, when a text changes, and again when the rules do."""

from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from reviews import house, risk
from reviews.house_models import CheckRule, HouseNote
from reviews.models import Review, Source
from reviews.status import Status
from rulebook.findings import Severity
from rulebook.routes import Route
from sync import tasks
from tests.factories import (
    brand_payload,
    campaign_payload,
    check_everything,
    error,
    make_account,
    make_user,
    mirror,
    tollfree_payload,
)

pytestmark = pytest.mark.django_db
FLOW = (
    "Customers tick an optional, unchecked box on https://larkspur.example/book that reads: I agree to receive offers "
    "by text from Larkspur Bike Repair. Reply STOP to opt out, HELP for help. Terms https://larkspur.example/terms "
    "Privacy https://larkspur.example/privacy."
)
BAD: dict[str, Any] = {"message_flow": FLOW}


def checked(**over: Any) -> Review:
    review = mirror(make_account(), "campaign", campaign_payload(**over))[0]
    check_everything()
    review.refresh_from_db()
    return review


def test_an_approved_campaign_whose_text_lacks_the_disclosures_is_at_risk() -> None:
    review = checked(campaign_status="VERIFIED", errors=[], **BAD)
    assert review.status == Status.APPROVED
    assert review.risk in risk.AT_RISK
    assert 30924 in review.risk_codes


def test_each_text_is_checked_once() -> None:
    review = checked()
    assert check_everything() == 0
    assert review.checked_digest == review.digest


def test_a_text_that_changed_is_checked_again() -> None:
    account, payload = make_account(), campaign_payload(campaign_status="VERIFIED", errors=[])
    mirror(account, "campaign", payload)
    check_everything()
    mirror(account, "campaign", {**payload, **BAD})
    assert check_everything() == 1
    assert 30924 in Review.objects.get().risk_codes


def test_other_rules_check_everything_again() -> None:
    checked()
    Review.objects.update(checked_by="an older edition")
    assert risk.unchecked().count() == 1
    assert check_everything() == 1
    assert not risk.unchecked().exists()


def test_a_check_the_house_switched_off_puts_nothing_at_risk() -> None:
    review = checked(campaign_status="VERIFIED", errors=[], **BAD)
    for rule in {finding.rule for finding in risk.findings_of([review])[review.pk]}:
        CheckRule.objects.create(rule=rule, severity=CheckRule.OFF, reason="Tried it.", by_name="Ana Ruiz")
    house.forget()
    assert check_everything() == 1
    review.refresh_from_db()
    assert (review.risk, review.risk_codes) == (risk.CLEAR, [])


def test_a_hundred_cost_as_many_statements_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(risk, "LANES", 1)
    account = make_account()
    counts = []
    for number in (1, 30):
        mirror(account, "campaign", *[campaign_payload() for _ in range(number)])
        with CaptureQueriesContext(connection) as queries:
            check_everything()
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_every_kind_is_checked_and_a_brand_has_nothing_to_check() -> None:
    account = make_account()
    mirror(account, "brand", brand_payload())
    mirror(account, "tollfree", tollfree_payload())
    assert check_everything() == 2
    assert Review.objects.get(kind="brand").risk == risk.CLEAR
    assert Review.objects.get(kind="tollfree").risk in (*risk.LABELS,)


def test_the_task_goes_on_until_all_are_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    mirror(make_account(), "campaign", *[campaign_payload() for _ in range(3)])
    monkeypatch.setattr(risk, "BATCH", 2)
    while risk.unchecked().exists():
        for lane in range(risk.LANES):
            tasks.check_texts(lane)
    assert Review.objects.filter(checked_by=risk.rules()).count() == 3


def test_the_list_shows_and_filters_what_is_at_risk() -> None:
    checked(campaign_status="VERIFIED", errors=[], **BAD)
    client = Client()
    client.force_login(make_user(Role.VIEWER))
    assert "30924" in client.get("/items/?risk=error&risk=warning").content.decode()
    assert "No item matches" in client.get("/items/?risk=clear").content.decode()
    assert "Our checks" in client.get("/items.csv").getvalue().decode()


def test_an_items_page_says_what_was_found() -> None:
    review = checked(campaign_status="VERIFIED", errors=[], **BAD)
    client = Client()
    client.force_login(make_user(Role.VIEWER))
    assert 'id="checks"' in client.get(f"/items/{review.pk}/").content.decode()


def test_what_no_update_carries_cannot_be_refused_and_counts_as_a_warning() -> None:
    review = checked(campaign_status="VERIFIED", errors=[], opt_out_message="Bye.")
    found = {finding.field: finding.severity for finding in risk.findings_of([review])[review.pk]}
    assert found["opt_out_message"] == Severity.WARNING
    assert review.risk == Severity.WARNING


def test_a_lane_somebody_walks_is_left_to_them() -> None:
    mirror(make_account(), "campaign", campaign_payload())
    lane = Review.objects.get().pk % risk.LANES
    ours = connection.get_connection_params()
    with psycopg.connect(**{name: ours[name] for name in ("dbname", "host", "user") if name in ours}) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s, %s)", [risk.LOCKS, lane])
        assert not risk.check_some(lane)
        other.rollback()
        assert len(risk.check_some(lane)) == 1


def test_a_route_of_the_house_moves_what_stands_without_telling_anybody() -> None:
    review = checked(errors=[error(30924)])
    since = review.status_since
    HouseNote.objects.create(kind="campaign", code=30924, route=Route.SUPPORT, by_name="Ana Ruiz")
    house.forget()
    assert check_everything() == 1
    review.refresh_from_db()
    assert (review.status, review.status_since) == (Status.NEEDS_DECISION, since)
    change = review.changes.first()
    assert change is not None
    assert (change.source, change.new_status) == (Source.HOUSE, Status.NEEDS_DECISION)
    assert change.announced_at is not None
    assert review.next_check_at is not None


def test_a_note_without_a_route_moves_nothing_and_checks_nothing_again() -> None:
    checked(errors=[error(30924)])
    HouseNote.objects.create(kind="campaign", code=30924, note="Ask for a picture.", by_name="Ana Ruiz")
    house.forget()
    assert check_everything() == 0
