"""Who may read the metrics: a caller of an allowed network who comes directly. Nobody else learns they are there."""

import pytest
from django.core.checks import run_checks
from django.test import Client
from pytest_django.fixtures import Settings

from accounts.models import Role
from config.checks import check_metrics_networks
from tests.factories import make_user
from tests.metrics.conftest import Elsewhere

pytestmark = pytest.mark.django_db


def status(**meta: str) -> int:
    return Client().get("/metrics", **meta).status_code  # type: ignore[arg-type]


@pytest.mark.parametrize("address", ["127.0.0.1", "127.8.9.10", "::1", "::ffff:127.0.0.1"])
def test_this_machine_is_let_in_where_nobody_set_anything(address: str) -> None:
    assert status(REMOTE_ADDR=address) == 200


@pytest.mark.parametrize(
    "address",
    ["10.20.30.40", "128.0.0.1", "::2", "::ffff:10.20.30.40", "", "unix:", "localhost", "127.0.0.1:80", "127.1", "nö"],
)
def test_another_address_or_one_that_cannot_be_read_finds_nothing(address: str) -> None:
    assert status(REMOTE_ADDR=address) == 404


@pytest.mark.parametrize(
    "header",
    ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Port", "Forwarded", "X-Real-IP", "Via"],
)
@pytest.mark.parametrize("said", ["127.0.0.1", ""])
def test_whoever_comes_through_a_proxy_finds_nothing(header: str, said: str) -> None:
    assert Client().get("/metrics", headers={header: said}).status_code == 404


def test_networks_and_single_addresses_can_be_allowed(settings: Settings) -> None:
    settings.METRICS_ALLOWED_FROM = ["10.20.0.0/16", "192.0.2.7", "2001:db8::/32"]
    assert (
        status(REMOTE_ADDR="10.20.30.40") == status(REMOTE_ADDR="192.0.2.7") == status(REMOTE_ADDR="2001:db8::5") == 200
    )
    assert status(REMOTE_ADDR="192.0.2.8") == status(REMOTE_ADDR="127.0.0.1") == 404


def test_an_empty_setting_lets_nobody_in(settings: Settings) -> None:
    settings.METRICS_ALLOWED_FROM = []
    assert status(REMOTE_ADDR="127.0.0.1") == 404


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
def test_a_stranger_finds_what_stands_at_an_address_that_is_not_there(method: str) -> None:
    client = Client(enforce_csrf_checks=True, REMOTE_ADDR="10.20.30.40")
    here, nowhere = (getattr(client, method)(path) for path in ("/metrics", "/no-such-page"))
    assert here.status_code == 404
    assert len(here.content) == len(nowhere.content)


def test_to_be_signed_in_helps_nobody(client: Client) -> None:
    client.force_login(make_user(Role.ADMINISTRATOR))
    assert client.get("/metrics", REMOTE_ADDR="10.20.30.40").status_code == 404


def test_they_can_only_be_read() -> None:
    client = Client(enforce_csrf_checks=True)
    head = client.head("/metrics")
    assert (head.status_code, head.content) == (200, b"")
    assert [getattr(client, method)("/metrics").status_code for method in ("post", "put", "patch", "delete")] == [
        405
    ] * 4


def test_behind_https_too_they_are_read_over_plain_http(from_another_process: Elsewhere) -> None:
    assert from_another_process("/metrics").status == 200


def test_odd_networks_allow_nobody_and_a_check_names_them(settings: Settings, from_another_process: Elsewhere) -> None:
    odd = ["10.0.0.1/8", "10.0.0.0/33", "localhost", "*", ""]
    settings.METRICS_ALLOWED_FROM = [*odd, "192.0.2.0/24"]
    assert [message.id for message in check_metrics_networks()] == ["redress.E008"] * len(odd)
    assert [word in message.msg for word, message in zip(odd, check_metrics_networks(), strict=True)] == [True] * len(
        odd
    )
    assert status(REMOTE_ADDR="10.0.0.1") == status(REMOTE_ADDR="127.0.0.1") == 404
    assert status(REMOTE_ADDR="192.0.2.9") == 200
    assert from_another_process("/health/live", METRICS_ALLOWED_FROM="everybody,10.0.0.1/8").status == 200


def test_the_check_is_silent_by_default_and_belongs_to_all_checks(settings: Settings) -> None:
    assert check_metrics_networks() == []
    settings.METRICS_ALLOWED_FROM = ["everybody"]
    assert "redress.E008" in [message.id for message in run_checks()]
