"""allauth's pages wear our frame and say our words."""

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def _without_https(settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = False
    settings.SESSION_COOKIE_SECURE = False


@pytest.fixture
def ana() -> object:
    return get_user_model().objects.create_user(email="ana@fieldline.example", password=PASSWORD)


@pytest.mark.parametrize("name", ["account_login", "account_reset_password", "account_reset_password_done"])
def test_a_signed_out_page_stands_in_the_entrance(client: Client, name: str) -> None:
    html = client.get(reverse(name)).content.decode()
    assert '<main class="entrance"' in html
    assert html.count("<h1>") == 1


def test_nobody_is_offered_to_sign_up(client: Client) -> None:
    assert "sign up" not in client.get(reverse("account_login")).content.decode().lower()


def test_a_refused_sign_in_says_so_where_a_reader_hears_it(client: Client, ana: object) -> None:
    html = client.post(
        reverse("account_login"), {"login": "ana@fieldline.example", "password": "wrong"}
    ).content.decode()
    assert 'role="alert"' in html


@pytest.mark.parametrize("name", ["account_change_password", "mfa_index", "account_logout"])
def test_a_page_about_ones_account_stands_in_the_desk(client: Client, ana: object, name: str) -> None:
    client.post(reverse("account_login"), {"login": "ana@fieldline.example", "password": PASSWORD})
    html = client.get(reverse(name)).content.decode()
    assert '<header class="topbar">' in html
    assert html.count("<h1>") == 1


def test_signing_in_makes_no_noise(client: Client, ana: object) -> None:
    client.post(reverse("account_login"), {"login": "ana@fieldline.example", "password": PASSWORD})
    assert "data-toast" not in client.get(reverse("mfa_index")).content.decode()


def test_the_mail_that_resets_a_password_holds_the_link_and_our_name(client: Client, ana: object) -> None:
    client.post(reverse("account_reset_password"), {"email": "ana@fieldline.example"})
    (message,) = mail.outbox
    assert "Set a new password for Redress" in message.subject
    assert "/password/reset/key/" in message.body
    assert "&amp;" not in message.body


def test_a_stranger_is_told_of_no_sign_up(client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": "stranger@fieldline.example"})
    (message,) = mail.outbox
    assert "There is no account under this address" in message.body
    assert "http" not in message.body.split("-- ")[0]
