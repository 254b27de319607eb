"""The rulebook as this house reads it: what a note and a switch change, and when they take hold."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from reviews import house
from reviews.models import CheckRule, HouseNote
from rulebook.explain import explain
from rulebook.findings import Finding, Severity
from rulebook.routes import Route
from rulebook.submission import Submission

pytestmark = pytest.mark.django_db

WARNED = Finding("L05", "message_flow", Severity.WARNING, "No frequency.", codes=(30924,))
BARRED = Finding("L01", "description", Severity.ERROR, "Too short.")
ADVISED = Finding("L20", "sample_1", Severity.ADVICE, "Could be shorter.")


def note(code: int, text: str = "", route: str = "", kind: str = "campaign") -> None:
    HouseNote.objects.create(kind=kind, code=code, note=text, route=route, by_name="Ana Ruiz")
    house.forget()


def switch(rule: str, severity: str) -> None:
    CheckRule.objects.create(rule=rule, severity=severity, reason="Too strict for us.", by_name="Ana Ruiz")
    house.forget()


# --- notes -----------------------------------------------------------------------------------------------------------


def test_without_a_note_the_rulebook_stands() -> None:
    house.forget()
    assert house.advise("campaign", 30924, "Not clear.", ["MESSAGE_FLOW"]) == explain(
        "campaign", 30924, "Not clear.", ["MESSAGE_FLOW"]
    )


def test_a_note_is_laid_over_the_advice_of_its_kind_and_code_only() -> None:
    note(30924, "Name the form in the first sentence.")
    assert house.advise("campaign", "30924").house_note == "Name the form in the first sentence."
    assert house.advise("tollfree", 30924).house_note == ""
    assert house.advise("campaign", 30909).house_note == ""


def test_one_fault_under_several_numbers_has_one_note() -> None:
    note(30437, "Ask for the date it ran out.", kind="tollfree")
    assert house.advise("tollfree", 30824).house_note == "Ask for the date it ran out."
    note(30824, "This number of its own.", kind="tollfree")
    assert house.advise("tollfree", 30437).house_note == "Ask for the date it ran out."
    assert house.advise("tollfree", 30824).house_note == "This number of its own."


def test_a_number_of_several_faults_lends_its_note_to_no_other() -> None:
    note(30883, "Show the age gate.")
    assert house.advise("campaign", 30883).house_note == "Show the age gate."
    assert house.advise("campaign", 30897).house_note == ""


def test_a_note_leaves_everything_else_as_the_rulebook_says() -> None:
    note(30924, "Name the form.")
    advice, plain = house.advise("campaign", 30924), explain("campaign", 30924)
    assert (advice.route, advice.resubmittable, advice.note) == (plain.route, plain.resubmittable, plain.note)


def test_a_route_of_the_house_replaces_ours() -> None:
    note(30924, route=Route.SUPPORT)
    assert house.advise("campaign", 30924).route is Route.SUPPORT


def test_where_the_house_stands_by_an_edit_nothing_is_final() -> None:
    assert explain("campaign", 30883).resubmittable is False
    note(30883, route=Route.EDIT)
    advice = house.advise("campaign", 30883)
    assert (advice.route, advice.resubmittable) == (Route.EDIT, None)


def test_a_number_nobody_knows_can_have_a_note_too() -> None:
    note(30989, "Seen once; Support said to wait.", Route.WAIT)
    advice = house.advise("campaign", 30989)
    assert (advice.known, advice.route, advice.house_note) == (False, Route.WAIT, "Seen once; Support said to wait.")


@pytest.mark.parametrize("code", [None, "", "nonsense", -1, 10**12])
def test_it_is_as_total_as_the_rulebook(code: int | str | None) -> None:
    note(30924, "Name the form.")
    assert house.advise("no such kind", code) == explain("no such kind", code)


def test_a_route_it_cannot_read_counts_for_nothing() -> None:
    note(30924, route="teleport")
    assert house.advise("campaign", 30924).route is explain("campaign", 30924).route


# --- checks ----------------------------------------------------------------------------------------------------------


def test_findings_stay_as_they_are_without_switches() -> None:
    assert house.settle([BARRED, WARNED, ADVISED]) == (BARRED, WARNED, ADVISED)


def test_a_check_switched_off_says_nothing() -> None:
    switch("L05", CheckRule.OFF)
    assert house.settle([BARRED, WARNED, ADVISED]) == (BARRED, ADVISED)


def test_a_check_switched_down_counts_for_less() -> None:
    switch("L05", Severity.ADVICE)
    (found,) = house.settle([WARNED])
    assert (found.severity, found.message, found.codes) == (Severity.ADVICE, WARNED.message, WARNED.codes)


def test_a_switch_never_makes_a_finding_worse() -> None:
    switch("L20", Severity.ERROR)
    assert house.settle([ADVISED]) == (ADVISED,)


# --- when they take hold ---------------------------------------------------------------------------------------------


def test_the_rows_are_read_once_for_any_number_of_questions(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    house.forget()
    with django_assert_num_queries(2):
        for _ in range(40):
            house.advise("campaign", 30924)
            house.settle([WARNED, BARRED])


def test_each_request_reads_them_anew(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    house.advise("campaign", 30924)
    client.get("/health/live")
    with django_assert_num_queries(1):
        house.advise("campaign", 30924)


def test_work_without_a_database_goes_by_the_rulebook(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    house.without_rules()
    with django_assert_num_queries(0):
        assert house.settle([WARNED]) == (WARNED,)
        assert house.advise("campaign", 30924).house_note == ""


def test_a_text_that_was_judged_before_is_judged_by_its_words_and_by_the_switches_of_now() -> None:
    def judged(description: str) -> set[str]:
        return {found.rule for found in house.judge(Submission(kind="campaign", draft={"description": description}))}

    words = "Offers and news of Larkspur Bike Repair for customers who asked for them in our shop."
    assert judged("Offers.") - judged(words) == {"L01", "L02"} == judged("Offers.") - judged(words)
    assert "L16" in judged(words)
    switch("L16", CheckRule.OFF)
    assert "L16" not in judged(words)
