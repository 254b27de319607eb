"""Coming in, being let in, and never being locked out."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts import demo, first, invitations, people
from accounts.models import Role, TwilioAccount, User
from accounts.people import Grant
from accounts.tasks import mail_invitation
from audit.models import Entry
from reviews.models import Review
from sandbox.handle import Sandbox
from tests.factories import make_customer, make_user

pytestmark = pytest.mark.django_db

GOOD = "a long walk by the river"


@pytest.fixture
def ana() -> User:
    return make_user(Role.ADMINISTRATOR, name="Ana Ruiz", email="ana@isv.example")


@pytest.fixture
def as_ana(ana: User, client: Client) -> Client:
    client.force_login(ana)
    return client


# --- the first administrator -----------------------------------------------------------------------------------------


def first_form(**over: str) -> dict[str, str]:
    return {"email": "Ana@ISV.example", "name": "Ana Ruiz", "password": GOOD, **over}


def test_the_link_makes_the_first_administrator_once(client: Client) -> None:
    url = reverse("accounts:first", args=[first.make_token()])
    assert client.post(url, first_form()).status_code == 302
    ana = User.objects.get()
    assert (ana.email, ana.role, ana.check_password(GOOD)) == ("ana@isv.example", Role.ADMINISTRATOR, True)
    assert client.get(url).status_code == 404
    assert client.post(url, first_form(email="eve@isv.example")).status_code == 404


def test_the_link_is_dead_after_a_day(client: Client) -> None:
    url = reverse("accounts:first", args=[first.make_token()])
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert client.get(url).status_code == 404


def test_a_forged_link_opens_nothing(client: Client) -> None:
    assert client.get(reverse("accounts:first", args=["forged"])).status_code == 404


@pytest.mark.parametrize("password", ["short", "password1234", "ana ruiz ana"])
def test_a_weak_password_is_refused(client: Client, password: str) -> None:
    url = reverse("accounts:first", args=[first.make_token()])
    assert client.post(url, first_form(password=password)).status_code == 422
    assert not User.objects.exists()


def test_prepare_takes_the_first_administrator_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REDRESS_ADMIN_EMAIL", "ana@isv.example")
    monkeypatch.setenv("REDRESS_ADMIN_PASSWORD", GOOD)
    call_command("prepare")
    call_command("prepare")
    assert User.objects.get().check_password(GOOD)


def test_prepare_prints_a_link_until_somebody_used_it(capsys: pytest.CaptureFixture[str], client: Client) -> None:
    call_command("prepare", base_url="https://desk.example")
    url = capsys.readouterr().out.strip().splitlines()[-1]
    assert url.startswith("https://desk.example/first/")
    client.post(url.removeprefix("https://desk.example"), first_form())
    call_command("prepare")
    assert capsys.readouterr().out == ""


def test_the_demo_people_exist_in_a_demo_only(settings: Settings) -> None:
    with pytest.raises(CommandError, match="REDRESS_DEMO"):
        call_command("prepare", demo=True)
    settings.DEMO = True
    assert len(demo.invite_everybody()) == 4
    assert demo.invite_everybody() == []
    assert User.objects.get(email="manager@demo.redress.example").check_password("redress-demo")


@pytest.mark.django_db(transaction=True)
def test_the_demo_is_filled_from_the_sandbox_once(twilio: Sandbox, settings: Settings) -> None:
    settings.DEMO = True
    main = twilio.create_account("Northbeam Software")
    twilio.register(twilio.create_subaccount(main.sid, "Larkspur Bike Repair").sid)
    for _ in range(2):
        call_command("prepare", demo=True, sandbox=twilio.base_url)
    assert TwilioAccount.objects.mains().get().sid == main.sid
    assert (TwilioAccount.objects.count(), Review.objects.count(), User.objects.count()) == (2, 2, 4)


# --- invitations -----------------------------------------------------------------------------------------------------


def invited(**over: object) -> dict[str, object]:
    return {"email": "Ben@ISV.example", "name": "Ben Okafor", "role": Role.EDITOR, "all_customers": "on", **over}


def test_an_invitation_shows_its_link_once_and_works_once(as_ana: Client, client: Client) -> None:
    page = as_ana.post(reverse("accounts:invite"), invited(), follow=True)
    ben = User.objects.get(email="ben@isv.example")
    path = invitations.path_for(ben)
    assert "/join/" in page.content.decode()
    assert "/join/" not in as_ana.get(reverse("accounts:person", args=[ben.pk])).content.decode()
    assert Client().post(path, {"name": "Ben O.", "password": GOOD}).status_code == 302
    ben.refresh_from_db()
    assert (ben.name, ben.role, ben.check_password(GOOD)) == ("Ben O.", Role.EDITOR, True)
    assert Client().get(path).status_code == 404
    assert list(Entry.objects.values_list("verb", flat=True)) == ["person:joined", "person:invited"]


def test_a_new_link_makes_the_earlier_one_useless(as_ana: Client) -> None:
    as_ana.post(reverse("accounts:invite"), invited())
    ben = User.objects.get(email="ben@isv.example")
    earlier = invitations.path_for(ben)
    as_ana.post(reverse("accounts:new_link", args=[ben.pk]))
    assert Client().get(earlier).status_code == 404
    ben.refresh_from_db()
    assert Client().get(invitations.path_for(ben)).status_code == 200


def test_an_invitation_is_dead_after_a_week_and_for_the_deactivated(ana: User) -> None:
    ben = people.invite(ana, "ben@isv.example", "Ben", Grant(Role.EDITOR))
    path = invitations.path_for(ben)
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        assert Client().get(path).status_code == 404
    people.deactivate(ana, ben.pk)
    assert Client().get(path).status_code == 404


def test_the_same_address_is_invited_once(as_ana: Client) -> None:
    as_ana.post(reverse("accounts:invite"), invited())
    assert as_ana.post(reverse("accounts:invite"), invited(email="ben@isv.example")).status_code == 422
    assert User.objects.filter(email="ben@isv.example").count() == 1


def test_an_invitation_without_customers_is_refused(as_ana: Client) -> None:
    assert as_ana.post(reverse("accounts:invite"), invited(all_customers="")).status_code == 422


def test_an_invitation_for_some_customers_is_for_these(as_ana: Client) -> None:
    larkspur = make_customer()
    as_ana.post(reverse("accounts:invite"), invited(all_customers="", customers=[larkspur.pk]))
    ben = User.objects.get(email="ben@isv.example")
    assert (ben.all_customers, list(ben.customers.all())) == (False, [larkspur])


def test_the_mailed_link_lets_in(ana: User) -> None:
    ben = people.invite(ana, "ben@isv.example", "Ben", Grant(Role.EDITOR))
    mail_invitation(ben.pk)
    link = next(word for word in mail.outbox[0].body.split() if "/join/" in word)
    assert Client().get(link.removeprefix("https://redress.example")).status_code == 200


# --- nobody is locked out --------------------------------------------------------------------------------------------


def test_one_cannot_demote_or_deactivate_oneself(ana: User, as_ana: Client) -> None:
    make_user(Role.ADMINISTRATOR)
    form = {"role": Role.VIEWER, "all_customers": "on"}
    assert as_ana.post(reverse("accounts:person", args=[ana.pk]), form).status_code == 422
    as_ana.post(reverse("accounts:deactivate", args=[ana.pk]))
    ana.refresh_from_db()
    assert (ana.role, ana.is_active) == (Role.ADMINISTRATOR, True)


def test_the_last_administrator_stays_one(ana: User) -> None:
    gone = make_user(Role.ADMINISTRATOR, is_active=False)
    with pytest.raises(people.NotAllowed, match="last administrator"):
        people.deactivate(gone, ana.pk)
    with pytest.raises(people.NotAllowed, match="last administrator"):
        people.change(gone, ana.pk, Grant(Role.MANAGER))


def test_a_role_is_changed_and_written_down(ana: User, as_ana: Client) -> None:
    ben = make_user(Role.EDITOR, name="Ben Okafor")
    as_ana.post(reverse("accounts:person", args=[ben.pk]), {"role": Role.MANAGER, "all_customers": "on"})
    ben.refresh_from_db()
    assert ben.role == Role.MANAGER
    entry = Entry.objects.get()
    assert (entry.verb, entry.subject, entry.detail) == (
        "person:changed",
        f"user:{ben.pk}",
        {"role": "manager", "customers": "all"},
    )


def test_deactivating_ends_a_session_at_once(ana: User, client_of: Callable[[Role], Client]) -> None:
    other = client_of(Role.EDITOR)
    people.deactivate(ana, User.objects.get(role=Role.EDITOR).pk)
    assert other.get(reverse("accounts:profile")).status_code == 302


# --- oneself ---------------------------------------------------------------------------------------------------------


def test_a_profile_is_saved(ana: User, as_ana: Client) -> None:
    as_ana.post(reverse("accounts:profile"), {"name": "Ana R.", "theme": "dark", "alerts_on": "on"})
    ana.refresh_from_db()
    assert (ana.name, ana.theme, ana.keys_on, ana.alerts_on) == ("Ana R.", "dark", False, True)


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/customers/?q=lark", "/customers/?q=lark"),
        ("https://evil.example/", "/settings/profile/"),
        ("", "/settings/profile/"),
    ],
)
def test_the_theme_leads_back_to_a_page_of_ours(ana: User, as_ana: Client, asked: str, led_to: str) -> None:
    answer = as_ana.post(reverse("accounts:theme"), {"theme": "dark", "next": asked})
    assert answer["Location"] == led_to
    ana.refresh_from_db()
    assert ana.theme == "dark"


def test_the_trail_is_filtered_and_paged(ana: User, as_ana: Client) -> None:
    ben = make_user(Role.EDITOR, name="Ben Okafor")
    for _ in range(60):
        people.reactivate(ana, ben.pk)
    page = as_ana.get(reverse("accounts:audit"), {"person": "Ana Ruiz", "verb": "person:reactivated"})
    assert len(page.context["entries"]) == 50
    older = as_ana.get(reverse("accounts:audit") + page.context["older_url"])
    assert len(older.context["entries"]) == 10
    assert not as_ana.get(reverse("accounts:audit"), {"person": "Nobody"}).context["entries"]
