"""House rules in Settings: notes and switches are set, changed and taken back, and each change is in the activity."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Role
from audit.models import Entry
from reviews.models import CheckRule, HouseNote
from rulebook.lint import CHECKS
from tests.factories import campaign_payload, check_everything, error, make_account, mirror

pytestmark = pytest.mark.django_db
NOTE = {"kind": "campaign", "code": "30924", "note": "Name the form first.", "route": ""}


@pytest.fixture
def admin(client_of: Callable[[Role], Client]) -> Client:
    return client_of(Role.ADMINISTRATOR)


def entries() -> list[tuple[str, str, dict[str, object]]]:
    return [(entry.verb, entry.subject, entry.detail) for entry in Entry.objects.order_by("pk")]


# --- notes -----------------------------------------------------------------------------------------------------------


def test_a_note_is_set_and_stands_on_the_items_at_once(admin: Client) -> None:
    (review,) = mirror(make_account(), "campaign", campaign_payload(errors=[error(30924)]))
    assert admin.post("/settings/house/note/", NOTE).status_code == 302
    assert "Name the form first." in admin.get(f"/items/{review.pk}/").text
    assert "Name the form first." in admin.get("/settings/house/").text
    assert entries() == [("house:note_set", "code:30924", {"note": "Name the form first.", "route": ""})]


def test_a_second_note_on_a_code_replaces_the_first(admin: Client) -> None:
    admin.post("/settings/house/note/", NOTE)
    admin.post("/settings/house/note/", {**NOTE, "note": "", "route": "support"})
    note = HouseNote.objects.get()
    assert (note.note, note.route) == ("", "support")
    assert len(entries()) == 2


def test_the_form_opens_with_the_note_there_is(admin: Client) -> None:
    admin.post("/settings/house/note/", NOTE)
    assert "Name the form first." in admin.get("/settings/house/note/?kind=campaign&code=30924").text
    fresh = admin.get("/settings/house/note/?kind=tollfree&code=30471").text
    assert 'value="30471"' in fresh
    assert "Name the form first." not in fresh


@pytest.mark.parametrize(
    "wrong",
    [{"note": "", "route": ""}, {"kind": "fax"}, {"code": "0"}, {"code": "99999999999"}, {"route": "teleport"},
     {"note": "x" * 1001}],
)  # fmt: skip
def test_what_cannot_hold_is_refused_and_nothing_is_written(admin: Client, wrong: dict[str, str]) -> None:
    answer = admin.post("/settings/house/note/", {**NOTE, **wrong})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert not HouseNote.objects.exists()
    assert entries() == []


@pytest.mark.parametrize("query", ["?kind=campaign&code=x", "?code=99999999999999", "?kind=fax&code=1", "?code=²"])
def test_an_odd_address_opens_an_empty_form(admin: Client, query: str) -> None:
    assert admin.get(f"/settings/house/note/{query}").status_code == 200


def test_a_note_is_removed_once(admin: Client) -> None:
    admin.post("/settings/house/note/", NOTE)
    address = f"/settings/house/notes/{HouseNote.objects.get().pk}/remove/"
    assert admin.post(address).status_code == 302
    assert admin.post(address).status_code == 404
    assert not HouseNote.objects.exists()
    assert [verb for verb, _, _ in entries()] == ["house:note_set", "house:note_removed"]


# --- checks ----------------------------------------------------------------------------------------------------------


def test_every_check_is_listed_with_what_it_counts_for(admin: Client) -> None:
    page = admin.get("/settings/house/")
    assert len(page.context["switches"]) == len(CHECKS)
    assert "Missing frequency" in page.text


def test_a_check_is_switched_off_and_restored(admin: Client) -> None:
    address = "/settings/house/checks/L07/"
    assert admin.post(address, {"counts_as": "off", "reason": "Our flows say it elsewhere."}).status_code == 302
    assert CheckRule.objects.get().severity == "off"
    assert "Our flows say it elsewhere." in admin.get("/settings/house/").text
    assert admin.post(address, {"counts_as": "", "reason": "They no longer do."}).status_code == 302
    assert not CheckRule.objects.exists()
    assert [verb for verb, _, _ in entries()] == ["house:check_switched", "house:check_restored"]


def test_a_check_is_switched_down_but_never_up(admin: Client) -> None:
    address = "/settings/house/checks/L07/"
    assert admin.post(address, {"counts_as": "advice", "reason": "Seldom raised."}).status_code == 302
    assert CheckRule.objects.get().severity == "advice"
    assert admin.post(address, {"counts_as": "error", "reason": "Too often raised."}).status_code == 422
    assert CheckRule.objects.get().severity == "advice"


def test_a_switch_needs_a_reason(admin: Client) -> None:
    assert admin.post("/settings/house/checks/L07/", {"counts_as": "off", "reason": " "}).status_code == 422
    assert not CheckRule.objects.exists()


def test_a_check_there_is_not_is_not_found(admin: Client) -> None:
    assert admin.get("/settings/house/checks/L999/").status_code == 404


def test_forty_notes_cost_as_many_queries_as_ten(
    admin: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for codes in (range(30900, 30910), range(30910, 30940)):
        HouseNote.objects.bulk_create(
            HouseNote(kind="campaign", code=code, note="Ours.", by_name="Ana Ruiz") for code in codes
        )
        with django_assert_num_queries(9):
            admin.get("/settings/house/")


def test_the_progress_of_checking_again_asks_until_it_is_done(admin: Client) -> None:
    mirror(make_account(), "campaign", campaign_payload())
    assert 'hx-trigger="every' in admin.get(reverse("house:rules")).content.decode()
    check_everything()
    piece = admin.get(reverse("house:rules"), headers={"HX-Request": "true"}).content.decode()
    assert "Every item is checked" in piece
    assert "hx-trigger" not in piece
